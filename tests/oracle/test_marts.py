"""What the first oracle leaves out: parts by activity with state and qualifier, reports of units, like-for-like totals.

Written from the definitions: a part is asked for unless it is not applicable; a table with every row 未报 is no report.
"""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime
from typing import Any

import duckdb
import pytest

from tests.oracle.oracle import RANK, Oracle, read, state_of

Truth = dict[str, Any]


def current_files(truth: Truth) -> dict[tuple[str, str], tuple[dict[str, Any], dict[str, Any]]]:
    """(campaign, unit) -> the file that counts and the unit's part of it; units said not to have reported are left out."""
    found = {}
    for campaign_id, campaign in truth["campaigns"].items():
        for file in campaign["files"]:
            if file["kind"] == "register" or file["duplicate_of"]:
                continue
            for unit_id, unit in file["units"].items():
                said = {f["state"] for f in unit["facts"].values()}
                if unit["is_current"] and said != {"not_reported"}:
                    found[campaign_id, unit_id] = (file, unit)
    return found


def first_arrivals(truth: Truth) -> dict[tuple[str, str], datetime]:
    """(campaign, unit) -> when the first file came that answers any of its blanks."""
    found: dict[tuple[str, str], datetime] = {}
    for campaign_id, campaign in truth["campaigns"].items():
        for file in campaign["files"]:
            for unit_id, unit in file["units"].items() if file["kind"] != "register" else ():
                states = {f["state"] for f in unit["facts"].values()} - {"not_reported", "not_filled", "row_missing"}
                if states and not file["duplicate_of"]:
                    came = datetime.fromisoformat(file["received_at"])
                    found[campaign_id, unit_id] = min(came, found.get((campaign_id, unit_id), came))
    return found


@pytest.fixture(scope="module")
def oracle(truth: Truth) -> Oracle:
    facts: dict[str, dict[str, dict[str, dict[str, Any]]]] = {
        c: {} for c, v in truth["campaigns"].items() if v["form_id"]
    }
    for (campaign_id, unit_id), (_, unit) in current_files(truth).items():
        facts[campaign_id][unit_id] = unit["facts"]
    return Oracle(facts)


def weakest(qualifiers: list[str]) -> str:
    """Of a sum: approx when any part is, or when some are too low and others too high."""
    has = set(qualifiers)
    if "approx" in has or {"at_least", "at_most"} <= has:
        return "approx"
    return "at_least" if "at_least" in has else "at_most" if "at_most" in has else "exact"


def summed(facts: list[dict[str, Any]] | None, n_asked: int) -> tuple[float | None, str, str, int, int]:
    """(value, state, qualifier, n_reported, n_expected) of some blanks of one unit; None: the unit did not report."""
    if facts is None:
        return None, "not_reported", "exact", 0, n_asked
    present = [f for f in facts if f["value"] is not None]
    asked = [f for f in facts if f["state"] != "not_applicable"]
    value = float(sum(f["value"] for f in present)) if present else None
    empty = {"not_filled", "row_missing"} >= {f["state"] for f in asked}
    nothing = "not_applicable" if not asked else "not_filled" if empty else "no_value"
    state = nothing if not present else "partial" if len(present) < len(asked) else "reported"
    return value, state, weakest([f["qualifier"] for f in present]), len(present), len(asked)


