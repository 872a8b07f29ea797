"""The Data quality page's questions: scores by unit, findings of published figures."""

from __future__ import annotations

from dashboard.queries import of_any_measure, query_rows
from dashboard.records.quality import DoubtfulValue, PublishedFinding, QualityScore, WarnedValue
from dashboard.release import Params, Source


def query_scores(source: Source, campaign_id: str, scope: str) -> tuple[QualityScore, ...]:
    """Every unit's scores, units in administrative order."""
    return query_rows(source, "quality_scores", QualityScore, {"campaign_id": campaign_id, "scope": scope})


def query_doubtful_values(source: Source, params: Params) -> tuple[DoubtfulValue, ...]:
    """Values of both years that look like slips and add to the measure. Parameters: those of the changes."""
    of_all = query_rows(source, "doubtful_values", DoubtfulValue, of_any_measure(params))
    return tuple(row for row in of_all if row.measure_id == params["measure_id"])


def query_warned_values(source: Source, params: Params) -> tuple[WarnedValue, ...]:
    """Values of the year that an open warning names and that add to the measure. Parameters: those of the values."""
    asked = {name: params[name] for name in ("campaign_id", "scope", "activity_id")}
    of_all = query_rows(source, "warned_values", WarnedValue, asked)
    return tuple(row for row in of_all if row.measure_id == params["measure_id"])


def query_published_findings(source: Source) -> tuple[PublishedFinding, ...]:
    """What is wrong with figures that were published, whatever the area."""
    return query_rows(source, "published_findings", PublishedFinding)
