"""Lines above or below a collected table that take all its figures back (此表作废, 以下为2021年数据): none of its rows counts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain

from etl.collected.sheet.layout import Layout
from etl.collected.sheet.lines import line_words
from etl.document import Sheet
from etl.interpret.lexicon import load_lexicon
from etl.interpret.retracted import may_retract, takes_all_back

LONGEST_LINE = 60  # letters of a line that speaks of the figures; instructions are longer


def taken_back(sheet: Sheet, layout: Layout, year: int) -> dict[int, tuple[str, str]]:
    """Each row of the table with (`other`, the line) where a line around it takes the figures back; empty where none does."""
    rows = [u.row for u in layout.rows] + [r for r, _ in layout.unresolved]
    last = max([*rows, *(t.row for t in layout.totals)], default=0)
    for r, line in lines_around(sheet, layout, chain(range(layout.first_row), range(last + 1, len(sheet.rows)))):
        # 计划 alone may head a column, or be one blank's remark.
        is_line = re.search(load_lexicon().pointing, line) or (
            r not in layout.header and _stands_first(sheet, layout, r)
        )
        if is_line and takes_all_back(line, year):
            return dict.fromkeys(rows, ("other", line))
    return {}


def _stands_first(sheet: Sheet, layout: Layout, row: int) -> bool:
    """Whether what a row says stands where the names of the units do, or before."""
    column = next((c for c, v in enumerate(sheet.rows[row]) if v not in (None, "")), 0)
    return column <= layout.name_column and len(line_words(sheet.rows[row])) == 1


def lines_around(sheet: Sheet, layout: Layout, rows: Iterable[int]) -> Iterator[tuple[int, str]]:
    """Row and folded text of the lines in some rows that may take figures back: one or two texts and no number."""
    taken = {u.row for u in layout.rows} | {t.row for t in layout.totals} | {r for r, _ in layout.unresolved}
    for r in rows:
        if r not in taken:
            said = line_words(sheet.rows[r])
            yield from ((r, word) for word in said if len(word) <= LONGEST_LINE and may_retract(word))
