"""The table of files, and what can be decided about a file: whose it is, for which campaign, whether it counts."""

from __future__ import annotations

import streamlit as st

from dashboard.components.desk_frame import DeskView
from dashboard.components.desk_upload import read_again
from dashboard.components.parts import note, section
from dashboard.desk import queries
from dashboard.desk.loader import decide
from dashboard.desk.records import DeskFile
from dashboard.desk.staging import unstage
from dashboard.format import day
from dashboard.queries import query_campaigns
from dashboard.release import Database

WHOLE_FILE = "*"


def file_table(view: DeskView, source: Database) -> DeskFile | None:
    """The files of the scope; the one that was clicked, or the first that needs a look."""
    section(view.t("desk.files"))
    scopes = {queries.STAGED: view.t("desk.scope.staged")} if view.candidate else {}
    scopes |= {c.campaign_id: view.campaign_name(c) for c in query_campaigns(source) if c.has_data}
    if not scopes:
        note(view.t("desk.none"))
        return None
    options, kept = list(scopes), str(st.session_state.get("desk_scope_kept", ""))
    scope = st.selectbox(
        view.t("desk.scope"), options, index=options.index(kept) if kept in scopes else 0, width=260,
        format_func=lambda s: scopes[s], key=f"desk_scope_{source.release_id}", label_visibility="collapsed",
    )  # fmt: skip
    st.session_state["desk_scope_kept"] = scope
    files = queries.query_files(source, scope)
    if not files:
        note(view.t("desk.none"))
        return None
    campaigns = {c.campaign_id: view.campaign_name(c) for c in query_campaigns(source)}
    event = st.dataframe(
        [file_row(view, file, campaigns) for file in files], hide_index=True, on_select="rerun", selection_mode="single-row",
        key=f"desk_files_{scope}_{source.release_id}", height=min(420, 36 * (len(files) + 1) + 2),
    )  # fmt: skip
    rows = event["selection"]["rows"]
    note(view.t("desk.pick_file"))
    return files[rows[0]] if rows and rows[0] < len(files) else files[0]


def file_row(view: DeskView, file: DeskFile, campaigns: dict[str, str]) -> dict[str, object]:
    """One row of the table of files."""
    if file.unit_id or not file.n_units:
        unit = view.pick(file.unit_zh, file.unit_en) or "—"
    else:
        unit = view.t("desk.n_units", n=file.n_units)
    return {
        view.t("desk.col.file"): file.source_name.removeprefix(f"{queries.STAGED}/"),
        view.t("desk.col.what"): relation(view, file),
        view.t("desk.col.campaign"): campaigns.get(file.campaign_id or "", "—"),
        view.t("desk.col.unit"): unit,
        view.t("desk.col.read"): f"{file.n_read}/{file.n_blanks}" if file.n_blanks else "—",
        view.t("level.error"): file.n_errors,
        view.t("level.warning"): file.n_warnings,
        view.t("level.note"): file.n_notes,
        view.t("desk.col.report_date"): day(file.report_date),
        view.t("desk.col.said"): view.said(file),
    }


def relation(view: DeskView, file: DeskFile) -> str:
    """New, corrects, duplicate, replaced, sent back or refused."""
    if file.is_rejected:
        return view.t("desk.what.rejected")
    if file.status == "refused":
        return view.t("desk.what.refused")
    if file.status == "superseded":
        return view.t("desk.what.superseded")
    if not file.source_name.startswith(f"{queries.STAGED}/") and any(
        n.startswith(queries.STAGED) for n in file.also_named
    ):
        return view.t("desk.what.duplicate")
    return view.t("desk.what.corrects") if file.replaces else view.t("desk.what.new")


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


def take(view: DeskView, file: DeskFile, item: dict[str, object]) -> None:
    """Take a decision about the file down and read again; without a name of the desk it is not taken."""
    by = str(st.session_state.get("desk_by") or "").strip()
    if not by:
        st.error(view.t("desk.by.missing"))
        return
    about = {
        "decided_by": by, "source_sha256": file.source_sha256, "source_name": file.source_name, "part": file.part,
        "form_id": file.form_id or "",
    }  # fmt: skip
    ended = decide(view.desk, [{**about, **item}])
    if not ended.is_done:
        st.error(ended.words_in(view.lang))
        return
    read_again(view)
