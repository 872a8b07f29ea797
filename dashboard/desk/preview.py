"""What publishing would change: the candidate's totals and reporting units beside those being served, as the pages show them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.desk.records import DeskTotal
from dashboard.records import Campaign


@dataclass(frozen=True)
class TotalChange:
    """One row per campaign and measure whose total, or whose number of units, changes. `before` None: there was no figure."""

    after: DeskTotal
    before: DeskTotal | None


@dataclass(frozen=True)
class ReportingChange:
    """One row per campaign of which another number of units has reported."""

    after: Campaign
    before: Campaign | None


def total_changes(before: Sequence[DeskTotal], after: Sequence[DeskTotal]) -> list[TotalChange]:
    """The rows of `after` that differ from `before`, in their order; campaigns that go are in `gone_campaigns`."""
    old = {(t.campaign_id, t.measure_id): t for t in before}
    changes = (TotalChange(total, old.get((total.campaign_id, total.measure_id))) for total in after)
    return [c for c in changes if c.before is None or _shown(c.before) != _shown(c.after)]


def _shown(total: DeskTotal) -> tuple[float | None, str, int]:
    return total.value, total.qualifier, total.n_units_reported


def reporting_changes(before: Sequence[Campaign], after: Sequence[Campaign]) -> list[ReportingChange]:
    """The campaigns with data, but those of published totals, of which more or fewer units have reported."""
    old = {c.campaign_id: c for c in before}
    changes = (ReportingChange(c, old.get(c.campaign_id)) for c in after if c.has_data and c.basis != "published")
    return [c for c in changes if (c.before.n_units_reported if c.before else 0) != c.after.n_units_reported]


def gone_campaigns(before: Sequence[DeskTotal], after: Sequence[DeskTotal]) -> list[str]:
    """Campaigns that had figures and would have none."""
    kept = {t.campaign_id for t in after}
    return sorted({t.campaign_id for t in before} - kept)
