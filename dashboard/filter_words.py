"""What is filtered, in words: the sentence under every chart and in every export."""

from __future__ import annotations

from dashboard.filters import Choices, Filters
from dashboard.texts import choose, text

MAX_NAMES_SAID = 6


def units_words(filters: Filters, choices: Choices) -> str:
    """The units chosen, in words."""
    lang = filters.lang
    if not filters.units:
        return text(lang, f"filter.kind.{filters.unit_kind or 'all'}")
    roster = choices.units_of(choices.campaign(filters.jurisdiction, filters.year))
    names = [choose(lang, u.short_zh, u.name_en) for u in roster if u.unit_id in filters.units]
    shown = text(lang, "names.glue").join(names[:MAX_NAMES_SAID])
    return text(
        lang, "filter.units.words", n=len(names), names=shown + ("\u2026" if len(names) > MAX_NAMES_SAID else "")
    )


def activity_words(filters: Filters, choices: Choices) -> str:
    """The activity chosen, by its short name; '' for all of them."""
    hits = choices.activities_of(choices.campaign(filters.jurisdiction, filters.year))
    return next((choose(filters.lang, a.short_zh, a.short_en) for a in hits if a.activity_id == filters.activity), "")


def describe(filters: Filters, choices: Choices) -> str:
    """The sentence in words under every chart and in every export."""
    lang = filters.lang
    campaign = choices.campaign(filters.jurisdiction, filters.year)
    area = choose(lang, campaign.jurisdiction_zh, campaign.jurisdiction_en) if campaign else filters.jurisdiction
    measure = choices.measure(filters.measure)
    label = choose(lang, measure.label_zh, measure.label_en) if measure else filters.measure
    parts = [
        text(lang, "filter.words.area_year", area=area, year=filters.year),
        label + (text(lang, "filter.words.per_10k") if filters.per_10k else ""),
        activity_words(filters, choices) or text(lang, "filter.activity.all"),
        units_words(filters, choices),
    ]
    if filters.base_year is not None:
        parts.append(text(lang, "filter.words.base", base=filters.base_year))
    return text(lang, "filter.words.separator").join(parts)


def describe_place(filters: Filters, choices: Choices) -> str:
    """Area, year and units in words, for pages without a measure."""
    lang = filters.lang
    campaign = choices.campaign(filters.jurisdiction, filters.year)
    area = choose(lang, campaign.jurisdiction_zh, campaign.jurisdiction_en) if campaign else filters.jurisdiction
    parts = (
        text(lang, "filter.words.area_year", area=area, year=filters.year),
        units_words(filters, choices),
    )
    return text(lang, "filter.words.separator").join(parts)
