"""Unit by activity by measure: one table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import groupby

import streamlit as st

from dashboard.components.doubt import measure_doubts, value_words
from dashboard.components.page import View, unit_of
from dashboard.components.parts import note, section, show_table
from dashboard.components.population import population_words
from dashboard.components.value_cells import marked_cell
from dashboard.filters import change_filters, to_query, value_params, with_measure
from dashboard.format import NOTHING, state_mark
from dashboard.queries.comparison import query_pivot
from dashboard.query_reader import MAX_COLUMNS
from dashboard.records import Measure
from dashboard.records.values import PivotCell
from dashboard.sentences import rate_mark
from dashboard.tables import Cell, Column, Table
from dashboard.totals import per_10k, sum_values, weakest

KEY = "pivot_measures"


def show_pivot(view: View) -> None:
    """The choice of measures and the table."""
    section(view.t("pivot.title"))
    sums = {m.measure_id: view.pick(m.label_zh, m.label_en) for m in view.choices.measures if m.kind == "sum"}
    own = (view.measure.measure_id,) if view.measure.measure_id in sums else ()
    chosen = view.filters.columns or own
    st.session_state[KEY] = list(chosen)
    st.multiselect(
        view.t("filter.label.measure"), list(sums), key=KEY, format_func=lambda name: sums[name],
        max_selections=MAX_COLUMNS, placeholder=view.t("filter.label.measure"), label_visibility="collapsed",
        on_change=apply_columns, args=(view, own),
    )  # fmt: skip
    if not chosen:
        return
    measures = [measure for measure in view.choices.measures if measure.measure_id in chosen]
    cells = {measure.measure_id: pivot_cells(view, measure) for measure in measures}
    show_table(view, pivot_table(view, measures, cells), "pivot")
    note(view.t("pivot.note"))
    if view.filters.per_10k and (words := population_words(view, [c for found in cells.values() for c in found])):
        note(words)
    for words in cell_doubts(view, measures):
        note(words)


def apply_columns(view: View, own: tuple[str, ...]) -> None:
    """The measures chosen into the URL; the page's own one alone, or none, needs no word there."""
    chosen = tuple(st.session_state[KEY])
    value = "" if chosen == own else ",".join(chosen)
    st.query_params.from_dict(to_query(change_filters(view.filters, view.choices, "columns", value)))


def cell_doubts(view: View, measures: Sequence[Measure]) -> list[str]:
    """One sentence for each doubtful value in a cell of the table, whatever it weighs in the whole."""
    year, scope = view.filters.year, view.filters.scope
    rows = [row for measure in measures for row in measure_doubts(view, measure, scope) if row.year == year]
    return list(dict.fromkeys(view.t("pivot.doubt", value=value_words(view, row)) for row in rows))


def pivot_cells(view: View, measure: Measure) -> tuple[PivotCell, ...]:
    """The measure by unit and activity, per 10,000 people where chosen."""
    params = value_params(with_measure(view.filters, measure.measure_id))
    rows = query_pivot(view.source, {k: v for k, v in params.items() if k != "activity_id"})
    return per_10k(rows) if view.filters.per_10k and measure.per_capita else rows


def pivot_table(view: View, measures: Sequence[Measure], cells: Mapping[str, Sequence[PivotCell]]) -> Table:
    """A row a unit, a column a measure and activity, sums at the right of each measure."""
    columns = [Column(view.t("table.unit"), is_short=True)]
    by_unit: dict[str, list[Cell]] = {}
    for measure in measures:
        rows = cells[measure.measure_id]
        activities = dict.fromkeys(view.pick(row.activity_zh, row.activity_en) for row in rows)
        # Of a measure that one activity alone holds the sum would say the same again.
        parts = [*activities, *([view.t("pivot.sum")] if len(activities) > 1 else [])]
        label, unit_words = view.pick(measure.label_zh, measure.label_en), unit_of(view, measure)
        columns += [Column(f"{label} \u00b7 {part}", unit_words, is_number=True) for part in parts]
        for _, group in groupby(rows, key=lambda row: row.unit_id):
            own = tuple(group)
            unit = view.pick(own[0].short_zh, own[0].name_en)
            by_unit.setdefault(unit, [Cell(unit, unit)]).extend(
                [*(pivot_cell(view, c) for c in own), *([sum_cell(view, own)] if len(own) > 1 else [])]
            )
    return Table(view.t("pivot.title"), tuple(columns), tuple(tuple(row) for row in by_unit.values()))


def pivot_cell(view: View, cell: PivotCell) -> Cell:
    """A value with its marks, or why there is none."""
    if cell.value is None:
        mark = NOTHING if cell.state == "no_population" else state_mark(cell.state, view.lang)
        return Cell(None, mark, is_muted=True)
    made = marked_cell(view, cell.value, cell.qualifier)
    return replace(made, text=made.text + rate_mark(cell))


def sum_cell(view: View, cells: tuple[PivotCell, ...]) -> Cell:
    """The sum of what there is, with the weakest of its marks; of nothing it is nothing."""
    valued = [cell for cell in cells if cell.value is not None]
    total = sum_values(cell.value for cell in valued)
    made = marked_cell(view, total, weakest(cell.qualifier for cell in valued))
    return replace(made, text=made.text + rate_mark(valued[0])) if valued else made
