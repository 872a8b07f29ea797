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
    KeyFigure,
    bullet_list,
    caption,
    headline,
    key_figures,
    note,
    section,
    show_table,
)
from dashboard.filters import change_params, to_query, value_params, with_measure
from dashboard.format import NOTHING, day, place_words
from dashboard.records import Finding, RosterUnit, Submission, UnitFact, UnitReport
from dashboard.sentences import Headline, compact_or_mark, unit_delta_text
from dashboard.tables import Cell, Column, Table
from dashboard.totals import split_changes

HEAD = ("area", "year", "base", "unit")
LEADING = ("participation", "hazards_exposed", "public_reports", "activity_coverage")


def unit_figures(view: View, unit: RosterUnit) -> list[KeyFigure]:
    """The unit's leading measures, with the change where it may be compared."""
    shown = []
    for measure in (m for m in view.choices.measures if m.measure_id in LEADING):
        filters = with_measure(view.filters, measure.measure_id)
        params = value_params(filters) | {"activity_id": "", "scope": ""}
        row = next((r for r in queries.query_unit_values(view.source, params) if r.unit_id == unit.unit_id), None)
        if row is None:
            continue
        change_rows = queries.query_changes(view.source, change_query(view, measure.measure_id))
        changes = split_changes(change_rows, filters, measure.kind, tiny_base=queries.query_tiny_base(view.source))
        change = next((c for c in changes.rows if c.unit_id == unit.unit_id), None)
        delta = unit_delta_text(change, measure, view.filters.base_year, view.lang)
        label = view.t(
            "overview.figure", label=view.pick(measure.label_zh, measure.label_en),
            unit=view.pick(measure.unit_zh, measure.unit_en),
        )  # fmt: skip
        shown.append(KeyFigure(label, compact_or_mark(row, measure, view.lang), delta, measure.hue))
    return shown


def change_query(view: View, measure_id: str) -> dict[str, str | int]:
    """Parameters of a measure's changes over all units and activities."""
    return change_params(with_measure(view.filters, measure_id)) | {"scope": "", "activity_id": ""}


def report_headline(view: View, report: UnitReport) -> Headline:
    """Whether and when the unit reported, and how full its table is."""
    if report.state != "reported":
        return Headline(view.t("district.not_reported", due=day(report.due_on)), "")
    name = (report.source_name or "").rsplit("/", 1)[-1]
    dated = day(report.report_date) if report.report_date else view.t("district.no_date")
    received = day(report.received_at) if report.received_at else view.t("district.no_arrival")
    parts = [view.t("district.reported", date=dated, received=received, file=name)]
    if report.days_late is not None:
        late = report.days_late > 0
        parts.append(view.t("district.late", n=report.days_late) if late else view.t("district.on_time"))
    return Headline(view.t("headline.glue").join(parts) + view.t("headline.stop"), "")


def fill_words(view: View, report: UnitReport) -> str:
    """How many blanks hold what."""
    return view.t(
        "district.fill", m=report.n_blanks, n=report.n_reported, zero=report.n_zero, blank=report.n_not_filled,
        na=report.n_not_applicable, withheld=report.n_withheld,
    )  # fmt: skip


def read_facts(view: View, unit: RosterUnit) -> tuple[UnitFact, ...]:
    """The unit's table with last year's comparable values."""
    base = view.base_campaign
    return queries.query_unit_facts(
        view.source,
        {
            "campaign_id": view.campaign.campaign_id,
            "form_id": view.campaign.form_id or "",
            "unit_id": unit.unit_id,
            "base_campaign_id": base.campaign_id if base else "",
            "base_form_id": (base.form_id or "") if base else "",
        },
    )


def open_findings(view: View, unit: RosterUnit) -> list[Finding]:
    """The unit's findings that no decision has settled."""
    return [f for f in queries.query_findings(view.source, view.campaign.campaign_id, unit.unit_id) if f.is_open]


def show_findings(view: View, unit: RosterUnit) -> None:
    """What the checks found about this unit and nobody has settled; a corrected value says by a note of its own to what."""
    findings = open_findings(view, unit)
    if not findings:
        section(view.t("district.findings", n=0))
        note(view.t("district.findings.none"))
        return
    section(view.t("district.findings", n=len(findings)))
    bullet_list([finding_words(view, found) for found in findings])


def finding_words(view: View, found: Finding) -> str:
    """Level, blank, message and the place in the file; a replaced file's finding says so."""
    label, message = view.pick(found.indicator_zh, found.indicator_en), view.pick(found.message_zh, found.message_en)
    words = view.t("attention.finding", indicator=label, message=message) if label else message
    state = "" if found.is_current else view.t("district.status.superseded")
    parts = (view.t(f"level.{found.level}"), state, words, place_words(found.place.rsplit("/", 1)[-1], view.lang))
    return " · ".join(part for part in parts if part)


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
            note(view.t("district.silent"))
        elif report is not None:
            note(fill_words(view, report))
        if facts:
            show_table(view, facts_table(view, facts), "facts")
            with st.expander(view.t("district.provenance")):
                show_table(view, provenance_table(view, facts), "provenance")
    with right:
        show_findings(view, unit)
        files = queries.query_submissions(view.source, view.campaign.campaign_id, unit.unit_id)
        section(view.t("district.files"))
        if files:
            show_table(view, submissions_table(view, files), "files")
        else:
            note(NOTHING)
    caption(view)


if __name__ == "__main__":
    run_page("district", render)
