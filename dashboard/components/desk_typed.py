"""What the clerk typed above the files, and which campaign the link asks for: both outlive a reload and a look at another page."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from contextlib import suppress

import streamlit as st

from dashboard.records import Campaign

RECEIVED, BY = "received", "by"


def kept(name: str) -> str:
    """What was typed there last: in this session, else what the link says; '' for nothing."""
    return str(st.session_state.get(f"desk_kept_{name}") or st.query_params.get(name, ""))


def keep(name: str, value: str) -> None:
    """Remember it, in the link too, which a reload keeps."""
    st.session_state[f"desk_kept_{name}"] = value
    if not value:
        st.query_params.pop(name, None)
    elif st.query_params.get(name) != value:
        st.query_params[name] = value


def kept_day(today: datetime.date) -> datetime.date:
    """The day of arrival that was chosen, else today; never one to come."""
    with suppress(ValueError):
        return min(datetime.date.fromisoformat(kept(RECEIVED)), today)
    return today


def keep_day(day: datetime.date, today: datetime.date) -> None:
    """Remember a day that is not simply today's."""
    keep(RECEIVED, "" if day == today else day.isoformat())


def asked_campaign(campaigns: Sequence[Campaign]) -> str | None:
    """The campaign of the link's area and year, or of its year alone; None when it asks for none of these."""
    area, year = st.query_params.get("area", ""), st.query_params.get("year", "")
    fits = [c for c in campaigns if str(c.year) == year and area in ("", c.jurisdiction_id)]
    return next((c.campaign_id for c in fits if c.has_data), fits[0].campaign_id if fits else None)
