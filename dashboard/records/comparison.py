"""What stands behind a comparison of years: parts of the totals, ratios, and the circumstances of each year."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class ChangePart:
    """One part of the whole totals of two years, over the units of a selection."""

    part: str
    value: float
    base_value: float
    n_units: int
    n_now_only: int
    n_base_only: int

    @property
    def change(self) -> float:
        """How much of the whole change this part is."""
        return self.value - self.base_value


@dataclass(frozen=True)
class YearRatio:
    """One ratio of one year: over all its units, and of the middle unit."""

    year: int
    ratio_id: str
    value: float
    middle: float
    n_units: int


@dataclass(frozen=True)
class YearDoubt:
    """One doubtful value in a ratio or a measure of one year: how far it moves the sum (`whole`) that it stands in."""

    year: int
    of_id: str
    short_zh: str
    name_en: str
    label_zh: str
    label_en: str
    value: float
    proposal: str  # a guess, '' without one
    usual: str  # the figure expected, where there is a guess
    off: float
    whole: float


@dataclass(frozen=True)
class MeasureDoubt(YearDoubt):
    """One doubtful value in a measure of one year: beside the sum of the units chosen also its own unit's."""

    unit_id: str
    own: float


@dataclass(frozen=True)
class YearBasis:
    """One year's form, dates, hotline, reporters and boundaries."""

    year: int
    campaign_id: str
    form_id: str
    starts_on: date
    ends_on: date
    tour_zh: str
    tour_ends_on: date | None
    table_due_on: date | None
    layer_id: str | None
    hotlines: str
    is_assumed: bool  # its notice or form was not seen: another year's or place's stands for it
    n_expected: int
    n_reported: int
    has_new_districts: bool


@dataclass(frozen=True)
class UnitChange:
    """A printed unit of a measure that changed between the years, with how many pairs of indicators it concerns."""

    measure_id: str
    base_unit_zh: str
    base_unit_en: str
    unit_zh: str
    unit_en: str
    n_pairs: int
