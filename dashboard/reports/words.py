"""The report's text: what follows from the figures, in the usual order, and marked blanks for what only the writer knows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from dashboard.components.changes import carrying_unit, whole_in
from dashboard.components.count_unit import change_amount
from dashboard.components.form_basis import form_words, not_asked_words
from dashboard.components.mapview import unit_values
from dashboard.components.of_activity import all_activities_words, label_of, own_view
from dashboard.components.page import View
from dashboard.components.population import population_words
from dashboard.components.unit_choice import group_doubts, group_names, group_notes
from dashboard.components.year_basis import own_lines, shared_lines
from dashboard.format import compact, percent
from dashboard.reports.blocks import Annex, Block, Heading, Numbering, Para, Picture, day_words, picture
from dashboard.reports.data import KeyNumber, ReportData
from dashboard.reports.drawings import measure_headline
from dashboard.reports.duty_words import duty_paragraphs, marks_note, reporting_report
from dashboard.reports.flow import flowed
from dashboard.reports.number_words import change_words, compared_sums, gap, in_words, number_words, spelled
from dashboard.sentences import join_names, refusal_reasons, short
from dashboard.totals import ChangeSet, sum_values

MAX_NAMED = 8
MARKS = ("at_least", "at_most", "approx")
MAX_PARTS = 3


def outline(data: ReportData) -> tuple[Block, ...]:
    """The whole report, block by block."""
    number = Numbering(data.view)
    parts = [campaign_words(data, number)]
    if data.has_table:
        parts += [basics(data, number), work(data, number), compared(data, number), problems(data, number)]
    else:
        parts.append(reporting_report(data, number))
    blocks = [block for part in parts for block in part]
    t = data.view.t
    blocks += [number.part("report.part.next"), Para(t("report.blank.next"), is_blank=True)]
    return (
        *flowed(data.view, blocks),
        *(Annex(n, data.annexes[name], annex_note(data, name)) for name, n in data.annex_numbers.items()),
    )


def annex_note(data: ReportData, name: str) -> str:
    """What the marks of an annex stand for."""
    if name == "units":
        marks = data.view.t("reason.glue").join(data.view.t(f"legend.mark.{mark}") for mark in MARKS)
        said = data.view.t("report.annex.marks", marks=marks)
        return said + (population_words(data.view, unit_values(data.view)) if data.view.filters.per_10k else "")
    if name == "groups":
        return "".join((*group_notes(data.view), *group_doubts(data.view)))
    return marks_note(data.duties) if name == "matrix" else ""


def campaign_words(data: ReportData, number: Numbering) -> Iterator[Block]:
    """When the campaign ran and under which theme."""
    view, campaign = data.view, data.view.campaign
    yield number.part("report.part.basics")
    yield number.section("report.section.campaign")
    dates = {"start": day_words(view, campaign.starts_on), "end": day_words(view, campaign.ends_on)}
    yield Para(view.t("report.campaign", area=view.area, year=view.filters.year, **dates))
    theme = theme_words(view)
    if theme:
        yield Para(view.t("report.theme", theme=theme))
    yield Para(view.t("report.blank.organised"), is_blank=True)


def basics(data: ReportData, number: Numbering) -> Iterator[Block]:
    """Reporting: the table, and what else had to be sent in and done; totals."""
    view = data.view
    yield number.section("report.section.reporting")
    yield Para(reporting_words(data), see=data.annex_names("reporting"))
    yield from duty_paragraphs(data)
    yield number.section("report.section.totals")
    if words := form_words(view, "report"):
        yield Para(words)
    yield Para(view.t("report.totals.lead", n=data.n_reported, m=len(data.reports)), see=data.annex_names("units"))
    for figure in data.numbers:
        yield Para(number_words(view, figure))
    if n := data.annex_numbers.get("groups"):
        one, other = (group_names(view, chosen) for chosen in (view.filters.units, view.filters.against))
        yield Para(view.t("report.groups.annex", one=one, other=other, n=n))


def theme_words(view: View) -> str:
    """The campaign's theme; its halves stay apart in Chinese."""
    theme = view.pick(view.campaign.theme, view.campaign.theme_en)
    return theme.replace(" ", chr(0x3000)) if view.lang == "zh" else theme


