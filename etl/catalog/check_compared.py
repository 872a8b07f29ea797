"""Checks of comparability.yaml: forms, indicators and units that are there, and nothing added twice."""

from __future__ import annotations

from collections.abc import Iterator

from etl.catalog.entry import Entry
from etl.catalog.model import Catalog
from etl.catalog.problem import Problem

FILE = "comparability.yaml"


def compared_problems(catalog: Catalog, raw: Entry) -> Iterator[Problem]:
    """The mistakes of the comparisons and the boundary changes."""
    for entry in raw.entries("comparisons"):
        yield from _check_sides(catalog, entry)
        yield from _added_twice(entry)
    for bridge in raw.entries("unit_bridges"):
        jurisdiction_id = bridge.text("jurisdiction_id")
        if jurisdiction_id not in catalog.jurisdictions:
            zh, en = f"未知地区 {jurisdiction_id}", f"unknown jurisdiction {jurisdiction_id}"
            yield Problem(FILE, bridge.line_of("jurisdiction_id"), zh, en)
        for unit_id in (*bridge.texts("base_units"), bridge.text("unit_id")):
            if unit_id not in catalog.units:
                yield Problem(FILE, bridge.line, f"未知单位 {unit_id}", f"unknown unit {unit_id}")


def _check_sides(catalog: Catalog, entry: Entry) -> Iterator[Problem]:
    """Forms and indicators that the pairs name must be there."""
    for side, key in (("base", "base_forms"), ("now", "forms")):
        for form_id in entry.texts(key):
            form = catalog.forms.get(form_id)
            if form is None:
                yield Problem(FILE, entry.line_of(key), f"未知表格 {form_id}", f"unknown form {form_id}")
                continue
            for pair in entry.entries("pairs"):
                for indicator in (i for i in pair.texts(side) if i not in form.by_indicator):
                    zh, en = f"表格 {form_id} 没有 {indicator}", f"the form {form_id} has no {indicator}"
                    yield Problem(FILE, pair.line, zh, en)


def _added_twice(entry: Entry) -> Iterator[Problem]:
    """Indicators that stand in a second pair that is added up."""
    seen: set[tuple[str, str]] = set()
    for pair in entry.entries("pairs"):
        if pair.text("grade") == "refuse" or pair.flag("is_group", False):
            continue
        named = {(side, indicator) for side in ("base", "now") for indicator in pair.texts(side)}
        for indicator in sorted({indicator for _, indicator in named & seen}):
            zh = f"{indicator} 在多对可比项中出现，会重复相加"
            en = f"{indicator} stands in several pairs; it would be added twice"
            yield Problem(FILE, pair.line, zh, en)
        seen |= named
