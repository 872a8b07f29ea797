"""After publishing: which campaigns' figures the pages show now, with the ways there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import streamlit as st

from dashboard.components.desk_frame import DeskView
from dashboard.components.page import SAVED_QUERY
from dashboard.desk import queries
from dashboard.filters import PUBLISHED as PUBLISHED_TOTALS
from dashboard.format import plain
from dashboard.queries import query_campaigns
from dashboard.records import Campaign

PUBLISHED: Final = "desk_published"
WAYS: Final = ("overview", "participation", "district", "reporting")


def remember(view: DeskView, changed: Sequence[str]) -> None:
    """Keep which campaigns a publishing changed; the pages of this session open the first of them."""
    known = {c.campaign_id: c for c in query_campaigns(view.candidate)} if view.candidate else {}
    own = [known[c] for c in changed if c in known and known[c].basis != PUBLISHED_TOTALS]
    st.session_state[PUBLISHED] = [c.campaign_id for c in own]
    if own:
        st.session_state[SAVED_QUERY] = campaign_query(view, own[0])


def campaign_query(view: DeskView, campaign: Campaign) -> dict[str, str]:
    """The link's words for a campaign, with everything else as a page has it by itself."""
    lang = {} if view.lang == "zh" else {"lang": view.lang}
    return {"area": campaign.jurisdiction_id, "year": str(campaign.year)} | lang


def show_published(view: DeskView, place: str = "top") -> None:
    """One line a campaign that the last publishing changed: how many units have reported, and links to its pages."""
    changed = st.session_state.get(PUBLISHED, ())
    if not changed or view.served is None:
        return
    campaigns = {c.campaign_id: c for c in query_campaigns(view.served)}
    counted = queries.query_counted(view.served)
    with st.container(border=True, key=f"desk-published-{place}"):
        for campaign in (campaigns[c] for c in changed if c in campaigns):
            words = view.t(
                "desk.published.shown", campaign=view.campaign_name(campaign), n=campaign.n_units_reported,
                m=campaign.n_units_expected, values=plain(counted.get(campaign.campaign_id, 0)),
            )  # fmt: skip
            with st.container(horizontal=True, gap="small", vertical_alignment="center"):
                st.text(words, width="content")
                for way in WAYS:
                    label = view.t("desk.published.way", page=view.t(f"page.{way}"))
                    st.page_link(f"views/{way}.py", label=label, query_params=campaign_query(view, campaign))
