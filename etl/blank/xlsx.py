"""The collected workbook (.xlsx) and its CSV twin."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import datetime

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from etl.blank.grid import (
    DATE_COLUMN,
    HEADER_ROWS,
    KEY_COLUMNS,
    TOTAL,
    Grid,
    Rows,
    column_labels,
    column_total,
    csv_labels,
    lay_out,
)
from etl.blank.zips import rewrite_zip
from etl.catalog.model import Campaign, Form, Unit
from etl.collected.campaign import campaign_line

__all__ = ["blank_workbook", "column_labels", "csv_labels", "write_csv", "write_xlsx"]

CSV_ENCODING = "gb18030"
SHEET_NAME = "汇总表"
_KIND = "进展情况汇总表"
MADE_AT = datetime(2000, 1, 1)
WIDTHS = {1: 6.0, 2: 24.0}
OTHER_WIDTH = 12.0

_DATE = 'yyyy"年"m"月"d"日"'
_THIN = Side(style="thin", color="999999")
_BORDER = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_CENTRE = Alignment(horizontal="center", vertical="center", wrap_text=True)
_LEFT = Alignment(horizontal="left", vertical="center", wrap_text=True)
_SHADE = PatternFill("solid", fgColor="F2F2F2")


def write_xlsx(form: Form, units: Sequence[Unit], rows: Rows | None, with_total: bool, title: str) -> bytes:
    """The collected workbook, blank (`rows` None: the total row then holds formulas) or with typed values by unit."""
    return grid_to_xlsx(form, lay_out(form, units, rows, with_total, title), with_formulas=rows is None)


def blank_workbook(form: Form, campaign: Campaign, units: Sequence[Unit]) -> bytes:
    """The workbook to send out for a campaign: its title and its last line say whose it is, so that it is known when it comes back.

    Below the title the report date is asked for, which tells the newest of several.
    """
    title = f"{campaign.title_zh}{_KIND}"
    return grid_to_xlsx(form, lay_out(form, units, None, True, title, campaign_line(campaign)), with_formulas=True)


def grid_to_xlsx(form: Form, grid: Grid, with_formulas: bool = False) -> bytes:
    """A laid out table as a workbook; equal grids give equal bytes."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = SHEET_NAME
    for (row, column), value in grid.cells.items():
        sheet.cell(row + 1, column + 1, value if isinstance(value, int | float) else str(value))
    if with_formulas and grid.total_row is not None:
        _add_formulas(sheet, form, grid)
    _dress(sheet, grid)
    for first_row, first_column, last_row, last_column in grid.merged:
        sheet.merge_cells(
            start_row=first_row + 1, start_column=first_column + 1, end_row=last_row + 1, end_column=last_column + 1
        )
    book.properties.creator = ""
    book.properties.title = str(grid.cells[0, 0])
    book.properties.created = MADE_AT
    out = io.BytesIO()
    book.save(out)
    return rewrite_zip(out.getvalue(), {"docProps/core.xml": without_save_time})


def write_csv(form: Form, units: Sequence[Unit], rows: Rows | None, with_total: bool) -> bytes:
    """The collected table as GB18030 CSV with one header row, as spreadsheet programs in offices save it."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([*KEY_COLUMNS, *csv_labels(form)])
    for number, unit in enumerate(units, start=1):
        typed = (rows or {}).get(unit.unit_id, {})
        writer.writerow([number, unit.name, *(typed.get(i.indicator_id, "") for i in form.indicators)])
    if with_total:
        totals = [column_total(i, units, rows or {}) for i in form.indicators]
        writer.writerow([TOTAL, "", *("" if t is None else t for t in totals)])
    return out.getvalue().encode(CSV_ENCODING)


def _add_formulas(sheet: Worksheet, form: Form, grid: Grid) -> None:
    """Totals that stay empty as long as nothing is filled in."""
    first, last = grid.first_row + 1, grid.first_row + grid.n_units
    for column, indicator in enumerate(form.indicators, start=len(KEY_COLUMNS) + 1):
        if indicator.kind == "count" and grid.n_units:
            letter = get_column_letter(column)
            area = f"{letter}{first}:{letter}{last}"
            sheet.cell(last + 1, column, f'=IF(COUNT({area})=0,"",SUM({area}))')


def _dress(sheet: Worksheet, grid: Grid) -> None:
    first, heads = grid.first_row + 1, grid.first_row - HEADER_ROWS + 1
    last = grid.first_row + grid.n_units + int(grid.total_row is not None)
    plain, bold = Font(name="宋体", size=10), Font(name="宋体", size=10, bold=True)
    for number, cells in enumerate(sheet.iter_rows(min_row=heads, max_row=last, max_col=grid.n_columns), start=heads):
        for cell in cells:
            cell.border, cell.alignment, cell.font = _BORDER, _CENTRE, plain
            if number < first:
                cell.fill, cell.font = _SHADE, bold
    for number in range(first, first + grid.n_units):
        sheet.cell(number, 2).alignment = _LEFT
    sheet.cell(1, 1).font = Font(name="宋体", size=16, bold=True)
    sheet.cell(1, 1).alignment = _CENTRE
    for row in range(last + 1, sheet.max_row + 1):
        sheet.cell(row, 1).alignment = _LEFT
    for column in range(1, grid.n_columns + 1):
        sheet.column_dimensions[get_column_letter(column)].width = WIDTHS.get(column, OTHER_WIDTH)
    sheet.row_dimensions[1].height = 30
    sheet.row_dimensions[heads + 1].height = 42
    sheet.freeze_panes = f"{get_column_letter(len(KEY_COLUMNS) + 1)}{first}"
    if grid.date_row is not None:
        _dress_date(sheet, grid.date_row + 1)


def _dress_date(sheet: Worksheet, row: int) -> None:
    """The report date's label, and a framed cell that shows a typed date the Chinese way."""
    plain = Font(name="宋体", size=10)
    sheet.cell(row, 1).font, sheet.cell(row, 1).alignment = plain, Alignment(horizontal="right", vertical="center")
    for column in (DATE_COLUMN + 1, DATE_COLUMN + 2):
        cell = sheet.cell(row, column)
        cell.border, cell.font, cell.alignment, cell.number_format = _BORDER, plain, _CENTRE, _DATE
    sheet.row_dimensions[row].height = 20


def without_save_time(xml: bytes) -> bytes:
    """openpyxl stamps the moment of saving; equal content shall give equal bytes."""
    head, mark, tail = xml.partition(b"<dcterms:modified")
    start, end = tail.find(b">"), tail.find(b"</dcterms:modified>")
    return head + mark + tail[: start + 1] + b"2000-01-01T00:00:00Z" + tail[end:] if mark else xml
