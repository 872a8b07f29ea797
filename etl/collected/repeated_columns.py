"""Two columns of one blank under the very same head: a copy counts once, two that differ anywhere are no answer anywhere."""

from __future__ import annotations

from etl.collected.columns import ColumnMap
from etl.collected.layout import Layout
from etl.collected.long import plain_cell
from etl.document import Sheet

_NOTHING = frozenset({"", "None"})


def said_again(sheet: Sheet, layout: Layout, columns: ColumnMap, indicator_id: str, row: int) -> list[str]:
    """What the further columns of a blank say in a row, where they are no copy of the first; equal zeros say nothing new."""
    own = columns.of_indicator[indicator_id]
    also = [c for i, c in columns.repeated if i == indicator_id]
    unlike = [c for c in also if any(_differs(sheet, unit.row, own, c) for unit in layout.rows)]
    first = _said(sheet, row, own)
    said = dict.fromkeys(_said(sheet, row, c) for c in unlike)
    return [s for s in said if s not in _NOTHING and (s != first or s.strip("0.") != "")]


def _differs(sheet: Sheet, row: int, first: int, second: int) -> bool:
    said = {_said(sheet, row, first), _said(sheet, row, second)} - _NOTHING
    return len(said) > 1


def _said(sheet: Sheet, row: int, column: int) -> str:
    return plain_cell(sheet.rows[row][column]).strip()
