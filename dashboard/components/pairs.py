"""What a comparison rests on: pairs of indicators used and refused, blanks without a partner, boundary changes."""

from __future__ import annotations

import streamlit as st

from dashboard import queries
from dashboard.components.doubt import WEIGHTY, doubtful_values
from dashboard.components.form_basis import assumed_years
from dashboard.components.markup import show as show_html
from dashboard.components.markup import tag, wrap
from dashboard.components.page import View
from dashboard.components.parts import headline, note, section, show_table
from dashboard.components.value_cells import marked_cell
from dashboard.filters import change_params
from dashboard.format import NOTHING, qualified, signed_percent
from dashboard.queries.comparison import query_group_pairs
from dashboard.records import IndicatorPair, Partnerless, UsedPair
from dashboard.records.changes import GroupPair
from dashboard.records.quality import DoubtfulValue
from dashboard.sentences import Headline
from dashboard.tables import Cell, Column, Table


def bridge_notes(view: View) -> None:
    """Boundary changes between the two years, in a sentence each."""
    if view.filters.base_year is None:
        return
    rows = queries.query_bridges(view.source, view.filters.jurisdiction, view.filters.year, view.filters.base_year)
    for row in rows:
        note(view.pick(row.reason_zh, row.reason_en) + view.t("headline.stop"))


def pair_lists(view: View) -> None:
    """Pairs behind the measure with their sums; other pairs, refused pairs and blanks without a partner folded away."""
    base, now = view.base_campaign, view.campaign
    if base is None or base.form_id is None or now.form_id is None:
        return
    section(view.t("yoy.pairs"))
    used = queries.query_used_pairs(view.source, change_params(view.filters))
    if used:
        headline(Headline(view.t("yoy.used", n=len(used), label=view.measure_label), view.t("yoy.used.caveat")))
        show_table(view, used_table(view, used), "used")
    elif view.measure.kind != "coverage":
        headline(Headline(view.t("yoy.used.none", label=view.measure_label), view.t("headline.stop")))
    if base.form_id == now.form_id:
        years = assumed_years(view)
        note(view.t("yoy.pairs.same.assumed", years=years) if years else view.t("yoy.pairs.same"))
        return
    declared = queries.query_pairs(view.source, base.form_id, now.form_id)
    if not declared:
        note(view.t("basis.unstated"))
        return
    for pair in declared:
        if pair.pair_no == 0 and view.measure.kind == "coverage":
            note(view.pick(pair.reason_zh, pair.reason_en) + view.t("headline.stop"))
    folded(view, [pair for pair in declared if pair.pair_no > 0 and not pair.is_group], used)
    grouped(view, query_group_pairs(view.source, view.filters, base.form_id, now.form_id))
    without_partner(view, queries.query_partnerless(view.source, base.form_id, now.form_id))


def folded(view: View, pairs: list[IndicatorPair], used: tuple[UsedPair, ...]) -> None:
    """Comparable pairs of other measures, and refused ones with their reasons."""
    known = {(pair.base_zh, pair.now_zh) for pair in used}
    other = [p for p in pairs if p.grade != "refuse" and (p.base_zh, p.now_zh) not in known]
    refused = [p for p in pairs if p.grade == "refuse"]
    for key, rows in (("yoy.pairs.other", other), ("yoy.pairs.refused", refused)):
        if rows:
            with st.expander(view.t(key, n=len(rows))):
                show_table(view, pair_table(view, rows), key.rsplit(".", 1)[-1])


def grouped(view: View, groups: tuple[GroupPair, ...]) -> None:
    """Indicators that compare only together, with their sums and why; no total holds them."""
    if groups:
        with st.expander(view.t("yoy.pairs.group", n=len(groups))):
            note(view.t("yoy.pairs.group.note"))
            show_table(view, group_table(view, groups), "group")


def without_partner(view: View, alone: tuple[Partnerless, ...]) -> None:
    """Blanks that vanished and blanks that are new."""
    if not alone:
        return
    with st.expander(view.t("yoy.pairs.alone", n=len(alone))):
        for is_new, key in ((False, "yoy.pairs.vanished"), (True, "yoy.pairs.new")):
            names = [view.pick(row.label_zh, row.label_en) for row in alone if row.is_new == is_new]
            if names:
                items = "".join(tag("li", name) for name in names)
                show_html(tag("p", view.t(key, n=len(names)), "atlas-note") + wrap("ul", items, "atlas-list"))


