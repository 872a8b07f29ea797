"""Total rows and columns of a collected table against what they add up. Both are kept; only the units' cells count."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from etl.catalog.model import Form, Indicator
from etl.collected.columns import ColumnMap
from etl.collected.layout import Layout
from etl.document import CellValue, Sheet
from etl.facts import Fact, number_words
from etl.findings import Finding

Place = Callable[[int, int], str]
Values = Mapping[int, Mapping[str, Fact]]  # by row and blank, before departments are put together
ReadCell = Callable[[Indicator, CellValue, int], float | None]


def check_totals(
    form: Form, sheet: Sheet, columns: ColumnMap, layout: Layout, values: Values, place: Place, read: ReadCell
) -> list[Finding]:
    """total_mismatch for each total that differs, unit_above_total for each unit above the whole."""
    found: list[Finding] = []
    last = max((t.row for t in layout.totals), default=0)
    for total in layout.totals:
        for indicator in form.indicators:
            column = columns.of_indicator.get(indicator.indicator_id)
            if column is None or indicator.kind != "count":
                continue
            declared = read(indicator, sheet.rows[total.row][column], columns.scale.get(indicator.indicator_id, 1))
            if declared is None:
                continue
            parts = [f for r in total.rows if (f := values.get(r, {}).get(indicator.indicator_id))]
            added = sum(f.value for f in parts if f.value is not None)
            if declared != added and not (total.row < last and declared == _sum_of(total.near, values, indicator)):
                found.append(_mismatch(place(total.row, column), declared, added, indicator.indicator_id))
            if total.is_grand:
                found += [
                    Finding(
                        "unit_above_total",
                        f.place,
                        number_words(f.value),
                        number_words(declared),
                        f.unit_id,
                        f.indicator_id,
                    )
                    for f in parts
                    if f.value is not None and f.value > declared
                ]
    return found + _columns(form, sheet, columns, layout, values, place, read)


def _sum_of(rows: Iterable[int], values: Values, indicator: Indicator) -> float:
    """What some rows come to."""
    facts = (values.get(r, {}).get(indicator.indicator_id) for r in rows)
    return sum(f.value for f in facts if f is not None and f.value is not None)


def _mismatch(
    place: str, declared: float, added: float, indicator_id: str | None, unit_id: str | None = None
) -> Finding:
    return Finding("total_mismatch", place, number_words(declared), number_words(added), unit_id, indicator_id)


def _columns(
    form: Form, sheet: Sheet, columns: ColumnMap, layout: Layout, values: Values, place: Place, read: ReadCell
) -> list[Finding]:
    """A column of totals is checked where its group and unit say what it adds; it is never data."""
    found: list[Finding] = []
    for total in columns.totals:
        parts = [form.by_indicator[i] for i in total.indicators]
        if not parts:
            continue
        for unit in layout.rows:
            declared = read(parts[0], sheet.rows[unit.row][total.column], total.scale)
            facts = [f for p in parts if (f := values.get(unit.row, {}).get(p.indicator_id))]
            added = sum(f.value for f in facts if f.value is not None)
            if declared is not None and declared != added:
                words = "/".join(total.path)
                found.append(
                    Finding(
                        "total_mismatch",
                        place(unit.row, total.column),
                        number_words(declared),
                        number_words(added),
                        unit.resolution.unit_id,
                        words={"label": words},
                    )
                )
    return found
