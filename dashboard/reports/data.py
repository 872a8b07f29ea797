"""What a report says, gathered once from the pages' queries; every format is written from this."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from dashboard import queries
from dashboard.components.attention import attention, report_attention
from dashboard.components.changes import basis_words, figure_label, measure_changes, selected_change, selected_total
from dashboard.components.doubt import card_words, doubt_words, doubted_change, doubted_total, figure_delta, total_words
from dashboard.components.mapview import unit_values
from dashboard.components.of_activity import own_view
from dashboard.components.page import View, for_totals
from dashboard.components.parts import Linked
from dashboard.components.reported import chosen_reports
from dashboard.records import Activity, ActivityValue, Change, Finding, HeldState, Measure, Total, UnitReport, UnitValue
from dashboard.reports.annexes import open_findings
from dashboard.reports.chart import Chart
from dashboard.reports.drawings import draw_named, measure_headline
from dashboard.reports.opening import CannotReport
from dashboard.reports.stamp import Stamp, duty_stamp, make_stamp, with_groups
from dashboard.reports.tables import annex_tables, duty_annexes, duty_sheets, report_tables
from dashboard.sentences import Headline, total_text
from dashboard.statements.duties import Duties, duties_in
from dashboard.statements.participation import activity_rows
from dashboard.tables import Table
from dashboard.totals import ChangeSet

LEADING: Final = ("participation", "hazards_exposed", "activity_coverage")
# The charts of a report, in the order of its text; those between years are of the measure chosen.
CHARTS: Final = (
    ("map", "participation"), ("activities", "participation"), ("spread", "participation"),
    ("map", "hazards_exposed"), ("bars", "hazards_exposed"), ("map", "activity_coverage"), ("filled", "activity_coverage"),
    ("change", ""), ("change_map", ""), ("history", ""),
)  # fmt: skip


@dataclass(frozen=True)
class KeyNumber:
    """A measure's total over the selection, its like-for-like change, and what is doubtful in either (empty: nothing)."""

    measure: Measure
    label: str
    total: Total | None
    change: Change | None
    shown: str
    delta: str
    basis: str
    doubt: str
    change_doubt: str
    # The same in few words, for a text that lists the whole elsewhere.
    doubt_told: str
    change_doubt_told: str
    change_doubt_alone: str  # of it what the total does not rest on, so that no value is said twice in a sentence


@dataclass(frozen=True)
class ReportData:
    """One report: who, numbers, sentences, charts and tables, in one language."""

    view: View
    title: str
    stamp: Stamp
    numbers: tuple[KeyNumber, ...]
    reports: tuple[UnitReport, ...]
    values: Mapping[str, tuple[UnitValue, ...]]
    changes: Mapping[str, ChangeSet]
    headlines: Mapping[str, Headline]
    activities: tuple[ActivityValue, ...]
    held: tuple[HeldState, ...]
    asked: tuple[Activity, ...]
    attention: tuple[str, ...]
    problems: tuple[str, ...]  # of these what the report's own text says nowhere else
    charts: tuple[Chart, ...]
    findings: tuple[Finding, ...]
    duties: Duties
    annexes: Mapping[str, Table]  # in the order of their numbers
    tables: tuple[Table, ...]  # the annexes first

    @property
    def has_table(self) -> bool:
        """Whether the campaign asks for a table of figures; without one the report is on reporting."""
        return self.view.campaign.form_id is not None

    @property
    def annex_numbers(self) -> dict[str, int]:
        """An annex's name -> its number."""
        return {name: number for number, name in enumerate(self.annexes, 1)}

    def annex_names(self, *names: str) -> tuple[str, ...]:
        """附件1 … of those of these annexes that the report has."""
        numbers = self.annex_numbers
        return tuple(self.view.t("report.annex.head", n=numbers[name]) for name in names if name in numbers)

    @property
    def silent(self) -> tuple[UnitReport, ...]:
        """Units that did not report."""
        return tuple(report for report in self.reports if report.state != "reported")

    @property
    def n_reported(self) -> int:
        """How many of the units chosen reported."""
        return len(self.reports) - len(self.silent)

    def number(self, measure_id: str) -> KeyNumber | None:
        """The key number of a measure."""
        return next((n for n in self.numbers if n.measure.measure_id == measure_id), None)

    def chart(self, name: str, measure_id: str) -> Chart | None:
        """A chart of this report."""
        return next((c for c in self.charts if c.key == f"{name}:{measure_id}"), None)


