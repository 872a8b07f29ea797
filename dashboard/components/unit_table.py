"""The table of a measure by unit: what was reported, rate, the comparable part of both years, change, state, blanks."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from dashboard import queries
from dashboard.components.count_unit import unit_in, unit_of_change
from dashboard.components.doubt import doubts_shown
from dashboard.components.page import View
from dashboard.components.population import marked, population_note
from dashboard.components.value_cells import change_cells, number_cell, qualifier_cell, rate_cell, value_cell
from dashboard.components.value_doubt import doubt_cell, doubt_column
from dashboard.filters import value_params
from dashboard.sentences import rate_unit
from dashboard.tables import Cell, Column, Table
from dashboard.totals import ChangeSet


def table_columns(view: View, *, has_base: bool) -> tuple[Column, ...]:
    """The heads: what was reported first, then what compares, each part named."""
    unit = view.pick(view.measure.unit_zh, view.measure.unit_en)
    columns = [Column(view.t("table.unit"), is_short=True)]
    columns += [Column(view.t("table.reported", label=view.measure_label), unit, is_number=True)]
    columns += [Column(view.t("table.qualifier"), is_export_only=True)]
    if view.measure.per_capita:
        columns += [Column(view.t("table.rate"), rate_unit(view.measure, view.lang), is_number=True)]
        columns += [Column(view.t("table.population"), view.t("table.persons"), is_number=True)]
        columns += [Column(view.t("table.population_note"), is_export_only=True)]
    if has_base:
        points = view.t("yoy.points") if view.measure.kind == "coverage" else unit_of_change(view, view.measure)
        base = unit_in(view, view.measure, view.filters.base_year)
        columns += [
            Column(view.t("yoy.now", year=view.filters.year), unit, is_number=True),
            Column(view.t("table.base", year=view.filters.base_year), base, is_number=True),
            Column(view.t("table.change"), points, is_number=True),
            Column(view.t("table.pct"), "%", is_number=True),
        ]
    state = Column(view.t("table.state"), is_short=True)
    blanks = Column(view.t("table.blanks"), is_number=True)
    return (*columns, state, blanks, doubt_column(view, is_export_only=True))


def unit_table(view: View, changes: ChangeSet, doubted: Collection[str]) -> Table:
    """One row per unit expected, in administrative order; always totals, with the rate beside them."""
    rows = queries.query_unit_values(view.source, value_params(view.filters))
    has_base = bool(changes.comparable)
    by_unit = {row.unit_id: row for row in changes.rows}
    in_doubt = doubts_shown(replace(view, filters=replace(view.filters, per_10k=False)), rows)
    body = []
    for row in rows:
        name, state = view.pick(row.name_zh, row.name_en), view.t(f"value.state.{row.state}")
        cells = [Cell(name, name), value_cell(view, row), qualifier_cell(view, row.value, row.qualifier)]
        if view.measure.per_capita:
            about = population_note(view, row)
            cells += [
                marked(row, rate_cell(row)),
                marked(row, number_cell(row.population)),
                Cell(about, about),
            ]
        cells += change_cells(view, by_unit.get(row.unit_id), doubted) if has_base else []
        blanks = f"{row.n_reported} / {row.n_expected}"
        body.append((*cells, Cell(state, state), Cell(blanks, blanks), doubt_cell(view, in_doubt.get(row.unit_id, ()))))
    return Table(view.measure_label, table_columns(view, has_base=has_base), tuple(body))
