"""Tables whose names of units stand behind figures: 咨询活动（场）, 参与（人次）, 区县."""

from __future__ import annotations

import re
from dataclasses import replace

from etl.collected.layout import Layout, find_layout
from etl.collected.numbering import is_numbering
from etl.document import Sheet
from etl.extract.squeeze import squeeze_text
from etl.interpret.lexicon import load_lexicon
from etl.resolve import Resolver

_NUMBER = re.compile("序号?|№|no[.]?|编码|.{0,8}代码")


def names_first(sheet: Sheet, resolver: Resolver, *, is_turned: bool) -> Sheet:
    """The sheet with the column of names before the first column of figures; the sheet itself where it stands there already.

    Every cell keeps its place in the file.
    """
    layout = find_layout(sheet, resolver)
    name = layout.name_column if layout else 0
    first = next((c for c in range(name) if layout and _holds_figures(sheet, layout, c)), name)
    if first == name:
        return sheet
    order = [*range(first), name, *range(first, name), *range(name + 1, len(sheet.rows[0]))]
    to = {old: new for new, old in enumerate(order)}
    places = {
        (new, r) if is_turned else (r, new): sheet.place(old, r) if is_turned else sheet.place(r, old)
        for new, old in enumerate(order)
        for r in range(len(sheet.rows))
    }
    return replace(
        sheet,
        rows=tuple(tuple(row[c] for c in order) for row in sheet.rows),
        merged=tuple(
            (r1, to[c], r2, to[c]) for r1, c1, r2, c2 in sheet.merged for c in range(c1, min(c2 + 1, len(order)))
        ),
        uncached=frozenset((r, to[c]) for r, c in sheet.uncached),
        places=places,
    )


def _holds_figures(sheet: Sheet, layout: Layout, column: int) -> bool:
    """Whether a column before the names has a head that numbers no rows, and mostly numbers below it."""
    lex = load_lexicon()
    heads = [squeeze_text(v) for r in layout.header if isinstance(v := sheet.rows[r][column], str)]
    if not heads or heads[-1] in lex.side_headers | lex.period_heads or is_numbering(heads[-1]):
        return False
    if _NUMBER.fullmatch(heads[-1].lower()):
        return False
    below = [sheet.rows[u.row][column] for u in layout.rows]
    return sum(isinstance(v, float) for v in below) * 2 > len(below)
