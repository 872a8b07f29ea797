"""Participation: a map of counts or rates, their distribution, by activity, by unit, and the table."""

from __future__ import annotations

from statistics import median

import streamlit as st

from dashboard import queries
from dashboard.charts.bars import Bar, draw_bars
from dashboard.charts.breaks import nice_ticks
from dashboard.charts.strip import Dot, draw_strip
from dashboard.components.changes import (
    basis_words,
    change_bars,
    figure_label,
    largest_changes,
    measure_changes,
    selected_total,
    shown_words,
)
from dashboard.components.chart import Drawing, show_chart, show_drawing
from dashboard.components.chart_table import named_table
from dashboard.components.class_choice import class_choice
from dashboard.components.doubt import figure_delta, told_change, told_spread
from dashboard.components.guard import has_figures
from dashboard.components.head import page_head
from dashboard.components.mapview import district_chooser, unit_values, value_map
from dashboard.components.markup import esc
from dashboard.components.page import View, for_measure, run_page
from dashboard.components.pairs import bridge_notes
from dashboard.components.parts import (
    KeyFigure,
    caption,
    headline,
    key_figures,
    note,
    order_choice,
    section,
    show_table,
)
from dashboard.components.pivot import show_pivot
from dashboard.components.unit_choice import unit_choice
from dashboard.components.unit_table import unit_table
from dashboard.filters import value_params
from dashboard.format import NOTHING, compact, percent, qualified, with_unit
from dashboard.records import ActivityValue, UnitValue
from dashboard.sentences import (
    Headline,
    compact_or_mark,
    join_names,
    rate_unit,
    short,
    total_text,
    value_words,
)
from dashboard.theme import strong
from dashboard.totals import PER, ChangeSet, sum_values, units_without_population

HEAD = ("area", "year", "base", "activity", "kind", "per10k")
# Bars of all units stand in so many columns on one scale.
N_COLUMNS = 3
N_CHANGES = 6
ACTIVITY_ROW_PX = 36
MIN_ROWS = 6


def spread(view: View, rows: tuple[UnitValue, ...]) -> None:
    """One dot a unit, with the median."""
    drawing = spread_drawing(view, rows)
    if drawing is not None:
        headline(drawing.found)
        show_drawing(view, drawing)


def spread_drawing(view: View, rows: tuple[UnitValue, ...]) -> Drawing | None:
    """The distribution, drawn; None without a value."""
    dots = [Dot(row.unit_id, short(row, view.lang), row.value, tip(view, row)) for row in rows if row.value is not None]
    if not dots:
        return None
    values = [dot.value for dot in dots]
    middle = compact(median(values), view.lang)
    finding = view.t("participation.median.headline", value=with_unit(middle, view.measure_unit, view.lang))
    labels = {place: compact(place, view.lang) for place in nice_ticks(max(values))}
    figure = draw_strip(dots, strong(view.measure.hue), view.t("participation.median", value=middle), labels)
    name = view.t("chart.spread")
    table = named_table(view, name, dots, label=view.measure_label, unit=view.measure_unit)
    return Drawing("spread", name, figure, Headline(finding, ""), table)


def figures(view: View, rows: tuple[UnitValue, ...], changes: ChangeSet) -> list[KeyFigure]:
    """Total, rate, the middle of the units and how many have a figure; always of the units and activity chosen."""
    measure, lang = view.measure, view.lang
    plain_rows = queries.query_unit_values(view.source, value_params(view.filters))
    total, valued = selected_total(view, measure), [row for row in plain_rows if row.value is not None]
    delta = figure_delta(view, measure, changes.total)
    basis = basis_words(view, measure, changes.total)
    definition = view.pick(measure.definition_zh, measure.definition_en)
    known = [row for row in valued if row.population]
    people = sum(row.population or 0 for row in known)
    rate = sum(row.value or 0 for row in known) * PER / people if people else None
    chosen = sorted((row for row in rows if row.value is not None), key=lambda row: row.value or 0)
    ends = [compact_or_mark(row, measure, lang) for row in (chosen[0], chosen[-1])] if chosen else [NOTHING, NOTHING]
    middle = compact(median(row.value or 0 for row in chosen), lang) if chosen else NOTHING
    return [
        KeyFigure(figure_label(view, measure), total_text(total, measure, lang), delta, measure.hue,
                  f"{definition} {basis}".strip()),
        KeyFigure(view.t("participation.figure.rate", unit=rate_unit(measure, lang)), compact(rate, lang),
                  view.t("participation.figure.rate.note", n=len(known)), measure.hue),
        KeyFigure(view.t("participation.figure.median", unit=view.measure_unit), middle,
                  view.t("participation.figure.median.note", low=ends[0], high=ends[1]), measure.hue),
        KeyFigure(view.t("participation.figure.units"), f"{len(valued)} / {len(plain_rows)}",
                  view.t("participation.figure.units.note", m=len(plain_rows)), "neutral"),
    ]  # fmt: skip


