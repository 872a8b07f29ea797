"""Groups of columns of which one says 合计: it is the data, and what stands under 其中 or a part's name is not."""

from __future__ import annotations

import pytest

from tests.cases.tables import COLLECTED_HEADS, numbers, read_rows

A, B, C = COLLECTED_HEADS
WHOLE = {"500101": (3, 120, 7), "500114": (4, 150, 8)}


@pytest.mark.parametrize(
    ("whole", "part"),
    [
        ("合计", "其中：企业"),
        ("总数", "镇街"),
        ("全市", "其中市级"),
        ("小计", "线上"),
        ("合计", "上年同期"),
        ("全部", "其中：学校"),
    ],
)
@pytest.mark.parametrize("is_first", [True, False])
def test_the_group_of_totals_is_the_data(whole: str, part: str, is_first: bool) -> None:
    names = (whole, part) if is_first else (part, whole)
    rows: list[list[object]] = [["区县", names[0], None, None, names[1], None, None], [None, A, B, C, A, B, C]]
    for name, own in (("万州区", WHOLE["500101"]), ("黔江区", WHOLE["500114"])):
        rows.append([name, *(own if is_first else (1, 9, 1)), *((1, 9, 1) if is_first else own)])
    found = read_rows(rows, merged=["B1:D1", "E1:G1", "A1:A2"])
    assert numbers(found) == WHOLE
    (aside,) = [f for f in found.findings if f.rule == "columns_aside"]
    assert part.replace("：", ":") in aside.found


def test_a_total_of_several_things_is_not_taken_for_a_blank() -> None:
    rows: list[list[object]] = [
        ["区县", A, B, C, "合计", None],
        [None, None, None, None, "场次", "人次"],
        ["万州区", 3, 120, 7, 3, 120],
        ["黔江区", 4, 150, 8, 4, 150],
    ]
    merged = ["E1:F1", "A1:A2", "B1:B2", "C1:C2", "D1:D2"]
    assert numbers(read_rows(rows, merged=merged)) == WHOLE


def test_a_part_alone_does_not_contradict_its_total() -> None:
    rows: list[list[object]] = [
        ["区县", A, None, B, None, C],
        [None, "总数", "企业", "总数", "企业", None],
        ["万州区", 3, 1, 120, 9, 7],
        ["黔江区", 4, 1, 150, 9, 8],
    ]
    assert numbers(read_rows(rows, merged=["B1:C1", "D1:E1"])) == WHOLE


def test_a_turned_table_with_totals_and_parts() -> None:
    rows: list[list[object]] = [["类别", "指标", "万州区", "黔江区"]]
    rows += [["合计", A, 3, 4], [None, B, 120, 150], [None, C, 7, 8]]
    rows += [["其中：企业", A, 1, 1], [None, B, 9, 9], [None, C, 1, 1]]
    assert numbers(read_rows(rows, merged=["A2:A4", "A5:A7"])) == WHOLE


@pytest.mark.parametrize(
    ("groups", "parts", "told"),
    [
        (("合计", "区级", "镇街"), ((3, 4), (0, 9)), ""),
        (("合计", "区级", "镇街"), ((3, 3), (0, 9)), "7（区级 3；镇街 3）"),
        (("合计", "区级", "镇街"), ((3, None), (0, 9)), "7（区级 3）"),
        (("合计", "其中：企业", "其中：党员"), ((6, 5), (0, 9)), ""),
        (("合计", "其中：企业", "其中：党员"), ((6, 8), (0, 9)), "7（其中:企业 6；其中:党员 8）"),
        (("合计", "其中：线上", "其中：线下"), ((6, 5), (0, 9)), "7（其中:线上 6；其中:线下 5）"),
    ],
)
def test_a_total_above_several_heads_is_weighed_against_its_parts(
    groups: tuple[str, ...], parts: tuple[tuple[int | None, ...], ...], told: str
) -> None:
    rows: list[list[object]] = [["区县"], [None]]
    for group in groups:
        rows[0] += [group, None]
        rows[1] += [A, C]
    (a, b), (c, d) = parts
    rows += [["万州区", 7, 9, a, c, b, d], ["黔江区", 7, 9, 3, 4, 4, 5]]
    found = read_rows(rows, merged=["A1:A2", "B1:C1", "D1:E1", "F1:G1"])
    said = [f.found for f in found.findings if f.rule == "parts_contradict"]
    assert said == ([told] if told else [])
    assert numbers(found) == {"500101": (9,) if told else (7, 9), "500114": (7, 9)}


@pytest.mark.parametrize("groups", [("上报数", "核定数"), ("企业", "学校")])
def test_two_groups_of_which_none_is_the_whole_are_withheld(groups: tuple[str, str]) -> None:
    rows: list[list[object]] = [["区县", groups[0], None, None, groups[1], None, None], [None, A, B, C, A, B, C]]
    rows += [["万州区", 9, 900, 9, 3, 120, 7], ["黔江区", 4, 150, 8, 4, 150, 8]]
    found = read_rows(rows, merged=["B1:D1", "E1:G1", "A1:A2"])
    # Equal ones are no copy where others differ.
    assert numbers(found) == {}
    told = [f.found for f in found.findings if f.rule == "column_repeated"]
    assert told == ["9 / 3", "900 / 120", "9 / 7", "4 / 4", "150 / 150", "8 / 8"]


