"""What must be known of a population before a figure per 10,000 people is quoted: estimates, zones inside districts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dashboard.components.page import View
from dashboard.records import UnitValue
from dashboard.records.values import PivotCell
from dashboard.sentences import NOTED, short
from dashboard.tables import Cell


def population_note(view: View, row: UnitValue | PivotCell) -> str:
    """What is to be said of the unit's population; empty where it is a plain census figure or unknown."""
    return view.pick(row.population_note_zh or "", row.population_note_en or "") if row.population else ""


def marked(row: UnitValue, cell: Cell) -> Cell:
    """The cell with the footnote's mark behind its number, where there is one to say."""
    return replace(cell, text=cell.text + NOTED) if cell.value is not None and row.is_noted else cell


def population_words(view: View, rows: Sequence[UnitValue | PivotCell]) -> str:
    """The footnote of figures per 10,000 people: each note once, with the units it is about; empty without one."""
    notes: dict[str, list[str]] = {}
    for row in rows:
        if row.is_noted:
            note = population_note(view, row)
            notes.setdefault(note.removesuffix(view.t("headline.stop")), []).append(short(row, view.lang))
    if not notes:
        return ""
    glue, colon = view.t("names.glue"), view.t("reason.colon")
    parts = [f"{glue.join(dict.fromkeys(names))}{colon}{note}" for note, names in notes.items()]
    return view.t("population.notes", notes=view.t("reason.glue").join(parts))
