"""A sheet made another sheet: merged areas filled, rows and columns exchanged; and which cells were merged."""

from __future__ import annotations

from dataclasses import replace

from etl.collected.sheet.layout import Layout
from etl.document import Sheet
from etl.errors import FileRefused

_MAX_FILLED = 2_000_000  # cells that merged areas of one sheet may cover


def fill_merged(sheet: Sheet) -> Sheet:
    """The sheet with every merged area filled with its first cell's value."""
    if not sheet.merged:
        return sheet
    rows = [list(r) for r in sheet.rows]
    left = _MAX_FILLED
    for r1, c1, r2, c2 in sheet.merged:
        left -= max(0, min(r2 + 1, len(rows)) - r1) * max(0, min(c2 + 1, len(rows[0]) if rows else 0) - c1)
        if left < 0:
            raise FileRefused("file_too_large", "合并单元格过多", "too many merged cells", found=f"> {_MAX_FILLED:,}")
        if r1 >= len(rows) or c1 >= len(rows[r1]):
            continue
        value = rows[r1][c1]
        for r in range(r1, min(r2 + 1, len(rows))):
            for c in range(c1, min(c2 + 1, len(rows[r]))):
                rows[r][c] = value
    return replace(sheet, rows=tuple(tuple(r) for r in rows))


def transposed(sheet: Sheet) -> Sheet:
    """Rows and columns exchanged."""
    return replace(
        sheet,
        rows=tuple(zip(*sheet.rows, strict=True)),
        merged=tuple((c1, r1, c2, r2) for r1, c1, r2, c2 in sheet.merged),
        uncached=frozenset((c, r) for r, c in sheet.uncached),
    )


def spread_down(sheet: Sheet, column: int) -> frozenset[int]:
    """The rows of a column whose cell is merged with one above or below it."""
    areas = ((r1, r2) for r1, c1, r2, c2 in sheet.merged if c1 <= column <= c2 and r2 > r1)
    return frozenset(r for r1, r2 in areas for r in range(r1, min(r2 + 1, len(sheet.rows))))


def merged_cells(sheet: Sheet) -> frozenset[tuple[int, int]]:
    """All cells that are merged with others."""
    areas = (a for a in sheet.merged if a[:2] != a[2:])
    return frozenset((r, c) for r1, c1, r2, c2 in areas for r in range(r1, r2 + 1) for c in range(c1, c2 + 1))


def shared_cells(sheet: Sheet, layout: Layout) -> frozenset[tuple[int, int]]:
    """Data cells merged over several rows or columns: one number that may stand for all of them together."""
    return frozenset(
        (r, c)
        for r1, c1, r2, c2 in sheet.merged
        if r1 >= layout.first_row and c1 > layout.name_column
        for r in range(r1, min(r2 + 1, len(sheet.rows)))
        for c in range(c1, c2 + 1)
    )
