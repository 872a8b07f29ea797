"""How two years compare: which blanks of two forms answer each other, which units stand for which."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Pair:
    """Indicators of an earlier and a later form, with the grade of their comparability."""

    base: tuple[str, ...]
    now: tuple[str, ...]
    grade: str
    reason_zh: str
    reason_en: str
    is_break: bool
    is_group: bool  # only together do they compare; never added to a total


@dataclass(frozen=True)
class FormComparison:
    """How one form compares with another."""

    base_form_id: str
    form_id: str
    pairs: tuple[Pair, ...]
    coverage_grade: str
    coverage_reason_zh: str
    coverage_reason_en: str


@dataclass(frozen=True)
class UnitBridge:
    """A boundary change: the base units together stand for the later unit (close), or nothing does (refuse)."""

    jurisdiction_id: str
    changed_on: date
    base_units: tuple[str, ...]
    unit_id: str
    grade: str
    reason_zh: str
    reason_en: str
