"""Single sentences of the Word report: who was late, bounds in words, what annexes hold, what a comparison rests on."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dashboard.release import Database
from dashboard.reports.data import ReportData, gather
from dashboard.reports.opening import view_of
from dashboard.reports.words import reporting_words

QUERY = {"area": "chongqing", "year": "2021", "base": "2020"}


@pytest.fixture(scope="module", params=["zh", "en"])
def data(source: Database, request: pytest.FixtureRequest) -> ReportData:
    return gather(view_of(source, QUERY | {"lang": request.param}), ())


def test_the_late_are_counted_among_those_who_reported(data: ReportData) -> None:
    here = [r for r in data.reports if r.state == "reported"]
    gone = [replace(r, state="not_reported", days_late=9) for r in here[:3]]
    late = [replace(here[3], days_late=2)]
    rest = [replace(r, days_late=0) for r in here[4:]]
    made = reporting_words(replace(data, reports=(*gone, *late, *rest)))
    names = "、".join(r.short_zh for r in gone)
    if data.view.lang == "zh":
        assert made == f"应报单位{len(here)}个，已报送{len(here) - 3}个（其中迟报1个），未报送3个：{names}。"
    else:
        assert made.startswith(f"{len(here) - 3} of {len(here)} units reported (1 of them late); 3 did not: ")
