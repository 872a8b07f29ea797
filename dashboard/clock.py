"""The clock of the offices, which every time on a page or file is told by."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Final

OFFICE_TIME: Final = timezone(timedelta(hours=8))  # China


def office_now() -> datetime:
    """This moment on the offices' clock, to the second, without a zone."""
    return datetime.now(OFFICE_TIME).replace(tzinfo=None, microsecond=0)
