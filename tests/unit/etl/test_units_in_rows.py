"""One file for many units, as collectors make it: a table in Word, or the form's sentences in the cells of a unit's row."""

from __future__ import annotations

import random
from collections import Counter
from datetime import datetime
from functools import lru_cache
from pathlib import Path

import docx
import openpyxl
import pytest

from etl.blank.fill import fill_progress
from etl.catalog import Catalog, load_catalog
from etl.catalog.model import Activity
from etl.facts import Submission
from etl.files.intake import Job
from etl.read_file import read_job

CAMPAIGN = "chongqing-2021"
UNITS = {"万州区": "500101", "涪陵区": "500102", "渝中区": "500103", "两江新区": "CQ-LJ", "石柱县": "500240"}
Truth = dict[str, dict[str, int]]
Rows = list[list[str]]


@lru_cache(maxsize=1)
def catalog() -> Catalog:
    return load_catalog()


def truth(seed: int) -> Truth:
    """A number for every count of every unit."""
    rng = random.Random(seed)
    counts = [i.indicator_id for i in catalog().forms[CAMPAIGN].indicators if i.kind == "count"]
    return {name: {i: rng.choice((0, rng.randint(1, 99), rng.randint(100, 90_000))) for i in counts} for name in UNITS}


def sentence(activity: Activity, numbers: dict[str, int]) -> str:
    return fill_progress(activity, {i: str(n) for i, n in numbers.items()})


def sentence_rows(said: Truth) -> Rows:
    """Units below each other, activities beside each other."""
    activities = catalog().forms[CAMPAIGN].activities
    rows = [["序号", "填报单位", *(a.title_zh for a in activities)]]
    rows += [[str(n), u, *(sentence(a, t) for a in activities)] for n, (u, t) in enumerate(said.items(), 1)]
    whole = {i: sum(t[i] for t in said.values()) for i in said["万州区"]}
    return [*rows, ["", "合计", *(sentence(a, whole) for a in activities)]]


def number_rows(said: Truth) -> Rows:
    counts = [i for i in catalog().forms[CAMPAIGN].indicators if i.kind == "count"]
    rows = [["序号", "单位", *(f"{i.label_zh}（{i.unit}）" for i in counts)]]
    return rows + [[str(n), u, *(str(v) for v in t.values())] for n, (u, t) in enumerate(said.items(), 1)]


def word(path: Path, rows: Rows, *above: str) -> None:
    document = docx.Document()
    for line in above:
        document.add_paragraph(line)
    table = document.add_table(rows=len(rows), cols=len(rows[0]))
    for cells, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(cells.cells, texts, strict=True):
            cell.text = text
    document.save(str(path))


def sheet(path: Path, rows: Rows, *above: str) -> None:
    book = openpyxl.Workbook()
    for row in [[line] for line in above] + rows:
        book.active.append(row)
    book.save(path)


def read(path: Path) -> list[Submission]:
    return read_job(catalog(), Job(path, path.name, CAMPAIGN, datetime(2021, 7, 3, 9), is_sample=False))


def agree(found: list[Submission], said: Truth) -> None:
    """Every number stands under its own unit and blank, nothing else does."""
    got = Counter((f.unit_id, f.indicator_id, f.value) for s in found for f in s.facts if f.value is not None)
    assert got == Counter((UNITS[u], i, float(v)) for u, t in said.items() for i, v in t.items())


@pytest.mark.parametrize("make", [word, sheet])
@pytest.mark.parametrize("rows", [sentence_rows, number_rows])
def test_every_number_is_its_units(tmp_path: Path, make: object, rows: object) -> None:
    said = truth(7)
    path = tmp_path / f"汇总表.{'docx' if make is word else 'xlsx'}"
    make(path, rows(said), "全市安全生产月活动进展情况统计表", "填报单位：市安委办")  # type: ignore[operator]
    found = read(path)
    agree(found, said)
    assert not [f for s in found for f in s.findings if f.rule not in ("count_list_mismatch",)]


def test_units_beside_each_other(tmp_path: Path) -> None:
    said = truth(8)
    turned = [list(column) for column in zip(*sentence_rows(said)[:-1], strict=True)][1:]
    sheet(tmp_path / "t.xlsx", turned)
    agree(read(tmp_path / "t.xlsx"), said)


def test_a_number_of_a_word_table_is_traced_to_its_row_and_column(tmp_path: Path) -> None:
    said = truth(9)
    word(tmp_path / "n.docx", number_rows(said), "重庆市2021年安全生产月活动统计表", "")
    word(tmp_path / "s.docx", sentence_rows(said), "重庆市2021年安全生产月活动统计表")
    first = {p: read(tmp_path / p)[0].facts[0] for p in ("n.docx", "s.docx")}
    assert [f.place for f in first.values()] == ["表1行2列3", "表1行2列3 空1"]


def test_heads_merged_over_columns_and_rows(tmp_path: Path) -> None:
    document = docx.Document()
    table = document.add_table(rows=2 + len(UNITS), cols=3)
    table.cell(0, 0).merge(table.cell(1, 0)).text = "区县"
    table.cell(0, 1).merge(table.cell(0, 2)).text = "理论学习中心组学习"
    table.cell(1, 1).text, table.cell(1, 2).text = "场次", "参与人次"
    for n, unit in enumerate(UNITS):
        for column, text in enumerate((unit, str(10 + n), str(300 + n))):
            table.cell(2 + n, column).text = text
    document.save(str(tmp_path / "m.docx"))
    got = {(f.unit_id, f.indicator_id): f.value for s in read(tmp_path / "m.docx") for f in s.facts if f.value}
    assert got == {
        **{(u, "theory_group_sessions"): 10.0 + n for n, u in enumerate(UNITS.values())},
        **{(u, "theory_group_attendance"): 300.0 + n for n, u in enumerate(UNITS.values())},
    }


@pytest.mark.parametrize("make", [word, sheet])
def test_a_unit_twice_and_an_unknown_one_are_withheld_and_named(tmp_path: Path, make: object) -> None:
    said = truth(10)
    rows = sentence_rows(said)[:-1]
    rows += [["6", "万州区", *rows[2][2:]], ["7", "某某镇", *rows[3][2:]], ["8", "市教委", *rows[4][2:]]]
    path = tmp_path / f"t.{'docx' if make is word else 'xlsx'}"
    make(path, rows)  # type: ignore[operator]
    found = read(path)
    rules = Counter(f.rule for s in found for f in s.findings)
    assert rules["repeated_in_table"] == 2 and rules["unit_unresolved"] == 1 and rules["unit_not_in_roster"] == 1
    by_unit = {f.unit_id for s in found for f in s.facts if f.value is not None}
    assert by_unit == {"500102", "500103", "CQ-LJ", "500240", "chongqing:市教委", None}


def test_the_row_number_of_a_form_is_no_misplaced_answer(tmp_path: Path) -> None:
    form = catalog().forms[CAMPAIGN]
    said = truth(11)["万州区"]
    rows = [["序号", "活动项目", "内容要求", "活动进展情况"]]
    rows += [[str(a.position), a.title_zh, a.requirement_zh, sentence(a, said)] for a in form.activities]
    word(tmp_path / "万州区.docx", rows, "填报单位：万州区")
    (one,) = read(tmp_path / "万州区.docx")
    assert {f.indicator_id: f.value for f in one.facts if f.value is not None} == said
    assert "wrong_column" not in {f.rule for f in one.findings}
