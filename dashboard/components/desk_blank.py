"""The blank form and the collected workbook of a campaign, to send out or to fill in."""

from __future__ import annotations

from functools import partial

import streamlit as st

from dashboard.components.desk_frame import DeskView
from dashboard.components.parts import XLSX_MIME, note
from dashboard.desk.loader import blank_form
from dashboard.records import Campaign

DOCX_MIME = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def blank_box(view: DeskView, campaign: Campaign) -> None:
    """The blank form and the collected workbook of the campaign's form."""
    note(view.t("desk.blank_forms.note", title=view.pick(campaign.title_zh, campaign.title_en)))
    blank_buttons(view, campaign, campaign.campaign_id)


def blank_buttons(view: DeskView, campaign: Campaign, key: str) -> None:
    """The two downloads."""
    form_id, title = campaign.form_id or "", view.pick(campaign.title_zh, campaign.title_en)
    with st.container(horizontal=True, gap="small"):
        for kind, mime in (("docx", DOCX_MIME), ("xlsx", XLSX_MIME)):
            words = view.t(f"desk.blank.{kind}")
            st.download_button(
                words, partial(blank_form, view.desk, form_id, campaign.campaign_id, kind), f"{title} {words}.{kind}", mime,
                on_click="ignore", key=f"desk_blank_{kind}_{key}",
            )  # fmt: skip
