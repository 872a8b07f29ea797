"""An old .xls (also .et) -> Workbook, by xlrd: pure Python, so that a damaged file can never take the process down."""

from __future__ import annotations

import contextlib
import io
from datetime import datetime
from typing import Any

import xlrd

from etl.document import CellValue, Sheet, Workbook, column_name
from etl.errors import FileRefused
from etl.read.beyond import MAX_COLUMNS, MAX_ROWS, Beyond, cell_place, has_digit, with_content, with_figures
from etl.read.number_format import as_shown, shown
from etl.read.xlsx_cells import struck_at


def read_xls(data: bytes) -> Workbook:
    """All visible sheets. Raises FileRefused when the file is damaged or protected."""
    try:
        # xlrd remarks on odd files by printing; the finding is ours.
        book = xlrd.open_workbook(file_contents=data, formatting_info=True, logfile=io.StringIO(), ragged_rows=True)
        sheets: list[Sheet] = []
        remarks: list[tuple[str, str]] = []
        for number in range(book.nsheets):
            sheet = book.sheet_by_index(number)
            if sheet.visibility != 0:
                remarks.append(("hidden_content", with_figures(sheet.name, _hidden(book, sheet))))
                continue
            read, more = _sheet(book, sheet)
            sheets.append(read)
            remarks += more
    except (MemoryError, FileRefused):
        raise
    except Exception as error:  # whatever xlrd stumbles over, the file can't be trusted
        kind = "encrypted" if "encrypt" in str(error).lower() else "file_damaged"
        zh, en = (
            ("文件有密码保护", "the file is protected")
            if kind == "encrypted"
            else ("表格文件损坏", "the workbook is damaged")
        )
        raise FileRefused(kind, zh, en, found=f"{type(error).__name__}: {str(error)[:80]}") from error
    return Workbook(tuple(sheets), tuple(remarks))


def _hidden(book: Any, sheet: Any) -> tuple[tuple[CellValue, ...], ...]:
    """The cells of a hidden sheet, to be named; none where it is too large, which costs the others nothing."""
    try:
        return _sheet(book, sheet)[0].rows
    except FileRefused:
        return ()


def _sheet(book: Any, sheet: Any) -> tuple[Sheet, list[tuple[str, str]]]:
    width = min(max((sheet.row_len(r) for r in range(min(sheet.nrows, MAX_ROWS))), default=0), MAX_COLUMNS)
    rows: list[tuple[CellValue, ...]] = []
    remarks: list[tuple[str, str]] = []
    may_be_struck = any(f.struck_out for f in book.font_list)
    for r in range(min(sheet.nrows, MAX_ROWS)):
        length = min(sheet.row_len(r), width)
        values = [_value(book, sheet, r, c) if c < length else None for c in range(width)]
        for c, value in enumerate(values) if may_be_struck else ():
            values[c] = left = _unstruck(book, sheet, r, c, value) if value is not None else None
            if left != value:
                remarks.append(("struck_text", struck_at(cell_place(sheet.name, r, c), value, left)))
        for c, value in enumerate(values):
            if has_digit(value) and _is_unseen(book, sheet, r, c):
                values[c] = None
                remarks.append(("hidden_text", with_content(cell_place(sheet.name, r, c), value)))
        rows.append(tuple(values))
    while rows and all(v is None for v in rows[-1]):
        rows.pop()
    hidden = frozenset(r for r, info in sheet.rowinfo_map.items() if info.hidden and r < len(rows))
    if hidden:
        remarks.append(("hidden_content", f"{sheet.name} 行{min(hidden) + 1}"))
    columns = [
        c for c, info in sheet.colinfo_map.items() if info.hidden and any(r[c] is not None for r in rows if c < width)
    ]
    if columns:
        remarks.append(("hidden_content", f"{sheet.name} 列{column_name(min(columns))}"))
    remarks += _beyond(book, sheet, rows)
    # xlrd's ranges end one behind the last row and column.
    merged = tuple((r1, c1, r2 - 1, c2 - 1) for r1, r2, c1, c2 in sheet.merged_cells)
    return Sheet(sheet.name, tuple(rows), merged, hidden), remarks


