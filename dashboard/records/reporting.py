"""Rows of the Reporting page's queries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class Clock:
    """Up to when a campaign's states are told and can be asked for, and how due dates are read."""

    as_of: datetime  # its own last arrival or the last due moment passed
    loaded_at: datetime  # nothing is known after it
    is_inclusive: bool  # “前” includes the day
    is_moved: bool  # a due date on a day off moves to the next working day


@dataclass(frozen=True)
class DutyState:
    """One row per unit, duty and due date: its state as known at a moment."""

    unit_id: str
    name_zh: str
    short_zh: str
    name_en: str
    unit_kind: str
    duty_id: str
    due_no: int
    kind: str
    period: str
    period_key: str
    due_at: datetime
    owed_by: str
    is_report: bool
    met_at: datetime | None
    state: str
    is_over_limit: bool
    amount: int
    evidence: str


@dataclass(frozen=True)
class DutyRate:
    """One row per duty of the units, and one over all reports (duty_id ''): how many were due, received, in time.

    `n_early` were received and are not due yet: they are in neither number of the rates.
    """

    duty_id: str
    n_expected: int
    n_received: int
    n_on_time: int
    n_early: int
    n_late: int
    n_missing: int
    n_missing_units: int
    n_soft: int
    n_no_evidence: int
    n_not_due: int
    n_over_limit: int

    @property
    def received(self) -> float | None:
        """Percent received of those due; None when none is due."""
        return 100 * self.n_received / self.n_expected if self.n_expected else None

    @property
    def on_time(self) -> float | None:
        """Percent received by the due moment of those due; None when none is due."""
        return 100 * self.n_on_time / self.n_expected if self.n_expected else None


NO_RATE = DutyRate("", *[0] * 11)


@dataclass(frozen=True)
class DueDate:
    """One row per duty and due date, with the units' states."""

    duty_id: str
    due_no: int
    kind: str
    period: str
    period_key: str
    due_on: date
    due_at: datetime
    has_hour: bool
    owed_by: str
    is_report: bool
    basis: str
    label_zh: str
    label_en: str
    short_zh: str
    short_en: str
    quote: str
    note_zh: str
    note_en: str
    n_met: int
    n_late: int
    n_soft: int
    n_missing: int
    n_not_due: int
    n_no_evidence: int
    n_asked: int
