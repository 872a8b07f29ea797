"""The charts of reports: the pages' own drawings in their frames, with the values behind them for native charts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from dashboard import queries
from dashboard.components.bivariate import CLASSES, paired_parts
from dashboard.components.change_map import both_years, map_parts
from dashboard.components.changes import change_drawing, change_note, largest_changes, measure_changes
from dashboard.components.doubt import doubted_units, told_change, told_spread
from dashboard.components.mapview import shared_classes, to_map_unit, unit_values, value_legend
from dashboard.components.of_activity import own_view
from dashboard.components.page import View, for_all_activities, for_all_units, for_measure, for_totals
from dashboard.components.quality_view import quality_view
from dashboard.components.year_history import history_drawing
from dashboard.components.year_maps import mapped_years, maps_drawing
from dashboard.components.year_parts import found_parts, parts_drawing
from dashboard.format import marked
from dashboard.queries.quality import query_scores
from dashboard.records import ActivityValue, UnitValue
from dashboard.reports.chart import BARE, Chart, Native, Series, framed_chart, map_chart
from dashboard.sentences import Headline, compact_or_mark, short
from dashboard.statements.arrivals import arrivals_drawing
from dashboard.statements.coverage import filled_drawing, filled_reports, table_parts
from dashboard.statements.coverage import finding as coverage_finding
from dashboard.statements.data_quality import current_findings, rules_drawing
from dashboard.statements.duties import duties_in
from dashboard.statements.hazards import relation_drawing, unit_drawing
from dashboard.statements.one_unit import standing_drawing, standing_of
from dashboard.statements.participation import activity_drawing, activity_rows, spread_drawing
from dashboard.statements.year_over_year import activity_change_drawing, both_years_drawing


def measure_headline(view: View, rows: tuple[UnitValue, ...]) -> Headline:
    """What the measure's own page says above its map."""
    if view.measure.measure_id != "activity_coverage":
        return told_spread(view, rows)
    asked = queries.query_activities(view.source, view.campaign.form_id or "")
    held = queries.query_held_states(view.source, view.campaign.campaign_id, view.filters.scope)
    return coverage_finding(view, asked, held)


def draw_value_map(view: View) -> Chart | None:
    """The measure by district."""
    rows = unit_values(view)
    found = measure_headline(view, rows)
    classes = shared_classes(view, rows)
    units = [to_map_unit(view, row) for row in rows]
    return map_chart(view, "map", found, units, classes, value_legend(view, classes, rows))


def draw_change_map(view: View) -> Chart | None:
    """The like-for-like change by district."""
    view = for_totals(view)
    changes = measure_changes(view)
    if not changes.comparable:
        return None
    found = told_change(view, changes)
    units, classes, legend = map_parts(view, changes, both_years(view))
    return map_chart(view, "change_map", found, units, classes, legend)


def number_label(view: View, qualifier: str) -> str:
    """How a number of the measure is printed with its mark, BARE standing for the number."""
    return marked(BARE + ("%" if view.measure.unit_zh == "%" else ""), qualifier, view.lang)


def marked_series(view: View, rows: Sequence[UnitValue | ActivityValue]) -> Series:
    """The measure's values, each with its mark."""
    labels = tuple(number_label(view, row.qualifier) for row in rows)
    return Series(view.measure_label, tuple(row.value for row in rows), labels)


def draw_units(view: View) -> Chart | None:
    """The measure by unit, in administrative order."""
    rows = unit_values(view)
    # A program draws no bar and no word where there is no number: the mark stands with the name.
    names = tuple(
        short(row, view.lang) + ("" if row.value is not None else f" {compact_or_mark(row, view.measure, view.lang)}")
        for row in rows
    )
    native = Native("bars", names, (marked_series(view, rows),))
    return framed_chart(view, "bars", unit_drawing(view, rows), native) if rows else None


def draw_spread(view: View) -> Chart | None:
    """The distribution; of a single unit how it stands among the others."""
    one = standing_of(view)
    return framed_chart(view, "spread", standing_drawing(view, one) if one else spread_drawing(view, unit_values(view)))


def draw_activities(view: View) -> Chart | None:
    """The activities that the total consists of, all of them; beside rates or one chosen activity that is said."""
    asked, view = view, for_totals(for_all_activities(view))
    rows = activity_rows(view)
    names = tuple(view.pick(row.short_zh, row.short_en) for row in rows)
    native = Native("bars", names, (marked_series(view, rows),))
    return framed_chart(view, "activities", activity_drawing(asked), native)


def draw_change(view: View) -> Chart | None:
    """The largest like-for-like changes by unit."""
    view = for_totals(view)
    changes = measure_changes(view)
    if not changes.comparable:
        return None
    rows = largest_changes(changes)
    found = told_change(view, changes)
    names = tuple(short(row, view.lang) for row in rows)
    label = view.t("number.points", value=BARE) if view.measure.kind == "coverage" else BARE
    labels = (label,) * len(rows)
    native = Native(
        "change",
        names,
        (Series(view.t("chart.change", base=view.filters.base_year), tuple(row.change for row in rows), labels),),
    )
    note = change_note(view, changes, rows)
    return framed_chart(view, "change", change_drawing(view, rows, found, doubted_units(view, changes), note), native)


