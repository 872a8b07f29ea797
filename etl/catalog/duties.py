"""Duties of the notices as records, and their due moments under the settings and the calendar of days off."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from etl.catalog.text import Record, need

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


def parse_kind(k: Record) -> DutyKind:
    """One kind of duty."""
    return DutyKind(
        kind=str(k["kind"]),
        short_zh=str(k["short_zh"]),
        short_en=str(k["short_en"]),
        is_report=bool(k.get("is_report", False)),
        names_period=bool(k.get("names_period", False)),
        words=tuple(map(str, k["words"])),
    )


def parse_duty(d: Record) -> Duty:
    """One duty; rules of its due days are written out. Raises CatalogError for a missing field."""
    file = "duties.yaml"
    basis = str(d.get("basis", "notice"))
    return Duty(
        duty_id=str(need(d, "duty_id", file)),
        campaigns=tuple(need(d, "campaigns", file)),
        kind=str(need(d, "kind", file)),
        period=str(need(d, "period", file)),
        due_on=_due_days(d),
        due_time=d.get("due_time"),
        is_before=bool(d.get("is_before", False)),
        is_dated=bool(d.get("is_dated", True)),
        min_count=int(d.get("min_count", 1)),
        max_amount=int(d["max_amount"]) if "max_amount" in d else None,
        field=d.get("field"),
        applies_to=tuple(d.get("applies_to", ())),
        owed_by=str(d.get("owed_by", "units")),
        basis=basis,
        label_zh=str(need(d, "label_zh", file)),
        label_en=str(need(d, "label_en", file)),
        short_zh=str(d.get("short_zh", "")),
        short_en=str(d.get("short_en", "")),
        quote=str(need(d, "quote", file)) if basis == "notice" else str(d.get("quote", "")),
        note_zh=str(d.get("note_zh", "")),
        note_en=str(d.get("note_en", "")),
    )


def _due_days(d: Record) -> tuple[date, ...]:
    if "every" in d:
        rule = d["every"]
        first, last = _day(rule["from"]), _day(rule["to"])
        days = (first + timedelta(days=n) for n in range((last - first).days + 1))
        return tuple(day for day in days if day.isoweekday() == int(rule["weekday"]))
    if "months" in d:
        first, last = (date.fromisoformat(f"{d['months'][side]}-01") for side in ("from", "to"))
        span = (last.year - first.year) * 12 + last.month - first.month + 1
        return tuple(_month_end(first, n) for n in range(span))
    return tuple(map(_day, need(d, "due_on", "duties.yaml")))


def _day(value: object) -> date:
    return value if isinstance(value, date) else date.fromisoformat(str(value))


def _month_end(first: date, months_on: int) -> date:
    """The last day of the month that is so many months after the first."""
    after = first.year * 12 + first.month - 1 + months_on + 1
    return date(after // 12, after % 12 + 1, 1) - timedelta(days=1)


def parse_calendar(rows: list[dict[str, str]]) -> Calendar:
    """The lines of holidays.csv."""
    return Calendar({date.fromisoformat(r["day"]): r["is_off"] == "1" for r in rows})
