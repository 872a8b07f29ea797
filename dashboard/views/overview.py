"""Overview: key figures, one map, what changed most, what needs attention."""

from __future__ import annotations

import streamlit as st

from dashboard import queries
from dashboard.charts.bars import Bar, draw_bars
from dashboard.components.attention import LEADING, attention
from dashboard.components.changes import (
    basis_words,
    change_drawing,
    change_note,
    figure_label,
    largest_changes,
    measure_changes,
    selected_change,
    selected_total,
)
from dashboard.components.chart import Drawing, show_drawing
from dashboard.components.chart_table import named_table
from dashboard.components.doubt import doubted_units, figure_delta, told_change, told_spread
from dashboard.components.guard import has_figures
from dashboard.components.head import page_head
from dashboard.components.mapview import district_chooser, unit_values, value_map
from dashboard.components.markup import esc
from dashboard.components.of_activity import all_activities_words, own_view
from dashboard.components.page import View, run_page
from dashboard.components.pairs import bridge_notes
from dashboard.components.parts import (
    KeyFigure,
    bullet_list,
    caption,
    headline,
    key_figures,
    note,
    section,
)
from dashboard.format import plain, qualified
from dashboard.records import UnitReport, UnitValue
from dashboard.sentences import (
    Headline,
    compact_or_mark,
    refusal_reasons,
    short,
    total_text,
    value_words,
)
from dashboard.theme import strong
from dashboard.totals import ChangeSet

MAX_BARS = 14


def figures(view: View, reports: tuple[UnitReport, ...]) -> list[KeyFigure]:
    """Key figures of the leading measures over the units and the activity chosen, and who reported."""
    shown = []
    for measure in (m for m in view.choices.measures if m.measure_id in LEADING):
        change = selected_change(view, measure)
        value = total_text(selected_total(view, measure), measure, view.lang)
        delta = figure_delta(view, measure, change)
        definition = view.pick(measure.definition_zh, measure.definition_en)
        basis = basis_words(view, measure, change)
        shown.append(KeyFigure(figure_label(view, measure), value, delta, measure.hue, f"{definition} {basis}".strip()))
    missing = sum(1 for report in reports if report.state != "reported")
    rest = view.t("overview.reporting.missing", n=missing) if missing else view.t("overview.reporting.all")
    share = f"{len(reports) - missing} / {len(reports)}"
    return [*shown, KeyFigure(view.t("overview.reporting"), share, rest, "neutral")]


def change_part(view: View, changes: ChangeSet, rows: tuple[UnitValue, ...], said: str) -> None:
    """What changed most and which part of the total that is about; else why nothing is compared, and the values.

    `said`: what stands below the page's other headline.
    """
    found = told_change(view, changes, said)
    if changes.comparable:
        headline(found)
        largest = largest_changes(changes)
        basis = change_note(view, changes, largest)
        note(basis)
        show_drawing(view, change_drawing(view, largest, found, doubted_units(view, changes), basis))
        return
    largest_values = top_rows(rows)
    valued = sum(row.value is not None for row in rows)
    if view.filters.base_year is None and len(largest_values) < valued:
        found = Headline(view.t("headline.largest", n=len(largest_values), m=valued), view.t("headline.stop"))
    headline(found)
    if reasons := refusal_reasons(changes.total, view.lang):
        note(reasons)
    value_bars(view, largest_values, found)


def top_rows(rows: tuple[UnitValue, ...]) -> tuple[UnitValue, ...]:
    """The largest values first, as many as there is room for; those without one only where none has any."""
    valued = [row for row in rows if row.value is not None]
    return tuple(sorted(valued or rows, key=lambda row: -(row.value or 0))[:MAX_BARS])


def value_bars(view: View, rows: tuple[UnitValue, ...], found: Headline) -> None:
    """Where nothing can be compared: the values, in the order given."""
    bars = [
        Bar(
            row.unit_id, short(row, view.lang), row.value, compact_or_mark(row, view.measure, view.lang),
            esc(value_words(row, view.measure, view.lang)),
        )
        for row in rows
    ]  # fmt: skip
    figure, name = draw_bars(bars, strong(view.measure.hue)), view.t("chart.bars")
    table = named_table(view, name, bars, [row.qualifier for row in rows])
    show_drawing(view, Drawing("values", name, figure, found, table))


def national_line(view: View) -> None:
    """Published national totals of the year, where they count the same thing."""
    facts = [
        fact
        for measure in view.choices.measures
        if measure.measure_id in LEADING
        for fact in queries.query_national_facts(view.source, view.filters.year, measure.measure_id)
    ]
    items = [
        # As printed in Chinese: 1.02万条 must not become 1万.
        f"{view.pick(f.label_zh, f.label_en)} "
        + (f"{f.raw}{f.unit}" if view.lang == "zh" and f.raw else qualified(plain(f.value), f.qualifier, view.lang))
        for f in facts
        if f.value is not None
    ]
    if items:
        glue = view.pick(view.t("names.glue"), view.t("reason.glue"))
        note(view.t("overview.national", year=view.filters.year, items=glue.join(items)))


def render(view: View) -> None:
    """Filters, key figures, map and changes side by side, what needs attention."""
    page_head(view)
    if not has_figures(view):
        return
    if instead := all_activities_words(view, view.measure):
        note(instead)
    every = queries.query_unit_reports(view.source, view.campaign.campaign_id)
    reports = tuple(report for report in every if view.has_unit(report.unit_id, report.kind))
    key_figures(figures(view, reports))
    view = own_view(view, view.measure.measure_id)
    rows = unit_values(view)
    changes = measure_changes(view)
    left, right = st.columns([1.42, 1], gap="large")
    with left:
        spread = told_spread(view, rows)
        headline(spread)
        value_map(view, rows, spread.sentence)
        bridge_notes(view)
        district_chooser(view)
    with right:
        change_part(view, changes, rows, spread.below)
        section(view.t("overview.attention"))
        changed = told_change(view, changes).below if changes.comparable else ""
        bullet_list(attention(view, reports, rows, spread.below + changed))
        national_line(view)
    caption(view)


if __name__ == "__main__":
    run_page("overview", render)
