"""The Reporting page's arithmetic on rows: as-of moment, groups, arrivals. Nothing here knows Streamlit or words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import groupby
from typing import TypeVar

from dashboard.records.reporting import Clock, DueDate, DutyState

Row = TypeVar("Row", DutyState, DueDate)
STATES = ("met", "met_late", "soft", "missing", "no_evidence", "not_applicable", "not_due")
MET = frozenset({"met", "met_late"})
# Nobody can say whether these came: they count in no rate, and are named beside it.
UNJUDGED = frozenset({"soft", "no_evidence", "not_applicable"})
DAY_END = time(23, 59, 59)


def moment_of(as_of: str, clock: Clock) -> datetime:
    """The end of the day asked for, never after the load; the campaign's own clock without one."""
    return min(datetime.combine(date.fromisoformat(as_of), DAY_END), clock.loaded_at) if as_of else clock.as_of


@dataclass(frozen=True)
class UnitDuties:
    """All rows of one unit."""

    unit_id: str
    rows: tuple[DutyState, ...]

    @property
    def first(self) -> DutyState:
        """A row, for the unit's names."""
        return self.rows[0]

    @property
    def missing(self) -> tuple[DutyState, ...]:
        """What is due and has not come, oldest first."""
        return tuple(sorted((r for r in self.rows if r.state == "missing"), key=lambda r: r.due_at))

    def due_by(self, moment: datetime) -> tuple[DutyState, ...]:
        """Its rows that are due by the moment."""
        return tuple(row for row in self.rows if row.due_at <= moment)

    def count(self, state: str) -> int:
        """How many of its rows are in a state."""
        return sum(row.state == state for row in self.rows)

    @property
    def _judged(self) -> tuple[str, ...]:
        """The states of all that is due and can be judged."""
        return tuple(r.state for r in self.rows if r.state not in ("not_due", "not_applicable", "no_evidence"))

    @property
    def is_judged(self) -> bool:
        """Whether anything is due that can be judged."""
        return bool(self._judged)

    @property
    def is_whole(self) -> bool:
        """Whether everything due that can be judged has come in time."""
        return self.is_judged and all(state == "met" for state in self._judged)

    @property
    def has_unkept(self) -> bool:
        """Whether something is due of which no register is kept, so that nobody can say whether it came."""
        return self.count("no_evidence") > 0

    @property
    def is_behind(self) -> bool:
        """Whether something due is known to be missing, or to have come late."""
        return any(state in ("missing", "met_late") for state in self._judged)

    @property
    def is_untold(self) -> bool:
        """Whether nothing is known to be amiss, and yet not everything due is known to have come in time."""
        return not self.is_behind and (self.has_unkept or self.count("soft") > 0)


def standing_of(unit: UnitDuties) -> str:
    """How a unit stands: "missing" where something due is, "late" where all came but not in time or without a date,
    "met" where all came in time, "none" with nothing due to judge."""
    if unit.missing:
        return "missing"
    return ("met" if unit.is_whole else "late") if unit.is_judged else "none"


def by_unit(rows: Iterable[DutyState]) -> tuple[UnitDuties, ...]:
    """The units' rows, unit by unit; the office's own are left out."""
    own = (row for row in rows if row.owed_by == "units")
    return tuple(UnitDuties(unit, tuple(group)) for unit, group in groupby(own, key=lambda r: r.unit_id))


@dataclass(frozen=True)
class Tally:
    """Rows of the units that are due and can be judged, by state; the three states add up to `n_due`."""

    n_due: int
    n_met: int
    n_late: int
    n_missing: int


def tally_of(rows: Iterable[DutyState], moment: datetime) -> Tally:
    """How much of what is due by the moment came in time, came late, is missing."""
    due = [r.state for r in rows if r.due_at <= moment and r.state not in UNJUDGED]
    return Tally(len(due), *(due.count(state) for state in ("met", "met_late", "missing")))


def early_of(rows: Iterable[DutyState], moment: datetime) -> int:
    """How many of the units' rows came though they are not due by the moment."""
    return sum(r.owed_by == "units" and r.due_at > moment and r.state in MET for r in rows)


def parted(rows: Iterable[Row]) -> tuple[tuple[Row, ...], tuple[Row, ...]]:
    """What the units must send in, which the rates count; and what they must do."""
    own = [row for row in rows if row.owed_by == "units"]
    return tuple(r for r in own if r.is_report), tuple(r for r in own if not r.is_report)


@dataclass(frozen=True)
class Arrivals:
    """Days of one duty, or of all reports: when each was due, when each came; and how many of those due have come."""

    due: tuple[date, ...]
    came: tuple[date, ...]
    n_due: int
    n_due_came: int


def arrivals_of(rows: Iterable[DutyState], duty_id: str, moment: datetime) -> Arrivals:
    """The arrivals of a duty, of all reports when none is named; what can't be judged is left out."""
    kept = [
        r
        for r in rows
        if r.owed_by == "units" and r.state not in UNJUDGED and (r.duty_id == duty_id if duty_id else r.is_report)
    ]
    due = [r for r in kept if r.due_at <= moment]
    return Arrivals(
        tuple(r.due_at.date() for r in kept), tuple(r.met_at.date() for r in kept if r.met_at), len(due),
        sum(r.met_at is not None for r in due),
    )  # fmt: skip


def next_due(dues: Sequence[DueDate], moment: datetime) -> DueDate | None:
    """The first due date of the units still to come."""
    return next((d for d in dues if d.due_at > moment and d.owed_by == "units"), None)


def duties_of(dues: Iterable[DueDate]) -> tuple[tuple[DueDate, ...], ...]:
    """Due dates duty by duty: single and weekly ones as they fall due, monthly ones after them, the office's own last."""
    groups: dict[str, list[DueDate]] = {}
    for due in dues:
        groups.setdefault(due.duty_id, []).append(due)
    order = sorted(groups.values(), key=lambda g: (g[0].owed_by == "office", g[0].period == "monthly"))
    return tuple(tuple(group) for group in order)
