"""Columns whose cells hold two numbers, 场次/人次 over 5/120 -> two columns, so that each number is read as its own blank."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from etl.document import CellValue, Sheet
from etl.extract.scale import SCALE
from etl.extract.squeeze import squeeze_text
from etl.interpret.fold import fold
from etl.interpret.lexicon import load_lexicon

_HEAD_ROWS = 12
_PEOPLE = ("人次", "人")
_SIGN = "[/、／|]"
_NUMBER = r"约?\d[\d,.]*[万千百余多+]*"


def split_pairs(sheet: Sheet, units: frozenset[str]) -> Sheet:
    """The sheet with each such column's second numbers in a new column at the right end, which keep their places.

    Only where the head names two units and every filled cell below it holds two numbers; any other column stays as it is.
    `units` of the form may themselves have two names (条/份): one number, and no pair; nor are people per event (人次/场).
    """
    split = {
        c: at for c in range(len(sheet.rows[0]) if sheet.rows else 0) if (at := _head_of(sheet, c, units)) is not None
    }
    if not split:
        return sheet
    width = len(sheet.rows[0])
    rows = [list(row) + [None] * len(split) for row in sheet.rows]
    places = dict(sheet.places)
    merged = [
        (r1, new, r2, new) for new, c in enumerate(split, width) for r1, c1, r2, c2 in sheet.merged if c1 <= c <= c2
    ]
    for new, (column, head) in enumerate(split.items(), width):
        rows[head.row][column], rows[head.row][new] = head.first, head.second
        for r, row in enumerate(rows):
            places[r, new] = sheet.place(r, column)
            if r < head.row:
                row[new] = row[column]
            elif r > head.row and row[column] is not None:
                row[column], row[new] = re.split(_SIGN, fold(str(row[column])), maxsplit=1)
    return replace(sheet, rows=tuple(map(tuple, rows)), places=places, merged=(*sheet.merged, *merged))


@dataclass(frozen=True)
class _Head:
    """Where a head that names two units stands, and the head of each."""

    row: int
    first: str
    second: str


def _head_of(sheet: Sheet, column: int, units: frozenset[str]) -> _Head | None:
    """The head that names two units over cells of two numbers each; None when the column has none."""
    for r, row in enumerate(sheet.rows[:_HEAD_ROWS]):
        words = squeeze_text(value) if isinstance(value := row[column], str) else ""
        if found := _two_units().search(words):
            pair = found.group(1, 2)
            if pair[0] in _PEOPLE or any("/".join(p) in units for p in (pair, pair[::-1])):
                return None
            below = [x[column] for x in sheet.rows[r + 1 :] if x[column] is not None]
            label = words[: found.start()]
            is_split = bool(below) and all(map(_is_pair, below))
            return _Head(r, f"{label}({pair[0]})", f"{label}({pair[1]})") if is_split else None
    return None


def _is_pair(value: CellValue) -> bool:
    unit = r"[^\d\s/、|]{0,2}"
    return isinstance(value, str) and bool(
        re.fullmatch(rf"\s*{_NUMBER}\s*{unit}\s*{_SIGN}\s*{_NUMBER}\s*{unit}\s*", fold(value))
    )


def _two_units() -> re.Pattern[str]:
    one = rf"((?:{SCALE})?(?:{load_lexicon().units}))数?"
    return re.compile(rf"[(\[]?{one}[/,|]{one}[)\]]?$")
