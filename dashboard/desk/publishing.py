"""Publishing what the desk holds: files to the inbox, decisions to the declared ones, then a load; undone when it fails."""

from __future__ import annotations

import csv
import io
import os
from pathlib import Path

from dashboard.desk.loader import WAIT_S, Ended, Step, run_loader
from dashboard.desk.places import Desk
from dashboard.desk.staging import clear, copy_to_inbox, take_back


def publish(desk: Desk, day: str, on_step: Step | None = None) -> Ended:
    """Everything on the desk counts from now on. A load that fails leaves inbox, decisions and desk as they were."""
    before = desk.published_decisions.read_bytes() if desk.published_decisions.exists() else None
    copies = copy_to_inbox(desk, day)
    merge_decisions(desk)
    ended = Ended(1, ())
    try:
        ended = run_loader(["load", "--kept", str(desk.kept), "--wait", WAIT_S], desk, on_step)
    finally:
        if not ended.is_done:
            take_back(copies)
            restore(desk.published_decisions, before)
    if ended.is_done:
        clear(desk)
    return ended


def merge_decisions(desk: Desk) -> None:
    """The published decisions and, behind them, those of the desk that are not among them."""
    if not desk.decisions.exists():
        return
    kept = read_rows(desk.published_decisions)
    known = {row["decision_id"] for row in kept}
    mine = read_rows(desk.decisions)
    write_rows(desk.published_decisions, [*kept, *(row for row in mine if row["decision_id"] not in known)])


def read_rows(path: Path) -> list[dict[str, str]]:
    """Rows of a file of decisions; none without a file."""
    if not path.exists():
        return []
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")))


def write_rows(path: Path, rows: list[dict[str, str]]) -> None:
    """Replace a file of decisions in one step."""
    if not rows:
        return
    stream = io.StringIO(newline="")
    writer = csv.DictWriter(stream, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    replace_bytes(path, stream.getvalue().encode("utf-8-sig"))


def restore(path: Path, before: bytes | None) -> None:
    """The file as it was."""
    if before is None:
        path.unlink(missing_ok=True)
    else:
        replace_bytes(path, before)


def replace_bytes(path: Path, data: bytes) -> None:
    """New content in one step."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    beside.write_bytes(data)
    beside.replace(path)
