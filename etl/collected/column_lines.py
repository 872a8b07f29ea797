"""Lines that speak of columns: a scale around a table; and in a turned table, where the lines between its rows are columns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from etl.catalog.model import Form
from etl.collected.columns.match import ColumnMap
from etl.collected.left_over import PlaceOf
from etl.collected.sheet.layout import Layout, is_note
from etl.collected.sheet.lines import line_words, points_up, told_by_lines
from etl.document import Sheet
from etl.extract.scale import has_scale, scale_of, scales_said
from etl.extract.squeeze import squeeze_text
from etl.findings import Finding


def scale_lines(sheet: Sheet, layout: Layout) -> list[str]:
    """Texts above, below and beside the table, or its sheet's name, that may say in what scale all its numbers are."""
    data = {u.row for u in layout.rows} | {t.row for t in layout.totals} | {r for r, _ in layout.unresolved}
    found: list[str] = [sheet.name] if scales_said(sheet.name) else []
    for r, row in enumerate(sheet.rows):
        if r in data:
            continue
        said = {c: v for c, v in enumerate(row) if isinstance(v, str) and scales_said(v)}
        if r in layout.header:
            # A unit right above its own column speaks for that one only.
            is_line = r == layout.header[0] and len(layout.header) > 1 and len(said) == 1
            said = {c: v for c, v in said.items() if c <= layout.name_column or is_note(v) or (is_line and "单位" in v)}
        found += said.values()
    return found


def unit_said_below(sheet: Sheet, layout: Layout, unit: str, scale: int) -> bool:
    """Whether a line below the heads (单位：人次) gives a unit another scale than a head does."""
    below = (v for row in sheet.rows[max(layout.header, default=-1) + 1 :] for v in row if isinstance(v, str))
    lines = [
        said for v in below if re.match(r"\(?单位:", said := squeeze_text(v)) and unit in re.split("[:,、()/]", said)
    ]
    return any(scale_of(unit, [line]) != scale for line in lines)


def told_columns(sheet: Sheet, layout: Layout, year: int) -> dict[int, str]:
    """Of a turned table the columns of which a line between its rows says that they are of another time, a plan or void."""
    return told_by_lines(_in_order(sheet, layout), year)


def apply_scale(
    form: Form, sheet: Sheet, layout: Layout, columns: ColumnMap, heads: Mapping[int, tuple[str, ...]], place: PlaceOf
) -> list[Finding]:
    """单位：万人次 around the table scales the columns of that unit; where it is unclear which or how, they don't count."""
    around = scale_lines(sheet, layout)
    above = _scale_before(sheet, layout)
    found = []
    for indicator_id, column in columns.of_indicator.items():
        indicator = form.by_indicator[indicator_id]
        if indicator.kind != "count":
            continue
        if indicator_id in columns.scale:
            # 单位：人次 below a head in 万人次: which of them is meant can't be told.
            if unit_said_below(sheet, layout, indicator.unit, columns.scale[indicator_id]):
                columns.scale[indicator_id] = 0
            continue
        lines = [*around, *above.get(column, ())]
        scale = 0 if has_scale(heads[column], indicator.label_zh) else scale_of(indicator.unit, lines)
        if scale != 1:
            columns.scale[indicator_id] = scale
        if scale > 1:
            where = place(layout.first_row - 1, column)
            said = next(line for line in lines if scale_of(indicator.unit, [line]) != 1)
            found.append(Finding("scale_above", where, said.strip(), f"{scale:,}", indicator_id=indicator_id))
    return found


def _scale_before(sheet: Sheet, layout: Layout) -> dict[int, tuple[str, ...]]:
    """Column -> the line of a scale that stands last before it (or, where the line says 以上, next behind it)."""
    found: dict[int, tuple[str, ...]] = {}
    said: tuple[str, ...] = ()
    block: list[int] = []
    for column, words in _in_order(sheet, layout):
        if words is None:
            block.append(column)
            found[column] = said
        elif any(map(scales_said, words)) or any(w.startswith(("单位:", "(单位:")) for w in words):
            found |= dict.fromkeys(block, tuple(words)) if any(map(points_up, words)) else {}
            said, block = () if any(map(points_up, words)) else tuple(words), []
    return found


def _in_order(sheet: Sheet, layout: Layout) -> Iterator[tuple[int, tuple[str, ...] | None]]:
    """The columns behind the names, each with its one word where nothing else stands in it."""
    for column in range(layout.name_column + 1, len(sheet.rows[0]) if sheet.rows else 0):
        words = line_words([row[column] for row in sheet.rows])
        yield column, words if len(words) == 1 else None
