"""A warning that uploads are counted as received long after they were written, and the day they arrived set right."""

from __future__ import annotations

import datetime

import streamlit as st

from dashboard.components.desk_frame import DeskView, now
from dashboard.components.desk_upload import read_again
from dashboard.desk import queries
from dashboard.desk.late import LateFile, long_after
from dashboard.desk.names import without_folders
from dashboard.desk.staging import change_arrivals
from dashboard.queries import query_campaigns


def late_box(view: DeskView) -> None:
    """Which uploads, how many days, and another day of arrival for them; nothing where none is that late."""
    if view.candidate is None:
        return
    due = {c.campaign_id: c.table_due_on for c in query_campaigns(view.candidate)}
    late = long_after(queries.query_files(view.candidate, queries.STAGED), due)
    if not late:
        return
    st.warning(late_words(view, late))
    written = max(one.file.report_date for one in late if one.file.report_date)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        day = st.date_input(
            view.t("desk.late.day"), written, max_value=now().date(), width=180, key=f"desk_late_{written}"
        )
        if st.button(view.t("desk.late.change", n=len(late)), key="desk_late_change") and isinstance(
            day, datetime.date
        ):
            names = {without_folders(one.file.source_name).split("/")[0] for one in late}
            change_arrivals(view.desk, names, datetime.datetime.combine(day, now().time()))
            read_again(view)


def late_words(view: DeskView, late: list[LateFile]) -> str:
    """收到日期比填报日期晚 147 天, of one file or of the first of several."""
    first = late[0]
    key = "desk.late" if len(late) == 1 else "desk.late.more"
    return view.t(key, name=without_folders(first.file.source_name), days=first.days, n=len(late))
