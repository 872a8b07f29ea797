"""Decisions looked up while files are read: about whole files by digest (campaign, unit names, rejection), about heads by campaign."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from etl.decisions.model import Decision, standing


@dataclass(frozen=True)
class FileDecision:
    """What was decided about one file."""

    campaign_id: str = ""
    units: Mapping[str, str] = field(default_factory=dict)  # name as typed ('' where none was) -> unit_id
    rejected: str = ""  # why


@dataclass(frozen=True)
class ColumnDecision:
    """Which blank a head means, and who said so."""

    decision_id: str
    indicator_id: str
    by: str
    on: str  # the day
    reason: str


# Campaign -> head as `collected.said_heads` names it -> what it means.
ColumnDecisions = Mapping[str, Mapping[str, ColumnDecision]]


def file_decisions(decisions: Sequence[Decision]) -> dict[str, FileDecision]:
    """Digest -> decision; the newest of each kind holds."""
    found: dict[str, FileDecision] = {}
    for d in standing(decisions):
        mine = found.get(d.source_sha256, FileDecision())
        if d.kind == "campaign":
            mine = FileDecision(d.value, mine.units, mine.rejected)
        elif d.kind == "unit":
            mine = FileDecision(mine.campaign_id, {**mine.units, d.expect: d.value}, mine.rejected)
        elif d.kind == "reject":
            mine = FileDecision(mine.campaign_id, mine.units, d.reason or "-")
        else:
            continue
        found[d.source_sha256] = mine
    return found


def column_decisions(decisions: Sequence[Decision]) -> ColumnDecisions:
    """What heads mean in a campaign's tables; of several decisions about one head the last holds."""
    found: dict[str, dict[str, ColumnDecision]] = {}
    for d in standing(decisions):
        if d.kind == "column":
            said = ColumnDecision(d.decision_id, d.indicator_id, d.decided_by, d.decided_at[:10], d.reason)
            found.setdefault(d.value, {})[d.expect] = said
    return found
