"""The names a workbook gives its cells: D5, A1:B2."""

from __future__ import annotations

import re
from functools import lru_cache

CELL = re.compile(r"([A-Z]{1,3})(\d{1,7})")


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
