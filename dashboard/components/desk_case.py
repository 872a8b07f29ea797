"""A typical case entered by hand: it becomes a case log of one row on the desk and is published like a file."""

from __future__ import annotations

import hashlib
from datetime import date

import streamlit as st

from dashboard.components.desk_frame import DeskView, now
from dashboard.components.desk_take import take_down
from dashboard.components.desk_typed import asked_campaign
from dashboard.components.parts import note
from dashboard.desk import queries
from dashboard.desk.case_log import CaseUnit, ExposedCase, case_file, query_case_units
from dashboard.desk.staging import stage
from dashboard.queries import query_campaigns
from dashboard.release import Database


def case_box(view: DeskView, source: Database) -> None:
    """The folded form; nothing where no campaign asks for a case each month."""
    owing: dict[str, list[CaseUnit]] = {}
    for row in query_case_units(source):
        owing.setdefault(row.campaign_id, []).append(row)
    if not owing:
        return
    with st.expander(view.t("desk.case.title")):
        campaigns = [c for c in query_campaigns(source) if c.campaign_id in owing]
        names, asked = {c.campaign_id: view.campaign_name(c) for c in campaigns}, asked_campaign(campaigns)
        campaign = st.selectbox(
            view.t("desk.col.campaign"), list(names), list(names).index(asked) if asked else 0,
            format_func=lambda c: names[c], key=f"desk_case_campaign_{view.lang}", width=260,
        )  # fmt: skip
        case_form(view, str(campaign), owing[str(campaign)])
        note(view.t("desk.case.note"))


def case_form(view: DeskView, campaign_id: str, units: list[CaseUnit]) -> None:
    """Unit, day, medium, case, and the day it was reported upwards."""
    by_id = {unit.unit_id: unit for unit in units}
    first = date(units[0].year, 1, 1)
    last = max(first, min(date(units[0].year, 12, 31), now().date()))
    with st.form("desk_case", border=False, clear_on_submit=False):
        left, middle, right = st.columns(3)
        unit = left.selectbox(
            view.t("filter.label.unit"), list(by_id), format_func=lambda u: view.pick(by_id[u].name_zh, by_id[u].name_en),
            key=f"desk_case_unit_{campaign_id}_{view.lang}",
        )  # fmt: skip
        shown_on = middle.date_input(
            view.t("desk.case.exposed_on"), None, first, last, key=f"desk_case_day_{campaign_id}"
        )
        sent_on = right.date_input(
            view.t("desk.case.reported_on"), None, first, last, key=f"desk_case_sent_{campaign_id}"
        )
        medium = left.text_input(view.t("desk.case.medium"), max_chars=60, key="desk_case_medium")
        case = middle.text_input(view.t("desk.case.case"), max_chars=200, key="desk_case_words")
        remark = right.text_input(view.t("desk.case.remark"), max_chars=200, key="desk_case_remark")
        if not st.form_submit_button(view.t("desk.case.add"), type="primary"):
            return
    if not isinstance(shown_on, date):
        st.error(view.t("desk.case.no_day"))
        return
    sent = sent_on if isinstance(sent_on, date) else None
    exposed = ExposedCase(by_id[str(unit)].name_zh, shown_on, medium.strip(), case.strip(), sent, remark.strip())
    add_case(view, campaign_id, exposed)


def add_case(view: DeskView, campaign_id: str, exposed: ExposedCase) -> None:
    """The case as a file on the desk, said to be of its campaign; not without the desk's name."""
    if not str(st.session_state.get("desk_by") or "").strip():
        st.error(view.t("desk.by.missing"))
        return
    name, content = case_file(campaign_id, exposed)
    (kept,) = stage(view.desk, [(name, content)], now())
    st.session_state["desk_scope_kept"] = queries.STAGED
    item = {
        "kind": "campaign", "value": campaign_id, "source_sha256": hashlib.sha256(content).hexdigest(),
        "source_name": kept, "part": "", "form_id": "", "reason": view.t("desk.reason.assigned"),
    }  # fmt: skip
    take_down(view, [item])
