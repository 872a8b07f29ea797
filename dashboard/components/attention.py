"""What a reader must know before quoting a figure: who is silent, what is wrong, what is refused, what is rough."""

from __future__ import annotations

from collections.abc import Container
from urllib.parse import urlencode

from dashboard import queries
from dashboard.components.changes import selected_total, total_change
from dashboard.components.doubt import doubt_items
from dashboard.components.matrix import district_href
from dashboard.components.nav import known_pages
from dashboard.components.page import View
from dashboard.components.parts import Linked
from dashboard.filters import to_query
from dashboard.records import Finding, RefusedFile, UnitReport, UnitValue
from dashboard.sentences import join_names, refusal_reasons, short
from dashboard.totals import units_without_population

LEADING = ("participation", "hazards_exposed", "public_reports", "activity_coverage")
QUALITY = "data_quality"
MAX_ERRORS = 3
MAX_FILES = 3
MAX_NAMES = 6


def attention(
    view: View, reports: tuple[UnitReport, ...], rows: tuple[UnitValue, ...], said: str = ""
) -> list[str | Linked]:
    """The list of the page, for the units chosen; `said`: what stands below its headlines already."""
    items: list[str | Linked] = [*doubt_items(view, view.choices.measures, said), *silent(view, reports)]
    items += in_data(view, reports)
    items += refused(view)
    items += bounded(view)
    items += partial(view, rows)
    return items or [view.t("overview.attention.none")]


def report_attention(
    view: View, reports: tuple[UnitReport, ...], rows: tuple[UnitValue, ...], explained: Container[str]
) -> list[str | Linked]:
    """The list of a report, without what its text says elsewhere: who is silent, bounds of totals, why measures (`explained`) are not compared."""
    items: list[str | Linked] = [*doubt_items(view, view.choices.measures), *in_data(view, reports)]
    items += refused(view, explained)
    items += partial(view, rows)
    return items or [view.t("overview.attention.none")]


def silent(view: View, reports: tuple[UnitReport, ...]) -> list[str]:
    """Who did not report."""
    names = [view.pick(r.short_zh, r.name_en) for r in reports if r.state != "reported"]
    told = join_names(names, view.lang, MAX_NAMES)
    return [view.t("overview.attention.missing", n=len(names), names=told)] if names else []


def bounded(view: View) -> list[str]:
    """That the total is a lower bound."""
    total = selected_total(view, view.measure)
    if total is None or total.value is None or total.qualifier != "at_least":
        return []
    return [view.t("overview.attention.at_least", label=view.measure_label)]


def in_data(view: View, reports: tuple[UnitReport, ...]) -> list[str | Linked]:
    """What came in and is not in the figures: units outside the roster, files refused, errors."""
    items: list[str | Linked] = []
    outside = queries.query_outside_roster(view.source, view.campaign.campaign_id)
    if outside:
        names = join_names([view.pick(u.short_zh, u.name_en) for u in outside], view.lang, MAX_NAMES)
        items.append(view.t("overview.attention.outside", n=len(outside), names=names))
    items += refused_files(view)
    items += errors(view, {report.unit_id for report in reports})
    return items


def partial(view: View, rows: tuple[UnitValue, ...]) -> list[str]:
    """How many units have only part of the figures, and who has no rate."""
    items = []
    if n := sum(1 for row in rows if row.state == "partial"):
        items.append(view.t("overview.attention.partial", label=view.measure_label, n=n))
    homeless = [short(row, view.lang) for row in units_without_population(rows)]
    if view.filters.per_10k and homeless:
        items.append(view.t("overview.attention.population", names=join_names(homeless, view.lang, MAX_NAMES)))
    return items


def errors(view: View, units: set[str]) -> list[str | Linked]:
    """Errors in what counts now, the first of them in words; the rest where they can be read."""
    findings = queries.query_findings(view.source, view.campaign.campaign_id)
    found = [
        f
        for f in findings
        if f.level == "error" and f.is_open and f.status == "current" and (f.unit_id is None or f.unit_id in units)
    ]
    items = [finding_words(view, f) for f in found[:MAX_ERRORS]]
    rest = found[MAX_ERRORS:]
    if rest and QUALITY in known_pages():
        href = f"{QUALITY}?{urlencode(to_query(view.filters))}"
        items.append(
            Linked(
                href,
                view.t("overview.attention.errors.page"),
                view.t("overview.attention.errors.linked", n=len(rest)),
            )
        )
    elif rest:
        names = list(dict.fromkeys(view.pick(f.unit_zh, f.unit_en) for f in rest if f.unit_id))
        items.append(view.t("overview.attention.errors", n=len(rest), names=join_names(names, view.lang, MAX_NAMES)))
    return items


def finding_words(view: View, finding: Finding) -> str | Linked:
    """What a finding means for the figures, with the unit (a link to its page) and the blank it is about."""
    unit, message = view.pick(finding.unit_zh, finding.unit_en), view.pick(finding.meaning_zh, finding.meaning_en)
    label = view.pick(finding.indicator_zh, finding.indicator_en)
    words = view.t("attention.finding", indicator=label, message=message) if label else message
    if not unit or finding.unit_id is None:
        return words
    return Linked(district_href(view, finding.unit_id), unit, view.t("overview.attention.finding", message=words))


def refused_files(view: View) -> list[str | Linked]:
    """Files that were refused: of this campaign, and of no known one."""
    files = queries.query_refused_files(view.source, view.campaign.campaign_id)
    items: list[str | Linked] = [refused_words(view, file) for file in files[:MAX_FILES]]
    if len(files) > MAX_FILES:
        names = [file.source_name.rsplit("/", 1)[-1] for file in files[MAX_FILES:]]
        names_text = join_names(names, view.lang, MAX_FILES)
        items.append(view.t("overview.attention.refused_more", n=len(names), names=names_text))
    return items


def refused_words(view: View, file: RefusedFile) -> str:
    """One refused file with its reason."""
    name = file.source_name.rsplit("/", 1)[-1]
    reason = view.pick(file.reason_zh, file.reason_en)
    if file.is_homeless:
        return view.t("overview.attention.refused_file.homeless", file=name, reason=reason)
    unit = view.pick(file.short_zh, file.name_en)
    words = view.t("overview.attention.refused_file.unit", name=unit) if unit else ""
    return view.t("overview.attention.refused_file", unit=words, file=name, reason=reason)


def refused(view: View, explained: Container[str] = ()) -> list[str]:
    """Comparisons of the leading measures that the catalogue refuses, with the first reason; not of those explained elsewhere."""
    if view.filters.base_year is None:
        return []
    items = []
    for measure in (m for m in view.choices.measures if m.measure_id in (*LEADING, view.measure.measure_id)):
        total = total_change(view, measure) if measure.measure_id not in explained else None
        if total is not None and total.grade == "refuse":
            label = view.pick(measure.label_zh, measure.label_en)
            why = refusal_reasons(total, view.lang, 1)
            items.append(view.t("overview.attention.refused", label=label, base=view.filters.base_year, reason=why))
    return items
