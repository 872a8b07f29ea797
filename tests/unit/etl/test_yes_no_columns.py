"""A question answered in two columns, 是 | 否: whichever is marked is the answer; a mark under 否 is never a yes."""

from __future__ import annotations

import pytest

from tests.cases.tables import read_rows

PLATFORM = "使用全国安全宣教和应急科普平台"
PAIR = [["区县", "曝光问题隐患（条）", PLATFORM, None], [None, None, "是", "否"]]
TURNED = [["区县", "曝光问题隐患（条）", PLATFORM, None], [None, None, "否", "是"]]
BEHIND = [["区县", "曝光问题隐患（条）", f"{PLATFORM}（是）", f"{PLATFORM}（否）"]]


def answers(heads: list[list[object]], *marks: tuple[object, object]) -> list[tuple[float | None, str, str | None]]:
    units = ("万州区", "涪陵区", "綦江区")
    rows = [*heads, *([unit, 100 + n, *pair] for n, (unit, pair) in enumerate(zip(units, marks, strict=False)))]
    facts = read_rows(rows, campaign_id="chongqing-2021").facts
    assert [f.value for f in facts if f.indicator_id == "hazards_exposed"] == [100, 101, 102][: len(marks)]
    return [(f.value, f.place, f.raw) for f in facts if f.indicator_id == "national_platform_used"]


def test_the_marked_column_is_the_answer_and_its_place() -> None:
    said = answers(PAIR, ("√", None), (None, "√"), (None, None))
    assert [(v, p) for v, p, _ in said] == [(1, "Sheet1!C3"), (0, "Sheet1!D4"), (None, "Sheet1!C5")]
    assert [v for v, *_ in answers(PAIR, (1, 0), (0, 1))] == [1, 0]
    said = answers(TURNED, ("√", None), (None, "√"))
    assert [(v, p) for v, p, _ in said] == [(0, "Sheet1!C3"), (1, "Sheet1!D4")]
    said = answers(BEHIND, ("√", None), (None, "√"))
    assert [(v, p) for v, p, _ in said] == [(1, "Sheet1!C2"), (0, "Sheet1!D3")]


@pytest.mark.parametrize("pair", [("√", "√"), (None, "×"), ("部分", None)])
def test_what_is_marked_otherwise_is_withheld_and_kept(pair: tuple[object, object]) -> None:
    ((value, _, raw), _) = answers(PAIR, pair, ("√", None))
    assert value is None and raw == f"是：{pair[0] or '空'}／否：{pair[1] or '空'}"


def test_a_mark_in_a_column_of_no_alone_is_no_yes() -> None:
    rows = [["区县", "曝光问题隐患（条）", f"{PLATFORM}（否）"], ["万州区", 100, None], ["涪陵区", 101, "√"]]
    found = read_rows(rows, campaign_id="chongqing-2021")
    assert [f.value for f in found.facts if f.indicator_id == "national_platform_used"] == [None, None]
    assert any(
        f.rule == "columns_aside" and "（否）" in f.found.replace("(", "（").replace(")", "）") for f in found.findings
    )
