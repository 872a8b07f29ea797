"""The charts of reports: the pages' own drawings in their frames, with the values behind them for native charts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

import plotly.graph_objects as go

from dashboard import queries
from dashboard.charts.breaks import Classes
from dashboard.charts.frame import BOTTOM_PX, MAP_HEIGHT_PX, MAP_WIDTH_PX, TOP_PX, Swatch
from dashboard.charts.map_labels import ROOM
from dashboard.charts.map_marks import MapUnit
from dashboard.components.change_map import both_years, map_parts
from dashboard.components.changes import change_drawing, largest_changes, measure_changes
from dashboard.components.chart import Drawing, drawing_title, framed, source_words
from dashboard.components.doubt import doubted_units, told_change, told_spread
from dashboard.components.mapview import make_map, place_words, shared_classes, to_map_unit, unit_values, value_legend
from dashboard.components.page import View, for_all_activities, for_measure, for_totals
from dashboard.components.year_history import history_drawing
from dashboard.records import UnitValue
from dashboard.reports.columns import two_columned
from dashboard.sentences import Headline, short
from dashboard.statements.arrivals import arrivals_drawing
from dashboard.statements.coverage import filled_drawing, filled_reports, table_parts
from dashboard.statements.coverage import finding as coverage_finding
from dashboard.statements.duties import duties_in
from dashboard.statements.hazards import unit_drawing
from dashboard.statements.participation import activity_drawing, activity_rows, spread_drawing

# In a document a picture is 156 mm wide: 12 pixels of so many are 7 points.
PRINT_WIDTH_PX: Final = 760


@dataclass(frozen=True)
class Series:
    """One series of a native chart: None is a gap."""

    name: str
    values: tuple[float | None, ...]


@dataclass(frozen=True)
class Native:
    """What an office program draws itself: bars, shares of 100, changes on both sides of zero, or stacked bars of 100%."""

    kind: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]


@dataclass(frozen=True)
class Chart:
    """One chart: what it says, the figure in its frame, its values where an office program can draw them.

    `alone` draws the figure without the frame, its labels for a large screen; `printed` with it, its words for paper.

    A map has its legend and the source of its boundaries beside it.
    """

    name: str
    measure_id: str
    title: str
    found: Headline
    figure: go.Figure
    alone: Callable[[], go.Figure]
    printed: Callable[[], go.Figure]
    source: str
    native: Native | None = None
    legend: tuple[Swatch, ...] = ()
    boundaries: str = ""

    @property
    def key(self) -> str:
        """The chart's name and measure."""
        return f"{self.name}:{self.measure_id}"


def _chart(view: View, name: str, drawing: Drawing | None, native: Native | None = None) -> Chart | None:
    if drawing is None:
        return None
    title = drawing_title(view, drawing)
    figure = framed(view, drawing)
    own = drawing.figure

    def printed() -> go.Figure:
        return framed(view, replace(drawing, figure=two_columned(own, PRINT_WIDTH_PX)), PRINT_WIDTH_PX)

    return Chart(
        name, view.measure.measure_id, title, drawing.found, figure, lambda: own, printed, source_words(view), native
    )


def _map_chart(
    view: View, name: str, found: Headline, units: list[MapUnit], classes: Classes, legend: tuple[Swatch, ...]
) -> Chart | None:
    made = make_map(view, units, classes, legend, found.sentence)
    if made is None:
        return None
    drawn, source = made
    sized = go.Figure(drawn.figure).update_layout(width=MAP_WIDTH_PX, height=MAP_HEIGHT_PX)

    def alone() -> go.Figure:
        large = make_map(view, units, classes, legend, found.sentence, (ROOM, ROOM))
        bare = {"title": None, "annotations": (), "shapes": (), "margin": {"l": 0, "r": 0, "t": 0, "b": 0}}
        return go.Figure((large or made)[0].figure).update_layout(bare, overwrite=True)

    def printed() -> go.Figure:
        large = make_map(view, units, classes, legend, found.sentence, (ROOM, ROOM), PRINT_WIDTH_PX)
        height = round(ROOM.height) + TOP_PX + BOTTOM_PX
        return go.Figure((large or made)[0].figure).update_layout(width=PRINT_WIDTH_PX, height=height)

    title = f"{view.measure_label} · {view.t('chart.map' if name == 'map' else 'report.change_map')}"
    return Chart(
        name, view.measure.measure_id, title, found, sized, alone, printed, source_words(view), None, legend,
        place_words(view, drawn, source),
    )  # fmt: skip


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
    return _map_chart(view, "map", found, units, classes, value_legend(view, classes, rows))


def draw_change_map(view: View) -> Chart | None:
    """The like-for-like change by district."""
    view = for_totals(view)
    changes = measure_changes(view)
    if not changes.comparable:
        return None
    found = told_change(view, changes)
    units, classes, legend = map_parts(view, changes, both_years(view))
    return _map_chart(view, "change_map", found, units, classes, legend)


def draw_units(view: View) -> Chart | None:
    """The measure by unit, in administrative order."""
    rows = unit_values(view)
    names = tuple(short(row, view.lang) for row in rows)
    native = Native("bars", names, (Series(view.measure_label, tuple(row.value for row in rows)),))
    return _chart(view, "bars", unit_drawing(view, rows), native) if rows else None


def draw_spread(view: View) -> Chart | None:
    """The distribution."""
    return _chart(view, "spread", spread_drawing(view, unit_values(view)))


def draw_activities(view: View) -> Chart | None:
    """The activities that the total consists of."""
    view = for_totals(view)
    rows = activity_rows(view)
    names = tuple(view.pick(row.short_zh, row.short_en) for row in rows)
    native = Native("bars", names, (Series(view.measure_label, tuple(row.value for row in rows)),))
    return _chart(view, "activities", activity_drawing(view), native)


def draw_change(view: View) -> Chart | None:
    """The largest like-for-like changes by unit."""
    view = for_totals(view)
    changes = measure_changes(view)
    if not changes.comparable:
        return None
    rows = largest_changes(changes)
    found = told_change(view, changes)
    names = tuple(short(row, view.lang) for row in rows)
    native = Native("change", names, (Series(view.t("chart.change"), tuple(row.change for row in rows)),))
    return _chart(view, "change", change_drawing(view, rows, found, doubted_units(view, changes)), native)


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
    return _chart(view, "filled", filled_drawing(view, reports), Native("stacked", names, series))


def draw_history(view: View) -> Chart | None:
    """The measure's totals of all years."""
    view = for_totals(view)
    return _chart(view, "history", history_drawing(view))


def draw_arrivals(view: View) -> Chart | None:
    """Arrivals day by day against what was due, of all reports."""
    duties = duties_in(view)
    drawing = arrivals_drawing(duties)
    return _chart(duties.view, "arrivals", drawing) if drawing.table and drawing.table.rows else None


CHARTS: Final[dict[str, Callable[[View], Chart | None]]] = {
    "map": draw_value_map,
    "bars": draw_units,
    "spread": draw_spread,
    "activities": draw_activities,
    "change_map": draw_change_map,
    "change": draw_change,
    "filled": draw_filled,
    "history": draw_history,
    "arrivals": draw_arrivals,
}


def draw_named(view: View, name: str, measure_id: str) -> Chart | None:
    """A chart of a measure, as the pages show it: coverage has no activities of its own."""
    if measure_id == "activity_coverage":
        view = for_all_activities(view)
    return CHARTS[name](for_measure(view, measure_id))
