"""What is shown: one frozen object that is the URL, the SQL parameters and the sentence in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from dashboard.query_reader import URL_NAMES, QueryReader, shorten
from dashboard.records import Activity, Campaign, Lang, Measure, RosterUnit

DEFAULT_MEASURE = "participation"
PUBLISHED = "published"
UNIT_KINDS = ("", "district", "zone")
GROUNDS = ("light", "dark")
FACES = ("", "years", "pair", "pivot")


@dataclass(frozen=True)
class Filters:
    """What is shown. Empty text means all; base_year None means no comparison; unit is the District page's."""

    jurisdiction: str = ""
    year: int = 0
    base_year: int | None = None
    activity: str = ""
    measure: str = DEFAULT_MEASURE
    unit_kind: str = ""
    per_10k: bool = False
    lang: Lang = "zh"
    unit: str = ""
    as_of: str = ""  # the Reporting page's day, as 2021-06-18; empty: everything known
    units: tuple[str, ...] = ()  # these units only; empty: all of the kind
    against: tuple[str, ...] = ()  # the second group of the comparison of groups
    classes: str = ""  # class breaks: quantiles, "equal", "jenks", or numbers parted by commas
    name: str = ""  # what the reader calls this view
    present: bool = False  # as a presentation over the whole window
    order: tuple[str, ...] = ()  # its screens (running_order.py); empty: as usual
    ground: str = "light"  # its ground
    face: str = ""  # what stands in the place of the page's own map
    columns: tuple[str, ...] = ()  # measures of the cross table; empty: the page's own

    @property
    def campaign_id(self) -> str:
        """The campaign of these filters."""
        return f"{self.jurisdiction}-{self.year}"

    @property
    def scope(self) -> str:
        """The units chosen as SQL takes them: their ids, else a kind, else empty for all."""
        return ",".join(self.units) or self.unit_kind

    def has_unit(self, unit_id: str, kind: str) -> bool:
        """Whether a unit is among those chosen."""
        if self.units:
            return unit_id in self.units
        return not self.unit_kind or (kind == "zone") == (self.unit_kind == "zone")


@dataclass(frozen=True)
class Choices:
    """What a release offers for each filter."""

    campaigns: tuple[Campaign, ...]
    measures: tuple[Measure, ...]
    base_years: tuple[tuple[str, int, int], ...]
    activities: Mapping[str, tuple[Activity, ...]]
    units: Mapping[str, tuple[RosterUnit, ...]]
    # (form, measure) -> the unit in which that form counts it, in both languages
    counted_in: Mapping[tuple[str, str], tuple[str, str]] = field(default_factory=dict)

    def in_form(self, form_id: str | None) -> Choices:
        """The same choices, each measure in the unit of this form."""
        return replace(self, measures=tuple(self.measure_in(form_id, measure) for measure in self.measures))

    def measure_in(self, form_id: str | None, measure: Measure) -> Measure:
        """The measure in the unit of a form; in its own where the form has several, or doesn't ask for it."""
        unit_zh, unit_en = self.counted_in.get((form_id or "", measure.measure_id), (measure.unit_zh, measure.unit_en))
        return replace(measure, unit_zh=unit_zh, unit_en=unit_en)

    def jurisdictions(self) -> tuple[str, ...]:
        """Jurisdictions with campaigns of their own, in order; those with published totals only are context, not among them."""
        return tuple(dict.fromkeys(c.jurisdiction_id for c in self.campaigns if c.basis != PUBLISHED))

    def years(self, jurisdiction: str) -> tuple[int, ...]:
        """Years of the jurisdiction's campaigns, newest first."""
        return tuple(c.year for c in self.campaigns if c.jurisdiction_id == jurisdiction)

    def bases(self, jurisdiction: str, year: int) -> tuple[int, ...]:
        """Years that the release compares this year with, newest first."""
        pairs = {base for area, now, base in self.base_years if (area, now) == (jurisdiction, year)}
        return tuple(sorted(pairs, reverse=True))

    def campaign(self, jurisdiction: str, year: int | None) -> Campaign | None:
        """The campaign, if the release knows it."""
        hits = (c for c in self.campaigns if (c.jurisdiction_id, c.year) == (jurisdiction, year))
        return next(hits, None)

    def measure(self, measure_id: str) -> Measure | None:
        """The measure, if the release knows it."""
        return next((m for m in self.measures if m.measure_id == measure_id), None)

    def activities_of(self, campaign: Campaign | None) -> tuple[Activity, ...]:
        """The activities of the campaign's form; none without a form."""
        return self.activities.get(campaign.form_id or "", ()) if campaign else ()

    def units_of(self, campaign: Campaign | None) -> tuple[RosterUnit, ...]:
        """The units expected to report."""
        return self.units.get(campaign.campaign_id, ()) if campaign else ()


@dataclass(frozen=True)
class Parsed:
    """Filters read from a URL, and what of it was ignored, as "name=value"."""

    filters: Filters
    ignored: tuple[str, ...]


