"""Reporting: what was due, what came and when, who is missing; for a campaign without a table the product itself."""

from __future__ import annotations

import streamlit as st

from dashboard.components.chart import show_drawing
from dashboard.components.due_calendar import show_calendar
from dashboard.components.duty_matrix import own_duties, show_duty_matrix
from dashboard.components.faces import face_row
from dashboard.components.head import page_head
from dashboard.components.mapview import show_map
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
from dashboard.statements.arrivals import ALL, arrivals_drawing, duty_names
from dashboard.statements.duties import Duties, duties_in
from dashboard.statements.duty_map import CLASSES, legend, map_units, standing_table, standing_view
from dashboard.statements.duty_tables import rate_table, state_table
from dashboard.statements.reporting import (
    calendar_headline,
    figures,
    missing_headline,
    rule_words,
    standing_headline,
    whole_headline,
)

HEAD = ("area", "year", "kind", "as_of")


def arrivals(duties: Duties) -> None:
    """Arrivals by day against what was due, of all reports or one duty."""
    view, names = duties.view, duty_names(duties)
    place = st.container()
    chosen = st.selectbox(
        view.t("reporting.arrivals.choose"), list(names), key="arrivals_duty", format_func=lambda d: names.get(d, d),
        label_visibility="collapsed",
    )  # fmt: skip
    drawing = arrivals_drawing(duties, chosen if chosen in names else ALL)
    with place:
        headline(drawing.found)
    if drawing.table is None or not drawing.table.rows:
        note(view.t("reporting.arrivals.none"))
        return
    show_drawing(view, drawing)
    block_note(view)


def duty_map(duties: Duties) -> None:
    """How each unit stands with what was due, by district."""
    view = duties.view
    units, found = list(map_units(duties)), standing_headline(view, duties.due_units)
    headline(found)
    show_map(
        standing_view(view), units, CLASSES, legend(view, units, duties.due_units), found.sentence, "map_duty", standing_table(duties),
        view.t("chart.map"),
    )  # fmt: skip


def render(view: View) -> None:
    """Rates above; matrix and who is missing; calendar and arrivals; the duties with the words of the notice."""
    duties = duties_in(view)
    own, dues, rows, units = duties.view, duties.dues, duties.rows, duties.units
    page_head(own, HEAD)
    if own.cut_words:
        st.info(own.cut_words)
    if not dues:
        st.info(own.t("reporting.no_duties", area=own.area, year=own.filters.year))
        return
    if not rows:
        st.info(
            own.t("reporting.no_submissions", area=own.area, year=own.filters.year, m=own.campaign.n_units_expected)
        )
        section(own.t("reporting.calendar"))
        show_calendar(own, dues)
        note(own.t("caption.dates"))
        return
    key_figures(figures(own, dict(duties.rates), rows, dues))
    left, right = st.columns([1.75, 1], gap="large")
    with left:
        headline(whole_headline(own, units))
        show_duty_matrix(own, duties.groups, units, own.t("reporting.matrix"))
        if over := sum(row.is_over_limit for row in rows):
            note(own.t("reporting.over_note", n=over))
        block_note(own)
        download_buttons(own, state_table(duties), "duties")
    with right:
        headline(missing_headline(own, duties.owing, len(units)))
        show_missing(own, duties.owing, {(d.duty_id, d.due_no): d for d in dues})
        own_duties(own, dues, rows)
    face_row(own, (), with_groups=False)
    below_left, below_right = st.columns([1.4, 1], gap="large")
    with below_left:
        duty_map(duties)
    with below_right:
        headline(calendar_headline(own, dues))
        show_calendar(own, dues)
        arrivals(duties)
    section(own.t("reporting.by_duty"))
    show_table(own, rate_table(duties), "rates")
    note(rule_words(own))
    note(own.t("caption.dates"))
    caption(own)


if __name__ == "__main__":
    run_page("reporting", render)
