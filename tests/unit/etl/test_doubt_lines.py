"""Lines around a Word form, without a digit, which say that its figures are not this campaign's or not settled: named."""

from __future__ import annotations

import io
from datetime import datetime
from pathlib import Path

import docx
import pytest

from etl.blank.docx import write_docx
from etl.blank.fill import fill_progress
from etl.catalog import load_catalog
from etl.facts import Submission
from etl.files.intake import Job
from etl.read_file import read_job

CATALOG = load_catalog()


def read(folder: Path, *, above: str = "", below: str = "") -> Submission:
    form = CATALOG.forms["chongqing-2021"]
    progress = [fill_progress(a, {i.indicator_id: "12" for i in a.indicators}) for a in form.activities]
    head = {"reporting_unit": "万州区", "report_date": "2021年7月1日"}
    document = docx.Document(io.BytesIO(write_docx(form, progress, head)))
    document.paragraphs[0].insert_paragraph_before(above)
    document.add_paragraph(below)
    path = folder / "表.docx"
    document.save(str(path))
    (submission,) = read_job(CATALOG, Job(path, path.name, "chongqing-2021", datetime(2021, 7, 1), is_sample=False))
    return submission


def doubts(submission: Submission) -> list[str]:
    return [f.found for f in submission.findings if f.rule in ("doubt_line", "line_retracts")]


@pytest.mark.parametrize("line", ["备注：以上数据待核实，以书面盖章件为准。", "注：以上均为计划数，尚未开展。", "作废"])
def test_a_line_below_the_form(tmp_path: Path, line: str) -> None:
    assert doubts(read(tmp_path, below=line)) == [line]


@pytest.mark.parametrize("line", ["（样表）", "作废", "草稿"])
def test_a_short_line_above_it(tmp_path: Path, line: str) -> None:
    assert doubts(read(tmp_path, above=line)) == [line]


def test_plain_lines_cast_no_doubt(tmp_path: Path) -> None:
    assert doubts(read(tmp_path, above="附件2", below="注：含线上。")) == []


@pytest.mark.parametrize("words", ["（以上为去年数据）", "，均为计划", "（尚未核实）", "（作废）"])
def test_words_behind_the_answers_of_a_cell(tmp_path: Path, words: str) -> None:
    form = CATALOG.forms["chongqing-2021"]
    progress = [fill_progress(a, {i.indicator_id: "12" for i in a.indicators}) for a in form.activities]
    head = {"reporting_unit": "万州区", "report_date": "2021年7月1日"}
    document = docx.Document(io.BytesIO(write_docx(form, progress, head)))
    document.tables[0].rows[1].cells[-1].paragraphs[-1].add_run(words)
    path = tmp_path / "表.docx"
    document.save(str(path))
    (found,) = read_job(CATALOG, Job(path, path.name, "chongqing-2021", datetime(2021, 7, 1), is_sample=False))
    assert len(doubts(found)) == 1
