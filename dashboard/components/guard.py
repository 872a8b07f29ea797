"""Plain sentences instead of empty charts: campaigns without a table, or without submissions yet."""

from __future__ import annotations

from urllib.parse import urlencode

import streamlit as st

from dashboard.components.markup import esc, show, wrap
from dashboard.components.page import View
from dashboard.filters import to_query


def has_figures(view: View) -> bool:
    """Whether there are figures to draw; if not, the page says why."""
    campaign, year = view.campaign, view.filters.year
    if campaign.form_id is None:
        st.info(view.t("notice.no_table", area=view.area, year=year))
        href = "./reporting?" + urlencode(to_query(view.filters))
        show(
            wrap(
                "p", f'<a href="{esc(href)}" target="_self">{esc(view.t("notice.to_reporting"))}</a>', "atlas-headline"
            )
        )
        return False
    if not campaign.has_data:
        st.info(view.t("notice.no_data", area=view.area, year=year, m=campaign.n_units_expected))
        return False
    return True
