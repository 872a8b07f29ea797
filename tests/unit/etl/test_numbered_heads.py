"""Heads that are blanks' numbers, ids or English names, and words that all heads of a table share."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from etl.catalog.model import Indicator
from tests.cases.tables import numbers, read_rows, rules
from tests.cases.writing import catalog

CAMPAIGN = "chongqing-2021"
FORM = catalog().forms["chongqing-2021"]
COUNTS = [i for i in FORM.indicators if i.kind == "count"]
WANZHOU, QIANJIANG = "500101", "500114"


def under(heads: list[object], *, last: bool = False) -> dict[str | None, tuple[float, ...]]:
    rows: list[list[object]] = [["区县", *heads], *([u, *range(100, 100 + len(heads))] for u in ("万州区", "黔江区"))]
    return numbers(read_rows([[*row[1:], row[0]] for row in rows] if last else rows, campaign_id=CAMPAIGN))


Head = Callable[[Indicator], object]
HEADS: dict[str, Head] = {
    "number": lambda i: i.position,
    "空n": lambda i: f"空{i.position}",
    "第n空": lambda i: f"第{i.position}空",
    "code": lambda i: f"A{i.position}",
    "id": lambda i: i.indicator_id,
    "English": lambda i: i.label_en,
    "合计": lambda i: f"{i.label_zh}合计（{i.unit}）",
    "总数": lambda i: f"{i.label_zh}总数",
    "累计": lambda i: f"累计{i.label_zh}（{i.unit}）",
    "本年": lambda i: f"{i.label_zh}（本年）",
    "star": lambda i: f"*{i.label_zh}（{i.unit}）",
    "hint beside the unit": lambda i: f"{i.label_zh}（{i.unit}，必填）",
    "day beside the unit": lambda i: f"{i.label_zh}（截至6月30日，{i.unit}）",
    "underscore": lambda i: f"{i.label_zh}_{i.unit}",
    "open bracket": lambda i: f"{i.label_zh}（{i.unit}",
}


@pytest.mark.parametrize("head", HEADS)
def test_every_count_under_such_heads(head: str) -> None:
    expected = tuple(float(n) for n in range(100, 100 + len(COUNTS)))
    assert under([HEADS[head](i) for i in COUNTS]) == {WANZHOU: expected, QIANJIANG: expected}


def test_names_behind_all_figures() -> None:
    expected = tuple(float(n) for n in range(100, 100 + len(COUNTS)))
    found = under([f"{i.label_zh}（{i.unit}）" for i in COUNTS], last=True)
    assert found == {WANZHOU: expected, QIANJIANG: expected}


@pytest.mark.parametrize("heads", [[*range(1, 44)], [*range(1, 20)], ["A1", "A2", "A3", "B1", "B2", "B3"]])
def test_numbers_that_do_not_say_which_blanks_are_told(heads: list[object]) -> None:
    found = read_rows(
        [["区县", *heads], *([u, *range(100, 100 + len(heads))] for u in ("万州区", "黔江区"))], campaign_id=CAMPAIGN
    )
    assert not any(numbers(found).values())
    assert {"column_unread", "form_not_recognised"} & set(rules(found))


def test_a_total_beside_its_parts_keeps_its_word() -> None:
    a, b, c = (f"{COUNTS[n].label_zh}" for n in (0, 1, 2))
    rows: list[list[object]] = [["区县", f"{a}（次）", f"{a}合计（次）", f"{b}合计（人次）", f"{c}合计（场）"], ["万州区", 1, 2, 3, 4], ["黔江区", 1, 2, 3, 4]]  # fmt: skip
    assert all(2 not in values for values in numbers(read_rows(rows, campaign_id=CAMPAIGN)).values())
