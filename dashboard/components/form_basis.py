"""What is known of a campaign's form: seen whole, preserved in part, or assumed from another year's."""

from __future__ import annotations

from dashboard.components.page import View
from dashboard.records import Campaign


def form_words(view: View, where: str) -> str:
    """That the campaign's form was assumed or is preserved in part only, for a page's `head` or a `report`; '' for a form seen whole."""
    if view.campaign.form_completeness == "partial":
        return view.t(f"{where}.form.partial")
    return view.t(f"{where}.form.assumed") if is_assumed(view.campaign) else ""


def is_assumed(campaign: Campaign) -> bool:
    """Whether nobody here has seen the campaign's form, so that another year's is taken for it."""
    return "assumed" in (campaign.basis, campaign.form_completeness)


def assumed_years(view: View) -> str:
    """Those of the year and its base whose form was not seen, in words; '' when both were, or none is asked."""
    both = (view.base_campaign, view.campaign)
    return view.t("names.glue").join(str(c.year) for c in both if c is not None and c.form_id and is_assumed(c))


def not_asked_words(view: View) -> str:
    """That the form doesn't ask for the chosen measure; of a form preserved in part, that nobody can tell."""
    key = "hazards.not_preserved" if view.campaign.form_completeness == "partial" else "hazards.not_asked"
    return view.t(key, area=view.area, year=view.filters.year, label=view.measure_label)
