"""What a report says of duties: how much was due and came, duty by duty, who owes what."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from dashboard.format import percent
from dashboard.records.reporting import DutyRate
from dashboard.reports.blocks import Block, Numbering, Para, day_words, picture
from dashboard.reports.data import ReportData
from dashboard.statements.duties import Duties
from dashboard.statements.duty_tables import mark_words
from dashboard.statements.reporting import missing_headline, rule_words, whole_headline

# What a duty's sentence counts, in this order; none of them is named when it is 0.
PARTS: Final = ("on_time", "late", "soft", "missing", "no_evidence", "early", "not_due")
TO_COME: Final = frozenset({"early", "not_due"})


def all_reports_words(duties: Duties) -> str:
    """Both rates over all that must be sent in, as of the view's moment."""
    view, rate = duties.view, duties.rate("")
    as_of = view.t("report.duty.as_of", day=day_words(view, view.moment))
    if not rate.n_expected:
        return as_of + view.t("report.duty.none_due")
    soft = view.t("report.duty.all.soft", n=rate.n_soft) if rate.n_soft else ""
    return as_of + view.t(
        "report.duty.all", m=rate.n_expected, n=rate.n_received, share=percent(rate.received), k=rate.n_on_time,
        on_time=percent(rate.on_time), soft=soft,
    )  # fmt: skip


def duty_sentence(duties: Duties, duty_id: str, name: str, *, is_report: bool) -> str:
    """One duty: how many were due, how many came (or were done), and how the rest stands."""
    view, rate = duties.view, duties.rate(duty_id)
    glue = view.t("names.glue")
    parts = glue.join(view.t(f"report.duty.{part}", n=n) for part, n in counted(rate) if n)
    if not rate.n_expected:
        is_to_come = all(part in TO_COME for part, n in counted(rate) if n)
        return view.t(f"report.duty.{'not_due_yet' if is_to_come else 'unjudged'}", what=name, parts=parts)
    key = "report.duty.sent" if is_report else "report.duty.done"
    return view.t(key, what=name, m=rate.n_expected, n=rate.n_received, parts=view.t("report.duty.parts", parts=parts))


def counted(rate: DutyRate) -> Iterator[tuple[str, int]]:
    """State and count, as far as the state occurs."""
    for part in PARTS:
        yield part, getattr(rate, f"n_{part}")


def by_duty(duties: Duties, *, is_report: bool) -> str:
    """A sentence of all duties that are sent in, or of all that are done; empty where there are none."""
    view = duties.view
    found = [
        duty_sentence(duties, g[0].duty_id, view.pick(g[0].short_zh, g[0].short_en), is_report=is_report)
        for g in duties.groups
        if g[0].is_report == is_report
    ]
    return view.t("reason.glue").join(found) + view.t("headline.stop") if found else ""


def missing_words(data: ReportData) -> str:
    """How many units owe how much, and who most; and which annexes tell it unit by unit."""
    duties, annexes = data.duties, data.annex_numbers
    found = missing_headline(duties.view, duties.owing, len(duties.units)).sentence
    return found + duties.view.t("report.duty.annexes", n=annexes["duties"], m=annexes["matrix"])


def duty_paragraphs(data: ReportData) -> Iterator[Para]:
    """The reporting section's paragraphs beside the table: sent in, done, who owes; none where nothing else was asked."""
    duties = data.duties
    if "duties" not in data.annexes:
        return
    yield Para(all_reports_words(duties) + by_duty(duties, is_report=True))
    if acts := by_duty(duties, is_report=False):
        yield Para(acts)
    yield Para(missing_words(data))


def reporting_report(data: ReportData, number: Numbering) -> Iterator[Block]:
    """The parts of a report whose campaign asks for no table: what was asked, what came, who owes it, how it is counted."""
    view, duties = data.view, data.duties
    yield number.part("report.part.reporting")
    yield number.section("report.section.rates")
    yield Para(all_reports_words(duties), see=data.annex_names("calendar"))
    stop = view.t("headline.stop")
    whole = whole_headline(duties.view, duties.units).sentence.removesuffix(stop) + stop
    yield Para(whole, see=data.annex_names("owing"))
    yield from picture(data.chart("arrivals", "reporting"))
    yield number.section("report.section.sent")
    yield Para(by_duty(duties, is_report=True))
    yield Para(view.t("report.blank.materials"), is_blank=True)
    if acts := by_duty(duties, is_report=False):
        yield number.section("report.section.done")
        yield Para(acts)
        yield Para(view.t("report.blank.cases"), is_blank=True)
    yield number.part("report.part.problems")
    yield number.section("report.section.owing")
    yield Para(missing_words(data))
    for place, unit in enumerate(duties.owing, 1):
        name = view.pick(unit.first.name_zh, unit.first.name_en)
        yield Para(view.t("report.duty.owing", i=place, name=name, n=len(unit.missing), what=duties.owed_words(unit)))
    yield number.section("report.section.work_problems")
    yield Para(view.t("report.blank.problems"), is_blank=True)
    yield number.section("report.section.counted")
    yield Para(rule_words(duties.view))


def marks_note(duties: Duties) -> str:
    """What the marks of the annex stand for, and in which order they stand."""
    return duties.view.t("report.duty.marks", marks=mark_words(duties))
