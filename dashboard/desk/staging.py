"""Uploaded files: kept under safe names with their time of arrival, moved to the inbox when they are published."""

from __future__ import annotations

import csv
import hashlib
import io
import os
import re
import shutil
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from dashboard.desk.places import Desk

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

    Under another name it is kept too, so that the list has each file that was uploaded and says which is whose copy.
    """
    desk.staged.mkdir(parents=True, exist_ok=True)
    known = {(_without_number(p.name), hashlib.sha256(p.read_bytes()).hexdigest()): p.name for p in staged_files(desk)}
    kept = []
    for name, data in files:
        digest = (safe_name(name), hashlib.sha256(data).hexdigest())
        if digest not in known:
            path = free_path(desk.staged, safe_name(name))
            path.write_bytes(data)
            known[digest] = path.name
            note_arrival(desk.staged, [path.name], received_at.isoformat(" ", "seconds"))
        kept.append(known[digest])
    return kept


def _without_number(name: str) -> str:
    """The name a file had before `free_path` numbered it."""
    return _NUMBER.sub("", name)


def staged_files(desk: Desk) -> list[Path]:
    """The staged files by name."""
    if not desk.staged.exists():
        return []
    return sorted(p for p in desk.staged.iterdir() if p.is_file() and p.name != ARRIVALS)


def free_path(folder: Path, name: str) -> Path:
    """A path of that name in the folder, numbered when it is taken."""
    path, number = folder / name, 1
    while path.exists():
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


def note_arrival(folder: Path, names: Sequence[str], received_at: str) -> None:
    """Add to the folder's register, in one step."""
    write_arrivals(folder, [*read_arrivals(folder), *((name, received_at) for name in names)])


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
    write_arrivals(desk.staged, [(name, moments.get(name, was)) for name, was in read_arrivals(desk.staged)])


def unstage(desk: Desk, names: Iterable[str]) -> None:
    """Take files off the desk."""
    gone = set(names)
    for name in gone:
        (desk.staged / name).unlink(missing_ok=True)
    write_arrivals(desk.staged, [row for row in read_arrivals(desk.staged) if row[0] not in gone])


def copy_to_inbox(desk: Desk, day: str) -> list[Path]:
    """New copies of the staged files in the inbox's folder of that day, with their arrivals; the staged ones stay.

    One that lies there already, of a publishing that was broken off, is not copied again.
    """
    folder = desk.inbox / day
    folder.mkdir(parents=True, exist_ok=True)
    arrivals = dict(read_arrivals(desk.staged))
    made = []
    there = {(_without_number(p.name), p.read_bytes()) for p in folder.iterdir() if p.is_file() and p.name != ARRIVALS}
    for path in staged_files(desk):
        if (_without_number(path.name), path.read_bytes()) in there:
            continue
        target = free_path(folder, path.name)
        shutil.copy2(path, target)
        note_arrival(folder, [target.name], arrivals.get(path.name, ""))
        made.append(target)
    return made


def take_back(copies: Iterable[Path]) -> None:
    """Undo `copy_to_inbox`."""
    for path in copies:
        path.unlink(missing_ok=True)
        write_arrivals(path.parent, [row for row in read_arrivals(path.parent) if row[0] != path.name])


def clear(desk: Desk) -> None:
    """An empty desk."""
    for folder in (desk.staged, desk.candidate, desk.cells):
        shutil.rmtree(folder, ignore_errors=True)
    desk.decisions.unlink(missing_ok=True)
