"""Doubtful values in what single units and groups of units reported: said where the value or the sum stands."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.components.doubt import WEIGHTY, Doubts, measure_doubts, value_words
from dashboard.components.page import View
from dashboard.records.comparison import MeasureDoubt
from dashboard.records.quality import DoubtfulValue
from dashboard.tables import Cell, Column


def doubts_by_year(view: View) -> dict[int, Doubts]:
    """Year -> unit -> the doubtful values that move the unit's value of that year by more than a twentieth."""
    found: dict[int, dict[str, list[DoubtfulValue | MeasureDoubt]]] = {}
    for doubt in measure_doubts(view, view.measure, view.filters.scope, view.filters.activity):
        if doubt.off > WEIGHTY * doubt.own:
            found.setdefault(doubt.year, {}).setdefault(doubt.unit_id, []).append(doubt)
    return dict(found)


def doubt_column(view: View, *, is_export_only: bool = False) -> Column:
    """The head of what must be known before a row is quoted."""
    return Column(view.t("doubt.column"), is_export_only=is_export_only)


def doubt_cell(view: View, rows: Sequence[DoubtfulValue | MeasureDoubt]) -> Cell:
    """The doubtful values of a row in words, each of them; empty without one."""
    words = view.t("names.glue").join(value_words(view, row) for row in rows)
    return Cell(words, words)
