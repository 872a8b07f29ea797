"""Sending a file back: in one click or with a reason, and, where its campaign isn't known, for which one it was sent."""

from __future__ import annotations

import streamlit as st

from dashboard.components.desk_frame import DeskView
from dashboard.components.desk_take import Item
from dashboard.desk import queries
from dashboard.desk.names import without_folders
from dashboard.desk.records import DeskFile, FileFinding
from dashboard.queries import query_campaigns
from dashboard.release import Database


def reject_button(
    view: DeskView, source: Database, file: DeskFile, finding: FileFinding, *, is_quoting: bool
) -> tuple[Item, ...]:
    """The decisions to send the file back for a reason that a letter may quote; none before the click."""
    meant = meant_campaign(view, source, file)
    names = {c.campaign_id: view.campaign_name(c) for c in query_campaigns(source)} if meant else {}
    words = view.t("desk.reject.now.for", campaign=names[meant]) if meant in names else view.t("desk.reject.now")
    if not st.button(words, key=f"desk_reject_now_{file.submission_id}"):
        return ()
    title = view.pick(finding.title_zh, finding.title_en)
    is_theirs = is_quoting and bool(finding.found)
    reason = view.t("desk.reject.why", title=title, found=without_folders(finding.found)) if is_theirs else title
    return rejecting(view, source, file, reason)


def rejecting(view: DeskView, source: Database, file: DeskFile, reason: str) -> tuple[Item, ...]:
    """The decision to send the file back, after the one that says for which campaign it came, where only the clerk can say so.

    Its unit is then told that its file can't be used, and not that nothing came.
    """
    back: Item = {"kind": "reject", "reason": reason}
    meant = meant_campaign(view, source, file)
    return ({"kind": "campaign", "value": meant, "reason": view.t("desk.reason.assigned")}, back) if meant else (back,)


def meant_campaign(view: DeskView, source: Database, file: DeskFile) -> str | None:
    """The campaign for which a file of no known one is sent back: what the clerk chose, at first the likely one."""
    return None if file.campaign_id else st.session_state.get(_key(view, file), likely_campaign(source, file))


def ask_campaign(view: DeskView, source: Database, file: DeskFile) -> None:
    """Of which campaign a file of no known one is to be sent back; at first that of most files it came with."""
    if file.campaign_id or file.is_rejected:
        return
    names = {
        c.campaign_id: view.campaign_name(c) for c in query_campaigns(source) if c.form_id and c.basis != "published"
    }
    likely = likely_campaign(source, file)
    st.selectbox(
        view.t("desk.reject.campaign"), list(names), index=list(names).index(likely) if likely in names else None,
        format_func=lambda c: names[c], key=_key(view, file), placeholder=view.t("desk.choose"),
        help=view.t("desk.reject.campaign.help"),
    )  # fmt: skip


def likely_campaign(source: Database, file: DeskFile) -> str | None:
    """The campaign of most files that came with it; None where it came alone."""
    beside = queries.query_neighbours(source, file.submission_id)
    return beside[0].campaign_id if beside else None


def _key(view: DeskView, file: DeskFile) -> str:
    return f"desk_reject_campaign_{file.submission_id}_{view.lang}"
