"""The monthly log of cases exposed: unit and month, date of publication, medium, case, date of report upward."""

from __future__ import annotations

import csv
import io
import random
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from data.samples.facts import Maker
from data.samples.made import MadeFile
from data.samples.names import unit_name
from data.samples.profile import dice
from data.samples.register import Due, Record, act_truth, due_truth
from etl.blank.evidence import CASE_HEADS, CASE_NOTE, FormSheet, owing_units, write_sheets
from etl.catalog.model import Campaign, Unit


@dataclass(frozen=True)
class Case:
    """One unit's month: exposed with or without a date or not at all, reported upward or not."""

    unit: Unit
    due: Due
    exposed: datetime | None
    is_claimed: bool
    reported: datetime | None

    @property
    def month(self) -> str:
        """The month as 2021-06."""
        return f"{self.due.day:%Y-%m}"


def make_case_log(maker: Maker, campaign: Campaign) -> tuple[MadeFile, list[Record], list[Record]]:
    """The log file, the truth of both monthly duties, and the lines as evidence."""
    mine = {d.kind: d for d in maker.catalog.duties if campaign.campaign_id in d.campaigns and d.period == "monthly"}
    exposing, reporting = mine["case_exposed"], mine["case_reported"]
    cases = [
        _case(maker, campaign, unit, Due(exposing, day, number))
        for unit in owing_units(maker.catalog, campaign, exposing)
        for number, day in enumerate(exposing.due_on, start=1)
    ]
    moments = [m for c in cases for m in (c.exposed, c.reported) if m]
    closed_at = datetime.combine(max(moments).date() + timedelta(days=1), time(9, 5))
    truth: list[Record] = []
    acts: list[Record] = []
    for case in cases:
        up = Due(reporting, case.due.day, case.due.number)
        exposed = "met" if case.exposed else "soft" if case.is_claimed else "missing"
        told = "missing" if not case.reported else "met" if case.reported <= up.moment else "met_late"
        truth += [due_truth(case.unit, case.due, exposed, case.exposed), due_truth(case.unit, up, told, case.reported)]
        if case.exposed or case.is_claimed:
            acts.append(act_truth(case.unit, "case_exposed", case.exposed, closed_at, case.month))
        if case.reported:
            acts.append(act_truth(case.unit, "case_reported", case.reported, None, case.month))
    name = str(maker.profile["campaigns"][campaign.campaign_id]["case_log"])
    rows = [_row(maker, campaign, c) for c in cases if c.exposed or c.is_claimed]
    return MadeFile(name, _write(name, rows, campaign), closed_at, "register"), truth, acts


def _case(maker: Maker, campaign: Campaign, unit: Unit, due: Due) -> Case:
    shares = maker.profile["case_log"]
    rng = dice(maker.seed, "case", campaign.campaign_id, unit.unit_id, due.day)
    chance, then = rng.random(), rng.random()
    if chance >= shares["dated"]:
        return Case(unit, due, None, chance < shares["dated"] + shares["undated"], None)
    exposed = datetime.combine(due.day.replace(day=rng.randint(3, 24)), time())
    return Case(unit, due, exposed, True, _reported(shares, exposed, due, then, rng))


def _reported(
    shares: dict[str, float], exposed: datetime, due: Due, chance: float, rng: random.Random
) -> datetime | None:
    if chance < shares["reported"]:
        return exposed + timedelta(days=rng.randint(0, 4))
    if chance < shares["reported"] + shares["reported_late"]:
        return datetime.combine(due.day, time()) + timedelta(days=rng.randint(1, 9))
    return None


def _row(maker: Maker, campaign: Campaign, case: Case) -> list[str]:
    rng = dice(maker.seed, "case-line", campaign.campaign_id, case.unit.unit_id, case.due.day)
    month = case.month if rng.random() < maker.profile["case_log"]["plain_month_share"] else f"{case.due.day.month}月"
    days = [f"{m:%Y-%m-%d}" if m else "" for m in (case.exposed, case.reported)]
    profile = maker.profile
    words = f"{rng.choice(profile['case_places'])}{rng.choice(profile['case_faults'])}"
    name = unit_name(case.unit, rng, profile)
    return [name, month, days[0], rng.choice(profile["case_log"]["media"]), words, days[1], ""]


def _write(name: str, rows: list[list[str]], campaign: Campaign) -> bytes:
    """As the file's ending says: a workbook, or CSV as spreadsheet programs in offices save it."""
    if name.endswith(".xlsx"):
        sheet = FormSheet("典型案例月报", CASE_NOTE, CASE_HEADS, [tuple(r) for r in rows])
        return write_sheets([sheet], f"{campaign.title_zh}典型案例月报")
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows([CASE_HEADS, *rows])
    return out.getvalue().encode("gb18030")
