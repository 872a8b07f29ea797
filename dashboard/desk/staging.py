"""Uploaded files: kept under safe names with their time of arrival until they are published."""

from __future__ import annotations

import csv
import hashlib
import io
import os
import re
import shutil
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from dashboard.desk.places import CHANGING, Desk

ARRIVALS = "received.csv"
MAX_NAME = 200  # bytes: file systems take 255, and a number may have to be added
_NUMBER = re.compile(r" \(\d+\)(?=\.[^.]*$|$)")
_DEVICE = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)\s*(\..*)?", re.IGNORECASE)  # of Windows, whatever follows the dot
_UNSAFE = re.compile(r'[\\/:*?"<>|\x00-\x1f]')


def safe_name(name: str) -> str:
    """The file's own name without folders and without what file systems refuse; never empty, never hidden."""
    base = re.split(r"[\\/]", name)[-1]
    clean = _UNSAFE.sub("_", base).encode(errors="replace").decode().strip(" .") or "file"
    stem, dot, suffix = clean.rpartition(".")
    if len(clean.encode()) > MAX_NAME:
        end = dot + suffix[:7] if dot else ""
        clean = (stem or clean).encode()[: MAX_NAME - len(end.encode())].decode(errors="ignore") + end
    is_taken = clean.lower() == ARRIVALS or _DEVICE.fullmatch(clean)
    return f"_{clean}" if is_taken else clean


def stage(desk: Desk, files: Iterable[tuple[str, bytes]], received_at: datetime) -> list[str]:
    """Keep files; the names they got. A staged file that comes again under its own name is kept once.

    The number that a browser or `free_path` puts behind a name is no part of it. Under another name it is kept too, so that the
    list has each file that was uploaded and says which is whose copy.
    """
    kept = []
    with CHANGING:
        desk.staged.mkdir(parents=True, exist_ok=True)
        for name, data in files:
            same = of_same_content(staged_files(desk), safe_name(name), len(data), hashlib.sha256(data).hexdigest())
            path = same[0] if same else free_path(desk.staged, safe_name(name))
            if not same:
                path.write_bytes(data)
                note_arrivals(desk.staged, [(path.name, received_at.isoformat(" ", "seconds"))])
            kept.append(path.name)
    return kept


def of_same_content(files: Iterable[Path], name: str, size: int, sha256: str) -> list[Path]:
    """Those of the files that have this name, whatever their numbers, and this content; only what has its size is read."""
    wanted = _without_number(name)
    alike = (p for p in files if _without_number(p.name) == wanted and p.stat().st_size == size)
    return [p for p in alike if digest_of(p) == sha256]


def digest_of(path: Path) -> str:
    """The digest of the file's bytes; '' where there is no such file."""
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except FileNotFoundError:
        return ""


def _without_number(name: str) -> str:
    """A file's name without the number that `free_path`, a browser or Windows gave a second file of that name."""
    return _NUMBER.sub("", name)


def staged_files(desk: Desk) -> list[Path]:
    """The staged files by name."""
    if not desk.staged.exists():
        return []
    return sorted(p for p in desk.staged.iterdir() if p.is_file() and p.name != ARRIVALS)


def free_path(folder: Path, name: str, taken: Collection[str] = ()) -> Path:
    """A path of that name in the folder, numbered when it is there or among the lower-case names that are spoken for."""
    path, number = folder / name, 1
    while path.exists() or path.name.lower() in taken:
        number += 1
        path = folder / f"{Path(name).stem} ({number}){Path(name).suffix}"
    return path


def read_arrivals(folder: Path) -> list[tuple[str, str]]:
    """(file, received_at) rows of the folder's register."""
    path = folder / ARRIVALS
    if not path.exists():
        return []
    rows = csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline=""))
    return [(row["file"], row["received_at"]) for row in rows if row.get("file") and row.get("received_at")]


def note_arrivals(folder: Path, rows: Sequence[tuple[str, str]]) -> None:
    """Add (file, received_at) rows to the folder's register, in one step."""
    write_arrivals(folder, [*read_arrivals(folder), *rows])


def write_arrivals(folder: Path, rows: Sequence[tuple[str, str]]) -> None:
    """Replace the folder's register in one step; no rows, no register."""
    path = folder / ARRIVALS
    if not rows:
        path.unlink(missing_ok=True)
        return
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerows([("file", "received_at"), *rows])
    beside = path.with_name(f"{ARRIVALS}.{os.getpid()}.tmp")
    beside.write_bytes(stream.getvalue().encode("utf-8-sig"))
    beside.replace(path)


def change_arrivals(desk: Desk, arrivals: Mapping[str, datetime]) -> None:
    """Staged files of these names have arrived at these moments."""
    moments = {name: at.isoformat(" ", "seconds") for name, at in arrivals.items()}
    with CHANGING:
        write_arrivals(desk.staged, [(name, moments.get(name, was)) for name, was in read_arrivals(desk.staged)])


def unstage(desk: Desk, names: Iterable[str]) -> None:
    """Take files off the desk."""
    gone = set(names)
    with CHANGING:
        for name in gone:
            (desk.staged / name).unlink(missing_ok=True)
        write_arrivals(desk.staged, [row for row in read_arrivals(desk.staged) if row[0] not in gone])


def clear(desk: Desk) -> None:
    """An empty desk."""
    with CHANGING:
        for folder in (desk.staged, desk.candidate, desk.cells):
            shutil.rmtree(folder, ignore_errors=True)
        desk.decisions.unlink(missing_ok=True)
