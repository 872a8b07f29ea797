"""The tables of a report: those of the pages, and one of the leading measures side by side."""

from __future__ import annotations

from dataclasses import replace

from dashboard.components.change_map import both_years
from dashboard.components.change_table import change_table
from dashboard.components.changes import measure_changes
from dashboard.components.doubt import doubted_units
from dashboard.components.mapview import unit_values
from dashboard.components.of_activity import label_of, own_view
from dashboard.components.page import View
from dashboard.components.unit_choice import group_table
from dashboard.components.unit_table import unit_table
from dashboard.components.value_cells import qualifier_cell, value_cell
from dashboard.format import NOTHING, day
from dashboard.records import Activity, Finding, HeldState, UnitReport, UnitValue
from dashboard.reports.annexes import findings_table
from dashboard.statements.coverage import activity_table, state_table
from dashboard.statements.duties import Duties
from dashboard.statements.duty_tables import (
    calendar_table,
    marks_table,
    matrix_table,
    owing_table,
    rate_table,
)
from dashboard.statements.duty_tables import state_table as duty_states
from dashboard.tables import Cell, Column, Table

SIDE_BY_SIDE = ("participation", "hazards_exposed", "public_reports", "activity_coverage")
BY_UNIT = ("participation", "hazards_exposed", "activity_coverage")


def annex_tables(
    view: View,
    reports: tuple[UnitReport, ...],
    asked: tuple[Activity, ...],
    held: tuple[HeldState, ...],
    findings: tuple[Finding, ...],
) -> dict[str, Table]:
    """The annexes by name: leading measures, activities, reporting, open findings and two groups of units where there are some."""
    activities = replace(activity_table(view, asked, held), title=view.t("report.annex.activities"))
    found = {"units": leading_table(view), "activities": activities, "reporting": reporting_table(view, reports)}
    if findings:
        found["findings"] = findings_table(view, findings)
    return found | ({"groups": group_table(view)} if view.filters.against else {})


def duty_annexes(duties: Duties, *, whole: bool = False) -> dict[str, Table]:
    """The annexes on duties, where more is asked for than a table; `whole` is for a report on nothing else."""
    if len(duties.groups) < 2 or not duties.units:
        return {}
    found = {"duties": rate_table(duties, for_paper=True), "matrix": marks_table(duties)}
    return found | {"owing": owing_table(duties), "calendar": calendar_table(duties)} if whole else found


def duty_sheets(duties: Duties) -> tuple[Table, ...]:
    """The workbook's further sheets on duties: units by due dates in words, every state with its moment, the calendar."""
    if len(duties.groups) < 2 or not duties.units:
        return ()
    found = (matrix_table(duties), duty_states(duties))
    return found if duties.view.campaign.form_id is None else (*found, owing_table(duties), calendar_table(duties))


def report_tables(view: View, asked: tuple[Activity, ...], held: tuple[HeldState, ...]) -> tuple[Table, ...]:
    """The tables behind the annexes: each measure by unit, its changes, activities held."""
    found = []
    for measure_id in BY_UNIT:
        own = own_view(view, measure_id)
        changes = measure_changes(own)
        label = label_of(view, own.measure)
        found.append(replace(unit_table(own, changes, doubted_units(own, changes)), title=label))
        if changes.rows and view.filters.base_year is not None:
            table = change_table(own, changes, both_years(own))
            found.append(replace(table, title=f"{label} {table.title}"))
    return (*found, state_table(view, asked, held))


def leading_table(view: View) -> Table:
    """One row per unit: the leading measures side by side."""
    columns = [Column(view.t("table.unit"), is_short=True)]
    cells: dict[str, list[Cell]] = {}
    for measure_id in SIDE_BY_SIDE:
        own = own_view(view, measure_id)
        if own.measure.measure_id != measure_id:
            continue
        label = label_of(view, own.measure)
        qualifier = view.t("reports.column.of_measure", label=label, column=view.t("table.qualifier"))
        columns += [
            Column(label, own.measure_unit, is_number=True), Column(qualifier, is_export_only=True)
        ]  # fmt: skip
        for row in unit_values(own):
            name = view.pick(row.name_zh, row.name_en)
            cells.setdefault(row.unit_id, [Cell(name, name)]).extend((value_cell(own, row), part_cell(own, row)))
    return Table(view.t("report.annex.units"), tuple(columns), tuple(tuple(row) for row in cells.values()))


def part_cell(view: View, row: UnitValue) -> Cell:
    """What kind of number a unit's is, and of how many of its blanks where some have none."""
    kind = qualifier_cell(view, row.value, row.qualifier)
    if row.value is None or row.n_reported >= row.n_expected or view.measure.kind == "coverage":
        return kind
    words = view.t("report.part", kind=kind.text, n=row.n_reported, m=row.n_expected)
    return Cell(words, words)


def reporting_table(view: View, reports: tuple[UnitReport, ...]) -> Table:
    """One row per unit: whether and when it reported, how full its table is, what the checks found."""
    numbers = ("blanks", "reported", "errors", "warnings")
    columns = [Column(view.t("table.unit"), is_short=True), Column(view.t("table.state"), is_short=True),
               Column(view.t("district.date"), is_short=True), Column(view.t("report.column.late"), is_number=True)]  # fmt: skip
    columns += [Column(view.t(f"report.column.{name}"), is_number=True) for name in numbers]
    body = []
    for row in reports:
        name = view.pick(row.name_zh, row.name_en)
        state = view.t("report.state.reported" if row.state == "reported" else "state.mark.not_reported")
        late = Cell(row.days_late, NOTHING if row.days_late is None else str(max(row.days_late, 0)))
        numbers_of = (row.n_blanks, row.n_reported, row.n_errors, row.n_warnings)
        counts = (
            Cell(n, str(n)) if row.state == "reported" else Cell(None, NOTHING, is_muted=True) for n in numbers_of
        )
        dated = Cell(row.report_date, day(row.report_date))
        body.append((Cell(name, name), Cell(state, state, is_muted=row.state != "reported"), dated, late, *counts))
    return Table(view.t("report.annex.reporting"), tuple(columns), tuple(body))
