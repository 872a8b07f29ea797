"""Lines around a Word form: none vanishes that holds a number or takes the form's figures back; who, when and telephones are no news."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import docx
import pytest

from etl.blank.docx import write_docx
from etl.blank.fill import fill_progress
from etl.catalog import load_catalog
from etl.files.intake import Job
from etl.form.lines_beside import rule_of_line
from etl.read_file import read_job

CATALOG = load_catalog()
FORM = CATALOG.forms["chongqing-2021"]


def found(folder: Path, change: Callable[[Any], None]) -> list[tuple[str, str]]:
    """Rule and words of what is said of a filled form after the change; no figure is lost, whether it counts or is held back."""
    progress = [fill_progress(a, {i.indicator_id: "12" for i in a.indicators}) for a in FORM.activities]
    head = {"reporting_unit": "万州区", "report_date": "2021年7月1日"}
    document = docx.Document(io.BytesIO(write_docx(FORM, progress, head)))
    change(document)
    path = folder / "表.docx"
    document.save(str(path))
    (submission,) = read_job(CATALOG, Job(path, path.name, "chongqing-2021", datetime(2021, 7, 1), is_sample=False))
    assert sum(f.value == 12 or f.proposal == "12" for f in submission.facts) > 40
    rules = ("doubt_line", "line_retracts", "text_after_form", "line_beside", "note_text")
    return [(f.rule, f.found) for f in submission.findings if f.rule in rules]


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("审核意见：应急演练参与人次应为350", "doubt_line"),
        ("注：以上人次单位均为百", "doubt_line"),
        ("注：表中人次以万计", "doubt_line"),
        ("单位：万人次", "doubt_line"),
        ("本表为2020年报送数据", "doubt_line"),
        ("表内数据为去年同期", "doubt_line"),
        ("领导意见：数据不实，退回", "doubt_line"),
        ("以上数据为模拟", "doubt_line"),
        ("未经领导审定", "doubt_line"),
        ("注：本表数据为1-5月", "doubt_line"),
        ("另有线上参与5000人次", "text_after_form"),
        ("另有镇街活动8", "text_after_form"),
        ("注：含线上活动", "line_beside"),
        ("注：1.本表一式两份；2.请如实填报", "line_beside"),
        ("注：请于7月5日前将此表传真至市安委办", "line_beside"),
    ],
)
def test_what_a_line_is(line: str, rule: str) -> None:
    assert rule_of_line(line, 2021) == rule


@pytest.mark.parametrize(
    "line",
    [
        "填报单位（盖章）：万州区应急管理局   填报时间：2021年7月1日",
        "填表人：张三  审核人：李四  联系电话：13800000000",
        "主要负责人（签字）：王五",
        "填报人：        负责人：",
        "2021年7月1日",
        "万州区安全生产委员会办公室",
        "（盖章）",
        "附件2",
        "第1页 共2页",
    ],
)
def test_a_head_or_a_foot_is_no_news(line: str) -> None:
    assert rule_of_line(line, 2021) == ""


def test_below_the_form_between_title_and_table_and_in_its_rows(tmp_path: Path) -> None:
    line = "以上为预计数"
    below = found(tmp_path, lambda d: d.add_paragraph(line))
    between = found(tmp_path, lambda d: d.tables[0]._tbl.addprevious(d.add_paragraph(line)._p))
    assert below == between == [("line_retracts", line)]

    def in_a_row(document: Any) -> None:
        cells = document.tables[0].add_row().cells
        cells[0].text, cells[-1].text = "备注", "应急演练参与人次应为350"

    assert found(tmp_path, in_a_row) == [("line_retracts", "应急演练参与人次应为350")]


@pytest.mark.parametrize(("line", "is_named"), [("作废", True), ("单位：万人次", True), ("第1页", False)])
def test_in_the_foot_of_the_page(tmp_path: Path, line: str, is_named: bool) -> None:
    def change(document: Any) -> None:
        document.sections[0].footer.paragraphs[0].text = line

    assert found(tmp_path, change) == ([("note_text", line)] if is_named else [])


@pytest.mark.parametrize("line", ["以上数据未经领导审核，仅供参考", "注：以上为2020年数据", "注：人次均以万为单位"])
def test_below_a_pasted_form(tmp_path: Path, line: str) -> None:
    progress = [fill_progress(a, {i.indicator_id: "12" for i in a.indicators}) for a in FORM.activities]
    head = ["重庆市2021年“安全生产月”活动进展情况统计表", "填报单位：万州区　填报日期：2021年7月1日"]
    path = tmp_path / "表.txt"
    path.write_text("\n".join([*head, *(str(p) for p in progress), line]), encoding="utf-8")
    (submission,) = read_job(CATALOG, Job(path, path.name, "chongqing-2021", datetime(2021, 7, 1), is_sample=False))
    # A scale holds the people back, who may be twelve or 120,000.
    assert sum(f.value == 12 or f.flags in (("scale_unclear",), ("form_doubted",)) for f in submission.facts) > 40
    assert [f.found for f in submission.findings if f.rule in ("doubt_line", "scale_line", "line_retracts")] == [line]