def gather(view: View, charts: tuple[tuple[str, str], ...] = CHARTS) -> ReportData:
    """All of a report; on reporting alone where no table is asked for. Raises CannotReport where nothing came in."""
    duties = duties_in(view)
    if view.campaign.form_id is None and duties.units:
        return gather_duties(view, duties)
    form = need_figures(view)
    totals = for_totals(view)
    reports = chosen_reports(view)
    n_reported = sum(report.state == "reported" for report in reports)
    chosen = view.filters.measure
    views = {m: own_view(view, m) for m in dict.fromkeys((*LEADING, chosen))}
    values = {m: unit_values(v) for m, v in views.items()}
    held = queries.query_held_states(view.source, view.campaign.campaign_id, view.filters.scope)
    asked = queries.query_activities(view.source, form)
    heads = {m: measure_headline(v, values[m]) for m, v in views.items()}
    valued = {m for m, rows in values.items() if any(row.value is not None for row in rows)}
    drawn = (draw_named(view, name, m or chosen) for name, m in charts if (m or chosen) in valued)
    changes = {m: measure_changes(for_totals(v)) for m, v in views.items()}
    people = for_totals(views["participation"])
    findings = open_findings(view, reports)
    annexes = annex_tables(totals, reports, asked, held, findings) | duty_annexes(duties)
    valued_people = unit_values(people)
    return ReportData(
        view=view,
        title=view.t("report.title", area=view.area, year=view.filters.year),
        stamp=with_groups(make_stamp(view, n_reported, len(reports)), view),
        numbers=tuple(key_number(totals, m) for m in view.choices.measures if is_asked(totals, m)),
        reports=reports, values=values, changes=changes, headlines=heads, activities=activity_rows(people),
        held=held, asked=asked,
        attention=plain_items(attention(people, reports, valued_people)),
        problems=plain_items(report_attention(people, reports, valued_people, changes)),
        charts=tuple(chart for chart in drawn if chart is not None),
        findings=findings, duties=duties, annexes=annexes,
        tables=(*annexes.values(), *report_tables(totals, asked, held), *duty_sheets(duties)),
    )  # fmt: skip


def plain_items(items: Sequence[str | Linked]) -> tuple[str, ...]:
    """The list of what needs attention without its links."""
    return tuple(f"{n.link}{n.rest}" if isinstance(n, Linked) else n for n in items)


def need_figures(view: View) -> str:
    """The campaign's form. Raises CannotReport where there is none, or nothing came in."""
    if view.campaign.form_id is None or not view.campaign.has_data:
        raise CannotReport(
            "notice.no_table" if view.campaign.form_id is None else "notice.no_data",
            area=(view.campaign.jurisdiction_zh, view.campaign.jurisdiction_en), year=view.filters.year,
            m=view.campaign.n_units_expected,
        )  # fmt: skip
    return view.campaign.form_id


def gather_duties(view: View, duties: Duties) -> ReportData:
    """The report of a campaign that asks for no table: who sent what, and when."""
    annexes = duty_annexes(duties, whole=True)
    drawn = draw_named(view, "arrivals", view.measure.measure_id)
    return ReportData(
        view=view, title=view.t("report.duty.title", area=view.area, year=view.filters.year), stamp=duty_stamp(duties),
        numbers=(), reports=(), values={}, changes={}, headlines={}, activities=(), held=(), asked=(), attention=(), problems=(),
        charts=(drawn,) if drawn is not None else (), findings=(), duties=duties, annexes=annexes,
        tables=(*annexes.values(), *duty_sheets(duties)),
    )  # fmt: skip


def is_asked(view: View, measure: Measure) -> bool:
    """Whether the campaign has a figure of this measure, or should have."""
    total = selected_total(view, measure)
    return measure.measure_id in LEADING or (total is not None and total.value is not None)


def key_number(view: View, measure: Measure) -> KeyNumber:
    """A measure's total and change under the filters, in numbers and as the pages say them."""
    total, change = selected_total(view, measure), selected_change(view, measure)
    of_total, of_change = doubted_total(view, measure), doubted_change(view, measure, change)
    alone = [row for row in of_change if row not in of_total]
    return KeyNumber(
        measure, figure_label(view, measure), total, change, total_text(total, measure, view.lang),
        figure_delta(view, measure, change), basis_words(view, measure, change),
        total_words(view, measure), doubt_words(view, of_change),
        card_words(view, of_total) or total_words(view, measure), card_words(view, of_change), card_words(view, alone),
    )  # fmt: skip
