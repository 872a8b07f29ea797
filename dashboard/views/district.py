"""District: everything of one unit, each figure with its state, last year's value and the place it was read from."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlencode

import streamlit as st

from dashboard import queries
from dashboard.components.facts_table import facts_table, provenance_table
from dashboard.components.guard import has_figures
from dashboard.components.head import page_head
from dashboard.components.markup import esc, show, wrap
from dashboard.components.page import View, for_all_activities, for_all_units, for_totals, run_page
from dashboard.components.parts import (
    bullet_list,
    caption,
    headline,
    key_figures,
    note,
    section,
    show_table,
)
from dashboard.download.unit_files import unit_files
from dashboard.filters import to_query
from dashboard.format import NOTHING, day
from dashboard.records import RosterUnit, Submission
from dashboard.statements.district import (
    fill_words,
    finding_words,
    open_findings,
    read_facts,
    report_headline,
    unit_figures,
    unusable_file,
)
from dashboard.tables import Cell, Column, Table

HEAD = ("area", "year", "base", "unit")


def show_findings(view: View, unit: RosterUnit) -> None:
    """What the checks found about this unit and nobody has settled; a corrected value says by a note of its own to what."""
    findings = open_findings(view, unit)
    if not findings:
        section(view.t("district.findings", n=0))
        note(view.t("district.findings.none"))
        return
    section(view.t("district.findings", n=len(findings)))
    bullet_list([finding_words(view, found) for found in findings])


def submissions_table(view: View, files: tuple[Submission, ...]) -> Table:
    """The unit's files, current first; full paths, clock times and checksums for export."""
    columns = (
        Column(view.t("district.revision.head"), is_short=True),
        Column(view.t("district.shape"), is_file=True),
        Column(view.t("table.state"), is_short=True),
        Column(view.t("district.date"), is_short=True),
        Column(view.t("district.received"), is_short=True),
        Column(view.t("district.folder"), is_export_only=True),
        Column(view.t("district.sha256"), is_export_only=True),
    )
    rows = []
    for file in files:
        revision = view.t("district.revision", n=file.revision) if file.revision else NOTHING
        received = file.received_at.isoformat(" ", "minutes") if file.received_at else NOTHING
        texts = (revision, file.source_name.rsplit("/", 1)[-1], view.t(f"district.status.{file.status}"),
                 day(file.report_date))  # fmt: skip
        cells = [Cell(text, text, is_muted=file.status != "current") for text in texts]
        cells.append(Cell(received, day(file.received_at), is_muted=file.status != "current"))
        rows.append((*cells, *(Cell(text, text) for text in (file.source_name, file.source_sha256))))
    return Table(view.t("district.files"), columns, tuple(rows))


def back_link(view: View) -> None:
    """The way back to the overview with the same filters."""
    href = "./?" + urlencode(to_query(replace(view.filters, unit="")))
    show(wrap("p", f'<a href="{esc(href)}" target="_self">{esc(view.t("district.back"))}</a>', "atlas-note"))


def render(view: View) -> None:
    """Who, how it reported, its figures, what was found, and its files."""
    view = for_all_units(for_totals(for_all_activities(view)))
    page_head(view, HEAD)
    if not has_figures(view):
        return
    units = view.choices.units_of(view.campaign)
    unit = next((u for u in units if u.unit_id == view.filters.unit), None) or (units[0] if units else None)
    if unit is None:
        st.info(view.t("district.pick"))
        return
    reports = queries.query_unit_reports(view.source, view.campaign.campaign_id)
    report = next((r for r in reports if r.unit_id == unit.unit_id), None)
    back_link(view)
    section(view.t("district.title", name=view.pick(unit.name_zh, unit.name_en), year=view.filters.year))
    if report is not None:
        headline(report_headline(view, report))
    key_figures(unit_figures(view, unit))
    left, right = st.columns([1.9, 1], gap="large")
    facts = read_facts(view, unit)
    with left:
        section(view.t("district.table"))
        if report is not None and report.state != "reported":
            note(view.t("district.no_use" if unusable_file(view, report) else "district.silent"))
        elif report is not None:
            note(fill_words(view, report))
        if facts:
            show_table(view, facts_table(view, facts), "facts")
            with st.expander(view.t("district.provenance")):
                show_table(view, provenance_table(view, facts), "provenance")
    with right:
        unit_files(view, unit)
        show_findings(view, unit)
        files = queries.query_submissions(view.source, view.campaign.campaign_id, unit.unit_id)
        section(view.t("district.files"))
        if files:
            show_table(view, submissions_table(view, files), "files")
        else:
            note(NOTHING)
    caption(view, has_charts=False)


if __name__ == "__main__":
    run_page("district", render)
