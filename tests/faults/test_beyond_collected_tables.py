"""Lines around a table of units in a Word file or a page: those that count something are named, wherever they stand."""

from __future__ import annotations

import io
from datetime import datetime
from pathlib import Path

import pytest
from docx import Document

from etl.facts import Submission
from etl.files.intake import Job
from etl.read_file import read_job
from tests.cases.writing import catalog

ROWS = (("县区", "公开课、大家谈、班组会（场）", "集中曝光突出问题（个）"), ("城区", "13", "5"), ("高平市", "14", "6"))
LINES = (
    "备注：城区公开课另有99场。",
    "更正：城区公开课应为99场",
    "泽州县：公开课99场，曝光问题8个",
    "注：高平市数据含企业99场。",
    "泽州县 8 99",
    "泽州县：5、99",
)


def read(path: Path) -> Submission:
    (found,) = read_job(catalog(), Job(path, path.name, "jincheng-2022", datetime(2022, 7, 1), False))
    return found


def word(folder: Path, above: list[str], below: list[str]) -> Path:
    document = Document()
    for line in above:
        document.add_paragraph(line)
    table = document.add_table(rows=0, cols=3)
    for row in ROWS:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    for line in below:
        document.add_paragraph(line)
    out = io.BytesIO()
    document.save(out)
    path = folder / "表.docx"
    path.write_bytes(out.getvalue())
    return path


def page(folder: Path, line: str) -> Path:
    rows = "".join(f"<tr>{''.join(f'<td>{c}</td>' for c in row)}</tr>" for row in ROWS)
    path = folder / "表.html"
    path.write_text(f"<html><body><table>{rows}</table><p>{line}</p></body></html>", encoding="utf-8")
    return path


def check(found: Submission, line: str) -> None:
    # A correction holds the figure that it names.
    held = {13.0} if line.startswith("更正") else set()
    assert {f.value for f in found.facts if f.value is not None} == {5.0, 6.0, 13.0, 14.0} - held
    assert any("99" in f.found for f in found.findings if f.rule == "remark_number")


@pytest.mark.parametrize("line", LINES)
def test_below_the_table(tmp_path: Path, line: str) -> None:
    check(read(word(tmp_path, ["晋城市2022年安全生产月统计表"], [line, "晋城市应急管理局", "2022年7月5日"])), line)
    check(read(page(tmp_path, line)), line)


@pytest.mark.parametrize("line", LINES)
def test_far_above_the_table(tmp_path: Path, line: str) -> None:
    letter = [
        "各位领导：",
        line,
        "现将情况报告如下。",
        "一、总体情况",
        "各县区认真组织。",
        "二、存在问题",
        "个别单位重视不够。",
        "三、下步打算",
    ]
    check(read(word(tmp_path, letter, [])), line)


def test_a_table_of_another_time_says_so_and_quotes_its_numbers(tmp_path: Path) -> None:
    found = read(word(tmp_path, ["晋城市安全生产月汇总表"], ["以上为初步统计，最终以文件为准"]))
    assert found.is_refused
    (said,) = [f for f in found.findings if f.rule == "other_year"]
    assert all(number in said.words["basis"] for number in ("13", "14", "5", "6"))


def test_a_sign_off_is_no_unit(tmp_path: Path) -> None:
    found = read(word(tmp_path, [], ["晋城市应急管理局", "2022年7月5日"]))
    assert {f.unit_id for f in found.facts} == {"140502", "140581"}
    assert not [f for f in found.findings if f.rule in ("unit_not_in_roster", "unit_unresolved", "remark_number")]


def test_a_report_in_lines_under_a_first_line_that_counts(tmp_path: Path) -> None:
    path = tmp_path / "城区.txt"
    path.write_text(
        "城区6月共开展公开课99场\n填报单位：城区\n专题研讨、集中宣讲、培训辅导等（3）场,参与（41）人次；\n"
        "开展安全生产“公开课”“大家谈”“班组会”等学习活动（7）场,参与（83）人次。",
        encoding="utf-8",
    )
    found = read(path)
    assert [f.value for f in found.facts if f.value is not None] == [3.0, 41.0, 7.0, 83.0]
    assert any("99场" in f.found for f in found.findings)
