"""The view of the Reporting page: a moment, and words of its own under charts and in downloads."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from dashboard.components.page import View
from dashboard.filter_words import describe_place
from dashboard.format import day
from dashboard.queries.reporting import query_clock
from dashboard.records import Measure
from dashboard.records.reporting import DueDate, DutyState
from dashboard.reporting import moment_of
from dashboard.texts import text


@dataclass(frozen=True)
class ReportingView(View):
    """A view with the moment up to which states are told."""

    moment: datetime = datetime(1970, 1, 1)

    @property
    def words(self) -> str:
        """Area, year, kind of unit, and as of when: a day that was asked for, or the last arrival or due date."""
        return describe_place(self.filters, self.choices) + self.t("filter.words.separator") + self.until_words

    @property
    def until_words(self) -> str:
        """As of when, and what the day is where none was asked for: 截至 2026-10-31（最近收件或到期日）."""
        return self.as_of_words if self.filters.as_of else self.t("reporting.as_of_newest", day=day(self.moment))

    @property
    def as_of_words(self) -> str:
        """截至 2021-06-18."""
        return self.t("reporting.as_of", day=day(self.moment))

    @property
    def cut_words(self) -> str:
        """That the day asked for is after all that is known; empty when it is not."""
        asked = self.filters.as_of
        is_cut = bool(asked) and date.fromisoformat(asked) > self.moment.date()
        return self.t("reporting.cut", asked=asked, day=day(self.moment)) if is_cut else ""

    def name(self, row: DutyState) -> str:
        """A unit's short name."""
        return self.pick(row.short_zh, row.name_en)

    def date_words(self, value: date | datetime, *, with_hour: bool = False) -> str:
        """6月3日 15:00, or 3 Jun 15:00."""
        words = self.t("reporting.date", month=self.month_words(f"{value:%Y-%m}"), day=value.day)
        return f"{words} {value:%H:%M}" if with_hour and isinstance(value, datetime) else words

    def month_words(self, key: str) -> str:
        """“2021-06” as 6月 or Jun."""
        return self.t("month.names").split()[int(key[-2:]) - 1]

    def due_words(self, due: DueDate) -> str:
        """What falls due, with its period: 每周材料（6月3日 15:00）, 曝光案例（6月）."""
        short = self.pick(due.short_zh, due.short_en)
        when = self.month_words(due.period_key) if due.period == "monthly" else self.date_words(due.due_at, with_hour=due.has_hour)  # fmt: skip
        return self.t("reporting.due_words", what=short, when=when)


def reporting_view(view: View) -> ReportingView:
    """The view with its moment, and the reporting rate in the place of a measure."""
    words = {
        f"{name}_{lang}": text(lang, f"reporting.measure.{name}")
        for name in ("label", "definition")
        for lang in ("zh", "en")
    }
    measure = Measure(
        "reporting", "rate", "%", "%", words["label_zh"], words["label_en"], "participation", False, False,
        words["definition_zh"], words["definition_en"],
    )  # fmt: skip
    moment = moment_of(view.filters.as_of, query_clock(view.source, view.campaign.campaign_id))
    return ReportingView(view.page, view.source, view.choices, view.filters, view.campaign, measure, moment)
