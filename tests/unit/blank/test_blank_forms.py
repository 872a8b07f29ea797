"""The blank forms say what the official annexes say, and open in the usual libraries."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook

from etl.blank.docx import header_line, write_docx
from etl.blank.fill import fill_progress
from etl.blank.grid import NOTE
from etl.blank.xlsx import column_labels, csv_labels, write_csv, write_xlsx
from etl.catalog.load import load_catalog
from etl.interpret.doubts import SAMPLE_MARK

CATALOG = load_catalog()
OFFICIAL = Path(__file__).resolve().parents[2] / "fixtures" / "official"
FORM_IDS = ["chongqing-2021", "chongqing-2022", "jincheng-2021", "jincheng-2022", "ningxia-2021"]


@pytest.mark.parametrize("path", sorted(OFFICIAL.glob("*.txt")), ids=lambda p: p.stem)
def test_blank_text_equals_the_official_annex(path: Path) -> None:
    cells = path.read_text(encoding="utf-8").strip("\n").split("\n\n")
    assert [a.blank_text for a in CATALOG.forms[path.stem].activities] == cells


def test_three_official_annexes_are_checked() -> None:
    assert {p.stem for p in OFFICIAL.glob("*.txt")} == {"chongqing-2021", "jincheng-2022", "ningxia-2021"}


@pytest.mark.parametrize("form_id", FORM_IDS)
def test_docx_has_title_header_and_cells(form_id: str) -> None:
    form = CATALOG.forms[form_id]
    document = Document(io.BytesIO(write_docx(form)))
    texts = [p.text for p in document.paragraphs]
    assert texts == [form.title_zh, header_line(form)]
    (table,) = document.tables
    assert [c.text for c in table.rows[0].cells] == list(form.columns)
    assert "tblHeader" in table.rows[0]._tr.xml
    for activity, row in zip(form.activities, table.rows[1:], strict=True):
        title, requirement, progress = row.cells
        assert (title.text, requirement.text) == (activity.title_zh, activity.requirement_zh)
        assert [p.text for p in progress.paragraphs] == activity.blank_text.split("\n")


def test_docx_header_values_and_sample_mark() -> None:
    form = CATALOG.forms["chongqing-2021"]
    data = write_docx(form, header={"reporting_unit": "渝北区", "report_date": "2021年7月1日"}, is_sample=True)
    document = Document(io.BytesIO(data))
    line = document.paragraphs[1].text
    assert "填报单位（盖章）：渝北区" in line
    assert "填报日期：2021年7月1日" in line
    assert document.sections[0].footer.paragraphs[0].text == SAMPLE_MARK


def test_equal_arguments_give_equal_bytes() -> None:
    form = CATALOG.forms["ningxia-2021"]
    units = CATALOG.roster(CATALOG.campaigns["ningxia-2021"])
    assert write_docx(form) == write_docx(form)
    assert write_xlsx(form, units, None, True, "x") == write_xlsx(form, units, None, True, "x")


def test_docx_refuses_a_wrong_number_of_progress_texts() -> None:
    with pytest.raises(ValueError, match="progress texts"):
        write_docx(CATALOG.forms["ningxia-2021"], ["one"])


def test_fill_puts_values_between_the_brackets_and_replaces_boxes() -> None:
    activity = CATALOG.forms["chongqing-2021"].activities[0]
    filled = fill_progress(activity, {"theory_group_sessions": "12", "feature_film_studied": "☑是□否"})
    assert filled.startswith("理论学习中心组学习（12）次，参与（  ）人次；")
    assert "电视专题片 ☑是□否；组织集中学习观看（  ）场" in filled


def test_fill_with_nothing_is_the_blank_text() -> None:
    for form in CATALOG.forms.values():
        for activity in form.activities:
            assert fill_progress(activity, {}) == activity.blank_text


@pytest.mark.parametrize("form_id", FORM_IDS)
def test_workbook_has_three_header_rows_units_total_and_note(form_id: str) -> None:
    form = CATALOG.forms[form_id]
    campaign = next(c for c in CATALOG.campaigns.values() if c.form_id == form_id)
    units = CATALOG.roster(campaign)
    rows = {
        units[0].unit_id: {form.indicators[0].indicator_id: 12},
        units[1].unit_id: {form.indicators[0].indicator_id: 8},
    }
    sheet = load_workbook(io.BytesIO(write_xlsx(form, units, rows, True, "汇总"))).worksheets[0]
    assert sheet.cell(1, 1).value == "汇总"
    assert [sheet.cell(2, 1).value, sheet.cell(2, 2).value] == ["序号", "填报单位"]
    labels, activity = [], None
    for column in range(3, 3 + len(form.indicators)):
        activity = sheet.cell(2, column).value or activity
        labels.append((activity, sheet.cell(3, column).value, sheet.cell(4, column).value or ""))
    assert labels == column_labels(form)
    assert [sheet.cell(5 + n, 2).value for n in range(len(units))] == [u.name for u in units]
    total_row = 5 + len(units)
    assert (sheet.cell(total_row, 1).value, sheet.cell(total_row, 3).value) == ("合计", 20)
    assert sheet.cell(total_row, 4).value is None, "a sum of nothing is nothing"
    assert sheet.cell(total_row + 1, 1).value == NOTE


def test_blank_workbook_totals_are_formulas_that_stay_empty() -> None:
    form = CATALOG.forms["ningxia-2021"]
    units = CATALOG.roster(CATALOG.campaigns["ningxia-2021"])
    sheet = load_workbook(io.BytesIO(write_xlsx(form, units, None, True, "x"))).worksheets[0]
    assert sheet.cell(5 + len(units), 3).value == '=IF(COUNT(C5:C10)=0,"",SUM(C5:C10))'


@pytest.mark.parametrize("form_id", FORM_IDS)
def test_csv_has_one_header_row_of_unique_labels(form_id: str) -> None:
    form = CATALOG.forms[form_id]
    assert len(set(csv_labels(form))) == len(form.indicators)
    campaign = next(c for c in CATALOG.campaigns.values() if c.form_id == form_id)
    units = CATALOG.roster(campaign)
    rows = {units[0].unit_id: {form.indicators[0].indicator_id: "1,200"}}
    lines = list(csv.reader(io.StringIO(write_csv(form, units, rows, with_total=False).decode("gb18030"))))
    assert lines[0] == ["序号", "填报单位", *csv_labels(form)]
    assert lines[1][:3] == ["1", units[0].name, "1,200"]
    assert len(lines) == 1 + len(units)