def test_parts_by_activity_and_their_sums(oracle: Oracle, release: duckdb.DuckDBPyConnection) -> None:
    parts: dict[tuple[str, str, str, str], tuple[Any, ...]] = {}
    wholes: dict[tuple[str, str, str], tuple[Any, ...]] = {}
    for campaign_id in oracle.facts:
        for measure_id, measure in oracle.measures.items():
            wanted = [(a, i["indicator_id"]) for a, i in oracle.blanks(campaign_id) if i["kind"] == "count" and i["concept_id"] in measure["adds"]]  # fmt: skip
            for unit_id in oracle.roster(campaign_id) if wanted else ():
                unit = oracle.facts[campaign_id].get(unit_id)
                wholes[campaign_id, unit_id, measure_id] = summed([unit[i] for _, i in wanted] if unit else None, len(wanted))  # fmt: skip
                for activity_id in {a for a, _ in wanted}:
                    ids = [i for a, i in wanted if a == activity_id]
                    parts[campaign_id, unit_id, measure_id, activity_id] = summed([unit[i] for i in ids] if unit else None, len(ids))  # fmt: skip
    columns = "value, state, qualifier, n_reported, n_expected"
    sample = "from {} v join campaign c using (campaign_id) where c.basis <> 'published'"
    rows = release.execute(f"select campaign_id, unit_id, measure_id, activity_id, {columns} {sample.format('measure_activity_value')}").fetchall()  # fmt: skip
    assert {r[:4]: r[4:] for r in rows} == parts and len(rows) == len(parts)
    rows = release.execute(f"select campaign_id, unit_id, measure_id, {columns} {sample.format('measure_value')} and measure_id <> 'activity_coverage'").fetchall()  # fmt: skip
    assert {r[:3]: r[3:] for r in rows} == wholes and len(rows) == len(wholes)
    rows = release.execute(f"select campaign_id, measure_id, qualifier {sample.format('measure_total')}").fetchall()
    for campaign_id, measure_id, qualifier in rows:
        mine = [w[2] for k, w in wholes.items() if k[0] == campaign_id and k[2] == measure_id and w[0] is not None]
        assert qualifier == weakest(mine), (campaign_id, measure_id)


def test_published_totals_are_not_added_to_broad_measures(release: duckdb.DuckDBPyConnection) -> None:
    measures = {m["measure_id"] for m in read("measures.yaml")["measures"] if m["from_published"]}
    rows = release.execute(
        "select distinct measure_id from measure_value join campaign using (campaign_id) where basis = 'published'"
    ).fetchall()
    assert {m for (m,) in rows} == measures


def test_reports_of_units(truth: Truth, oracle: Oracle, release: duckdb.DuckDBPyConnection) -> None:
    files, first = current_files(truth), first_arrivals(truth)
    columns = "state, source_name, report_date, received_at, due_on, days_late, n_blanks, n_reported, n_zero, n_not_applicable, n_not_filled, n_withheld"  # fmt: skip
    rows = release.execute(f"select campaign_id, unit_id, {columns} from unit_report join campaign using (campaign_id) where basis <> 'published'").fetchall()  # fmt: skip
    got = {r[:2]: r[2:] for r in rows}
    want: dict[tuple[str, str], tuple[Any, ...]] = {}
    for campaign_id in oracle.facts:
        due = oracle.campaigns[campaign_id].get("table_due_on")
        for unit_id in oracle.roster(campaign_id):
            if (campaign_id, unit_id) not in files:
                want[campaign_id, unit_id] = ("not_reported", None, None, None, due, None, 0, 0, 0, 0, 0, 0)
                continue
            file, unit = files[campaign_id, unit_id]
            received = datetime.fromisoformat(file["received_at"])
            states = Counter(map(state_of, unit["facts"].values()))
            n_read = states["reported"] + states["explicit_zero"]
            n_empty = states["not_filled"] + states["row_missing"] + states["not_reported"]
            rest = states.total() - n_read - n_empty - states["not_applicable"]
            reported_on = unit["report_date"] and date.fromisoformat(unit["report_date"])
            late = max(0, (first[campaign_id, unit_id].date() - due).days) if due else None
            name = f"samples/{campaign_id}/{file['file']}"
            want[campaign_id, unit_id] = ("reported", name, reported_on, received, due, late, states.total(), n_read, states["explicit_zero"], states["not_applicable"], n_empty, rest)  # fmt: skip
    assert got == want
    assert len({w[0] for w in want.values()}) == 2 and any(w[5] for w in want.values())


