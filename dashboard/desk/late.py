"""Uploads said to have arrived long after they were written and due: most likely an old form taken in today."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from dashboard.desk.records import DeskFile

LONG_DAYS = 30


@dataclass(frozen=True)
class LateFile:
    """A file and how many days after its report date it is said to have arrived."""

    file: DeskFile
    days: int


def long_after(files: Iterable[DeskFile], due: Mapping[str, date | None]) -> list[LateFile]:
    """The files received more than 30 days after both their report date and the table's due date, the latest first.

    `due`: campaign -> the day its table was due, None where no day was set. A file without one of these days is left out.
    """
    found = []
    for file in files:
        due_on = due.get(file.campaign_id or "")
        if file.report_date is None or file.received_at is None or due_on is None or file.copy_of:
            continue
        received_on = file.received_at.date()
        if (received_on - max(file.report_date, due_on)).days > LONG_DAYS:
            found.append(LateFile(file, (received_on - file.report_date).days))
    return sorted(found, key=lambda late: -late.days)
