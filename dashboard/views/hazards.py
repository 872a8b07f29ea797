"""Hazards: problems exposed, typical cases, public reports, warning education, and the monthly-case duty."""

from __future__ import annotations

from typing import Final

import streamlit as st

from dashboard import queries
from dashboard.components.bivariate import paired_map, paired_measures
from dashboard.components.case_duty import duty_months, show_duty
from dashboard.components.cases import show_cases
from dashboard.components.changes import measure_changes
from dashboard.components.chart import show_drawing
from dashboard.components.class_choice import class_choice
from dashboard.components.doubt import doubted_units, told_spread
from dashboard.components.faces import OWN, face_row
from dashboard.components.form_basis import not_asked_words
from dashboard.components.guard import has_figures
from dashboard.components.head import page_head
from dashboard.components.mapview import district_chooser, unit_values, value_map
from dashboard.components.page import View, for_all_activities, for_measure, run_page
from dashboard.components.pairs import bridge_notes
from dashboard.components.parts import (
    block_note,
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
from dashboard.format import compact, qualified
from dashboard.records import DutyMonth, UnitValue
from dashboard.statements.hazards import (
    SHOWN,
    figures,
    partner_of,
    relation_drawing,
    unit_drawing,
    unit_headline,
)
from dashboard.statements.one_unit import standing_drawing, standing_of

HEAD = ("area", "year", "base", "measure", "kind", "per10k")


def by_unit(view: View, rows: tuple[UnitValue, ...]) -> None:
    """The measure by unit, in administrative order unless chosen otherwise; a single one among the others."""
    if one := standing_of(view):
        if drawing := standing_drawing(view, one):
            headline(drawing.found)
            show_drawing(view, drawing)
        block_note(view)
        return
    found = unit_headline(view, rows)
    headline(found)
    if order_choice(view, "hazard_units"):
        rows = tuple(sorted(rows, key=lambda row: (row.value is None, -(row.value or 0))))
    show_drawing(view, unit_drawing(view, rows))
    block_note(view)


def relation(view: View, rows: tuple[UnitValue, ...]) -> None:
    """The chosen measure against another one."""
    drawing, other = relation_drawing(view, rows), partner_of(view)
    if drawing is None or other is None:
        return
    label = view.pick(other.label_zh, other.label_en)
    section(view.t("hazards.relation", one=view.measure_label, other=label))
    headline(drawing.found)
    show_drawing(view, drawing)
    block_note(view)


def national(view: View) -> None:
    """The break of definition in the national figures: two figures, never a trend."""
    for found in queries.query_national_breaks(view.source, view.measure.measure_id):
        if view.filters.year < found.base_year:
            continue
        then, now = found.base_raw + found.unit, found.raw + found.unit
        if view.lang == "en":
            then = qualified(compact(found.base_value, "en"), found.base_qualifier, "en")
            now = qualified(compact(found.value, "en"), found.qualifier, "en")
        note(
            view.t(
                "hazards.break", label=view.pick(found.label_zh, found.label_en), base_year=found.base_year,
                base=then, year=found.year, now=now,
                reason=view.pick(found.reason_zh, found.reason_en),
            )
        )  # fmt: skip


def is_asked(view: View, rows: tuple[UnitValue, ...]) -> bool:
    """Whether the campaign's form holds the chosen measure: it does before anybody has reported, too."""
    totals = queries.query_totals(view.source, view.campaign.campaign_id)
    return view.measure.measure_id in totals and any(row.state != "not_asked" for row in rows)


def not_asked(view: View, months: tuple[DutyMonth, ...]) -> None:
    """A form without the chosen measure: says so, and shows what else there is."""
    totals = queries.query_totals(view.source, view.campaign.campaign_id)
    if any((total := totals.get(name)) is not None and total.value is not None for name in SHOWN):
        key_figures(figures(view))
    st.info(not_asked_words(view))
    national(view)
    show_duty(view, months)
    texts = queries.query_case_texts(view.source, view.campaign.campaign_id, view.filters.scope)
    if texts:
        show_cases(view, texts)
    caption(view)


def below(view: View, rows: tuple[UnitValue, ...], *, has_bars: bool) -> None:
    """Bars and relation beside the cases; the whole width where there are none."""
    texts = queries.query_case_texts(view.source, view.campaign.campaign_id, view.filters.scope)
    if has_bars and not texts:
        relation(view, rows)
        show_cases(view, texts)
        return
    left, right = st.columns([1, 1], gap="large")
    with left:
        if has_bars:
            relation(view, rows)
        else:
            section(view.t("participation.by_unit"))
            by_unit(view, rows)
    with right:
        show_cases(view, texts)
        if not has_bars:
            relation(view, rows)


TOOLS: Final = {"pair": paired_map, "years": year_maps, "pivot": show_pivot}


def map_and_duty(view: View, rows: tuple[UnitValue, ...], months: tuple[DutyMonth, ...]) -> None:
    """The page's own face: the map beside the monthly duty, or the units where there is none."""
    left, right = st.columns([1.42, 1], gap="large")
    with left:
        found = told_spread(view, rows)
        headline(found)
        value_map(view, rows, found.sentence)
        bridge_notes(view)
        class_choice(view, rows, found)
        national(view)
        district_chooser(view)
    with right:
        if not months:
            by_unit(view, rows)
        show_duty(view, months)


def render(view: View) -> None:
    """Key figures, map beside the monthly duty, then units, cases and the table."""
    view = for_all_activities(view)
    view = for_measure(view, view.measure.measure_id if view.measure.measure_id in SHOWN else SHOWN[0])
    page_head(view, HEAD)
    months = duty_months(view)
    if not has_figures(view):
        if months:
            show_duty(view, months)
            caption(view)
        return
    rows = unit_values(view)
    if not is_asked(view, rows):
        not_asked(view, months)
        return
    key_figures(figures(view))
    face = face_row(view, (*(("pair",) if paired_measures(view) else ()), *year_face(view), "pivot"))
    show_groups(view)
    if face in TOOLS:
        TOOLS[face](view)
    else:
        map_and_duty(view, rows, months)
    below(view, rows, has_bars=face == OWN and not months)
    changes = measure_changes(view)
    section(view.t("hazards.table", label=view.measure_label))
    show_table(view, unit_table(view, changes, doubted_units(view, changes)), "hazards")
    if view.measure.per_capita and (words := population_words(view, rows)):
        note(words)
    note(view.pick(view.measure.definition_zh, view.measure.definition_en))
    caption(view)


if __name__ == "__main__":
    run_page("hazards", render)
