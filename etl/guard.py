"""Before any parser: size, kind by content, unpacked size, number of parts, DTDs, macros, links, encryption."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from etl.errors import FileRefused
from etl.opc import is_flat, word_part, zipped

MAX_FILE_BYTES = 20 * 1024 * 1024
MAX_UNPACKED_BYTES = 200 * 1024 * 1024
MAX_PARTS = 2000
MAX_PART_BYTES = 80 * 1024 * 1024

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def refuse(rule: str, zh: str, en: str, *, found: str = "", expected: str = "", place: str = "") -> FileRefused:
    """A refusal with its words."""
    return FileRefused(rule, zh, en, found=found, expected=expected, place=place)


def megabytes(n: int) -> str:
    """A size for people."""
    return f"{n / 1024 / 1024:.1f} MB"


def check_size(n_bytes: int) -> None:
    """Raises FileRefused for an empty or too large file."""
    if n_bytes == 0:
        raise refuse("file_empty", "空文件，已跳过", "empty file; skipped", found="0 B")
    if n_bytes > MAX_FILE_BYTES:
        raise refuse(
            "file_too_large",
            f"文件 {megabytes(n_bytes)}，超过上限 {megabytes(MAX_FILE_BYTES)}",
            f"the file has {megabytes(n_bytes)}, above the limit of {megabytes(MAX_FILE_BYTES)}",
            found=megabytes(n_bytes),
            expected=megabytes(MAX_FILE_BYTES),
        )


def is_zip(data: bytes) -> bool:
    """Whether the bytes are a package: a zip archive (mail programs put line breaks before it) or its flat form."""
    return data[:64].lstrip(b"\r\n")[:4] in (b"PK\x03\x04", b"PK\x05\x06") or is_flat(data)


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
        return "unknown"
    return "csv"


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


def remarks_of(kind: str, data: bytes) -> tuple[str, ...]:
    """What is to be said about a file that is no package: macros in an old Office file."""
    is_old = kind.startswith("ole") and "_VBA_PROJECT".encode("utf-16-le") in data
    return ("macros_ignored",) if is_old else ()


@dataclass
class Package:
    """An Office Open XML file, opened behind limits. Parts are read at need; remarks are rules about the file."""

    archive: zipfile.ZipFile
    names: Mapping[str, str]  # as compared -> as stored
    doubled: frozenset[str] = frozenset()  # read by some programs as the first, by others as the last: by none here
    remarks: tuple[str, ...] = field(default=())

    def has(self, name: str) -> bool:
        """Whether the part is there."""
        return _compared(name) in self.names

    def read(self, name: str) -> bytes:
        """The bytes of an XML part. Raises FileRefused when it is damaged, lies about its size, or declares a DTD."""
        data = self.raw(name)
        if declares_dtd(data):
            raise refuse(
                "dtd_refused",
                f"{name} 含有 DTD 声明，拒绝读取",
                f"{name} declares a DTD; refused",
                found="<!DOCTYPE",
                place=name,
            )
        return _STRICT.sub(rb"http://schemas.openxmlformats.org/\1/2006/", data) if _STRICT_MARK in data else data

    def raw(self, name: str) -> bytes:
        """The bytes of a part as stored. Raises FileRefused when it is damaged or lies about its size."""
        if _compared(name) in self.doubled:
            zh, en = f"部件 {name} 有两个", f"the part {name} is there twice"
            raise refuse("file_damaged", zh, en, found=f"2 × {name}", place=name)
        name = self.names.get(_compared(name), name)
        try:
            # Asked for no more than the head declares, the unpacker stops there when the head lies.
            wanted = min(self.archive.getinfo(name).file_size, MAX_PART_BYTES) + 1
            with self.archive.open(name) as stream:
                data = stream.read(wanted)
        except (
            zipfile.BadZipFile,
            KeyError,
            OSError,
            EOFError,
            ValueError,
            NotImplementedError,
            RuntimeError,
        ) as error:
            raise refuse(
                "file_damaged",
                f"部件 {name} 损坏（{type(error).__name__}）",
                f"the part {name} is damaged ({type(error).__name__})",
                found=type(error).__name__,
                place=name,
            ) from error
        except MemoryError:
            raise
        except Exception as error:  # zlib.error and lzma errors have no common base
            raise refuse(
                "file_damaged",
                f"部件 {name} 解不开（{type(error).__name__}）",
                f"the part {name} can't be unpacked ({type(error).__name__})",
                found=type(error).__name__,
                place=name,
            ) from error
        if len(data) > MAX_PART_BYTES:
            raise refuse(
                "zip_too_large",
                f"部件 {name} 解压后过大",
                f"the part {name} unpacks too large",
                found=f"> {megabytes(MAX_PART_BYTES)}",
                expected=megabytes(MAX_PART_BYTES),
                place=name,
            )
        return data

    def xml(self, name: str) -> Any:
        """A part as an XML tree. Raises FileRefused when it is damaged."""
        data = self.read(name)
        try:
            return etree.fromstring(data, _parser())
        except (etree.XMLSyntaxError, ValueError) as error:
            raise refuse(
                "file_damaged",
                f"部件 {name} 不是合法的 XML",
                f"the part {name} is not valid XML",
                found=str(error)[:120],
                place=name,
            ) from error


def _parser() -> etree.XMLParser:
    """Takes nothing from outside; what stands around a comment inside a number is one number."""
    return etree.XMLParser(
        resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )


# The strict kind of Office Open XML says the same in other namespaces.
_STRICT_MARK = b"http://purl.oclc.org/ooxml/"
_STRICT = re.compile(re.escape(_STRICT_MARK) + rb"(\w+)/")
_DTD = re.compile(rb"<!\s*(DOCTYPE|ENTITY)", re.IGNORECASE)


def declares_dtd(data: bytes) -> bool:
    """Whether an XML part declares a document type, in any of the encodings XML readers accept."""
    if b"<!" in data and data.lstrip()[:1] in (b"<", b"\xef") and _DTD.search(data):
        return True
    if data[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\x00<" in data[:4] or b"<\x00" in data[:4]:
        return bool(_DTD.search(data.replace(b"\x00", b"")))
    return False


def open_package(data: bytes) -> Package:
    """An Office Open XML file behind limits. Raises FileRefused: damaged, too many parts, too large unpacked, encrypted."""
    try:
        if is_flat(data) and not declares_dtd(data):
            data = zipped(data, _parser())
        archive = zipfile.ZipFile(io.BytesIO(data))
        entries = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError, etree.XMLSyntaxError) as error:
        raise refuse("file_damaged", "压缩结构损坏", "damaged zip structure", found=str(error)[:80]) from error
    if len(entries) > MAX_PARTS:
        raise refuse(
            "zip_too_large",
            f"内含 {len(entries)} 个部件，超过上限 {MAX_PARTS}",
            f"{len(entries)} parts, above the limit of {MAX_PARTS}",
            found=str(len(entries)),
            expected=str(MAX_PARTS),
        )
    unpacked = sum(e.file_size for e in entries)
    if unpacked > MAX_UNPACKED_BYTES:
        raise refuse(
            "zip_too_large",
            f"解压后 {megabytes(unpacked)}，超过上限 {megabytes(MAX_UNPACKED_BYTES)}",
            f"unpacks to {megabytes(unpacked)}, above the limit of {megabytes(MAX_UNPACKED_BYTES)}",
            found=megabytes(unpacked),
            expected=megabytes(MAX_UNPACKED_BYTES),
        )
    if any(e.flag_bits & 0x1 for e in entries):
        raise refuse("encrypted", "文件有密码保护", "the file is protected by a password")
    names = [e.filename for e in entries]
    remarks = []
    if any("vbaproject" in n.lower() for n in names):
        remarks.append("macros_ignored")
    if any("embeddings/" in n.lower() or "activex/" in n.lower() for n in names):
        remarks.append("embedded_ignored")
    if any("externallink" in n.lower() for n in names) or any(
        _has_external(archive, n) for n in names if n.endswith(_LINKING_PARTS)
    ):
        remarks.append("external_link_ignored")
    return Package(archive, *_by_name(names), tuple(remarks))


# Some programs write word/document2.xml.
_NUMBERED_MAIN = re.compile(r"((?:word|xl)/(?:_rels/)?(?:document|workbook))\d+(\.xml(?:\.rels)?)")


def _by_name(names: Sequence[str]) -> tuple[dict[str, str], frozenset[str]]:
    """Stored names by compared ones, and the compared names that stand twice."""
    compared = [_compared(n) for n in names]
    found = dict(zip(compared, names, strict=True))
    for name in compared:
        if match := _NUMBERED_MAIN.fullmatch(name):
            found.setdefault(match.group(1) + match.group(2), found[name])
    return found, frozenset(n for n, count in Counter(compared).items() if count > 1)


def _compared(name: str) -> str:
    """A part's name as programs compare it: in any case, with either slash."""
    return name.replace("\\", "/").lstrip("/").lower()


# What a link that loads something stands in; a hyperlink in the text is only a text.
_LINKING_PARTS = ("settings.xml.rels", "document.xml.rels", "workbook.xml.rels")
_MAX_LINKS = 1 << 20
_EXTERNAL = re.compile(rb"<Relationship\b[^>]*TargetMode\s*=\s*[\"']External[\"'][^>]*>")


def _has_external(archive: zipfile.ZipFile, name: str) -> bool:
    try:
        with archive.open(name) as stream:
            found = _EXTERNAL.findall(stream.read(_MAX_LINKS))
    except MemoryError:
        raise
    except Exception:  # a damaged side part is no reason to refuse the file
        return False
    return any(b"/hyperlink" not in tag for tag in found)
