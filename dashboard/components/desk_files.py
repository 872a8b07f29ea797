"""The table of files: what became of each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from dashboard.components.desk_frame import DeskView
from dashboard.components.desk_pick import Name, following, pick_row, preceding
from dashboard.components.desk_typed import asked_campaign
from dashboard.components.parts import note, section
from dashboard.desk import queries
from dashboard.desk.names import without_folders
from dashboard.desk.records import DeskFile
from dashboard.desk.staging import staged_files
from dashboard.format import NOTHING, day
from dashboard.queries import query_campaigns
from dashboard.release import Database

TABLE_PX = 420
UNIT_PX, FILE_PX, COUNT_PX = 130, 230, 64


@dataclass(frozen=True)
class Chosen:
    """The file looked at; `then` is the table and row of the next one that needs a look, `before` of the one to go back to; None: there is none."""

    file: DeskFile
    then: tuple[str, Name] | None
    before: tuple[str, Name] | None
    campaign_id: str | None  # the file's own, else that of most files in the table


def file_table(view: DeskView, source: Database) -> Chosen | None:
    """The files of the scope; the one that was clicked, or the first that needs a look."""
    heading = st.container()  # which files stand below, and so whether they are samples, is chosen below it
    campaigns = {c.campaign_id: view.campaign_name(c) for c in query_campaigns(source)}
    undone = queries.query_files(source, queries.OPEN)
    scope = choose_scope(view, source, len(undone))
    undone_note(view, scope, undone)
    # What was dealt with since the last publishing stays in the list till the next, to be looked through.
    held = [f.source_sha256 for f in queries.query_files(view.served, queries.OPEN)] if view.served else []
    files = queries.query_files(source, scope, held if scope == queries.OPEN else ()) if scope else ()
    with heading:
        section(view.t("desk.files"), view.sample_badge(*(f.is_sample for f in files)))
    if not files:
        note(view.t("desk.none.open" if scope == queries.OPEN else "desk.none"))
        return None
    names: list[Name] = [(f.source_name, f.part) for f in files]
    table = f"files_{scope}"
    rows = [file_row(view, f, campaigns) for f in files]
    picked = pick_row(table, names, rows, source.release_id, TABLE_PX, widths(view))
    doubtful = [needs_look(f) for f in files]
    note(view.t("desk.pick_file", n=len(files), doubtful=sum(doubtful)) + unpacked_words(view, scope, files))
    at, other = picked.at, following(names, picked, doubtful)
    most = Counter(f.campaign_id for f in files if f.campaign_id).most_common(1)
    campaign_id = files[at].campaign_id or (most[0][0] if most else None)
    back = preceding(table, names, at, doubtful)
    return Chosen(files[at], (table, other) if other else None, (table, back) if back else None, campaign_id)


def widths(view: DeskView) -> dict[str, int]:
    """Room for names of files and units, little for counts: what was found has the rest."""
    counts = {view.t(f"level.{level}"): COUNT_PX for level in ("error", "warning", "note")}
    return {view.t("desk.col.file"): FILE_PX, view.t("desk.col.unit"): UNIT_PX, **counts}


def choose_scope(view: DeskView, source: Database, n_undone: int) -> str | None:
    """This upload, what nobody has dealt with, or a campaign; None where there is none of these."""
    campaigns = [c for c in query_campaigns(source) if c.form_id or c.has_data]
    asked, kept = asked_campaign(campaigns), str(st.session_state.get("desk_scope_kept", ""))
    scopes = {queries.STAGED: view.t("desk.scope.staged")} if staged_files(view.desk) else {}
    if n_undone or kept == queries.OPEN:
        scopes[queries.OPEN] = view.t("desk.scope.open", n=n_undone)
    scopes |= {c.campaign_id: view.campaign_name(c) for c in campaigns if c.has_data or c.campaign_id == asked}
    options = list(scopes)
    if not options:
        return None
    if kept not in scopes and queries.STAGED not in scopes:
        kept = queries.OPEN if n_undone else asked or ""
    scope = st.selectbox(
        view.t("desk.scope"), options, index=options.index(kept) if kept in scopes else 0, width=260,
        format_func=lambda s: scopes[s], key=f"desk_scope_{source.release_id}_{st.session_state.get('desk_scope_no', 0)}_{view.lang}", label_visibility="collapsed",
    )  # fmt: skip
    st.session_state["desk_scope_kept"] = scope
    return scope


def show_scope(scope: str) -> None:
    """Show another scope from the next run on: a choice of its own, for the browser keeps what was chosen in the old one."""
    st.session_state["desk_scope_kept"] = scope
    st.session_state["desk_scope_no"] = st.session_state.get("desk_scope_no", 0) + 1


def unpacked_words(view: DeskView, scope: str | None, files: Sequence[DeskFile]) -> str:
    """How many files were uploaded, where archives or files of several forms make the list longer; '' otherwise."""
    uploads = len(staged_files(view.desk)) if scope == queries.STAGED else len(files)
    return view.t("desk.unpacked", n=uploads) if uploads != len(files) else ""


def undone_note(view: DeskView, scope: str | None, undone: Sequence[DeskFile]) -> None:
    """That files of earlier days wait to be dealt with, and the way to them."""
    earlier = [f for f in undone if not f.source_name.startswith(f"{queries.STAGED}/")]
    if not earlier or scope == queries.OPEN:
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        note(view.t("desk.undone", n=len(earlier)))
        if st.button(view.t("desk.undone.show"), key="desk_undone"):
            show_scope(queries.OPEN)
            st.rerun()


def needs_look(file: DeskFile) -> bool:
    """Whether something about a file that counts, or ought to, is to be seen to."""
    is_settled = bool(file.copy_of) or is_replaced(file) or file.is_rejected
    return not is_settled and bool(file.n_errors or file.n_warnings)


def is_replaced(file: DeskFile) -> bool:
    """Whether a newer file counts instead, or one of its name that could be opened."""
    if file.status == "refused":
        return not file.is_undone and not file.is_rejected
    return file.status == "superseded" and not file.is_set_aside


def file_row(view: DeskView, file: DeskFile, campaigns: dict[str, str]) -> dict[str, object]:
    """One row of the table of files."""
    if file.unit_id or not file.n_units:
        unit = view.pick(file.unit_zh, file.unit_en) or NOTHING
    else:
        key = "desk.n_units" if file.n_filled == file.n_units else "desk.n_filled"
        unit = view.t(key, n=file.n_filled, m=file.n_units)
    counts = (file.n_errors, file.n_warnings, file.n_notes) if not file.copy_of else (0, 0, 0)
    return {
        view.t("desk.col.file"): without_folders(file.source_name),
        view.t("desk.col.what"): view.t("desk.what.sample", what=relation(view, file))
        if file.is_sample
        else relation(view, file),
        view.t("desk.col.campaign"): campaigns.get(file.campaign_id or "", NOTHING),
        view.t("desk.col.unit"): unit,
        view.t("desk.col.read"): f"{file.n_read}/{file.n_blanks}" if file.n_blanks else NOTHING,
        **{view.t(f"level.{level}"): n for level, n in zip(("error", "warning", "note"), counts, strict=True)},
        view.t("desk.col.report_date"): day(file.report_date),
        view.t("desk.col.said"): view.said(file),
    }


def relation(view: DeskView, file: DeskFile) -> str:
    """New, corrects, duplicate, replaced, set aside, sent back, not counted or not read."""
    if file.copy_of:
        return view.t("desk.what.duplicate")
    if file.is_rejected:
        return view.t("desk.what.rejected")
    if is_replaced(file):
        return view.t("desk.what.superseded")
    if file.status == "refused":
        return view.t("desk.what.uncounted" if file.n_blanks else "desk.what.refused")
    if file.status == "superseded":
        return view.t("desk.what.set_aside")
    if file.n_blanks and not file.n_read and file.n_errors:
        return view.t("desk.what.uncounted")
    return view.t("desk.what.corrects") if file.replaces else view.t("desk.what.new")
