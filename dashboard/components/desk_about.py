"""One file as a whole: what the checks say about it, whose it is, for which campaign, whether it counts."""

from __future__ import annotations

import streamlit as st

from dashboard.components.desk_frame import DeskView
from dashboard.components.desk_take import take
from dashboard.components.desk_upload import read_again
from dashboard.components.parts import note
from dashboard.desk import queries
from dashboard.desk.records import DeskFile
from dashboard.desk.staging import unstage
from dashboard.queries import query_campaigns
from dashboard.release import Database

WHOLE_FILE = "*"


def file_actions(view: DeskView, source: Database, file: DeskFile) -> None:
    """Assign a unit or a campaign, reject, take off the desk."""
    with st.expander(view.t("desk.about_file"), expanded=file.status == "refused" or not file.n_units):
        campaigns = {c.campaign_id: view.campaign_name(c) for c in query_campaigns(source) if c.form_id}
        left, middle, right = st.columns(3, gap="medium")
        with left:
            assign_campaign(view, file, campaigns)
        with middle:
            assign_unit(view, source, file)
        with right:
            reject(view, file)


def assign_campaign(view: DeskView, file: DeskFile, campaigns: dict[str, str]) -> None:
    """Which campaign the file belongs to."""
    options = list(campaigns)
    index = options.index(file.campaign_id) if file.campaign_id in campaigns else None
    chosen = st.selectbox(
        view.t("desk.assign_campaign"), options, index=index, format_func=lambda c: campaigns[c],
        key=f"desk_campaign_{file.submission_id}", placeholder=view.t("desk.choose"),
    )  # fmt: skip
    if st.button(
        view.t("desk.assign"), key=f"desk_do_campaign_{file.submission_id}", disabled=chosen in (None, file.campaign_id)
    ):
        take(view, file, {"kind": "campaign", "value": chosen, "reason": view.t("desk.reason.assigned")})


def assign_unit(view: DeskView, source: Database, file: DeskFile) -> None:
    """Whose form it is, or whose row a name in the table is."""
    units = {u.unit_id: view.pick(u.name_zh, u.name_en) for u in queries.query_units(source, file.campaign_id or "")}
    names = [n.found for n in queries.query_unknown_names(source, file.submission_id)]
    is_table = file.unit_id is None and file.n_units > 0
    name = WHOLE_FILE
    if is_table:
        if not names:
            note(view.t("desk.all_units_known"))
            return
        name = st.selectbox(view.t("desk.unknown_name"), names, key=f"desk_name_{file.submission_id}")
    chosen = st.selectbox(
        view.t("desk.assign_unit"), list(units), index=None, format_func=lambda u: units[u],
        key=f"desk_unit_{file.submission_id}", placeholder=view.t("desk.choose"),
    )  # fmt: skip
    if st.button(view.t("desk.assign"), key=f"desk_do_unit_{file.submission_id}", disabled=chosen is None):
        take(view, file, {"kind": "unit", "expect": name, "value": chosen, "reason": view.t("desk.reason.assigned")})


def reject(view: DeskView, file: DeskFile) -> None:
    """Send the file back, or take an upload off the desk."""
    reason = st.text_input(view.t("desk.reason"), key=f"desk_reject_reason_{file.submission_id}")
    with st.container(horizontal=True, gap="small"):
        if st.button(view.t("desk.reject"), key=f"desk_reject_{file.submission_id}", disabled=not reason.strip()):
            take(view, file, {"kind": "reject", "reason": reason})
        name = file.source_name.removeprefix(f"{queries.STAGED}/").split("/")[0]
        is_staged = file.source_name.startswith(f"{queries.STAGED}/")
        if is_staged and st.button(view.t("desk.unstage"), key=f"desk_unstage_{file.submission_id}"):
            unstage(view.desk, [name])
            read_again(view)
