"""The report's text: what follows from the figures, in the usual order, and marked blanks for what only the writer knows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from dashboard.components.changes import largest_changes, shown_words
from dashboard.components.page import View, for_measure
from dashboard.format import compact, percent, plain, qualified, value_text
from dashboard.records import Change, Measure
from dashboard.reports.data import KeyNumber, ReportData
from dashboard.reports.drawings import Chart
from dashboard.sentences import join_names, refusal_reasons
from dashboard.tables import Table
from dashboard.totals import sum_values

STEADY_PCT = 0.05
MAX_NAMED = 8
MAX_PARTS = 3
QUALIFIERS = {"at_least": "at_least", "at_most": "at_most", "approx": "approx", "range": "approx"}


@dataclass(frozen=True)
class Heading:
    """A heading with its number."""

    level: int
    text: str


@dataclass(frozen=True)
class Para:
    """A paragraph; a blank is for the writer to fill."""

    text: str
    is_blank: bool = False


@dataclass(frozen=True)
class Picture:
    """A chart with its caption."""

    chart: Chart
    caption: str


@dataclass(frozen=True)
class Annex:
    """A table on a page of its own."""

    number: int
    table: Table


Block: TypeAlias = Heading | Para | Picture | Annex


def change_words(change: Change | None, measure: Measure, view: View) -> str:
    """与2021年活动同口径相比增长12.3%; why there is none otherwise. Percent and percentage points are never mixed."""
    base = view.filters.base_year
    if base is None:
        return view.t("report.change.no_base")
    if change is None or (change.grade != "refuse" and change.change is None):
        return view.t("report.change.missing", base=base)
    if change.grade == "refuse" or change.change is None:
        return view.t("report.change.refused", base=base)
    amount = abs(change.change)
    side = "rise" if change.change > 0 else "fall"
    if measure.kind == "coverage":
        steady, kind, shown = amount < STEADY_PCT, "points", plain(amount)
    elif change.pct is None:
        steady, kind = amount == 0, "amount"
        shown = f"{compact(amount, view.lang)}{gap(view)}{view.pick(measure.unit_zh, measure.unit_en)}"
    else:
        steady, kind, shown = abs(change.pct) < STEADY_PCT, "percent", percent(abs(change.pct))
    how = view.t("report.change.steady") if steady else view.t(f"report.change.{side}.{kind}", amount=shown)
    grade = view.t(f"yoy.grade.{change.grade}")
    return view.t("report.change", base=base, grade=grade, how=how, n=change.n_units)


def number_words(view: View, number: KeyNumber) -> str:
    """参与人次486.3万人次（39个单位有数），与2021年活动同口径相比增长12.3%（37个单位）。"""
    measure, total = number.measure, number.total
    label = view.pick(measure.label_zh, measure.label_en)
    if total is None or total.value is None:
        return view.t("report.number.none", label=label)
    value = amount_words(view, number)
    with_units = view.t("report.number", label=label, value=value, n=total.n_units_reported, m=total.n_units_expected)
    return view.t("report.sentence", what=with_units, change=change_words(number.change, measure, view))


def amount_words(view: View, number: KeyNumber) -> str:
    """A total with its unit, and in words that it is a lower bound or about."""
    total, measure = number.total, number.measure
    if total is None or total.value is None:
        return qualified("", "exact", view.lang)
    shown = value_text(total.value, measure.unit_zh, view.lang)
    unit = view.pick(measure.unit_zh, measure.unit_en)
    shown = shown if unit == "%" else f"{shown}{gap(view)}{unit}"
    return in_words(view, shown, total.qualifier)


def in_words(view: View, shown: str, qualifier: str) -> str:
    """不少于5,161条: a bound or an estimate in words, as a text has no room for marks."""
    kind = QUALIFIERS.get(qualifier)
    return view.t(f"report.qualifier.{kind}", value=shown) if kind else shown


def gap(view: View) -> str:
    """Between a number and its unit: nothing in Chinese, a space in English."""
    return "" if view.lang == "zh" else " "


def day_words(view: View, value: date) -> str:
    """2021年6月1日 / 1 June 2021."""
    months = view.t("month.names").split()
    return view.t("report.day", y=value.year, m=months[value.month - 1], d=value.day)


def numeral(view: View, number: int) -> str:
    """一, 二, 三 or 1, 2, 3."""
    return view.t("report.numerals").split()[number - 1]


class Numbering:
    """Numbers of headings, pictures; levels are never skipped."""

    def __init__(self, view: View) -> None:
        self._view, self._one, self._two, self._picture = view, 0, 0, 0

    def part(self, key: str, **values: object) -> Heading:
        """一、…"""
        self._one, self._two = self._one + 1, 0
        number = numeral(self._view, self._one)
        return Heading(1, self._view.t("report.level.1", n=number, text=self._view.t(key, **values)))

    def section(self, key: str) -> Heading:
        """（一）…"""
        self._two += 1
        own = numeral(self._view, self._two)
        number = own if self._view.lang == "zh" else f"{self._one}.{own}"
        return Heading(2, self._view.t("report.level.2", n=number, text=self._view.t(key)))

    def picture(self, chart: Chart | None) -> Iterator[Picture]:
        """图1 …, if there is such a chart."""
        if chart is not None:
            self._picture += 1
            yield Picture(chart, self._view.t("report.picture", n=self._picture, title=chart.title))


def outline(data: ReportData) -> tuple[Block, ...]:
    """The whole report, block by block."""
    number = Numbering(data.view)
    parts = (basics(data, number), work(data, number), compared(data, number), problems(data, number))
    blocks = [block for part in parts for block in part]
    t = data.view.t
    blocks += [number.part("report.part.next"), Para(t("report.blank.next"), is_blank=True)]
    return (*blocks, *(Annex(n, table) for n, table in enumerate(data.tables[:3], 1)))


def basics(data: ReportData, number: Numbering) -> Iterator[Block]:
    """Campaign, reporting, totals."""
    view, campaign = data.view, data.view.campaign
    yield number.part("report.part.basics")
    yield number.section("report.section.campaign")
    dates = {"start": day_words(view, campaign.starts_on), "end": day_words(view, campaign.ends_on)}
    yield Para(view.t("report.campaign", area=view.area, year=view.filters.year, **dates))
    theme = theme_words(view)
    if theme:
        yield Para(view.t("report.theme", theme=theme))
    yield Para(view.t("report.blank.organised"), is_blank=True)
    yield number.section("report.section.reporting")
    yield Para(reporting_words(data))
    yield number.section("report.section.totals")
    yield Para(view.t("report.totals.lead", n=data.n_reported, m=len(data.reports)))
    for figure in data.numbers:
        yield Para(number_words(view, figure))


def theme_words(view: View) -> str:
    """The campaign's theme; its halves stay apart in Chinese."""
    theme = view.pick(view.campaign.theme, view.campaign.theme_en)
    return theme.replace(" ", chr(0x3000)) if view.lang == "zh" else theme


