"""An Office package opened behind limits: unpacked size, number of parts, DTDs, macros, links, encryption."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Any

from lxml import etree

from etl.errors import FileRefused
from etl.guard.dtd import declares_dtd, hidden_code, refuse_dtd
from etl.guard.flat import is_flat, zipped
from etl.guard.outside import told_by_names, told_by_relations
from etl.guard.size import MAX_PART_BYTES, MAX_PARTS, MAX_UNPACKED_BYTES, megabytes

_DAMAGES = (zipfile.BadZipFile, KeyError, OSError, EOFError, ValueError, NotImplementedError, RuntimeError)


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

    def mark_of(self, name: str) -> tuple[int, int, int] | None:
        """Checksum and sizes of a part, which tell equal parts without unpacking them; None when it is not there.

        Raises FileRefused for a part that is there twice.
        """
        if not self.has(name):
            return None
        self._refuse_doubled(name)
        entry = self.archive.getinfo(self.names[_compared(name)])
        return entry.CRC, entry.file_size, entry.compress_size

    def read(self, name: str) -> bytes:
        """The bytes of an XML part. Raises FileRefused when it is damaged, lies about its size, or declares a DTD."""
        data = self.raw(name)
        refuse_dtd(name, data)
        return _STRICT.sub(rb"http://schemas.openxmlformats.org/\1/2006/", data) if _STRICT_MARK in data else data

    def raw(self, name: str) -> bytes:
        """The bytes of a part as stored. Raises FileRefused when it is damaged or lies about its size."""
        self._refuse_doubled(name)
        name = self.names.get(_compared(name), name)
        data = self._unpacked(name)
        if len(data) > MAX_PART_BYTES:
            raise FileRefused(
                "zip_too_large",
                f"部件 {name} 解压后过大",
                f"the part {name} unpacks too large",
                found=f"> {megabytes(MAX_PART_BYTES)}",
                expected=megabytes(MAX_PART_BYTES),
                place=name,
            )
        return data

    def _refuse_doubled(self, name: str) -> None:
        if _compared(name) in self.doubled:
            zh, en = f"部件 {name} 有两个", f"the part {name} is there twice"
            raise FileRefused("file_damaged", zh, en, found=f"2 × {name}", place=name)

    def _unpacked(self, name: str) -> bytes:
        """The bytes of a part by its stored name. Raises FileRefused when it can't be unpacked."""
        try:
            # Asked for no more than the head declares, the unpacker stops there when the head lies.
            wanted = min(self.archive.getinfo(name).file_size, MAX_PART_BYTES) + 1
            with self.archive.open(name) as stream:
                return stream.read(wanted)
        except MemoryError:
            raise
        except _DAMAGES as error:
            why = type(error).__name__
            zh, en = f"部件 {name} 损坏（{why}）", f"the part {name} is damaged ({why})"
            raise FileRefused("file_damaged", zh, en, found=why, place=name) from error
        except Exception as error:  # zlib.error and lzma errors have no common base
            why = type(error).__name__
            zh, en = f"部件 {name} 解不开（{why}）", f"the part {name} can't be unpacked ({why})"
            raise FileRefused("file_damaged", zh, en, found=why, place=name) from error

    def xml(self, name: str) -> Any:
        """A part as an XML tree. Raises FileRefused when it is damaged."""
        return self.tree(name, self.read(name))

    def tree(self, name: str, data: bytes) -> Any:
        """The tree of a part that was read. Raises FileRefused when it is damaged."""
        try:
            return etree.fromstring(data, _parser())
        except (etree.XMLSyntaxError, ValueError) as error:
            raise FileRefused(
                "file_damaged",
                f"部件 {name} 不是合法的 XML",
                f"the part {name} is not valid XML",
                found=str(error)[:120],
                place=name,
            ) from error


@cache
def _parser() -> etree.XMLParser:
    """Takes nothing from outside; what stands around a comment inside a number is one number."""
    return etree.XMLParser(
        resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )


# The strict kind of Office Open XML says the same in other namespaces.
_STRICT_MARK = b"http://purl.oclc.org/ooxml/"
_STRICT = re.compile(re.escape(_STRICT_MARK) + rb"(\w+)/")


def open_package(data: bytes) -> Package:
    """An Office Open XML file behind limits. Raises FileRefused: damaged, too many parts, too large unpacked, encrypted."""
    try:
        if is_flat(data) and not (declares_dtd(data) or hidden_code(data)):
            data = zipped(data, _parser())
        archive = zipfile.ZipFile(io.BytesIO(data))
        entries = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError, etree.XMLSyntaxError) as error:
        raise FileRefused("file_damaged", "压缩结构损坏", "damaged zip structure", found=str(error)[:80]) from error
    if len(entries) > MAX_PARTS:
        raise FileRefused(
            "zip_too_large",
            f"内含 {len(entries)} 个部件，超过上限 {MAX_PARTS}",
            f"{len(entries)} parts, above the limit of {MAX_PARTS}",
            found=str(len(entries)),
            expected=str(MAX_PARTS),
        )
    unpacked = sum(e.file_size for e in entries)
    if unpacked > MAX_UNPACKED_BYTES:
        raise FileRefused(
            "zip_too_large",
            f"解压后 {megabytes(unpacked)}，超过上限 {megabytes(MAX_UNPACKED_BYTES)}",
            f"unpacks to {megabytes(unpacked)}, above the limit of {megabytes(MAX_UNPACKED_BYTES)}",
            found=megabytes(unpacked),
            expected=megabytes(MAX_UNPACKED_BYTES),
        )
    if any(e.flag_bits & 0x1 for e in entries):
        raise FileRefused("encrypted", "文件有密码保护", "the file is protected by a password")
    before = min((e.header_offset for e in entries), default=0)
    if data[:before].strip():
        # Cut off, an archive of archives ends with the list of the last one in it; read as that, all others would be gone.
        raise FileRefused(
            "file_damaged",
            "压缩包被截断，缺少自己的目录",
            "the archive is cut off: its own list is missing",
            found=f"ZIP + {before:,} B",
        )
    told = _told_by(tuple(e.filename for e in entries))
    remarks = told.remarks
    if more := told_by_relations(archive, [entries[n] for n in told.relations]).difference(remarks):
        remarks += tuple(sorted(more))
    return Package(archive, told.names, told.doubled, remarks)


@dataclass(frozen=True)
class _Told:
    """What the names of a package's parts tell; `relations`: the numbers of the parts that hold links."""

    names: Mapping[str, str]
    doubled: frozenset[str]
    remarks: tuple[str, ...]
    relations: tuple[int, ...]


@lru_cache(maxsize=256)
def _told_by(names: tuple[str, ...]) -> _Told:
    """Offices fill in copies of one file, whose parts have the same names."""
    lower = "\n".join(names).lower()
    remarks = told_by_names(names)
    remarks += ("embedded_ignored",) * ("embeddings/" in lower or "activex/" in lower)
    relations = tuple(n for n, name in enumerate(names) if name.lower().endswith(".rels"))
    return _Told(*_by_name(names), remarks, relations)


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
