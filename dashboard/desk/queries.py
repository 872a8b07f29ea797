"""The desk's questions to a release, published or candidate."""

from __future__ import annotations

from collections.abc import Iterable

from dashboard.desk.records import (
    CarriedDecision,
    Correction,
    CountedValues,
    DeskBlank,
    DeskDecision,
    DeskFile,
    DeskTotal,
    DeskUnit,
    DeskValue,
    DoubtedValue,
    FileFinding,
    MissingUnit,
    Neighbour,
)
from dashboard.queries import query_rows
from dashboard.release import Source

STAGED, OPEN = "staged", "open"
# Why a file as a whole does not count: said first.
REASONS = "rejected_by_hand,other_year,form_year_mismatch,campaign_unknown,campaign_year_missing,campaign_years_differ,form_of_later_year,form_not_recognised"
# Whose form or row it is can't be told.
UNKNOWN_UNIT = "unit_blank,unit_unresolved,unit_ambiguous,unit_not_valid"
# These are about a column of a table, or its total, though they name a blank: they stand by the file, not by a value.
OF_COLUMNS = "column_reworded,column_decided,scale_above,total_mismatch"


def query_files(source: Source, scope: str, held: Iterable[str] = ()) -> tuple[DeskFile, ...]:
    """One row per file and form in it: of the uploads (scope `staged`), of what nobody has dealt with (`open`), or of a campaign.

    `held`: digests of files that stand among the open ones whatever became of them.
    """
    asked = {"scope": scope, "reasons": REASONS, "unknown": UNKNOWN_UNIT, "held": ",".join(sorted(set(held)))}
    return query_rows(source, "desk_files", DeskFile, asked)


def query_values(source: Source, submission_id: str) -> tuple[DeskValue, ...]:
    """One row per blank of a submission, the doubtful ones first."""
    return query_rows(source, "desk_values", DeskValue, {"submission_id": submission_id, "of_columns": OF_COLUMNS})


def query_totals(source: Source) -> tuple[DeskTotal, ...]:
    """One row per campaign with data and measure."""
    return query_rows(source, "desk_totals", DeskTotal)


def query_counted(source: Source) -> dict[str, int]:
    """How many values of its units count, campaign by campaign; none for a campaign without any."""
    return {row.campaign_id: row.n_values for row in query_rows(source, "desk_counted", CountedValues)}


def query_doubted(source: Source) -> tuple[DoubtedValue, ...]:
    """One row per campaign, measure and doubted value in its total, the largest first."""
    return query_rows(source, "desk_doubts", DoubtedValue)


def query_decisions(source: Source) -> tuple[DeskDecision, ...]:
    """One row per decision, newest first."""
    return query_rows(source, "desk_decisions", DeskDecision)


def query_findings(source: Source, submission_id: str) -> tuple[FileFinding, ...]:
    """One row per open finding about a submission as a whole: why it does not count, then errors, warnings and notes."""
    about = {"submission_id": submission_id, "reasons": REASONS, "of_columns": OF_COLUMNS}
    return query_rows(source, "desk_findings", FileFinding, about)


def query_blanks(source: Source, submission_id: str) -> tuple[DeskBlank, ...]:
    """One row per blank of the form that the submission's campaign asks for."""
    return query_rows(source, "desk_blanks", DeskBlank, {"submission_id": submission_id})


def query_corrections(source: Source, submission_id: str) -> tuple[Correction, ...]:
    """One row per blank of a submission that counts otherwise than it was typed, or than in the unit's report before."""
    return query_rows(source, "desk_corrections", Correction, {"submission_id": submission_id})


def query_carried(source: Source, submission_id: str) -> tuple[CarriedDecision, ...]:
    """One row per decision about the file it replaced that the submission may take over."""
    return query_rows(source, "desk_carried", CarriedDecision, {"submission_id": submission_id})


def query_missing(source: Source, campaign_id: str) -> tuple[MissingUnit, ...]:
    """One row per unit of a campaign that has not reported."""
    return query_rows(source, "desk_missing", MissingUnit, {"campaign_id": campaign_id, "reasons": REASONS})


def query_neighbours(source: Source, submission_id: str) -> tuple[Neighbour, ...]:
    """One row per campaign of the files that came together with a submission, that of most files first."""
    return query_rows(source, "desk_neighbours", Neighbour, {"submission_id": submission_id})


def query_units(source: Source, campaign_id: str) -> tuple[DeskUnit, ...]:
    """One row per unit on a campaign's roster."""
    return query_rows(source, "desk_units", DeskUnit, {"campaign_id": campaign_id})
