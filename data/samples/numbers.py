"""The numbers behind the samples: scaled by population, skewed, with a unit effect and a trend over the years."""

from __future__ import annotations

import math
from dataclasses import replace

from data.samples.profile import Level, Profile, dice
from etl.catalog.model import Campaign, Catalog, Indicator, Unit


class Numbers:
    """True counts by unit, concept and campaign; the same seed gives the same numbers in any order of asking."""

    def __init__(self, profile: Profile, catalog: Catalog, seed: int) -> None:
        self._profile = profile
        self._catalog = catalog
        self._seed = seed
        self._known: dict[tuple[str, str, int], int] = {}

    def count(self, unit: Unit, concept_id: str, campaign: Campaign) -> int:
        """What the unit truly did; predecessors' figures added up for a merged unit."""
        key = (unit.unit_id, concept_id, campaign.year)
        if key not in self._known:
            self._known[key] = self._count(unit, concept_id, campaign)
        return self._known[key]

    def is_yes(self, unit: Unit, indicator: Indicator, campaign: Campaign) -> bool:
        """The true answer to a yes/no blank."""
        share = float(self._profile["flag_yes_share"].get(indicator.concept_id, 0.9))
        return dice(self._seed, "flag", unit.unit_id, indicator.concept_id, campaign.year).random() < share

    def _count(self, unit: Unit, concept_id: str, campaign: Campaign) -> int:
        level = self._profile.levels[concept_id]
        parts: list[str] = self._profile["merged_units"].get(unit.unit_id, [])
        if parts:
            total: int = sum(self.count(self._catalog.units[p], concept_id, campaign) for p in parts)
            return total if level.high is None else min(total, int(level.high))
        if level.sum_of:
            return sum(self.count(unit, c, campaign) for c in level.sum_of)
        size = self._population(unit, campaign) / float(self._profile["reference_population"])
        if level.of is not None:
            events = self.count(unit, level.of, campaign)
            spread = self._spread(unit, concept_id, campaign, with_trend=False)
            per_event = level.median * math.pow(size, self._profile["size_exponent"]["participation"]) * spread
            low, high = map(float, self._profile["per_event_bounds"])
            return round(events * min(max(per_event, low), high))
        exponent = float(self._profile["size_exponent"][self._quantity(concept_id, level)])
        value = level.median * math.pow(size, exponent) * self._spread(unit, concept_id, campaign, with_trend=True)
        return self._whole(value, level, unit, concept_id, campaign)

    def _whole(self, value: float, level: Level, unit: Unit, concept_id: str, campaign: Campaign) -> int:
        chance = dice(self._seed, "whole", unit.unit_id, concept_id).random()
        whole = math.floor(value + chance) if value < 20 else round(value)
        bounded = max(whole, int(level.low))
        return bounded if level.high is None else min(bounded, int(level.high))

    def _quantity(self, concept_id: str, level: Level) -> str:
        return level.quantity or self._catalog.concepts[concept_id].quantity

    def _population(self, unit: Unit, campaign: Campaign) -> float:
        day = min(campaign.starts_on, unit.valid_to or campaign.starts_on)
        known = self._catalog.population_on(unit.unit_id, day)
        return known.population if known else float(self._profile["assumed_population"][unit.unit_id])

    def _spread(self, unit: Unit, concept_id: str, campaign: Campaign, with_trend: bool) -> float:
        raw = self._profile
        effects = (
            (raw["unit_sigma"] if with_trend else 0.0, ("unit", unit.unit_id)),
            (raw["unit_concept_sigma"], ("concept", unit.unit_id, concept_id)),
            (raw["year_sigma"], ("year", unit.unit_id, concept_id, campaign.year)),
        )
        log = sum(float(sigma) * dice(self._seed, *keys).gauss(0, 1) for sigma, keys in effects)
        years = campaign.year - int(raw["base_year"])
        return math.exp(log) * (1 + self._growth(unit)) ** years if with_trend else math.exp(log)

    def _growth(self, unit: Unit) -> float:
        trend = self._profile["trend"]
        rng = dice(self._seed, "trend", unit.unit_id)
        if rng.random() < trend["falling_share"]:
            return rng.uniform(trend["falling_low"], trend["falling_high"])
        return rng.uniform(trend["low"], trend["high"])


def renamed(unit: Unit, name: str) -> Unit:
    """The unit under another name, as a clerk writes it."""
    return replace(unit, name=name)
