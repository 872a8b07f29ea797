"""The names a workbook gives its cells: D5, A1:B2."""

from __future__ import annotations

import re
from functools import lru_cache

from etl.document import CellValue

CELL = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")
_LONGEST_BOTH = 160
_COLUMNS, _ROWS = 1 << 14, 1 << 20  # of any sheet


def plain_name(reference: str) -> str:
    """A cell's name as programs write it: b4 and $B$4 are B4."""
    return reference.strip().replace("$", "").upper()


def is_place(reference: str) -> bool:
    """Whether a name is that of a cell that a sheet can have."""
    match = CELL.fullmatch(plain_name(reference))
    return match is not None and column_named(match[1]) < _COLUMNS and int(match[2]) <= _ROWS


def as_typed(value: CellValue) -> str:
    """A cell's content as it is shown, a whole number without its point."""
    if value is None:
        return ""
    return f"{value:.0f}" if isinstance(value, float) and value == int(value) else str(value)


def both_typed(first: CellValue, second: CellValue) -> CellValue:
    """What two cells of one name hold, where it differs: which of them is shown depends on the program. Past a length no more is added."""
    if first == second or len(str(first)) > _LONGEST_BOTH:
        return first
    return f"{as_typed(first)} / {as_typed(second)}"


@lru_cache(maxsize=1024)
def column_named(letters: str) -> int:
    """The column that letters name: A is 0, AA is 26."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def range_named(text: str) -> tuple[int, int, int, int] | None:
    """First row and column, last row and column, all from 0; None when the text names no range."""
    ends = [CELL.fullmatch(e) for e in text.split(":")]
    if len(ends) != 2 or ends[0] is None or ends[1] is None:
        return None
    a, b = ends[0], ends[1]
    return int(a.group(2)) - 1, column_named(a.group(1)), int(b.group(2)) - 1, column_named(b.group(1))
