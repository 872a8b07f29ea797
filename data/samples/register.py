"""The register of what else was sent in: plans, summaries, liaisons, weekly reports, and acts of the office itself."""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from data.samples.facts import Maker
from data.samples.made import MadeFile
from data.samples.names import office_time, unit_name
from data.samples.profile import dice
from etl.blank.evidence import owing_units
from etl.catalog.duties import Duty
from etl.catalog.model import Campaign, Unit

CASES = frozenset({"case_exposed", "case_reported"})
Record = dict[str, object]


@dataclass(frozen=True)
class Due:
    """One thing to send in."""

    duty: Duty
    day: date
    number: int

    @property
    def moment(self) -> datetime:
        """When it is due; the end of the day when the notice names no time."""
        at = self.duty.due_time
        return datetime.combine(self.day, time.fromisoformat(at) if at else time(23, 59))


@dataclass(frozen=True)
class Entry:
    """One line of the register, or a line that is missing (`received_at` None)."""

    unit: Unit
    due: Due
    received_at: datetime | None
    period: str = ""
    amount: int | None = None

    def truth(self) -> Record:
        """What the maker meant, due date by due date."""
        state = "missing" if self.received_at is None else "met" if self.received_at <= self.due.moment else "met_late"
        return due_truth(self.unit, self.due, state, self.received_at)

    def act(self) -> Record:
        """The line as evidence."""
        return act_truth(self.unit, self.due.duty.kind, self.received_at, None, self.period, self.amount)


def due_truth(unit: Unit, due: Due, state: str, at: datetime | None) -> Record:
    """What became of one due date."""
    return {
        "unit_id": unit.unit_id,
        "kind": due.duty.kind,
        "duty_id": due.duty.duty_id,
        "due_at": due.moment.isoformat(),
        "received_at": at.isoformat() if at else None,
        "state": state,
    }


def act_truth(
    unit: Unit, kind: str, at: datetime | None, known_at: datetime | None, period: str, amount: int | None = None
) -> Record:
    """One line of evidence: when it happened, from when it was known, which period it names."""
    known = at or known_at
    return {
        "unit_id": unit.unit_id,
        "kind": kind,
        "at": at.isoformat() if at else None,
        "known_at": known.isoformat() if known else None,
        "period": period,
        "amount": amount,
    }


def make_register(maker: Maker, campaign: Campaign) -> tuple[MadeFile, list[Record], list[Record]]:
    """The register file of a campaign, the truth of every due date and unit, and the lines as evidence."""
    plan = maker.profile["campaigns"][campaign.campaign_id]
    until = plan.get("until")
    entries = [_entry(maker, campaign, unit, due, until) for due in _dues(maker, campaign) for unit in
               owing_units(maker.catalog, campaign, due.duty)]  # fmt: skip
    sent = sorted((e for e in entries if e.received_at), key=lambda e: (str(e.received_at), e.unit.position))
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(maker.profile["register"]["columns"])
    for entry in sent:
        writer.writerow(_line(maker, campaign, entry))
    closed_at = max(e.received_at for e in sent if e.received_at) + timedelta(days=1)
    file = MadeFile(plan["register"], out.getvalue().encode("utf-8-sig"), closed_at, "register")
    return file, [e.truth() for e in entries], [e.act() for e in sent]


def _dues(maker: Maker, campaign: Campaign) -> Iterator[Due]:
    """What is registered: not the table, not what stands in the table or in a case log, not what nobody keeps."""
    plan = maker.profile["campaigns"][campaign.campaign_id]
    left_out = {"table", "field", *plan.get("unkept", ())} | (CASES if "case_log" in plan else set())
    for duty in maker.catalog.duties:
        if campaign.campaign_id in duty.campaigns and duty.kind not in left_out:
            for number, day in enumerate(duty.due_on, start=1):
                yield Due(duty, day, number)


def _entry(maker: Maker, campaign: Campaign, unit: Unit, due: Due, until: date | None) -> Entry:
    settings = maker.profile["register"]
    rng = dice(maker.seed, "register", campaign.campaign_id, unit.unit_id, due.duty.kind, due.day)
    chance, at = rng.random(), None
    is_own = due.duty.owed_by == "office"
    if is_own or chance < settings["shares"]["met"]:
        at = _in_time(settings, due, rng)
    # A case exposed after its month counts for the next month; it is missing, not late.
    elif chance < settings["shares"]["met"] + settings["shares"]["late"] and due.duty.kind not in CASES:
        low, high = settings["weekly_late_minutes" if due.duty.due_time else "late_minutes"]
        at = due.moment + timedelta(minutes=rng.randint(low, high))
    if at and until and at.date() > until:
        at = None
    period = f"W{due.number}" if due.duty.period == "weekly" and rng.random() < settings["week_named_share"] else ""
    return Entry(unit, due, at, period, _amount(settings, due.duty, rng))


def _amount(settings: Record, duty: Duty, rng: random.Random) -> int | None:
    """Characters of a summary, now and then more than allowed."""
    if duty.max_amount is None:
        return None
    is_over = rng.random() < float(str(settings["over_limit_share"]))
    return duty.max_amount + rng.randint(40, 700) if is_over else rng.randint(duty.max_amount // 2, duty.max_amount)


def _in_time(settings: dict[str, list[int]], due: Due, rng: random.Random) -> datetime:
    if due.duty.due_time:
        low, high = settings["weekly_early_minutes"]
        return due.moment - timedelta(minutes=rng.randint(low, high))
    if due.duty.period == "monthly":
        return office_time(due.day.replace(day=rng.randint(3, 26)), rng)
    return office_time(due.day - timedelta(days=rng.randint(0, 3)), rng)


def _line(maker: Maker, campaign: Campaign, entry: Entry) -> list[object]:
    settings, kind = maker.profile["register"], entry.due.duty.kind
    rng = dice(maker.seed, "line", campaign.campaign_id, entry.unit.unit_id, kind, entry.due.day)
    received_at = entry.received_at or entry.due.moment
    slashed = f"{received_at.year}/{received_at.month}/{received_at.day} {received_at:%H:%M}"
    typed = slashed if rng.random() < settings["slash_share"] else f"{received_at:%Y-%m-%d %H:%M}"
    note = settings["notes"].get(kind, "").format(
        month=entry.due.day.month, number=entry.due.number, place=rng.choice(maker.profile["case_places"]),
        fault=rng.choice(maker.profile["case_faults"]),
    )  # fmt: skip
    word = rng.choice(settings["words"][kind])
    name = entry.unit.name if entry.unit.kind == "jurisdiction" else unit_name(entry.unit, rng, maker.profile)
    period = f"第{entry.due.number}周" if entry.period else ""
    return [name, word, period, typed, entry.amount or "", note]
