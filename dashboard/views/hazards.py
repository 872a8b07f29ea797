"""Hazards: problems exposed, typical cases, public reports, warning education, and the monthly-case duty."""

from __future__ import annotations

from itertools import groupby

import streamlit as st

from dashboard import queries
from dashboard.charts.bars import Bar, draw_bars
from dashboard.components.changes import measure_changes, total_change
from dashboard.components.guard import has_figures
from dashboard.components.head import page_head
from dashboard.components.mapview import district_chooser, unit_values, value_map
from dashboard.components.markup import esc, show, tag, wrap
from dashboard.components.matrix import Head, Mark, MatrixRow, district_href, show_matrix
from dashboard.components.page import View, for_measure, run_page
from dashboard.components.parts import (
    KeyFigure,
    caption,
    config_of,
    headline,
    key_figures,
    note,
    order_choice,
    section,
    show_table,
)
from dashboard.components.unit_table import unit_table
from dashboard.format import day
from dashboard.records import CaseText, DutyMonth
from dashboard.sentences import Headline, compact_or_mark, delta_text, join_names, short, spread_headline, total_text
from dashboard.theme import strong

HEAD = ("area", "year", "base", "measure", "kind", "per10k")
SHOWN = ("hazards_exposed", "typical_cases", "public_reports", "warning_education")
MAX_CASES = 60
# state of a month -> class in atlas.css and mark.
MARKS = {
    "met": ("m-held", "●"),
    "met_late": ("m-late", "迟"),
    "soft": ("m-soft", "○"),
    "missing": ("m-zero", "×"),
    "not_due": ("m-due", "·"),
    "no_evidence": ("m-na", "?"),
}


def figures(view: View) -> list[KeyFigure]:
    """Totals of the page's measures, each with its like-for-like change."""
    totals = queries.query_totals(view.source, view.campaign.campaign_id)
    shown = []
    for measure_id in SHOWN:
        measure = view.choices.measure(measure_id)
        if measure is None:
            continue
        label = view.t(
            "overview.figure",
            label=view.pick(measure.label_zh, measure.label_en),
            unit=view.pick(measure.unit_zh, measure.unit_en),
        )
        value = total_text(totals.get(measure_id), measure, view.lang)
        delta = delta_text(total_change(view, measure), measure, view.filters.base_year, view.lang)
        definition = view.pick(measure.definition_zh, measure.definition_en)
        shown.append(KeyFigure(label, value, delta, "hazards", definition))
    return shown


def by_unit(view: View) -> None:
    """The measure by unit; administrative order unless chosen otherwise."""
    section(view.t("participation.by_unit"))
    rows = unit_values(view)
    if order_choice(view, "hazard_units"):
        rows = tuple(sorted(rows, key=lambda row: (row.value is None, -(row.value or 0))))
    bars = [
        Bar(
            row.unit_id,
            short(row, view.lang),
            row.value,
            text := compact_or_mark(row, view.measure, view.lang),
            f"<b>{esc(view.pick(row.name_zh, row.name_en))}</b><br>{esc(text)}",
        )
        for row in rows
    ]
    figure = draw_bars(bars, strong("hazards"))
    st.plotly_chart(figure, theme=None, key="hazard_bars", config=config_of(view, view.t("chart.bars")))


def duty(view: View) -> None:
    """Unit by month: was a typical case exposed, as the notice asks every month."""
    section(view.t("hazards.duty"))
    rows = queries.query_case_duty(view.source, view.campaign.campaign_id)
    if not rows:
        note(view.t("hazards.duty.none", area=view.area, year=view.filters.year))
        return
    groups = [tuple(group) for _, group in groupby(rows, key=lambda row: row.unit_id)]
    headline(duty_headline(view, groups))
    months = list(dict.fromkeys(row.period for row in rows))
    words = {
        state: Mark(css, mark if view.lang == "zh" else mark.replace("迟", "L"), view.t(f"hazards.duty.{state}"))
        for state, (css, mark) in MARKS.items()
    }
    heads = [duty_head(view, month, rows) for month in months]
    lines = [
        MatrixRow(
            group[0].unit_id,
            view.pick(group[0].short_zh, group[0].name_en),
            tuple(row.state for row in group),
            tuple(f"{words[row.state].words} {day(row.met_at) if row.met_at else ''}".strip() for row in group),
        )
        for group in groups
    ]
    show_matrix(view, heads, lines, words, view.t("hazards.duty"))
    note(view.t("hazards.duty.quote", quote=rows[0].quote) if view.lang == "zh" else view.t("hazards.duty.note"))


