"""Tables as offices really lay them out: turned with 序号 and 计量单位, this and last year under each blank, long lists with 参与 and a 合计 row."""

from __future__ import annotations

import pytest

from tests.cases.tables import read_rows

TITLE = "重庆市2021年“安全生产月”活动情况汇总表"
STUDY, PEOPLE, HAZARDS, TALKS, TALKED = (
    "theory_group_sessions", "theory_group_attendance", "hazards_exposed", "consultation_events", "consultation_participations",
)  # fmt: skip

TURNED = [
    [TITLE], ["序号", "指标名称", "计量单位", "万州区", "涪陵区", "合计"], [1, "理论学习中心组学习", "次", 3, 5, 8], [2, "参与", "人次", 120, 260, 380],
    [3, "曝光问题隐患", "条", 45, 38, 83], [5, "开展安全宣传咨询活动", "场", 6, 8, 14], [6, "参与", "人次", 2400, 3100, 5500],
]  # fmt: skip
WITH_LAST_YEAR = [
    [TITLE], ["区县", "理论学习中心组学习（次）", None, None, "曝光问题隐患（条）", None, None],
    [None, "本期", "上年同期", "增减", "本期", "上年同期", "增减"], ["万州区", 3, 9, -6, 45, 9, 36], ["涪陵区", 5, 9, -4, 38, 9, 29],
]  # fmt: skip
LONG = [
    [TITLE], ["区县", "指标", "数值"],
    *([unit, blank, value]
      for unit, values in (("万州区", (3, 120, 45, 6, 2400)), ("涪陵区", (5, 260, 38, 8, 3100)))
      for blank, value in zip(("理论学习中心组学习（次）", "参与（人次）", "曝光问题隐患（条）", "开展安全宣传咨询活动（场）", "参与（人次）"), values, strict=True)),
]  # fmt: skip
WITH_TOTAL = [
    [TITLE], ["区县", "指标", "数值"], ["合计", "理论学习中心组学习（次）", 8], ["万州区", "理论学习中心组学习（次）", 3],
    ["涪陵区", "理论学习中心组学习（次）", 5],
]  # fmt: skip


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (TURNED, {STUDY: (3, 5), PEOPLE: (120, 260), HAZARDS: (45, 38), TALKS: (6, 8), TALKED: (2400, 3100)}),
        (WITH_LAST_YEAR, {STUDY: (3, 5), HAZARDS: (45, 38)}),
        (LONG, {STUDY: (3, 5), PEOPLE: (120, 260), HAZARDS: (45, 38), TALKS: (6, 8), TALKED: (2400, 3100)}),
        (WITH_TOTAL, {STUDY: (3, 5)}),
    ],
    ids=["turned", "with last year", "long list", "list with a total"],
)
def test_each_unit_has_its_own_figures(rows: list[list[object]], expected: dict[str, tuple[int, int]]) -> None:
    facts = read_rows(rows, campaign_id="chongqing-2021").facts
    found = {(f.unit_id, f.indicator_id): f.value for f in facts if f.value is not None}
    assert found == {
        (unit, blank): value
        for blank, values in expected.items()
        for unit, value in zip(("500101", "500102"), values, strict=True)
    }


def test_a_number_merged_over_several_rows_of_a_list_is_nobody_s() -> None:
    rows = [list(row) for row in LONG]
    rows[3][2] = None
    found = read_rows(rows, campaign_id="chongqing-2021", merged=["C3:C4"])
    values = {(f.unit_id, f.indicator_id): f.value for f in found.facts if f.value is not None}
    assert (values.get(("500101", STUDY)), values.get(("500101", PEOPLE))) == (None, None)
    assert values["500101", HAZARDS] == 45 and values["500102", STUDY] == 5
    assert [(f.found, f.place) for f in found.findings if f.rule == "merged_value"] == [
        ("3", "Sheet1!C3"), ("3", "Sheet1!C4"),
    ]  # fmt: skip


def test_two_numbers_merged_over_several_units_are_nobody_s() -> None:
    rows = [
        ["区县", "应急演练（场/人次）", "曝光问题隐患（条）"],
        ["万州区", "33/3333", 45],
        ["涪陵区", None, 38],
        ["綦江区", "5/60", 7],
    ]
    found = read_rows(rows, campaign_id="chongqing-2021", merged=["B2:B3"])
    values = {(f.unit_id, f.indicator_id): f.value for f in found.facts if f.value is not None}
    assert values == {
        ("500101", HAZARDS): 45, ("500102", HAZARDS): 38, ("500110", HAZARDS): 7,
        ("500110", "drill_events"): 5, ("500110", "drill_participations"): 60,
    }  # fmt: skip


HEADS_HERE = ("理论学习中心组学习（次）", "曝光问题隐患（条）", "安全宣传咨询活动（场）")
NUMBERS = (
    [f"①{h}" if n == 0 else f"1-{n}{h}" for n, h in enumerate(HEADS_HERE)],
    [h.replace("（", "（填数字，") for h in HEADS_HERE],
)


@pytest.mark.parametrize("heads", NUMBERS, ids=["numbered", "with hints"])
def test_numbers_and_hints_in_heads_say_nothing(heads: list[str]) -> None:
    rows = [["区县", *heads], ["万州区", 3, 45, 6], ["涪陵区", 5, 38, 8]]
    facts = read_rows(rows, campaign_id="chongqing-2021").facts
    assert {(f.unit_id, f.indicator_id): f.value for f in facts if f.value is not None} == {
        ("500101", STUDY): 3, ("500101", HAZARDS): 45, ("500101", TALKS): 6,
        ("500102", STUDY): 5, ("500102", HAZARDS): 38, ("500102", TALKS): 8,
    }  # fmt: skip


def test_a_row_of_figures_without_a_name_below_the_heads_is_no_head() -> None:
    rows = [["区县", *HEADS_HERE], [None, 8, 83, 14], ["万州区", 3, 45, 6], ["涪陵区", 5, 38, 8]]
    found = read_rows(rows, campaign_id="chongqing-2021")
    values = {(f.unit_id, f.indicator_id): f.value for f in found.facts if f.value is not None and f.unit_id}
    assert values["500101", HAZARDS] == 45 and values["500102", TALKS] == 8 and len(values) == 6
    assert {f.raw for f in found.facts if f.unit_id is None and f.raw} == {"8", "83", "14"}


def test_last_year_s_table_beside_this_year_s_is_left_out() -> None:
    heads = ["区县", *HEADS_HERE]
    rows = [["2021年", None, None, None, "2020年"], [*heads, *heads], ["万州区", 3, 45, 6, "万州区", 9, 99, 9]]
    found = read_rows([*rows, ["涪陵区", 5, 38, 8, "綦江区", 9, 99, 9]], campaign_id="chongqing-2021")
    values = {(f.unit_id, f.indicator_id): f.value for f in found.facts if f.value is not None}
    assert values["500101", HAZARDS] == 45 and {unit for unit, _ in values} == {"500101", "500102"}
    assert [f.found for f in found.findings if f.rule == "sheet_aside"] == ["2020年"]
