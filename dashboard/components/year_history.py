"""All years of a measure on one line: joined inside one form only, with gaps and breaks marked."""

from __future__ import annotations

import itertools

from dashboard import queries
from dashboard.charts.history import Point, breaks, draw_history
from dashboard.components.chart import Drawing, show_drawing
from dashboard.components.count_unit import SEVERAL, amount_in, years_unit
from dashboard.components.doubt import doubted_totals, with_doubts
from dashboard.components.markup import esc
from dashboard.components.page import View
from dashboard.components.parts import headline, note, section
from dashboard.format import NOTHING, qualified, value_text
from dashboard.queries.comparison import query_year_bases
from dashboard.records import YearTotal
from dashboard.sentences import Headline
from dashboard.tables import Cell, Column, Table
from dashboard.theme import strong


def history(view: View) -> None:
    """All years that are loaded: lines only inside one form, gaps and breaks marked."""
    drawing = history_drawing(view)
    if drawing is not None:
        label = view.measure_label
        if view.filters.activity:
            label = view.t("activity.label", label=label, activity=view.t("filter.activity.all"))
        section(view.t("yoy.history", label=label))
        headline(drawing.found)
        show_drawing(view, drawing)
        note(view.t("yoy.history.note"))


def history_drawing(view: View) -> Drawing | None:
    """The years, drawn; None where there is only one."""
    rows = queries.query_history(view.source, view.filters.jurisdiction, view.measure.measure_id)
    points = [
        Point(
            row.year, row.value, row.form_id or "",
            qualified(value_text(row.value, view.measure.unit_zh, view.lang), row.qualifier, view.lang),
            history_tip(view, row),
        )
        for row in rows
        if row.value is not None
    ]  # fmt: skip
    if len(points) < 2:
        return None
    found = with_doubts(view, history_headline(view, rows, points), doubted_totals(view, view.measure))
    shown = [point.year for point in points]
    redrawn = [year.year for year in query_year_bases(view.source, view.filters.jurisdiction) if year.has_new_districts]
    marks = [(one + other) / 2 for one, other in itertools.pairwise(shown) if other in redrawn]
    figure = draw_history(
        points, strong(view.measure.hue), view.t("yoy.history.break"), (marks, view.t("yoy.history.districts"))
    )
    return Drawing("history", view.t("yoy.history.short"), figure, found, history_table(view, rows))


def history_tip(view: View, row: YearTotal) -> str:
    """The year's total in its own unit, and how many units it adds."""
    amount = amount_in(view, row.value, row.qualifier, row.year)
    words = view.t("yoy.history.tip", year=row.year, n=row.n_units_reported, m=row.n_units_expected)
    return f"{esc(amount)}<br>{esc(words)}"


def history_table(view: View, rows: tuple[YearTotal, ...]) -> Table:
    """One row per year loaded: its total and how many units it adds; what no line joins is another form's."""
    unit = years_unit(view, view.measure, tuple(row.year for row in rows))
    has_units = SEVERAL in unit
    columns = (
        Column(view.t("filter.label.year"), is_short=True),
        Column(view.measure_label, unit, is_number=True),
        Column(view.t("table.units_reported"), is_short=True),
        Column(view.t("table.form"), is_short=True),
    )
    cells = []
    for row in rows:
        shown = qualified(value_text(row.value, view.measure.unit_zh, view.lang), row.qualifier, view.lang)
        shown = amount_in(view, row.value, row.qualifier, row.year) if has_units else shown
        reported = f"{row.n_units_reported} / {row.n_units_expected}"
        number = Cell(row.value, shown if row.value is not None else NOTHING, is_muted=row.value is None,
                      qualifier=row.qualifier if row.value is not None else "")  # fmt: skip
        form = row.form_id or NOTHING
        cells.append((Cell(row.year, str(row.year)), number, Cell(reported, reported), Cell(form, form)))
    return Table(view.t("yoy.history.short"), columns, tuple(cells))


def history_headline(view: View, rows: tuple[YearTotal, ...], points: list[Point]) -> Headline:
    """How many years there are, which are missing, how often the form changed."""
    gaps = [str(y) for a, b in itertools.pairwise(row.year for row in rows) for y in range(a + 1, b)]
    parts = []
    if gaps:
        parts.append(view.t("yoy.history.gap", years=view.t("names.glue").join(gaps)))
    if found := len(breaks(points)):
        parts.append(view.t("yoy.history.breaks", n=found))
    caveat = "".join(view.t("reason.glue") + part for part in parts) + view.t("headline.stop")
    return Headline(view.t("yoy.history.headline", n=len(points)), caveat)
