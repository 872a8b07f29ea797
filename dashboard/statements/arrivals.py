"""What is said of arrivals: how many of those due have come, day by day against what was due."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from dashboard.charts.arrivals import ArrivalWords, Step, cumulate, draw_arrivals, span_of, tick_days
from dashboard.components.chart import Drawing
from dashboard.components.chart_table import matrix_table
from dashboard.components.reporting_view import ReportingView
from dashboard.reporting import Arrivals, arrivals_of
from dashboard.sentences import Headline
from dashboard.statements.duties import Duties
from dashboard.tables import Column, Table

ALL = ""
A_YEAR = 366


def duty_names(duties: Duties) -> dict[str, str]:
    """The duties whose arrivals can be drawn; all reports together first."""
    view = duties.view
    return {ALL: view.t("reporting.arrivals.all")} | {
        group[0].duty_id: view.pick(group[0].label_zh, group[0].label_en) for group in duties.groups
    }


def arrivals_headline(view: ReportingView, what: str, found: Arrivals) -> Headline:
    """How many of those due have come, how many came early, how many there are in all."""
    early = len(found.came) - found.n_due_came
    caveat = view.t("reporting.arrivals.early", n=early) if early else ""
    caveat += view.t("reporting.arrivals.caveat", m=len(found.due))
    return Headline(view.t("reporting.arrivals.headline", what=what, n=found.n_due_came, m=found.n_due), caveat)


def arrivals_drawing(duties: Duties, duty_id: str = ALL) -> Drawing:
    """Arrivals of a duty, or of all reports; its table has no rows where nothing is asked."""
    view = duties.view
    found = arrivals_of(duties.rows, duty_id, view.moment)
    due, received = cumulate(found.due), cumulate(found.came)
    told = arrivals_headline(view, duty_names(duties)[duty_id], found)
    first, last = span_of(due, received)
    ticks = {day: tick_words(view, day, with_year=(last - first).days > A_YEAR) for day in tick_days(first, last)}
    words = ArrivalWords(
        view.t("reporting.arrivals.due", n=len(found.due)), view.t("reporting.arrivals.received", n=len(found.came)),
        view.as_of_words, ticks,
    )  # fmt: skip
    figure = draw_arrivals(due, received, words, view.moment.date())
    table = arrivals_table(view, due, received)
    return Drawing("arrivals", view.t("reporting.arrivals"), figure, told, table, of_measure=False)


def tick_words(view: ReportingView, day: date, *, with_year: bool) -> str:
    """7月, 2026年7月 where the axis is longer than a year, 6/14 within a month."""
    if day.day != 1:
        return f"{day.month}/{day.day}"
    month = view.month_words(f"{day:%Y-%m}")
    return view.t("reporting.arrivals.month", month=month, year=day.year) if with_year else month


def arrivals_table(view: ReportingView, due: Sequence[Step], received: Sequence[Step]) -> Table:
    """One row per day on which something was due or came: how many by its end."""
    columns = (
        Column(view.t("table.day"), is_short=True),
        Column(view.t("table.due"), is_number=True),
        Column(view.t("table.received"), is_number=True),
    )
    days = sorted({step.day for step in (*due, *received)})

    def by(day: date, steps: Sequence[Step]) -> float:
        return float(max((s.count for s in steps if s.day <= day), default=0))

    rows = ((day.isoformat(), (by(day, due), by(day, received))) for day in days)
    return matrix_table(view.t("reporting.arrivals"), columns, rows)