@pytest.mark.parametrize(
    ("groups", "others", "n_counted"),
    [
        # One blank is equal for all units, the others are not: the group is no copy.
        (("线上", "线下"), (9, 120, 7), 0),
        (("上报数", "核定数"), (9, 120, 7), 0),
        # All of it is equal: two reports of one figure, but two parts are never copies.
        (("上报数", "核定数"), (9, 900, 7), 3),
        (("线上", "线下"), (9, 900, 7), 0),
    ],
)
def test_a_group_is_a_copy_only_where_all_of_it_is_equal(
    groups: tuple[str, str], others: tuple[int, ...], n_counted: int
) -> None:
    rows: list[list[object]] = [["区县", groups[0], None, None, groups[1], None, None], [None, A, B, C, A, B, C]]
    rows += [["万州区", 9, 900, 7, *others], ["黔江区", 9, 900, 7, *others]]
    found = read_rows(rows, merged=["B1:D1", "E1:G1", "A1:A2"])
    assert [len(v) for v in numbers(found).values()] == [n_counted] * (2 if n_counted else 0)
    told = [f.found for f in found.findings if f.rule == "column_repeated"]
    assert told == ([] if n_counted else [f"{a} / {b}" for a, b in zip((9, 900, 7), others, strict=True)] * 2)


@pytest.mark.parametrize(
    ("group", "rule"),
    [
        *((word, "columns_aside") for word in ("增减", "示例", "备注", "5月", "计划", "6月上旬")),
        *((word, "column_unread") for word in ("线上", "企业")),
    ],
)
def test_a_group_of_other_figures_takes_all_columns_below_it_aside(group: str, rule: str) -> None:
    found = read_rows(_grouped(group), merged=["B1:C1", "A1:A2"])
    assert numbers(found) == {"500101": (7,), "500114": (8,)}
    told = "".join(f.found for f in found.findings if f.rule == rule)
    assert told.count(f"{group}/") >= 2


@pytest.mark.parametrize("group", ["上报", "核定"])
def test_a_group_of_words_of_its_own_is_told(group: str) -> None:
    found = read_rows(_grouped(group), merged=["B1:C1", "A1:A2"])
    assert numbers(found) == WHOLE
    assert [f.found[:3] for f in found.findings if f.rule == "column_reworded"] == [f"{group}/"] * 2


@pytest.mark.parametrize("group", ["6月", "一、学习宣传", "活动开展情况"])
def test_a_group_that_says_nothing_else_is_not(group: str) -> None:
    found = read_rows(_grouped(group), merged=["B1:C1", "A1:A2"])
    assert numbers(found) == WHOLE
    assert not found.findings


def _grouped(group: str) -> list[list[object]]:
    rows: list[list[object]] = [["区县", group, None, C], [None, A, B, None]]
    return [*rows, ["万州区", 3, 120, 7], ["黔江区", 4, 150, 8]]


PEOPLE = (A, "参与（人次）", C)


@pytest.mark.parametrize(
    "groups", [("区级", "镇街", "合计"), ("6月", "累计"), ("第一周", "第二周", "合计"), ("线上", "线下", "总数")]
)
def test_bare_people_below_the_group_of_totals_are_its_event_s(groups: tuple[str, ...]) -> None:
    rows: list[list[object]] = [["区县"], [None]]
    for group in groups:
        rows[0] += [group, None, None]
        rows[1] += PEOPLE
    for name, own in (("万州区", WHOLE["500101"]), ("黔江区", WHOLE["500114"])):
        rest = [n - part for n, part in zip(own, (1, 9, 1), strict=True)]
        rows.append([name, 1, 9, 1, *(rest if len(groups) > 2 else ()), *own])
    merged = [f"{a}1:{b}1" for a, b in (("B", "D"), ("E", "G"), ("H", "J"))[: len(groups)]]
    assert numbers(read_rows(rows, merged=[*merged, "A1:A2"])) == WHOLE


@pytest.mark.parametrize("groups", [("上报数", "核定数"), ("高笋塘街道", "太白街道")])
def test_bare_people_below_two_groups_of_which_none_is_the_whole_are_withheld(groups: tuple[str, str]) -> None:
    rows: list[list[object]] = [["区县", groups[0], None, None, groups[1], None, None], [None, *PEOPLE, *PEOPLE]]
    rows += [["万州区", 9, 900, 9, 3, 120, 7], ["黔江区", 4, 150, 8, 4, 150, 8]]
    found = read_rows(rows, merged=["B1:D1", "E1:G1", "A1:A2"])
    assert numbers(found) == {}
    assert "900 / 120" in [f.found for f in found.findings if f.rule == "column_repeated"]


def test_a_total_that_nothing_is_compared_with_is_named() -> None:
    rows: list[list[object]] = [
        ["区县", A, B, "活动合计", "其他合计（份）"],
        ["万州区", 3, 120, 4321, 55],
        ["黔江区", 4, 150, 5432, 66],
    ]
    said = [f.found for f in read_rows(rows).findings if f.rule == "columns_aside"]
    assert len(said) == 1 and "活动合计" in said[0] and "其他合计(份)" in said[0]


def test_what_was_done_so_far_beside_a_month_is_the_figure_beside_a_plan_too() -> None:
    rows: list[list[object]] = [["区县", "6月", None, "累计", None, "计划演练（场）"]]
    rows += [[None, "安全宣传咨询活动（场）", "参与（人次）", "安全宣传咨询活动（场）", "参与（人次）", None]]
    rows += [["万州区", 6, 417, 16, 2417, 77], ["涪陵区", 8, 519, 18, 3119, 78]]
    found = read_rows(rows, merged=["B1:C1", "D1:E1", "A1:A2", "F1:F2"], campaign_id="chongqing-2021")
    values = {(f.unit_id, f.indicator_id): f.value for f in found.facts if f.value is not None}
    assert values == {
        ("500101", "consultation_events"): 16, ("500101", "consultation_participations"): 2417,
        ("500102", "consultation_events"): 18, ("500102", "consultation_participations"): 3119,
    }  # fmt: skip
