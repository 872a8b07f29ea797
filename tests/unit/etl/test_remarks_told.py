"""Remarks beside the figures: harmless ones, those that take the figures back, and all others, which are told louder."""

from __future__ import annotations

import pytest

from tests.cases.tables import COLLECTED_HEADS, numbers, read_rows, rules

ROWS: list[list[object]] = [
    ["区县", *COLLECTED_HEADS, "备注"],
    ["万州区", 3, 120, 7, None],
    ["黔江区", 4, 150, 8, None],
]
BOTH = {"500101": (3, 120, 7), "500114": (4, 150, 8)}


def with_remark(remark: str) -> list[list[object]]:
    return [ROWS[0], [*ROWS[1][:-1], remark], ROWS[2]]


@pytest.mark.parametrize(
    "remark",
    ["已核", "数据已核", "含两江", "代报", "由黔江区代填", "盖章", "电话报送", "已报市安委办", "无", "同意", "审核通过", "以此为准", "以此表为准",
     "按计划完成", "已更正", "已核，无误"],
)  # fmt: skip
def test_a_harmless_remark_is_a_note(remark: str) -> None:
    found = read_rows(with_remark(remark))
    assert numbers(found) == BOTH
    assert rules(found)["remark_kept"] == remark
    assert "remark_unclear" not in rules(found)


@pytest.mark.parametrize(
    "remark",
    ["计划", "预计", "取消", "已取消", "存疑", "疑似填错", "填反了（场次与人次互换）", "此数不准", "数据异常", "天气异常，数据异常", "模拟", "试填", "暂定", "不计入", "勿汇总",
     "请勿统计", "此行不算", "重报中", "以正式文件为准", "电话报数，以书面为准", "以下一行为准", "已并入上一行", "并入黔江区", "同去年", "万", "去年", "为5月数"],
)  # fmt: skip
def test_a_remark_that_takes_figures_back_withholds_them(remark: str) -> None:
    found = read_rows(with_remark(remark))
    assert numbers(found) == {"500114": BOTH["500114"]}
    assert "row_doubted" in rules(found)


@pytest.mark.parametrize(
    "remark",
    [
        "与经信委重复",
        "领导未签字",
        "旧",
        "老数据",
        "？",
        "初稿",
        "未盖章",
        "不含高新区",
        "人次偏高",
        "快报",
        "模拟演练一次",
        "年度计划内活动",
        "因异常天气减少",
    ],
)
def test_any_other_remark_is_a_warning_that_quotes_it(remark: str) -> None:
    found = read_rows(with_remark(remark))
    assert numbers(found) == BOTH
    assert rules(found)["remark_unclear"] == remark
