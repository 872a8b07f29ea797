"""The table of like-for-like changes: both values, change, percent or why not, grade, note."""

from __future__ import annotations

from dashboard.components.change_map import BothYears, base_words, is_points, reason
from dashboard.components.count_unit import change_percent, unit_in, unit_of_change
from dashboard.components.doubt import doubt_words, doubted_change
from dashboard.components.page import View
from dashboard.components.value_cells import change_cell, marked_cell
from dashboard.format import NOTHING
from dashboard.records import Change
from dashboard.tables import Cell, Column, Table
from dashboard.totals import ChangeSet


def common_note(view: View, changes: ChangeSet) -> str:
    """The total's note: what holds for all."""
    return view.pick(changes.total.note_zh, changes.total.note_en) if changes.total else ""


def change_table(view: View, changes: ChangeSet, years: BothYears) -> Table:
    """The total and one row per unit; what holds for all is said once, in the total's row."""
    base, now = (unit_in(view, view.measure, year) for year in (view.filters.base_year, view.filters.year))
    change = view.t("yoy.points") if is_points(view) else unit_of_change(view, view.measure)
    columns = (
        Column(view.t("table.unit"), is_short=True),
        Column(view.t("table.base", year=view.filters.base_year), base, is_number=True),
        Column(view.t("yoy.now", year=view.filters.year), now, is_number=True),
        Column(view.t("table.change"), change, is_number=True),
        Column(view.t("table.pct"), "%", is_number=True),
        Column(view.t("yoy.grade"), is_short=True),
        Column(view.t("yoy.note")),
    )
    common = common_note(view, changes)
    rows = [change_row(view, row, view.pick(row.name_zh, row.name_en), years, common) for row in changes.rows]
    if changes.total is not None and changes.total.grade != "missing":
        rows.insert(0, change_row(view, changes.total, view.t("yoy.table.all"), years, common))
    return Table(view.t("yoy.table"), columns, tuple(rows))


def change_row(view: View, row: Change, name: str, years: BothYears, common: str) -> tuple[Cell, ...]:
    """A row of the table."""
    grade = view.t(f"yoy.grade.{row.grade}")
    if not row.is_comparable or row.change is None:
        nothing = Cell(None, NOTHING, is_muted=True)
        why = text_cell(own_words(view, row, common) if row.grade == "refuse" else reason(view, row, years))
        return (Cell(name, name), nothing, nothing, nothing, nothing, Cell(grade, grade, is_muted=True), why)
    words, doubt = own_words(view, row, common), doubted_words(view, row, years)
    note = text_cell(view.t("reason.glue").join(w for w in (doubt, words) if w))
    if doubt:
        pct = Cell(None, view.t("doubt.mark"), is_muted=True)
    elif row.pct is not None:
        pct = Cell(row.pct, change_percent(view, row), qualifier=row.own_qualifier)
    else:
        pct = Cell(None, no_percent(view, row), is_muted=True)
    return (
        Cell(name, name), marked_cell(view, row.base_value, row.base_qualifier),
        marked_cell(view, row.value, row.qualifier), change_cell(view, row), pct,
        Cell(grade, grade), note,
    )  # fmt: skip


def own_words(view: View, row: Change, common: str) -> str:
    """What is to be said of this unit alone; the total's row says what holds for all."""
    words = view.pick(row.note_zh, row.note_en)
    if row.unit_id is None:
        return words
    glue = view.t("reason.glue")
    shared = set(common.split(glue))
    return glue.join(part for part in words.split(glue) if part not in shared)


def text_cell(text: str) -> Cell:
    """The same words on the page and in a file."""
    return Cell(text, text)


def doubted_words(view: View, row: Change, years: BothYears) -> str:
    """What in a unit's change, or in the total's, is not to be quoted before it is checked."""
    if row.unit_id is not None:
        return years.doubted(view, row)
    return doubt_words(view, doubted_change(view, view.measure, row))


def no_percent(view: View, row: Change) -> str:
    """What stands for a percentage that the base does not allow: new, or a dash with the reason."""
    if is_points(view):
        return NOTHING
    return base_words(view, row) if row.value and not row.base_value else f"{NOTHING} {base_words(view, row)}"