def reporting_words(data: ReportData) -> str:
    """How many reported, who did not, who came late."""
    view = data.view
    words = view.t("report.reporting", n=data.n_reported, m=len(data.reports))
    if data.silent:
        names = join_names([view.pick(r.short_zh, r.name_en) for r in data.silent], view.lang, MAX_NAMED)
        words += view.t("report.reporting.silent", names=names, n=len(data.silent))
    late = sum(1 for report in data.reports if (report.days_late or 0) > 0)
    return words + (view.t("report.reporting.late", n=late) if late else view.t("headline.stop"))


def work(data: ReportData, number: Numbering) -> Iterator[Block]:
    """What was done, by theme, each with its figures and charts."""
    view = data.view
    yield number.part("report.part.work")
    for section, measure, names in (
        ("participation", "participation", ("map", "activities", "spread")),
        ("hazards", "hazards_exposed", ("map", "bars")),
        ("coverage", "activity_coverage", ("map", "filled")),
    ):
        yield number.section(f"report.section.{section}")
        yield Para(finding_words(data, measure))
        if section == "participation" and (words := activity_words(data)):
            yield Para(words)
        for name in names:
            yield from number.picture(data.chart(name, measure))
        yield Para(view.t(f"report.blank.{section}"), is_blank=True)


def finding_words(data: ReportData, measure_id: str) -> str:
    """What the page says above the measure's map; of a form that does not ask for it, just that."""
    view = for_measure(data.view, measure_id)
    if any(row.state not in ("not_asked", "not_reported") for row in data.values[measure_id]):
        return data.headlines[measure_id].sentence
    return view.t("hazards.not_asked", area=view.area, year=view.filters.year, label=view.measure_label)


