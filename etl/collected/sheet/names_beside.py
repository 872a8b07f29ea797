"""Names that stand once for several cells without a merged area, and a sheet whose tab alone says whose its row is."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from etl.catalog.model import Unit
from etl.collected.sheet.layout import has_numbers, is_total
from etl.collected.sheet.one_unit import is_other_time
from etl.collected.sheet.periods import kind_of
from etl.document import CellValue, Sheet
from etl.extract.squeeze import squeeze_text
from etl.interpret.lexicon import load_lexicon
from etl.resolve import Resolver

_HEAD_ROWS = 8
_HEAD = "区县"
_FEWEST = 2  # heads of a table that has no column of units
Test = Callable[[CellValue], bool]


def spread_names(sheet: Sheet, resolver: Resolver, year: int) -> Sheet:
    """The sheet with a unit's name above each of its years (2020年｜2021年), or a year above each of its units, where it stands
    above the first only; any other sheet as it is."""
    for r, (upper, lower) in enumerate(zip(sheet.rows[:_HEAD_ROWS], sheet.rows[1:], strict=False)):
        first = next((c for c, v in enumerate(lower) if isinstance(v, str) and isinstance(upper[c], str)), None)
        if first is None or upper[first + 1 : first + 2] != (None,):
            continue

        def tells(value: CellValue) -> bool:
            return isinstance(value, str) and (kind_of(value, year) != "" or is_other_time(value, year))

        def is_unit(value: CellValue) -> bool:
            return isinstance(value, str) and resolver.unit(resolver.resolve(value).unit_id or "") is not None

        ways: tuple[tuple[Test, Test], ...] = ((is_unit, tells), (tells, is_unit))
        if any(_fit(upper, lower, first, above, below) for above, below in ways):
            rows = (*sheet.rows[:r], _carried(upper, lower, first), *sheet.rows[r + 1 :])
            return replace(sheet, rows=rows)
    return sheet


def _fit(upper: Sequence[CellValue], lower: Sequence[CellValue], first: int, above: Test, below: Test) -> bool:
    heads = [v for v in upper[first:] if v is not None]
    return all(map(above, heads)) and all(below(v) for v in lower[first:] if v is not None)


def _carried(upper: Sequence[CellValue], lower: Sequence[CellValue], first: int) -> tuple[CellValue, ...]:
    row = list(upper)
    for c in range(first + 1, len(row)):
        if row[c] is None and lower[c] is not None:
            row[c] = row[c - 1]
    return tuple(row)


def with_unit_beside(sheet: Sheet, unit: Unit) -> Sheet | None:
    """A sheet about one unit, with heads and one row of numbers and nobody's name beside it, or with a row for each of its towns or
    departments and their total, as a table with a column of units. None for any other sheet."""
    figures = [r for r, row in enumerate(sheet.rows) if any(isinstance(v, float) for v in row)]
    if not figures or figures[0] == 0:
        return None
    if len(figures) > 1:
        return _with_unit_of_departments(sheet, unit)
    at = figures[0]
    heads, answers = sheet.rows[at - 1], sheet.rows[at]
    words = [v for v in heads if isinstance(v, str)]
    if len(words) < _FEWEST or any(isinstance(v, str) and is_total(v) for v in answers):
        return None
    return _with_first_column(sheet, {at - 1: _HEAD, at: unit.name})


def _with_unit_of_departments(sheet: Sheet, unit: Unit) -> Sheet | None:
    """The table of a unit's towns or departments, each named once, with the total that makes them the whole unit."""
    heads = load_lexicon().department_headers
    for r, row in enumerate(sheet.rows[:_HEAD_ROWS]):
        column = next((c for c, v in enumerate(row[:3]) if isinstance(v, str) and squeeze_text(v) in heads), None)
        if column is None:
            continue
        below = {b: x[column] for b, x in enumerate(sheet.rows) if b > r and has_numbers(x, column)}
        names = [v for v in below.values() if isinstance(v, str) and not is_total(v)]
        if len(below) != len(names) + 1 or len(set(names)) < max(len(names), _FEWEST):
            return None
        return _with_first_column(sheet, {r: _HEAD} | {b: unit.name for b, v in below.items() if v in names})
    return None


def _with_first_column(sheet: Sheet, beside: Mapping[int, CellValue]) -> Sheet:
    places = {(r, c + 1): sheet.place(r, c) for r, row in enumerate(sheet.rows) for c in range(len(row))}
    return replace(
        sheet,
        rows=tuple((beside.get(r), *row) for r, row in enumerate(sheet.rows)),
        merged=tuple((r1, c1 + 1, r2, c2 + 1) for r1, c1, r2, c2 in sheet.merged),
        uncached=frozenset((r, c + 1) for r, c in sheet.uncached),
        places=places,
    )
