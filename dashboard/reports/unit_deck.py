"""One unit's presentation: how it reported and its figures, those against the whole area, its change, its findings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from dashboard.components.change_map import base_words
from dashboard.components.changes import filtered_changes, selected_total
from dashboard.components.count_unit import amount_in, change_percent
from dashboard.components.doubt import doubted_total, doubted_units, doubts_shown
from dashboard.components.mapview import unit_values
from dashboard.components.page import View, for_all_units, for_measure
from dashboard.filters import with_measure
from dashboard.format import percent, signed_points
from dashboard.records import RosterUnit, UnitReport
from dashboard.reports.briefs import owed_words, unit_stamp, unit_view
from dashboard.reports.data import need_figures
from dashboard.reports.deck import Deck
from dashboard.reports.drawings import draw_activities
from dashboard.reports.screen import Card, Line, Screen
from dashboard.reports.stamp import spoken
from dashboard.sentences import Headline, total_text, value_words
from dashboard.statements.district import LEADING, finding_words, open_findings, report_headline, unit_figures
from dashboard.statements.duties import duties_in
from dashboard.theme import strong
from dashboard.totals import ChangeSet

MAX_FINDINGS = 8


def unit_deck(view: View, unit_id: str) -> Deck:
    """The unit's screens in the view's language. Raises CannotReport."""
    need_figures(view)
    view, unit, report = unit_view(view, unit_id)
    name = view.pick(unit.name_zh, unit.name_en)
    title = view.t("report.brief.title", name=name, year=view.filters.year)
    found = (
        figures_screen(view, unit, report), area_screen(view, unit), activities_screen(view, unit),
        change_screen(view, unit), findings_screen(view, unit),
    )  # fmt: skip
    state = view.t("report.state.reported" if report.state == "reported" else "state.mark.not_reported")
    return Deck(
        view, title, state, spoken(unit_stamp(view, report), view), tuple(s for s in found if s is not None), {}
    )


def figures_screen(view: View, unit: RosterUnit, report: UnitReport) -> Screen:
    """How it reported, and its leading measures."""
    cards = [Card(f.label, f.value, f.note, strong(f.hue)) for f in unit_figures(view, unit)]
    return Screen("figures", view.t("screen.figures"), report_headline(view, report), cards=tuple(cards))


def leading_views(view: View) -> Iterator[View]:
    """The view of each leading measure."""
    for measure_id in LEADING:
        own = for_measure(view, measure_id)
        if own.measure.measure_id == measure_id:
            yield own


def area_screen(view: View, unit: RosterUnit) -> Screen:
    """Its figures beside the area's; a share of the total where the measure is a sum of the units."""
    lines = []
    for own in leading_views(view):
        rows = unit_values(own)
        row = next((r for r in rows if r.unit_id == unit.unit_id), None)
        total = selected_total(own, own.measure)
        if row is None or total is None or total.value is None:
            continue
        words = view.t(
            "unit_deck.against", value=value_words(row, own.measure, view.lang), area=view.area,
            total=total_text(total, own.measure, view.lang), n=total.n_units_reported, m=total.n_units_expected,
        )  # fmt: skip
        is_doubted = unit.unit_id in doubts_shown(own, rows) or bool(doubted_total(own, own.measure))
        if is_doubted:
            words += view.t("unit_deck.doubt")
        elif own.measure.kind != "coverage" and row.value is not None and total.value:
            words += view.t("unit_deck.share", share=percent(100 * row.value / total.value))
        lines.append(Line(words, own.measure_label))
    found = Headline(view.t("unit_deck.area", area=view.area), view.t("present.figures.caveat"))
    return Screen("area", view.t("unit_deck.area.title"), found, lines=tuple(lines))


def activities_screen(view: View, unit: RosterUnit) -> Screen | None:
    """Which activities its participation consists of, as a chart to edit; None where it gave no figure."""
    own = for_measure(view, "participation")
    chart = draw_activities(replace(own, filters=replace(own.filters, units=(unit.unit_id,))))
    if chart is None:
        return None
    finding = f"{own.measure_label}{view.t('reason.colon')}{chart.found.finding}"
    found = Headline(finding, chart.found.caveat)
    return Screen("activities", view.t("screen.activities"), found, chart=chart)


def change_screen(view: View, unit: RosterUnit) -> Screen | None:
    """The comparable part of both years for each leading measure; None without a year to compare with."""
    if view.filters.base_year is None:
        return None
    lines = [Line(change_line(own, unit), own.measure_label) for own in leading_views(view)]
    base, now = view.filters.base_year, view.filters.year
    found = Headline(view.t("unit_deck.change", base=base, now=now), view.t("unit_deck.change.caveat"))
    return Screen("change", view.t("unit_deck.change.title"), found, lines=tuple(lines))


def change_line(view: View, unit: RosterUnit) -> str:
    """Both years and the change of one measure, or why there is none; no percentage of a figure in doubt."""
    filters = with_measure(view.filters, view.measure.measure_id)
    changes = filtered_changes(view, view.measure, filters)
    row = next((r for r in changes.rows if r.unit_id == unit.unit_id), None)
    if row is None or not row.is_comparable:
        return view.t(f"yoy.grade.{row.grade}" if row else "yoy.grade.missing")
    then = amount_in(view, row.base_value, row.base_qualifier, view.filters.base_year)
    now = amount_in(view, row.value, row.qualifier, view.filters.year)
    if unit.unit_id in doubted_units(view, ChangeSet((row,), None)):
        change = view.t("doubt.mark")
    elif view.measure.kind == "coverage":
        change = signed_points(row.change, view.lang)
    else:
        change = change_percent(view, row) if row.pct is not None else base_words(view, row)
    grade = view.t(f"yoy.grade.{row.grade}")
    return view.t("unit_deck.change.line", base=then, now=now, change=change, grade=grade)


def findings_screen(view: View, unit: RosterUnit) -> Screen:
    """What is due and missing, and what the checks found."""
    found = open_findings(view, unit)
    owed = owed_words(duties_in(for_all_units(view)), unit.unit_id)
    lines = [Line(owed), *(Line(finding_words(view, finding)) for finding in found[:MAX_FINDINGS])]
    note = view.t("report.brief.more", n=len(found) - MAX_FINDINGS) if len(found) > MAX_FINDINGS else ""
    said = view.t("district.findings", n=len(found)) if found else view.t("district.findings.none")
    return Screen("findings", view.t("quality.findings"), Headline(said, ""), lines=tuple(lines), note=note)
