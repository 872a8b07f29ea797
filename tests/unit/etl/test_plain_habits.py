"""Heads, names and columns beside the figures that many clerks write, which are read and not refused."""

from __future__ import annotations

import pytest

from tests.cases.tables import COLLECTED_HEADS, numbers, read_rows, rules

A, B, C = COLLECTED_HEADS
OWN = B.removesuffix("(人次)")
PROBLEMS = C.removesuffix("(个)")
WANZHOU, QIANJIANG, FULING = "500101", "500114", "500102"
BOTH = {WANZHOU: (3, 120, 7), QIANJIANG: (4, 150, 8)}


def under(head: str) -> dict[str | None, tuple[float, ...]]:
    return numbers(read_rows([["区县", A, head], ["万州区", 3, 120], ["黔江区", 4, 150]]))


@pytest.mark.parametrize("head", [f"{OWN}(人)", f"{OWN}人数", f"{OWN}总人次", f"{PROBLEMS}(个)*", f"{PROBLEMS}(个)①", f"{PROBLEMS}(个)（必填）", f"{PROBLEMS}(个)6月", f"{PROBLEMS}(个)累计"])  # fmt: skip
def test_a_head_with_a_plain_addition_is_the_blanks_own(head: str) -> None:
    assert under(head) == {WANZHOU: (3, 120), QIANJIANG: (4, 150)}


@pytest.mark.parametrize("head", [f"{OWN}（万人）", f"{OWN}(人次)（万）", f"{OWN}(人次，万)", f"{OWN}人次（单位：万）"])
def test_a_scale_may_stand_behind_the_unit(head: str) -> None:
    assert under(head) == {WANZHOU: (3, 1_200_000), QIANJIANG: (4, 1_500_000)}


@pytest.mark.parametrize(
    "head", [f"应{B}", f"未{B}", f"拟{B}", f"{PROBLEMS}(个)5月", f"{PROBLEMS}(个)1-5月", f"{PROBLEMS}(个)1-6月"]
)
def test_a_head_that_asks_for_something_else_is_not_read(head: str) -> None:
    assert under(head) == {WANZHOU: (3,), QIANJIANG: (4,)}


def test_of_two_months_the_campaigns_own_counts() -> None:
    rows: list[list[object]] = [["区县", f"{C}5月", f"{C}6月"], ["万州区", 99, 7], ["黔江区", 99, 8]]
    assert numbers(read_rows(rows)) == {WANZHOU: (7,), QIANJIANG: (8,)}


@pytest.mark.parametrize(
    "names",
    [("500101万州区", "500114黔江区"), ("万州区-1", "黔江区-2"), ("万州区（一）", "黔江区（二）"), ("A.万州区", "B.黔江区"), ("№1 万州区", "№2 黔江区"),
     ("万州区（补）", "黔江区")],
)  # fmt: skip
def test_numbered_names(names: tuple[str, str]) -> None:
    found = read_rows([["区县", A, B, C], [names[0], 3, 120, 7], [names[1], 4, 150, 8]])
    assert numbers(found) == BOTH


def test_a_code_of_another_unit_before_a_name_is_not_taken() -> None:
    found = read_rows([["区县", A, B, C], ["500114万州区", 3, 120, 7], ["黔江区", 4, 150, 8]])
    assert {u: n for u, n in numbers(found).items() if u} == {QIANJIANG: (4, 150, 8)}
    assert "unit_unresolved" in rules(found)


def test_a_name_that_says_whom_it_includes_is_named() -> None:
    found = read_rows([["区县", A, B, C], ["万州区（含经开区）", 3, 120, 7], ["黔江区", 4, 150, 8]])
    assert numbers(found) == BOTH
    assert rules(found)["remark_unclear"] == "万州区（含经开区）"


LIST: list[tuple[str, str, int]] = [
    (unit, head, n)
    for unit, own in (("万州区", (3, 120, 7)), ("黔江区", (4, 150, 8)))
    for head, n in zip((A, B, C), own, strict=True)
]


@pytest.mark.parametrize(
    ("head", "plain", "doubt"),
    [("填报人", "张三", None), ("状态", "已审核", "驳回"), ("审核", "通过", "不通过"), ("是否有效", "是", "否"), ("备注", None, "待核")],
)  # fmt: skip
def test_a_list_with_a_column_beside_the_figures(head: str, plain: str | None, doubt: str | None) -> None:
    rows: list[list[object]] = [["区县", "指标", "数值", head], *([*row, plain] for row in LIST)]
    assert numbers(read_rows(rows)) == BOTH
    if doubt is not None:
        rows[1][3] = doubt
        assert numbers(read_rows(rows)) == {WANZHOU: (120, 7), QIANJIANG: (4, 150, 8)}


@pytest.mark.parametrize(
    ("heads", "at"),
    [(("2021年", "2022年"), 1), (("2022年", "2021年"), 0), (("2021年完成数", "2022年完成数"), 1), (("本月", "累计"), 1), (("本周", "累计"), 1),
     (("完成数", "得分"), 0), (("分值", "完成数"), 1), (("完成数", "权重"), 0), (("年度目标", "完成数"), 1), (("目标任务", "完成数"), 1),
     (("任务数", "完成数"), 1), (("5月", "6月"), 1), (("完成数", "同比(%)"), 0), (("完成数", "备注"), 0)],
)  # fmt: skip
def test_a_list_of_one_unit_with_two_columns_of_numbers(heads: tuple[str, str], at: int) -> None:
    rows: list[list[object]] = [["填报单位：万州区"], ["指标", *heads]]
    for head, own in zip((A, B, C), (3, 120, 7), strict=True):
        rows.append([head, own, 99] if at == 0 else [head, 99, own])
    found = {u: n for u, n in numbers(read_rows(rows, sheet="万州区")).items() if n}
    assert found == {WANZHOU: (3, 120, 7)}


def test_a_subtotal_above_its_parts() -> None:
    rows: list[list[object]] = [
        ["区县", A, B, C],
        ["主城小计", 7, 270, 15],
        ["万州区", 3, 120, 7],
        ["黔江区", 4, 150, 8],
        ["渝东小计", 5, 160, 9],
        ["涪陵区", 5, 160, 9],
    ]
    found = read_rows(rows)
    assert numbers(found) == {**BOTH, FULING: (5, 160, 9)}
    assert "total_mismatch" not in rules(found)
    rows[1][1] = 8
    assert rules(read_rows(rows))["total_mismatch"] == "8"


def test_a_subtotal_below_its_parts() -> None:
    rows: list[list[object]] = [
        ["区县", A, B, C],
        ["万州区", 3, 120, 7],
        ["黔江区", 4, 150, 8],
        ["小计", 7, 270, 15],
        ["涪陵区", 5, 160, 9],
        ["小计", 5, 160, 9],
        ["合计", 12, 430, 24],
    ]
    assert "total_mismatch" not in rules(read_rows(rows))


def test_what_is_refused_is_quoted() -> None:
    found = read_rows([["指标", "得分"], ["某项", 3], ["另项", 5]], sheet="情况统计")
    assert found.is_refused
    assert rules(found)["form_not_recognised"] == "情况统计"
