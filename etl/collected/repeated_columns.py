"""Two columns of one blank under the very same head: a copy counts once, two that differ anywhere are no answer anywhere."""

from __future__ import annotations

from etl.collected.columns.match import ColumnMap
from etl.collected.long import plain_cell
from etl.collected.sheet.layout import Layout
from etl.document import Sheet

_NOTHING = frozenset({"", "None"})


def unlike_columns(sheet: Sheet, layout: Layout, columns: ColumnMap) -> frozenset[int]:
    """Those of the further columns that are no copies: some unit's row says something else in them than in the first."""
    found = set()
    for indicator_id, column in columns.repeated:
        own = columns.of_indicator.get(indicator_id)
        pairs = (
            ({_said(sheet, u.row, own), _said(sheet, u.row, column)} for u in layout.rows) if own is not None else ()
        )
        if any(len(pair - _NOTHING) > 1 for pair in pairs):
            found.add(column)
    return frozenset(found)


def said_again(sheet: Sheet, columns: ColumnMap, indicator_id: str, row: int) -> list[str]:
    """What the further columns of a blank say in a row: those that are no copies, and all where the first is empty; equal zeros say nothing new."""
    first = _said(sheet, row, columns.of_indicator[indicator_id])
    also = (c for i, c in columns.repeated if i == indicator_id and (c in columns.unlike or first in _NOTHING))
    said = dict.fromkeys(_said(sheet, row, c) for c in also)
    return [s for s in said if s not in _NOTHING and (s != first or s.strip("0.") != "")]


def _said(sheet: Sheet, row: int, column: int) -> str:
    return plain_cell(sheet.rows[row][column]).strip()
