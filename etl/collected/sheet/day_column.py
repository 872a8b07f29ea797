"""The report date of a table that has no line for it but a column: 填报日期 beside each unit's figures."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from etl.collected.sheet.layout import Layout
from etl.document import CellValue, Sheet
from etl.extract.squeeze import squeeze_text
from etl.interpret.dates import interpret_date
from etl.interpret.lexicon import load_lexicon


def latest_day(sheet: Sheet, layout: Layout, year: int) -> date | None:
    """The last of the days that the rows of a column headed 填报日期 or the like give; None where there is no such column, or
    one of its days is of another year or can't be read: a table's date orders it among others, so it is not to be guessed."""
    heads = load_lexicon().report_day_heads
    for column in range(len(sheet.rows[0]) if sheet.rows else 0):
        words = {squeeze_text(str(sheet.rows[r][column] or "")) for r in layout.header}
        if column != layout.name_column and not words.isdisjoint(heads):
            return _last((sheet.rows[u.row][column] for u in layout.rows), year)
    return None


def _last(cells: Iterable[CellValue], year: int) -> date | None:
    read = [interpret_date(cell, year) for cell in cells if cell is not None and str(cell).strip()]
    days = [r.day for r in read if r.day is not None and r.day.year == year]
    return max(days) if days and len(days) == len(read) else None
