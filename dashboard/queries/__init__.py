"""Named queries: one SQL file each (grain in its first line), values only by parameters, rows as dataclasses."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import TypeVar

from dashboard.records import (
    Activity,
    ActivityChange,
    ActivityValue,
    BaseYear,
    Bridge,
    Campaign,
    CaseText,
    Change,
    DutyMonth,
    Finding,
    FlagShare,
    HeldState,
    IndicatorPair,
    MapLayer,
    Measure,
    MeasureUnit,
    NationalBreak,
    NationalFact,
    PairCount,
    Partnerless,
    RefusedFile,
    RosterUnit,
    Setting,
    Submission,
    Total,
    UnitFact,
    UnitReport,
    UnitValue,
    UsedPair,
    YearTotal,
)
from dashboard.release import Params, Source

T = TypeVar("T")


@cache
def read_sql(name: str) -> str:
    """The text of one query file."""
    return resources.files(__package__).joinpath(f"{name}.sql").read_text(encoding="utf-8")


def query_rows(source: Source, name: str, kind: type[T], params: Params | None = None) -> tuple[T, ...]:
    """The rows of a query as records of this kind; its columns are the record's fields."""
    return source.records(read_sql(name), kind, params or {})


def query_campaigns(source: Source) -> tuple[Campaign, ...]:
    """All campaigns, jurisdictions in their order, newest year first."""
    return query_rows(source, "campaigns", Campaign)


def query_measures(source: Source) -> tuple[Measure, ...]:
    """All measures, in the order of the pages."""
    return query_rows(source, "measures", Measure)


def query_measure_units(source: Source) -> tuple[MeasureUnit, ...]:
    """The unit in which each form counts the measures it asks for."""
    return query_rows(source, "measure_units", MeasureUnit)


def query_activities(source: Source, form_id: str) -> tuple[Activity, ...]:
    """The activities of a form, in its order."""
    return query_rows(source, "activities", Activity, {"form_id": form_id})


def query_roster_units(source: Source) -> tuple[RosterUnit, ...]:
    """The units expected of every campaign."""
    return query_rows(source, "roster_units", RosterUnit)


def query_outside_roster(source: Source, campaign_id: str) -> tuple[RosterUnit, ...]:
    """Units that reported to a campaign which does not expect them: kept, and in no total."""
    return query_rows(source, "outside_roster", RosterUnit, {"campaign_id": campaign_id})


def query_base_years(source: Source) -> tuple[BaseYear, ...]:
    """One row per pair of years compared."""
    return query_rows(source, "base_years", BaseYear)


def query_tiny_base(source: Source) -> float:
    """The base below which no percentage is given; 0 when the release does not say."""
    rows = query_rows(source, "tiny_base", Setting)
    return float(rows[0].value) if rows else 0.0


def query_unit_values(source: Source, params: Params) -> tuple[UnitValue, ...]:
    """One row per unit expected: its value. Parameters: campaign_id, measure_id, activity_id, scope."""
    return query_rows(source, "unit_values", UnitValue, params)


def query_totals(source: Source, campaign_id: str) -> dict[str, Total]:
    """The campaign's totals by measure, over all units and activities."""
    totals = query_rows(source, "measure_totals", Total, {"campaign_id": campaign_id})
    return {total.measure_id: total for total in totals}


def query_changes(source: Source, params: Params) -> tuple[Change, ...]:
    """Like-for-like changes; the row without unit is the total.

    Parameters: jurisdiction_id, measure_id, year, base_year, scope, activity_id ('' all).
    """
    if params["activity_id"]:
        return query_rows(source, "activity_changes", Change, params)
    rest = {name: value for name, value in of_any_measure(params).items() if name != "activity_id"}
    of_all = query_rows(source, "changes", Change, rest)
    return tuple(row for row in of_all if row.measure_id == params["measure_id"])


def query_kind_coverage(source: Source, params: Params) -> tuple[Change, ...]:
    """Like-for-like coverage of one kind of unit. Parameters: jurisdiction_id, measure_id, year, base_year, scope."""
    return query_rows(source, "kind_coverage", Change, {n: v for n, v in params.items() if n != "activity_id"})


def query_pair_count(source: Source, params: Params) -> PairCount:
    """How many indicators a comparison uses. Parameters: those of the changes."""
    of_all = query_rows(source, "pair_count", PairCount, of_any_measure(params))
    return next(row for row in of_all if row.measure_id == params["measure_id"])


def of_any_measure(params: Params) -> Params:
    """The parameters without the measure, of a question that is asked once for all measures."""
    return {name: value for name, value in params.items() if name != "measure_id"}


def query_unit_reports(source: Source, campaign_id: str) -> tuple[UnitReport, ...]:
    """One row per unit expected: did it report, how full is its table."""
    return query_rows(source, "unit_reports", UnitReport, {"campaign_id": campaign_id})


