"""Totals over a selection of rows. A sum of nothing is nothing; the weakest qualifier wins."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from dashboard.filters import Filters
from dashboard.records import Change, Total, UnitValue
from dashboard.records.values import PivotCell

Row = TypeVar("Row", UnitValue, PivotCell)
PER = 10_000
GRADES = ("same", "close", "close_after_sum")  # from best to worst


def weakest(qualifiers: Iterable[str]) -> str:
    """The qualifier of a sum: one rough part makes it rough, and so do lower and upper bounds together."""
    found = set(qualifiers)
    if found & {"approx", "range"} or {"at_least", "at_most"} <= found:
        return "approx"
    return next((bound for bound in ("at_least", "at_most") if bound in found), "exact")


def sum_values(values: Iterable[float | None]) -> float | None:
    """The sum of what there is; None when there is nothing."""
    present = [value for value in values if value is not None]
    return sum(present) if present else None


def total_of(rows: Sequence[UnitValue], measure_id: str, kind: str) -> Total:
    """The total of these units; a coverage is the share over all their activities."""
    valued = [row for row in rows if row.value is not None]
    value = sum_values(row.value for row in valued)
    if kind == "coverage" and value is not None:
        weights = [row.n_expected or 1 for row in valued]
        value = sum((row.value or 0) * weight for row, weight in zip(valued, weights, strict=True)) / sum(weights)
    return Total(measure_id, value, weakest(row.qualifier for row in valued), len(valued), len(rows))


def per_10k(rows: Sequence[Row]) -> tuple[Row, ...]:
    """Values per 10,000 people; no known population gives no value and the state `no_population`."""
    return tuple(_row_per_10k(row) for row in rows)


def _row_per_10k(row: Row) -> Row:
    if row.value is None:
        return row
    if not row.population:
        return replace(row, value=None, state="no_population")
    return replace(row, value=row.value * PER / row.population, is_rate=True)


def units_without_population(rows: Sequence[UnitValue]) -> tuple[UnitValue, ...]:
    """Units for which nothing per head can be said."""
    return tuple(row for row in rows if not row.population)


@dataclass(frozen=True)
class ChangeSet:
    """Like-for-like changes by unit, and their total (None when the release has no such comparison)."""

    rows: tuple[Change, ...]
    total: Change | None

    @property
    def comparable(self) -> tuple[Change, ...]:
        """Units with numbers in both years that may be compared."""
        return tuple(row for row in self.rows if row.is_comparable)


def split_changes(changes: Sequence[Change], filters: Filters, kind: str, *, tiny_base: float) -> ChangeSet:
    """Rows by unit and their total: the release's own where all units and activities are chosen, else summed.

    A summed total has no percentage below `tiny_base`, as the release's own has none.
    """
    rows = tuple(change for change in changes if change.unit_id is not None)
    whole = next((change for change in changes if change.unit_id is None), None)
    if not filters.scope and not filters.activity:
        return ChangeSet(rows, whole)
    if kind == "coverage":
        # A share is no sum of shares: the query gives the total of the kind of unit.
        return ChangeSet(rows, whole)
    both = [row for row in rows if row.is_comparable]
    if not both:
        return ChangeSet(rows, replace(whole, value=None, base_value=None, change=None, pct=None) if whole else None)
    return ChangeSet(rows, _sum_changes(both, len(rows), whole, tiny_base))


def _sum_changes(both: Sequence[Change], n_rows: int, whole: Change | None, tiny_base: float) -> Change:
    value = sum_values(row.value for row in both) or 0.0
    base = sum_values(row.base_value for row in both) or 0.0
    grade = max((row.grade for row in both), key=GRADES.index)
    return replace(
        whole or both[0], unit_id=None, value=value, base_value=base, change=value - base,
        pct=100 * (value - base) / base if base and base >= tiny_base else None, grade=grade, n_units=len(both),
        n_units_expected=max(n_rows, whole.n_units_expected if whole and not n_rows else n_rows),
        qualifier=weakest(row.qualifier for row in both), base_qualifier=weakest(row.base_qualifier for row in both),
    )  # fmt: skip
