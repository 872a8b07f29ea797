"""Tables as people download them: CSV and Excel, with numbers as numbers and no text that runs as a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, TypeAlias

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

Value: TypeAlias = str | int | float | date | None
FORMULA_STARTS: Final = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
MAX_COLUMN_WIDTH: Final = 48
PERCENT_FORMAT: Final = '0.0"%"'
# Characters from here on are as wide as they are high, and so are their brackets.
FIRST_WIDE: Final = 0x2E80
UTF8_BOM: Final = "\ufeff"


@dataclass(frozen=True)
class Column:
    """A column's head; the unit stands in it. Numbers are set right-aligned, short texts are never broken,
    names of files anywhere.

    Columns for export only say in words what the screen says with a mark.
    """

    label: str
    unit: str = ""
    is_number: bool = False
    is_short: bool = False
    is_file: bool = False
    is_export_only: bool = False

    @property
    def is_percent(self) -> bool:
        """Whether its numbers are percentages: a workbook holds them as shares in its own percent format."""
        return self.is_number and self.unit == "%"

    @property
    def head(self) -> str:
        """The head with its unit, in the brackets of its language."""
        if not self.unit:
            return self.label
        is_wide = any(ord(char) >= FIRST_WIDE for char in self.label + self.unit)
        return f"{self.label}\uff08{self.unit}\uff09" if is_wide else f"{self.label} ({self.unit})"


@dataclass(frozen=True)
class Cell:
    """The value that is exported, and the text that is shown; a missing value exports its mark.

    `is_percent`: a percentage in a column of several units. `qualifier`: what the text's mark says of a number ("at_least", "about" ...); empty where nothing is known of it.
    """

    value: Value
    text: str
    is_muted: bool = False
    qualifier: str = ""
    is_percent: bool = False

    @property
    def exported(self) -> Value:
        """The value, or the mark that says why there is none."""
        return self.text if self.value is None else self.value


@dataclass(frozen=True)
class Table:
    """Columns and rows of a table, with a title for its sheet."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]

    @property
    def on_screen(self) -> Table:
        """The table without the columns that are for export only."""
        places = [n for n, column in enumerate(self.columns) if not column.is_export_only]
        rows = tuple(tuple(row[n] for n in places) for row in self.rows)
        return Table(self.title, tuple(self.columns[n] for n in places), rows)


@dataclass(frozen=True)
class About:
    """What a downloaded file says of itself: title of the sheet, and pairs of name and content."""

    title: str
    pairs: tuple[tuple[str, str], ...]


def inert(value: Value) -> Value:
    """The value; a text that a spreadsheet could take for a formula gets an apostrophe in front."""
    if not isinstance(value, str) or not value:
        return value
    visible = "".join(char for char in value if char.isprintable() and not char.isspace())
    is_control = value[0] in "\t\r\n"
    return f"'{value}" if is_control or visible.startswith(FORMULA_STARTS) else value


def to_csv(table: Table, about: About) -> bytes:
    """UTF-8 with BOM (so that Excel shows Chinese), what the file is about in the last lines."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow([inert(column.head) for column in table.columns])
    writer.writerows([csv_value(cell) for cell in row] for row in table.rows)
    writer.writerow([])
    writer.writerows([inert(name), inert(content)] for name, content in about.pairs)
    return (UTF8_BOM + stream.getvalue()).encode("utf-8")


def csv_value(cell: Cell) -> Value:
    """The exported value; whole numbers without a decimal point, moments to the minute."""
    value = cell.exported
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return f"{value:%Y-%m-%d %H:%M}" if isinstance(value, datetime) else inert(value)


def to_xlsx(table: Table, about: About) -> bytes:
    """An Excel workbook: the table, and a sheet that says what it is about."""
    book = Workbook()
    sheet = book.active
    if not isinstance(sheet, Worksheet):
        raise ValueError("a new workbook has no sheet")
    sheet.title = sheet_name(table.title)
    write_table(sheet, table)
    notes = book.create_sheet(sheet_name(about.title))
    write_rows(notes, [["", ""], *([name, content] for name, content in about.pairs)])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def sheet_name(title: str) -> str:
    """A title that Excel takes as a sheet's name."""
    return "".join(char for char in title if char not in r"[]:*?/\'")[:31] or "Sheet"


def write_table(sheet: Worksheet, table: Table) -> None:
    """The table into the sheet, its head frozen. A percentage is 17.3 and shown as 17.3%: the same number as in
    its column of percentage points, in a CSV and on the page."""
    write_rows(sheet, [[column.head for column in table.columns], *([c.exported for c in row] for row in table.rows)])
    for number, row in enumerate(table.rows, 2):
        for place, (column, own) in enumerate(zip(table.columns, row, strict=True), 1):
            cell = sheet.cell(number, place)
            if (column.is_percent or own.is_percent) and isinstance(cell.value, int | float):
                cell.number_format = PERCENT_FORMAT
    sheet.freeze_panes = "B2"


def write_rows(sheet: Worksheet, rows: Sequence[Sequence[Value]]) -> None:
    """Rows into the sheet; texts stay texts, the first row is the head."""
    for number, row in enumerate(rows, 1):
        for place, value in enumerate(row, 1):
            cell = sheet.cell(number, place)
            clean = inert(int(value) if isinstance(value, float) and value.is_integer() else value)
            cell.value = ILLEGAL_CHARACTERS_RE.sub("", clean) if isinstance(clean, str) else clean
            if isinstance(value, str):
                cell.data_type = "s"
            elif isinstance(value, int | float):
                cell.number_format = "#,##0" if float(value).is_integer() else "#,##0.0"
            elif isinstance(value, datetime):
                cell.number_format = "yyyy-mm-dd hh:mm"
            if number == 1:
                cell.font = Font(bold=True)
                cell.fill = PatternFill("solid", fgColor="F5F7F9")
                cell.alignment = Alignment(wrap_text=True, vertical="top")
    for place in range(1, max((len(row) for row in rows), default=0) + 1):
        widths = [sum(2 if ord(c) > 255 else 1 for c in str(row[place - 1])) for row in rows if len(row) >= place]
        sheet.column_dimensions[get_column_letter(place)].width = min(max(widths, default=8) + 2, MAX_COLUMN_WIDTH)
