"""What is known of a campaign's form: seen whole, preserved in part, or assumed from another year's."""

from __future__ import annotations

from dashboard.components.page import View


def form_words(view: View, where: str) -> str:
    """That the campaign's form was assumed or is preserved in part only, for a page's `head` or a `report`; '' for a form seen whole."""
    campaign = view.campaign
    if campaign.form_completeness == "partial":
        return view.t(f"{where}.form.partial")
    is_assumed = "assumed" in (campaign.basis, campaign.form_completeness)
    return view.t(f"{where}.form.assumed") if is_assumed else ""


def not_asked_words(view: View) -> str:
    """That the form doesn't ask for the chosen measure; of a form preserved in part, that nobody can tell."""
    key = "hazards.not_preserved" if view.campaign.form_completeness == "partial" else "hazards.not_asked"
    return view.t(key, area=view.area, year=view.filters.year, label=view.measure_label)
