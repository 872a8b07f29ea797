"""Checks of units.csv and population.csv: names that are there, points that are whole, codes where the unit's like have one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import combinations
from pathlib import Path

from etl.catalog.load import POPULATION_COLUMNS, UNIT_COLUMNS, rows_of
from etl.catalog.model import Catalog, Unit
from etl.catalog.parse import parse_unit
from etl.catalog.problem import Problem

_MIN, _MAX = date.min, date.max
UNITS, POPULATION = "units/units.csv", "units/population.csv"


def unit_problems(catalog: Catalog, root: Path) -> Iterator[Problem]:
    """The mistakes of the two tables of units."""
    rows = [(parse_unit(row), row.line) for row in rows_of(root, UNITS, UNIT_COLUMNS)]
    coded = {(unit.jurisdiction_id, unit.kind) for unit, _ in rows if unit.adcode}
    for unit, line in rows:
        for zh, en in _faults(catalog, unit, coded):
            yield Problem(UNITS, line, zh, en)
    yield from _shared_names(rows)
    for row in rows_of(root, POPULATION, POPULATION_COLUMNS):
        if row.text("unit_id") not in catalog.units:
            unit_id = row.text("unit_id")
            yield Problem(POPULATION, row.line, f"未知单位 {unit_id}", f"unknown unit {unit_id}")


def _faults(catalog: Catalog, unit: Unit, coded: set[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """What is wrong with one unit, Chinese and English; `coded`: jurisdictions and kinds with codes."""
    if unit.jurisdiction_id not in catalog.jurisdictions:
        yield f"未知地区 {unit.jurisdiction_id}", f"unknown jurisdiction {unit.jurisdiction_id}"
    if unit.parent_id and unit.parent_id not in catalog.units:
        yield f"未知上级 {unit.parent_id}", f"unknown parent {unit.parent_id}"
    if not unit.adcode and (unit.jurisdiction_id, unit.kind) in coded:
        yield (
            f"adcode 是空的，同地区其他 {unit.kind} 都有六位区划代码",
            f"adcode is empty, expected a code of six digits as the other units of kind {unit.kind} have",
        )
    if (unit.lon is None) != (unit.lat is None):
        yield "lon 与 lat 应同时填写或同时为空", "lon and lat: expected both or neither"
    if (unit.valid_from or _MIN) > (unit.valid_to or _MAX):
        yield "valid_from 晚于 valid_to", "valid_from is later than valid_to"


def _shared_names(rows: list[tuple[Unit, int]]) -> Iterator[Problem]:
    """Names that mean two units at one time."""
    by_name: dict[tuple[str, str], list[tuple[Unit, int]]] = defaultdict(list)
    for unit, line in rows:
        for name in {unit.name, unit.short_name, *unit.aliases}:
            by_name[(unit.jurisdiction_id, name)].append((unit, line))
    for (_, name), named in by_name.items():
        for (a, _), (b, line) in combinations(named, 2):
            if a.unit_id != b.unit_id and _overlap(a, b):
                zh = f"别名“{name}”同时指 {a.unit_id} 和 {b.unit_id}"
                yield Problem(UNITS, line, zh, f"the alias “{name}” names both {a.unit_id} and {b.unit_id}")


def _overlap(a: Unit, b: Unit) -> bool:
    start = max(a.valid_from or _MIN, b.valid_from or _MIN)
    end = min(a.valid_to or _MAX, b.valid_to or _MAX)
    return start <= end
