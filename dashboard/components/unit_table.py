"""The table of a measure by unit: value, rate, like-for-like base and change, state, blanks."""

from __future__ import annotations

from dashboard import queries
from dashboard.components.page import View
from dashboard.filters import value_params
from dashboard.format import NOTHING, plain, qualified, signed, signed_percent, state_mark
from dashboard.records import Change, UnitValue
from dashboard.tables import Cell, Column, Table
from dashboard.totals import PER, ChangeSet


def number_cell(value: float | None, mark: str = NOTHING) -> Cell:
    """A number in full, or a mark."""
    return Cell(value, plain(value) if value is not None else mark, is_muted=value is None)


def value_cell(view: View, row: UnitValue) -> Cell:
    """The measure's value with its qualifier, or the mark that says why there is none."""
    if row.value is None:
        return Cell(None, state_mark(row.state, view.lang), is_muted=True)
    return Cell(row.value, qualified(plain(row.value), row.qualifier, view.lang))


def rate_cell(row: UnitValue) -> Cell:
    """The value per 10,000 people; "—" where population or value is unknown."""
    if row.value is None or not row.population:
        return number_cell(None)
    return number_cell(round(row.value * PER / row.population, 4))


def change_cells(row: Change | None) -> tuple[Cell, Cell, Cell]:
    """Base value, change and percent, like for like; "—" where it can't be compared."""
    if row is None or not row.is_comparable or row.change is None:
        return number_cell(None), number_cell(None), number_cell(None)
    change = Cell(row.change, signed(plain(row.change), row.change))
    return number_cell(row.base_value), change, Cell(row.pct, signed_percent(row.pct), is_muted=row.pct is None)


def unit_table(view: View, changes: ChangeSet) -> Table:
    """One row per unit expected, in administrative order; always totals, with the rate beside them."""
    rows = queries.query_unit_values(view.source, value_params(view.filters))
    has_base, has_rate = bool(changes.comparable), view.measure.per_capita
    unit = view.pick(view.measure.unit_zh, view.measure.unit_en)
    columns = [Column(view.t("table.unit")), Column(view.measure_label, unit, is_number=True)]
    if has_rate:
        columns += [Column(view.t("table.rate"), unit, is_number=True)]
        columns += [Column(view.t("table.population"), view.t("table.persons"), is_number=True)]
    if has_base:
        columns += [
            Column(view.t("table.base", year=view.filters.base_year), unit, is_number=True),
            Column(view.t("table.change"), unit, is_number=True),
            Column(view.t("table.pct"), "%", is_number=True),
        ]
    columns += [Column(view.t("table.state")), Column(view.t("table.blanks"), is_number=True)]
    by_unit = {row.unit_id: row for row in changes.rows}
    body = []
    for row in rows:
        cells = [Cell(view.pick(row.name_zh, row.name_en), view.pick(row.name_zh, row.name_en)), value_cell(view, row)]
        cells += [rate_cell(row), number_cell(row.population)] if has_rate else []
        cells += change_cells(by_unit.get(row.unit_id)) if has_base else []
        state = view.t(f"value.state.{row.state}")
        blanks = f"{row.n_reported} / {row.n_expected}"
        body.append((*cells, Cell(state, state), Cell(blanks, blanks)))
    return Table(view.measure_label, tuple(columns), tuple(body))
