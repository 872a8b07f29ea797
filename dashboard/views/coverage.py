"""Coverage: which unit held which activity, the kinds of blank told apart; the share on a map."""

from __future__ import annotations

from itertools import groupby

import streamlit as st

from dashboard import queries
from dashboard.charts.bars import Bar, draw_bars
from dashboard.components.changes import total_change
from dashboard.components.guard import has_figures
from dashboard.components.head import page_head
from dashboard.components.mapview import district_chooser, unit_values, value_map
from dashboard.components.markup import esc
from dashboard.components.matrix import Head, Mark, MatrixRow, show_matrix
from dashboard.components.page import View, for_measure, run_page
from dashboard.components.parts import caption, config_of, headline, note, order_choice, section, show_table
from dashboard.format import percent
from dashboard.records import Activity, HeldState
from dashboard.sentences import Headline, delta_text, join_names, total_text
from dashboard.tables import Cell, Column, Table
from dashboard.theme import strong

HEAD = ("area", "year", "base", "kind")
# state -> class in atlas.css and mark; each is told by its mark alone, without colour.
MARKS = {
    "held": ("m-held", "●"),
    "zero": ("m-zero", "0"),
    "not_filled": ("m-blank", ""),
    "not_applicable": ("m-na", "/"),
    "unclear": ("m-unclear", "?"),
    "not_reported": ("m-missing", "×"),
}


def marks(view: View) -> dict[str, Mark]:
    """The marks with their words in the reader's language."""
    return {state: Mark(css, mark, view.t(f"coverage.state.{state}")) for state, (css, mark) in MARKS.items()}


def by_unit(rows: tuple[HeldState, ...]) -> list[tuple[HeldState, ...]]:
    """The rows of each unit, in administrative order."""
    return [tuple(group) for _, group in groupby(rows, key=lambda row: row.unit_id)]


def heads(view: View, activities: tuple[Activity, ...], rows: tuple[HeldState, ...]) -> list[Head]:
    """Column heads: the activity, and how many of the reporting units held it."""
    found = []
    for activity in activities:
        states = [row.state for row in rows if row.activity_id == activity.activity_id and row.state != "not_reported"]
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


def finding(view: View, activities: tuple[Activity, ...], rows: tuple[HeldState, ...]) -> Headline:
    """The share held, and what was held least."""
    total = queries.query_totals(view.source, view.campaign.campaign_id).get(view.measure.measure_id)
    asked = [a for a in activities if not a.is_optional]
    shares = []
    for activity in asked:
        states = [r.state for r in rows if r.activity_id == activity.activity_id]
        known = [s for s in states if s not in ("not_reported", "not_applicable")]
        if known:
            shares.append((known.count("held") / len(known), len(known) - known.count("held"), activity))
    caveat = ""
    if shares:
        share, gap, least = min(shares, key=lambda s: s[0])
        if gap:
            name = view.pick(least.short_zh, least.short_en)
            caveat = view.t("coverage.least", name=name, share=percent(100 * share, 0), n=gap)
    return Headline(view.t("coverage.headline", share=total_text(total, view.measure, view.lang)), caveat)


def filled_bars(view: View) -> None:
    """How full each unit's table is: numbers, texts and ticks read, of all blanks."""
    reports = [r for r in queries.query_unit_reports(view.source, view.campaign.campaign_id) if r.n_blanks]
    if not reports:
        return
    section(view.t("coverage.filled"))
    full = sum(1 for r in reports if r.n_reported + r.n_not_applicable == r.n_blanks)
    headline(Headline(view.t("coverage.filled.headline", n=full, m=len(reports)), view.t("coverage.filled.caveat")))
    if order_choice(view, "filled"):
        reports = sorted(reports, key=lambda r: (r.n_reported + r.n_not_applicable) / r.n_blanks)
    bars = []
    for r in reports:
        share = 100 * (r.n_reported + r.n_not_applicable) / r.n_blanks
        name = view.pick(r.short_zh, r.name_en)
        tip = (
            f"<b>{esc(name)}</b><br>{esc(view.t('coverage.blanks', n=r.n_reported + r.n_not_applicable, m=r.n_blanks))}"
        )
        bars.append(Bar(r.unit_id, name, share, percent(share, 0), tip))
    figure = draw_bars(bars, strong("coverage"))
    st.plotly_chart(figure, theme=None, key="filled", config=config_of(view, view.t("coverage.filled")))


def state_table(view: View, activities: tuple[Activity, ...], rows: tuple[HeldState, ...]) -> Table:
    """The matrix in words, for download."""
    words = marks(view)
    columns = [Column(view.t("table.unit"))]
    columns += [Column(view.pick(a.short_zh, a.short_en)) for a in activities]
    body = []
    for group in by_unit(rows):
        states = {row.activity_id: words[row.state].words for row in group}
        name = view.pick(group[0].name_zh, group[0].name_en)
        texts = (name, *(states.get(a.activity_id, "") for a in activities))
        body.append(tuple(Cell(text, text) for text in texts))
    return Table(view.t("coverage.matrix"), tuple(columns), tuple(body))


def render(view: View) -> None:
    """Map at the left, matrix at the right; how full the tables are below."""
    view = for_measure(view, "activity_coverage")
    page_head(view, HEAD)
    if not has_figures(view):
        return
    activities = queries.query_activities(view.source, view.campaign.form_id or "")
    rows = queries.query_held_states(view.source, view.campaign.campaign_id, view.filters.unit_kind)
    found = finding(view, activities, rows)
    left, right = st.columns([1.2, 1], gap="large")
    with left:
        headline(found)
        value_map(view, unit_values(view), found.sentence)
        note(delta_text(total_change(view, view.measure), view.measure, view.filters.base_year, view.lang))
        district_chooser(view)
    with right:
        gaps = [group for group in by_unit(rows) if any(row.state in ("zero", "not_filled") for row in group)]
        names = join_names([view.pick(g[0].short_zh, g[0].name_en) for g in gaps], view.lang, 5)
        gap_line = view.t("coverage.gaps", n=len(gaps), names=names) if gaps else view.t("coverage.no_gaps")
        headline(Headline(gap_line, ""))
        matrix(view, activities, rows)
    filled_bars(view)
    section(view.t("coverage.matrix"))
    show_table(view, state_table(view, activities, rows), "coverage")
    note(view.pick(view.measure.definition_zh, view.measure.definition_en))
    caption(view)


if __name__ == "__main__":
    run_page("coverage", render)
