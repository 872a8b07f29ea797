"""A file made on a page: kept for the session, saved at once, and offered again as long as the choices are the same."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import streamlit as st

from dashboard.components.page import View
from dashboard.components.parts import note
from dashboard.records import Lang
from dashboard.reports.opening import CannotReport
from dashboard.reports.render import RenderError

LANGS: Final[tuple[Lang, ...]] = ("zh", "en")
MIMES: Final = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "html": "text/html", "zip": "application/zip", "png": "image/png", "svg": "image/svg+xml", "pdf": "application/pdf",
}  # fmt: skip
MADE: Final = "report_made"
BUTTON: Final = "report_download"
FETCH: Final = st.components.v2.component(
    "atlas_fetch", js=(Path(__file__).resolve().parent / "fetch.js").read_text(encoding="utf-8")
)


@dataclass(frozen=True)
class MadeFile:
    """A file, what is missing in it (a text key, empty when nothing is), and a chart's caption."""

    content: bytes
    ending: str
    trouble: str = ""
    caption: str = ""
    number: str = field(default_factory=lambda: uuid.uuid4().hex)


def make_file(view: View, identity: object, make: Callable[[], MadeFile]) -> None:
    """Makes the file and keeps it under these choices; says why where it can't."""
    try:
        with st.spinner(view.t("reports.making")):
            st.session_state[MADE] = (identity, make())
    except CannotReport as error:
        place = LANGS.index(view.lang)
        st.error(view.t(error.reason, **{n: v[place] if isinstance(v, tuple) else v for n, v in error.values.items()}))
    except RenderError as error:
        st.error(view.t(error.reason))


def offer_file(view: View, identity: object, stem: str) -> None:
    """Saves what was made for these choices, and leaves its button for another time."""
    kept = st.session_state.get(MADE)
    if not kept or kept[0] != identity:
        return
    made: MadeFile = kept[1]
    if made.trouble:
        st.warning(view.t(made.trouble))
    label = view.t("reports.download", size=f"{max(len(made.content) // 1024, 1):,}")
    name = "".join(char if char not in '\\/:*?"<>| ' else "_" for char in stem)
    st.download_button(
        label, made.content, f"{name}.{made.ending}", MIMES[made.ending], key=BUTTON, on_click="ignore"
    )  # fmt: skip
    FETCH(key="report_fetch", data={"made": made.number, "key": BUTTON}, height=1)
    if made.caption:
        note(view.t("reports.caption"))
        st.code(made.caption, language=None, wrap_lines=True)
