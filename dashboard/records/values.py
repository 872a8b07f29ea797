"""Measures, and their values by unit, by activity, by year and in total."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Measure:
    """One row per measure a page can show; in a view its unit is that of the view's form."""

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
class MeasureUnit:
    """The unit in which a form counts a measure."""

    form_id: str
    measure_id: str
    unit_zh: str
    unit_en: str


@dataclass(frozen=True)
class UnitValue:
    """One row per unit expected: its value of one measure (and one activity, or all); a count, or `is_rate` per 10,000 people."""

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
    is_rate: bool = False

    @property
    def is_noted(self) -> bool:
        """Whether something is to be said of the population behind it: an estimate, a zone's people in two places."""
        return self.value is not None and bool(self.population and self.population_note_zh)


@dataclass(frozen=True)
class Total:
    """A measure's total over the units of a selection; value None when nothing was reported."""

    measure_id: str
    value: float | None
    qualifier: str
    n_units_reported: int
    n_units_expected: int


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
class YearTotal:
    """A measure's total of one year, with the form it was asked by."""

    year: int
    form_id: str | None
    value: float | None
    qualifier: str
    n_units_reported: int
    n_units_expected: int


@dataclass(frozen=True)
class NationalFact:
    """One published national figure of a measure's concept."""

    measure_id: str
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
class PivotCell:
    """One unit's value of a measure in one activity; a count, or `is_rate` per 10,000 people."""

    unit_id: str
    short_zh: str
    name_en: str
    activity_id: str
    activity_zh: str
    activity_en: str
    value: float | None
    state: str
    qualifier: str
    population: int | None
    population_note_zh: str | None
    population_note_en: str | None
    is_rate: bool = False

    @property
    def is_noted(self) -> bool:
        """Whether something is to be said of the population behind it."""
        return self.value is not None and bool(self.population and self.population_note_zh)
