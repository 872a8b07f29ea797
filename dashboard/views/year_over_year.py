"""Year over year, like for like: change by unit on a map, both years side by side, what is compared and what is refused."""

from __future__ import annotations

import streamlit as st

from dashboard import queries
from dashboard.components.change_map import BothYears, both_years, change_map, in_map, is_points
from dashboard.components.change_table import change_table, common_note
from dashboard.components.changes import change_drawing, measure_changes, most_changed, part_count
from dashboard.components.chart import show_drawing
from dashboard.components.count_unit import amount_in, change_amount, change_percent, unit_in, unit_of_change
from dashboard.components.doubt import (
    doubt_words,
    doubted_change,
    doubted_totals,
    doubted_units,
    told_change,
    with_facts,
)
from dashboard.components.faces import face_row
from dashboard.components.guard import has_figures
from dashboard.components.head import page_head
from dashboard.components.mapview import district_chooser
from dashboard.components.of_activity import all_activities_words, own_view
from dashboard.components.page import View, for_totals, run_page
from dashboard.components.pairs import bridge_notes, pair_lists
from dashboard.components.parts import (
    KeyFigure,
    block_note,
    bullet_list,
    caption,
    headline,
    key_figures,
    note,
    order_choice,
    section,
    show_table,
)
from dashboard.components.year_basis import basis_list, ratio_section
from dashboard.components.year_history import history
from dashboard.components.year_maps import year_face, year_maps
from dashboard.components.year_parts import parts_of_change
from dashboard.format import (
    NOTHING,
    compact,
    plain,
    qualified,
    signed_points,
    value_text,
    with_unit,
)
from dashboard.records import Change
from dashboard.sentences import MAX_NAMES, Headline, join_names, short
from dashboard.statements.year_over_year import activity_change_drawing, both_years_drawing
from dashboard.totals import ChangeSet

HEAD = ("area", "year", "base", "measure", "activity", "kind")
MAX_UNITS = 12
FULL_BELOW = 100_000


def figures(view: View, total: Change) -> list[KeyFigure]:
    """The like-for-like total: both values, change, units and grade; beside them all that was reported."""
    shown_figures = []
    for year, value, qualifier in (
        (view.filters.base_year, total.base_value, total.base_qualifier),
        (view.filters.year, total.value, total.qualifier),
    ):
        label = view.t("yoy.figure.base", year=year, unit=unit_in(view, view.measure, year))
        everything = "" if view.filters.activity or view.filters.scope else all_reported(view, year or 0)
        amount = qualified(sum_text(view, value), qualifier, view.lang)
        shown_figures.append(KeyFigure(label, amount, everything, view.measure.hue))
    if is_points(view):
        change, below = signed_points(total.change, view.lang), ""
    else:
        unit = unit_of_change(view, view.measure)
        change, below = change_percent(view, total), with_unit(change_amount(view, total), unit, view.lang)
    if doubted := doubted_change(view, view.measure, total):
        change, below = NOTHING, doubt_words(view, doubted)
    elif count := part_count(view, view.measure, total):
        below = view.t("yoy.figure.change.part", amount=below, k=count.n_used, m=count.n_asked)
    units = f"{total.n_units} / {total.n_units_expected}"
    grade = view.t("yoy.figure.units.note", grade=view.t(f"yoy.grade.{total.grade}"), m=total.n_units_expected)
    return [
        *shown_figures,
        KeyFigure(view.t("yoy.figure.change"), change, below, view.measure.hue),
        KeyFigure(view.t("yoy.figure.units"), units, grade, "neutral", common_note(view, ChangeSet((), total))),
    ]


def all_reported(view: View, year: int) -> str:
    """The year's total over everything that was reported, comparable or not."""
    total = queries.query_totals(view.source, f"{view.filters.jurisdiction}-{year}").get(view.measure.measure_id)
    if total is None or total.value is None:
        return ""
    value = amount_in(view, total.value, total.qualifier, year)
    is_doubted = any(row.year == year for row in doubted_totals(view, view.measure))
    return view.t("yoy.figure.all.doubt" if is_doubted else "yoy.figure.all", value=value)


def sum_text(view: View, value: float | None) -> str:
    """One of the two sums; below a hundred thousand in full, as two of them are compared by eye."""
    if value is None or is_points(view) or value >= FULL_BELOW:
        return value_text(value, view.measure.unit_zh, view.lang)
    return plain(value, 0)


def side_by_side(view: View, changes: ChangeSet, years: BothYears) -> None:
    """Each unit's two values on one line; administrative order unless chosen otherwise."""
    place, rows = st.container(), list(changes.comparable)
    if order_choice(view, "dumbbells", "yoy.order"):
        rows.sort(key=lambda row: (in_map(view, row) is None, -(in_map(view, row) or 0.0)))
    drawing = both_years_drawing(view, changes, years, rows)
    with place:
        headline(drawing.found)
    show_drawing(view, drawing)
    block_note(view)


