"""Figures in the line of who and when, and in rows that belong to no activity: named unless they are days, telephones or papers' numbers."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import docx
import pytest

from etl.blank.docx import write_docx
from etl.blank.fill import fill_progress
from etl.catalog import load_catalog
from etl.files.intake import Job
from etl.form.head_figures import head_figures
from etl.read_file import read_job

CATALOG = load_catalog()
FORM = CATALOG.forms["chongqing-2021"]
HEAD = "填报单位（盖章）：万州区　联系人：张三　电话：{}　填报日期：{}"


@pytest.mark.parametrize(
    "line",
    [
        HEAD.format("", ""),
        HEAD.format("023-67891234", "2021年7月1日"),
        HEAD.format("13912345678", "2021.7.1"),
        HEAD.format("67891234", "2021-07-01"),
        HEAD.format("58212", "2021 年 7 月 1 日"),
        HEAD.format("8018（内线）", "7月1日"),
        HEAD.format("　", "二〇二一年七月一日"),
        "附件1　重庆市2021年“安全生产月”活动情况统计表（渝安办〔2021〕42号）",
        "填报单位：万州区应急局（邮编404100）　QQ：12345678",
        "填报单位：万州区3号楼1203室　填报日期：2021/7/1",
        "填报日期：20210701　填报单位：万州区",
    ],
)
def test_head_lines_without_figures(line: str) -> None:
    assert head_figures(line) == []


@pytest.mark.parametrize(
    ("behind", "said"),
    [
        ("  5432", ["5432"]),
        ("  合计5432人次", ["5432人次"]),
        ("（参与人次5,432）", ["5,432"]),
        (" 活动35场 参与5432人次", ["35场", "5432人次"]),
    ],
)
def test_figures_in_a_head_line(behind: str, said: list[str]) -> None:
    assert head_figures(HEAD.format("67891234", "2021年7月1日") + behind) == said


def test_figures_around_the_answers_are_named(tmp_path: Path) -> None:
    progress = [
        fill_progress(a, {i.indicator_id: "12" for i in a.indicators if i.kind == "count"}) for a in FORM.activities
    ]
    path = tmp_path / "表.docx"
    path.write_bytes(write_docx(FORM, progress, {"reporting_unit": "万州区", "report_date": "2021年7月1日"}))
    document = docx.Document(str(path))
    next(p for p in document.paragraphs if "填报单位" in p.text).add_run("  合计5432")
    cells = document.tables[0].add_row().cells
    cells[0].text, cells[2].text = "审核意见", "同意上报，参与人次8765"
    document.save(str(path))
    (found,) = read_job(CATALOG, Job(path, path.name, "chongqing-2021", datetime(2021, 7, 1), is_sample=False))
    said = "\n".join(f.found for f in found.findings if f.rule in ("text_after_form", "extra_value"))
    assert "5432" in said
    assert "8765" in said
