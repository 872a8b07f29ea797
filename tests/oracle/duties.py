"""The duties once more, in plain Python: due moments, states as known on a day, and both reporting rates.

Written from the notices' rules and the maker's truth (which line, which table, when); nothing comes from etl or from SQL.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any

from tests.oracle.oracle import CATALOG, Oracle, read

Truth = dict[str, Any]
REPORTS = {"plan", "summary", "liaison", "weekly_report", "table", "case_reported"}
NAMED = {"weekly_report", "case_reported"}
TYPED_IN_VAIN = {"unreadable", "unquantified", "see_attachment"}
END = time(23, 59, 59)


@cache
def days_off() -> dict[date, bool]:
    with (CATALOG / "holidays.csv").open(encoding="utf-8", newline="") as stream:
        return {date.fromisoformat(r["day"]): r["is_off"] == "1" for r in csv.DictReader(stream)}


def days_of(duty: dict[str, Any]) -> list[date]:
    """The days a duty names, one by one or by its rule."""
    if "due_on" in duty:
        return list(duty["due_on"])
    if "months" in duty:
        first, last = (tuple(map(int, duty["months"][k].split("-"))) for k in ("from", "to"))
        months = [divmod(n, 12) for n in range(first[0] * 12 + first[1], last[0] * 12 + last[1] + 1)]
        return [date(y, m + 1, 1) - timedelta(days=1) for y, m in months]
    day, found = duty["every"]["from"], []
    while day <= duty["every"]["to"]:
        found += [day] if day.isoweekday() == duty["every"]["weekday"] else []
        day += timedelta(days=1)
    return found


def due_at(duty: dict[str, Any], day: date, inclusive: bool = True, moves: bool = False) -> datetime:
    """The last moment that is in time."""
    if duty["period"] == "monthly":
        return datetime.combine(day, END)
    hard = bool(duty.get("is_before")) and not inclusive
    if not duty.get("due_time"):
        day = day - timedelta(days=1) if hard else day
    while moves and days_off().get(day, day.weekday() >= 5):
        day += timedelta(days=1)
    if not duty.get("due_time"):
        return datetime.combine(day, END)
    at = datetime.combine(day, time.fromisoformat(duty["due_time"]))
    return at - timedelta(seconds=1) if hard else at


@dataclass(frozen=True)
class Act:
    at: datetime | None
    known: datetime
    period: str


def acts_of(truth: Truth, campaign_id: str) -> dict[tuple[str, str], list[Act]]:
    """(unit, kind) -> lines of the registers, and every table received, superseded ones too."""
    campaign = truth["campaigns"][campaign_id]
    found: dict[tuple[str, str], list[Act]] = defaultdict(list)
    for line in campaign["acts"]:
        at = datetime.fromisoformat(line["at"]) if line["at"] else None
        found[line["unit_id"], line["kind"]].append(Act(at, datetime.fromisoformat(line["known_at"]), line["period"]))
    for file in campaign["files"]:
        if file["kind"] in ("register", "duplicate"):
            continue
        at = datetime.fromisoformat(file["received_at"])
        for unit_id, unit in file["units"].items():
            if {f["state"] for f in unit["facts"].values()} != {"not_reported"}:
                found[unit_id, "table"].append(Act(at, at, ""))
    return found


def told(
    truth: Truth, campaign_id: str, unit_id: str, blank: str, moment: datetime
) -> tuple[float | None, datetime, bool]:
    """What the newest table that had come said of a blank, since when, and whether something typed there can't be counted."""
    tables = [
        (bool(f["units"][unit_id]["is_current"]), datetime.fromisoformat(f["received_at"]), f["units"][unit_id])
        for f in truth["campaigns"][campaign_id]["files"]
        if f["kind"] in ("form", "collected") and unit_id in f["units"]
        and datetime.fromisoformat(f["received_at"]) <= moment
    ]  # fmt: skip
    if not tables:
        return None, moment, False
    _, since, unit = max(tables, key=lambda t: t[:2])
    fact = unit["facts"].get(blank, {})
    return fact.get("value"), since, fact.get("state") in TYPED_IN_VAIN


