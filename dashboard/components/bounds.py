"""What of a comparison is approximate (values about so many, at least or at most), and what of it comes from blanks that were 0."""

from __future__ import annotations

from dashboard import queries
from dashboard.components.of_activity import own_filters
from dashboard.components.page import View
from dashboard.filters import change_params
from dashboard.format import compact
from dashboard.records import Measure, PairCount

ZERO_SHARE = 0.1  # of the net change: below it, blanks that were 0 are not worth a sentence


def bounds_words(view: View, measure: Measure) -> str:
    """How many of both years' compared values are approximate or bounds; empty where all are exact, and of shares."""
    if measure.kind == "coverage" or view.filters.base_year is None:
        return ""
    found = queries.query_pair_count(view.source, change_params(own_filters(view, measure)))
    counts = {"approx": found.n_approx, "at_least": found.n_at_least, "at_most": found.n_at_most}
    parts = [view.t(f"bounds.{kind}", n=n) for kind, n in counts.items() if n]
    rough = view.t("bounds.compared", parts=view.t("names.glue").join(parts)) if parts else ""
    return rough + zero_words(view, found)


def zero_words(view: View, found: PairCount) -> str:
    """What blanks that were 0 in one of the years alone come to, where that is a tenth of the net change or more."""
    sides = (("from", found.n_from_zero, found.from_zero), ("to", found.n_to_zero, found.to_zero))
    parts = [
        view.t(f"bounds.zero.{side}", n=n, value=compact(value, view.lang), base=view.filters.base_year)
        for side, n, value in sides
        if n and value >= ZERO_SHARE * abs(found.net)
    ]
    return view.t("bounds.zero", parts=view.t("names.glue").join(parts)) if parts else ""
