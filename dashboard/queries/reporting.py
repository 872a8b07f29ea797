"""The Reporting page's questions: states of duties as known at a moment, their rates, and the due dates."""

from __future__ import annotations

from datetime import datetime

from dashboard.queries import query_rows
from dashboard.records.reporting import NO_RATE, Clock, DueDate, DutyRate, DutyState
from dashboard.release import Params, Source


def query_clock(source: Source, campaign_id: str) -> Clock:
    """Up to when a campaign's states are told; the moment of the load where nothing came and nothing was due."""
    return query_rows(source, "reporting_clock", Clock, {"campaign_id": campaign_id})[0]


def _params(campaign_id: str, as_of: datetime, scope: str) -> Params:
    return {"campaign_id": campaign_id, "as_of": as_of.isoformat(), "scope": scope}


def query_states(source: Source, campaign_id: str, as_of: datetime, scope: str) -> tuple[DutyState, ...]:
    """Every unit's state of every due date, units in administrative order; `scope` is a kind or unit ids, empty for all."""
    return query_rows(source, "reporting_states", DutyState, _params(campaign_id, as_of, scope))


def query_rates(source: Source, campaign_id: str, as_of: datetime, scope: str) -> dict[str, DutyRate]:
    """Rates by duty; under '' over all reports."""
    rows = query_rows(source, "reporting_rates", DutyRate, _params(campaign_id, as_of, scope))
    return {"": NO_RATE} | {row.duty_id: row for row in rows}


def query_dues(source: Source, campaign_id: str, as_of: datetime, scope: str) -> tuple[DueDate, ...]:
    """The due dates of a campaign in order of time; none when it has no duties."""
    return query_rows(source, "reporting_dues", DueDate, _params(campaign_id, as_of, scope))
