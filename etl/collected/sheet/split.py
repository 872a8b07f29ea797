"""Several tables in one sheet -> each as a sheet of its own: below or beside each other, or one list a unit.

A part keeps its rows and columns where they were, so that places stay right; everything around it is empty.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence, Set
from dataclasses import replace

from etl.collected.sheet.layout import MAX_NAME, first_columns, is_note, is_total, says_unit
from etl.collected.sheet.lines import line_words, points_up
from etl.collected.sheet.one_unit import unit_of_line
from etl.document import CellValue, Sheet
from etl.extract.scale import scales_said
from etl.extract.squeeze import squeeze_text
from etl.interpret.count import Typed, interpret_count
from etl.interpret.lexicon import load_lexicon
from etl.resolve import Resolver

_HEAD_ROWS = 12
Area = tuple[int, int, int, int]  # first row, first column, last row, last column


def tables_of(sheet: Sheet, resolver: Resolver) -> list[Sheet]:
    """The sheet's tables; the sheet itself when it holds but one."""
    starts = _unit_lines(sheet, resolver)
    if len(starts) > 1:
        return [_part(sheet, area) for area in _bands(sheet, starts)]
    beside = _beside(sheet, resolver)
    parts = [_part(sheet, area) for area in beside] if len(beside) > 1 else [sheet]
    return [table for part in parts for table in _below(part, resolver)]


def _unit_lines(sheet: Sheet, resolver: Resolver) -> list[int]:
    """Rows that say whose list begins there, where different units are named."""
    said = [(r, unit.unit_id) for r, row in enumerate(sheet.rows) if (unit := unit_of_line(row, resolver)).unit_id]
    return [r for r, _ in said] if len({u for _, u in said}) > 1 else []


def _beside(sheet: Sheet, resolver: Resolver) -> list[Area]:
    """Tables beside each other: one row of heads says 区县 again, and several units stand below each."""
    for r, row in enumerate(sheet.rows[:_HEAD_ROWS]):
        counts = Counter(v for v in row if isinstance(v, str) and not v.isascii())
        again = {v for v, n in counts.items() if n > 1}
        below = sheet.rows[r + 1 :]
        counted = {c: sum(_is_unit(x[c], resolver) for x in below) for c, v in enumerate(row) if v in again}
        columns = [c for c, n in counted.items() if n]
        above = [c for c, v in enumerate(sheet.rows[r - 1]) if r and _is_unit(v, resolver)]
        if len(above) > 1 and not columns and _heads_lists(row, above, again):
            ends = [a - 1 for a in above[1:]] + [len(row) - 1]
            return [(0, a, len(sheet.rows) - 1, b) for a, b in zip([0, *above[1:]], ends, strict=True)]
        # One unit a column and no more: a turned table, whose units are its heads.
        if len(columns) > 1 and max(counted.values()) > 1:
            firsts = [_first_column(row, c) for c in columns]
            firsts[0] = 0
            ends = [f - 1 for f in firsts[1:]] + [len(row) - 1]
            return [(0, a, len(sheet.rows) - 1, b) for a, b in zip(firsts, ends, strict=True)]
    return []


def _heads_lists(heads: Sequence[CellValue], starts: Sequence[int], again: Set[str]) -> bool:
    """Whether a list of blanks (指标, 数量) begins at each of these columns, with the same heads."""
    first = heads[starts[0]]
    is_list = isinstance(first, str) and squeeze_text(first) in load_lexicon().unit_headers and first in again
    width = starts[1] - starts[0]
    return is_list and width > 1 and all(heads[s : s + width] == heads[starts[0] : starts[1]] for s in starts)


def _first_column(heads: Sequence[CellValue], column: int) -> int:
    """Where the table of a name column begins: its 序号 belongs to it."""
    before = heads[column - 1] if column else None
    sides = load_lexicon().side_headers
    return column - 1 if isinstance(before, str) and squeeze_text(before) in sides else column


def _below(sheet: Sheet, resolver: Resolver) -> list[Sheet]:
    """Tables below each other: the heads begin again and are others. The same heads again are those of a printed page."""
    column = _unit_column(sheet, resolver)
    if column is None:
        return [sheet]
    heads = _head_rows(sheet, column, resolver)
    first = next(r for r, row in enumerate(sheet.rows) if _is_unit(row[column], resolver))
    own = next((r for r in heads if r < first), None)
    others = [r for r in heads if r > first and (own is None or not _same_heads(sheet, own, r, column, resolver))]
    # A head without units below is no table's.
    ends = [*others[1:], len(sheet.rows)] if others else []
    starts = [r for r, end in zip(others, ends, strict=True) if _holds_units(sheet.rows[r:end], column, resolver)]
    scaled = _scale_lines(sheet, first, column, resolver)
    bands = _bands(sheet, sorted({0, *starts, *scaled})) if starts or scaled else ()
    begins = [r for r in heads if r <= first or r in starts or r - 1 in scaled]
    return [_with_heads(sheet, area, scaled, begins, column, resolver) for area in bands] or [sheet]


def _scale_lines(sheet: Sheet, first: int, column: int, resolver: Resolver) -> list[int]:
    """The rows with which another scale (单位：万人次) begins: its line between rows of units, or what stands behind a line that
    speaks of the rows above it (以上人次单位为万)."""
    said: list[int] = []
    for r in range(first, len(sheet.rows)):
        scales = [w for w in line_words(sheet.rows[r]) if _says_scale(w) and not is_note(w)]
        if scales and not _is_unit(sheet.rows[r][column], resolver):
            said.append(r + 1 if any(map(points_up, scales)) else r)
    return [r for r in said if _holds_units(sheet.rows[r:], column, resolver)]


