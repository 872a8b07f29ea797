"""Uploading, reading and publishing, with progress."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from contextlib import suppress

import streamlit as st

from dashboard.components.desk_frame import DeskView, now
from dashboard.components.desk_pick import forget
from dashboard.components.desk_preview import show_preview
from dashboard.components.desk_published import PUBLISHED, remember, show_published
from dashboard.components.desk_typed import BY, RECEIVED, keep, keep_day, kept, kept_day
from dashboard.components.parts import section
from dashboard.desk import queries
from dashboard.desk.freshness import contents, is_read
from dashboard.desk.loader import Ended, Step, read_candidate, step_words
from dashboard.desk.preview import total_changes
from dashboard.desk.publishing import discard, publish, settle
from dashboard.desk.staging import stage, staged_files


def upload_box(view: DeskView) -> None:
    """Files, the day they arrived, and the button that reads them."""
    section(view.t("desk.upload"))
    today = now().date()
    st.session_state.setdefault("desk_by", kept(BY) or last_desk(view))
    run = st.session_state.setdefault("desk_upload_no", 0)
    with st.container(key=f"desk-upload-{view.lang}"):
        files = st.file_uploader(
            view.t("desk.files_label"), accept_multiple_files=True, key=f"desk_upload_{run}",
            label_visibility="collapsed",
        )  # fmt: skip
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        day = st.date_input(view.t("desk.received_on"), kept_day(today), max_value=today, width=180)
        by = st.text_input(view.t("desk.by"), key="desk_by", placeholder=view.t("desk.by.hint"), width=260)
        go = st.button(view.t("desk.read"), type="primary", disabled=not files)
    keep(BY, by.strip() if by != last_desk(view) else "")
    if isinstance(day, datetime.date):
        keep_day(day, today)
    if go and not by.strip():
        st.error(view.t("desk.by.missing"))
    elif go and files:
        moment = datetime.datetime.combine(day, now().time()) if isinstance(day, datetime.date) else now()
        stage(view.desk, [(f.name, f.getvalue()) for f in files], moment)
        st.session_state["desk_upload_no"] = run + 1
        st.session_state["desk_scope_kept"] = queries.STAGED
        read_again(view)


def last_desk(view: DeskView) -> str:
    """The desk that decided last, so that it need not be typed each time."""
    decisions = queries.query_decisions(view.shown) if view.shown else ()
    return decisions[0].decided_by if decisions else ""


def read_again(view: DeskView) -> None:
    """Read everything with what is on the desk into the candidate, showing progress; then show it."""
    digest = contents(view.desk)
    st.session_state.pop(PUBLISHED, None)
    with st.spinner(view.t("desk.reading")):
        ended = with_progress(view, lambda step: read_candidate(view.desk, step))
    st.session_state["desk_unreadable"] = "" if ended.is_done else digest
    st.session_state["desk_failed"] = "" if ended.is_done else ended.words_in(view.lang)
    st.rerun()


def with_progress(view: DeskView, run: Callable[[Step], Ended]) -> Ended:
    """A run of the loader with a bar and the name of the file it is at."""
    bar = st.progress(0.0, text=view.t("desk.starting"))

    def step(number: int, total: int, words: str) -> None:
        bar.progress(min(1.0, number / max(1, total)), text=f"{number}/{total}  {step_words(words, view.lang)}")

    ended = run(step)
    bar.empty()
    return ended


def publish_box(view: DeskView) -> None:
    """What publishing would change on the totals, and the button that does it."""
    if view.candidate is None or not is_read(view.desk):
        show_published(view, "below")  # where the button was that published it
        return
    section(view.t("desk.preview"))
    changed = show_preview(view, view.candidate)
    if undone := queries.query_files(view.candidate, queries.OPEN):
        st.warning(view.t("desk.publish.undone", n=len(undone)))
    with st.container(horizontal=True, gap="small"):
        if st.button(view.t("desk.publish"), type="primary", key="desk_publish"):
            promised = queries.query_totals(view.candidate)
            ended = with_progress(view, lambda step: publish(view.desk, now().date().isoformat(), step))
            st.session_state["desk_failed"] = "" if ended.is_done else ended.words_in(view.lang)
            if ended.is_done:
                keep(RECEIVED, "")
                st.session_state["desk_done"] = view.t("desk.published")
                st.session_state["desk_promised"] = promised
                remember(view, changed)
                if changed:
                    st.session_state["desk_scope_kept"] = changed[0]
                    forget(f"files_{changed[0]}")
            st.rerun()
        if st.button(view.t("desk.clear"), key="desk_clear"):
            discard(view.desk)
            st.rerun()


def messages(view: DeskView) -> None:
    """What the last run had to say."""
    if words := st.session_state.pop("desk_failed", ""):
        st.error(view.t("desk.failed"))
        st.toast(view.t("desk.failed"))
        st.code(words, language=None)
    if words := st.session_state.pop("desk_done", ""):
        st.success(words)
        st.toast(words)
        promised = st.session_state.pop("desk_promised", ())
        if view.served and total_changes(promised, queries.query_totals(view.served)):
            st.warning(view.t("desk.published_otherwise"))
    show_published(view)
    catch_up(view)


def catch_up(view: DeskView) -> None:
    """Read what lies on the desk unread: a reading that a click broke off starts again, so that no old preview is published."""
    with suppress(OSError):  # tried again at the next visit, and said when it is in the way of a publishing
        settle(view.desk)
    if is_read(view.desk):
        return
    if st.session_state.get("desk_unreadable") != contents(view.desk):
        read_again(view)
    st.info(view.t("desk.waiting", n=len(staged_files(view.desk))))
    if st.button(view.t("desk.read_staged"), key="desk_read_staged"):
        read_again(view)