def by_unit(view: View, changes: ChangeSet) -> None:
    """Which units the total's change comes from."""
    rows = most_changed(changes, MAX_UNITS)
    if len(rows) < 2:
        return
    section(view.t("yoy.by_unit"))
    sentence = with_facts(
        view, unit_headline(view, changes, len(rows)), doubted_change(view, view.measure, changes.total)
    )
    headline(sentence)
    show_drawing(view, change_drawing(view, rows, sentence, doubted_units(view, changes), key="by_unit"))
    block_note(view)


def unit_headline(view: View, changes: ChangeSet, n_shown: int) -> Headline:
    """What rises and falls add up to, and the largest rises; shares have no sum. Nobody is named for a fall."""
    up = sorted((row for row in changes.comparable if (row.change or 0) > 0), key=lambda row: -(row.change or 0))
    down = [row for row in changes.comparable if (row.change or 0) < 0]
    if is_points(view):
        finding = view.t("headline.rise_fall", rise=len(up), fall=len(down))
    else:
        sums = (compact(abs(sum(row.change or 0 for row in rows)), view.lang) for rows in (up, down))
        finding = view.t("yoy.by_unit.sums", rise=len(up), fall=len(down), up=next(sums), down=next(sums))
    names = join_names([f"{short(row, view.lang)} {change_words(view, row)}" for row in up[:MAX_NAMES]], view.lang)
    caveat = view.t("yoy.by_unit.most", names=names) if up else ""
    return Headline(finding, caveat + view.t("yoy.by_unit.caveat", n=n_shown))


def change_words(view: View, row: Change) -> str:
    """A unit's change as an amount."""
    return signed_points(row.change, view.lang) if is_points(view) else change_amount(view, row)


def by_activity(view: View, changes: ChangeSet) -> None:
    """Which activities the total's change comes from."""
    drawing = activity_change_drawing(view, changes)
    if drawing is None:
        return
    section(view.t("yoy.by_activity"))
    headline(drawing.found)
    show_drawing(view, drawing)
    block_note(view)


def render(view: View) -> None:
    """Key figures; map and both years; where the change comes from; what is compared and what is refused; the table."""
    page_head(for_totals(view), HEAD)
    instead = all_activities_words(view, view.measure)
    view = for_totals(own_view(view, view.measure.measure_id))
    if not has_figures(view):
        return
    if instead:
        note(instead)
    if face_row(view, year_face(view), with_groups=False) == "years":
        year_maps(view)
        caption(view)
        return
    if view.filters.base_year is None:
        alone = not view.choices.bases(view.filters.jurisdiction, view.filters.year)
        st.info(view.t("yoy.one_year" if alone else "yoy.no_base", area=view.area, year=view.filters.year))
        history(view)
        ratio_section(view)
        caption(view)
        return
    changes, years = measure_changes(view), both_years(view)
    if changes.comparable:
        compared(view, changes, years)
    else:
        headline(refused_headline(view))
        refusal_list(view, changes)
        bridge_notes(view)
        left, right = st.columns([1, 1.2], gap="large")
        with left:
            history(view)
            parts_of_change(view, changes)
        with right:
            what_is_compared(view, changes)
    section(view.t("yoy.table"))
    show_table(view, change_table(view, changes, years), "yoy")
    if common := common_note(view, changes):
        note(view.t("yoy.common_note", note=common))
    caption(view)


def what_is_compared(view: View, changes: ChangeSet) -> None:
    """The basis in words, the pairs of indicators, and the ratios that survive a new form."""
    basis_list(view, changes)
    pair_lists(view)
    ratio_section(view)


def refused_headline(view: View) -> Headline:
    """That nothing is compared; the reasons stand below."""
    finding = view.t("yoy.refused", label=view.measure_label, base=view.filters.base_year)
    return Headline(finding, view.t("headline.stop"))


def refusal_list(view: View, changes: ChangeSet) -> None:
    """Every reason for it, one a line."""
    reasons = common_note(view, changes).split(view.t("reason.glue").strip())
    bullet_list([text for reason in reasons if (text := reason.strip())] or [view.t("yoy.missing.pairs")])


def compared(view: View, changes: ChangeSet, years: BothYears) -> None:
    """All that there is to show where units can be compared."""
    if changes.total is not None and changes.total.change is not None:
        key_figures(figures(view, changes.total))
    left, right = st.columns([1.42, 1], gap="large")
    with left:
        found = told_change(view, changes)
        headline(found)
        change_map(view, changes, years, found.sentence, change_table(view, changes, years))
        bridge_notes(view)
        district_chooser(view)
        by_activity(view, changes)
        history(view)
    with right:
        side_by_side(view, changes, years)
    below_left, below_right = st.columns([1, 1.42], gap="large")
    with below_left:
        parts_of_change(view, changes)
        by_unit(view, changes)
    with below_right:
        what_is_compared(view, changes)


if __name__ == "__main__":
    run_page("year_over_year", render)