def _says_scale(line: str) -> bool:
    return bool(scales_said(line)) or re.match(r"\(?单位:", squeeze_text(line)) is not None


def _with_heads(
    sheet: Sheet, area: Area, scaled: Sequence[int], begins: Sequence[int], column: int, resolver: Resolver
) -> Sheet:
    """The area as a sheet; one that begins with a scale and has no heads of its own goes on under those above it."""
    top, _, bottom, _ = area
    first = next((r for r in range(top, bottom + 1) if _is_unit(sheet.rows[r][column], resolver)), top)
    above = [r for r in begins if r < top]
    if top not in scaled or not above or any(top < r < first for r in begins):
        return _part(sheet, area)
    end = next(r for r in range(above[-1], top) if _is_unit(sheet.rows[r][column], resolver))
    return _part(sheet, area, range(above[-1], end))


def _unit_column(sheet: Sheet, resolver: Resolver) -> int | None:
    """The column with most units, where there are several."""
    counts = {c: sum(_is_unit(row[c], resolver) for row in sheet.rows) for c in first_columns(sheet)}
    best = max(counts, key=counts.__getitem__, default=None)
    return best if best is not None and counts[best] > 1 else None


def _head_rows(sheet: Sheet, column: int, resolver: Resolver) -> list[int]:
    """The first row of each run of heads: rows that say 区县, or hold words only and none that answers something."""
    known = load_lexicon().unit_headers
    found = []
    for r, row in enumerate(sheet.rows):
        name = row[column]
        if name is not None and (not isinstance(name, str) or len(name) >= MAX_NAME or _is_unit(name, resolver)):
            continue
        least = 1 if says_unit(name or "") else 2
        if squeeze_text(name or "") in known or _count_heads(row, column) >= least:
            found.append(r)
    return [r for r in found if r - 1 not in found]


def _count_heads(row: Sequence[CellValue], column: int) -> int:
    """How many words behind the name would mean nothing as an answer; 0 unless they are most of what stands there."""
    if _is_total_row(row) or is_note(_lead(row)):
        return 0
    filled = [v for v in row[column + 1 :] if v is not None]
    if not all(isinstance(v, str) for v in filled):
        return 0
    heads = [v for v in filled if isinstance(v, str) and interpret_count(Typed(v), "").flags == ("unreadable",)]
    return len(heads) if len(heads) * 2 > len(filled) else 0


def _same_heads(sheet: Sheet, first: int, second: int, column: int, resolver: Resolver) -> bool:
    """Whether the rows of heads that begin here and there say the same."""
    for above, below in zip(sheet.rows[first:], sheet.rows[second:], strict=False):
        if _is_unit(above[column], resolver) or _is_unit(below[column], resolver):
            return True
        if above != below:
            return _is_total_row(above) or _is_total_row(below)
    return True


def _is_total_row(row: Sequence[CellValue]) -> bool:
    return any(isinstance(v, str) and is_total(v) for v in row[:3])


def _bands(sheet: Sheet, starts: Sequence[int]) -> Iterator[Area]:
    """Areas from each start, with the lines of title right above it, to the next."""
    firsts = [0]
    for start in starts[1:]:
        first = start
        while (
            first > firsts[-1] + 1
            and _is_caption(sheet.rows[first - 1])
            and not points_up(_lead(sheet.rows[first - 1]))
        ):
            first -= 1
        firsts.append(first)
    ends = [f - 1 for f in firsts[1:]] + [len(sheet.rows) - 1]
    width = len(sheet.rows[0])
    yield from ((a, 0, b, width - 1) for a, b in zip(firsts, ends, strict=True))


def _lead(row: Sequence[CellValue]) -> str:
    return str(next((v for v in row if v is not None), ""))


def _is_caption(row: Sequence[CellValue]) -> bool:
    filled = [v for v in row if v is not None]
    return len(filled) == 1 and isinstance(filled[0], str) and not is_note(filled[0])


def _holds_units(rows: Sequence[Sequence[CellValue]], column: int, resolver: Resolver) -> bool:
    return any(_is_unit(row[column], resolver) for row in rows)


def _is_unit(value: CellValue, resolver: Resolver) -> bool:
    if not isinstance(value, str) or not 0 < len(value) < MAX_NAME:
        return False
    unit_id = resolver.resolve(value).unit_id
    return unit_id is not None and resolver.unit(unit_id) is not None


def _part(sheet: Sheet, area: Area, heads: range = range(0)) -> Sheet:
    """An area of the sheet with, where they are given, the rows of heads that stand further above."""
    r1, c1, r2, c2 = area
    width = len(sheet.rows[0])
    empty: tuple[CellValue, ...] = (None,) * width
    rows = tuple(
        (*empty[:c1], *row[c1 : c2 + 1], *empty[c2 + 1 :]) if r1 <= r <= r2 or r in heads else empty
        for r, row in enumerate(sheet.rows)
    )
    captions = [next(v for v in row if v is not None) for row in rows[r1 : r1 + 4] if _is_caption(row)]
    merged = tuple(
        m
        for m in sheet.merged
        if ((r1 <= m[0] and m[2] <= r2) or (m[0] in heads and m[2] in heads)) and c1 <= m[1] and m[3] <= c2
    )
    return replace(sheet, rows=rows, merged=merged, caption=str(captions[-1]) if captions else "")