def reporting_words(data: ReportData) -> str:
    """How many reported, who did not, who came late."""
    view = data.view
    day = view.filters.as_of
    words = view.t("report.as_of.everything", day=day_words(view, date.fromisoformat(day))) if day else ""
    words += view.t("report.reporting", n=data.n_reported, m=len(data.reports))
    late = sum(1 for report in data.reports if report.state == "reported" and (report.days_late or 0) > 0)
    if late:
        words += view.t("report.reporting.late", n=late)
    if data.silent:
        names = join_names([view.pick(r.short_zh, r.name_en) for r in data.silent], view.lang, MAX_NAMED)
        words += view.t("report.reporting.silent", names=names, n=len(data.silent))
    return words + view.t("headline.stop")


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
        yield Para(
            finding_words(data, measure, is_alone=False),
            see=data.annex_names("activities") if section == "coverage" else (),
        )
        if section == "participation" and (words := activity_words(data)):
            yield Para(words)
        for name in names:
            yield from picture(data.chart(name, measure))
        yield Para(view.t(f"report.blank.{section}"), is_blank=True)


def finding_words(data: ReportData, measure_id: str, *, is_alone: bool = True) -> str:
    """What the page says above the measure's map; of a form that does not ask for it, just that.

    `is_alone`: with the units that did not report, whom the report's own text has named before.
    """
    view = own_view(data.view, measure_id)
    rows = data.values[measure_id]
    if all(row.state in ("not_asked", "not_reported") for row in rows):
        return not_asked_words(view)
    reported = tuple(row for row in rows if row.state != "not_reported")
    is_whole = is_alone or len(reported) < 2  # a single row would read as if one unit were chosen
    found = data.headlines[measure_id] if is_whole else measure_headline(view, reported)
    return all_activities_words(data.view, view.measure) + spelled(view, found.sentence)


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
    shared = gap(view).join(shared_lines(view))
    lead = view.t("report.compared.lead", base=base)
    yield Para(gap(view).join((lead, view.t("report.compared.basis", lines=shared))) if shared else lead)
    for measure_id, changes in data.changes.items():
        figure = data.number(measure_id)
        if figure is not None:
            yield from compared_measure(data, figure, changes)
    if view.filters.measure not in data.changes:
        yield from picture(data.chart("history", view.filters.measure))
    yield Para(view.t("report.blank.causes"), is_blank=True)


def compared_measure(data: ReportData, figure: KeyNumber, changes: ChangeSet) -> Iterator[Block]:
    """One measure against the base year, with what is its own of the basis; its pictures where it is the one chosen."""
    view, measure = data.view, figure.measure
    own = own_view(view, measure.measure_id)
    told = change_words(changes.total, measure, view, figure.change_doubt_told)
    words = view.t("report.compared", label=label_of(view, measure), change=told)
    over_years = picture(data.chart("history", measure.measure_id))
    if not changes.comparable:
        yield Para(words + refusal_reasons(changes.total, view.lang))
        yield from over_years
        return
    rise, fall = (sum(1 for r in changes.comparable if sign * (r.change or 0) > 0) for sign in (1, -1))
    parts = (
        words, view.t("report.compared.units", rise=rise, fall=fall), carried_words(data, measure.measure_id),
        compared_sums(changes.total, measure, view), gap(view).join(own_lines(own)),
    )  # fmt: skip
    yield Para(gap(view).join(part.strip() for part in parts if part.strip()))
    for name in ("change", "change_map"):
        yield from picture(data.chart(name, measure.measure_id))
    yield from over_years


def carried_words(data: ReportData, measure_id: str) -> str:
    """The one unit that carries the net change; empty without one."""
    view, changes = own_view(data.view, measure_id), data.changes[measure_id]
    row = carrying_unit(changes, view.measure)
    if row is None:
        return ""
    sides = (
        (row.base_value, view.filters.base_year, row.base_qualifier),
        (row.value, view.filters.year, row.qualifier),
    )
    base, now = (in_words(view, whole_in(view, value, view.measure, year), kind) for value, year, kind in sides)
    amount = change_amount(view, row)
    net = changes.total.change if changes.total else None
    key = "report.compared.largest.more" if abs(row.change or 0) > abs(net or 0) else "report.compared.largest"
    return view.t(key, name=short(row, view.lang), base=base, now=now, amount=amount)


def problems(data: ReportData, number: Numbering) -> Iterator[Block]:
    """Problems of the work, for the writer; problems of the data, from the checks."""
    view = data.view
    yield number.part("report.part.problems")
    yield number.section("report.section.work_problems")
    yield Para(view.t("report.blank.problems"), is_blank=True)
    yield number.section("report.section.data_problems")
    for place, item in enumerate(data.problems, 1):
        yield Para(view.t("report.item", n=place, text=item.rstrip(view.t("headline.stop"))))
    yield Para(counted_findings(data))
    yield Para(view.t("report.basis"))


def counted_findings(data: ReportData) -> str:
    """How many errors and warnings are open, and which annex lists them."""
    levels = [finding.level for finding in data.findings]
    if not levels:
        return data.view.t("report.findings.none")
    counts = {"errors": levels.count("error"), "warnings": levels.count("warning")}
    return data.view.t("report.findings", **counts, annex=data.annex_numbers["findings"])


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
