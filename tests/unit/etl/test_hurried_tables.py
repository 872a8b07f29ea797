"""Collected tables in a hurry: heads that say little or the unit first, marks of full width between fields, parts of the month with a sum."""

from __future__ import annotations

import pytest

from etl.form.figures_quoted import figures_quoted
from etl.read.colour import are_alike
from etl.read.text import read_delimited
from tests.cases.tables import COLLECTED_HEADS, numbers, read_csv, read_rows

A, B, C = COLLECTED_HEADS


def test_heads_that_say_enough_and_heads_with_the_unit_first() -> None:
    heads = ["区县", "场次：咨询活动", "人次：咨询活动", "转发（篇）"]
    found = read_rows([heads, ["万州区", 4, 90, 5], ["黔江区", 6, 95, 6]], campaign_id="chongqing-2021")
    assert numbers(found) == {"500101": (5, 4, 90), "500114": (6, 6, 95)}
    assert len([f for f in found.findings if f.rule == "column_reworded"]) == 2


def test_a_head_that_says_enough_in_another_unit_says_nothing() -> None:
    found = read_rows([["区县", A, "转发（条）"], ["万州区", 4, 2], ["黔江区", 6, 1]])
    assert numbers(found) == {"500101": (4,), "500114": (6,)}


@pytest.mark.parametrize("mark", ["，", "；"])
def test_fields_between_marks_of_full_width(mark: str) -> None:
    lines = ["区县", A, C], ["万州区", "4", "9"], ["黔江区", "6", "7"]
    found = read_csv("\n".join(mark.join(line) for line in lines))
    assert numbers(found) == {"500101": (4, 9), "500114": (6, 7)}


def test_sentences_with_marks_of_full_width_are_no_table() -> None:
    text = "填报单位：万州区\n理论学习中心组学习（3）次，参与（40）人次，其他；\n组织集中学习观看（4）场，参与（90）人次，其他。"
    assert read_delimited(text) is None


@pytest.mark.parametrize("is_merged", [True, False])
@pytest.mark.parametrize("head", ["时段", "时间"])
def test_parts_of_the_month_with_their_sum(head: str, *, is_merged: bool) -> None:
    rows: list[list[object]] = [["区县", head, A, C]]
    for name, first, second, total in (("万州区", 4, 6, 10), ("黔江区", 5, 6, 12)):
        rows += [[name, "上半月", first, 1], [None, "下半月", second, 2], [None, "合计", total, 3]]
    found = read_rows(rows, merged=["A2:A4", "A5:A7"] if is_merged else [])
    assert numbers(found) == {"500101": (10, 3), "500114": (3,)}
    assert [(f.found, f.expected) for f in found.findings if f.rule == "own_total_differs"] == [("12", "11")]


def test_parts_of_the_month_without_a_sum_are_not_counted() -> None:
    rows: list[list[object]] = [
        ["区县", "时段", A],
        ["万州区", "上半月", 4],
        [None, "下半月", 6],
        ["黔江区", "上半月", 5],
    ]
    found = read_rows(rows)
    assert numbers(found).get("500101", ()) == ()


def test_the_figures_of_a_file_of_no_known_form_are_named() -> None:
    text = "某区安全生产月小结\n现场宣传\t37\n参加群众\t(1,200)\n联系电话13812345678"
    words = figures_quoted(text.splitlines())
    assert words["basis"] == "（文件里的数 37、(1,200) 都没有读取）"
    assert figures_quoted([None, 12.0, "2021年7月1日", 3.5])["basis_en"] == " (none of its numbers is read: 12, 3.5)"
    assert figures_quoted(["某区安全生产月方案"]) == {}
    assert "……等 45 个，其余见原件 都没有读取" in figures_quoted([float(n) for n in range(45)])["basis"]


SAID = (
    "开展安全宣传咨询活动（{}）场，参与（{}）人次；曝光问题隐患（{}）条。",
    "开展安全宣传咨询活动{}场，参与{}人次；\n曝光问题隐患{}条。",
)


@pytest.mark.parametrize("said", SAID)
@pytest.mark.parametrize("head", ["进展情况", "完成情况", "活动开展情况"])
def test_all_activities_in_one_cell_of_a_unit(head: str, said: str) -> None:
    rows = [["序号", "区县", head], [1, "万州区", said.format(4, 90, 9)], [2, "黔江区", said.format(6, 95, 7)]]
    found = read_rows(rows, campaign_id="chongqing-2021")
    assert numbers(found) == {"500101": (9, 4, 90), "500114": (7, 6, 95)}
    assert not [f for f in found.findings if f.rule not in ("row_missing", "name_short")]


def test_a_list_in_one_cell_is_read_or_told_number_by_number() -> None:
    said = "安全宣传咨询活动：{}场\n问题隐患：{}条"
    rows = [["区县", "完成情况"], ["万州区", said.format(41, 97)], ["黔江区", said.format(62, 75)]]
    found = read_rows(rows, campaign_id="chongqing-2021")
    told = " ".join(f.found for f in found.findings)
    assert all(n in told for n in ("41", "97", "62", "75")) and not numbers(found)


def test_heads_with_blanks_of_underscores() -> None:
    heads = ["区县", "开展安全宣传咨询活动____场", "参与____人次", "曝光问题隐患____条"]
    found = read_rows([heads, ["万州区", 4, 90, 9], ["黔江区", 6, 95, 7]], campaign_id="chongqing-2021")
    assert numbers(found) == {"500101": (9, 4, 90), "500114": (7, 6, 95)}


def test_figures_between_marks_are_named_one_by_one() -> None:
    assert figures_quoted(["万州区，3，7", "涪陵区；4、1,200"])["basis_en"].endswith("read: 3, 7, 4, 1,200)")


@pytest.mark.parametrize(
    ("colour", "ground", "are"),
    [
        ("000000", "auto", True),
        (None, "black", True),
        ("#000", "black", True),
        ("FFFF00", "yellow", True),
        ("FF0000", "yellow", False),
        ("auto", "none", False),
        ("EEEEEE", "FFFFFF", True),
    ],
)
def test_colours_that_nobody_tells_apart(colour: str | None, ground: str, *, are: bool) -> None:
    assert are_alike(colour, ground) is are
