"""Downloads: numbers stay numbers, no text runs as a formula."""

from __future__ import annotations

import csv
import io

import openpyxl
import pytest

from dashboard.tables import About, Cell, Column, Table, inert, to_csv, to_xlsx

NASTY = ("=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1+1", "＝1+1", "\ufeff=1")
ABOUT = About("说明", (("筛选条件", "=HYPERLINK(1)"), ("示例数据", "非真实填报")))


def table(*texts: str) -> Table:
    columns = (Column("单位"), Column("参与", "人次", is_number=True))
    rows = [(Cell(text, text), Cell(1234.0, "1,234")) for text in texts]
    return Table("表", columns, (*rows, (Cell("城口县", "城口县"), Cell(None, "未报送", is_muted=True))))


@pytest.mark.parametrize("text", NASTY)
def test_texts_are_inert(text: str) -> None:
    assert str(inert(text)).startswith("'")


def test_numbers_and_plain_texts_are_left_alone() -> None:
    assert inert(-5) == -5
    assert inert("万州区") == "万州区"
    assert inert("") == ""
    assert inert(None) is None


def test_csv_has_bom_units_marks_and_no_formula() -> None:
    data = to_csv(table(*NASTY), ABOUT)
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert rows[0] == ["单位", "参与（人次）"]
    assert ["城口县", "未报送"] in rows
    assert all(row[1] == "1234" for row in rows[1 : len(NASTY) + 1])
    assert not [cell for row in rows for cell in row if cell[:1] in "=+-@\t\r\n" and cell]


def test_xlsx_numbers_are_numbers_and_texts_are_texts() -> None:
    book = openpyxl.load_workbook(io.BytesIO(to_xlsx(table(*NASTY), ABOUT)))
    sheet, notes = book.worksheets
    assert sheet["B1"].value == "参与（人次）"
    assert sheet["B2"].value == 1234
    cells = [cell for page in (sheet, notes) for row in page.iter_rows() for cell in row if cell.value is not None]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert any("HYPERLINK" in str(cell.value) for cell in cells)
    assert notes.title == "说明"


def test_a_percentage_is_the_same_number_in_the_workbook_and_in_csv() -> None:
    columns = (
        Column("单位", is_short=True),
        Column("变化率", "%", is_number=True),
        Column("变化", "人次", is_number=True),
    )
    rows = tuple((Cell("x", "x"), Cell(pct, "—"), Cell(12.5, "12.5")) for pct in (17.25, -100.0, 0.0, None))
    table = Table("变化", columns, rows)
    sheet = openpyxl.load_workbook(io.BytesIO(to_xlsx(table, About("说明", ())))).worksheets[0]
    cells = [row[1] for row in sheet.iter_rows(min_row=2)]
    assert [cell.value for cell in cells] == [17.25, -100, 0, "—"]
    assert {cell.number_format for cell in cells[:3]} == {'0.0"%"'}
    assert sheet["C2"].value == 12.5 and "%" not in sheet["C2"].number_format
    assert "17.25" in to_csv(table, About("说明", ())).decode("utf-8")
