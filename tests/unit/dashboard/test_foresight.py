"""Asking ahead: the questions of the next choice are those the page will ask, and they are answered before it is made."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

import pytest

from dashboard.components.page import read_choices
from dashboard.filters import change_filters, parse_filters
from dashboard.foresight import Foresight, foreseen, neighbours
from dashboard.release import Database, open_pointed, read_pointer
from tests.app.running import run

START = {"area": "chongqing", "year": "2022", "base": "2021", "measure": "participation"}


@pytest.fixture(scope="module")
def source(sample_releases: Path) -> Database:
    return open_pointed(read_pointer(sample_releases))


def test_neighbours_are_one_choice_away_and_each_once(source: Database) -> None:
    choices = read_choices(source)
    now = parse_filters(START, choices).filters
    found = neighbours(now, choices)
    assert now not in found and len(found) == len(set(found))
    assert {f.year for f in found} == set(choices.years("chongqing"))
    assert {f.measure for f in found} == {m.measure_id for m in choices.measures}
    assert change_filters(now, choices, "base", "2020") in found


@pytest.mark.parametrize("page", ["overview", "participation", "hazards", "coverage", "year_over_year"])
@pytest.mark.parametrize("choice", [("year", "2021"), ("measure", "hazards_exposed"), ("base", "2020")])
def test_most_of_what_the_next_choice_asks_was_foreseen(
    source: Database, sample_releases: Path, monkeypatch: pytest.MonkeyPatch, page: str, choice: tuple[str, str]
) -> None:
    choices = read_choices(source)
    then = change_filters(parse_filters(START, choices).filters, choices, *choice)
    asked: dict[str, set[object]] = {}

    class Noted(Foresight):
        def look_ahead(self, source, asked_now, now, choices):  # type: ignore[no-untyped-def]
            asked[f"{now.year}/{now.base_year}/{now.measure}"] = set(asked_now)

    monkeypatch.setattr("dashboard.components.page.FORESIGHT", Noted())
    run(sample_releases, monkeypatch, page, **START)
    before = asked["2022/2021/participation"]
    run(sample_releases, monkeypatch, page, **START | dict([choice]) | {"base": str(then.base_year or "none")})
    after = asked[f"{then.year}/{then.base_year}/{then.measure}"]
    # Pages fixed to one measure ask the same whatever is chosen.
    foretold = set(foreseen(before, parse_filters(START, choices).filters, choices)) | before  # type: ignore[arg-type]
    assert len(after & foretold) >= 0.8 * len(after), after - foretold


def test_the_newest_page_is_asked_for_and_older_ones_dropped(source: Database) -> None:
    choices = read_choices(source)
    now = parse_filters(START, choices).filters
    fresh = replace(source, answers={})
    with fresh.noting() as asked:
        from dashboard import queries

        queries.query_totals(fresh, "chongqing-2022")
    foresight = Foresight()
    foresight.look_ahead(fresh, asked, now, choices)
    wanted = {("campaign_id", f"chongqing-{year}") for year in choices.years("chongqing")}
    for _ in range(100):
        if {p for _, _, params in fresh.answers for p in params} >= wanted:
            break
        time.sleep(0.05)
    assert {p for _, _, params in fresh.answers for p in params} >= wanted
    foresight.turn += 1
    before = dict(fresh.answers)
    foresight._ask(0, fresh, asked, replace(now, jurisdiction="jincheng", year=2022), choices)
    assert fresh.answers == before


def test_what_this_thread_asks_is_noted_and_nothing_after(source: Database) -> None:
    from dashboard import queries

    with source.noting() as asked:
        queries.query_measures(source)
        queries.query_measures(source)
    queries.query_campaigns(source)
    assert len(asked) == 2 and len(set(asked)) == 1
