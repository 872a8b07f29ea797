"""Two tables of one file that agree everywhere: a copy counts once, two that their titles call parts (线上 | 线下) are withheld."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from docx import Document
from openpyxl import Workbook

from etl.facts import Submission
from etl.files.intake import Job
from etl.read_file import read_job
from tests.cases.writing import catalog

TITLE = "重庆市2021年“安全生产月”活动进展情况统计表"
ROWS = (("区县", "理论学习中心组学习（次）", "参与（人次）"), ("万州区", "5", "100"), ("涪陵区", "6", "110"))
PARTS = [("（线上）", "（线下）"), ("（县级）", "（企业）"), ("（机关）", "（学校）")]


def read(path: Path) -> Submission:
    (found,) = read_job(catalog(), Job(path, path.name, "chongqing-2021", datetime(2021, 7, 1), False))
    return found


def word(folder: Path, titles: tuple[str, str]) -> Path:
    document = Document()
    for title in titles:
        document.add_paragraph(TITLE + title)
        table = document.add_table(rows=0, cols=3)
        for row in ROWS:
            for cell, text in zip(table.add_row().cells, row, strict=True):
                cell.text = text
    document.save(str(folder / "表.docx"))
    return folder / "表.docx"


def book(folder: Path, titles: tuple[str, str], *, in_one_sheet: bool) -> Path:
    workbook = Workbook()
    sheet = workbook.active
    for n, title in enumerate(titles):
        if n and not in_one_sheet:
            sheet = workbook.create_sheet()
        sheet.append([TITLE + title])
        # Other heads begin another table of the sheet.
        heads = (
            ROWS[0]
            if not (n and in_one_sheet)
            else ("区县", "理论学习中心组学习（次）", "理论学习中心组学习参与（人次）")
        )
        for row in (heads, *([name, int(a), int(b)] for name, a, b in ROWS[1:])):
            sheet.append(list(row))
    workbook.save(folder / "表.xlsx")
    return folder / "表.xlsx"


def check(found: Submission, *, is_held: bool) -> None:
    values = sorted(f.value for f in found.facts if f.value is not None)
    assert values == ([] if is_held else [5, 6, 100, 110])
    held = {f.found for f in found.findings if f.rule == "sheets_differ"}
    assert held == ({"5；5", "6；6", "100；100", "110；110"} if is_held else set())


@pytest.mark.parametrize("titles", PARTS)
def test_in_a_word_file(tmp_path: Path, titles: tuple[str, str]) -> None:
    check(read(word(tmp_path, titles)), is_held=True)


@pytest.mark.parametrize("titles", PARTS)
@pytest.mark.parametrize("in_one_sheet", [True, False])
def test_in_a_workbook(tmp_path: Path, titles: tuple[str, str], in_one_sheet: bool) -> None:
    check(read(book(tmp_path, titles, in_one_sheet=in_one_sheet)), is_held=True)


@pytest.mark.parametrize(
    "titles", [("", ""), ("（线上线下）", "（线下线上）"), ("", "（副本）"), ("（6月30日）", "（7月5日）")]
)
def test_copies_count_once(tmp_path: Path, titles: tuple[str, str]) -> None:
    check(read(word(tmp_path, titles)), is_held=False)
