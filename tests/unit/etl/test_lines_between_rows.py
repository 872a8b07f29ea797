"""Lines between the rows of a collected table: which rows they speak of, which set rows aside, which are only named."""

from __future__ import annotations

import pytest

from tests.cases.tables import COLLECTED_HEADS, numbers, read_rows, rules

A, B, C = COLLECTED_HEADS
HEAD: list[object] = ["区县", A, B, C]
ONE: list[object] = ["万州区", 3, 120, 7]
TWO: list[object] = ["黔江区", 4, 150, 8]
LAST: list[object] = ["涪陵区", 5, 160, 9]
WANZHOU, QIANJIANG, FULING = "500101", "500114", "500102"


@pytest.mark.parametrize(
    "line",
    ["上述为2021年数", "以上为5月数据", "以上为计划数", "以上数据有误", "以上单位数据待核", "（以上为去年数据）"],
)
def test_a_line_may_speak_of_the_rows_above_it(line: str) -> None:
    found = read_rows([HEAD, ONE, TWO, [line], LAST])
    assert numbers(found) == {FULING: (5, 160, 9)}
    assert line.strip("（）") in rules(found)["rows_other_period"]


def test_a_line_speaks_back_to_the_line_before_it() -> None:
    found = read_rows([HEAD, ["2022年"], ONE, ["2021年"], TWO, ["以上为2020年数"], LAST])
    assert numbers(found) == {WANZHOU: (3, 120, 7), FULING: (5, 160, 9)}


def test_a_scale_may_speak_of_the_rows_above_it() -> None:
    found = numbers(read_rows([HEAD, ["万州区", 3, 1.2, 7], ["黔江区", 4, 1.5, 8], ["以上人次单位为万"], LAST]))
    assert found == {WANZHOU: (3, 12000, 7), QIANJIANG: (4, 15000, 8), FULING: (5, 160, 9)}


@pytest.mark.parametrize("line", [["主城片区", None, "单位：万人次"], ["主城片区", None, None, "单位：万人次"]])
def test_a_scale_beside_an_area_is_for_the_rows_below(line: list[object]) -> None:
    found = numbers(read_rows([HEAD, ONE, line, ["黔江区", 4, 1.5, 8]]))
    assert found == {WANZHOU: (3, 120, 7), QIANJIANG: (4, 15000, 8)}


def test_another_unit_below_a_head_with_a_scale_is_withheld() -> None:
    head = ["区县", A, "公开课、大家谈、班组会参与(万人次)", C]
    found = read_rows([head, ["万州区", 3, 1.2, 7], ["黔江区", 4, 1.5, 8], ["单位：人次"], LAST])
    assert numbers(found) == {WANZHOU: (3, 12000, 7), QIANJIANG: (4, 15000, 8), FULING: (5, 9)}
    assert rules(found)["scale_unclear"] == "160"


@pytest.mark.parametrize(
    "line",
    ["以下为测试", "历史数据", "截至5月31日", "不计入汇总", "二〇二一年", "21年", "五月", "1-5月", "计划开展", "拟开展", "以下为计划",
     "下半年安排", "2021年数据"],
)  # fmt: skip
def test_rows_below_do_not_count(line: str) -> None:
    found = read_rows([HEAD, ONE, [line], TWO])
    assert numbers(found) == {WANZHOU: (3, 120, 7)}
    assert "rows_other_period" in rules(found)


@pytest.mark.parametrize(
    "line",
    ["各区县（应报41个，实报40个）", "应报未报区县如下", "目标责任单位", "推迟上报的单位", "延期上报单位", "未开展活动的区县", "上年先进区县",
     "主城都市区（含两江新区计划单列）", "重庆市安全生产月统计表（2022年7月）", "统计时间：2022年7月", "快报数", "初步数据", "5月—7月"],
)  # fmt: skip
def test_what_sets_no_row_aside_is_named(line: str) -> None:
    found = read_rows([HEAD, ONE, [line], TWO])
    assert numbers(found) == {WANZHOU: (3, 120, 7), QIANJIANG: (4, 150, 8)}
    assert line in [f.found for f in found.findings if f.rule == "doubt_line"]


@pytest.mark.parametrize(
    "line", ["渝东北", "二、主城区", "西部片区：", "第一组", "其他单位", "市级部门（应急、消防等）", "补报", "(续表)", "2022年6月", "填报日期：2022年7月5日"]
)  # fmt: skip
def test_areas_and_pages_are_nothing_to_name(line: str) -> None:
    found = read_rows([HEAD, ONE, [line], TWO])
    assert numbers(found) == {WANZHOU: (3, 120, 7), QIANJIANG: (4, 150, 8)}
    assert "doubt_line" not in rules(found)


@pytest.mark.parametrize(
    "line", [[None, "2021年数据"], ["附表", None, None, "去年同期"], ["2021年", "单位：场"], ["2021年数据"] * 4]
)
def test_a_line_may_stand_anywhere_in_its_row(line: list[object]) -> None:
    assert numbers(read_rows([HEAD, ONE, TWO, line, ["万州区", 9, 900, 9]])) == {
        WANZHOU: (3, 120, 7),
        QIANJIANG: (4, 150, 8),
    }


def test_a_title_of_every_page_is_nothing_to_name() -> None:
    title = "重庆市统计表（2022年7月）"
    assert "doubt_line" not in rules(read_rows([[title], HEAD, ONE, [title], HEAD, TWO]))


def turned(line: str, *, at: int) -> list[list[object]]:
    rows: list[list[object]] = [["指标", "万州区", "黔江区"], [A, 3, 4], [B, 120, 150], [C, 7, 8]]
    return [*rows[:at], [line], *rows[at:]]