def counts_for(duty: dict[str, Any], number: int, day: date, act: Act) -> bool:
    """Whether an act counts for this due date."""
    if duty["period"] == "once":
        return True
    if act.period and (duty["kind"] in NAMED or act.at is None):
        return act.period in (f"{day:%Y-%m}" if duty["period"] == "monthly" else f"{day:%Y-%m-%d}", f"W{number}")
    if act.at is None:
        return False
    if duty["period"] == "monthly":
        return (act.at.year, act.at.month) == (day.year, day.month)
    return act.at.isocalendar()[:2] == day.isocalendar()[:2]


Key = tuple[str, str, str, int]


def states(truth: Truth, oracle: Oracle, moment: datetime) -> dict[Key, tuple[str, datetime | None, datetime]]:
    """(campaign, unit, duty, number) -> state, when met, when due; as known at a moment."""
    found: dict[Key, tuple[str, datetime | None, datetime]] = {}
    for duty in read("duties.yaml")["duties"]:
        (campaign_id,) = duty["campaigns"]
        acts = acts_of(truth, campaign_id)
        kept = {k for (_, k) in acts} | {"table", "field"}
        for number, day in enumerate(days_of(duty), 1):
            due = due_at(duty, day)
            for unit_id, kind in owing(oracle, campaign_id, duty):
                mine = [
                    a for a in acts[unit_id, duty["kind"]] if a.known <= moment and counts_for(duty, number, day, a)
                ]
                met = sorted(a.at for a in mine if a.at)
                soft = any(a.at is None for a in mine)
                least = duty.get("min_count", 1)
                if duty.get("field") and number == 1:
                    value, since, is_vain = told(truth, campaign_id, unit_id, duty["field"], moment)
                    has_number = value is not None and value >= least
                    soft = soft or is_vain or (has_number and duty["kind"] != "field")
                    met = [since] * least if has_number and duty["kind"] == "field" else met
                met_at = met[least - 1] if len(met) >= least else None
                if duty.get("applies_to") and kind not in duty["applies_to"]:
                    state, met_at = "not_applicable", None
                elif met_at:
                    state = "met" if met_at <= due or not duty.get("is_dated", True) else "met_late"
                elif due > moment:
                    state = "not_due"
                else:
                    state = "soft" if soft else "missing" if duty["kind"] in kept else "no_evidence"
                found[campaign_id, unit_id, duty["duty_id"], number] = (state, met_at, due)
    return found


def owing(oracle: Oracle, campaign_id: str, duty: dict[str, Any]) -> list[tuple[str, str]]:
    """(unit, kind) of those who owe a duty."""
    if duty.get("owed_by") == "office":
        area = oracle.campaigns[campaign_id]["jurisdiction_id"]
        whole = next(j for j in read("jurisdictions.yaml")["jurisdictions"] if j["jurisdiction_id"] == area)
        return [(str(whole["unit_id"]), "jurisdiction")]
    return [(u, oracle.kind(u)) for u in oracle.roster(campaign_id)]


def rates(
    found: dict[Key, tuple[str, datetime | None, datetime]], campaign_id: str, moment: datetime
) -> tuple[int, int, int]:
    """(expected, received, received by the due moment): reports due by then of the units; what nobody can judge is left out."""
    duties = {d["duty_id"]: d for d in read("duties.yaml")["duties"]}
    rows = [
        state
        for (campaign, _, duty_id, _), (state, _, due) in found.items()
        if campaign == campaign_id and duties[duty_id]["kind"] in REPORTS and due <= moment
        and duties[duty_id].get("owed_by") != "office" and state not in ("not_applicable", "no_evidence", "soft")
    ]  # fmt: skip
    return len(rows), rows.count("met") + rows.count("met_late"), rows.count("met")
