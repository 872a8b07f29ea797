"""The catalogue as frozen records."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path

from etl.catalog.compared import FormComparison, UnitBridge
from etl.catalog.duties import Calendar, Duty, DutyKind
from etl.catalog.quality import Quality


@dataclass(frozen=True)
class Indicator:
    """One blank of a form. `position` counts the form's blanks 1..N in reading order."""

    indicator_id: str
    activity_id: str
    position: int
    unit: str
    kind: str  # count, flag, text
    concept_id: str
    label_zh: str
    label_en: str


@dataclass(frozen=True)
class Slot:
    """A blank inside a progress text: the printed blank is `blank` (spaces, or the boxes of a flag)."""

    indicator_id: str
    blank: str


@dataclass(frozen=True, eq=False)
class Activity:
    """One row of a form. `parts` alternates printed text (str) and Slot, over all progress paragraphs joined by newline."""

    activity_id: str
    position: int
    title_zh: str
    title_en: str
    short_zh: str
    short_en: str
    is_optional: bool
    requirement_zh: str
    parts: tuple[str | Slot, ...]
    indicators: tuple[Indicator, ...]

    @cached_property
    def blank_text(self) -> str:
        """The progress cell as printed, blanks empty, one line per paragraph."""
        return "".join(p if isinstance(p, str) else p.blank for p in self.parts)


@dataclass(frozen=True, eq=False)
class Form:
    """A progress table: activities in order, each a sentence with named slots."""

    form_id: str
    title_zh: str
    title_en: str
    source_zh: str
    source_en: str
    completeness: str  # complete, partial, assumed, published
    note_zh: str
    note_en: str
    hotlines: tuple[str, ...]
    header: str
    columns: tuple[str, ...]
    activities: tuple[Activity, ...]

    @cached_property
    def indicators(self) -> tuple[Indicator, ...]:
        """All blanks in reading order."""
        return tuple(i for a in self.activities for i in a.indicators)

    @cached_property
    def by_indicator(self) -> dict[str, Indicator]:
        """Blanks by id."""
        return {i.indicator_id: i for i in self.indicators}


@dataclass(frozen=True)
class Jurisdiction:
    """A collecting office's area."""

    jurisdiction_id: str
    unit_id: str
    name_zh: str
    name_en: str
    words: tuple[str, ...]
    position: int


@dataclass(frozen=True)
class Campaign:
    """One jurisdiction's campaign of one year. `form_id` None: no table is asked for."""

    campaign_id: str
    jurisdiction_id: str
    year: int
    form_id: str | None
    basis: str
    document_no: str
    title_zh: str
    title_en: str
    theme_zh: str
    theme_en: str
    tour_zh: str
    starts_on: date
    ends_on: date
    tour_ends_on: date | None
    table_due_on: date | None
    roster: tuple[str, ...]  # kinds of unit expected to report


@dataclass(frozen=True)
class Unit:
    """A reporting unit, valid from..to (None: open)."""

    unit_id: str
    jurisdiction_id: str
    name: str
    short_name: str
    name_en: str
    kind: str
    adcode: str | None
    parent_id: str | None
    position: int
    lon: float | None
    lat: float | None
    valid_from: date | None
    valid_to: date | None
    aliases: tuple[str, ...]

    def is_valid_on(self, day: date) -> bool:
        """Whether the unit existed on that day."""
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True)
class Population:
    """A denominator of a unit, valid from..to."""

    unit_id: str
    valid_from: date | None
    valid_to: date | None
    population: int
    is_census: bool
    source_zh: str
    note_zh: str
    note_en: str


@dataclass(frozen=True)
class Concept:
    """What an indicator measures, across forms."""

    concept_id: str
    quantity: str
    label_zh: str
    label_en: str


@dataclass(frozen=True)
class LeftOut:
    """A concept a measure does not add, with the reason."""

    concept_id: str
    reason_zh: str
    reason_en: str


