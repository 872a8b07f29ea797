"""Notes around tables of units: a day of reporting is no other time, 以上 speaks of the table before, 其中：企业 is no firm, and the
numbers below a turned table are quoted."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from docx import Document

from etl.facts import Submission
from etl.files.intake import Job
from etl.findings import word_finding
from etl.read_file import read_job
from tests.cases.tables import COLLECTED_HEADS, numbers, read_rows
from tests.cases.writing import catalog

A, B, _ = COLLECTED_HEADS
TITLE = "重庆市2021年“安全生产月”活动进展情况统计表"
HEADS = ("区县", "理论学习中心组学习（次）", "参与（人次）")
ONE = (HEADS, ("万州区", "5", "100"), ("涪陵区", "6", "110"))
OTHER = (HEADS, ("渝中区", "7", "120"), ("江北区", "8", "130"))


def word(path: Path, *parts: str | tuple[tuple[str, ...], ...]) -> Submission:
    document = Document()
    for part in (TITLE, *parts):
        if isinstance(part, str):
            document.add_paragraph(part)
            continue
        table = document.add_table(rows=0, cols=3)
        for row in part:
            for cell, text in zip(table.add_row().cells, row, strict=True):
                cell.text = text
    document.save(str(path))
    (found,) = read_job(catalog(), Job(path, path.name, "chongqing-2021", datetime(2021, 7, 1), False))
    return found


def counted(found: Submission) -> list[float]:
    return sorted(f.value for f in found.facts if f.value is not None)


@pytest.mark.parametrize(
    ("line", "is_told"), [("以上数据如有变动，以7月10日上报为准", False), ("以上数据以7月10日上报的数据为准", True)]
)
def test_a_day_of_reporting_is_no_other_time(tmp_path: Path, line: str, is_told: bool) -> None:
    found = word(tmp_path / "表.docx", ONE, line)
    assert counted(found) == [5, 6, 100, 110] and not found.is_refused
    assert [f.found for f in found.findings if f.rule == "doubt_line"] == [line] * is_told


@pytest.mark.parametrize("line", ["以上数据以书面报告为准", "以上为5月数据"])
def test_other_figures_and_other_times_take_a_table_back(tmp_path: Path, line: str) -> None:
    assert counted(word(tmp_path / "表.docx", ONE, line)) == []


@pytest.mark.parametrize(
    ("line", "values"), [("以上为2020年数据", [7, 8, 120, 130]), ("以下为2020年数据", [5, 6, 100, 110])]
)
def test_a_line_between_two_tables_speaks_of_the_one_it_points_to(
    tmp_path: Path, line: str, values: list[float]
) -> None:
    found = word(tmp_path / "表.docx", ONE, line, OTHER)
    assert counted(found) == values
    # What is left out is quoted.
    said = " ".join(word_finding(catalog(), f, "s", None, None).message_zh for f in found.findings)
    left = {"5", "6", "100", "110"} if values[0] == 7 else {"7", "8", "120", "130"}
    assert all(n in said for n in left)


def test_a_part_of_the_figures_is_no_firm() -> None:
    found = read_rows([["区县", A, B], ["万州区", 5, 100], ["涪陵区", 6, 110], ["其中：企业", 771, 772]])
    assert not found.outside_units and set(numbers(found)) == {"500101", "500102", None}
    (said,) = (f for f in found.findings if f.rule == "unit_unresolved")
    assert "771" in said.words["value"] and "772" in said.words["value"]


def test_the_notes_below_a_turned_table_are_quoted() -> None:
    rows: list[list[object]] = [["指标", "万州区", "涪陵区"], [A, 5, 6], [B, 100, 110]]
    rows += [
        ["注：万州区另有773场，涪陵区774人次", None, None],
        ["说明：777", None, None],
        ["填表日期：2022年7月1日", None, None],
    ]
    found = read_rows(rows)
    assert numbers(found) == {"500101": (5, 100), "500102": (6, 110)}
    said = [f.found for f in found.findings if f.rule == "remark_number"]
    assert said == ["注：万州区另有773场，涪陵区774人次", "说明：777"]
