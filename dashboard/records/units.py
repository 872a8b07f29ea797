"""One unit's report: its table blank by blank, its files, its cases, its duties."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class UnitReport:
    """One row per unit expected: did it report, how full is its table."""

    unit_id: str
    name_zh: str
    short_zh: str
    name_en: str
    kind: str
    state: str
    source_name: str | None
    report_date: date | None
    received_at: datetime | None
    due_on: date | None
    days_late: int | None
    n_blanks: int
    n_reported: int
    n_zero: int
    n_not_applicable: int
    n_not_filled: int
    n_withheld: int
    n_not_asked: int
    n_errors: int
    n_warnings: int


@dataclass(frozen=True)
class UnitFact:
    """One row per blank of a unit's table, with last year's value where it may be compared."""

    activity_id: str
    activity_zh: str
    activity_en: str
    indicator_id: str
    label_zh: str
    label_en: str
    unit: str
    kind: str
    value: float | None
    low: float | None
    high: float | None
    text: str | None
    qualifier: str
    state: str
    raw: str | None
    place: str
    source_name: str
    base_value: float | None
    base_qualifier: str | None
    base_unit: str | None
    grade: str | None


@dataclass(frozen=True)
class Submission:
    """One row per file of a unit, newest first; its status for this unit: current, superseded, empty or refused."""

    submission_id: str
    source_name: str
    source_format: str
    source_sha256: str
    report_date: date | None
    received_at: datetime | None
    revision: int | None
    status: str
    is_sample: bool


@dataclass(frozen=True)
class HeldState:
    """One row per expected unit and activity: held, zero, not_filled, not_applicable, not_asked, unclear or not_reported."""

    unit_id: str
    name_zh: str
    short_zh: str
    name_en: str
    kind: str
    activity_id: str
    state: str
    n_reported: int
    n_blanks: int


@dataclass(frozen=True)
class FlagShare:
    """One row per yes/no blank: expected units by what they say."""

    indicator_id: str
    label_zh: str
    label_en: str
    n_yes: int
    n_no: int
    n_not_applicable: int
    n_not_filled: int
    n_not_asked: int
    n_not_reported: int

    @property
    def share_yes(self) -> float | None:
        """Percent of yes among those who said yes or no; None when none did."""
        answered = self.n_yes + self.n_no
        return 100 * self.n_yes / answered if answered else None


@dataclass(frozen=True)
class CaseText:
    """One description of typical cases as a unit wrote it."""

    unit_id: str
    name_zh: str
    name_en: str
    label_zh: str
    label_en: str
    text: str
    place: str
    source_name: str


@dataclass(frozen=True)
class DutyMonth:
    """One row per expected unit and month of the monthly-case duty."""

    unit_id: str
    name_zh: str
    short_zh: str
    name_en: str
    period: str
    due_at: datetime
    met_at: datetime | None
    state: str
    label_zh: str
    label_en: str
    quote: str
