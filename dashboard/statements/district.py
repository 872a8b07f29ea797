"""What is said of one unit: how it reported, its figures, its findings."""

from __future__ import annotations

from dataclasses import replace

from dashboard import queries
from dashboard.components.doubt import said_delta
from dashboard.components.page import View
from dashboard.components.parts import (
    KeyFigure,
)
from dashboard.desk.names import without_folders
from dashboard.desk.queries import query_missing
from dashboard.desk.records import MissingUnit
from dashboard.filters import change_params, value_params, with_measure
from dashboard.format import day, place_words
from dashboard.records import Finding, RosterUnit, UnitFact, UnitReport
from dashboard.sentences import Headline, compact_or_mark, unit_delta_text
from dashboard.totals import split_changes

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
        own = replace(view, filters=replace(view.filters, units=(unit.unit_id,)))
        delta = said_delta(own, measure, change, unit_delta_text(change, measure, view.filters.base_year, view.lang))
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
        came = unusable_file(view, report)
        key = "district.unusable.guessed" if came and came.is_guessed else "district.unusable"
        if came:
            why = view.pick(came.why_zh, came.why_en)
            return Headline(view.t(key, file=without_folders(came.received_name), why=why), "")
        return Headline(view.t("district.not_reported", due=day(report.due_on)), "")
    name = (report.source_name or "").rsplit("/", 1)[-1]
    dated = day(report.report_date) if report.report_date else view.t("district.no_date")
    received = day(report.received_at) if report.received_at else view.t("district.no_arrival")
    parts = [view.t("district.reported", date=dated, received=received, file=name)]
    if report.days_late is not None:
        late = report.days_late > 0
        parts.append(view.t("district.late", n=report.days_late) if late else view.t("district.on_time"))
    return Headline(view.t("headline.glue").join(parts) + view.t("headline.stop"), "")


def unusable_file(view: View, report: UnitReport) -> MissingUnit | None:
    """The file that came for a unit without a report and can't be used; None where nothing came."""
    missing = query_missing(view.source, view.campaign.campaign_id)
    return next((u for u in missing if u.unit_id == report.unit_id and u.received_name), None)


def fill_words(view: View, report: UnitReport) -> str:
    """How many blanks hold what."""
    words = view.t(
        "district.fill", m=report.n_blanks, n=report.n_reported, zero=report.n_zero, blank=report.n_not_filled,
        na=report.n_not_applicable, withheld=report.n_withheld,
    )  # fmt: skip
    return words + (view.t("district.fill.not_asked", n=report.n_not_asked) if report.n_not_asked else "")


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


def finding_words(view: View, found: Finding) -> str:
    """Level, blank, message and the place in the file; a replaced file's finding says so."""
    label, message = view.pick(found.indicator_zh, found.indicator_en), view.pick(found.message_zh, found.message_en)
    words = view.t("attention.finding", indicator=label, message=message) if label else message
    state = "" if found.is_current else view.t("district.status.superseded")
    parts = (view.t(f"level.{found.level}"), state, words, place_words(found.place.rsplit("/", 1)[-1], view.lang))
    return " · ".join(part for part in parts if part)