def test_like_for_like_totals_and_grades(oracle: Oracle, release: duckdb.DuckDBPyConnection) -> None:
    by_year = {(c["jurisdiction_id"], c["year"]): i for i, c in oracle.campaigns.items() if i in oracle.facts}
    rows = release.execute(
        "select jurisdiction_id, measure_id, year, base_year, unit_id, value, base_value, change, pct, grade, n_units,"
        " n_units_expected from comparison where jurisdiction_id <> 'china' and measure_id <> 'activity_coverage'"
    ).fetchall()
    got = {r[:5]: r[5:] for r in rows}
    assert len(got) == len(rows)
    want: dict[tuple[Any, ...], tuple[Any, ...]] = {}
    for (jurisdiction, year), now in by_year.items():
        for (base_jurisdiction, base_year), base in by_year.items():
            if base_jurisdiction != jurisdiction or base_year >= year:
                continue
            units = oracle.roster(now)
            for measure_id in (m for m, v in oracle.measures.items() if v["kind"] == "sum"):
                concepts = oracle.concepts(measure_id)
                concept = {c: {i["indicator_id"]: i["concept_id"] for _, i in oracle.blanks(c)} for c in (now, base)}
                can = any(
                    all(concept[now][i] in concepts for i in new) and all(concept[base][i] in concepts for i in old)
                    for old, new, _ in oracle.pairs(base, now)
                )
                key = (jurisdiction, measure_id, year, base_year)
                found = {u: oracle.compared(base, now, u, measure_id) for u in units}
                for unit_id, row in found.items():
                    if row is None:
                        refused = not can or oracle.base_units(base, now, unit_id)[1] == "refuse"
                        want[*key, unit_id] = (None, None, None, None, "refuse" if refused else "missing", 0, 1)
                    else:
                        want[*key, unit_id] = (*row[:2], row[0] - row[1], percent(oracle, *row[:2]), row[2], 1, 1)
                both = [r for r in found.values() if r is not None]
                if not both:
                    want[*key, None] = (None, None, None, None, "missing" if can else "refuse", 0, len(units))
                    continue
                value, base_value = sum(r[0] for r in both), sum(r[1] for r in both)
                worst = max((r[2] for r in both), key=lambda g: RANK[g])
                want[*key, None] = (value, base_value, value - base_value, percent(oracle, value, base_value), worst, len(both), len(units))  # fmt: skip
    assert got == want


def percent(oracle: Oracle, value: float, base: float) -> float | None:
    return 100.0 * (value - base) / base if base >= oracle.tiny_base else None


def test_coverage_totals_over_the_units_of_both_years(oracle: Oracle, release: duckdb.DuckDBPyConnection) -> None:
    by_year = {(c["jurisdiction_id"], c["year"]): i for i, c in oracle.campaigns.items() if i in oracle.facts}
    rows = release.execute(
        "select jurisdiction_id, year, base_year, value, base_value, change, pct, grade, n_units, n_units_expected"
        " from comparison where jurisdiction_id <> 'china' and measure_id = 'activity_coverage' and unit_id is null"
    ).fetchall()
    graded = Counter(r[7] for r in rows)
    for jurisdiction, year, base_year, *got in rows:
        now, base = by_year[jurisdiction, year], by_year[jurisdiction, base_year]
        units = oracle.roster(now)
        if oracle.campaigns[now]["form_id"] != oracle.campaigns[base]["form_id"]:
            assert got == [None, None, None, None, "refuse", 0, len(units)]
            continue
        both = [
            (new, old)
            for u in units
            if (new := oracle.coverage(now, u)) is not None and (old := oracle.base_coverage(base, now, u)) is not None
        ]
        bridged = any(
            oracle.base_units(base, now, u)[1] == "close"
            and oracle.coverage(now, u)
            and oracle.base_coverage(base, now, u)
            for u in units
        )
        value, base_value = (100.0 * sum(b[s][0] for b in both) / sum(b[s][1] for b in both) for s in (0, 1))
        assert got == [
            value,
            base_value,
            value - base_value,
            None,
            "close" if bridged else "same",
            len(both),
            len(units),
        ], (now, base)
    assert graded["same"] >= 3 and graded["close"] and graded["refuse"] >= 3
