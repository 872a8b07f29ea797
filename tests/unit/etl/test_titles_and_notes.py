"""Titles, notes and names of sheets that may speak of another time, kind or scale; notes that hold a number."""

from __future__ import annotations

import pytest

from etl.collected.sheet.times import time_told
from etl.collected.titles import file_doubts
from etl.resolve import resolver_for
from tests.cases.tables import CATALOG, COLLECTED_HEADS, numbers, read_rows, rules

TABLE: list[list[object]] = [["区县", *COLLECTED_HEADS], ["万州区", 3, 120, 7], ["黔江区", 4, 150, 8]]
BOTH = {"500101": (3, 120, 7), "500114": (4, 150, 8)}


@pytest.mark.parametrize(
    "words",
    ["统计时间：2022年1-5月", "安全生产月统计表（1-5月）", "统计表（截至5月31日）", "周报（6.1-6.7）",
     "2022年安全生产月目标分解表", "2022年安全生产月任务分解表", "注：模拟数据", "统计表（模拟）", "注：万州区数据为5月数据", "2022年5月安全生产统计表"],
)  # fmt: skip
def test_words_of_another_time_or_kind_are_named(words: str) -> None:
    below = read_rows([*TABLE, [words]])
    assert numbers(below) == BOTH
    assert rules(below)["doubt_line"] == words
    if "2021" not in words:
        above = read_rows([[words], *TABLE])
        assert numbers(above) == BOTH
        assert words in [f.found for f in above.findings if f.rule == "doubt_line"]


@pytest.mark.parametrize(
    "words",
    ["2022年安全生产月统计表（初稿）", "2022年安全生产月考核评分表", "2022年活动情况排名表", "2021年和2022年安全生产月对比表", "2022年活动情况同比增长表",
     "2022年活动情况人均表", "四川省2022年安全生产月统计表", "统计口径：全市", "去年同期"],
)  # fmt: skip
def test_a_title_that_says_another_kind_of_table_is_named(words: str) -> None:
    found = read_rows([[words], *TABLE])
    assert numbers(found) == BOTH
    assert [f.found for f in found.findings if f.rule == "doubt_line"] == [words]


@pytest.mark.parametrize(
    ("words", "said"),
    [("2022年安全生产月活动计划汇总表", "计划汇总"), ("2022年安全生产月活动汇总表（样表）", "样表"), ("2022年安全生产月活动汇总表模板", "模板")],
)  # fmt: skip
def test_a_title_of_no_report_sets_the_table_aside(words: str, said: str) -> None:
    found = read_rows([[words], *TABLE])
    assert found.is_refused
    assert rules(found)["table_aside"]
    assert [f.expected for f in found.findings if f.rule == "table_aside"] == [said]


@pytest.mark.parametrize("name", ["渝北区", "四川", "对比表"])
def test_a_sheet_named_for_another_unit_or_place_is_named(name: str) -> None:
    assert rules(read_rows(TABLE, sheet=name))["doubt_line"] == name


def test_a_sheets_name_may_be_a_scale() -> None:
    found = read_rows(TABLE, sheet="万人次")
    assert numbers(found) == {u: (a, b * 10_000, c) for u, (a, b, c) in BOTH.items()}
    assert rules(found)["scale_above"] == "万人次"


@pytest.mark.parametrize(
    ("name", "is_told"),
    [
        ("chongqing-2022/2021年汇总.xlsx", True),
        ("汇总（作废）.xlsx", True),
        ("计划汇总.xlsx", True),
        ("汇总（样表）.csv", True),
        ("5月汇总.xlsx", True),
        ("重庆市2022年安全生产月汇总表.xlsx", False),
        ("汇总表20220701 - 副本.xlsx", False),
        ("7月1日上报.xlsx", False),
    ],
)
def test_a_files_name_may_cast_doubt(name: str, is_told: bool) -> None:
    told = list(file_doubts(name, resolver_for(CATALOG, CATALOG.campaigns["chongqing-2022"]), 2022))
    assert bool(told) == is_told


@pytest.mark.parametrize(
    "words",
    [
        "重庆市2022年安全生产月统计表",
        "统计表（2022年7月）",
        "注：依据渝安〔2021〕5号",
        "活动时间：2022年6月1日—30日",
        "统计表（2022年6月）",
    ],
)
def test_this_campaigns_time_is_nothing_to_name(words: str) -> None:
    assert "doubt_line" not in rules(read_rows([[words], *TABLE]))


@pytest.mark.parametrize("name", ["旧", "勿用", "测试", "错误", "5月", "模拟"])
def test_a_sheets_name_may_cast_doubt(name: str) -> None:
    found = read_rows(TABLE, sheet=name)
    assert numbers(found) == BOTH
    assert rules(found)["doubt_line"] == name


@pytest.mark.parametrize("title", ["二〇二一年安全生产月统计表", "21年安全生产月统计表"])
def test_a_title_of_another_year_in_any_figures_refuses_the_table(title: str) -> None:
    found = read_rows([[title], *TABLE])
    assert found.is_refused
    assert rules(found)["other_year"]


@pytest.mark.parametrize(("words", "times"), [("（人次：万）", 10_000), ("2022年安全生产月统计表（人次：百）", 100)])
def test_a_scale_behind_its_unit(words: str, times: int) -> None:
    assert numbers(read_rows([[words], *TABLE])) == {u: (a, b * times, c) for u, (a, b, c) in BOTH.items()}


def test_a_note_with_a_number_is_named() -> None:
    note = "备注：黔江区参与人次应为180"
    assert rules(read_rows([*TABLE, [note]]))["remark_number"] == note
    for plain in ("备注：截至2022年7月5日", "说明：第3列含企业", "注：联系电话13800001111", "注：1.含线上"):
        assert "remark_number" not in rules(read_rows([*TABLE, [plain]])), plain


@pytest.mark.parametrize(
    ("head", "other", "own"),
    [("年度", "二〇二一年", "二〇二二年"), ("年度", "21年", "22年"), ("月份", "五月", "六月"), ("月份", "2022年5月", "2022年6月"), ("月份", 202205, 202206),
     ("统计期", "1-5月", "6月"), ("时间", "6月上旬", "6月"), ("时间", "6.1-6.15", "6.1-6.30"), ("年月", "2021-06", "2022-06")],
)  # fmt: skip
def test_a_column_of_times_sets_rows_of_another_aside(head: str, other: object, own: object) -> None:
    rows: list[list[object]] = [
        ["区县", head, *COLLECTED_HEADS],
        ["万州区", other, 9, 900, 9],
        ["黔江区", own, 4, 150, 8],
    ]
    found = read_rows([*rows, ["涪陵区", own, 5, 160, 9]])
    assert {u: n for u, n in numbers(found).items() if u} == {"500114": (4, 150, 8), "500102": (5, 160, 9)}
    assert rules(found)["rows_other_period"] == str(other)
    assert "column_unread" not in rules(found)


@pytest.mark.parametrize("words", ["7月5日", "6", "第一月", "2022年6月30日", "5.5"])
def test_what_is_no_time_of_a_table(words: str) -> None:
    assert time_told(words, 2022) == ""
