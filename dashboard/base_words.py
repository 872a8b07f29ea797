"""Why the year that a link asks to compare with is not compared with, and what is shown instead."""

from __future__ import annotations

import re
from typing import Final

from dashboard.filters import Choices, Filters
from dashboard.texts import text

YEAR: Final = re.compile(r"[12]\d{3}", re.ASCII)


def base_notice(asked: str, filters: Filters, choices: Choices) -> str:
    """One sentence about a year in the place of `base=`; empty where it is compared with, or is no year at all."""
    if not YEAR.fullmatch(asked) or int(asked) in choices.bases(filters.jurisdiction, filters.year):
        return ""
    values = {"asked": asked, "year": filters.year, "base": filters.base_year}
    now = "none" if filters.base_year is None else "other"
    reason = text(filters.lang, f"notice.base.{_reason(int(asked), filters, choices)}", **values)
    return text(
        filters.lang, "notice.base", why=reason, now=text(filters.lang, f"notice.base.now.{now}", **values), **values
    )


def _reason(asked: int, filters: Filters, choices: Choices) -> str:
    if asked >= filters.year:
        return "not_earlier"
    then, own = (choices.campaign(filters.jurisdiction, year) for year in (asked, filters.year))
    if then is None:
        return "unknown"
    if own is None or own.form_id is None or not own.has_data:
        return "own"
    if then.form_id is None:
        return "no_table"
    return "pair" if then.has_data else "no_data"
