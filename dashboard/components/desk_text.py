"""The text of a file that is none of the forms, beside the blank form that its figures can be copied into."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import streamlit as st

from dashboard.components.desk_blank import blank_buttons
from dashboard.components.desk_frame import DeskView
from dashboard.components.parts import note
from dashboard.desk.file_text import file_text
from dashboard.desk.records import DeskFile, FileFinding
from dashboard.queries import query_campaigns
from dashboard.release import Database

# What is said of a file whose figures stand in no form.
IN_WORDS: Final = frozenset({"form_not_recognised", "prose_read", "sentences_replaced"})
TEXT_PX, FEW_LINES = 300, 11


def text_box(view: DeskView, source: Database, file: DeskFile, findings: Sequence[FileFinding]) -> None:
    """What the file says, to be copied; and once its campaign is known, that campaign's blank form. Nothing for other files."""
    rules = {f.rule for f in findings} & IN_WORDS
    if not rules or file.is_rejected:
        return
    with st.expander(view.t("desk.text"), expanded=True):
        with st.spinner(view.t("desk.text.fetching")):
            text = file_text(view.desk, file.source_name, file.source_sha256)
        if text is None:
            note(view.t("desk.text.none"))
        else:
            with st.container(height=TEXT_PX if lines_of(text) > FEW_LINES else "content", border=False):
                st.code(text, language=None, wrap_lines=True)
        campaign = next((c for c in query_campaigns(source) if c.campaign_id == file.campaign_id and c.form_id), None)
        if campaign is None:
            note(view.t("desk.text.assign"))
            return
        note(view.t("desk.text.copy", campaign=view.campaign_name(campaign)))
        blank_buttons(view, campaign, f"text_{file.submission_id}")


def lines_of(text: str) -> int:
    """How many lines a text takes on the page, long ones wrapped."""
    return sum(1 + len(line) // 100 for line in text.splitlines())
