"""What the whole totals of two years consist of, and the ratios that survive a change of form, recomputed from the truth."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date
from typing import Any

import duckdb
import pytest

from tests.oracle.oracle import Oracle, state_of
from tests.oracle.test_marts import current_files, first_arrivals

Truth = dict[str, Any]
Amounts = tuple[float | None, float | None]
Parts = dict[tuple[str, str, int, int, str, str], Amounts]


@pytest.fixture(scope="module")
def oracle(truth: Truth) -> Oracle:
    facts: dict[str, Any] = {c: {} for c, v in truth["campaigns"].items() if v["form_id"]}
    for (campaign_id, unit_id), (_, unit) in current_files(truth).items():
        facts[campaign_id][unit_id] = unit["facts"]
    return Oracle(facts)


def stands_for(oracle: Oracle, base: str, now: str) -> dict[str, list[str]]:
    """Later unit -> the base units whose figures stand beside its own; what no later unit holds stands for itself."""
    found: dict[str, list[str]] = {u: [] for u in oracle.roster(now)}
    taken = set()
    first, last = oracle.campaigns[base]["starts_on"], oracle.campaigns[now]["starts_on"]
    for bridge in oracle.comparability["unit_bridges"]:
        is_here = bridge["jurisdiction_id"] == oracle.campaigns[now]["jurisdiction_id"]
        if is_here and first < bridge["changed_on"] <= last:
            found[str(bridge["unit_id"])] = [str(u) for u in bridge["base_units"]]
            taken |= set(found[str(bridge["unit_id"])])
    for unit_id in oracle.roster(base):
        if unit_id not in taken:
            found.setdefault(unit_id, []).append(unit_id)
    return found


def summed(oracle: Oracle, campaign: str, units: list[str], blanks: set[str]) -> float | None:
    """All numbers of these blanks of these units; None where none of them holds a number, 0 where noughts were reported."""
    facts = (oracle.facts[campaign].get(u, {}).get(i) for u in units for i in blanks)
    values = [f["value"] for f in facts if f and f["value"] is not None]
    return float(sum(values)) if values else None


def compared_blanks(
    oracle: Oracle, base: str, now: str, here: list[str], bases: list[str], measure: tuple[set[str], set[str]]
) -> tuple[set[str], set[str]]:
    """The blanks of the pairs that hold a number on both sides, every blank of them a number or not applicable."""
    used: tuple[set[str], set[str]] = (set(), set())
    for was, is_, _ in oracle.pairs(base, now):
        if not (set(is_) <= measure[0] and set(was) <= measure[1]):
            continue
        sides = ((now, here, set(is_)), (base, bases, set(was)))
        facts = [[oracle.facts[c].get(u, {}).get(i) for u in units for i in blanks] for c, units, blanks in sides]
        is_full = all(f and (f["value"] is not None or f["state"] == "not_applicable") for side in facts for f in side)
        if is_full and all(any(f and f["value"] is not None for f in side) for side in facts):
            used[0].update(is_)
            used[1].update(was)
    return used


def blanks_of(oracle: Oracle, campaign: str, measure_id: str) -> set[str]:
    wanted = oracle.concepts(measure_id)
    return {i["indicator_id"] for _, i in oracle.blanks(campaign) if i["kind"] == "count" and i["concept_id"] in wanted}


def parts_of(oracle: Oracle, base: str, now: str, measure_id: str) -> dict[tuple[str, str], Amounts]:
    """(unit, part) -> the two amounts, None where the unit has no number of that part in that year."""
    new, old = blanks_of(oracle, now, measure_id), blanks_of(oracle, base, measure_id)
    paired_new, paired_old = set(), set()
    for was, is_, _ in oracle.pairs(base, now):
        if set(is_) <= new and set(was) <= old:
            paired_new |= set(is_)
            paired_old |= set(was)
    found: dict[tuple[str, str], Amounts] = {}
    is_late = set(oracle.roster(now))
    for unit_id, bases in stands_for(oracle, base, now).items():
        here = [unit_id] if unit_id in is_late else []
        values = [oracle.value(now, u, measure_id) for u in here]
        base_values = [oracle.value(base, u, measure_id) for u in bases]
        whole, base_whole = summed(oracle, now, here, new), summed(oracle, base, bases, old)
        both = oracle.compared(base, now, unit_id, measure_id) if here else None
        if both:
            found[unit_id, "comparable"] = both[:2]
        if here and oracle.base_units(base, now, unit_id)[1] == "refuse":
            found[unit_id, "districts"] = (whole, base_whole)
        elif not here or not bases or None in (*values, *base_values):
            found[unit_id, "units"] = (whole, base_whole)
        else:
            used_new, used_old = compared_blanks(oracle, base, now, here, bases, (new, old))
            found[unit_id, "blanks"] = (
                summed(oracle, now, here, paired_new - used_new), summed(oracle, base, bases, paired_old - used_old)
            )  # fmt: skip
            found[unit_id, "form"] = (
                summed(oracle, now, here, new - paired_new), summed(oracle, base, bases, old - paired_old)
            )  # fmt: skip
    return {k: v for k, v in found.items() if v != (None, None)}


def test_parts_of_both_totals(oracle: Oracle, release: duckdb.DuckDBPyConnection) -> None:
    """Every row of change_part, to the last digit; and the parts add up to the whole totals."""
    want: Parts = {}
    for now, campaign in oracle.campaigns.items():
        for base, earlier in oracle.campaigns.items():
            is_pair = campaign["jurisdiction_id"] == earlier["jurisdiction_id"] and earlier["year"] < campaign["year"]
            if not is_pair or now not in oracle.facts or base not in oracle.facts:
                continue
            for measure_id in (m for m, v in oracle.measures.items() if v["kind"] == "sum"):
                for (unit_id, part), amounts in parts_of(oracle, base, now, measure_id).items():
                    key = (campaign["jurisdiction_id"], measure_id, campaign["year"], earlier["year"], unit_id, part)
                    want[key] = amounts
    rows = release.execute(
        "select jurisdiction_id, measure_id, year, base_year, unit_id, part, value, base_value from change_part"
        " where jurisdiction_id <> 'china'"
    ).fetchall()
    assert {r[:6]: r[6:] for r in rows} == want and len(rows) == len(want)
    assert {k[5] for k in want} == {"comparable", "blanks", "form", "units", "districts"}


def test_parts_add_up_to_the_totals(release: duckdb.DuckDBPyConnection) -> None:
    sums = release.execute(
        "select jurisdiction_id, measure_id, year, base_year, sum(value), sum(base_value) from change_part group by all"
    ).fetchall()
    totals = {
        (area, year, measure): value
        for area, year, measure, value in release.execute(
            "select jurisdiction_id, year, measure_id, value from measure_total join campaign using (campaign_id)"
        ).fetchall()
    }
    assert len(sums) > 60
    for area, measure, year, base_year, value, base_value in sums:
        assert (value or 0) == (totals.get((area, year, measure)) or 0), (area, measure, year)
        assert (base_value or 0) == (totals.get((area, base_year, measure)) or 0), (area, measure, base_year)


def pairs_of_blanks(oracle: Oracle, campaign: str) -> list[tuple[str, str]]:
    """(events, people): blanks of one activity that measure the same thing in events and in people."""
    found = []
    people = ("attendance", "participations")
    for activity, events in oracle.blanks(campaign):
        stem, _, kind = events["concept_id"].rpartition(".")
        if kind != "events":
            continue
        found += [
            (events["indicator_id"], i["indicator_id"])
            for other, i in oracle.blanks(campaign)
            if other == activity and i["concept_id"] in {f"{stem}.{p}" for p in people}
        ]
    return found


def test_ratios_of_units(truth: Truth, oracle: Oracle, release: duckdb.DuckDBPyConnection) -> None:
    """Attendance per event, shares of blanks, cases a month and days late, each unit's numerator and denominator."""
    want: dict[tuple[str, str, str], tuple[float, float]] = {}
    first = first_arrivals(truth)
    for (campaign_id, unit_id), (_, unit) in current_files(truth).items():
        facts, campaign = unit["facts"], oracle.campaigns[campaign_id]
        if not campaign["form_id"]:
            continue
        amounts: dict[str, float] = defaultdict(float)
        for events, people in pairs_of_blanks(oracle, campaign_id):
            held, came = facts[events]["value"], facts[people]["value"]
            if held and came is not None:
                amounts["people"] += came
                amounts["events"] += held
        if amounts["events"]:
            want[campaign_id, unit_id, "attendance_per_event"] = (amounts["people"], amounts["events"])
        cases = oracle.value(campaign_id, unit_id, "typical_cases")
        if cases is not None:
            want[campaign_id, unit_id, "cases_per_month"] = (cases, 1.0)
        states = Counter(map(state_of, facts.values()))
        n_answered = states["reported"] + states["explicit_zero"] + states["not_applicable"]
        want[campaign_id, unit_id, "share_filled"] = (100.0 * n_answered, states.total())
        asked = states.total() - states["not_applicable"]
        if asked:
            want[campaign_id, unit_id, "share_zero"] = (100.0 * states["explicit_zero"], asked)
        due: date | None = campaign.get("table_due_on")
        if due:
            late = max(0, (first[campaign_id, unit_id].date() - due).days)
            want[campaign_id, unit_id, "days_late"] = (late, 1.0)
    rows = release.execute("select campaign_id, unit_id, ratio_id, numerator, denominator from unit_ratio").fetchall()
    assert {r[:3]: r[3:] for r in rows} == want and len(rows) == len(want)
    assert min(Counter(k[2] for k in want).values()) > 100
