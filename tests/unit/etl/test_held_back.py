"""Rows and columns of a table that are held back name their numbers; totals are checked against what they are totals of."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

import pytest

from etl.files.intake import Job
from etl.read_file import read_job
from tests.cases.tables import COLLECTED_HEADS, read_rows
from tests.unit.etl.test_told_beside import CATALOG

HEAD: list[object] = ["区县", COLLECTED_HEADS[0], COLLECTED_HEADS[2]]


def said(rows: list[list[object]], rule: str) -> list[str]:
    """What the findings of a rule name: the words of their messages, or what was found."""
    return [f.words.get("basis", "") + f.found for f in read_rows(rows).findings if f.rule == rule]


@pytest.mark.parametrize(
    ("rows", "rule"),
    [
        ([HEAD, ["万州区", 5, 3], ["黔江区", 61, 47], ["以上为2020年数据"]], "other_year"),
        ([HEAD, ["万州区", 5, 3], ["2020年数据", None, None], ["黔江区", 61, 47]], "rows_other_period"),
        ([HEAD, ["万州区", 5, 3], ["黔江区", 61, 47], ["黔江区", 61, 47.0]], "repeated_in_table"),
        ([[*HEAD, "完成率"], ["万州区", 5, 3, 61], ["黔江区", 6, 4, 47]], "columns_aside"),
    ],
)
def test_what_is_held_back_is_quoted(rows: list[list[object]], rule: str) -> None:
    words = "".join(said(rows, rule))
    assert "61" in words and "47" in words, words


def test_a_row_moved_aside_names_its_unit_and_its_number() -> None:
    rows: list[list[object]] = [["序号", *HEAD], [1, "万州区", 5, 3], ["黔江区", 61, 47, None], [3, "涪陵区", 7, 5]]
    assert said(rows, "unit_unresolved") == ["黔江区 61"]


@pytest.mark.parametrize(
    ("rows", "is_wrong"),
    [
        ([["万州区", 5, 3], ["黔江区", 6, 4], ["区县合计", 11, 7], ["市直", 3, 1], ["全市总计", 14, 8]], False),
        ([["万州区", 5, 3], ["黔江区", 6, 4], ["区县合计", 12, 7], ["市直", 3, 1], ["全市总计", 14, 8]], True),
        ([["万州区", 5, 3], ["黔江区", 6, 4], ["区县合计", 11, 7], ["市直", 3, 1], ["全市总计", 11, 8]], True),
        ([["全市", 18, 12], ["市直单位", 7, 5], ["万州区", 5, 3], ["黔江区", 6, 4]], False),
        ([["全市", 11, 12], ["市直单位", 7, 5], ["万州区", 5, 3], ["黔江区", 6, 4]], True),
        ([["万州区", 5, 3], ["合计", 5, 3], ["7月份", None, None], HEAD, ["万州区", 7, 8], ["合计", 7, 8]], False),
        ([["万州区", 5, 3], ["合计", 6, 3], ["7月份", None, None], HEAD, ["万州区", 7, 8], ["合计", 7, 8]], True),
        ([["万州区", 5, 3], ["黔江区", 6, 4], ["合计（不含黔江区）", 5, 3]], False),
        ([["万州区", 5, 3], ["黔江区", 6, 4], ["本月合计", 11, 7], ["上月合计", 3, 2], ["累计", 14, 9]], False),
        ([["万州区", 5, 3], ["黔江区", 6, 4], ["本月合计", 12, 7], ["上月合计", 3, 2], ["累计", 14, 9]], True),
    ],
)
def test_a_total_is_checked_against_what_it_totals(rows: list[list[object]], is_wrong: bool) -> None:
    assert bool(said([HEAD, *rows], "total_mismatch")) == is_wrong


def read_text(folder: Path, text: str) -> tuple[dict[str, list[float]], str]:
    path = folder / "聊天.txt"
    path.write_text(text, encoding="utf-8")
    submissions = read_job(CATALOG, Job(path, path.name, "jincheng-2022", datetime(2022, 7, 1), is_sample=False))
    values: dict[str, list[float]] = {}
    for fact in (f for s in submissions for f in s.facts if f.value is not None):
        values.setdefault(str(fact.unit_id), []).append(fact.value)
    return values, "".join(f.words.get("basis", "") + f.found for s in submissions for f in s.findings)


@pytest.mark.parametrize("gap", [" ", "  ", "　", "\t", "    "])
def test_a_table_pasted_with_gaps_is_read(tmp_path: Path, gap: str) -> None:
    rows = [HEAD, ["城区", "5", "3"], ["高平市", "61", "47"]]
    values, _ = read_text(tmp_path, "\n".join(gap.join(map(str, row)) for row in rows))
    assert {u: sorted(v) for u, v in values.items()} == {"140502": [3, 5], "140581": [47, 61]}


def test_one_that_lost_a_field_is_quoted(tmp_path: Path) -> None:
    values, words = read_text(tmp_path, "区县  曝光问题  公开课\n城区  5  3\n高平市  61\n")
    assert values == {} and all(n in words for n in ("5", "3", "61"))


@pytest.mark.parametrize(
    "lines",
    [
        ["城区  5  3", "高平市    4", "泽州县  7  8"],
        ["城区  5  3", "阳城县  9", "泽州县  7  8"],
        ["城区 5 3", "高平市 约 6 2", "泽州县 7 8"],
        ["城区 5 3（待核实）", "高平市 6 4", "泽州县 7 8"],
    ],
)
def test_a_field_left_out_between_spaces_moves_nothing(tmp_path: Path, lines: list[str]) -> None:
    gap = "  " if "  " in lines[0] else " "
    values, words = read_text(tmp_path, "\n".join([gap.join(map(str, HEAD)), *lines]))
    assert values == {}
    assert all(n in words for n in re.findall(r"\d", "".join(lines)))


def test_who_reported_below_a_pasted_table_is_no_row(tmp_path: Path) -> None:
    rows = ["城区  5  3", "高平市  6  4", "填报人：张三  电话：13800000000", "以上数据已核对"]
    values, words = read_text(tmp_path, "\n".join(["  ".join(map(str, HEAD)), *rows]))
    assert {u: sorted(v) for u, v in values.items()} == {"140502": [3, 5], "140581": [4, 6]}
    assert "张三" not in words and "138" not in words
