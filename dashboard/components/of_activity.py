"""What the chosen activity means for a measure: its figures of that activity, or of all where it isn't asked in it."""

from __future__ import annotations

from dataclasses import replace

from dashboard import queries
from dashboard.components.page import View, for_measure
from dashboard.filter_words import activity_words
from dashboard.filters import Filters, with_measure
from dashboard.format import inner_quotes
from dashboard.records import Measure


def has_activity(view: View, measure: Measure) -> bool:
    """Whether the chosen activity holds some of the measure's blanks; true when none is chosen."""
    if not view.filters.activity:
        return True
    params = {
        "campaign_id": view.campaign.campaign_id, "form_id": view.campaign.form_id or "",
        "measure_id": measure.measure_id, "scope": "",
    }  # fmt: skip
    rows = queries.query_activity_values(view.source, params)
    return any(row.activity_id == view.filters.activity for row in rows)


def own_filters(view: View, measure: Measure) -> Filters:
    """The page's filters for this measure: an activity that it isn't asked in is left out."""
    activity = view.filters.activity if has_activity(view, measure) else ""
    return replace(with_measure(view.filters, measure.measure_id), activity=activity)


def own_view(view: View, measure_id: str) -> View:
    """The view fixed to a measure, over all activities where the chosen one isn't asked for it."""
    own = for_measure(view, measure_id)
    return own if has_activity(own, own.measure) else replace(own, filters=replace(own.filters, activity=""))


def label_of(view: View, measure: Measure) -> str:
    """The measure's name, and where an activity is chosen what its figures are of: that activity, or all of them."""
    label = view.pick(measure.label_zh, measure.label_en)
    if not view.filters.activity:
        return label
    chosen = activity_words(view.filters, view.choices)
    of = chosen if has_activity(view, measure) else view.t("filter.activity.all")
    return view.t("activity.label", label=label, activity=of)


def all_activities_words(view: View, measure: Measure) -> str:
    """That the chosen activity has no figures of the measure, so that those of all are shown; else empty."""
    if has_activity(view, measure):
        return ""
    label = view.pick(measure.label_zh, measure.label_en)
    return view.t(
        "activity.all_shown", label=label, activity=inner_quotes(activity_words(view.filters, view.choices), view.lang)
    )
