"""An old .xls (also .et, .xlsb) -> Workbook, by calamine."""

from __future__ import annotations

import io
from datetime import date, datetime, time, timedelta
from typing import Any

import python_calamine

from etl.document import CellValue, Sheet, Workbook
from etl.guard import refuse
from etl.read.xlsx import MAX_COLUMNS, MAX_ROWS


def read_xls(data: bytes) -> Workbook:
    """All visible sheets. Raises FileRefused when calamine can't read the file."""
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheets, remarks = [], []
        for meta in book.sheets_metadata:
            if meta.visible != python_calamine.SheetVisibleEnum.Visible:
                remarks.append(("hidden_content", meta.name))
                continue
            sheet, far = _sheet(book.get_sheet_by_name(meta.name))
            sheets.append(sheet)
            if far:
                remarks.append(("far_cell", meta.name))
    except Exception as error:  # calamine's errors have no common base of their own
        kind = "encrypted" if "password" in str(error).lower() else "file_damaged"
        raise refuse(
            kind,
            "表格文件损坏或有密码",
            "the workbook is damaged or protected",
            found=f"{type(error).__name__}: {str(error)[:80]}",
        ) from error
    return Workbook(tuple(sheets), tuple(remarks))


def _sheet(sheet: Any) -> tuple[Sheet, bool]:
    start = sheet.start or (0, 0)
    far = sheet.total_height > MAX_ROWS or sheet.total_width > MAX_COLUMNS
    rows: list[tuple[CellValue, ...]] = []
    for n, row in enumerate(sheet.iter_rows()):
        if n >= MAX_ROWS:
            break
        rows.append(tuple(_value(v) for v in row[:MAX_COLUMNS]))
    del start
    merged = tuple((a[0], a[1], b[0], b[1]) for a, b in (sheet.merged_cell_ranges or ()))
    return Sheet(sheet.name, tuple(rows), merged), far


def _value(value: Any) -> CellValue:
    if value is None or value == "":
        return None
    if isinstance(value, bool | str | date | datetime):
        return value
    if isinstance(value, int | float):
        return float(value)
    if isinstance(value, time | timedelta):
        return str(value)
    return str(value)