def query_findings(source: Source, campaign_id: str, unit_id: str = "") -> tuple[Finding, ...]:
    """Findings of a campaign (or of one unit in it), errors first."""
    return query_rows(source, "findings", Finding, {"campaign_id": campaign_id, "unit_id": unit_id})


def query_refused_files(source: Source, campaign_id: str) -> tuple[RefusedFile, ...]:
    """Files that were refused, those of no known campaign last."""
    return query_rows(source, "refused_files", RefusedFile, {"campaign_id": campaign_id})


def query_activity_values(source: Source, params: Params) -> tuple[ActivityValue, ...]:
    """A measure by activity. Parameters: campaign_id, form_id, measure_id, scope."""
    return query_rows(source, "activity_values", ActivityValue, params)


def query_unit_facts(source: Source, params: Params) -> tuple[UnitFact, ...]:
    """A unit's table. Parameters: campaign_id, form_id, unit_id, base_campaign_id, base_form_id."""
    return query_rows(source, "unit_facts", UnitFact, params)


def query_submissions(source: Source, campaign_id: str, unit_id: str) -> tuple[Submission, ...]:
    """The files that report for a unit, current first."""
    return query_rows(source, "submissions", Submission, {"campaign_id": campaign_id, "unit_id": unit_id})


def query_national_facts(source: Source, year: int, measure_id: str) -> tuple[NationalFact, ...]:
    """Published national figures of a measure's concepts."""
    of_all = query_rows(source, "national_facts", NationalFact, {"year": year})
    return tuple(fact for fact in of_all if fact.measure_id == measure_id)


def query_map_layer(source: Source, layer_id: str) -> MapLayer | None:
    """The layer, or None when the release names none of that id."""
    rows = query_rows(source, "map_layer", MapLayer, {"layer_id": layer_id})
    return rows[0] if rows else None


def query_held_states(source: Source, campaign_id: str, scope: str) -> tuple[HeldState, ...]:
    """One row per expected unit and activity, in administrative order."""
    return query_rows(source, "held_states", HeldState, {"campaign_id": campaign_id, "scope": scope})


def query_flag_shares(source: Source, campaign_id: str, scope: str) -> tuple[FlagShare, ...]:
    """One row per yes/no blank of the campaign's form."""
    return query_rows(source, "flag_shares", FlagShare, {"campaign_id": campaign_id, "scope": scope})


def query_case_texts(source: Source, campaign_id: str, scope: str) -> tuple[CaseText, ...]:
    """The typical cases that the units chosen described."""
    return query_rows(source, "case_texts", CaseText, {"campaign_id": campaign_id, "scope": scope})


def query_case_duty(source: Source, campaign_id: str) -> tuple[DutyMonth, ...]:
    """The monthly-case duty by unit and month; empty when the campaign has none."""
    return query_rows(source, "case_duty", DutyMonth, {"campaign_id": campaign_id})


def query_pairs(
    source: Source, base_form_id: str, form_id: str, measure_id: str = "", activity_id: str = ""
) -> tuple[IndicatorPair, ...]:
    """The declared pairs of two forms; where a measure is named, its own, also of one activity only."""
    params: Params = {
        "base_form_id": base_form_id, "form_id": form_id, "measure_id": measure_id, "activity_id": activity_id,
    }  # fmt: skip
    return query_rows(source, "pairs", IndicatorPair, params)


def query_partnerless(source: Source, base_form_id: str, form_id: str) -> tuple[Partnerless, ...]:
    """Blanks of either form without a partner in the other."""
    return query_rows(source, "partnerless", Partnerless, {"base_form_id": base_form_id, "form_id": form_id})


def query_bridges(source: Source, jurisdiction_id: str, year: int, base_year: int) -> tuple[Bridge, ...]:
    """Boundary changes between two campaigns."""
    params: Params = {"jurisdiction_id": jurisdiction_id, "year": year, "base_year": base_year}
    return query_rows(source, "bridges", Bridge, params)


def query_history(source: Source, jurisdiction_id: str, measure_id: str) -> tuple[YearTotal, ...]:
    """A measure's totals of all years loaded."""
    params: Params = {"jurisdiction_id": jurisdiction_id, "measure_id": measure_id}
    return query_rows(source, "history", YearTotal, params)


def query_change_by_activity(source: Source, params: Params) -> tuple[ActivityChange, ...]:
    """Like-for-like sums by activity. Parameters: jurisdiction_id, measure_id, year, base_year, scope."""
    return query_rows(source, "change_by_activity", ActivityChange, params)


def query_national_breaks(source: Source, measure_id: str) -> tuple[NationalBreak, ...]:
    """Pairs of national figures that are a break of definition."""
    return query_rows(source, "national_breaks", NationalBreak, {"measure_id": measure_id})


def query_used_pairs(source: Source, params: Params) -> tuple[UsedPair, ...]:
    """Indicator pairs that a measure's comparison uses. Parameters: those of the changes."""
    return query_rows(source, "used_pairs", UsedPair, params)