@pytest.mark.parametrize("line", ["以下为计划数", "去年同期", "以下为5月数据"])
def test_a_line_in_a_turned_table_is_for_the_rows_below(line: str) -> None:
    found = read_rows(turned(line, at=3))
    assert numbers(found) == {WANZHOU: (3, 120), QIANJIANG: (4, 150)}
    assert rules(found)["rows_other_period"] == line


def test_a_line_in_a_turned_table_may_speak_upwards() -> None:
    assert numbers(read_rows(turned("以上为2021年数", at=2))) == {WANZHOU: (120, 7), QIANJIANG: (150, 8)}


def test_a_scale_in_a_turned_table() -> None:
    assert numbers(read_rows(turned("单位：万人次", at=2))) == {
        WANZHOU: (3, 1_200_000, 7),
        QIANJIANG: (4, 1_500_000, 8),
    }
    assert numbers(read_rows(turned("以上单位：万人次", at=3))) == {
        WANZHOU: (3, 1_200_000, 7),
        QIANJIANG: (4, 1_500_000, 8),
    }
    assert numbers(read_rows(turned("以下单位：万人次", at=3))) == {WANZHOU: (3, 120, 7), QIANJIANG: (4, 150, 8)}


def listed(line: str) -> list[list[object]]:
    units = {"万州区": (3, 120, 7), "黔江区": (4, 150, 8)}
    rows: list[list[object]] = [
        [name, head, n] for name, own in units.items() for head, n in zip((A, B, C), own, strict=True)
    ]
    return [["区县", "指标", "数值"], *rows[:3], [line], *rows[3:]]


@pytest.mark.parametrize("line", ["以下为计划数", "去年同期", "二〇二一年", "不计入汇总"])
def test_a_line_in_a_list_withholds_what_is_below(line: str) -> None:
    found = read_rows(listed(line))
    assert numbers(found) == {WANZHOU: (3, 120, 7)}
    assert line in [f.found for f in found.findings if f.rule == "doubt_line"]


def test_a_line_in_a_list_that_is_not_understood_is_named() -> None:
    found = read_rows(listed("快报数"))
    assert numbers(found) == {WANZHOU: (3, 120, 7), QIANJIANG: (4, 150, 8)}
    assert rules(found)["doubt_line"] == "快报数"
    assert "doubt_line" not in rules(read_rows(listed("渝东北")))


def test_a_line_in_a_list_of_one_unit() -> None:
    rows: list[list[object]] = [
        ["填报单位：万州区"],
        ["指标", "完成数"],
        [A, 3],
        [B, 120],
        [C, 7],
        ["去年同期"],
        [A, 5],
        [B, 6],
    ]
    assert numbers(read_rows(rows, sheet="万州区")) == {WANZHOU: (3, 120, 7)}


def test_a_name_without_numbers_that_is_not_known_is_named_with_its_words() -> None:
    found = read_rows([HEAD, ONE, ["璧山高新区", "无"], TWO])
    assert rules(found)["doubt_line"] == "璧山高新区 无"


def test_a_sentence_is_no_firm() -> None:
    found = read_rows([HEAD, ONE, ["以下数据含企业"], TWO, ["填表说明：人次含企业"]])
    assert "unit_not_in_roster" not in rules(found)
    assert rules(found)["doubt_line"] == "以下数据含企业"


def test_a_scale_that_is_understood_is_said_once() -> None:
    assert "doubt_line" not in rules(read_rows([HEAD, ONE, ["单位：万人次"], ["黔江区", 4, 1.5, 8]]))
    assert "doubt_line" in rules(read_rows([["单位：万人次（计划数）"], HEAD, ONE, TWO]))


def test_a_block_of_parts_does_not_count() -> None:
    found = read_rows([HEAD, ONE, ["其中：企业"], HEAD, TWO])
    assert numbers(found) == {WANZHOU: (3, 120, 7)}
    assert QIANJIANG in [f.unit_id for f in found.findings if f.rule == "rows_other_period"]


@pytest.mark.parametrize("name", ["市直单位", "各区县", "其他单位", "单位"])
def test_a_first_row_of_another_kind_of_unit_is_no_head(name: str) -> None:
    found = read_rows([HEAD, [name, 9, 900, 9], ONE, TWO])
    assert {WANZHOU, QIANJIANG} <= set(numbers(found))
    assert rules(found)["unit_unresolved"] == name


@pytest.mark.parametrize("numbering", [[1.0, 2.0, 3.0], ["1", "2", "3"]])
def test_numbers_of_columns_below_the_heads_are_no_row(numbering: list[object]) -> None:
    found = read_rows([HEAD, ["单位", *numbering], ONE, TWO])
    assert numbers(found) == {WANZHOU: (3, 120, 7), QIANJIANG: (4, 150, 8)}


@pytest.mark.parametrize("name", ["黔江区合计", "黔江区小计"])
def test_a_units_only_row_may_be_called_its_total(name: str) -> None:
    found = read_rows([HEAD, [name, *TWO[1:]], ONE])
    assert numbers(found) == {WANZHOU: (3, 120, 7), QIANJIANG: (4, 150, 8)}
    assert not found.findings


def test_a_unit_of_which_another_row_stands_keeps_its_total() -> None:
    found = read_rows([HEAD, ONE, TWO, ["黔江区合计", *TWO[1:]]])
    assert numbers(found) == {WANZHOU: (3, 120, 7), QIANJIANG: (4, 150, 8)}
    assert not found.findings
