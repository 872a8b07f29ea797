"""Reporting: what was due, what came and when, who is missing; for a campaign without a table the product itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import streamlit as st

from dashboard.charts.arrivals import ArrivalWords, Step, cumulate, draw_arrivals, span_of, tick_days
from dashboard.components.chart import show_chart
from dashboard.components.chart_table import matrix_table
from dashboard.components.due_calendar import show_calendar
from dashboard.components.duty_matrix import own_duties, show_duty_matrix, state_words
from dashboard.components.head import page_head
from dashboard.components.page import View, run_page
from dashboard.components.parts import (
    block_note,
    caption,
    download_buttons,
    headline,
    key_figures,
    note,
    section,
    show_table,
)
from dashboard.components.reminder import show_missing
from dashboard.components.reporting_view import ReportingView, reporting_view
from dashboard.components.unit_choice import unit_choice
from dashboard.format import percent
from dashboard.queries.reporting import query_clock, query_dues, query_rates, query_states
from dashboard.records.reporting import NO_RATE, DueDate, DutyRate, DutyState
from dashboard.reporting import arrivals_of, by_unit, duties_of, next_due
from dashboard.sentences import Headline
from dashboard.statements.reporting import figures, missing_headline, whole_headline
from dashboard.tables import Cell, Column, Table

HEAD = ("area", "year", "kind", "as_of")


def arrivals(view: ReportingView, duties: Sequence[Sequence[DueDate]], rows: Sequence[DutyState]) -> None:
    """Arrivals by day against what was due, of all reports or one duty."""
    names = {"": view.t("reporting.arrivals.all")}
    names |= {d[0].duty_id: view.pick(d[0].label_zh, d[0].label_en) for d in duties if d[0].owed_by == "units"}
    place = st.container()
    chosen = st.selectbox(
        view.t("reporting.arrivals.choose"), list(names), key="arrivals_duty", format_func=lambda d: names.get(d, d),
        label_visibility="collapsed",
    )  # fmt: skip
    found = arrivals_of(rows, chosen if chosen in names else "", view.moment)
    due, received = cumulate(found.due), cumulate(found.came)
    with place:
        early = len(found.came) - found.n_due_came
        caveat = view.t("reporting.arrivals.early", n=early) if early else ""
        caveat += view.t("reporting.arrivals.caveat", m=len(found.due))
        what = names.get(chosen, "")
        told = Headline(view.t("reporting.arrivals.headline", what=what, n=found.n_due_came, m=found.n_due), caveat)
        headline(told)
    if not found.due:
        note(view.t("reporting.arrivals.none"))
        return
    first, last = span_of(due, received)
    ticks = {
        day: view.month_words(f"{day:%Y-%m}") if day.day == 1 else f"{day.month}/{day.day}"
        for day in tick_days(first, last)
    }
    words = ArrivalWords(
        view.t("reporting.arrivals.due", n=len(found.due)), view.t("reporting.arrivals.received", n=len(found.came)),
        view.as_of_words, ticks,
    )  # fmt: skip
    figure = draw_arrivals(due, received, words, view.moment.date())
    table = arrivals_table(view, due, received)
    show_chart(view, figure, "arrivals", view.t("reporting.arrivals"), told.sentence, of_measure=False, table=table)
    block_note(view)


def arrivals_table(view: ReportingView, due: Sequence[Step], received: Sequence[Step]) -> Table:
    """One row per day on which something was due or came: how many by its end."""
    columns = (
        Column(view.t("table.day"), is_short=True),
        Column(view.t("table.due"), is_number=True),
        Column(view.t("table.received"), is_number=True),
    )
    days = sorted({step.day for step in (*due, *received)})

    def by(day: date, steps: Sequence[Step]) -> float:
        return float(max((s.count for s in steps if s.day <= day), default=0))

    rows = ((day.isoformat(), (by(day, due), by(day, received))) for day in days)
    return matrix_table(view.t("reporting.arrivals"), columns, rows)


def rate_table(view: ReportingView, duties: Sequence[Sequence[DueDate]], rates: dict[str, DutyRate]) -> Table:
    """One row per duty: due, received, both rates, states, and the words of the notice."""
    numbers = ("expected", "received", "on_time", "late", "missing", "soft", "no_evidence", "not_due")
    columns = [Column(view.t("reporting.duty"))]
    columns += [Column(view.t("reporting.rate"), "%", is_number=True), Column(view.t("reporting.on_time"), "%", is_number=True)]  # fmt: skip
    columns += [Column(view.t(f"reporting.column.{name}"), is_number=True) for name in numbers]
    columns.append(Column(view.t("reporting.basis")))
    body = []
    for duty in (d for d in duties if d[0].owed_by == "units"):
        first, rate = duty[0], rates.get(duty[0].duty_id, NO_RATE)
        quote = view.t("reporting.quote", quote=first.quote) if first.quote and view.lang == "zh" else ""
        assumed = view.t("reporting.assumed") if first.basis == "assumed" else ""
        basis = view.t("reporting.basis.glue").join(x for x in (quote, view.pick(first.note_zh, first.note_en), assumed) if x)  # fmt: skip
        counts = (getattr(rate, f"n_{name}") for name in numbers)
        label = view.pick(first.label_zh, first.label_en)
        body.append((
            Cell(label, label), Cell(rate.received, percent(rate.received)), Cell(rate.on_time, percent(rate.on_time)),
            *(Cell(n, str(n), is_muted=not n) for n in counts), Cell(basis, basis, is_muted=True),
        ))  # fmt: skip
    return Table(view.t("reporting.by_duty"), tuple(columns), tuple(body))


def state_table(view: ReportingView, duties: Sequence[Sequence[DueDate]], rows: Sequence[DutyState]) -> Table:
    """Every unit's every due date in words, for download."""
    labels = {d[0].duty_id: view.pick(d[0].label_zh, d[0].label_en) for d in duties}
    heads = ("table.unit", "reporting.duty", "reporting.period", "reporting.due", "table.state", "reporting.met_at",
             "reporting.remark")  # fmt: skip
    body = []
    for row in rows:
        met = f"{row.met_at:%Y-%m-%d %H:%M}" if row.met_at else ""
        texts = (view.pick(row.name_zh, row.name_en), labels[row.duty_id], row.period_key, f"{row.due_at:%Y-%m-%d %H:%M}",
                 view.t(f"reporting.state.{row.state}"), met, state_words(view, row))  # fmt: skip
        body.append(tuple(Cell(text, text) for text in texts))
    return Table(view.t("reporting.states"), tuple(Column(view.t(head)) for head in heads), tuple(body))


