"""What kind of file it is, told by its content, never by its name."""

from __future__ import annotations

import re

from etl.guard.dtd import declares_dtd
from etl.guard.flat import is_flat
from etl.guard.outside import MACROS, told_by_text
from etl.guard.package import Package

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def is_zip(data: bytes) -> bool:
    """Whether the bytes are a package: a zip archive (mail programs put line breaks before it) or its flat form."""
    return data[:64].lstrip(b"\r\n")[:4] in (b"PK\x03\x04", b"PK\x05\x06") or is_flat(data)


def word_part(package: Package) -> str:
    """The part that holds a Word document's text: word/document.xml, else as the package says; '' without one."""
    if package.has("word/document.xml"):
        return "word/document.xml"
    if not (package.has("_rels/.rels") and package.has("[Content_Types].xml")):
        return ""
    kinds = package.read("[Content_Types].xml")
    if b"wordprocessingml" not in kinds and b"ms-word" not in kinds:
        return ""
    links = (r for r in package.xml("_rels/.rels") if str(r.get("Type")).endswith("/officeDocument"))
    targets = (str(r.get("Target")).lstrip("/") for r in links)
    return next((t for t in targets if package.has(t)), "")


def package_kind(package: Package) -> str:
    """The kind of a zip archive by its parts: docx, xlsx, ofd, odt, ods, another office file, or zip."""
    if word_part(package):
        return "docx"
    if package.has("xl/workbook.xml") or package.has("xl/workbook.bin"):
        return "xlsx"
    if package.has("OFD.xml"):
        return "ofd"
    kind = package.raw("mimetype").strip()[:80] if package.has("mimetype") else b""
    if kind.startswith(b"application/vnd.oasis."):
        # Looked at, not parsed: old programs declare a DTD there.
        if package.has(_MANIFEST) and b"encryption-data" in package.raw(_MANIFEST):
            return "encrypted"
        known = _OPEN_DOCUMENTS.get(kind.removesuffix(b"-template"))
        return known if known and package.has("content.xml") else "open-document"
    return "open-xml" if package.has("[Content_Types].xml") else "zip"


_MANIFEST = "META-INF/manifest.xml"
_OPEN_DOCUMENTS = {
    b"application/vnd.oasis.opendocument.text": "odt",
    b"application/vnd.oasis.opendocument.spreadsheet": "ods",
}


def sniff(data: bytes) -> str:
    """The kind of a file that is no zip, by its content: ole-word, ole-excel, ole, pdf, picture, html, mhtml, rtf, csv, unknown."""
    head = data[:8]
    if head == _OLE:
        return _sniff_ole(data)
    for magic, kind in (
        (b"%PDF", "pdf"),
        (b"\xff\xd8\xff", "picture"),
        (b"\x89PNG", "picture"),
        (b"GIF8", "picture"),
        (b"BM", "picture"),
        (b"II*\x00", "picture"),
        (b"MM\x00*", "picture"),
        (b"{\\rtf", "rtf"),
        (b"Rar!\x1a\x07", "rar"),
        (b"7z\xbc\xaf\x27\x1c", "rar"),
    ):
        if data.startswith(magic):
            return kind
    start = data[:2000].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if start.startswith(b"mime-version:") or (b"multipart/related" in start and b"content-type:" in start):
        return "mhtml"
    if start.startswith(b"<?xml") and (kind := _sniff_xml(data)):
        return kind
    if (
        start.startswith((b"<html", b"<!doctype html", b"<table", b"<meta", b"<style"))
        or b"<table" in data[:20000].lower()
    ):
        return "html"
    if start.startswith(b"<?xml"):
        return "xml"
    if b"\x00" in data[:1000] and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "csv" if utf16_code(data) else "unknown"
    return "csv"


def utf16_code(data: bytes) -> str:
    """The byte order of UTF-16 text without a mark, `utf-16-le` or `utf-16-be`; '' for anything else."""
    for code in ("utf-16-le", "utf-16-be"):
        try:
            text = data[:2000].decode(code)
        except UnicodeDecodeError:
            continue
        # The other order, or data that is no text, gives signs of scripts that no clerk here writes.
        if len(_WRITTEN.findall(text)) >= 0.97 * len(text) and re.search(r"[,;|\t\n]", text):
            return code
    return ""


_WRITTEN = re.compile(r"[\t\r\n -~\u2010-\u203b\u25a0-\u25ff\u2611\u2713\u221a\u3000-\u303f\u4e00-\u9fff\uff01-\uff5e]")


def _sniff_xml(data: bytes) -> str:
    """A text document saved as one XML file: Word 2003's or OpenDocument's; '' for any other XML."""
    if declares_dtd(data):
        return ""
    head = data[:8192]
    if b"schemas.microsoft.com/office/word/2003/wordml" in head:
        return "word-xml"
    return "fodt" if b"application/vnd.oasis.opendocument.text" in head else ""


def _sniff_ole(data: bytes) -> str:
    """OLE2 container: which stream names stand in it (UTF-16)."""
    for name, kind in (
        ("EncryptedPackage", "encrypted"),
        ("WordDocument", "ole-word"),
        ("Workbook", "ole-excel"),
        ("Book", "ole-excel"),
    ):
        if name.encode("utf-16-le") in data:
            return "encrypted" if kind == "ole-word" and _is_locked_word(data) else kind
    return "ole"


def _is_locked_word(data: bytes) -> bool:
    """An old Word file whose head says it is encrypted. The head is a stream of its own, at a sector's start."""
    for at in range(512, len(data) - 32, 512):
        if data[at : at + 2] == b"\xec\xa5":
            return bool(data[at + 0x0B] & 0x01)
    return False


def remarks_of(kind: str, data: bytes, package: Package | None = None) -> tuple[str, ...]:
    """What is to be said about a file that is read in another shape: macros and links of an old Office file, RTF, OpenDocument."""
    if package and kind in _OPEN_DOCUMENTS.values():
        texts = [package.raw(n) for n in ("content.xml", "styles.xml") if package.has(n)]
        return tuple(dict.fromkeys(package.remarks + told_by_text(kind, texts)))
    if kind == "ofd" and package:
        return package.remarks
    is_old = kind.startswith("ole") and "_VBA_PROJECT".encode("utf-16-le") in data
    told = told_by_text(kind, [data]) if kind in ("ole-word", "rtf", "fodt") else ()
    return (MACROS,) * is_old + told
