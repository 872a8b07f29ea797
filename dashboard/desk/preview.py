"""What publishing would change: the candidate's totals beside those being served."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.desk.records import DeskTotal


@dataclass(frozen=True)
class TotalChange:
    """One row per campaign and measure whose total, or whose number of units, changes."""

    after: DeskTotal
    before_value: float | None
    before_units: int

    @property
    def is_new(self) -> bool:
        """Whether there was no figure before."""
        return self.before_value is None


def total_changes(before: Sequence[DeskTotal], after: Sequence[DeskTotal]) -> list[TotalChange]:
    """The rows of `after` that differ from `before`, in their order; campaigns that go are in `gone_campaigns`."""
    old = {(t.campaign_id, t.measure_id): t for t in before}
    changes = []
    for total in after:
        was = old.get((total.campaign_id, total.measure_id))
        value, units = (was.value, was.n_units_reported) if was else (None, 0)
        if (value, units) != (total.value, total.n_units_reported):
            changes.append(TotalChange(total, value, units))
    return changes


def gone_campaigns(before: Sequence[DeskTotal], after: Sequence[DeskTotal]) -> list[str]:
    """Campaigns that had figures and would have none."""
    kept = {t.campaign_id for t in after}
    return sorted({t.campaign_id for t in before} - kept)