def draw_filled(view: View) -> Chart | None:
    """How full the tables are."""
    view = for_measure(for_all_activities(view), "activity_coverage")
    reports = filled_reports(view)
    if not reports:
        return None
    parts = [table_parts(report) for report in reports]
    names = tuple(view.pick(report.short_zh, report.name_en) for report in reports)
    labels = ("filled", "zero", "not_applicable", "withheld", "blank")
    series = tuple(
        Series(view.t(f"coverage.part.{label}"), tuple(float(sizes[n]) for sizes in parts))
        for n, label in enumerate(labels)
    )
    return framed_chart(view, "filled", filled_drawing(view, reports), Native("stacked", names, series))


def draw_history(view: View) -> Chart | None:
    """The measure's totals of all years, always over all units and activities, which its words then say."""
    view = for_all_units(for_totals(for_all_activities(view)))
    rows = {
        row.year: row for row in queries.query_history(view.source, view.filters.jurisdiction, view.measure.measure_id)
    }
    years = tuple(range(min(rows, default=0), max(rows, default=-1) + 1))
    of_form: dict[str, list[int]] = {}
    for row in rows.values():
        if row.value is not None:
            of_form.setdefault(row.form_id or "", []).append(row.year)
    series = tuple(
        Series(
            view.t("chart.form_years", years=view.t("names.glue").join(str(year) for year in own)),
            tuple(rows[year].value if year in own else None for year in years),
            tuple(number_label(view, rows[year].qualifier if year in own else "") for year in years),
        )
        for own in of_form.values()
    )
    native = Native("lines", tuple(str(year) for year in years), series)
    return framed_chart(view, "history", history_drawing(view), native)


def draw_arrivals(view: View) -> Chart | None:
    """Arrivals day by day against what was due, of all reports."""
    duties = duties_in(view)
    drawing = arrivals_drawing(duties)
    return framed_chart(duties.view, "arrivals", drawing) if drawing.table and drawing.table.rows else None


def draw_dumbbells(view: View) -> Chart | None:
    """Both years by unit, in administrative order."""
    view = for_totals(view)
    changes = measure_changes(view)
    if not changes.comparable:
        return None
    return framed_chart(view, "dumbbells", both_years_drawing(view, changes, both_years(view), changes.comparable))


def draw_by_activity(view: View) -> Chart | None:
    """The change by activity."""
    view = for_totals(view)
    changes = measure_changes(view)
    return framed_chart(view, "by_activity", activity_change_drawing(view, changes)) if changes.comparable else None


def draw_waterfall(view: View) -> Chart | None:
    """From one year's total to the other's."""
    view = for_totals(view)
    found = found_parts(view) if view.filters.base_year is not None else {}
    return framed_chart(view, "waterfall", parts_drawing(view, measure_changes(view), found)) if found else None


def draw_year_maps(view: View) -> Chart | None:
    """A small map a year."""
    years = mapped_years(view)
    return framed_chart(view, "year_maps", maps_drawing(view, years)) if years else None


def draw_relation(view: View) -> Chart | None:
    """The measure against its partner."""
    view = for_totals(for_all_activities(view))
    return framed_chart(view, "relation", relation_drawing(view, unit_values(view)))


def draw_paired_map(view: View) -> Chart | None:
    """Participation and hazards on one map."""
    view = for_all_activities(view)
    parts = paired_parts(view)
    if parts is None:
        return None
    return map_chart(view, "paired_map", parts.found, list(parts.units), CLASSES, parts.legend)


def draw_rules(view: View) -> Chart | None:
    """Findings by rule and state."""
    own = quality_view(view)
    scores = query_scores(own.source, own.campaign.campaign_id, own.filters.scope)
    findings = current_findings(own, scores) if scores else []
    return framed_chart(own, "rules", rules_drawing(own, findings)) if findings else None


CHARTS: Final[dict[str, Callable[[View], Chart | None]]] = {
    "map": draw_value_map,
    "bars": draw_units,
    "spread": draw_spread,
    "activities": draw_activities,
    "change_map": draw_change_map,
    "change": draw_change,
    "filled": draw_filled,
    "history": draw_history,
    "waterfall": draw_waterfall,
    "dumbbells": draw_dumbbells,
    "by_activity": draw_by_activity,
    "year_maps": draw_year_maps,
    "relation": draw_relation,
    "paired_map": draw_paired_map,
    "arrivals": draw_arrivals,
    "rules": draw_rules,
}


WITHOUT_TABLE: Final = frozenset({"arrivals", "rules"})


def draw_named(view: View, name: str, measure_id: str) -> Chart | None:
    """A chart of a measure, as the pages show it; None with nothing to draw. Of a measure that the chosen activity lacks over all."""
    if view.campaign.form_id is None and name not in WITHOUT_TABLE:
        return None
    return CHARTS[name](own_view(view, measure_id))
