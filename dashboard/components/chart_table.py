"""The table behind a chart: folded away under it, its rows sent only when it is opened."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

import streamlit as st

from dashboard.components.page import View
from dashboard.components.parts import show_table
from dashboard.format import plain, signed
from dashboard.tables import Cell, Column, Table


class Named(Protocol):
    """What one mark of a chart stands for."""

    @property
    def name(self) -> str:
        """The unit or activity."""

    @property
    def value(self) -> float | None:
        """Its number; None without one."""


def table_behind(view: View, table: Table | None, key: str) -> None:
    """The table, folded; nothing where the chart has none."""
    if table is None or not table.rows:
        return
    with st.container(key=f"atlas-behind-{key}"):
        box = st.expander(view.t("parts.table"), key=f"behind_{key}", on_change="rerun", type="compact")
        if box.open:
            with box:
                show_table(view, table, f"behind-{key}")


def number_of(value: float | None, mark: str, *, is_change: bool = False) -> Cell:
    """A number in full with its sign where it is a change, or the mark that stands for none."""
    if value is None:
        return Cell(None, mark, is_muted=True)
    return Cell(value, signed(plain(value), value) if is_change else plain(value))


def named_table(
    view: View, title: str, rows: Sequence[Named], *, label: str, unit: str, first: str = "", is_change: bool = False
) -> Table:
    """One row per mark: name and number. A mark without a number shows its own words (not reported ...)."""
    columns = (Column(first or view.t("table.unit"), is_short=True), Column(label, unit, is_number=True))
    cells = [(Cell(r.name, r.name), number_of(r.value, getattr(r, "text", "—"), is_change=is_change)) for r in rows]
    return Table(title, columns, tuple(cells))


def matrix_table(title: str, columns: Sequence[Column], rows: Iterable[tuple[str, Sequence[float | None]]]) -> Table:
    """One row per name with a number for each further column; "—" for none."""
    cells = [(Cell(name, name), *(number_of(value, "—") for value in values)) for name, values in rows]
    return Table(title, tuple(columns), tuple(cells))
