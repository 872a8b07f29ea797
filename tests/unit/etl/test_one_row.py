"""A collected table saved as a page, with one unit's row below its title and heads."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import docx
import pytest

from etl.catalog import load_catalog
from etl.document import Document
from etl.files.intake import Job
from etl.read.html import read_html
from etl.read_file import read_job
from tests.cases.tables import COLLECTED_HEADS, numbers, read_rows, rules

CAMPAIGN = "chongqing-2021"
TITLE = ["重庆市“安全生产月”活动情况统计表（2021年）"]
HEADS = ["序号", "区县", "理论学习中心组学习（次）", "理论学习中心组学习参与（人次）"]


def page(*rows: list[str]) -> str:
    cells = "".join("<tr>" + "".join(f"<td>{c}</td>" for c in row) + "</tr>" for row in rows)
    return f'<html><head><meta charset="utf-8"></head><body><table>{cells}</table></body></html>'


@pytest.mark.parametrize(
    "rows",
    [
        [TITLE, HEADS, ["1", "渝北区", "7", "1,200"]],
        [HEADS, ["1", "渝北区", "7", "1,200"]],
        [TITLE, HEADS, ["1", "渝北区", "7", "1,200"], ["2", "江北区", "3", "90"]],
    ],
)
def test_one_row_below_a_title_is_a_collected_table(tmp_path: Path, rows: list[list[str]]) -> None:
    path = tmp_path / "汇总.xls"
    path.write_text(page(*rows), encoding="utf-8")
    (got,) = read_job(load_catalog(), Job(path, path.name, CAMPAIGN, datetime(2021, 7, 1), is_sample=False))
    assert got.is_collected and not got.is_refused, [f.rule for f in got.findings]
    assert {f.value for f in got.facts if f.unit_id == "500112" and f.value is not None} == {7.0, 1200.0}


def test_a_form_of_sentences_is_no_collected_table() -> None:
    prose = ["学习", "要求", "理论学习中心组学习（7）次，参与（1200）人次；宣讲（3）场。"]
    assert isinstance(read_html(page(TITLE, ["项目", "内容", "进展"], prose, ["电话", "023", "12350"])), Document)


def word_table(path: Path, lines: list[str], rows: list[list[str]]) -> Job:
    """A Word file with these lines above one table."""
    file = docx.Document()
    for line in lines:
        file.add_paragraph(line)
    table = file.add_table(rows=0, cols=len(rows[0]))
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    file.save(str(path))
    return Job(path, path.name, CAMPAIGN, datetime(2021, 7, 1), is_sample=False)


def test_the_units_table_in_a_word_file_is_read(tmp_path: Path) -> None:
    rows = [HEADS, ["1", "渝北区", "7", "1,200"], ["2", "江北区", "3", "90"], ["", "合计", "10", "1290"]]
    (got,) = read_job(load_catalog(), word_table(tmp_path / "汇总.docx", TITLE, rows))
    assert got.is_collected and not got.is_refused, [f.rule for f in got.findings]
    assert {(f.unit_id, f.value) for f in got.facts if f.value is not None} == {
        ("500112", 7.0), ("500112", 1200.0), ("500105", 3.0), ("500105", 90.0),
    }  # fmt: skip


def test_a_list_of_blanks_in_a_word_file_is_its_units(tmp_path: Path) -> None:
    head = ["填报单位（盖章）：渝北区　　联系人：　　填报日期：2021年7月1日"]
    rows = [["指标", "数值", "单位"], ["理论学习中心组学习", "7", "次"], ["理论学习中心组学习参与", "约300", "人次"]]
    (got,) = read_job(load_catalog(), word_table(tmp_path / "表.docx", [*TITLE, *head], rows))
    assert {(f.unit_id, f.value, f.qualifier) for f in got.facts if f.value is not None} == {
        ("500112", 7.0, "exact"), ("500112", 300.0, "approx"),
    }  # fmt: skip


def test_a_word_table_of_something_else_is_no_form(tmp_path: Path) -> None:
    rows = [["姓名", "年龄", "工龄"], ["甲", "30", "5"], ["乙", "41", "9"]]
    (got,) = read_job(load_catalog(), word_table(tmp_path / "名单.docx", ["名单"], rows))
    assert got.is_refused and got.findings[0].rule == "form_not_recognised"


def test_one_row_of_numbers_below_a_title_that_names_the_unit() -> None:
    found = read_rows([["万州区2022年安全生产月活动情况统计表", None, None], [*COLLECTED_HEADS], [3, 120, 7]])
    assert numbers(found) == {"500101": (3, 120, 7)}


def test_of_a_plan_and_what_was_done_the_latter_is_the_answer() -> None:
    lines = [[head, 99, done] for head, done in zip(COLLECTED_HEADS, (3, 120, 7), strict=True)]
    found = read_rows([["填报单位：万州区", None, None], ["指标", "计划", "完成"], *lines])
    assert numbers(found) == {"500101": (3, 120, 7)}
    assert rules(found)["rows_other_period"] == "计划"
