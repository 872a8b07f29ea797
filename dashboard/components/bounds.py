"""What of a comparison is approximate: its values that are about so many, at least or at most."""

from __future__ import annotations

from dashboard import queries
from dashboard.components.of_activity import own_filters
from dashboard.components.page import View
from dashboard.filters import change_params
from dashboard.records import Measure


def bounds_words(view: View, measure: Measure) -> str:
    """How many of both years' compared values are approximate or bounds; empty where all are exact, and of shares."""
    if measure.kind == "coverage" or view.filters.base_year is None:
        return ""
    found = queries.query_pair_count(view.source, change_params(own_filters(view, measure)))
    counts = {"approx": found.n_approx, "at_least": found.n_at_least, "at_most": found.n_at_most}
    parts = [view.t(f"bounds.{kind}", n=n) for kind, n in counts.items() if n]
    return view.t("bounds.compared", parts=view.t("names.glue").join(parts)) if parts else ""
