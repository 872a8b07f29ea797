"""A view without a browser: the published release, and filters given as a query."""

from __future__ import annotations

from collections.abc import Mapping

from dashboard.components.page import View, read_choices
from dashboard.filters import parse_filters
from dashboard.release import Database, open_pointed, read_pointer, releases_dir


class CannotReport(Exception):
    """A report can't be made. `reason` is a key of texts.yaml, `values` what it says."""

    def __init__(self, reason: str, **values: object) -> None:
        super().__init__(reason)
        self.reason, self.values = reason, values


def open_release() -> Database:
    """The published release, verified. Raises ReleaseError."""
    return open_pointed(read_pointer(releases_dir()))


def view_of(source: Database, query: Mapping[str, str]) -> View:
    """The view of these URL parameters. Raises CannotReport for what the release does not know."""
    choices = read_choices(source)
    parsed = parse_filters(query, choices)
    if parsed.ignored:
        raise CannotReport("report.unknown", what="; ".join(parsed.ignored))
    filters = parsed.filters
    campaign = choices.campaign(filters.jurisdiction, filters.year)
    choices = choices.in_form(campaign.form_id if campaign else None)
    measure = choices.measure(filters.measure)
    if campaign is None or measure is None:
        raise CannotReport("release.empty")
    return View("reports", source, choices, filters, campaign, measure)


def campaign_query(source: Database, campaign_id: str) -> dict[str, str]:
    """The URL parameters of a campaign. Raises CannotReport when there is none of that id."""
    choices = read_choices(source)
    known = {c.campaign_id: c for c in choices.campaigns if c.jurisdiction_id in choices.jurisdictions()}
    if campaign_id not in known:
        raise CannotReport("report.no_campaign", campaign=campaign_id, known=", ".join(sorted(known)))
    return {"area": known[campaign_id].jurisdiction_id, "year": str(known[campaign_id].year)}
