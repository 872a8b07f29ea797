"""The table of a measure by unit: what was reported, rate, the comparable part of both years, change, state, blanks."""

from __future__ import annotations

from collections.abc import Collection

from dashboard import queries
from dashboard.components.page import View
from dashboard.filters import value_params
from dashboard.format import NOTHING, plain, qualified, signed, signed_percent, state_mark
from dashboard.records import Change, UnitValue
from dashboard.sentences import rate_unit
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


def qualifier_cell(view: View, value: float | None, qualifier: str | None) -> Cell:
    """In words what the number's mark says: exact, at least, about; empty without a number."""
    words = view.t(f"qualifier.word.{qualifier or 'exact'}") if value is not None else ""
    return Cell(words, words)


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
    change = Cell(row.change, signed(plain(row.change), row.change))
    pct = Cell(row.pct, signed_percent(row.pct), is_muted=row.pct is None)
    if row.unit_id in doubted:
        pct = Cell(None, view.t("doubt.mark"), is_muted=True)
    return number_cell(row.value), number_cell(row.base_value), change, pct


def table_columns(view: View, *, has_base: bool) -> tuple[Column, ...]:
    """The heads: what was reported first, then what compares, each part named."""
    unit = view.pick(view.measure.unit_zh, view.measure.unit_en)
    columns = [Column(view.t("table.unit"), is_short=True)]
    columns += [Column(view.t("table.reported", label=view.measure_label), unit, is_number=True)]
    columns += [Column(view.t("table.qualifier"), is_export_only=True)]
    if view.measure.per_capita:
        columns += [Column(view.t("table.rate"), rate_unit(view.measure, view.lang), is_number=True)]
        columns += [Column(view.t("table.population"), view.t("table.persons"), is_number=True)]
    if has_base:
        points = view.t("yoy.points") if view.measure.kind == "coverage" else unit
        columns += [
            Column(view.t("yoy.now", year=view.filters.year), unit, is_number=True),
            Column(view.t("table.base", year=view.filters.base_year), unit, is_number=True),
            Column(view.t("table.change"), points, is_number=True),
            Column(view.t("table.pct"), "%", is_number=True),
        ]
    state = Column(view.t("table.state"), is_short=True)
    return (*columns, state, Column(view.t("table.blanks"), is_number=True))


def unit_table(view: View, changes: ChangeSet, doubted: Collection[str]) -> Table:
    """One row per unit expected, in administrative order; always totals, with the rate beside them."""
    rows = queries.query_unit_values(view.source, value_params(view.filters))
    has_base = bool(changes.comparable)
    by_unit = {row.unit_id: row for row in changes.rows}
    body = []
    for row in rows:
        name, state = view.pick(row.name_zh, row.name_en), view.t(f"value.state.{row.state}")
        cells = [Cell(name, name), value_cell(view, row), qualifier_cell(view, row.value, row.qualifier)]
        cells += [rate_cell(row), number_cell(row.population)] if view.measure.per_capita else []
        cells += change_cells(view, by_unit.get(row.unit_id), doubted) if has_base else []
        blanks = f"{row.n_reported} / {row.n_expected}"
        body.append((*cells, Cell(state, state), Cell(blanks, blanks)))
    return Table(view.measure_label, table_columns(view, has_base=has_base), tuple(body))
