"""Which units are chosen, and how many of them reported: one count for head, picture, table and report."""

from __future__ import annotations

from dashboard import queries
from dashboard.components.page import View
from dashboard.records import UnitReport


def chosen_reports(view: View) -> tuple[UnitReport, ...]:
    """The units chosen, whether they reported or not."""
    every = queries.query_unit_reports(view.source, view.campaign.campaign_id)
    return tuple(report for report in every if view.has_unit(report.unit_id, report.kind))


def reported_counts(view: View) -> tuple[int, int]:
    """How many of the units chosen reported, and how many are chosen."""
    if not view.filters.scope:
        return view.campaign.n_units_reported, view.campaign.n_units_expected
    reports = chosen_reports(view)
    return sum(report.state == "reported" for report in reports), len(reports)
