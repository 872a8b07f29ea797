"""The Data quality page's questions: scores by unit, findings of published figures."""

from __future__ import annotations

from dashboard.queries import query_rows
from dashboard.records.quality import PublishedFinding, QualityScore
from dashboard.release import Source


def query_scores(source: Source, campaign_id: str, unit_kind: str) -> tuple[QualityScore, ...]:
    """Every unit's scores, units in administrative order."""
    return query_rows(source, "quality_scores", QualityScore, {"campaign_id": campaign_id, "unit_kind": unit_kind})


def query_published_findings(source: Source) -> tuple[PublishedFinding, ...]:
    """What is wrong with figures that were published, whatever the area."""
    return query_rows(source, "published_findings", PublishedFinding)
