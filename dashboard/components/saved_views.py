"""Views under a name: the list is kept in the reader's own browser, each entry is a link that can be sent on."""

from __future__ import annotations

from pathlib import Path
from typing import Final
from urllib.parse import urlencode

import streamlit as st

from dashboard.components.page import View
from dashboard.components.parts import note
from dashboard.filters import change_filters, to_query
from dashboard.query_reader import shorten

HERE: Final = Path(__file__).resolve().parent
WORDS: Final = ("name", "save", "replace", "rename", "delete", "sure", "done", "empty", "unkept")
LIST: Final = st.components.v2.component(
    "atlas_saved_views",
    html="<form><input maxlength='40'><button type='submit'></button></form><p></p><ul></ul>",
    css=(HERE / "saved_views.css").read_text(encoding="utf-8"),
    js=(HERE / "saved_views.js").read_text(encoding="utf-8"),
)
KEY: Final = "atlas_saved_views"


def saved_views(view: View) -> None:
    """The list, folded. Its label never changes: with another one the browser would take it for another box and close it."""
    box = st.popover(view.t("saved.title"), key="saved_views", on_change="rerun")
    if not box.open:
        return
    query = to_query(view.filters)
    about = view.t("saved.about", page=view.t(f"page.{view.page}"), words=view.words)
    with box:
        LIST(
            key=KEY,
            data={
                "name": view.filters.name,
                "query": urlencode(query),
                "about": about,
                "words": {word: view.t(f"saved.{word}") for word in WORDS},
            },
            on_named_change=lambda: apply_name(view),
        )
        note(view.t("saved.note"))
        st.code(f"{st.context.url or ''}?{urlencode(query)}", language=None, wrap_lines=True)


def apply_name(view: View) -> None:
    """The name given in the list into the URL."""
    name = shorten(str(getattr(st.session_state.get(KEY), "named", "") or "").strip())
    st.query_params.from_dict(to_query(change_filters(view.filters, view.choices, "name", name)))
