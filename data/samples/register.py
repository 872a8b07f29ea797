"""The register of what else was sent in: plans, summaries, liaisons, weekly reports, cases exposed."""

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
from etl.catalog.model import Campaign, Unit


@dataclass(frozen=True)
class Due:
    """One thing to send in: the duty of the notice, or an extra item without one."""

    kind: str
    duty_id: str | None
    day: date
    at: str | None
    number: int

    @property
    def moment(self) -> datetime:
        """When it is due; the end of the day when the notice names no time."""
        return datetime.combine(self.day, time.fromisoformat(self.at) if self.at else time(23, 59))


@dataclass(frozen=True)
class Entry:
    """One line of the register, or a line that is missing (`received_at` None)."""

    unit: Unit
    due: Due
    received_at: datetime | None

    def truth(self) -> dict[str, object]:
        """The record for the truth file."""
        state = "missing" if self.received_at is None else "met" if self.received_at <= self.due.moment else "met_late"
        return {
            "unit_id": self.unit.unit_id,
            "kind": self.due.kind,
            "duty_id": self.due.duty_id,
            "due_at": self.due.moment.isoformat(),
            "received_at": self.received_at.isoformat() if self.received_at else None,
            "state": state,
        }


def make_register(maker: Maker, campaign: Campaign) -> tuple[MadeFile, list[dict[str, object]]]:
    """The register file of a campaign and the truth of every duty and unit."""
    entries = [
        _entry(maker, campaign, unit, due) for unit in maker.catalog.roster(campaign) for due in _dues(maker, campaign)
    ]
    plan = maker.profile["campaigns"][campaign.campaign_id]
    sent = sorted((e for e in entries if e.received_at), key=lambda e: (str(e.received_at), e.unit.position))
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(maker.profile["register"]["columns"])
    for entry in sent:
        writer.writerow(_line(maker, campaign, entry))
    closed_at = max(e.received_at for e in sent if e.received_at) + timedelta(days=1)
    data = out.getvalue().encode("utf-8-sig")
    return MadeFile(plan["register"], data, closed_at, "register"), [e.truth() for e in entries]


def _dues(maker: Maker, campaign: Campaign) -> Iterator[Due]:
    for duty in maker.catalog.duties:
        if campaign.campaign_id in duty.campaigns and duty.kind != "table":
            for number, day in enumerate(duty.due_on, start=1):
                yield Due(duty.kind, duty.duty_id, day, duty.due_time, number)
    extra = maker.profile["register"]["extra_items"].get(campaign.campaign_id, {})
    for kind, day in extra.items():
        yield Due(kind, None, day, None, 1)


def _entry(maker: Maker, campaign: Campaign, unit: Unit, due: Due) -> Entry:
    settings = maker.profile["register"]
    rng = dice(maker.seed, "register", campaign.campaign_id, unit.unit_id, due.kind, due.day)
    chance = rng.random()
    if chance < settings["shares"]["met"]:
        return Entry(unit, due, _in_time(settings, due, rng))
    # A case exposed after its month counts for the next month; it is missing, not late.
    if chance < settings["shares"]["met"] + settings["shares"]["late"] and due.kind != "case_exposed":
        low, high = settings["weekly_late_minutes" if due.at else "late_minutes"]
        return Entry(unit, due, due.moment + timedelta(minutes=rng.randint(low, high)))
    return Entry(unit, due, None)


def _in_time(settings: dict[str, list[int]], due: Due, rng: random.Random) -> datetime:
    if due.at:
        low, high = settings["weekly_early_minutes"]
        return due.moment - timedelta(minutes=rng.randint(low, high))
    if due.kind == "case_exposed":
        return office_time(due.day.replace(day=rng.randint(3, 26)), rng)
    return office_time(due.day - timedelta(days=rng.randint(0, 3)), rng)


def _line(maker: Maker, campaign: Campaign, entry: Entry) -> list[str]:
    settings = maker.profile["register"]
    rng = dice(maker.seed, "line", campaign.campaign_id, entry.unit.unit_id, entry.due.kind, entry.due.day)
    received_at = entry.received_at or entry.due.moment
    slashed = f"{received_at.year}/{received_at.month}/{received_at.day} {received_at:%H:%M}"
    typed = slashed if rng.random() < settings["slash_share"] else f"{received_at:%Y-%m-%d %H:%M}"
    note = (
        settings["notes"]
        .get(entry.due.kind, "")
        .format(
            month=entry.due.day.month,
            number=entry.due.number,
            place=rng.choice(maker.profile["case_places"]),
            fault=rng.choice(maker.profile["case_faults"]),
        )
    )
    word = rng.choice(settings["words"][entry.due.kind])
    return [unit_name(entry.unit, rng, maker.profile), word, typed, note]
