"""The table of files: what became of each."""

from __future__ import annotations

import streamlit as st

from dashboard.components.desk_frame import DeskView
from dashboard.components.desk_pick import pick_row
from dashboard.components.parts import note, section
from dashboard.desk import queries
from dashboard.desk.records import DeskFile
from dashboard.format import day
from dashboard.queries import query_campaigns
from dashboard.release import Database

TABLE_PX = 420


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
    names = [(f.source_sha256, f.part) for f in files]
    at = pick_row(
        f"files_{scope}", names, [file_row(view, file, campaigns) for file in files], source.release_id, TABLE_PX
    )
    note(view.t("desk.pick_file"))
    return files[at]


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
