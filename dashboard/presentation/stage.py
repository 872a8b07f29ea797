"""The presentation over the page: the same file as the snapshot, whole in the reader's browser once it is open."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Final, get_args

import streamlit as st

from dashboard.components.page import View
from dashboard.filters import GROUNDS, Filters
from dashboard.records import Lang
from dashboard.reports.html import begin_json, to_html
from dashboard.reports.opening import CannotReport
from dashboard.running_order import BEGINS

HERE: Final = Path(__file__).resolve().parent
# The browser's own top layer: nothing of the page lies over it, not even the notice of a lost connection.
STAGE: Final = st.components.v2.component(
    "atlas_presentation",
    html="<dialog><iframe allow='fullscreen'></iframe></dialog>",
    css=(HERE / "stage.css").read_text(encoding="utf-8"),
    js=(HERE / "stage.js").read_text(encoding="utf-8"),
)
KEY: Final = "atlas_presentation"
MAX_KEPT: Final = 12


@st.cache_resource(max_entries=MAX_KEPT, show_spinner=False)
def kept_deck(key: tuple[Filters, str], _view: View) -> bytes:
    """The presentation of these filters; what the page alone uses makes no difference."""
    del key
    return to_html(_view, in_app=True)


def show_presentation(view: View) -> bool:
    """The presentation, until Esc is pressed; says why where there is nothing to show, and whether it is shown."""
    own = replace(view.filters, present=False, unit="", name="", face="")
    try:
        with st.spinner(view.t("reports.making")):
            content = kept_deck((own, view.source.release_id), replace(view, filters=own))
    except CannotReport as error:
        st.info(view.t(error.reason))
        return False
    STAGE(key=KEY, data=begun(content, view.page), on_left_change=leave, height=1)
    return True


def begun(content: bytes, page: str) -> bytes:
    """The presentation, beginning at the screen of the page it was asked for on."""
    return content.replace(begin_json(()), begin_json(BEGINS.get(page, ())), 1)


def leave() -> None:
    """Back to the page, under the same filters; ground and language stay as they were turned."""
    st.query_params.pop("present", None)
    ground, _, lang = str(getattr(st.session_state.get(KEY), "left", "")).partition(" ")
    if ground in GROUNDS:
        st.query_params["ground"] = ground
    if lang in get_args(Lang):
        st.query_params["lang"] = lang
