"""The report's tables as one workbook: typed numbers, frozen heads, units in them, and a sheet about it all."""

from __future__ import annotations

import io
from collections.abc import Iterable

from openpyxl import Workbook
from openpyxl.styles import Alignment
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from dashboard.components.of_activity import label_of
from dashboard.components.page import View
from dashboard.format import NOTHING
from dashboard.reports.data import ReportData
from dashboard.reports.stamp import Stamp
from dashboard.statements.reporting import rule_words
from dashboard.tables import Cell, Column, Table, sheet_name, write_rows, write_table


def to_xlsx(data: ReportData) -> bytes:
    """All tables of the report, the sheet about them first."""
    tables = (totals_table(data), *data.tables) if data.has_table else data.tables
    measures = [number.measure for number in data.numbers]
    definitions = [
        (data.view.pick(m.label_zh, m.label_en), data.view.pick(m.definition_zh, m.definition_en))
        for m in (*measures, data.duties.view.measure)
    ]
    if data.duties.units:
        definitions.append((data.view.t("report.section.counted"), rule_words(data.duties.view)))
    return workbook(data.view, data.title, data.stamp, tables, definitions)


def workbook(
    view: View, title: str, stamp: Stamp, tables: Iterable[Table], definitions: Iterable[tuple[str, str]]
) -> bytes:
    """A workbook of these tables."""
    book = Workbook()
    notes = book.active
    if not isinstance(notes, Worksheet):
        raise ValueError("a new workbook has no sheet")
    notes.title = sheet_name(stamp.about.title)
    definition = view.t("about.definition")
    pairs = [(title, stamp.sample), *about_pairs(view, stamp)]
    pairs += [(f"{definition} · {label}", words) for label, words in definitions]
    write_rows(notes, [list(pair) for pair in pairs])
    for row in notes.iter_rows(min_row=2):
        for cell in row:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    one_page_wide(notes)
    taken = {notes.title.lower()}
    for table in tables:
        sheet = book.create_sheet(unique_name(sheet_name(table.title), taken))
        write_table(sheet, table)
        sheet.print_title_rows = "1:1"
        one_page_wide(sheet)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def one_page_wide(sheet: Worksheet) -> None:
    """The sheet printed on landscape pages, as many as it needs, each as wide as the sheet."""
    sheet.page_setup.orientation, sheet.page_setup.fitToHeight = "landscape", 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def about_pairs(view: View, stamp: Stamp) -> list[tuple[str, str]]:
    """The about sheet's lines; who reported and the definition come from the report itself."""
    left_out = {view.t("about.definition"), view.t("about.reported")}
    kept = [pair for pair in stamp.about.pairs if pair[0] not in left_out]
    return [*kept, (view.t("about.reported"), stamp.reported)]


def unique_name(name: str, taken: set[str]) -> str:
    """The sheet's name, numbered where it is there already."""
    number, found = 1, name
    while found.lower() in taken:
        number += 1
        found = f"{name[:28]} {number}"
    taken.add(found.lower())
    return found


def totals_table(data: ReportData) -> Table:
    """One row per measure: total, kind of number, units, like-for-like change."""
    view = data.view
    columns = (
        Column(view.t("filter.label.measure"), is_short=True), Column(view.t("district.unit"), is_short=True),
        Column(view.t("report.column.total"), is_number=True), Column(view.t("table.qualifier"), is_short=True),
        Column(view.t("report.column.n_reported"), is_number=True), Column(view.t("report.column.n_expected"), is_number=True),
        Column(view.t("table.change"), is_number=True), Column(view.t("table.pct"), "%", is_number=True),
        Column(view.t("yoy.grade"), is_short=True), Column(view.t("yoy.note")), Column(view.t("doubt.column")),
    )  # fmt: skip
    rows = []
    for number in data.numbers:
        measure, total, change = number.measure, number.total, number.change
        shown = change if change is not None and change.is_comparable else None
        pct = shown.pct if shown and not number.change_doubt else None
        doubt = number.doubt or (number.change_doubt and number.delta)
        name, unit = label_of(view, measure), view.pick(measure.unit_zh, measure.unit_en)
        qualifier = view.t(f"qualifier.word.{total.qualifier}") if total and total.value is not None else ""
        grade = view.t(f"yoy.grade.{change.grade}") if change is not None else ""
        rows.append((
            Cell(name, name), Cell(unit, unit), Cell(total.value if total else None, number.shown, is_percent=unit == "%"), Cell(qualifier, qualifier),
            Cell(total.n_units_reported if total else 0, ""), Cell(total.n_units_expected if total else 0, ""),
            Cell(shown.change if shown else None, number.delta), Cell(pct, NOTHING),
            Cell(grade, grade), Cell(number.basis, number.basis), Cell(doubt, doubt),
        ))  # fmt: skip
    return Table(view.t("report.section.totals"), columns, tuple(rows))
