"""What a hidden sheet of a workbook holds is quoted, though nothing of it is read."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
import xlwt
from openpyxl import Workbook

from etl.files.intake import Job
from etl.findings import word_finding
from etl.read_file import read_job
from tests.cases.writing import catalog

HEADS = ("区县", "理论学习中心组学习（次）", "参与（人次）")
SHEETS = {
    "汇总": [HEADS, ("万州区", 5, 100), ("涪陵区", 6, 110)],
    "隐藏": [HEADS, ("渝中区", 881, 882), ("沙坪坝区", "883人次", None)],
    "说明": [("只有文字",)],
}


def xlsx(path: Path, state: str) -> None:
    book = Workbook()
    book.remove(book.active)
    for name, rows in SHEETS.items():
        sheet = book.create_sheet(name)
        sheet.sheet_state = "visible" if name == "汇总" else state
        for row in rows:
            sheet.append(list(row))
    book.save(path)


def xls(path: Path, state: str) -> None:
    book = xlwt.Workbook()
    for name, rows in SHEETS.items():
        sheet = book.add_sheet(name)
        sheet.visibility = 0 if name == "汇总" else 1 if state == "hidden" else 2
        for r, row in enumerate(rows):
            for c, value in enumerate(row):
                if value is not None:
                    sheet.write(r, c, value)
    book.save(str(path))


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
@pytest.mark.parametrize("kind", ["xlsx", "xls"])
def test_its_numbers_are_named(tmp_path: Path, kind: str, state: str) -> None:
    path = tmp_path / f"表.{kind}"
    (xlsx if kind == "xlsx" else xls)(path, state)
    (found,) = read_job(catalog(), Job(path, path.name, "chongqing-2021", datetime(2021, 7, 1), False))
    assert sorted(f.value for f in found.facts if f.value is not None) == [5, 6, 100, 110]
    said = [word_finding(catalog(), f, "s", None, None) for f in found.findings if f.rule == "hidden_content"]
    assert [s.found for s in said] == ["隐藏", "说明"]
    for message in (said[0].message_zh, said[0].message_en):
        assert all(n in message for n in ("881", "882", "883"))
