"""Columns of a collected table that match no blank: the clerk says which one each is, the likeliest first."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard.components.desk_frame import DeskView
from dashboard.components.desk_take import Item, take
from dashboard.components.parts import note
from dashboard.desk import queries
from dashboard.desk.records import DeskBlank, DeskFile, FileFinding
from dashboard.release import Database

UNREAD, NO_HEAD = "column_unread", "—"
A_ROW = 3  # columns of the table side by side


def unread_columns(view: DeskView, source: Database, file: DeskFile, findings: Sequence[FileFinding]) -> None:
    """A choice for each column that is not read; nothing where every column is. None counts before it is said."""
    columns = [f for f in findings if f.rule == UNREAD and f.found != NO_HEAD]
    blanks = [b for b in queries.query_blanks(source, file.submission_id) if not b.is_read] if columns else []
    if not blanks or file.is_rejected:
        return
    note(view.t("desk.columns.note", n=len(columns)))
    with st.form(f"desk_columns_{file.submission_id}", border=False):
        meant: dict[str, str | None] = {}
        for first in range(0, len(columns), A_ROW):
            for cell, column in zip(st.columns(A_ROW, gap="small"), columns[first : first + A_ROW], strict=False):
                with cell:
                    meant[column.found] = choose_blank(view, file, column, blanks)
        with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
            reason = st.text_input(view.t("desk.reason"), placeholder=view.t("desk.columns.reason"), width=320)
            done = st.form_submit_button(view.t("desk.columns.assign"), type="primary")
    if done:
        why = reason.strip() or view.t("desk.reason.assigned")
        items = [column_item(file, head, blank, why) for head, blank in meant.items() if blank]
        if items:
            take(view, file, *items)
        else:
            st.error(view.t("desk.columns.none"))


def choose_blank(view: DeskView, file: DeskFile, column: FileFinding, blanks: Sequence[DeskBlank]) -> str | None:
    """The blank chosen for a column; None: nothing said."""
    likely = [p for p in column.proposal.split(" / ") if p]
    ordered = sorted(blanks, key=lambda b: likely.index(b.label_zh) if b.label_zh in likely else len(likely))
    names = {b.indicator_id: f"{b.position}. {view.pick(b.label_zh, b.label_en)}" for b in ordered}
    return st.selectbox(
        view.t("desk.columns.which", head=column.found), list(names), index=None, format_func=lambda i: names[i],
        placeholder=view.t("desk.columns.choose"), key=f"desk_column_{file.submission_id}_{column.found}",
    )  # fmt: skip


def column_item(file: DeskFile, head: str, indicator_id: str, reason: str) -> Item:
    """The decision that the head means the blank in the tables of the file's campaign."""
    return {
        "kind": "column", "expect": head, "indicator_id": indicator_id, "value": file.campaign_id or "", "reason": reason,
    }  # fmt: skip
