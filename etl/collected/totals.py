"""Total rows and columns of a collected table against what they add up. Both are kept; only the units' cells count."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping

from etl.catalog.model import Form, Indicator
from etl.collected.columns.match import ColumnMap
from etl.collected.sheet.layout import Layout, TotalRow
from etl.document import CellValue, Sheet
from etl.extract.squeeze import squeeze_text
from etl.facts import Fact, number_words
from etl.findings import Finding
from etl.interpret.lexicon import load_lexicon
from etl.interpret.reading import UNREADABLE

Place = Callable[[int, int], str]
Values = Mapping[int, Mapping[str, Fact]]  # by row and blank, before departments are put together
_LEFT_OUT = re.compile(r"不含|不包括|除|以外")
ReadCell = Callable[[Indicator, CellValue, int], float | None]


def check_totals(
    form: Form, sheet: Sheet, columns: ColumnMap, layout: Layout, values: Values, place: Place, read: ReadCell
) -> list[Finding]:
    """total_mismatch for each total that differs, unit_above_total for each unit above the whole."""
    found: list[Finding] = []
    last = max((t.row for t in layout.totals), default=0)
    for total in _comparable(sheet, layout):
        owner = total.owner if total.rows else None
        for indicator in form.indicators:
            column = columns.of_indicator.get(indicator.indicator_id)
            if column is None or indicator.kind != "count":
                continue
            declared = read(indicator, sheet.rows[total.row][column], columns.scale.get(indicator.indicator_id, 1))
            if declared is None:
                continue
            parts = [f for r in total.rows if (f := values.get(r, {}).get(indicator.indicator_id))]
            added = sum(f.value for f in parts if f.value is not None)
            near = _sum_of(total.near, values, indicator) if total.row < last else None
            if declared not in (added, near):
                rule = "own_total_differs" if owner else "total_mismatch"
                where = place(total.row, column)
                found.append(
                    Finding(rule, where, number_words(declared), number_words(added), owner, indicator.indicator_id)
                )
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


def _comparable(sheet: Sheet, layout: Layout) -> list[TotalRow]:
    """The totals that add the rows above up: none of another time (上月合计, and 累计 beside it), none that leaves units out (合计（不含高平市）)."""
    lex = load_lexicon()
    names = {t.row: squeeze_text(str(sheet.rows[t.row][layout.name_column] or "")) for t in layout.totals}
    others = {
        r for r, name in names.items() if any(word in name for word in lex.other_period) or _LEFT_OUT.search(name)
    }
    so_far = {r for r, name in names.items() if name in lex.so_far} if others else set()
    return [t for t in layout.totals if t.row not in others | so_far]


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


def without_disputed(facts: Iterable[Fact], told: Iterable[Finding]) -> list[Fact]:
    """The facts, those withheld of which their unit's own total says another number (own_total_differs)."""
    declared = {(f.unit_id, f.indicator_id): f.found for f in told if f.rule == "own_total_differs"}
    return [
        f._replace(
            value=None, low=None, high=None, qualifier="exact", state=UNREADABLE, proposal=total.replace(",", "")
        )
        if (total := declared.get((f.unit_id, f.indicator_id))) is not None
        else f
        for f in facts
    ]