def activity_words(data: ReportData) -> str:
    """The largest activities with their sums and shares; empty without a total."""
    view = data.view
    total = sum_values(row.value for row in data.activities)
    if not total:
        return ""
    unit = view.choices.measure("participation")
    unit_words = view.pick(unit.unit_zh, unit.unit_en) if unit else ""
    largest = sorted((r for r in data.activities if r.value), key=lambda r: -(r.value or 0))[:MAX_PARTS]
    parts = [
        view.t(
            "report.activity", name=view.pick(r.short_zh, r.short_en), share=percent(100 * (r.value or 0) / total),
            value=in_words(view, f"{compact(r.value, view.lang)}{gap(view)}{unit_words}", r.qualifier),
        )
        for r in largest
    ]  # fmt: skip
    return view.t("report.activities", parts=view.t("reason.glue").join(parts))


def compared(data: ReportData, number: Numbering) -> Iterator[Block]:
    """Year over year, like for like, with its basis; or why nothing is compared."""
    view = data.view
    base = view.filters.base_year
    yield number.part("report.part.compared")
    if base is None:
        yield Para(view.t("report.change.no_base") + view.t("headline.stop"))
        return
    yield Para(view.t("report.compared.lead", base=base))
    for measure_id, changes in data.changes.items():
        figure, own = data.number(measure_id), for_measure(view, measure_id)
        if figure is None:
            continue
        label = view.pick(figure.measure.label_zh, figure.measure.label_en)
        words = view.t("report.compared", label=label, change=change_words(changes.total, figure.measure, view))
        if not changes.comparable:
            yield Para(words + refusal_reasons(changes.total, view.lang))
            continue
        rise, fall = (sum(1 for r in changes.comparable if sign * (r.change or 0) > 0) for sign in (1, -1))
        yield Para(words + view.t("report.compared.units", rise=rise, fall=fall) + figure.basis)
        chart = data.chart("change", measure_id)
        yield from number.picture(chart)
        if chart and (note := shown_words(own, changes, largest_changes(changes))):
            yield Para(note)
        yield from number.picture(data.chart("change_map", measure_id))
    yield from number.picture(data.chart("history", "participation"))
    yield Para(view.t("report.blank.causes"), is_blank=True)


def problems(data: ReportData, number: Numbering) -> Iterator[Block]:
    """Problems of the work, for the writer; problems of the data, from the checks."""
    view = data.view
    yield number.part("report.part.problems")
    yield number.section("report.section.work_problems")
    yield Para(view.t("report.blank.problems"), is_blank=True)
    yield number.section("report.section.data_problems")
    for place, item in enumerate(data.attention, 1):
        yield Para(view.t("report.item", n=place, text=item.rstrip(view.t("headline.stop"))))
    errors = sum(report.n_errors for report in data.reports)
    warnings = sum(report.n_warnings for report in data.reports)
    yield Para(view.t("report.findings", errors=errors, warnings=warnings))
    yield Para(view.t("report.basis"))


def contents(data: ReportData) -> tuple[str, ...]:
    """The list of contents: headings, pictures, annexes."""
    found = []
    for block in outline(data):
        if isinstance(block, Heading):
            found.append(block.text if block.level == 1 else f"    {block.text}")
        elif isinstance(block, Picture):
            found.append(f"        {block.caption}")
        elif isinstance(block, Annex):
            found.append(data.view.t("report.annex", n=block.number, title=block.table.title))
    return tuple(found)