def default_jurisdiction(choices: Choices) -> str:
    """The first jurisdiction with data, else the first."""
    names = choices.jurisdictions()
    with_data = [n for n in names if any(c.has_data and c.jurisdiction_id == n for c in choices.campaigns)]
    return (with_data or list(names) or [""])[0]


def default_year(choices: Choices, jurisdiction: str) -> int:
    """The newest year with data, else the newest, else 0."""
    own = [c for c in choices.campaigns if c.jurisdiction_id == jurisdiction]
    return next((c.year for c in own if c.has_data), own[0].year if own else 0)


def parse_filters(query: Mapping[str, str], choices: Choices) -> Parsed:
    """Filters of a query string. Unknown names and values are ignored and named; never raises."""
    reader = QueryReader(query, [f"{shorten(n)}={shorten(v)}" for n, v in query.items() if n not in URL_NAMES.values()])
    take, take_day = reader.take, reader.take_day
    lang: Lang = "en" if take("lang", ("zh", "en"), "zh") == "en" else "zh"
    area = take("jurisdiction", choices.jurisdictions(), default_jurisdiction(choices))
    years = tuple(str(year) for year in choices.years(area))
    year = int(take("year", years, str(default_year(choices, area))))
    bases = tuple(str(base) for base in choices.bases(area, year))
    base = take("base_year", (*bases, "none"), bases[0] if bases else "none")
    measures = tuple(m.measure_id for m in choices.measures)
    measure_id = take("measure", measures, DEFAULT_MEASURE if DEFAULT_MEASURE in measures else next(iter(measures), ""))
    campaign = choices.campaign(area, year)
    activity = take("activity", ("", *(a.activity_id for a in choices.activities_of(campaign))), "")
    kind = take("unit_kind", UNIT_KINDS, "")
    per_10k = take("per_10k", ("0", "1"), "0") == "1"
    roster = tuple(u.unit_id for u in choices.units_of(campaign))
    unit = take("unit", ("", *roster), "")
    measure = choices.measure(measure_id)
    filters = Filters(
        area, year, int(base) if base != "none" else None, activity, measure_id, kind,
        per_10k and bool(measure and measure.per_capita), lang, unit, take_day("as_of", year),
        reader.take_units("units", roster), reader.take_units("against", roster), reader.take_classes(),
        reader.take_name(), take("present", ("0", "1"), "0") == "1", reader.take_order(), take("ground", GROUNDS, "light"),
        take("face", FACES, ""), reader.take_columns(tuple(m.measure_id for m in choices.measures if m.kind == "sum")),
    )  # fmt: skip
    return Parsed(filters, tuple(reader.ignored))


def to_query(filters: Filters) -> dict[str, str]:
    """The query string of these filters: what says what is shown always, the rest where it isn't the default."""
    query = {
        "area": filters.jurisdiction,
        "year": str(filters.year),
        "base": str(filters.base_year) if filters.base_year is not None else "none",
        "measure": filters.measure,
    }
    extra = {
        "activity": filters.activity,
        "kind": filters.unit_kind,
        "per10k": "1" if filters.per_10k else "",
        "lang": filters.lang if filters.lang != "zh" else "",
        "unit": filters.unit,
        "as_of": filters.as_of,
        "units": ",".join(filters.units),
        "vs": ",".join(filters.against),
        "classes": filters.classes,
        "name": filters.name,
        "present": "1" if filters.present else "",
        "order": ",".join(filters.order),
        "ground": filters.ground if filters.ground != "light" else "",
        "show": filters.face,
        "columns": ",".join(filters.columns),
    }
    return query | {name: value for name, value in extra.items() if value}


def change_filters(filters: Filters, choices: Choices, name: str, value: str) -> Filters:
    """The filters with one URL value changed; what no longer fits falls back to its default."""
    query = to_query(filters) | {name: value}
    if name in ("area", "year"):
        query.pop("base", None)
        query.pop("as_of", None)
    if name == "area":
        for field in ("year", "units", "vs", "name"):
            query.pop(field, None)
    return parse_filters({n: v for n, v in query.items() if v}, choices).filters


def value_params(filters: Filters, *, year: int | None = None) -> dict[str, str | int]:
    """SQL parameters for one measure's values by unit."""
    return {
        "campaign_id": f"{filters.jurisdiction}-{year or filters.year}",
        "measure_id": filters.measure,
        "activity_id": filters.activity,
        "scope": filters.scope,
    }


def change_params(filters: Filters) -> dict[str, str | int]:
    """SQL parameters for like-for-like changes; base year 0 when none is chosen, which matches no row."""
    return {
        "jurisdiction_id": filters.jurisdiction,
        "measure_id": filters.measure,
        "year": filters.year,
        "base_year": filters.base_year or 0,
        "scope": filters.scope,
        "activity_id": filters.activity,
    }


def with_measure(filters: Filters, measure_id: str) -> Filters:
    """The same selection for another measure."""
    return replace(filters, measure=measure_id)