@dataclass(frozen=True)
class Measure:
    """What a page shows: a sum over concepts, or activity coverage."""

    measure_id: str
    position: int
    kind: str
    unit_zh: str
    unit_en: str
    label_zh: str
    label_en: str
    hue: str
    per_capita: bool
    from_published: bool
    adds: tuple[str, ...]
    leaves_out: tuple[LeftOut, ...]
    definition_zh: str
    definition_en: str


@dataclass(frozen=True)
class Rule:
    """A check: its level and the words of its finding. `{found}`, `{expected}` and other fields are filled in.

    `remedy`: what is to be done about it, said behind the message to those who can; '' where nothing is.
    """

    rule: str
    level: str
    title_zh: str
    title_en: str
    message_zh: str
    message_en: str
    misleads_zh: str
    misleads_en: str
    remedy_zh: str = ""
    remedy_en: str = ""
    dimension: str = "reading"  # of data quality: internal, time, reading


@dataclass(frozen=True)
class Layer:
    """A map layer that the geo build made."""

    layer_id: str
    jurisdiction_id: str
    valid_from: date | None
    valid_to: date | None
    file_name: str
    sha256: str
    n_units: int
    bounds: tuple[float, float, float, float]
    inset_json: str | None
    source_zh: str
    source_en: str


@dataclass(frozen=True)
class Catalog:
    """Everything the catalogue folder says."""

    root: Path
    forms: dict[str, Form]
    jurisdictions: dict[str, Jurisdiction]
    campaigns: dict[str, Campaign]
    units: dict[str, Unit]
    populations: tuple[Population, ...]
    concepts: dict[str, Concept]
    measures: dict[str, Measure]
    comparisons: dict[tuple[str, str], FormComparison]
    bridges: tuple[UnitBridge, ...]
    duties: tuple[Duty, ...]
    duty_kinds: dict[str, DutyKind]
    calendar: Calendar
    rules: dict[str, Rule]
    layers: tuple[Layer, ...]
    settings: dict[str, float] = field(default_factory=dict)
    quality: Quality = field(default_factory=Quality)

    @cached_property
    def place_names(self) -> frozenset[str]:
        """Names of units and jurisdictions without 区, 县 and the like: what tells a place's name from a person's."""
        names = {n for u in self.units.values() for n in (u.short_name, *u.aliases)}
        return frozenset(n for n in names | {w for j in self.jurisdictions.values() for w in j.words} if len(n) > 1)

    @cached_property
    def unit_names(self) -> dict[str, frozenset[str]]:
        """The full names of each jurisdiction's units, of all times."""
        return {
            j: frozenset(u.name for u in self.units.values() if u.jurisdiction_id == j and u.kind != "jurisdiction")
            for j in self.jurisdictions
        }

    def roster(self, campaign: Campaign) -> list[Unit]:
        """The units expected to report in a campaign, in administrative order."""
        found = [
            u
            for u in self.units.values()
            if u.jurisdiction_id == campaign.jurisdiction_id
            and u.kind in campaign.roster
            and u.is_valid_on(campaign.starts_on)
        ]
        return sorted(found, key=lambda u: u.position)

    def population_on(self, unit_id: str, day: date) -> Population | None:
        """The denominator of a unit on a day; None when none is known."""
        for p in self.populations:
            if (
                p.unit_id == unit_id
                and (p.valid_from is None or p.valid_from <= day)
                and (p.valid_to is None or day <= p.valid_to)
            ):
                return p
        return None

    def layer_on(self, jurisdiction_id: str, day: date) -> Layer | None:
        """The map layer of a jurisdiction on a day; None when there is no map."""
        for layer in self.layers:
            if (
                layer.jurisdiction_id == jurisdiction_id
                and (layer.valid_from is None or layer.valid_from <= day)
                and (layer.valid_to is None or day <= layer.valid_to)
            ):
                return layer
        return None
