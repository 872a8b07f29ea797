"""What must be known of a population before a figure per 10,000 people is quoted: estimates, zones inside districts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from dashboard.components.page import View
from dashboard.records import UnitValue
from dashboard.sentences import short
from dashboard.tables import Cell

MARK: Final = "*"


def population_note(view: View, row: UnitValue) -> str:
    """What is to be said of the unit's population; empty where it is a plain census figure or unknown."""
    return view.pick(row.population_note_zh or "", row.population_note_en or "") if row.population else ""


def is_noted(view: View, row: UnitValue) -> bool:
    """Whether the row shows a figure per 10,000 people whose population has a note."""
    return view.filters.per_10k and row.value is not None and bool(population_note(view, row))


def marked(view: View, row: UnitValue, cell: Cell) -> Cell:
    """The cell with the footnote's mark behind its number, where there is one to say."""
    return replace(cell, text=cell.text + MARK) if cell.value is not None and population_note(view, row) else cell


def population_words(view: View, rows: Sequence[UnitValue]) -> str:
    """The footnote of figures per 10,000 people: each note once, with the units it is about; empty without one."""
    notes: dict[str, list[str]] = {}
    for row in rows:
        if row.value is not None and (note := population_note(view, row)):
            notes.setdefault(note.removesuffix(view.t("headline.stop")), []).append(short(row, view.lang))
    if not notes:
        return ""
    glue, colon = view.t("names.glue"), view.t("reason.colon")
    parts = [f"{glue.join(names)}{colon}{note}" for note, names in notes.items()]
    return view.t("population.notes", notes=view.t("reason.glue").join(parts))
