"""Rows of the desk's queries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class DeskFile:
    """One row per submission: what became of a file (or of one form in it)."""

    submission_id: str
    source_name: str
    source_sha256: str
    source_format: str
    part: int
    status: str
    campaign_id: str | None
    form_id: str | None
    unit_id: str | None
    unit_zh: str
    unit_en: str
    n_units: int
    n_blanks: int
    n_read: int
    n_errors: int
    n_warnings: int
    n_notes: int
    report_date: date | None
    received_at: datetime | None
    replaces: str
    also_named: list[str]
    first_zh: str
    first_en: str
    is_rejected: bool
    first_rule: str
    first_found: str


@dataclass(frozen=True)
class DeskValue:
    """One row per blank of a submission, as read, with the first thing the checks have to say."""

    unit_id: str | None
    unit_zh: str
    unit_en: str
    position: int
    indicator_id: str
    label_zh: str
    label_en: str
    kind: str
    measured_in: str
    value: float | None
    text: str | None
    qualifier: str
    state: str
    raw: str
    place: str
    doubt: int
    rule: str
    proposal: str
    message_zh: str
    message_en: str
    decision_id: str | None


@dataclass(frozen=True)
class DeskTotal:
    """One row per campaign and measure: its total."""

    campaign_id: str
    measure_id: str
    label_zh: str
    label_en: str
    unit_zh: str
    unit_en: str
    value: float | None
    n_units_reported: int
    n_units_expected: int


@dataclass(frozen=True)
class DeskDecision:
    """One row per decision, newest first."""

    decision_id: str
    decided_at: datetime
    decided_by: str
    kind: str
    reason: str
    source_name: str
    unit_zh: str
    label_zh: str
    expect: str
    value: str
    state: str
    found: str


@dataclass(frozen=True)
class MissingUnit:
    """One row per unit of a campaign that has not reported."""

    unit_id: str
    name_zh: str
    name_en: str
    due_on: date | None


@dataclass(frozen=True)
class DeskUnit:
    """One row per unit on a campaign's roster."""

    unit_id: str
    name_zh: str
    name_en: str


@dataclass(frozen=True)
class UnknownName:
    """One row per name in a submission that no unit answers to."""

    found: str
    place: str
    proposal: str