def used_table(view: View, pairs: tuple[UsedPair, ...]) -> Table:
    """The pairs that make up the measure, with the sums of the units that filled both; the same form's names stand once."""
    tiny_base = queries.query_tiny_base(view.source)
    doubts = [row for row in doubtful_values(view, view.measure) if row.is_compared]
    columns = sum_columns(view)
    rows = [sum_cells(view, pair, tiny_base, is_doubted=is_doubted(view, pair, doubts)) for pair in pairs]
    if all(row[0] == row[1] for row in rows):
        columns = (Column(view.t("district.indicator")), *columns[2:])
        rows = [row[1:] for row in rows]
    return Table(view.t("yoy.pairs"), columns, tuple(rows))


def is_doubted(view: View, pair: UsedPair, doubts: list[DoubtfulValue]) -> bool:
    """Whether a doubtful value moves one of the pair's two sums by more than a twentieth."""
    sides = {
        view.filters.base_year: (pair.base_indicator_ids, pair.base_value),
        view.filters.year: (pair.indicator_ids, pair.value),
    }
    return any(
        row.indicator_id in blanks and row.off > WEIGHTY * total
        for row in doubts
        for blanks, total in (sides[row.year],)
    )


def group_table(view: View, groups: tuple[GroupPair, ...]) -> Table:
    """The groups with the sums of the units that filled all of each, and the reason they compare only together."""
    tiny_base = queries.query_tiny_base(view.source)
    rows = []
    for group in groups:
        reason = view.pick(group.reason_zh, group.reason_en)
        rows.append((*sum_cells(view, group, tiny_base), Cell(reason, reason)))
    columns = (*sum_columns(view), Column(view.t("yoy.pairs.reason")))
    return Table(view.t("yoy.pairs"), columns, tuple(rows))


def sum_columns(view: View) -> tuple[Column, ...]:
    """Indicators of both years, their sums, the change, how many units, the grade."""
    return (
        Column(view.t("yoy.pairs.base")),
        Column(view.t("yoy.pairs.now")),
        Column(str(view.filters.base_year), is_number=True),
        Column(str(view.filters.year), is_number=True),
        Column(view.t("table.pct"), "%", is_number=True),
        Column(view.t("yoy.used.units"), is_number=True),
        Column(view.t("yoy.pairs.grade")),
    )


def sum_cells(
    view: View, pair: UsedPair | GroupPair, tiny_base: float, *, is_doubted: bool = False
) -> tuple[Cell, ...]:
    """The cells of `sum_columns`; no percentage from a tiny base, nor from a figure in doubt."""
    pct = None
    if not is_doubted and pair.value is not None and pair.base_value and pair.base_value >= tiny_base:
        pct = 100 * (pair.value - pair.base_value) / pair.base_value
    names = (view.pick(pair.base_zh or "", pair.base_en or ""), view.pick(pair.now_zh or "", pair.now_en or ""))
    grade = view.t(f"yoy.grade.{pair.grade}")
    sides = ((pair.base_value, pair.base_qualifier), (pair.value, pair.qualifier))
    if pct is not None and pair.n_units == 1 and {side[1] for side in sides} != {"exact"}:
        shown = qualified(signed_percent(pct), "approx", view.lang)
    else:
        shown = signed_percent(pct) if pct is not None else view.t("doubt.mark") if is_doubted else NOTHING
    return (
        *(Cell(name, name) for name in names),
        *(marked_cell(view, value, qualifier) for value, qualifier in sides),
        Cell(pct, shown),
        Cell(pair.n_units, str(pair.n_units)), Cell(grade, grade),
    )  # fmt: skip


def pair_table(view: View, pairs: list[IndicatorPair]) -> Table:
    """Base indicators, later indicators, grade, reason; a break is marked."""
    columns = tuple(Column(view.t(f"yoy.pairs.{name}")) for name in ("base", "now", "grade", "reason"))
    rows = []
    for pair in pairs:
        grade = view.t(f"yoy.grade.{pair.grade}") + (" ⚡" if pair.is_break else "")
        texts = (view.pick(pair.base_zh or "", pair.base_en or ""), view.pick(pair.now_zh or "", pair.now_en or ""),
                 grade, view.pick(pair.reason_zh, pair.reason_en))  # fmt: skip
        rows.append(tuple(Cell(text, text) for text in texts))
    return Table(view.t("yoy.pairs"), columns, tuple(rows))
