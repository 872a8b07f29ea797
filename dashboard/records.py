"""Rows that queries give back. A "frame" of this project is a tuple of one of these."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, TypeAlias

Lang: TypeAlias = Literal["zh", "en"]
COMPARABLE = frozenset({"same", "close", "close_after_sum"})


@dataclass(frozen=True)
class Campaign:
    """One row per campaign of the release."""

    campaign_id: str
    jurisdiction_id: str
    jurisdiction_zh: str
    jurisdiction_en: str
    year: int
    form_id: str | None
    title_zh: str
    title_en: str
    theme: str
    theme_en: str
    basis: str
    starts_on: date
    ends_on: date
    table_due_on: date | None
    layer_id: str | None
    is_sample: bool
    has_data: bool
    n_units_expected: int
    n_units_reported: int


@dataclass(frozen=True)
class BaseYear:
    """One row per pair of years that the release compares."""

    jurisdiction_id: str
    year: int
    base_year: int


@dataclass(frozen=True)
class Setting:
    """One row per setting of the release."""

    value: str


@dataclass(frozen=True)
class Measure:
    """One row per measure a page can show."""

    measure_id: str
    kind: str
    unit_zh: str
    unit_en: str
    label_zh: str
    label_en: str
    hue: str
    per_capita: bool
    from_published: bool
    definition_zh: str
    definition_en: str


@dataclass(frozen=True)
class Activity:
    """One row per activity of a form, in the form's order."""

    activity_id: str
    title_zh: str
    title_en: str
    short_zh: str
    short_en: str
    is_optional: bool


@dataclass(frozen=True)
class RosterUnit:
    """One row per campaign and unit expected to report."""

    campaign_id: str
    unit_id: str
    name_zh: str
    name_en: str
    kind: str


@dataclass(frozen=True)
class UnitValue:
    """One row per unit expected: its value of one measure (and one activity, or all)."""

    unit_id: str
    name_zh: str
    short_zh: str
    name_en: str
    kind: str
    position: int
    lon: float | None
    lat: float | None
    population: int | None
    population_note_zh: str | None
    population_note_en: str | None
    value: float | None
    state: str
    qualifier: str
    n_reported: int
    n_expected: int


@dataclass(frozen=True)
class Total:
    """A measure's total over the units of a selection; value None when nothing was reported."""

    measure_id: str
    value: float | None
    qualifier: str
    n_units_reported: int
    n_units_expected: int


@dataclass(frozen=True)
class Change:
    """One row per unit: like-for-like change of one measure between two years."""

    unit_id: str | None
    name_zh: str
    short_zh: str
    name_en: str
    kind: str
    position: int
    value: float | None
    base_value: float | None
    change: float | None
    pct: float | None
    grade: str
    n_units: int
    n_units_expected: int
    note_zh: str
    note_en: str

    @property
    def is_comparable(self) -> bool:
        """Whether both years have numbers that mean the same or nearly the same."""
        return self.grade in COMPARABLE and self.change is not None


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
    n_errors: int
    n_warnings: int


@dataclass(frozen=True)
class Finding:
    """One row per finding of a campaign."""

    finding_id: str
    level: str
    rule: str
    rule_zh: str
    rule_en: str
    unit_id: str | None
    unit_zh: str
    unit_en: str
    indicator_id: str | None
    indicator_zh: str
    indicator_en: str
    submission_id: str | None
    place: str
    found: str
    expected: str
    proposal: str | None
    message_zh: str
    message_en: str


@dataclass(frozen=True)
class ActivityValue:
    """One row per activity: a measure's sum over the units of a selection."""

    activity_id: str
    short_zh: str
    short_en: str
    value: float | None
    qualifier: str
    n_units_reported: int


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
    grade: str | None


@dataclass(frozen=True)
class Submission:
    """One row per file of a unit, newest first."""

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
class NationalFact:
    """One published national figure of a measure's concept."""

    label_zh: str
    label_en: str
    unit: str
    value: float | None
    low: float | None
    high: float | None
    qualifier: str
    raw: str | None
    source: str | None
    url: str | None


@dataclass(frozen=True)
class MapLayer:
    """The map layer of a campaign."""

    layer_id: str
    file_name: str
    n_units: int
    min_lon: float
    min_lat: float
    max_lon: float
    max_lat: float
    inset: str | None
    source_zh: str
    source_en: str


@dataclass(frozen=True)
class HeldState:
    """One row per expected unit and activity: held, zero, not_filled, not_applicable, unclear or not_reported."""

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


@dataclass(frozen=True)
class IndicatorPair:
    """Indicators of an earlier and a later form, with the grade of their comparability and its reason."""

    pair_no: int
    base_zh: str | None
    base_en: str | None
    now_zh: str | None
    now_en: str | None
    grade: str
    is_break: bool
    reason_zh: str
    reason_en: str


@dataclass(frozen=True)
class Partnerless:
    """A blank of one of two forms that has no partner in the other."""

    is_new: bool
    label_zh: str
    label_en: str


@dataclass(frozen=True)
class Bridge:
    """A boundary change between two campaigns."""

    unit_id: str
    name_zh: str
    name_en: str
    grade: str
    reason_zh: str
    reason_en: str


@dataclass(frozen=True)
class YearTotal:
    """A measure's total of one year, with the form it was asked by."""

    year: int
    form_id: str | None
    value: float | None
    qualifier: str
    n_units_reported: int
    n_units_expected: int


@dataclass(frozen=True)
class ActivityChange:
    """Like-for-like sums of one activity in two years."""

    activity_id: str
    short_zh: str
    short_en: str
    value: float
    base_value: float
    n_units: int


@dataclass(frozen=True)
class NationalBreak:
    """Two published national figures under the same words that mean different things."""

    year: int
    base_year: int
    raw: str
    base_raw: str
    value: float | None
    base_value: float | None
    qualifier: str
    base_qualifier: str
    unit: str
    label_zh: str
    label_en: str
    reason_zh: str
    reason_en: str


@dataclass(frozen=True)
class UsedPair:
    """A pair of indicators that a measure's comparison uses, with the sums of both years."""

    base_zh: str | None
    base_en: str | None
    now_zh: str | None
    now_en: str | None
    grade: str
    base_value: float
    value: float
    n_units: int