def tip(view: View, row: UnitValue) -> str:
    """A unit's name and value for a hover."""
    words = value_words(row, view.measure, view.lang, per_10k=view.filters.per_10k)
    return f"<b>{esc(view.pick(row.name_zh, row.name_en))}</b><br>{esc(words)}"


def by_activity(view: View) -> None:
    """Which activities the total consists of, in the form's order."""
    drawing = activity_drawing(view)
    if drawing is not None:
        section(view.t("participation.by_activity"))
        headline(drawing.found)
        show_drawing(view, drawing)


def activity_rows(view: View) -> tuple[ActivityValue, ...]:
    """The measure by activity, under the kind of unit chosen."""
    params = value_params(view.filters)
    params = {name: params[name] for name in ("campaign_id", "measure_id", "scope")}
    return queries.query_activity_values(view.source, params | {"form_id": view.campaign.form_id or ""})


def activity_drawing(view: View) -> Drawing | None:
    """The activities, drawn; None without a total."""
    rows = activity_rows(view)
    total = sum_values(row.value for row in rows)
    if not total:
        return None
    largest = max(rows, key=lambda row: row.value or 0)
    name = view.pick(largest.short_zh, largest.short_en)
    share = percent(100 * (largest.value or 0) / total, 0).rstrip("%")
    finding = view.t("participation.activity.headline", name=name, share=share)
    bars = [
        Bar(
            row.activity_id, view.pick(row.short_zh, row.short_en), row.value,
            qualified(compact(row.value, view.lang), row.qualifier, view.lang),
            esc(f"{view.pick(row.short_zh, row.short_en)} {with_unit(compact(row.value, view.lang), view.measure_unit, view.lang)}"),
        )
        for row in rows
    ]  # fmt: skip
    figure = draw_bars(bars, strong(view.measure.hue), row_px=ACTIVITY_ROW_PX)
    title, first = view.t("participation.by_activity"), view.t("table.activity")
    table = named_table(view, title, bars, label=view.measure_label, unit=view.measure_unit, first=first)
    return Drawing("activities", title, figure, Headline(finding, ""), table)


def against_base(view: View, changes: ChangeSet) -> None:
    """What rose and fell most since the base year, where the years compare."""
    if not changes.comparable:
        return
    found = told_change(view, changes)
    largest = largest_changes(changes, N_CHANGES)
    headline(found)
    change_bars(view, largest, found.sentence)
    note(" ".join((basis_words(view, view.measure, changes.total), shown_words(view, changes, largest))).strip())


def by_unit(view: View, rows: tuple[UnitValue, ...]) -> None:
    """All units as bars; administrative order unless chosen otherwise."""
    section(view.t("participation.by_unit"))
    if order_choice(view, "units"):
        rows = tuple(sorted(rows, key=lambda row: (row.value is None, -(row.value or 0))))
    bars = [
        Bar(
            row.unit_id, short(row, view.lang), row.value, compact_or_mark(row, view.measure, view.lang),
            tip(view, row),
        )
        for row in rows
    ]  # fmt: skip
    top = max((bar.value for bar in bars if bar.value is not None), default=0.0)
    size = max(MIN_ROWS, -(-len(bars) // N_COLUMNS))
    for number, column in enumerate(st.columns(N_COLUMNS, gap="medium")):
        part = bars[number * size : (number + 1) * size]
        if part:
            figure = draw_bars(part, strong(view.measure.hue), top=top)
            with column:
                show_chart(view, figure, f"units-{number}", f"{view.t('participation.by_unit')} {number + 1}")


def render(view: View) -> None:
    """Map and distribution above, activities and units below, the table last."""
    view = for_measure(view, "participation")
    page_head(view, HEAD)
    if not has_figures(view):
        return
    rows, changes = unit_values(view), measure_changes(view)
    key_figures(figures(view, rows, changes))
    left, right = st.columns([1.42, 1], gap="large")
    with left:
        found = told_spread(view, rows)
        headline(found)
        value_map(view, rows, found.sentence)
        bridge_notes(view)
        class_choice(view, rows)
        district_chooser(view)
    with right:
        spread(view, rows)
        by_activity(view)
        against_base(view, changes)
    unit_choice(view)
    by_unit(view, rows)
    show_pivot(view)
    show_table(view, unit_table(view, changes), "units")
    homeless = [short(row, view.lang) for row in units_without_population(rows)]
    if homeless:
        note(view.t("participation.no_population", names=join_names(homeless, view.lang, 6)))
    note(view.t("participation.population.note"))
    note(view.pick(view.measure.definition_zh, view.measure.definition_en))
    caption(view)


if __name__ == "__main__":
    run_page("participation", render)
