"""Decisions about whole files, looked up by digest while the files are read: campaign, unit names, rejection."""

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
