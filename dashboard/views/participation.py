"""Participation: a map of counts or rates, their distribution, by activity, by unit, and the table."""

from __future__ import annotations

import streamlit as st

from dashboard.charts.bars import Bar, draw_bars
from dashboard.components.changes import (
    change_drawing,
    change_note,
    figure_label,
    largest_changes,
    measure_changes,
)
from dashboard.components.chart import Drawing, show_behind, show_drawing, show_figure
from dashboard.components.class_choice import class_choice
from dashboard.components.doubt import doubted_units, told_change, told_spread
from dashboard.components.faces import face_row
from dashboard.components.guard import has_figures
from dashboard.components.head import page_head
from dashboard.components.mapview import district_chooser, unit_values, value_map
from dashboard.components.of_activity import all_activities_words, own_view
from dashboard.components.page import View, for_measure, run_page
from dashboard.components.pairs import bridge_notes
from dashboard.components.parts import (
    caption,
    headline,
    key_figures,
    note,
    order_choice,
    section,
    show_table,
)
from dashboard.components.pivot import show_pivot
from dashboard.components.population import population_words
from dashboard.components.unit_choice import show_groups
from dashboard.components.unit_table import unit_table
from dashboard.components.year_maps import year_face, year_maps
from dashboard.records import UnitValue
from dashboard.sentences import (
    compact_or_mark,
    join_names,
    short,
)
from dashboard.statements.hazards import unit_drawing, unit_headline
from dashboard.statements.one_unit import Standing, standing_drawing, standing_of
from dashboard.statements.one_unit import figures as one_figures
from dashboard.statements.participation import activity_drawing, figures, spread_drawing, tip
from dashboard.theme import strong
from dashboard.totals import ChangeSet, units_without_population

HEAD = ("area", "year", "base", "activity", "kind", "per10k")
# Bars of all units stand in so many columns on one scale.
N_COLUMNS = 3
N_CHANGES = 6
MIN_ROWS = 6


def spread(view: View, rows: tuple[UnitValue, ...], one: Standing | None) -> None:
    """One dot a unit, with the median; of a single one how it stands among the others."""
    drawing = standing_drawing(view, one) if one else spread_drawing(view, rows)
    if drawing is not None:
        headline(drawing.found)
        show_drawing(view, drawing)


def by_activity(view: View) -> None:
    """Which activities the total consists of, in the form's order."""
    drawing = activity_drawing(view)
    if drawing is not None:
        section(drawing.name)
        headline(drawing.found)
        show_drawing(view, drawing)


def against_base(view: View, changes: ChangeSet, said: str) -> None:
    """What rose and fell most since the base year, where the years compare; `said`: what stands below the page's other headline."""
    if not changes.comparable:
        return
    found = told_change(view, changes, said)
    largest = largest_changes(changes, N_CHANGES)
    headline(found)
    basis = change_note(view, changes, largest)
    show_drawing(view, change_drawing(view, largest, found, doubted_units(view, changes), basis))
    note(basis)


def by_unit(view: View, rows: tuple[UnitValue, ...]) -> None:
    """All units as bars; administrative order unless chosen otherwise."""
    section(view.t("participation.by_unit"))
    if order_choice(view, "units"):
        rows = tuple(sorted(rows, key=lambda row: (row.value is None, -(row.value or 0))))
    found = unit_headline(view, rows)
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
            name = f"{view.t('participation.by_unit')} {number + 1}"
            with column:
                show_figure(view, Drawing(f"units-{number}", name, figure, found))
    show_behind(view, unit_drawing(view, rows))


def map_and_spread(view: View, rows: tuple[UnitValue, ...], changes: ChangeSet, one: Standing | None) -> None:
    """The page's own face: where it is high, how it is spread, what it consists of, what changed."""
    left, right = st.columns([1.42, 1], gap="large")
    with left:
        found = told_spread(view, rows)
        headline(found)
        value_map(view, rows, found.sentence)
        bridge_notes(view)
        class_choice(view, rows, found)
        district_chooser(view)
    with right:
        spread(view, rows, one)
        by_activity(view)
        against_base(view, changes, found.below)


def render(view: View) -> None:
    """Map and distribution above, activities and units below, the table last."""
    view = for_measure(view, "participation")
    page_head(view, HEAD)
    if not has_figures(view):
        return
    if instead := all_activities_words(view, view.measure):
        note(instead)
        view = own_view(view, view.measure.measure_id)
    rows, changes, one = unit_values(view), measure_changes(view), standing_of(view)
    shown = one_figures(view, one, changes, figure_label(view, view.measure)) if one else figures(view, rows, changes)
    key_figures(shown)
    face = face_row(view, (*year_face(view), "pivot"))
    show_groups(view)
    if face == "pivot":
        show_pivot(view)
    elif face == "years":
        year_maps(view)
    else:
        map_and_spread(view, rows, changes, one)
    if one is None:
        by_unit(view, rows)
    show_table(view, unit_table(view, changes, doubted_units(view, changes)), "units")
    if view.measure.per_capita and (words := population_words(view, rows)):
        note(words)
    homeless = [short(row, view.lang) for row in units_without_population(rows)]
    if homeless:
        note(view.t("participation.no_population", names=join_names(homeless, view.lang, 6)))
    note(view.t("participation.population.note"))
    note(view.pick(view.measure.definition_zh, view.measure.definition_en))
    caption(view)


if __name__ == "__main__":
    run_page("participation", render)
