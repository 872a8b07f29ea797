"""A unit's own total beside its towns or departments: 万州区 | 小计 above them, without names below it, or alone."""

from __future__ import annotations

import pytest

from tests.cases.tables import read_rows, rules

HEADS = ["区县", "镇街", "曝光问题隐患（条）", "安全宣传咨询活动（场）"]
TOWNS = [[None, "高笋塘街道", 100, 9], [None, "太白街道", 45, 7]]
WHOLE = ["万州区", "小计", 145, 16]
READ = {("500101", "hazards_exposed"): 145, ("500101", "consultation_events"): 16}
OTHER = {("500102", "hazards_exposed"): 138, ("500102", "consultation_events"): 18}


def values(rows: list[list[object]], merged: tuple[str, ...] = ()) -> dict[tuple[str | None, str], float]:
    facts = read_rows([HEADS, *rows], merged=merged, campaign_id="chongqing-2021").facts
    return {(f.unit_id, f.indicator_id): f.value for f in facts if f.value is not None}


@pytest.mark.parametrize(
    ("rows", "merged"),
    [
        ([WHOLE, *TOWNS, ["涪陵区", "小计", 138, 18], [None, "敦仁街道", 138, 18]], ()),
        ([WHOLE, *TOWNS, ["涪陵区", "小计", 138, 18]], ("A2:A4",)),
        ([["万州区", "高笋塘街道", 100, 9], TOWNS[1], [None, "小计", 145, 16], ["涪陵区", "小计", 138, 18]], ()),
        ([WHOLE, ["涪陵区", "合计", 138, 18], ["合计", None, 283, 34]], ()),
        ([["万州区合计", None, 145, 16], ["涪陵区小计", None, 138, 18]], ()),
    ],
    ids=["above", "merged", "below", "alone", "named"],
)
def test_a_unit_with_its_own_total(rows: list[list[object]], merged: tuple[str, ...]) -> None:
    assert values(rows, merged) == READ | OTHER


def test_a_total_above_its_towns_is_theirs_alone() -> None:
    rows = [HEADS, ["万州区", "小计", 999, 16], *TOWNS, ["涪陵区", "敦仁街道", 138, 18]]
    found = read_rows(rows, merged=("A2:A4",), campaign_id="chongqing-2021")
    told = [(f.rule, f.found, f.expected) for f in found.findings if "total" in f.rule]
    assert told == [("own_total_differs", "999", "145")]
    # Whether the total or its parts are right nobody can tell.
    said = {(f.unit_id, f.indicator_id): (f.value, f.proposal) for f in found.facts if f.unit_id == "500101"}
    assert said["500101", "hazards_exposed"] == (None, "999")
    assert said["500101", "consultation_events"][0] == 16


def test_a_department_below_an_unknown_district_is_not_the_district_s_before_it() -> None:
    rows = [["万州区", "教委", 100, 9], ["虚构区", "公安局", 45, 7], [None, "交通局", 40, 6]]
    found = read_rows([HEADS, *rows], campaign_id="chongqing-2021")
    known = {(f.unit_id, f.indicator_id): f.value for f in found.facts if f.value is not None and f.unit_id}
    assert known == {("500101", "hazards_exposed"): 100, ("500101", "consultation_events"): 9}
    assert "unit_unresolved" in rules(found)
    assert {f.raw for f in found.facts if f.unit_id is None and f.raw} == {"45", "7", "40", "6"}


def test_a_department_s_sum_that_its_unit_s_total_contradicts_is_withheld() -> None:
    heads = ["县区", "部门", "集中曝光突出问题（个）", "公开课、大家谈、班组会（场）"]
    rows = [["城区", "合计", 5, 13], [None, "教育局", 2, 3], [None, "住建局", 3, 10], ["高平市", "合计", 6, 14]]
    found = read_rows([heads, *rows, [None, "教育局", 2, 4]], campaign_id="jincheng-2022")
    assert {f.unit_id for f in found.facts if f.value is not None} == {"140502"}
    said = {f.found: f.expected for f in found.findings if f.rule == "own_total_differs"}
    assert said == {"6": "2", "14": "4"}
