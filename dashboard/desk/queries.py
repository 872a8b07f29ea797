"""The desk's questions to a release, published or candidate."""

from __future__ import annotations

from dashboard.desk.records import (
    DeskDecision,
    DeskFile,
    DeskTotal,
    DeskUnit,
    DeskValue,
    MissingUnit,
    UnknownName,
)
from dashboard.queries import query_rows
from dashboard.release import Source

STAGED = "staged"


def query_files(source: Source, scope: str) -> tuple[DeskFile, ...]:
    """One row per submission of the uploads (scope `staged`) or of a campaign."""
    return query_rows(source, "desk_files", DeskFile, {"scope": scope})


def query_values(source: Source, submission_id: str) -> tuple[DeskValue, ...]:
    """One row per blank of a submission, the doubtful ones first."""
    return query_rows(source, "desk_values", DeskValue, {"submission_id": submission_id})


def query_totals(source: Source) -> tuple[DeskTotal, ...]:
    """One row per campaign with data and measure."""
    return query_rows(source, "desk_totals", DeskTotal)


def query_decisions(source: Source) -> tuple[DeskDecision, ...]:
    """One row per decision, newest first."""
    return query_rows(source, "desk_decisions", DeskDecision)


def query_missing(source: Source, campaign_id: str) -> tuple[MissingUnit, ...]:
    """One row per unit of a campaign that has not reported."""
    return query_rows(source, "desk_missing", MissingUnit, {"campaign_id": campaign_id})


def query_units(source: Source, campaign_id: str) -> tuple[DeskUnit, ...]:
    """One row per unit on a campaign's roster."""
    return query_rows(source, "desk_units", DeskUnit, {"campaign_id": campaign_id})


def query_unknown_names(source: Source, submission_id: str) -> tuple[UnknownName, ...]:
    """One row per name in a submission that no unit answers to."""
    return query_rows(source, "desk_unknown_names", UnknownName, {"submission_id": submission_id})
