"""One unit's filled blanks, and the oddities that are put into them on purpose."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from data.samples.habits import Typed, number, type_count, type_flag, type_text, without_value
from data.samples.numbers import Numbers
from data.samples.profile import Profile, dice
from etl.catalog.model import Campaign, Catalog, Form, Indicator, Unit

Facts = dict[str, Typed]
Edit = Callable[[Unit, Campaign, Facts], Facts]


@dataclass(frozen=True)
class Maker:
    """What every step of the making needs."""

    catalog: Catalog
    profile: Profile
    numbers: Numbers
    seed: int
    edit: Edit | None = None  # a last hand at a unit's blanks: errors put in on purpose

    def form(self, campaign: Campaign) -> Form:
        """The form of a campaign that has one."""
        return self.catalog.forms[str(campaign.form_id)]

    def true_count(self, unit: Unit, indicator: Indicator, campaign: Campaign) -> int:
        """The number behind a count blank."""
        return self.numbers.count(unit, indicator.concept_id, campaign)


Oddity = Callable[[Maker, Unit, Campaign, Facts, random.Random], Facts]


def fill_form(maker: Maker, unit: Unit, campaign: Campaign, where: str) -> Facts:
    """All blanks of a unit as typed, by the habits of clerks."""
    profile = maker.profile
    facts: Facts = {}
    for activity in maker.form(campaign).activities:
        skip_rng = dice(maker.seed, "optional", unit.unit_id, campaign.campaign_id)
        is_skipped = activity.is_optional and skip_rng.random() < profile["optional_row_empty_share"]
        gap = None if activity.is_optional else _gap(maker, unit, campaign, activity.activity_id)
        for indicator in activity.indicators:
            rng = dice(maker.seed, "typed", unit.unit_id, campaign.campaign_id, indicator.indicator_id)
            if gap is not None:
                facts[indicator.indicator_id] = _not_held(indicator, gap, where, rng, profile)
            elif is_skipped:
                facts[indicator.indicator_id] = without_value("", "not_filled")
            elif indicator.kind == "flag":
                facts[indicator.indicator_id] = type_flag(
                    maker.numbers.is_yes(unit, indicator, campaign), where, rng, profile
                )
            elif indicator.kind == "text":
                cases = maker.numbers.count(unit, "exposure.typical_cases.items", campaign)
                facts[indicator.indicator_id] = type_text(cases, rng, profile)
            else:
                count = maker.true_count(unit, indicator, campaign)
                facts[indicator.indicator_id] = type_count(count, indicator.unit, where, rng, profile)
    return facts


def _gap(maker: Maker, unit: Unit, campaign: Campaign, activity_id: str) -> str | None:
    """The state of all blanks of an activity that was not held; None when it was."""
    gaps = maker.profile["activity_gaps"]
    less = gaps["yearly_factor"] ** (campaign.year - maker.profile["base_year"])
    at = dice(maker.seed, "gap", unit.unit_id, campaign.campaign_id, activity_id).random() / less
    for state in ("explicit_zero", "not_filled", "not_applicable"):
        if at < gaps[state]:
            return state
        at -= gaps[state]
    return None


def _not_held(indicator: Indicator, gap: str, where: str, rng: random.Random, profile: Profile) -> Typed:
    """A blank of an activity that was not held."""
    if gap == "not_applicable" and indicator.kind != "flag":
        return without_value(rng.choice(profile["words"]["not_applicable"]), "not_applicable")
    if gap == "not_filled" or indicator.kind == "text" or gap == "not_applicable":
        return without_value("", "not_filled")
    if indicator.kind == "flag":
        return type_flag(False, where, rng, profile)
    return type_count(0, indicator.unit, where, rng, profile)


def event_pairs(form: Form, profile: Profile) -> list[tuple[str, str]]:
    """Pairs of blanks (events, people) of the same thing."""
    by_concept = {i.concept_id: i.indicator_id for i in form.indicators}
    return [
        (by_concept[level.of], by_concept[concept_id])
        for concept_id, level in profile.levels.items()
        if level.of in by_concept and concept_id in by_concept
    ]


def _small_counts(maker: Maker, unit: Unit, campaign: Campaign, low: int, high: int) -> list[Indicator]:
    counts = [i for i in maker.form(campaign).indicators if i.kind == "count"]
    fitting = [i for i in counts if low <= maker.true_count(unit, i, campaign) <= high]
    return fitting or counts


def _free(facts: Mapping[str, Typed], ids: list[str]) -> list[str]:
    return [i for i in ids if facts[i].oddity is None]


def scale_slip(maker: Maker, unit: Unit, campaign: Campaign, facts: Facts, rng: random.Random) -> Facts:
    """“3万” typed for 3."""
    slip = maker.profile["scale_slip"]
    fitting = _small_counts(maker, unit, campaign, slip["low"], slip["high"])
    chosen = rng.choice(_free(facts, [i.indicator_id for i in fitting]))
    small = maker.true_count(unit, maker.form(campaign).by_indicator[chosen], campaign)
    typed = f"{small}万"
    slipped = Typed(typed, "reported", float(small * 10000), oddity="scale_slip", intended=float(small), cell=typed)
    return {**facts, chosen: slipped}


def attendance_without_event(maker: Maker, unit: Unit, campaign: Campaign, facts: Facts, rng: random.Random) -> Facts:
    """People without an event."""
    pairs = [p for p in event_pairs(maker.form(campaign), maker.profile) if len(_free(facts, list(p))) == 2]
    events, people = rng.choice(pairs)
    bounds = maker.profile["attendance_typed"]
    attendance = number(rng.randint(bounds["low"], bounds["high"]))
    oddity = "attendance_without_event"
    return {**facts, events: replace(number(0), oddity=oddity), people: replace(attendance, oddity=oddity)}


def two_values(maker: Maker, unit: Unit, campaign: Campaign, facts: Facts, rng: random.Random) -> Facts:
    """Events and people both typed into the first of two blanks."""
    form = maker.form(campaign)
    pairs = [p for p in event_pairs(form, maker.profile) if len(_free(facts, list(p))) == 2]
    events, people = rng.choice(pairs)
    numbers = [max(maker.true_count(unit, form.by_indicator[i], campaign), 1) for i in (events, people)]
    both = without_value(f"{numbers[0]}，{numbers[1]}", "unreadable", "two_values")
    return {**facts, events: both, people: without_value("", "not_filled", "two_values")}


def _impossible(kind: str, pattern: str) -> Oddity:
    """An oddity that puts something into a count that can't be one."""

    def put(maker: Maker, unit: Unit, campaign: Campaign, facts: Facts, rng: random.Random) -> Facts:
        counts = [i.indicator_id for i in maker.form(campaign).indicators if i.kind == "count"]
        chosen = rng.choice(_free(facts, counts))
        return {**facts, chosen: without_value(pattern.format(rng.randint(1, 9)), "unreadable", kind)}

    return put


ODDITIES: dict[str, Oddity] = {
    "scale_slip": scale_slip,
    "attendance_without_event": attendance_without_event,
    "two_values": two_values,
    "negative": _impossible("negative", "-{}"),
    "percent_in_count": _impossible("percent_in_count", "9{}%"),
}
