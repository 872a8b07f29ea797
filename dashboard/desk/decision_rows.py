"""Files of decisions as rows: those of the desk, those that every load applies, and how the one goes into the other."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Collection
from pathlib import Path

from dashboard.desk.places import Desk

Row = dict[str, str]
_ID = "decision_id"


def merge_decisions(desk: Desk, mine: Path | None = None) -> None:
    """The published decisions and, behind them, those of the desk (or of a copy of its file) that are not among them."""
    if added := rows_to_add(desk, mine or desk.decisions):
        write_rows(desk.published_decisions, [*read_rows(desk.published_decisions), *added])


def rows_to_add(desk: Desk, mine: Path) -> list[Row]:
    """The rows of a file that are not published."""
    known = {row[_ID] for row in read_rows(desk.published_decisions)}
    return [row for row in read_rows(mine) if row[_ID] not in known]


def part_decisions(desk: Desk, before: Path, added: Collection[str]) -> None:
    """Undo `merge_decisions`: the file that was kept from before, byte for byte; decisions published by others meanwhile stay."""
    rows = read_rows(desk.published_decisions)
    rest = [row for row in rows if row[_ID] not in added]
    if len(rest) == len(rows):
        return
    if rest != read_rows(before):
        write_rows(desk.published_decisions, rest)
    elif before.exists():
        before.replace(desk.published_decisions)  # takes no room on a full disk
    else:
        desk.published_decisions.unlink(missing_ok=True)


def drop_published(desk: Desk) -> None:
    """Leave on the desk the decisions that are not published, behind those that are; none left, no file."""
    if left := rows_to_add(desk, desk.decisions):
        write_rows(desk.decisions, [*read_rows(desk.published_decisions), *left])
    else:
        desk.decisions.unlink(missing_ok=True)


def read_rows(path: Path) -> list[Row]:
    """Rows of a file of decisions; none without a file."""
    if not path.exists():
        return []
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")))


def write_rows(path: Path, rows: list[Row]) -> None:
    """Replace a file of decisions in one step."""
    if not rows:
        return
    stream = io.StringIO(newline="")
    writer = csv.DictWriter(stream, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    replace_bytes(path, stream.getvalue().encode("utf-8-sig"))


def replace_bytes(path: Path, data: bytes) -> None:
    """New content in one step, on the disk before it takes the name; a failure leaves nothing beside it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    try:
        with beside.open("wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
