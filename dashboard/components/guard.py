"""Plain sentences instead of empty charts: campaigns without a table, or without submissions yet."""

from __future__ import annotations

import streamlit as st

from dashboard.components.page import View


def has_figures(view: View) -> bool:
    """Whether there are figures to draw; if not, the page says why."""
    campaign, year = view.campaign, view.filters.year
    if campaign.form_id is None:
        st.info(view.t("notice.no_table", area=view.area, year=year))
        return False
    if not campaign.has_data:
        st.info(view.t("notice.no_data", area=view.area, year=year, m=campaign.n_units_expected))
        return False
    return True
