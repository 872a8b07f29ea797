"""The ways to see a sheet as a table of units: either way round, as one unit's list, as one unit's row."""

from __future__ import annotations

from collections.abc import Iterator

from etl.collected.own_table import as_row
from etl.collected.sheet.names_beside import with_unit_beside
from etl.collected.sheet.one_unit import unit_of_file, unit_of_sheet, with_unit_as_head
from etl.collected.sheet.scan_sheet import find_layout
from etl.collected.sheet.whole_sheets import transposed
from etl.collected.unit_grid import UnitGrid
from etl.document import Sheet
from etl.findings import Finding
from etl.resolve import Resolver


def grids_of(sheet: Sheet, resolver: Resolver, year: int = 0, source_name: str = "") -> Iterator[UnitGrid]:
    """The ways to see the sheet as a table of units, likeliest first. Whose it is says its file's name where no cell names a unit."""
    turned = transposed(sheet)
    ways = [
        UnitGrid(s, layout, resolver, is_turned=is_turned, year=year)
        for s, is_turned in ((sheet, False), (turned, True))
        if (layout := find_layout(s, resolver)) is not None
    ]
    ways.sort(key=lambda g: -len(g.layout.rows))
    yield from ways
    unit, named_by = resolver.unit(unit_of_sheet(sheet, resolver).unit_id or ""), ""
    if unit is None and not ways and source_name:
        unit, named_by = unit_of_file(sheet, source_name, resolver), source_name
    if unit is None:
        return
    headed = with_unit_as_head(sheet, unit, year)
    own = transposed(headed) if headed is not None else as_row(sheet, resolver, unit.name, year)
    beside = with_unit_beside(sheet, unit) if not ways else None
    for made in (own, beside):
        if made is not None and (layout := find_layout(made, resolver)) is not None:
            is_own = made is own
            is_turned, is_list = is_own and headed is not None, is_own and headed is None
            yield UnitGrid(made, layout, resolver, is_turned, year=year, named_by=named_by, is_from_list=is_list)


def say_named(grid: UnitGrid) -> list[Finding]:
    """That whose the table is was taken from the file's name."""
    names = {u.resolution.unit_id: u.resolution.name for u in grid.layout.rows} if grid.named_by else {}
    return [Finding("unit_inferred", grid.named_by, grid.named_by, name, unit_id) for unit_id, name in names.items()]
