"""A question answered in two columns, 是 | 否 with a mark in one of them -> one column that says 是 or 否."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from etl.document import CellValue, Sheet
from etl.extract.squeeze import squeeze_text
from etl.interpret.lexicon import load_lexicon

_HEAD_ROWS = 12
_BEHIND = re.compile(r"(.{2,}?)[-_:]?\(?([是否])\)?")
_MARKED = ("是", "1", "y", "yes", "v")
_UNMARKED = ("", "0")


def join_yes_no(sheet: Sheet) -> Sheet:
    """The sheet with such a pair's answers in the column of 是, under the words above both; an answer keeps its place.

    What is marked in both or in another way is put together as it stands, which no reader takes for an answer.
    """
    for r, heads in enumerate(sheet.rows[:_HEAD_ROWS]):
        asked = {c: question for c in range(len(heads) - 1) if (question := _question(sheet, r, c)) is not None}
        if asked:
            return _joined(sheet, r, asked)
    return sheet


def _question(sheet: Sheet, row: int, column: int) -> CellValue:
    """What is asked in two columns: the words above 是 and 否, or before them (使用平台（是） beside 使用平台（否）); None where nothing is."""
    first, second = map(_said, sheet.rows[row][column : column + 2])
    if {first, second} == {"是", "否"} and row:
        above, beside = sheet.rows[row - 1][column : column + 2]
        return above if beside in (None, above) else None
    yes, no = (_BEHIND.fullmatch(said) for said in (first, second))
    if yes and no and yes[1] == no[1] and {yes[2], no[2]} == {"是", "否"}:
        return yes[1]
    return None


def _joined(sheet: Sheet, head: int, asked: Mapping[int, CellValue]) -> Sheet:
    rows, places = [list(row) for row in sheet.rows], dict(sheet.places)
    for c, question in asked.items():
        is_no_first = _said(rows[head][c]).strip("()").endswith("否")
        rows[head][c], rows[head][c + 1] = question, None
        for r in range(head):
            rows[r][c + 1] = None
        for r in range(head + 1, len(rows)):
            yes, no = rows[r][c : c + 2][:: -1 if is_no_first else 1]
            if yes == no and (yes is None or _mark(yes) is None):
                continue  # nothing, or a line across the table
            rows[r][c], rows[r][c + 1] = _answer(yes, no), None
            if (rows[r][c] == "否") is not is_no_first:
                places[r, c] = sheet.place(r, c + 1)
    return replace(sheet, rows=tuple(map(tuple, rows)), places=places)


def _answer(yes: CellValue, no: CellValue) -> str:
    said = (_mark(yes), _mark(no))
    if said == (True, False):
        return "是"
    return "否" if said == (False, True) else f"是：{_said(yes) or '空'}／否：{_said(no) or '空'}"


def _mark(value: CellValue) -> bool | None:
    """Whether a cell is marked; None for what may be either."""
    said = _said(value)
    if said in _UNMARKED:
        return False
    return True if said in _MARKED or said in load_lexicon().ticks else None


def _said(value: CellValue) -> str:
    if isinstance(value, float) and value == int(value):
        return str(int(value))
    return squeeze_text(str(value)).lower() if value is not None else ""
