"""Coverage: which unit held which activity, the kinds of blank told apart; the share on a map."""

from __future__ import annotations

import streamlit as st

from dashboard import queries
from dashboard.components.chart import show_drawing
from dashboard.components.flag_table import flag_section
from dashboard.components.guard import has_figures
from dashboard.components.head import page_head
from dashboard.components.mapview import district_chooser, unit_values, value_map
from dashboard.components.matrix import Head, MatrixRow, show_matrix
from dashboard.components.page import View, for_all_activities, for_measure, run_page
from dashboard.components.pairs import bridge_notes
from dashboard.components.parts import (
    block_note,
    caption,
    download_buttons,
    headline,
    key_figures,
    note,
    order_choice,
    section,
    show_table,
)
from dashboard.records import Activity, HeldState
from dashboard.statements.coverage import (
    activity_table,
    asked_states,
    by_unit,
    figures,
    filled_drawing,
    filled_headline,
    filled_reports,
    filled_share,
    finding,
    gap_headline,
    marks,
    state_table,
)

HEAD = ("area", "year", "base", "kind")


def heads(view: View, activities: tuple[Activity, ...], rows: tuple[HeldState, ...]) -> list[Head]:
    """Column heads: the activity, and how many held it of the units it was asked of, as in the table below."""
    found = []
    for activity in activities:
        states = asked_states(rows, activity)
        held = view.t("coverage.held_by", n=states.count("held"), m=len(states))
        optional = view.t("coverage.optional") + " · " if activity.is_optional else ""
        found.append(Head(view.pick(activity.short_zh, activity.short_en), optional + held))
    return found


def matrix(view: View, activities: tuple[Activity, ...], rows: tuple[HeldState, ...]) -> None:
    """Units by activities, each cell with its state."""
    words = marks(view)
    lines = []
    for group in by_unit(rows):
        states = {row.activity_id: row for row in group}
        ordered = [states[a.activity_id] for a in activities if a.activity_id in states]
        tips = tuple(
            f"{words[row.state].words} · {view.t('coverage.blanks', n=row.n_reported, m=row.n_blanks)}"
            for row in ordered
        )
        name = view.pick(group[0].short_zh, group[0].name_en)
        lines.append(MatrixRow(group[0].unit_id, name, tuple(row.state for row in ordered), tips))
    show_matrix(view, heads(view, activities, rows), lines, words, view.t("coverage.matrix"))


def filled_bars(view: View) -> None:
    """How full each unit's table is, by kind of entry."""
    reports = filled_reports(view)
    if not reports:
        return
    section(view.t("coverage.filled"))
    headline(filled_headline(view, reports))
    if order_choice(view, "filled"):
        reports = tuple(sorted(reports, key=filled_share))
    show_drawing(view, filled_drawing(view, reports))
    block_note(view)


def render(view: View) -> None:
    """Map at the left, matrix at the right; how full the tables are below."""
    view = for_measure(for_all_activities(view), "activity_coverage")
    page_head(view, HEAD)
    if not has_figures(view):
        return
    activities = queries.query_activities(view.source, view.campaign.form_id or "")
    rows = queries.query_held_states(view.source, view.campaign.campaign_id, view.filters.scope)
    key_figures(figures(view, activities, rows))
    found = finding(view, activities, rows)
    left, right = st.columns([1.3, 1], gap="large")
    with left:
        headline(found)
        value_map(view, unit_values(view), found.sentence)
        bridge_notes(view)
        district_chooser(view)
    with right:
        headline(gap_headline(view, activities, rows))
        matrix(view, activities, rows)
        block_note(view)
        download_buttons(view, state_table(view, activities, rows), "coverage")
    below_left, below_right = st.columns([1.1, 1], gap="large")
    with below_left:
        filled_bars(view)
    with below_right:
        section(view.t("coverage.by_activity"))
        show_table(view, activity_table(view, activities, rows), "activities")
        note(view.t("coverage.by_activity.note"))
        flag_section(view)
        note(view.pick(view.measure.definition_zh, view.measure.definition_en))
    caption(view)


if __name__ == "__main__":
    run_page("coverage", render)
