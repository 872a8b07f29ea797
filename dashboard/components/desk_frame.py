"""The frame of the Load page: it works before any release is published, so it has no View."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

import streamlit as st

from dashboard.cache import open_current
from dashboard.clock import office_now
from dashboard.components.markup import esc, show, tag
from dashboard.components.page import asked_lang
from dashboard.desk.names import without_folders
from dashboard.desk.places import Desk, the_desk
from dashboard.desk.records import DeskFile
from dashboard.records import Campaign, Lang
from dashboard.release import Database, ReleaseError, open_pointed, read_pointer
from dashboard.texts import choose, has_text, read_texts, text

OWN_REASONS = ("desk.reason.assigned", "desk.reason.accepted")


@dataclass(frozen=True)
class DeskView:
    """What the desk's parts need: language, folders, the release being served and the candidate (None: there is none)."""

    lang: Lang
    desk: Desk
    served: Database | None
    candidate: Database | None

    def t(self, key: str, /, **values: object) -> str:
        """A text of texts.yaml in the reader's language."""
        return text(self.lang, key, **values)

    def pick(self, zh: str, en: str) -> str:
        """Of a row's two languages the reader's."""
        return choose(self.lang, zh, en)

    @property
    def shown(self) -> Database | None:
        """The candidate while there is one, else the release being served."""
        return self.candidate or self.served

    def state(self, state: str) -> str:
        """A value's state in words."""
        key = f"desk.state.{state}"
        return self.t(key) if has_text(key) else state

    def reason(self, reason: str) -> str:
        """A decision's reason: the desk's own words in the reader's language, a typed one as it was typed."""
        own = next((key for key in OWN_REASONS if reason in read_texts()[key].values()), None)
        return self.t(own) if own else reason

    def said(self, file: DeskFile) -> str:
        """The first thing the checks say about a file, in one line."""
        if file.copy_of:
            return self.t("desk.said.copy", name=without_folders(file.copy_of))
        return self.message(file.first_rule, file.first_zh, file.first_en)

    def message(self, rule: str, zh: str, en: str) -> str:
        """What a finding says; where the desk itself has the remedy, in the desk's words."""
        key = f"desk.said.{rule}"
        return self.t(key) if has_text(key) else without_folders(self.pick(zh, en))

    def sample_badge(self, *are_sample: bool) -> str:
        """The badge of sample data, where any of this is; '' otherwise."""
        return self.t("head.sample") if any(are_sample) else ""

    def campaign_name(self, campaign: Campaign) -> str:
        """重庆市 2021 年."""
        return self.t(
            "desk.campaign", area=self.pick(campaign.jurisdiction_zh, campaign.jurisdiction_en), year=campaign.year
        )


@st.cache_resource(max_entries=2, show_spinner=False)
def _open(release_id: str, path: str, sha256: str, _pointer: object) -> Database:
    del release_id, path, sha256
    return open_pointed(_pointer)  # type: ignore[arg-type]


def open_candidate(desk: Desk) -> Database | None:
    """The candidate release; None when nothing was read yet or it can't be opened."""
    try:
        pointer = read_pointer(desk.candidate)
        return _open(pointer.release_id, str(pointer.path), pointer.sha256, pointer)
    except ReleaseError:
        return None


def open_desk() -> DeskView:
    """The desk as it stands."""
    desk = the_desk()
    try:
        served: Database | None = open_current().database
    except ReleaseError:
        served = None
    candidate = open_candidate(desk)
    if candidate and served and candidate.release_id == served.release_id:
        candidate = None
    return DeskView(asked_lang(), desk, served, candidate)


def desk_head(view: DeskView) -> None:
    """Title, what the page is for, and the language."""
    with st.container(key="atlas-head", horizontal=True, vertical_alignment="bottom", gap="medium"):
        with st.container(key="atlas-title"):
            show(f'<h1 class="atlas-h1">{esc(view.t("page.load"))}</h1>{tag("p", view.t("desk.basis"), "atlas-basis")}')
        with (
            st.container(key="atlas-filters", horizontal=True, gap="small", horizontal_alignment="right"),
            st.container(key="atlas-filter-lang"),
        ):
            chosen = st.selectbox(
                view.t("filter.label.lang"), ("zh", "en"), index=("zh", "en").index(view.lang), key="desk_lang",
                format_func=lambda lang: {"zh": "中文", "en": "English"}[lang], label_visibility="collapsed",
            )  # fmt: skip
    if chosen != view.lang:
        st.query_params["lang"] = chosen
        st.rerun()


def now() -> datetime.datetime:
    """The office's clock, to the second."""
    return office_now()