def duty_head(view: View, month: str, rows: tuple[DutyMonth, ...]) -> Head:
    """A month's head: how many met it."""
    states = [row.state for row in rows if row.period == month]
    met = sum(state in ("met", "met_late") for state in states)
    return Head(view.t("hazards.month", month=int(month[-2:])), f"{met}/{len(states)}")


def duty_headline(view: View, groups: list[tuple[DutyMonth, ...]]) -> Headline:
    """How many units met every month that is due, and who missed most."""
    missed = {group[0].unit_id: sum(row.state == "missing" for row in group) for group in groups}
    names = {group[0].unit_id: view.pick(group[0].short_zh, group[0].name_en) for group in groups}
    whole = sum(1 for group in groups if all(row.state in ("met", "met_late", "not_due") for row in group))
    worst = max(missed.values(), default=0)
    most = join_names([names[unit] for unit, count in missed.items() if count == worst], view.lang, 4) if worst else ""
    caveat = view.t("hazards.duty.worst", names=most, n=worst) if worst else view.t("headline.stop")
    return Headline(view.t("hazards.duty.headline", n=whole, m=len(groups)), caveat)


def cases(view: View) -> None:
    """The typical cases as the units described them; a search narrows them."""
    section(view.t("hazards.cases"))
    rows = queries.query_case_texts(view.source, view.campaign.campaign_id)
    if not rows:
        note(view.t("hazards.cases.none"))
        return
    asked = st.text_input(
        view.t("hazards.search"),
        key="case_search",
        placeholder=view.t("hazards.search"),
        label_visibility="collapsed",
        max_chars=40,
    )
    found = [row for row in rows if asked.strip().lower() in f"{row.name_zh}{row.name_en}{row.text}".lower()]
    note(view.t("hazards.cases.count", n=len(found), m=len(rows)))
    show(wrap("dl", "".join(case_html(view, row) for row in found[:MAX_CASES]), "atlas-facts"))


def case_html(view: View, row: CaseText) -> str:
    """One unit's cases; the name leads to its District page."""
    name = esc(view.pick(row.name_zh, row.name_en))
    link = f'<a href="{esc(district_href(view, row.unit_id))}" target="_self">{name}</a>'
    return wrap("dt", link) + tag("dd", row.text)


def national(view: View) -> None:
    """The break of definition in the national figures: two figures, never a trend."""
    for found in queries.query_national_breaks(view.source, view.measure.measure_id):
        if view.filters.year < found.base_year:
            continue
        note(
            view.t(
                "hazards.break",
                label=view.pick(found.label_zh, found.label_en),
                base_year=found.base_year,
                base=f"{found.base_raw}{found.unit}",
                year=found.year,
                now=f"{found.raw}{found.unit}",
                reason=view.pick(found.reason_zh, found.reason_en),
            )
        )


def render(view: View) -> None:
    """Key figures, map beside the monthly duty, then units, cases and the table."""
    view = for_measure(view, view.measure.measure_id if view.measure.measure_id in SHOWN else SHOWN[0])
    page_head(view, HEAD)
    if not has_figures(view):
        return
    key_figures(figures(view))
    rows = unit_values(view)
    left, right = st.columns([1.42, 1], gap="large")
    with left:
        found = spread_headline(rows, view.measure, view.lang, per_10k=view.filters.per_10k)
        headline(found)
        value_map(view, rows, found.sentence)
        national(view)
        district_chooser(view)
    with right:
        duty(view)
    below_left, below_right = st.columns([1, 1], gap="large")
    with below_left:
        by_unit(view)
    with below_right:
        cases(view)
    show_table(view, unit_table(view, measure_changes(view)), "hazards")
    note(view.pick(view.measure.definition_zh, view.measure.definition_en))
    caption(view)


if __name__ == "__main__":
    run_page("hazards", render)
