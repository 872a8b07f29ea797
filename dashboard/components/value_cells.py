"""Cells of a measure's tables: a number in full, what its mark says, the rate, the comparable parts of both years."""

from __future__ import annotations

from collections.abc import Collection

from dashboard.components.count_unit import change_percent
from dashboard.components.page import View
from dashboard.format import NOTHING, plain, qualified, signed, state_mark
from dashboard.records import Change, UnitValue
from dashboard.sentences import rate_mark
from dashboard.tables import Cell, Column, Table
from dashboard.totals import PER


def number_cell(value: float | None, mark: str = NOTHING) -> Cell:
    """A number in full, or a mark."""
    return Cell(value, plain(value) if value is not None else mark, is_muted=value is None)


def value_cell(view: View, row: UnitValue) -> Cell:
    """The measure's value with its qualifier, or the mark that says why there is none."""
    if row.value is None:
        return Cell(None, state_mark(row.state, view.lang), is_muted=True)
    return Cell(row.value, qualified(plain(row.value), row.qualifier, view.lang) + rate_mark(row))


def qualifier_cell(view: View, value: float | None, qualifier: str | None) -> Cell:
    """In words what the number's mark says: exact, at least, about; empty without a number."""
    words = view.t(f"qualifier.word.{qualifier or 'exact'}") if value is not None else ""
    return Cell(words, words)


def marked_cell(view: View, value: float | None, qualifier: str, mark: str = NOTHING) -> Cell:
    """A number in full with its mark, which a download says in a column of its own; or the mark of a missing one."""
    if value is None:
        return Cell(None, mark, is_muted=True)
    return Cell(value, qualified(plain(value), qualifier, view.lang), qualifier=qualifier)


def with_qualifiers(view: View, table: Table) -> Table:
    """The table as it is downloaded: behind each number that has a mark anywhere a column that says it in words."""
    numbers = sum(column.is_number for column in table.columns)
    columns: list[Column] = []
    rows: list[list[Cell]] = [[] for _ in table.rows]
    for place, column in enumerate(table.columns):
        columns.append(column)
        for row, cells in zip(rows, table.rows, strict=True):
            row.append(cells[place])
        if not any(cells[place].qualifier not in ("", "exact") for cells in table.rows):
            continue
        label = view.t("table.qualifier")
        if numbers > 1:
            label = view.t("reports.column.of_measure", label=column.label, column=label)
        columns.append(Column(label, is_export_only=True))
        for row, cells in zip(rows, table.rows, strict=True):
            own = cells[place]
            row.append(qualifier_cell(view, 0 if own.qualifier else None, own.qualifier))
    return Table(table.title, tuple(columns), tuple(tuple(row) for row in rows))


def rate_cell(row: UnitValue) -> Cell:
    """The value per 10,000 people; "—" where population or value is unknown."""
    if row.value is None or not row.population:
        return number_cell(None)
    return number_cell(round(row.value * PER / row.population, 4))


def change_cells(view: View, row: Change | None, doubted: Collection[str]) -> tuple[Cell, Cell, Cell, Cell]:
    """Both years' comparable parts, change and percent; "—" where it can't be compared.

    `doubted`: units whose change rests on a doubtful value, so that it gets no percentage.
    """
    if row is None or not row.is_comparable or row.change is None:
        return number_cell(None), number_cell(None), number_cell(None), number_cell(None)
    pct = Cell(row.pct, change_percent(view, row), is_muted=row.pct is None, qualifier=row.own_qualifier)
    if row.unit_id in doubted:
        pct = Cell(None, view.t("doubt.mark"), is_muted=True)
    sides = (marked_cell(view, row.value, row.qualifier), marked_cell(view, row.base_value, row.base_qualifier))
    return *sides, change_cell(view, row), pct


def change_cell(view: View, row: Change) -> Cell:
    """The change in full with its sign; of a unit with a year that is not exact, "about" so much."""
    if row.change is None:
        return number_cell(None)
    shown = qualified(signed(plain(row.change), row.change), row.own_qualifier, view.lang)
    return Cell(row.change, shown, qualifier=row.own_qualifier)
