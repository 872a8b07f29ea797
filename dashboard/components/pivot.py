"""Unit by activity by measure: one table, drawn when it is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

import streamlit as st

from dashboard.components.doubt import measure_doubts, value_words
from dashboard.components.page import View
from dashboard.components.parts import note, section, show_table
from dashboard.components.value_cells import marked_cell
from dashboard.filters import value_params, with_measure
from dashboard.format import state_mark
from dashboard.queries.comparison import query_pivot
from dashboard.records import Measure
from dashboard.records.values import PivotCell
from dashboard.tables import Cell, Column, Table
from dashboard.totals import sum_values, weakest

MAX_MEASURES = 3


def show_pivot(view: View) -> None:
    """The choice of measures and the table."""
    section(view.t("pivot.title"))
    if not st.toggle(view.t("pivot.show"), key="pivot_shown"):
        return
    sums = {m.measure_id: view.pick(m.label_zh, m.label_en) for m in view.choices.measures if m.kind == "sum"}
    chosen = st.multiselect(
        view.t("filter.label.measure"), list(sums), default=[view.measure.measure_id], key="pivot_measures",
        format_func=lambda name: sums[name], max_selections=MAX_MEASURES, placeholder=view.t("filter.label.measure"),
        label_visibility="collapsed",
    )  # fmt: skip
    if not chosen:
        return
    show_table(view, pivot_table(view, {name: sums[name] for name in chosen}), "pivot")
    note(view.t("pivot.note"))
    measures = [measure for measure in view.choices.measures if measure.measure_id in chosen]
    for words in cell_doubts(view, measures):
        note(words)


def cell_doubts(view: View, measures: Sequence[Measure]) -> list[str]:
    """One sentence for each doubtful value in a cell of the table, whatever it weighs in the whole."""
    year, scope = view.filters.year, view.filters.scope
    rows = [row for measure in measures for row in measure_doubts(view, measure, scope) if row.year == year]
    return list(dict.fromkeys(view.t("pivot.doubt", value=value_words(view, row)) for row in rows))


def pivot_table(view: View, measures: dict[str, str]) -> Table:
    """A row a unit, a column a measure and activity, sums at the right of each measure."""
    columns = [Column(view.t("table.unit"), is_short=True)]
    units = {m.measure_id: view.pick(m.unit_zh, m.unit_en) for m in view.choices.measures}
    by_unit: dict[str, list[Cell]] = {}
    for name, label in measures.items():
        params = value_params(with_measure(view.filters, name))
        rows = query_pivot(view.source, {k: v for k, v in params.items() if k != "activity_id"})
        activities = dict.fromkeys(view.pick(row.activity_zh, row.activity_en) for row in rows)
        # Of a measure that one activity alone holds the sum would say the same again.
        parts = [*activities, *([view.t("pivot.sum")] if len(activities) > 1 else [])]
        columns += [Column(f"{label} \u00b7 {part}", units[name], is_number=True) for part in parts]
        for _, group in groupby(rows, key=lambda row: row.unit_id):
            cells = tuple(group)
            unit = view.pick(cells[0].short_zh, cells[0].name_en)
            by_unit.setdefault(unit, [Cell(unit, unit)]).extend(
                [*(pivot_cell(view, c) for c in cells), *([sum_cell(view, cells)] if len(cells) > 1 else [])]
            )
    return Table(view.t("pivot.title"), tuple(columns), tuple(tuple(row) for row in by_unit.values()))


def pivot_cell(view: View, cell: PivotCell) -> Cell:
    """A value with its mark, or why there is none."""
    if cell.value is None:
        return Cell(None, state_mark(cell.state, view.lang), is_muted=True)
    return marked_cell(view, cell.value, cell.qualifier)


def sum_cell(view: View, cells: tuple[PivotCell, ...]) -> Cell:
    """The sum of what there is, with the weakest of its marks; of nothing it is nothing."""
    valued = [cell for cell in cells if cell.value is not None]
    total = sum_values(cell.value for cell in valued)
    return marked_cell(view, total, weakest(cell.qualifier for cell in valued))
