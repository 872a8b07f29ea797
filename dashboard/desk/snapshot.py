"""What one publishing takes along: copies of what lay on the desk when it began, and a record of them by which it is undone.

The record is on the disk before the first file goes to the inbox, so that also a publishing that was broken off (the server was
stopped, the power failed) can be undone, or, where its load was done, brought to its end.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from dashboard.desk.decision_rows import drop_published, merge_decisions, part_decisions, replace_bytes, rows_to_add
from dashboard.desk.places import CHANGING, Desk
from dashboard.desk.staging import (
    ARRIVALS,
    clear,
    digest_of,
    free_path,
    note_arrivals,
    of_same_content,
    read_arrivals,
    staged_files,
    unstage,
    write_arrivals,
)

_RECORD, _MINE, _BEFORE = "record.json", "decisions.mine.csv", "decisions.before.csv"


@dataclass(frozen=True)
class Copied:
    """A staged file as it was copied, and its name in the inbox; `copy` is the copy's name until it goes there, '' for a file
    that was published before."""

    name: str
    sha256: str
    arrival: str
    target: str
    copy: str


@dataclass(frozen=True)
class Snapshot:
    """What is being published: files, ids of decisions, the inbox's folder, and what CURRENT said when it began."""

    day: str
    current: str
    files: tuple[Copied, ...]
    decisions: tuple[str, ...]


def take_snapshot(desk: Desk, day: str) -> Snapshot:
    """Copy what lies on the desk, and record it; the inbox is as it was."""
    forget(desk)
    desk.under_way.mkdir(parents=True, exist_ok=True)
    with CHANGING:
        for path, name in ((desk.decisions, _MINE), (desk.published_decisions, _BEFORE)):
            if path.exists():
                shutil.copy2(path, desk.under_way / name)
        files = _copy_each(desk, desk.inbox / day)
    added = tuple(row["decision_id"] for row in rows_to_add(desk, desk.under_way / _MINE))
    snapshot = Snapshot(day, _current(desk), files, added)
    replace_bytes(desk.under_way / _RECORD, json.dumps(asdict(snapshot)).encode())
    return snapshot


def _copy_each(desk: Desk, folder: Path) -> tuple[Copied, ...]:
    """Copies of the staged files, with the names they take in the inbox's folder."""
    arrivals, published = dict(read_arrivals(desk.staged)), dict(read_arrivals(folder))
    there = [p for p in folder.iterdir() if p.is_file() and p.name != ARRIVALS] if folder.exists() else []
    made: list[Copied] = []
    for number, path in enumerate(staged_files(desk)):
        copy, arrival = desk.under_way / str(number), arrivals.get(path.name, "")
        shutil.copy2(path, copy)
        sha256 = digest_of(copy)
        same = of_same_content(there, path.name, copy.stat().st_size, sha256)
        # With another arrival it is sent anew: which of the two counts is for the load to say.
        if same := [p for p in same if published.get(p.name, "") == arrival]:
            copy.unlink()
            made.append(Copied(path.name, sha256, arrival, same[0].name, ""))
        else:
            target = free_path(folder, path.name, {m.target.lower() for m in made})
            made.append(Copied(path.name, sha256, arrival, target.name, copy.name))
    return tuple(made)


def send(desk: Desk, snapshot: Snapshot) -> None:
    """The copies to the inbox, with their arrivals, and the decisions to the published ones."""
    folder = desk.inbox / snapshot.day
    folder.mkdir(parents=True, exist_ok=True)
    new = [f for f in snapshot.files if f.copy]
    note_arrivals(folder, [(f.target, f.arrival) for f in new])
    for file in new:
        _move(desk.under_way / file.copy, folder / file.target)
    merge_decisions(desk, desk.under_way / _MINE)


def _move(copy: Path, target: Path) -> None:
    """The copy under its name in the inbox, whole or not at all, also where that is another disk. Never over another file."""
    if target.exists():
        raise FileExistsError(target.name)
    try:
        shutil.move(copy, target)
    except BaseException:
        # The copy is still whole; what a disk that is full took of it would be read as a damaged file.
        if copy.exists():
            target.unlink(missing_ok=True)
        raise


def undo(desk: Desk, snapshot: Snapshot) -> None:
    """Inbox and published decisions as they were: just the copies that this publishing made go."""
    folder = desk.inbox / snapshot.day
    new = [f for f in snapshot.files if f.copy]
    for file in new:
        if digest_of(folder / file.target) == file.sha256:
            (folder / file.target).unlink()
    gone = {(f.target, f.arrival) for f in new}
    if gone & set(read_arrivals(folder)):
        write_arrivals(folder, [row for row in read_arrivals(folder) if row not in gone])
    part_decisions(desk, desk.under_way / _BEFORE, snapshot.decisions)


def take_off(desk: Desk, snapshot: Snapshot) -> None:
    """Off the desk goes what was published, as it was copied; what came, or became another, meanwhile stays."""
    with CHANGING:
        unstage(desk, list(_published(desk, snapshot)))
        drop_published(desk)
        if not staged_files(desk) and not desk.decisions.exists():
            clear(desk)


def _published(desk: Desk, snapshot: Snapshot) -> Iterable[str]:
    """Names of staged files that are the same as when they were copied, and whose copies lie in the inbox."""
    arrivals = dict(read_arrivals(desk.staged))
    for file in snapshot.files:
        both = (desk.staged / file.name, desk.inbox / snapshot.day / file.target)
        if arrivals.get(file.name, "") == file.arrival and all(digest_of(path) == file.sha256 for path in both):
            yield file.name


def recorded(desk: Desk) -> Snapshot | None:
    """The publishing that is on record and neither done nor undone; None without one."""
    try:
        data = json.loads((desk.under_way / _RECORD).read_bytes())
    except FileNotFoundError:
        return None
    files = tuple(Copied(**f) for f in data["files"])
    return Snapshot(data["day"], data["current"], files, tuple(data["decisions"]))


def forget(desk: Desk) -> None:
    """No publishing is on record; the record goes first, for without its copies it says too much."""
    (desk.under_way / _RECORD).unlink(missing_ok=True)
    shutil.rmtree(desk.under_way, ignore_errors=True)


def is_loaded(desk: Desk, snapshot: Snapshot) -> bool:
    """Whether another release is served than when the publishing began: one that has read what was sent to the inbox."""
    return _current(desk) != snapshot.current


def _current(desk: Desk) -> str:
    path = desk.var / "releases" / "CURRENT"
    return path.read_text(encoding="utf-8") if path.exists() else ""