def render(view: View) -> None:
    """Rates above; matrix and who is missing; calendar and arrivals; the duties with the words of the notice."""
    view = reporting_view(view)
    page_head(view, HEAD)
    campaign, scope = view.campaign.campaign_id, view.filters.scope
    dues = query_dues(view.source, campaign, view.moment, scope)
    rows = query_states(view.source, campaign, view.moment, scope)
    if not dues:
        st.info(view.t("reporting.no_duties", area=view.area, year=view.filters.year))
        return
    if not rows:
        st.info(
            view.t("reporting.no_submissions", area=view.area, year=view.filters.year, m=view.campaign.n_units_expected)
        )
        section(view.t("reporting.calendar"))
        show_calendar(view, dues)
        return
    duties, units = duties_of(dues), by_unit(rows)
    rates = query_rates(view.source, campaign, view.moment, scope)
    key_figures(figures(view, rates, rows, dues))
    left, right = st.columns([1.75, 1], gap="large")
    with left:
        headline(whole_headline(view, units))
        asked = [d for d in duties if d[0].owed_by == "units"]
        show_duty_matrix(view, asked, units, view.t("reporting.matrix"))
        if over := sum(row.is_over_limit for row in rows):
            note(view.t("reporting.over_note", n=over))
        block_note(view)
        download_buttons(view, state_table(view, duties, rows), "duties")
    with right:
        owing = [u for u in units if u.missing]
        headline(missing_headline(view, owing, len(units)))
        show_missing(view, owing, {(d.duty_id, d.due_no): d for d in dues})
        own_duties(view, dues, rows)
    unit_choice(view, with_groups=False)
    below_left, below_right = st.columns([1, 1], gap="large")
    with below_left:
        headline(calendar_headline(view, dues))
        show_calendar(view, dues)
    with below_right:
        arrivals(view, duties, rows)
    section(view.t("reporting.by_duty"))
    show_table(view, rate_table(view, duties, rates), "rates")
    clock = query_clock(view.source)
    day_rule = view.t("reporting.note.inclusive" if clock.is_inclusive else "reporting.note.exclusive")
    off_rule = view.t("reporting.note.moved" if clock.is_moved else "reporting.note.fixed")
    note(view.t("reporting.note", day_rule=day_rule, off_rule=off_rule))
    caption(view)


def calendar_headline(view: ReportingView, dues: Sequence[DueDate]) -> Headline:
    """How many due dates have passed, and the next one."""
    past = sum(d.due_at <= view.moment for d in dues)
    coming = next_due(dues, view.moment)
    caveat = view.t("reporting.calendar.next", what=view.due_words(coming)) if coming else view.t("headline.stop")
    return Headline(view.t("reporting.calendar.headline", n=past, m=len(dues)), caveat)


if __name__ == "__main__":
    run_page("reporting", render)
