"""How units, files and dates are written."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from data.samples.habits import chinese
from data.samples.profile import Profile, pick
from etl.catalog.model import Campaign, Unit

_ZERO_DIGITS = "〇一二三四五六七八九"


@dataclass(frozen=True)
class Day:
    """A report date as typed, and what it says."""

    typed: str
    day: date | None


def unit_name(unit: Unit, rng: random.Random, profile: Profile) -> str:
    """The unit as a clerk writes it: official name, office, alias or spaced out."""
    style = pick(rng, profile["unit_styles"]["zone" if unit.kind == "zone" else "legal"])
    return style.format(
        name=unit.name,
        spaced=" ".join(unit.name),
        top=profile["top_names"][unit.jurisdiction_id],
        alias=rng.choice(unit.aliases) if unit.aliases else unit.name,
    )


def file_name(pattern: str, unit: Unit, campaign: Campaign) -> str:
    """A file name that names the unit."""
    return pattern.format(
        name=unit.name,
        short=unit.short_name,
        campaign=campaign.campaign_id.replace("-", "_"),
        year=campaign.year,
        number=unit.position,
    )


def typed_day(day: date, rng: random.Random, profile: Profile) -> Day:
    """A report date in one of the usual spellings, now and then left blank."""
    if rng.random() < profile["blank_date_share"]:
        return Day("", None)
    style = pick(rng, profile["date_styles"])
    year = "".join(_ZERO_DIGITS[int(d)] for d in str(day.year))
    in_words = f"{year}年{chinese(day.month)}月{chinese(day.day)}日"
    return Day(style.format(y=day.year, m=day.month, d=day.day, cn=in_words), day)


def office_time(day: date, rng: random.Random) -> datetime:
    """A moment in office hours."""
    return datetime.combine(day, time(8, 30)) + timedelta(minutes=rng.randint(0, 555))


def due_day(campaign: Campaign) -> date:
    """The day the table is due."""
    return campaign.table_due_on or campaign.ends_on + timedelta(days=2)
