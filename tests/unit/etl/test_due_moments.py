"""Due moments of the four notices: to the second, with “前” read both ways, with and without the holiday rule."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from etl.catalog.duties import INCLUSIVE, MOVES, Calendar, Duty, due_moment, dues
from etl.catalog.load import load_catalog

CATALOG = load_catalog()
DUTIES = {d.duty_id: d for d in CATALOG.duties}
END = "23:59:59"
# duty -> last moment with 前 inclusive, exclusive, and inclusive but moved off days off.
ONCE = {
    "CQ-01": (f"2021-05-29 {END}", f"2021-05-28 {END}", f"2021-05-31 {END}"),  # a Saturday
    "CQ-02": (f"2021-07-02 {END}", f"2021-07-01 {END}", f"2021-07-02 {END}"),
    "CQ-03": (f"2021-07-02 {END}", f"2021-07-01 {END}", f"2021-07-02 {END}"),
    "NX-01": (f"2021-07-05 {END}", f"2021-07-04 {END}", f"2021-07-05 {END}"),
    "NX-05": (f"2021-12-31 {END}", f"2021-12-31 {END}", f"2021-12-31 {END}"),  # no 前
    "NX-06": (f"2021-12-31 {END}", f"2021-12-31 {END}", f"2021-12-31 {END}"),
    "NX-09": (f"2021-05-31 {END}", f"2021-05-30 {END}", f"2021-05-31 {END}"),
    "NX-10": (f"2021-05-31 {END}", f"2021-05-30 {END}", f"2021-05-31 {END}"),
    "NX-12": (f"2021-07-05 {END}", f"2021-07-04 {END}", f"2021-07-05 {END}"),
    "NX-13": (f"2021-07-05 {END}", f"2021-07-04 {END}", f"2021-07-05 {END}"),
    "JL-01": (f"2021-05-24 {END}", f"2021-05-23 {END}", f"2021-05-24 {END}"),
    "JL-02": (f"2021-05-28 {END}", f"2021-05-27 {END}", f"2021-05-28 {END}"),
    "JL-04": (f"2021-06-30 {END}", f"2021-06-29 {END}", f"2021-06-30 {END}"),
    "JL-07": (f"2021-05-31 {END}", f"2021-05-31 {END}", f"2021-05-31 {END}"),
    "JC-01": (f"2022-05-30 {END}", f"2022-05-29 {END}", f"2022-05-30 {END}"),
    "JC-02": (f"2022-05-30 {END}", f"2022-05-29 {END}", f"2022-05-30 {END}"),
    "JC-05": (f"2022-07-01 {END}", f"2022-06-30 {END}", f"2022-07-01 {END}"),
    "JC-06": (f"2022-07-01 {END}", f"2022-06-30 {END}", f"2022-07-01 {END}"),
    "JC-09": (f"2022-06-20 {END}", f"2022-06-20 {END}", f"2022-06-20 {END}"),
}
# Thursdays: Jilin “at 15:00”, Jincheng “before 10:00”, five of them in June 2022.
WEEKLY = {
    "JL-03": (("06-03", "06-10", "06-17", "06-24"), 2021, "15:00:00", "15:00:00"),
    "JC-03": (("06-02", "06-09", "06-16", "06-23", "06-30"), 2022, "10:00:00", "09:59:59"),
}
MONTHLY = {"CQ-04": 2021, "NX-02": 2021, "NX-03": 2021, "JL-05": 2021, "JL-06": 2021, "JC-07": 2022, "JC-08": 2022}


def moments(duty: Duty, inclusive: bool = True, moves: bool = False) -> list[str]:
    settings = {**CATALOG.settings, INCLUSIVE: float(inclusive), MOVES: float(moves)}
    return [str(due.at) for due in dues(duty, settings, CATALOG.calendar)]


def test_the_table_names_every_quoted_duty() -> None:
    assert {*ONCE, *WEEKLY, *MONTHLY} == {d.duty_id for d in CATALOG.duties if d.basis == "notice"}
    assert len({*ONCE, *WEEKLY, *MONTHLY}) == 28


@pytest.mark.parametrize("duty_id", ONCE)
def test_single_dates(duty_id: str) -> None:
    duty = DUTIES[duty_id]
    assert ([*moments(duty), *moments(duty, False), *moments(duty, True, True)]) == list(ONCE[duty_id])


@pytest.mark.parametrize("duty_id", WEEKLY)
def test_weeks(duty_id: str) -> None:
    days, year, hour, exclusive = WEEKLY[duty_id]
    assert moments(DUTIES[duty_id]) == [f"{year}-{d} {hour}" for d in days]
    assert moments(DUTIES[duty_id], False) == [f"{year}-{d} {exclusive}" for d in days]
    assert moments(DUTIES[duty_id], True, True) == moments(DUTIES[duty_id]), "no Thursday of June is a day off"
    for due in dues(DUTIES[duty_id], CATALOG.settings, CATALOG.calendar):
        assert due.counts_from and due.counts_to and due.key == str(due.on)
        assert (due.counts_from.isoweekday(), (due.counts_to - due.counts_from).days) == (1, 7)
        assert due.counts_from <= due.at < due.counts_to


@pytest.mark.parametrize("duty_id", MONTHLY)
def test_months_from_june_to_december_never_move(duty_id: str) -> None:
    year = MONTHLY[duty_id]
    ends = ("06-30", "07-31", "08-31", "09-30", "10-31", "11-30", "12-31")
    for inclusive in (True, False):
        for moves in (True, False):
            assert moments(DUTIES[duty_id], inclusive, moves) == [f"{year}-{e} {END}" for e in ends]
    first, *_, last = dues(DUTIES[duty_id], CATALOG.settings, CATALOG.calendar)
    assert (first.key, first.counts_from) == (f"{year}-06", datetime(year, 6, 1))
    assert (last.key, last.counts_to) == (f"{year}-12", datetime(year + 1, 1, 1))


@pytest.mark.parametrize(
    ("day", "works", "following"),
    [
        ("2021-06-14", False, "2021-06-15"),  # Dragon Boat Monday
        ("2022-06-03", False, "2022-06-06"),  # Dragon Boat Friday and the weekend
        ("2021-05-29", False, "2021-05-31"),  # a plain Saturday
        ("2021-09-26", True, "2021-09-26"),  # a Sunday worked for the National Day
        ("2021-10-01", False, "2021-10-08"),
        ("2022-12-31", False, "2023-01-03"),  # over the New Year
        ("2026-06-19", False, "2026-06-22"),
    ],
)
def test_days_off(day: str, works: bool, following: str) -> None:
    found = date.fromisoformat(day)
    assert CATALOG.calendar.is_workday(found) is works
    assert CATALOG.calendar.next_workday(found) == date.fromisoformat(following)


def test_an_excluded_day_is_taken_off_before_it_moves() -> None:
    """Before Monday 31 May, exclusive: Sunday is the last day, and it moves to Monday."""
    settings = {INCLUSIVE: 0.0, MOVES: 1.0}
    assert str(due_moment(DUTIES["NX-09"], date(2021, 5, 31), settings, CATALOG.calendar)) == f"2021-05-31 {END}"
    weekly = DUTIES["JC-03"]
    holiday = Calendar({date(2022, 6, 2): True, date(2022, 6, 3): True, date(2022, 6, 4): True})
    assert str(due_moment(weekly, date(2022, 6, 2), settings, holiday)) == "2022-06-06 09:59:59"
