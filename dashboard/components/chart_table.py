"""What stands behind a chart: a caption to copy and the table, folded away under it and sent only when it is opened."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Protocol

import streamlit as st

from dashboard.components.page import View
from dashboard.components.parts import show_table
from dashboard.components.value_cells import marked_cell
from dashboard.format import NOTHING, plain, signed
from dashboard.records import UnitValue
from dashboard.sentences import rate_mark
from dashboard.tables import Cell, Column, Table


class Named(Protocol):
    """What one mark of a chart stands for."""

    @property
    def name(self) -> str:
        """The unit or activity."""

    @property
    def value(self) -> float | None:
        """Its number; None without one."""


def behind_chart(view: View, caption: str, table: Table | None, key: str) -> None:
    """Caption and table, folded; the caption alone where the chart has no table."""
    has_table = table is not None and bool(table.rows)
    label = view.t("parts.caption_table" if has_table else "parts.caption")
    box = st.expander(label, key=f"behind_{key}", on_change="rerun", type="compact")
    if not box.open:
        return
    with box:
        st.code(caption, language=None, wrap_lines=True)
        if table is not None and has_table:
            show_table(view, table, f"behind-{key}")


def number_of(value: float | None, mark: str) -> Cell:
    """A number in full, or the mark that stands for none."""
    return Cell(None, mark, is_muted=True) if value is None else Cell(value, plain(value))


def named_table(view: View, title: str, rows: Sequence[Named], qualifiers: Sequence[str], *, first: str = "") -> Table:
    """One row per mark: name and number of the page's measure. A mark without a number shows its own words.

    `qualifiers`: what is to be said of each number, in the order of the rows.
    """
    columns = (
        Column(first or view.t("table.unit"), is_short=True), Column(view.measure_label, view.measure_unit, is_number=True)
    )  # fmt: skip
    cells = [
        (Cell(row.name, row.name), marked_cell(view, row.value, qualifier, getattr(row, "text", NOTHING)))
        for row, qualifier in zip(rows, qualifiers, strict=True)
    ]
    return Table(title, columns, tuple(cells))


def change_table_of(view: View, title: str, rows: Sequence[Named], unit: str, first: str) -> Table:
    """One row per mark: name and change, with its sign."""
    columns = (Column(first, is_short=True), Column(view.t("table.change"), unit, is_number=True))
    cells = [
        (Cell(r.name, r.name), Cell(r.value, NOTHING if r.value is None else signed(plain(r.value), r.value)))
        for r in rows
    ]
    return Table(title, columns, tuple(cells))


def values_matrix(
    view: View, title: str, columns: Sequence[Column], rows: Iterable[tuple[str, Sequence[UnitValue | None]]]
) -> Table:
    """One row per unit with a value for each further column; "—" for none."""
    cells = [
        (
            Cell(name, name),
            *(unit_cell(view, value) for value in values),
        )
        for name, values in rows
    ]
    return Table(title, tuple(columns), tuple(cells))


def unit_cell(view: View, row: UnitValue | None) -> Cell:
    """A unit's value with its marks; "—" for none."""
    if row is None:
        return number_of(None, NOTHING)
    cell = marked_cell(view, row.value, row.qualifier)
    return replace(cell, text=cell.text + rate_mark(row))


def matrix_table(title: str, columns: Sequence[Column], rows: Iterable[tuple[str, Sequence[float | None]]]) -> Table:
    """One row per name with a number for each further column; "—" for none."""
    cells = [(Cell(name, name), *(number_of(value, NOTHING) for value in values)) for name, values in rows]
    return Table(title, tuple(columns), tuple(cells))
