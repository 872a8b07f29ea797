"""The as-of day: what was known at the end of a day. Empty means everything known."""

from __future__ import annotations

from datetime import date

import streamlit as st

from dashboard.components.markup import show, tag
from dashboard.components.page import View
from dashboard.filters import change_filters, to_query
from dashboard.queries.reporting import query_clock

KEY = "filter_as_of"


def as_of_box(view: View) -> None:
    """A day to choose, from the campaign's year to the load; clearing it shows everything known."""
    year = view.filters.year
    newest = min(date(year + 1, 12, 31), query_clock(view.source, view.campaign.campaign_id).loaded_at.date())
    first = date(year, 1, 1)
    if newest < first:
        return
    asked = date.fromisoformat(view.filters.as_of) if view.filters.as_of else None
    st.session_state[KEY] = min(asked, newest) if asked else None
    with st.container(key="atlas-filter-as_of", horizontal=True, vertical_alignment="center", gap="small"):
        show(tag("span", view.t("filter.label.as_of"), "atlas-label"))
        st.date_input(
            view.t("filter.label.as_of"), key=KEY, min_value=first, max_value=newest, format="YYYY-MM-DD",
            on_change=apply_day, args=(view,), label_visibility="collapsed", help=view.t("filter.as_of.help"),
        )  # fmt: skip


def apply_day(view: View) -> None:
    """The chosen day into the URL."""
    chosen = st.session_state[KEY]
    value = chosen.isoformat() if isinstance(chosen, date) else ""
    st.query_params.from_dict(to_query(change_filters(view.filters, view.choices, "as_of", value)))
