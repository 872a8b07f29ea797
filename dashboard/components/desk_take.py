"""Taking a decision down, then reading again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from dashboard.components.desk_frame import DeskView
from dashboard.components.desk_pick import Name, go_to
from dashboard.components.desk_upload import read_again
from dashboard.desk.loader import decide
from dashboard.desk.records import DeskFile

Item = Mapping[str, object]


def take(view: DeskView, file: DeskFile, *items: Item, then: tuple[str, Name] | None = None) -> None:
    """Decisions about the file; `then` is the table and the row to be looked at next."""
    about = {
        "source_sha256": file.source_sha256, "source_name": file.source_name, "part": file.part,
        "form_id": file.form_id or "",
    }  # fmt: skip
    take_down(view, [{**about, **item} for item in items], then)


def take_down(view: DeskView, items: Sequence[Item], then: tuple[str, Name] | None = None) -> None:
    """Decisions as they are; without a name of the desk, or when the loader refuses one, none is taken and the page says why."""
    by = str(st.session_state.get("desk_by") or "").strip()
    if not by:
        st.error(view.t("desk.by.missing"))
        return
    ended = decide(view.desk, [{"decided_by": by, **item} for item in items])
    if not ended.is_done:
        st.error(ended.words_in(view.lang))
        return
    if then:
        go_to(*then)
    read_again(view)
