"""What was corrected in a file, as a text to copy for the district to confirm."""

from __future__ import annotations

import streamlit as st

from dashboard.components.desk_frame import DeskView, now
from dashboard.desk import queries
from dashboard.desk.correction_note import correction_note
from dashboard.desk.records import DeskFile
from dashboard.queries import query_campaigns
from dashboard.release import Database


def confirm_box(view: DeskView, source: Database, file: DeskFile) -> None:
    """The note to the file's units; nothing for a file without a correction."""
    rows = queries.query_corrections(source, file.submission_id) if not file.copy_of else ()
    if not rows:
        return
    titles = {c.campaign_id: view.pick(c.title_zh, c.title_en) for c in query_campaigns(source)}
    with st.expander(view.t("desk.confirm.open", n=len(rows))):
        campaign = titles.get(file.campaign_id or "", "")
        words = correction_note(view.lang, campaign, file.source_name, rows, now().date())
        st.code(words, language=None, wrap_lines=True)
