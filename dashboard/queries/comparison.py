"""Questions behind a comparison of years."""

from __future__ import annotations

from dashboard.filters import Filters
from dashboard.queries import of_any_measure, query_rows
from dashboard.records.changes import GroupPair
from dashboard.records.comparison import (
    ChangePart,
    MeasureDoubt,
    UnitChange,
    YearBasis,
    YearDoubt,
    YearRatio,
)
from dashboard.records.values import PivotCell
from dashboard.release import Params, Source


def query_change_parts(source: Source, params: Params) -> tuple[ChangePart, ...]:
    """Parts of both totals. Parameters: those of the changes; there are none of one activity."""
    return query_rows(source, "change_parts", ChangePart, {n: v for n, v in params.items() if n != "activity_id"})


def query_ratios(source: Source, jurisdiction_id: str, scope: str) -> tuple[YearRatio, ...]:
    """Ratios that survive changes of form, of all years loaded."""
    return query_rows(source, "ratios", YearRatio, {"jurisdiction_id": jurisdiction_id, "scope": scope})


def query_ratio_doubts(source: Source, jurisdiction_id: str, scope: str) -> tuple[YearDoubt, ...]:
    """Doubtful values in the ratios of all years loaded."""
    return query_rows(source, "ratio_doubts", YearDoubt, {"jurisdiction_id": jurisdiction_id, "scope": scope})


def query_measure_doubts(source: Source, params: Params) -> tuple[MeasureDoubt, ...]:
    """Doubtful values in a measure of all years loaded. Parameters: jurisdiction_id, measure_id, activity_id, scope."""
    return query_rows(source, "measure_doubts", MeasureDoubt, params)


def query_year_bases(source: Source, jurisdiction_id: str, scope: str = "") -> tuple[YearBasis, ...]:
    """The circumstances of every year loaded, oldest first; reporters are counted among the units of the scope."""
    return query_rows(source, "year_bases", YearBasis, {"jurisdiction_id": jurisdiction_id, "scope": scope})


def query_unit_changes(source: Source, params: Params) -> tuple[UnitChange, ...]:
    """Printed units of the measure that changed. Parameters: those of the changes."""
    of_all = query_rows(source, "unit_changes", UnitChange, of_any_measure(params))
    return tuple(row for row in of_all if row.measure_id == params["measure_id"])


def query_group_pairs(source: Source, filters: Filters, base_form_id: str, form_id: str) -> tuple[GroupPair, ...]:
    """Groups of indicators of two forms that compare only together, with the sums of the chosen units."""
    params: Params = {
        "jurisdiction_id": filters.jurisdiction, "year": filters.year, "base_year": filters.base_year or 0,
        "scope": filters.scope, "base_form_id": base_form_id, "form_id": form_id,
    }  # fmt: skip
    return query_rows(source, "group_pairs", GroupPair, params)


def query_pivot(source: Source, params: Params) -> tuple[PivotCell, ...]:
    """A measure by unit and activity. Parameters: campaign_id, measure_id, scope."""
    return query_rows(source, "pivot", PivotCell, params)
