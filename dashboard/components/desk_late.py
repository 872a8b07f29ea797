"""A warning that uploads are counted as received long after they were written, and the day each arrived set right."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

import streamlit as st

from dashboard.components.desk_frame import DeskView, now
from dashboard.components.desk_pick import table_height
from dashboard.components.desk_upload import read_again
from dashboard.desk import queries
from dashboard.desk.late import LateFile, long_after
from dashboard.desk.names import without_folders
from dashboard.desk.staging import change_arrivals
from dashboard.queries import query_campaigns

TABLE_PX, TABLE_WIDTH = 640, 560  # 18 days stand open


def late_box(view: DeskView) -> None:
    """Which uploads, how many days, and another day of arrival for each, or one for all; nothing where none is that late."""
    if view.candidate is None:
        return
    due = {c.campaign_id: c.table_due_on for c in query_campaigns(view.candidate)}
    late = long_after(queries.query_files(view.candidate, queries.STAGED), due)
    if not late:
        return
    # An archive arrived as one: its files share the day.
    uploads: dict[str, datetime.date] = {}
    for one in late:
        name = without_folders(one.file.source_name).split("/")[0]
        if one.file.report_date:
            uploads[name] = max(one.file.report_date, uploads.get(name, one.file.report_date))
    st.warning(late_words(view, late, len(uploads)))
    if len(uploads) == 1:
        ((name, written),) = uploads.items()
        with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
            change_button(view, {name: day_box(view, view.t("desk.late.day"), name, written)})
        return
    # The button stands with the days that it sets: none is set that was not in sight.
    with st.expander(view.t("desk.late.each", n=len(uploads))):
        change_button(view, day_of_each(view, uploads))


def change_button(view: DeskView, days: Mapping[str, datetime.date]) -> None:
    """Set these days and read again."""
    if st.button(view.t("desk.late.change", n=len(days)), key="desk_late_change"):
        clock = now().time()
        change_arrivals(view.desk, {name: datetime.datetime.combine(on, clock) for name, on in days.items()})
        read_again(view)


def day_of_each(view: DeskView, uploads: Mapping[str, datetime.date]) -> dict[str, datetime.date]:
    """A table of the uploads with the day of each, at first the day it was written; or one day for all of them."""
    is_one = st.checkbox(view.t("desk.late.all", n=len(uploads)), key="desk_late_all")
    if is_one:
        day = day_box(view, view.t("desk.late.day"), "", max(uploads.values()))
        return dict.fromkeys(uploads, day)
    name, received = view.t("desk.col.file"), view.t("desk.late.day.short")
    rows: list[dict[str, object]] = st.data_editor(
        [{name: upload, received: written} for upload, written in uploads.items()], hide_index=True, width=TABLE_WIDTH,
        disabled=[name], key=f"desk_late_days_{view.lang}", height=table_height(len(uploads), TABLE_PX),
        column_config={received: st.column_config.DateColumn(max_value=now().date(), required=True)},
    )  # fmt: skip
    days = ((str(row[name]), row[received]) for row in rows)
    return {upload: day for upload, day in days if isinstance(day, datetime.date)}


def day_box(view: DeskView, label: str, name: str, written: datetime.date) -> datetime.date:
    """A day of arrival, at first the day the file was written; never one to come."""
    day = st.date_input(label, written, max_value=now().date(), width=400, key=f"desk_late_{name}_{written}")
    return day if isinstance(day, datetime.date) else written


def late_words(view: DeskView, late: list[LateFile], n_uploads: int) -> str:
    """收到日期比填报日期晚 147 天, of one upload or of the first of several."""
    first = late[0]
    key = "desk.late" if n_uploads == 1 else "desk.late.more"
    return view.t(key, name=without_folders(first.file.source_name), days=first.days, n=n_uploads)
