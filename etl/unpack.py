"""An archive of submissions -> its files, one level deep, each with a harmless name and stored under a number."""

from __future__ import annotations

import hashlib
import re
import zipfile
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from etl.errors import FileRefused
from etl.facts import Submission
from etl.files.intake import ARRIVALS, MARKER, Job, is_debris, parse_arrivals
from etl.guard.package import Package, open_package
from etl.guard.size import MAX_FILE_BYTES, MAX_UNPACKED_BYTES, megabytes
from etl.read_file import refused_job

_UTF8_FLAG = 0x800
_MAX_NAME = 200


@dataclass(frozen=True)
class Archive:
    """An archive to unpack: its job, the folder to unpack to, and the names that make an inner folder a campaign's."""

    job: Job
    folder: Path
    campaigns: tuple[str, ...]


@dataclass(frozen=True)
class _Entry:
    info: zipfile.ZipInfo
    name: str

    @property
    def bare(self) -> str:
        return self.name.rpartition("/")[2]

    @property
    def folder(self) -> str:
        return self.name.rpartition("/")[0]


@dataclass
class Unpacked:
    """What an archive held: files to read, and what could not be taken out."""

    jobs: list[Job] = field(default_factory=list)
    refused: list[tuple[Job, list[Submission]]] = field(default_factory=list)


def unpack(archive: Archive) -> Unpacked:
    """A job for each file inside; the archive itself is refused when it can't be read."""
    job = archive.job
    data = job.path.read_bytes()
    digest = hashlib.sha256(data).hexdigest()
    try:
        package = open_package(data)
        entries = _entries(package)
        if not entries:
            raise FileRefused("file_empty", "压缩包里没有文件", "the archive holds no files", found=job.name)
        return _members(archive, package, entries)
    except FileRefused as error:
        return Unpacked([], [(job, _refused(job, error, digest, "zip"))])


def _refused(job: Job, error: FileRefused, digest: str, kind: str) -> list[Submission]:
    return refused_job(job, error.rule, error.found or error.message_zh, error.expected, error.place, digest, kind)


def readable_name(info: zipfile.ZipInfo) -> str:
    """The name as its sender saw it: UTF-8 where the flag says so, else UTF-8 or GBK by what fits."""
    if info.flag_bits & _UTF8_FLAG:
        return info.filename
    try:
        raw = info.orig_filename.encode("cp437")
    except UnicodeEncodeError:
        return info.filename
    for code in ("utf-8", "gb18030"):
        try:
            return raw.decode(code)
        except UnicodeDecodeError:
            continue
    return info.filename


def harmless(name: str) -> str:
    """The name as a path below the archive: no way up, no root, no drive, no control characters, of bounded length."""
    text = "".join(c for c in name.replace("\\", "/") if c.isprintable())
    pieces = [re.sub(r"^[A-Za-z]:", "", p).strip() for p in text.split("/")]
    return "/".join(p[-_MAX_NAME:] for p in pieces if p not in ("", ".", ".."))[-2 * _MAX_NAME :].lstrip("/")


def _entries(package: Package) -> list[_Entry]:
    """The files that may be submissions, in a stable order; the same name twice is told apart."""
    found, seen = [], Counter[str]()
    for info in package.archive.infolist():
        name = harmless(readable_name(info))
        pieces = name.split("/")
        is_junk = any(p.startswith((".", "__MACOSX")) for p in pieces[:-1]) or is_debris(pieces[-1])
        if info.is_dir() or not name or is_junk or name.lower().endswith(".md"):
            continue
        seen[name] += 1
        found.append(_Entry(info, name if seen[name] == 1 else f"{name} ({seen[name]})"))
    return sorted(found, key=lambda e: e.name)


def _members(archive: Archive, package: Package, entries: list[_Entry]) -> Unpacked:
    archive.folder.mkdir(parents=True)
    arrivals = {e.folder: _arrivals(package, e) for e in entries if e.bare == ARRIVALS}
    is_sample = archive.job.is_sample or any(e.bare == MARKER for e in entries)
    unpacked, total = Unpacked(), 0
    for number, entry in enumerate(entries):
        if entry.bare in (ARRIVALS, MARKER):
            continue
        own = arrivals.get(entry.folder, {})
        job = replace(
            archive.job,
            path=archive.folder / f"{number:05d}",  # never the given name
            name=f"{archive.job.name}/{entry.name}",
            archive=archive.job.name,
            campaign_id=_campaign(archive, entry),
            received_at=(own or {}).get(entry.bare) or archive.job.received_at,
            is_sample=is_sample,
            are_arrivals_unread=archive.job.are_arrivals_unread or own is None,
        )
        try:
            data = _read(package, entry)
        except FileRefused as error:
            name = hashlib.sha256(job.name.encode()).hexdigest()
            unpacked.refused.append((job, _refused(job, error, name, "unreadable")))
            continue
        total += len(data)
        if total > MAX_UNPACKED_BYTES:
            limit = megabytes(MAX_UNPACKED_BYTES)
            raise FileRefused("zip_too_large", "解压后过大", "unpacks too large", found=f"> {limit}", expected=limit)
        job.path.write_bytes(data)
        unpacked.jobs.append(job)
    return unpacked


def _arrivals(package: Package, entry: _Entry) -> dict[str, datetime] | None:
    try:
        return parse_arrivals(_read(package, entry))
    except FileRefused:
        return None


def _campaign(archive: Archive, entry: _Entry) -> str | None:
    """--campaign, else the nearest folder named like a campaign, inside the archive first, then the archive's own name."""
    if archive.job.is_campaign_asked:
        return archive.job.campaign_id
    stem = archive.job.name.rpartition("/")[2].rpartition(".")[0]
    inside = reversed([stem, *entry.folder.split("/")])
    return next((p for p in inside if p in archive.campaigns), archive.job.campaign_id)


def _read(package: Package, entry: _Entry) -> bytes:
    """The bytes of an entry, at most one more than a file may have: the reader then names the file as too large."""
    try:
        with package.archive.open(entry.info) as stream:
            return stream.read(min(entry.info.file_size, MAX_FILE_BYTES) + 1)
    except MemoryError:
        raise
    except Exception as error:  # zlib.error and lzma errors have no common base
        raise FileRefused(
            "file_damaged",
            f"{entry.name} 解不开",
            f"{entry.name} can't be unpacked",
            found=type(error).__name__,
            place=entry.name,
        ) from error
