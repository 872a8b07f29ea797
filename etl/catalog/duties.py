"""Duties of the notices as records, and their due moments under the settings and the calendar of days off."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from etl.catalog.entry import Entry

PERIODS, OWNERS, BASES = ("once", "weekly", "monthly"), ("units", "office"), ("notice", "assumed")
_CLOCK, _MONTH = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]"), re.compile(r"20[0-9]{2}-(0[1-9]|1[0-2])")
DAY_END = time(23, 59, 59)
SECOND = timedelta(seconds=1)
INCLUSIVE, MOVES = "before_is_inclusive", "due_moves_to_workday"


@dataclass(frozen=True)
class DutyKind:
    """What a duty can ask for, and the printed words that name it in a register."""

    kind: str
    short_zh: str
    short_en: str
    is_report: bool
    names_period: bool
    words: tuple[str, ...]


@dataclass(frozen=True)
class Duty:
    """A duty of a notice that can be checked."""

    duty_id: str
    campaigns: tuple[str, ...]
    kind: str
    period: str  # once, weekly, monthly
    due_on: tuple[date, ...]
    due_time: str | None
    is_before: bool  # the notice says “前”
    is_dated: bool  # the notice sets a date for it; without one nothing is late
    min_count: int
    max_amount: int | None
    field: str | None
    applies_to: tuple[str, ...]  # kinds of unit; empty: all
    owed_by: str  # units, office
    basis: str  # notice, assumed
    label_zh: str
    label_en: str
    short_zh: str  # '' : that of its kind
    short_en: str
    quote: str
    note_zh: str
    note_en: str


@dataclass(frozen=True)
class Due:
    """One due date of a duty: its key, its moment, and from when to when an act counts for it (None: open)."""

    number: int
    key: str  # '' once, '2021-06' a month, '2021-06-03' the Thursday of a week
    on: date
    at: datetime
    counts_from: datetime | None
    counts_to: datetime | None  # exclusive


@dataclass(frozen=True)
class Calendar:
    """Days off and working weekends as the State Council orders them; other days follow the week."""

    is_off: Mapping[date, bool]

    def is_workday(self, day: date) -> bool:
        """Whether offices work on that day."""
        return not self.is_off.get(day, day.isoweekday() >= 6)

    def next_workday(self, day: date) -> date:
        """The day itself, or the first working day after it."""
        while not self.is_workday(day):
            day += timedelta(days=1)
        return day


def dues(duty: Duty, settings: Mapping[str, float], calendar: Calendar) -> tuple[Due, ...]:
    """The due dates of a duty in order."""
    return tuple(_due(duty, n, day, settings, calendar) for n, day in enumerate(duty.due_on, start=1))


def _due(duty: Duty, number: int, day: date, settings: Mapping[str, float], calendar: Calendar) -> Due:
    if duty.period == "monthly":
        first, after = day.replace(day=1), day + timedelta(days=1)
        start, end = datetime.combine(first, time()), datetime.combine(after, time())
        return Due(number, f"{day:%Y-%m}", day, datetime.combine(day, DAY_END), start, end)
    at = due_moment(duty, day, settings, calendar)
    if duty.period == "once":
        return Due(number, "", day, at, None, None)
    monday = datetime.combine(day - timedelta(days=day.weekday()), time())
    return Due(number, f"{day:%Y-%m-%d}", day, at, monday, monday + timedelta(days=7))


def due_moment(duty: Duty, day: date, settings: Mapping[str, float], calendar: Calendar) -> datetime:
    """The last moment in time. The last day allowed is found first, then moved off a day off where so set."""
    is_exclusive = duty.is_before and not settings[INCLUSIVE]
    if duty.due_time:
        clock = time.fromisoformat(duty.due_time)
        moved = calendar.next_workday(day) if settings[MOVES] else day
        return datetime.combine(moved, clock) - (SECOND if is_exclusive else timedelta())
    last = day - timedelta(days=1) if is_exclusive else day
    return datetime.combine(calendar.next_workday(last) if settings[MOVES] else last, DAY_END)


def parse_kind(k: Entry) -> DutyKind:
    """One kind of duty."""
    return DutyKind(
        kind=k.text("kind"),
        short_zh=k.text("short_zh"),
        short_en=k.text("short_en"),
        is_report=k.flag("is_report", False),
        names_period=k.flag("names_period", False),
        words=k.texts("words"),
    )


def parse_duty(d: Entry) -> Duty:
    """One duty; rules of its due days are written out. Raises CatalogError for what is missing or of another type."""
    basis = d.one_of("basis", BASES, "notice")
    return Duty(
        duty_id=d.text("duty_id"),
        campaigns=d.texts("campaigns"),
        kind=d.text("kind"),
        period=d.one_of("period", PERIODS),
        due_on=_due_days(d),
        due_time=_due_time(d),
        is_before=d.flag("is_before", False),
        is_dated=d.flag("is_dated", True),
        min_count=d.whole("min_count", 1, 1),
        max_amount=d.whole("max_amount", 1) if d.says("max_amount") else None,
        field=d.maybe_text("field"),
        applies_to=d.texts("applies_to", is_needed=False),
        owed_by=d.one_of("owed_by", OWNERS, "units"),
        basis=basis,
        label_zh=d.text("label_zh"),
        label_en=d.text("label_en"),
        short_zh=d.text("short_zh", ""),
        short_en=d.text("short_en", ""),
        quote=d.text("quote") if basis == "notice" else d.text("quote", ""),
        note_zh=d.text("note_zh", ""),
        note_en=d.text("note_en", ""),
    )


def _due_time(d: Entry) -> str | None:
    clock = d.maybe_text("due_time")
    if clock is not None and not _CLOCK.fullmatch(clock):
        raise d.wrong("due_time", clock, "时刻，如 15:00", "a time such as 15:00")
    return clock


def _due_days(d: Entry) -> tuple[date, ...]:
    if d.says("every"):
        rule = d.entry("every")
        first, last = rule.day("from"), rule.day("to")
        weekday = int(rule.one_of("weekday", "1234567"))
        days = (first + timedelta(days=n) for n in range((last - first).days + 1))
        return tuple(day for day in days if day.isoweekday() == weekday)
    if d.says("months"):
        first, last = _month(d.entry("months"), "from"), _month(d.entry("months"), "to")
        span = (last.year - first.year) * 12 + last.month - first.month + 1
        return tuple(_month_end(first, n) for n in range(span))
    return d.days("due_on")


def _month(rule: Entry, side: str) -> date:
    """The first day of the month that a rule runs from or to."""
    month = rule.text(side)
    if not _MONTH.fullmatch(month):
        raise rule.wrong(side, month, "月份，如 2021-06", "a month such as 2021-06")
    return date.fromisoformat(f"{month}-01")


def _month_end(first: date, months_on: int) -> date:
    """The last day of the month that is so many months after the first."""
    after = first.year * 12 + first.month - 1 + months_on + 1
    return date(after // 12, after % 12 + 1, 1) - timedelta(days=1)


def parse_calendar(rows: Iterable[Entry]) -> Calendar:
    """The lines of holidays.csv."""
    return Calendar({r.day("day"): r.bit("is_off") for r in rows})
