"""Dates with or without a time, as they stand in registers and lists of arrivals."""

from __future__ import annotations

import re
from datetime import date, datetime

from etl.document import CellValue


def parse_moment(value: CellValue) -> datetime | None:
    """A date with or without a time; None when it is neither."""
    if isinstance(value, datetime):
        return value
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day)
    match = re.fullmatch(
        r"\s*(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[T\s]+(\d{1,2})[:：](\d{2})(?:[:：](\d{2}))?)?\s*",
        str(value or ""),
    )
    if not match:
        return None
    y, m, d, hour, minute, second = (int(g) if g else 0 for g in match.groups())
    try:
        return datetime(y, m, d, hour, minute, second)
    except ValueError:
        return None
