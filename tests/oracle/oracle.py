"""The measures and comparisons once more, in plain Python from the sample maker's truth and the catalogue's text.

Nothing here comes from etl or from SQL: it is written from the definitions, to disagree when they are not met.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

CATALOG = Path(__file__).resolve().parents[2] / "data" / "catalog"
RANK = {"same": 1, "close": 2, "close_after_sum": 3}
Fact = dict[str, Any]


@cache
def read(name: str) -> Any:
    return yaml.safe_load((CATALOG / name).read_text(encoding="utf-8"))


def state_of(fact: dict[str, Any]) -> str:
    """What a typed blank is in a report: a range is something typed that is no number."""
    return "range" if fact["qualifier"] == "range" and fact["value"] is None else str(fact["state"])


@cache
def units() -> list[dict[str, str]]:
    with (CATALOG / "units" / "units.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@dataclass
class Oracle:
    """Facts by campaign, unit and blank, with the catalogue needed to judge them."""

    facts: dict[str, dict[str, dict[str, Fact]]]
    campaigns: dict[str, Any] = field(
        default_factory=lambda: {c["campaign_id"]: c for c in read("campaigns.yaml")["campaigns"]}
    )
    measures: dict[str, Any] = field(
        default_factory=lambda: {m["measure_id"]: m for m in read("measures.yaml")["measures"]}
    )
    comparability: Any = field(default_factory=lambda: read("comparability.yaml"))
    tiny_base: float = field(default_factory=lambda: float(read("settings.yaml")["tiny_base"]))

    def form(self, campaign_id: str) -> Any:
        return read(f"forms/{self.campaigns[campaign_id]['form_id']}.yaml")

    def blanks(self, campaign_id: str) -> list[tuple[str, dict[str, Any]]]:
        return [(a["activity_id"], i) for a in self.form(campaign_id)["activities"] for i in a["indicators"]]

    def roster(self, campaign_id: str) -> list[str]:
        c = self.campaigns[campaign_id]
        day = c["starts_on"]
        return [
            r["unit_id"]
            for r in units()
            if r["jurisdiction_id"] == c["jurisdiction_id"]
            and r["kind"] in c["roster"]
            and (not r["valid_from"] or date.fromisoformat(r["valid_from"]) <= day)
            and (not r["valid_to"] or day <= date.fromisoformat(r["valid_to"]))
        ]

    @staticmethod
    def kind(unit_id: str) -> str:
        return next(r["kind"] for r in units() if r["unit_id"] == unit_id)

    def concepts(self, measure_id: str) -> set[str]:
        return set(self.measures[measure_id]["adds"])

    def value(self, campaign_id: str, unit_id: str, measure_id: str) -> float | None:
        """The sum of what the unit reported of a measure; nothing when nothing was."""
        unit = self.facts[campaign_id].get(unit_id)
        if unit is None:
            return None
        wanted = self.concepts(measure_id)
        numbers = [
            unit[i["indicator_id"]]["value"]
            for _, i in self.blanks(campaign_id)
            if i["concept_id"] in wanted and i["kind"] == "count"
        ]
        present = [n for n in numbers if n is not None]
        return float(sum(present)) if present else None

    def has_measure(self, campaign_id: str, measure_id: str) -> bool:
        return any(i["concept_id"] in self.concepts(measure_id) for _, i in self.blanks(campaign_id))

    def held(self, campaign_id: str, unit_id: str) -> dict[str, str]:
        """State of each activity of a unit."""
        unit = self.facts[campaign_id].get(unit_id)
        by_activity: dict[str, list[Fact]] = defaultdict(list)
        for activity, indicator in self.blanks(campaign_id):
            # A plan is nothing that was held, and a text only says what was.
            if indicator["kind"] != "text" and ".planned." not in indicator["concept_id"]:
                by_activity[activity].append(unit[indicator["indicator_id"]] if unit else {})
        return {a: self._held(fs) if unit else "not_reported" for a, fs in by_activity.items()}

    @staticmethod
    def _held(facts: list[Fact]) -> str:
        states = [f["state"] for f in facts]
        if any((f["value"] or 0) > 0 or (f.get("low") or 0) > 0 for f in facts):
            return "held"
        plain = {"reported", "explicit_zero", "not_filled", "not_applicable", "row_missing"}
        if any(s not in plain for s in states):
            return "unclear"
        if any(s in ("explicit_zero", "reported") for s in states):
            return "zero"
        return "not_applicable" if all(s == "not_applicable" for s in states) else "not_filled"

    def coverage(self, campaign_id: str, unit_id: str) -> tuple[int, int] | None:
        """(held, asked) over obligatory activities; None when the unit did not report, answered none or none applies."""
        optional = {a["activity_id"] for a in self.form(campaign_id)["activities"] if a["is_optional"]}
        states = [s for a, s in self.held(campaign_id, unit_id).items() if a not in optional]
        asked = [s for s in states if s != "not_applicable"]
        if "held" not in asked and "zero" not in asked:
            return None
        return asked.count("held"), len(asked)

    def base_coverage(self, base: str, now: str, unit_id: str) -> tuple[int, int] | None:
        """(held, asked) of all base units that stand for a unit together; None when one of them is silent or none does."""
        units, _ = self.base_units(base, now, unit_id)
        shares = [self.coverage(base, u) for u in units]
        known = [s for s in shares if s is not None]
        return (sum(h for h, _ in known), sum(n for _, n in known)) if known and len(known) == len(shares) else None

    def pairs(self, base: str, now: str) -> list[tuple[tuple[str, ...], tuple[str, ...], str]]:
        """Comparable pairs of blanks of two campaigns with their grade."""
        base_form, form = self.campaigns[base]["form_id"], self.campaigns[now]["form_id"]
        if base_form == form:
            return [((i["indicator_id"],), (i["indicator_id"],), "same") for _, i in self.blanks(now)]
        for entry in self.comparability["comparisons"]:
            if base_form in entry["base_forms"] and form in entry["forms"]:
                return [
                    (tuple(p["base"]), tuple(p["now"]), p["grade"])
                    for p in entry["pairs"]
                    if p["grade"] != "refuse" and not p.get("is_group")
                ]
        return []

    def groups(self, base: str, now: str) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
        """Blanks of two campaigns that compare only together."""
        base_form, form = self.campaigns[base]["form_id"], self.campaigns[now]["form_id"]
        return [
            (tuple(p["base"]), tuple(p["now"]))
            for entry in self.comparability["comparisons"]
            if base_form in entry["base_forms"] and form in entry["forms"]
            for p in entry["pairs"]
            if p.get("is_group")
        ]

    def base_units(self, base: str, now: str, unit_id: str) -> tuple[list[str], str]:
        """The base units that stand for a unit, and the grade of that; none when refused or not there."""
        b, n = self.campaigns[base], self.campaigns[now]
        for bridge in self.comparability["unit_bridges"]:
            is_here = bridge["jurisdiction_id"] == n["jurisdiction_id"] and str(bridge["unit_id"]) == unit_id
            if is_here and b["starts_on"] < bridge["changed_on"] <= n["starts_on"]:
                return (
                    ([], "refuse") if bridge["grade"] == "refuse" else ([str(u) for u in bridge["base_units"]], "close")
                )
        return ([unit_id], "same") if unit_id in self.roster(base) else ([], "missing")

    def side(self, campaign_id: str, units: list[str], indicators: tuple[str, ...]) -> float | None:
        """The sum over units and blanks; None unless each is a number or not applicable, and one is a number."""
        found = []
        for unit_id in units:
            unit = self.facts[campaign_id].get(unit_id)
            for indicator_id in indicators:
                fact = unit.get(indicator_id) if unit else None
                if fact is None or (fact["value"] is None and fact["state"] != "not_applicable"):
                    return None
                found.append(fact["value"])
        present = [v for v in found if v is not None]
        return float(sum(present)) if present else None

    def compared(self, base: str, now: str, unit_id: str, measure_id: str) -> tuple[float, float, str] | None:
        """(value, base value, grade) of a unit, like for like; None when nothing can be compared."""
        units, unit_grade = self.base_units(base, now, unit_id)
        wanted = self.concepts(measure_id)
        concept_now = {i["indicator_id"]: i["concept_id"] for _, i in self.blanks(now)}
        concept_base = {i["indicator_id"]: i["concept_id"] for _, i in self.blanks(base)}
        kind = {i["indicator_id"]: i["kind"] for _, i in self.blanks(now)}
        value = base_value = 0.0
        worst = 0
        for old, new, grade in self.pairs(base, now):
            if not all(concept_now[i] in wanted and kind[i] == "count" for i in new) or not all(
                concept_base[i] in wanted for i in old
            ):
                continue
            a, b = self.side(now, [unit_id], new), self.side(base, units, old) if units else None
            if a is None or b is None:
                continue
            value, base_value = value + a, base_value + b
            worst = max(worst, RANK["close" if unit_grade == "close" and grade == "same" else grade])
        if not worst:
            return None
        return value, base_value, next(g for g, r in RANK.items() if r == worst)
