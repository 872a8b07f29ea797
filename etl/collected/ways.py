"""The ways to see a sheet as a table of units: either way round, as one unit's list, as one unit's row."""

from __future__ import annotations

from collections.abc import Iterator

from etl.collected.layout import find_layout
from etl.collected.names_beside import with_unit_beside
from etl.collected.one_unit import with_unit_as_head
from etl.collected.unit_grid import UnitGrid
from etl.collected.whole_sheets import transposed
from etl.document import Sheet
from etl.resolve import Resolver


def grids_of(sheet: Sheet, resolver: Resolver, year: int = 0) -> Iterator[UnitGrid]:
    """The ways to see the sheet as a table of units, likeliest first."""
    turned = transposed(sheet)
    ways = [
        UnitGrid(s, layout, resolver, is_turned=is_turned, year=year)
        for s, is_turned in ((sheet, False), (turned, True))
        if (layout := find_layout(s, resolver)) is not None
    ]
    ways.sort(key=lambda g: -len(g.layout.rows))
    yield from ways
    headed = with_unit_as_head(sheet, resolver, year)
    if headed is not None:
        own = transposed(headed)
        layout = find_layout(own, resolver)
        if layout is not None:
            yield UnitGrid(own, layout, resolver, is_turned=True, year=year)
    beside = with_unit_beside(sheet, resolver) if not ways else None
    if beside is not None and (layout := find_layout(beside, resolver)) is not None:
        yield UnitGrid(beside, layout, resolver, is_turned=False, year=year)
