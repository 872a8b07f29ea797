"""Overview: key figures, one map, what changed most, what needs attention."""

from __future__ import annotations

import streamlit as st

from dashboard import queries
from dashboard.charts.bars import Bar, draw_bars
from dashboard.components.changes import (
    change_bars,
    largest_changes,
    measure_changes,
    selected_change,
    selected_total,
    total_change,
)
from dashboard.components.guard import has_figures
from dashboard.components.head import page_head
from dashboard.components.mapview import district_chooser, unit_values, value_map
from dashboard.components.markup import esc
from dashboard.components.matrix import district_href
from dashboard.components.page import View, run_page
from dashboard.components.parts import (
    KeyFigure,
    Linked,
    bullet_list,
    caption,
    config_of,
    headline,
    key_figures,
    note,
    section,
)
from dashboard.format import plain, qualified
from dashboard.records import Finding, UnitReport, UnitValue
from dashboard.sentences import (
    change_headline,
    compact_or_mark,
    delta_text,
    join_names,
    short,
    spread_headline,
    total_text,
    value_words,
)
from dashboard.theme import strong
from dashboard.totals import ChangeSet, units_without_population

LEADING = ("participation", "hazards_exposed", "public_reports", "activity_coverage")
MAX_BARS = 14
MAX_ERRORS = 3


def figures(view: View, reports: tuple[UnitReport, ...]) -> list[KeyFigure]:
    """Key figures of the leading measures over the kind of unit chosen and all activities, and who reported."""
    shown = []
    for measure in (m for m in view.choices.measures if m.measure_id in LEADING):
        total = selected_total(view, measure)
        change = selected_change(view, measure)
        label = view.t(
            "overview.figure", label=view.pick(measure.label_zh, measure.label_en),
            unit=view.pick(measure.unit_zh, measure.unit_en),
        )  # fmt: skip
        value = total_text(total, measure, view.lang)
        delta = delta_text(change, measure, view.filters.base_year, view.lang)
        definition = view.pick(measure.definition_zh, measure.definition_en)
        shown.append(KeyFigure(label, value, delta, measure.hue, definition))
    missing = sum(1 for report in reports if report.state != "reported")
    rest = view.t("overview.reporting.missing", n=missing) if missing else view.t("overview.reporting.all")
    share = f"{len(reports) - missing} / {len(reports)}"
    return [*shown, KeyFigure(view.t("overview.reporting"), share, rest, "neutral")]


def value_bars(view: View, rows: tuple[UnitValue, ...]) -> None:
    """Where nothing can be compared: the values, in administrative order."""
    bars = [
        Bar(
            row.unit_id, short(row, view.lang), row.value, compact_or_mark(row, view.measure, view.lang),
            esc(value_words(row, view.measure, view.lang, per_10k=view.filters.per_10k)),
        )
        for row in rows[:MAX_BARS]
    ]  # fmt: skip
    figure = draw_bars(bars, strong(view.measure.hue))
    st.plotly_chart(figure, theme=None, key="values", config=config_of(view, view.t("chart.bars")))


def attention(
    view: View, reports: tuple[UnitReport, ...], rows: tuple[UnitValue, ...], changes: ChangeSet
) -> list[str | Linked]:
    """What a reader must know before quoting a figure of this page."""
    lang, label = view.lang, view.measure_label
    items: list[str | Linked] = []
    silent = [view.pick(r.short_zh, r.name_en) for r in reports if r.state != "reported"]
    if silent:
        items.append(view.t("overview.attention.missing", n=len(silent), names=join_names(silent, lang, 6)))
    errors = [f for f in queries.query_findings(view.source, view.campaign.campaign_id) if f.level == "error"]
    items += [finding_words(view, f) for f in errors[:MAX_ERRORS]]
    if len(errors) > MAX_ERRORS:
        items.append(view.t("overview.attention.errors", n=len(errors) - MAX_ERRORS))
    items += refused(view)
    total = queries.query_totals(view.source, view.campaign.campaign_id).get(view.measure.measure_id)
    if total and total.value is not None and total.qualifier == "at_least":
        items.append(view.t("overview.attention.at_least", label=label))
    partial = sum(1 for row in rows if row.state == "partial")
    if partial:
        items.append(view.t("overview.attention.partial", label=label, n=partial))
    homeless = [short(row, lang) for row in units_without_population(rows)]
    if view.filters.per_10k and homeless:
        items.append(view.t("overview.attention.population", names=join_names(homeless, lang, 6)))
    return items or [view.t("overview.attention.none")]


def finding_words(view: View, finding: Finding) -> str | Linked:
    """A finding with the unit (a link to its page) and the blank it is about."""
    unit, message = view.pick(finding.unit_zh, finding.unit_en), view.pick(finding.message_zh, finding.message_en)
    label = view.pick(finding.indicator_zh, finding.indicator_en)
    words = view.t("attention.finding", indicator=label, message=message) if label else message
    if not unit or finding.unit_id is None:
        return words
    return Linked(district_href(view, finding.unit_id), unit, view.t("overview.attention.finding", message=words))


def refused(view: View) -> list[str]:
    """Comparisons of the leading measures that the catalogue refuses, with the reason."""
    if view.filters.base_year is None:
        return []
    items = []
    for measure in (m for m in view.choices.measures if m.measure_id in (*LEADING, view.measure.measure_id)):
        total = total_change(view, measure)
        if total is not None and total.grade == "refuse":
            label, reason = view.pick(measure.label_zh, measure.label_en), view.pick(total.note_zh, total.note_en)
            items.append(view.t("overview.attention.refused", label=label, base=view.filters.base_year, reason=reason))
    return items


def national_line(view: View) -> None:
    """Published national totals of the year, where they count the same thing."""
    facts = [
        fact
        for measure in view.choices.measures
        if measure.measure_id in LEADING
        for fact in queries.query_national_facts(view.source, view.filters.year, measure.measure_id)
    ]
    items = [
        # As printed in Chinese: 1.02万条 must not become 1万.
        f"{view.pick(f.label_zh, f.label_en)} "
        + (f"{f.raw}{f.unit}" if view.lang == "zh" and f.raw else qualified(plain(f.value), f.qualifier, view.lang))
        for f in facts
        if f.value is not None
    ]
    if items:
        glue = "、" if view.lang == "zh" else "; "
        note(view.t("overview.national", year=view.filters.year, items=glue.join(items)))


def render(view: View) -> None:
    """Filters, key figures, map and changes side by side, what needs attention."""
    page_head(view)
    if not has_figures(view):
        return
    reports = queries.query_unit_reports(view.source, view.campaign.campaign_id)
    key_figures(figures(view, reports))
    rows = unit_values(view)
    changes = measure_changes(view)
    left, right = st.columns([1.42, 1], gap="large")
    with left:
        spread = spread_headline(rows, view.measure, view.lang, per_10k=view.filters.per_10k)
        headline(spread)
        value_map(view, rows, spread.sentence)
        district_chooser(view)
    with right:
        headline(change_headline(changes, view.measure, view.lang))
        if changes.comparable:
            change_bars(view, largest_changes(changes))
        else:
            value_bars(view, rows)
        section(view.t("overview.attention"))
        bullet_list(attention(view, reports, rows, changes))
        national_line(view)
    caption(view)


if __name__ == "__main__":
    run_page("overview", render)
