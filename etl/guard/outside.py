"""What in a package runs or loads something from outside: macros and links, told by the parts' names and by their relationships."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Sequence
from itertools import chain

from lxml import etree

from etl.guard.dtd import declares_dtd, hidden_code

MACROS, LINK = "macros_ignored", "external_link_ignored"

_MACRO_PARTS = re.compile(r"vbaproject|(?:^|/)macrosheets/", re.MULTILINE)
_LINK_PARTS = re.compile(r"externallink|^xl/connections\.xml$", re.MULTILINE)
# LibreOffice keeps a list of libraries even where none holds a macro.
_OPEN_MACROS = re.compile(r"^(?:basic|scripts)/(?!.*/?(?:script|dialog)-l[bc]\.xml$).*[^/\n]$", re.MULTILINE)
_OPEN_KIND = re.compile(r"^mimetype$", re.MULTILINE)

MACRO_TYPES = ("/vbaproject", "/xlmacrosheet", "/xlintlmacrosheet")
_LINK_TYPES = ("/connections",)
_HYPERLINK = "/hyperlink"  # in the text it is only a text
_MAX_LINKS = 1 << 20
_MOST_KEPT = 1024
_TOLD: dict[tuple[int, int, int], frozenset[str]] = {}  # by the part's checksum: offices fill in copies of one file


def told_by_names(names: Sequence[str]) -> tuple[str, ...]:
    """The rules that the names of a package's parts alone tell of."""
    lower = "\n".join(names).lower().replace("\\", "/")
    is_open = _OPEN_KIND.search(lower) is not None and _OPEN_MACROS.search(lower) is not None
    has_macros = is_open or _MACRO_PARTS.search(lower) is not None
    return (MACROS,) * has_macros + (LINK,) * (_LINK_PARTS.search(lower) is not None)


def told_by_relations(archive: zipfile.ZipFile, parts: Sequence[zipfile.ZipInfo]) -> frozenset[str]:
    """The rules that the relationships of a package tell of; `parts` are its .rels."""
    return frozenset(chain.from_iterable([_told(archive, part) for part in parts]))


def _told(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> frozenset[str]:
    mark = part.CRC, part.file_size, part.compress_size
    if mark not in _TOLD:
        if len(_TOLD) >= _MOST_KEPT:
            _TOLD.clear()
        try:
            with archive.open(part) as stream:
                _TOLD[mark] = _told_in(stream.read(_MAX_LINKS))
        except MemoryError:
            raise
        except Exception:  # a damaged side part is no reason to refuse the file
            return frozenset()
    return _TOLD[mark]


def _told_in(data: bytes) -> frozenset[str]:
    """Parsed, since a tag may have a prefix, be in UTF-16 or write its letters as numbers; nothing is taken from outside.

    A list of links that declares a DTD, or hides its letters, is not parsed and counts as one with a link.
    """
    if declares_dtd(data) or hidden_code(data):
        return frozenset((LINK,))
    parser = etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False, recover=True)
    root = etree.fromstring(data, parser)
    found = set()
    for link in root.iter("{*}Relationship") if root is not None else ():
        kind = (link.get("Type") or "").lower()
        if kind.endswith(MACRO_TYPES):
            found.add(MACROS)
        is_outside = (link.get("TargetMode") or "").strip().lower() == "external" and not kind.endswith(_HYPERLINK)
        if is_outside or kind.endswith(_LINK_TYPES):
            found.add(LINK)
    return frozenset(found)


# OpenDocument names what it loads in its text; a link in the text (text:a, draw:a) is only a text.
_OPEN_LINK = re.compile(
    rb"<(?:[\w.-]+:)?(?:dde-connection-decl|dde-source|(?!a\s)[\w-]+\s[^<>]*?\bhref\s*=\s*[\"'](?:(?:https?|ftp|file|smb|dav):|//|\\\\|\.\./))",
    re.IGNORECASE,
)
_OPEN_CALL = re.compile(rb"<(?:[\w.-]+:)?event-listener\s", re.IGNORECASE)
_FLAT_MACROS = re.compile(rb"<(?:[\w.-]+:)?library-embedded\s[^>]*>\s*<(?:[\w.-]+:)?module\b", re.IGNORECASE)
# Field codes of RTF and of old Word files (behind the sign of a field's beginning, in one or two bytes a letter).
_RTF_LINK = re.compile(rb"\\fldinst\b[^}]{0,200}?\bDDE(?:AUTO)?\b|\\obj(?:auto)?link\b")
_OLD_LINK = re.compile(rb"\x13 *DDE(?:AUTO)? |\x13\x00(?: \x00)*D\x00D\x00E\x00(?:A\x00U\x00T\x00O\x00)? \x00")


def told_by_text(kind: str, texts: Sequence[bytes]) -> tuple[str, ...]:
    """The rules that the text of a file tells of which LibreOffice converts; `texts` are its XML parts, or its bytes."""
    plain = [t.replace(b"\x00", b"") if t[:2] in (b"\xff\xfe", b"\xfe\xff") else t for t in texts]
    links = {"rtf": _RTF_LINK, "ole-word": _OLD_LINK}.get(kind, _OPEN_LINK)
    is_open = kind in ("odt", "ods", "fodt")
    has_macros = is_open and any(_OPEN_CALL.search(t) or _FLAT_MACROS.search(t) for t in plain)
    return (MACROS,) * has_macros + (LINK,) * any(links.search(t) for t in plain)
