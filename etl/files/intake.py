"""Paths -> the files to read, each with its name below the loaded folder, its campaign folder, its arrival and marker."""

from __future__ import annotations

import csv
import errno
import io
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from pathlib import Path

from etl.catalog.model import Catalog
from etl.decisions.files import ColumnDecisions, FileDecision
from etl.errors import FileRefused, UsageError
from etl.moments import parse_moment
from etl.read.text import decode

ARRIVALS = "received.csv"
MARKER = "SAMPLE_DATA.txt"
# Offices work on China time; arrivals are shown on their clock.
OFFICE_TIME = timezone(timedelta(hours=8))
_DEBRIS = re.compile(r"^(~\$|\.~|\._|\.DS_Store|Thumbs\.db|desktop\.ini|\.git)", re.IGNORECASE)


def office_now() -> datetime:
    """This moment on the offices' clock, to the second, without a zone."""
    return datetime.now(OFFICE_TIME).replace(tzinfo=None, microsecond=0)


@dataclass(frozen=True)
class Job:
    """One file to read."""

    path: Path
    name: str
    campaign_id: str | None
    received_at: datetime
    is_sample: bool
    is_debris: bool = False
    are_arrivals_unread: bool = (
        False  # its folder's received.csv is there and can't be read: the file's own date stands in
    )
    is_campaign_asked: bool = False  # --campaign names it: no folder, outside or inside an archive, says otherwise
    archive: str = ""  # the name of the archive it was unpacked from
    sha256: str = ""  # of the file as it came, where `path` is a converted copy
    source_format: str = ""  # likewise
    remarks: tuple[str, ...] = ()  # likewise: rules about the file as it came
    decided: Mapping[str, FileDecision] = field(default_factory=dict)  # by digest; the same for all files of a load
    columns: ColumnDecisions = field(default_factory=dict)  # likewise the same for all


def find_jobs(catalog: Catalog, paths: Sequence[Path], campaign_id: str | None) -> list[Job]:
    """All files below the paths in a stable order. Raises UsageError for a path that is not there."""
    jobs: list[Job] = []
    several = len(paths) > 1
    for path in paths:
        if not path.exists():
            raise UsageError(f"找不到路径 {path}", f"no such path: {path}", found=str(path))
        if path.is_file():
            jobs.append(_job(catalog, path, path.name, campaign_id, {}))
            continue
        prefix = f"{path.name}/" if several else ""
        for folder, files in _walk(path):
            arrivals = read_arrivals(folder)
            says = _folder(catalog, folder.resolve())
            for file in files:
                name = prefix + file.relative_to(path).as_posix()
                jobs.append(_job(catalog, file, name, campaign_id, arrivals, says))
    return sorted(jobs, key=lambda j: j.name)


def _walk(root: Path) -> Iterator[tuple[Path, list[Path]]]:
    # Thousands of files are listed without a look at each of them.
    below = (Path(folder, name) for folder, names, _ in os.walk(root) for name in names if not name.startswith("."))
    for folder in sorted([root, *below]):
        try:
            with os.scandir(folder) as entries:
                names = sorted(e.name for e in entries if _may_be_file(e) and e.name not in (ARRIVALS, MARKER))
        except OSError:
            # A folder that can't be opened is named as a file that can't be read.
            yield folder.parent, [folder]
            continue
        yield folder, [folder / name for name in names if not name.lower().endswith(".md")]


def _may_be_file(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_file()
    except OSError as error:  # a link that leads to itself is no file; of any other reading will say why
        return error.errno != errno.ELOOP


@dataclass(frozen=True)
class _Folder:
    """What a folder says of the files in it: the campaign it is named after, and whether they are samples."""

    campaign_id: str | None
    is_sample: bool


def _folder(catalog: Catalog, home: Path) -> _Folder:
    named = next((p for p in reversed(home.parts) if p in catalog.campaigns), None)
    return _Folder(named, any((parent / MARKER).exists() for parent in [home, *home.parents][:4]))


def _job(
    catalog: Catalog,
    file: Path,
    name: str,
    campaign_id: str | None,
    arrivals: dict[str, datetime] | None,
    folder: _Folder | None = None,
) -> Job:
    """A file's job. `folder` is what its folder says, where that is known; a link's own folder is where it leads."""
    if folder is None or file.is_symlink():
        folder = _folder(catalog, file.resolve().parent)
    return Job(
        file,
        shown_name(name),
        campaign_id or folder.campaign_id,
        (arrivals or {}).get(file.name) or _changed_at(file),
        folder.is_sample,
        is_debris(file.name),
        arrivals is None,
        is_campaign_asked=campaign_id is not None,
    )


def _changed_at(file: Path) -> datetime:
    """The file's own date on the offices' clock; the start of 1970 for a file that is gone by now."""
    try:
        seconds = int(file.stat().st_mtime)
    except OSError:
        seconds = 0
    return datetime.fromtimestamp(seconds, OFFICE_TIME).replace(tzinfo=None)


def shown_name(name: str) -> str:
    """A file's name as its sender saw it: bytes that are no UTF-8 are mostly GBK, from an archive unpacked elsewhere."""
    if name.isprintable():
        return name
    try:
        name.encode()
    except UnicodeEncodeError:
        try:
            name = name.encode("utf-8", "surrogateescape").decode("gb18030")
        except UnicodeError:
            name = name.encode("utf-8", "backslashreplace").decode()
    return "".join(c if c.isprintable() else "\ufffd" for c in name)


def is_debris(name: str) -> bool:
    """Whether a file's bare name is that of a lock file, a system's own file or the like."""
    return bool(_DEBRIS.match(name))


def read_arrivals(folder: Path) -> dict[str, datetime] | None:
    """Arrival times that a folder's received.csv declares, by file name; empty without one, None when it can't be read."""
    try:
        return parse_arrivals((folder / ARRIVALS).read_bytes())
    except FileNotFoundError:
        return {}
    except OSError:
        return None


def parse_arrivals(data: bytes) -> dict[str, datetime] | None:
    """Arrival times by bare file name; None when the table can't be read."""
    try:
        rows = list(csv.DictReader(io.StringIO(decode(data), newline="")))
    except (FileRefused, csv.Error):
        return None
    found = {}
    for row in rows:
        moment = parse_moment((row.get("received_at") or "").replace("T", " "))
        if moment and row.get("file"):
            found[str(row["file"]).rsplit("/", 1)[-1]] = moment
    return found
