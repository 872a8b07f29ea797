"""What a comparison rests on: pairs of indicators used and refused, blanks without a partner, boundary changes."""

from __future__ import annotations

import streamlit as st

from dashboard import queries
from dashboard.components.markup import esc, show, tag, wrap
from dashboard.components.page import View
from dashboard.components.parts import note, section
from dashboard.records import IndicatorPair


def bridge_notes(view: View) -> None:
    """Boundary changes between the two years, in a sentence each."""
    if view.filters.base_year is None:
        return
    rows = queries.query_bridges(view.source, view.filters.jurisdiction, view.filters.year, view.filters.base_year)
    for row in rows:
        note(view.pick(row.reason_zh, row.reason_en) + view.t("headline.stop"))


def pair_lists(view: View) -> None:
    """Two lists: comparable and refused pairs with their reasons; blanks without a partner folded away."""
    base, now = view.base_campaign, view.campaign
    if base is None or base.form_id is None or now.form_id is None:
        return
    section(view.t("yoy.pairs"))
    if base.form_id == now.form_id:
        note(view.t("yoy.pairs.same"))
        return
    pairs = [p for p in queries.query_pairs(view.source, base.form_id, now.form_id) if p.pair_no > 0]
    used = [p for p in pairs if p.grade != "refuse"]
    refused = [p for p in pairs if p.grade == "refuse"]
    show(tag("p", view.t("yoy.pairs.used", n=len(used)), "atlas-headline") + pair_html(view, used))
    with st.expander(view.t("yoy.pairs.refused", n=len(refused))):
        show(pair_html(view, refused))
    alone = queries.query_partnerless(view.source, base.form_id, now.form_id)
    if alone:
        with st.expander(view.t("yoy.pairs.alone", n=len(alone))):
            for is_new, key in ((False, "yoy.pairs.vanished"), (True, "yoy.pairs.new")):
                names = [view.pick(row.label_zh, row.label_en) for row in alone if row.is_new == is_new]
                if names:
                    note(view.t(key, names=("、" if view.lang == "zh" else ", ").join(names)))


def pair_html(view: View, pairs: list[IndicatorPair]) -> str:
    """A table: base indicators, later indicators, grade, reason; a break is marked."""
    head = "".join(tag("th", view.t(f"yoy.pairs.{name}")) for name in ("base", "now", "grade", "reason"))
    rows = []
    for pair in pairs:
        grade = view.t(f"yoy.grade.{pair.grade}") + (" ⚡" if pair.is_break else "")
        cells = (view.pick(pair.base_zh or "", pair.base_en or ""), view.pick(pair.now_zh or "", pair.now_en or ""), grade,
                 view.pick(pair.reason_zh, pair.reason_en))  # fmt: skip
        rows.append(wrap("tr", "".join(tag("td", cell) for cell in cells)))
    table = wrap("table", wrap("thead", wrap("tr", head)) + wrap("tbody", "".join(rows)))
    return f'<div class="atlas-table" tabindex="0" role="region" aria-label="{esc(view.t("yoy.pairs"))}">{table}</div>'
