"""Columns of a collected table that match no blank: the clerk says which one each is, the likeliest first, or that it is none."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard.components.desk_frame import DeskView
from dashboard.components.desk_remarks import explained_item
from dashboard.components.desk_take import Item, take
from dashboard.components.parts import note
from dashboard.desk import queries
from dashboard.desk.records import DeskBlank, DeskFile, FileFinding
from dashboard.release import Database

UNREAD, NO_HEAD, NONE = "column_unread", "—", "-"
A_ROW = 3  # columns of the table side by side


def unread_columns(view: DeskView, source: Database, file: DeskFile, findings: Sequence[FileFinding]) -> None:
    """A choice for each head that is not read: a blank no other column gives, or none. Nothing counts before it is said."""
    columns = list({f.found: f for f in findings if f.rule == UNREAD}.values())
    if not columns or file.is_rejected:
        return
    blanks = [b for b in queries.query_blanks(source, file.submission_id) if not b.is_read]
    note(view.t("desk.columns.note" if blanks else "desk.columns.full", n=len(columns)))
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
        items = [
            explained_item(c, why, c.found) if blank == NONE else column_item(file, c.found, blank, why)
            for c in columns
            if (blank := meant[c.found])
        ]
        if items:
            take(view, file, *items)
        else:
            st.error(view.t("desk.columns.none"))


def choose_blank(view: DeskView, file: DeskFile, column: FileFinding, blanks: Sequence[DeskBlank]) -> str | None:
    """The blank chosen for a column, NONE for a column of none; None: nothing said. A column without a head can't be told again."""
    likely = [p for p in column.proposal.split(" / ") if p]
    ordered = sorted(blanks, key=lambda b: likely.index(b.label_zh) if b.label_zh in likely else len(likely))
    names = {
        b.indicator_id: f"{b.position}. {view.pick(b.label_zh, b.label_en)}" for b in ordered if column.found != NO_HEAD
    }
    names[NONE] = view.t("desk.columns.aside")
    return st.selectbox(
        view.t("desk.columns.which", head=column.found), list(names), index=None, format_func=lambda i: names[i],
        placeholder=view.t("desk.columns.choose"), key=f"desk_column_{file.submission_id}_{column.found}_{view.lang}",
    )  # fmt: skip


def column_item(file: DeskFile, head: str, indicator_id: str, reason: str) -> Item:
    """The decision that the head means the blank in the tables of the file's campaign."""
    return {
        "kind": "column", "expect": head, "indicator_id": indicator_id, "value": file.campaign_id or "", "reason": reason,
    }  # fmt: skip
