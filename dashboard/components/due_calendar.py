"""The calendar of due dates: month by month, each with how many came in time, late or not; a line where the day stands."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from dashboard.components.duty_matrix import MARKS
from dashboard.components.markup import esc, show, wrap
from dashboard.components.reporting_view import ReportingView
from dashboard.records.reporting import DueDate

COUNTED = (
    ("met", "n_met"), ("met_late", "n_late"), ("soft", "n_soft"), ("missing", "n_missing"),
    ("no_evidence", "n_no_evidence"), ("not_due", "n_not_due"),
)  # fmt: skip


def show_calendar(view: ReportingView, dues: Sequence[DueDate]) -> None:
    """All due dates in order of time; before anything has come in, without bars and at full length."""
    html, told = "", False
    css = "atlas-dues" if any(due.n_asked for due in dues) else "atlas-dues whole"
    for month, group in groupby(dues, key=lambda d: f"{d.due_at:%Y-%m}"):
        html += f"<h3>{esc(view.t('reporting.month', year=month[:4], month=view.month_words(month)))}</h3>"
        for due in group:
            if due.due_at > view.moment and not told:
                html += f'<div class="now">{esc(view.until_words)}</div>'
                told = True
            html += _due_html(view, due)
    show(f'<div class="{css}" tabindex="0" role="region" aria-label="{esc(view.t("reporting.calendar"))}">{html}</div>')


def due_when(view: ReportingView, due: DueDate) -> str:
    """6月3日 周四 15:00; without an hour where the notice names none."""
    week = view.t("reporting.weekdays").split()[due.due_at.weekday()]
    hour = f" {due.due_at:%H:%M}" if due.has_hour else ""
    return f"{view.date_words(due.due_at)} {week}{hour}"


def state_counts(due: DueDate) -> list[tuple[str, int]]:
    """State -> how many units are in it."""
    return [(state, getattr(due, field)) for state, field in COUNTED]


def _due_html(view: ReportingView, due: DueDate) -> str:
    when, counts = due_when(view, due), state_counts(due)
    whole = sum(n for _, n in counts)
    segments = "".join(
        f'<i class="{esc(MARKS[state])}" style="width:{100 * n / whole:.2f}%"></i>' for state, n in counts if n
    )
    told = view.t("names.separator").join(view.t(f"reporting.count.{state}", n=n) for state, n in counts if n)
    what = view.pick(due.short_zh, due.short_en) + (view.t("reporting.own.mark") if due.owed_by == "office" else "")
    css = "due" if due.due_at <= view.moment else "due later"
    parts = (("time", when), ("what", what), ("bar", None), ("told", told))
    cells = "".join(
        f'<span class="{css_of}">{segments if text is None else esc(text)}</span>'
        for css_of, text in parts
        if whole or text
    )
    return wrap("div", cells, css)
