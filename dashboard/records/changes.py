"""Like-for-like changes, and what they rest on."""

from __future__ import annotations

from dataclasses import dataclass

COMPARABLE = frozenset({"same", "close", "close_after_sum"})


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
    measure_id: str = ""  # said only where all measures are asked for at once
    qualifier: str = "exact"
    base_qualifier: str = "exact"

    @property
    def own_qualifier(self) -> str:
        """Of one unit's change, "approx" where either year is not exact; of more than one the basis says how many are not."""
        is_exact = self.qualifier == self.base_qualifier == "exact"
        return "exact" if is_exact or self.n_units != 1 else "approx"

    @property
    def is_comparable(self) -> bool:
        """Whether both years have numbers that mean the same or nearly the same."""
        return self.grade in COMPARABLE and self.change is not None


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
class IndicatorPair:
    """Indicators of an earlier and a later form, with the grade of their comparability and its reason."""

    pair_no: int
    base_zh: str | None
    base_en: str | None
    now_zh: str | None
    now_en: str | None
    grade: str
    is_break: bool
    is_group: bool
    reason_zh: str
    reason_en: str


@dataclass(frozen=True)
class PairCount:
    """How many of a measure's indicators a comparison uses, and how many the later form has; how many of the values of both
    years that it rests on are approximate, lower or upper bounds; what the blanks that were 0 in the base year alone, or are 0 in the
    later one alone, come to, and the net change."""

    measure_id: str
    n_used: int
    n_asked: int
    n_approx: int
    n_at_least: int
    n_at_most: int
    n_from_zero: int
    from_zero: float
    n_to_zero: int
    to_zero: float
    net: float


@dataclass(frozen=True)
class UsedPair:
    """A pair of indicators that a measure's comparison uses, with the sums of both years."""

    base_zh: str | None
    base_en: str | None
    now_zh: str | None
    now_en: str | None
    base_indicator_ids: tuple[str, ...]
    indicator_ids: tuple[str, ...]
    grade: str
    base_value: float
    value: float
    n_units: int
    qualifier: str = "exact"
    base_qualifier: str = "exact"


@dataclass(frozen=True)
class GroupPair:
    """Indicators that compare only together, with the sums of the units that filled all of them; part of no total."""

    base_zh: str
    base_en: str
    now_zh: str
    now_en: str
    grade: str
    base_value: float | None
    value: float | None
    n_units: int
    reason_zh: str
    reason_en: str
    qualifier: str = "exact"
    base_qualifier: str = "exact"


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
    base_unit_ids: tuple[str, ...]
    grade: str
    reason_zh: str
    reason_en: str


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
