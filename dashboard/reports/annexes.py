"""Annexes beside the tables of figures: open findings by unit."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard import queries
from dashboard.components.page import View
from dashboard.records import Finding, UnitReport
from dashboard.tables import Cell, Column, Table

LEVELS = ("error", "warning")


def open_findings(view: View, reports: Sequence[UnitReport]) -> tuple[Finding, ...]:
    """Open errors and warnings about what counts now, of the units chosen: errors first, then in administrative order."""
    units = {report.unit_id for report in reports}
    return tuple(
        f
        for f in queries.query_findings(view.source, view.campaign.campaign_id)
        if f.level in LEVELS and f.state == "open" and f.is_current and (f.unit_id is None or f.unit_id in units)
    )


def findings_table(view: View, findings: Sequence[Finding]) -> Table:
    """One row a finding, by unit: level, blank, what is said, what it might be."""
    columns = (
        Column(view.t("table.unit"), is_short=True), Column(view.t("quality.column.level"), is_short=True),
        Column(view.t("quality.column.blank")), Column(view.t("quality.column.message")),
        Column(view.t("quality.column.proposal"), is_number=True),
    )  # fmt: skip
    rows = []
    for f in by_place(view, findings):
        unit = view.pick(f.unit_zh, f.unit_en) or view.t("quality.no_unit")
        texts = (
            unit, view.t(f"level.{f.level}"), view.pick(f.indicator_zh, f.indicator_en),
            view.pick(f.message_zh, f.message_en), f.proposal or "",
        )  # fmt: skip
        rows.append(tuple(Cell(words, words) for words in texts))
    return Table(view.t("report.annex.findings"), columns, tuple(rows))


def by_place(view: View, findings: Sequence[Finding]) -> list[Finding]:
    """In administrative order of units; what is about no unit last."""
    places = {unit.unit_id: place for place, unit in enumerate(view.choices.units_of(view.campaign))}
    return sorted(findings, key=lambda f: places.get(f.unit_id or "", len(places)))
