"""The collected workbook as a plain grid of cells, so that every writer lays it out alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from etl.catalog.model import Form, Indicator, Unit

TITLE_ROWS = 1
HEADER_ROWS = 3
FIRST_ROW = TITLE_ROWS + HEADER_ROWS
KEY_COLUMNS = ("序号", "填报单位")
TOTAL = "合计"
DATE_LABEL = "填报日期："
DATE_COLUMN = len(KEY_COLUMNS)
NOTE = "注：数字只填阿拉伯数字；没有开展的填“0”，不适用的填“/”，尚未统计的填“待统计”；“合计”为各单位相加。"

Rows = Mapping[str, Mapping[str, object]]
Labels = list[tuple[str, str, str]]


@dataclass(frozen=True)
class Grid:
    """Cell values by zero-based (row, column), and merged areas as (first row, first column, last row, last column)."""

    cells: dict[tuple[int, int], object]
    merged: tuple[tuple[int, int, int, int], ...]
    n_units: int
    n_columns: int
    total_row: int | None
    first_row: int = FIRST_ROW  # of the units
    date_row: int | None = None  # where the report date is to be typed, in DATE_COLUMN


def column_labels(form: Form) -> Labels:
    """The three header cells above every blank's column: activity title, label, unit ('' for flags and texts)."""
    return [(a.title_zh, i.label_zh, i.unit) for a in form.activities for i in a.indicators]


def csv_labels(form: Form) -> list[str]:
    """The one header cell above every blank's column in the CSV: `short activity｜label（unit）`."""
    return [
        f"{a.short_zh}｜{i.label_zh}" + (f"（{i.unit}）" if i.unit else "")
        for a in form.activities
        for i in a.indicators
    ]


def number_or_none(value: object) -> float | None:
    """A number proper; None for texts, truth values and empty cells."""
    return None if isinstance(value, bool) or not isinstance(value, int | float) else value


def column_total(indicator: Indicator, units: Sequence[Unit], rows: Rows) -> float | None:
    """The sum of the numbers in a count's column; None when there is no number (a sum of nothing is nothing)."""
    found = [number_or_none(rows.get(u.unit_id, {}).get(indicator.indicator_id)) for u in units]
    numbers = [n for n in found if n is not None]
    return sum(numbers) if numbers and indicator.kind == "count" else None


def lay_out(form: Form, units: Sequence[Unit], rows: Rows | None, with_total: bool, title: str, mark: str = "") -> Grid:
    """Title row, three header rows, one row per unit, the total row and the note.

    With a mark, the line that says whose workbook it is, below a place for the report date below the title.
    """
    n_columns = len(KEY_COLUMNS) + len(form.indicators)
    cells: dict[tuple[int, int], object] = {(0, 0): title}
    date_row = TITLE_ROWS if mark else None
    first_row = FIRST_ROW + int(bool(mark))
    merged = [(0, 0, 0, n_columns - 1), *_header(form, cells, first_row - HEADER_ROWS)]
    if date_row is not None:
        cells[date_row, 0] = DATE_LABEL
        merged += [(date_row, 0, date_row, DATE_COLUMN - 1), (date_row, DATE_COLUMN, date_row, DATE_COLUMN + 1)]
    for n, unit in enumerate(units):
        row = first_row + n
        cells[row, 0], cells[row, 1] = n + 1, unit.name
        typed = (rows or {}).get(unit.unit_id, {})
        for column, indicator in enumerate(form.indicators, start=len(KEY_COLUMNS)):
            if (value := typed.get(indicator.indicator_id)) not in (None, ""):
                cells[row, column] = value
    after = first_row + len(units)
    total_row = after if with_total else None
    if with_total:
        cells[after, 0] = TOTAL
        merged.append((after, 0, after, 1))
        for column, indicator in enumerate(form.indicators, start=len(KEY_COLUMNS)):
            if rows is not None and (total := column_total(indicator, units, rows)) is not None:
                cells[after, column] = total
    note_row = after + int(with_total)
    cells[note_row, 0] = NOTE
    merged.append((note_row, 0, note_row, n_columns - 1))
    if mark:
        cells[note_row + 1, 0] = mark
        merged.append((note_row + 1, 0, note_row + 1, n_columns - 1))
    return Grid(cells, tuple(merged), len(units), n_columns, total_row, first_row, date_row)


def _header(form: Form, cells: dict[tuple[int, int], object], top: int) -> list[tuple[int, int, int, int]]:
    """Writes the header cells from the row `top` on; returns the merged areas."""
    label_row, unit_row = top + 1, top + 2
    merged = []
    for column, name in enumerate(KEY_COLUMNS):
        cells[top, column] = name
        merged.append((top, column, unit_row, column))
    column = len(KEY_COLUMNS)
    for activity in form.activities:
        cells[top, column] = activity.title_zh
        if len(activity.indicators) > 1:
            merged.append((top, column, top, column + len(activity.indicators) - 1))
        for indicator in activity.indicators:
            cells[label_row, column] = indicator.label_zh
            if indicator.unit:
                cells[unit_row, column] = indicator.unit
            else:
                merged.append((label_row, column, unit_row, column))
            column += 1
    return merged