def _beyond(book: Any, sheet: Any, rows: list[tuple[CellValue, ...]]) -> list[tuple[str, str]]:
    """What stands beyond the limits. Raises FileRefused where the table goes on."""
    beyond = Beyond(sheet.name)
    for r in range(sheet.nrows):
        for c in range(0 if r >= MAX_ROWS else MAX_COLUMNS, sheet.row_len(r)):
            value = _value(book, sheet, r, c)
            if value is not None:
                beyond.add(r, c, value)
    last = {(r, c) for r, c, _, _ in beyond.found if r == MAX_ROWS or c == MAX_COLUMNS}
    goes_on = any(
        len(rows) == MAX_ROWS if r == MAX_ROWS else len(rows[r]) == MAX_COLUMNS and rows[r][-1] is not None
        for r, c in last
    )
    return beyond.remarks(goes_on)


def _value(book: Any, sheet: Any, row: int, column: int) -> CellValue:
    kind, value = sheet.cell_type(row, column), sheet.cell_value(row, column)
    if kind in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK) or value == "":
        return None
    if kind == xlrd.XL_CELL_TEXT:
        return str(value)
    if kind == xlrd.XL_CELL_BOOLEAN:
        return bool(value)
    if kind == xlrd.XL_CELL_ERROR:
        return str(xlrd.error_text_from_code.get(value, "#ERR"))
    if kind == xlrd.XL_CELL_DATE:
        with contextlib.suppress(xlrd.xldate.XLDateError, ValueError, OverflowError):
            moment: datetime = xlrd.xldate.xldate_as_datetime(value, book.datemode)
            return moment.date() if moment.time() == datetime.min.time() else moment
        return str(value)
    return _number(book, sheet, row, column, as_shown(float(value)))


def _number(book: Any, sheet: Any, row: int, column: int, value: float) -> CellValue:
    """A number, as text where its format shows a percentage or words that change it (3万)."""
    with contextlib.suppress(IndexError, KeyError, AttributeError):
        code = book.format_map[_style(book, sheet, row, column).format_key].format_str
        if said := shown(value, code):
            return said
        if "%" in code:
            return f"{value * 100:g}%"
    return value


def _style(book: Any, sheet: Any, row: int, column: int) -> Any:
    return book.xf_list[sheet.cell_xf_index(row, column)]


_WHITE, _AUTOMATIC = {1, 9}, 0x7FFF


def _is_unseen(book: Any, sheet: Any, row: int, column: int) -> bool:
    """Whether the writing has the colour of its ground, or the number format no words at all."""
    with contextlib.suppress(IndexError, KeyError, AttributeError):
        style = _style(book, sheet, row, column)
        if set(book.format_map[style.format_key].format_str.replace(" ", "")) == {";"}:
            return True
        ink, ground = book.font_list[style.font_index].colour_index, style.background
        if ink == _AUTOMATIC:
            return False
        return ink == ground.pattern_colour_index if ground.fill_pattern else ink in _WHITE
    return False


def _unstruck(book: Any, sheet: Any, row: int, column: int, value: CellValue) -> CellValue:
    """What is left of a value when its struck-through part goes; None when all of it is struck."""
    with contextlib.suppress(IndexError, KeyError, AttributeError):
        runs = sheet.rich_text_runlist_map.get((row, column), [])
        fonts = [(0, _style(book, sheet, row, column).font_index), *runs]
        if not any(book.font_list[f].struck_out for _, f in fonts):
            return value
        if not isinstance(value, str):
            return None
        ends = [start for start, _ in fonts[1:]] + [len(value)]
        kept = (
            value[start:end] for (start, f), end in zip(fonts, ends, strict=True) if not book.font_list[f].struck_out
        )
        return "".join(kept).strip() or None
    return value
