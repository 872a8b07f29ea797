"""Plain sentences instead of empty charts: campaigns without a table, or without submissions yet."""

from __future__ import annotations

from urllib.parse import urlencode

import streamlit as st

from dashboard.components.markup import esc, show, wrap
from dashboard.components.nav import known_pages
from dashboard.components.page import View
from dashboard.filters import change_filters, to_query


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
        _other_years(view)
        return False
    return True


def _other_years(view: View) -> None:
    """The jurisdiction's years that have figures, each a link to the same page; nothing where there is none."""
    own = [c.year for c in view.choices.campaigns if c.jurisdiction_id == view.filters.jurisdiction and c.has_data]
    links = []
    for year in own:
        query = to_query(change_filters(view.filters, view.choices, "year", str(year)))
        href = f"./{'' if view.page == known_pages()[0] else view.page}?{urlencode(query)}"
        links.append(f'<a href="{esc(href)}" target="_self">{esc(view.t("notice.other_year", year=year))}</a>')
    if links:
        show(wrap("p", esc(view.t("notice.other_years")) + " · ".join(links), "atlas-headline"))
