"""Fields of a Word file that fetch something from another program or file when they are brought up to date (DDE, LINK, INCLUDETEXT)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from etl.errors import FileRefused
from etl.guard.outside import LINK
from etl.guard.package import Package
from etl.read.docx_names import T, W

CODE_TAGS = (W + "instrText", W + "fldSimple")
_CODE, _SIMPLE = CODE_TAGS
_MARK, _MARK_KIND = W + "fldChar", W + "fldCharType"
_FETCHING = re.compile(r"\s*(?:DDE|DDEAUTO|LINK|INCLUDE|INCLUDETEXT|INCLUDEPICTURE|IMPORT|DATABASE)\b", re.IGNORECASE)
_WRITTEN = re.compile(rb"instrText|fldSimple|^\xff\xfe|^\xfe\xff")
_BESIDE = re.compile(r"(?:header|footer|footnotes|endnotes|comments)\d*\.xml|glossary/document\.xml")
_MOST_KEPT = 256
_FETCHES: dict[
    tuple[int, int, int], bool
] = {}  # by the part's checksum: copies of one file share their heads and notes


def links_of(package: Package, folder: str, body: Any | None) -> tuple[str, ...]:
    """The remarks of the package, and that of an external link where a field fetches something.

    `body` is the text's tree where it has fields; the other parts are looked at here.
    """
    if LINK in package.remarks:
        return package.remarks
    does_fetch = body is not None and _fetches(body)
    does_fetch = does_fetch or any(_fetches_beside(package, n) for n in _parts_beside(tuple(package.names), folder))
    return (*package.remarks, LINK) if does_fetch else package.remarks


@lru_cache(maxsize=256)
def _parts_beside(names: tuple[str, ...], folder: str) -> tuple[str, ...]:
    folder = folder.lower()
    return tuple(n for n in names if n.startswith(folder) and _BESIDE.fullmatch(n, len(folder)))


def _fetches_beside(package: Package, name: str) -> bool:
    """The same of a part beside the text; not of one that can't be read, which is no reason to refuse the file."""
    try:
        mark = package.mark_of(name)
        if mark is None:
            return False
        if mark not in _FETCHES:
            if len(_FETCHES) >= _MOST_KEPT:
                _FETCHES.clear()
            data = package.read(name)
            _FETCHES[mark] = _WRITTEN.search(data) is not None and _fetches(package.tree(name, data))
        return _FETCHES[mark]
    except FileRefused:
        return False


def _fetches(root: Any) -> bool:
    return any(_FETCHING.match(code) for code in _codes(root))


def _codes(root: Any) -> Iterator[str]:
    """The instructions of every field, whole where they stand in several runs, paragraphs or fields inside them."""
    open_codes: list[str] = []
    in_code: list[bool] = []
    for node in root.iter(*CODE_TAGS, _MARK, T):
        if node.tag == _SIMPLE:
            yield node.get(W + "instr") or ""
        elif node.tag == _MARK:
            kind = node.get(_MARK_KIND)
            if kind == "begin":
                open_codes.append("")
                in_code.append(True)
            elif kind == "separate" and in_code:
                in_code[-1] = False
            elif kind == "end" and open_codes:
                in_code.pop()
                yield open_codes.pop()
        elif node.tag == _CODE and not open_codes:
            yield node.text or ""
        elif node.tag == _CODE and in_code[-1]:
            open_codes[-1] += node.text or ""
        elif node.tag == T and len(open_codes) > 1 and not in_code[-1] and in_code[-2]:
            open_codes[-2] += node.text or ""  # what a field inside shows is a part of the outer one's code
    yield from open_codes
