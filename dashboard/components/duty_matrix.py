"""Units by due dates: a column for every due date, grouped by duty; each state has its own colour and mark."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dashboard.components.markup import esc, show, tag, wrap
from dashboard.components.matrix import Mark, district_href, marks_legend
from dashboard.components.reporting_view import ReportingView
from dashboard.format import NOTHING
from dashboard.records.reporting import DueDate, DutyState
from dashboard.reporting import MET, UNJUDGED, UnitDuties

MOST_WIDE = 12  # with more due dates the head of a single column stands upright

# state -> class in atlas.css; its mark is reporting.mark.<state>.
MARKS = {
    "met": "m-held",
    "met_late": "m-late",
    "soft": "m-soft",
    "missing": "m-zero",
    "no_evidence": "m-na",
    "not_applicable": "m-off",
    "not_due": "m-due",
}


def marks(view: ReportingView) -> dict[str, Mark]:
    """The marks with their words."""
    return {s: Mark(css, view.t(f"reporting.mark.{s}"), view.t(f"reporting.state.{s}")) for s, css in MARKS.items()}


def show_duty_matrix(
    view: ReportingView, duties: Sequence[Sequence[DueDate]], units: Sequence[UnitDuties], label: str
) -> None:
    """Legend and matrix."""
    words = marks(view)
    show(marks_legend(words, [row.state for unit in units for row in unit.rows]))
    order = [(due.duty_id, due.due_no) for duty in duties for due in duty]
    body = "".join(_unit_html(view, unit, order, words) for unit in units)
    table = wrap("table", wrap("thead", _heads(view, duties, units)) + wrap("tbody", body))
    css = "atlas-matrix atlas-duties many" if len(order) > MOST_WIDE else "atlas-matrix atlas-duties"
    # Columns of one width: the table grows with their number up to the page's width, and no further.
    show(
        f'<div class="{css}" style="--dues:{len(order)}" tabindex="0" role="region" aria-label="{esc(label)}">{table}</div>'
    )


def _heads(view: ReportingView, duties: Sequence[Sequence[DueDate]], units: Sequence[UnitDuties]) -> str:
    """Two rows of heads: the duty over its due dates; each due date with n met of the m that can be judged."""
    top, below = "<th></th>", "<th></th>"
    found: dict[tuple[str, int], list[str]] = {}
    for unit in units:
        for row in unit.rows:
            found.setdefault((row.duty_id, row.due_no), []).append(row.state)
    for duty in duties:
        name, tip = view.pick(duty[0].short_zh, duty[0].short_en), view.pick(duty[0].label_zh, duty[0].label_en)
        css = "g" if len(duty) > 1 else "g one"
        top += f'<th colspan="{len(duty)}" class="{css}" title="{esc(tip)}"><span>{esc(name)}</span></th>'
        for n, due in enumerate(duty):
            states = [s for s in found.get((due.duty_id, due.due_no), []) if s not in UNJUDGED]
            met = sum(s in MET for s in states)
            when = (
                view.month_words(due.period_key) if due.period == "monthly" else f"{due.due_at.month}/{due.due_at.day}"
            )
            css = ' class="g"' if n == 0 else ""
            count = f"{met}/{len(states)}" if states else NOTHING
            below += f"<th{css}>{esc(when)}<small>{esc(count)}</small></th>"
    return wrap("tr", top) + wrap("tr", below)


def _unit_html(view: ReportingView, unit: UnitDuties, order: list[tuple[str, int]], words: Mapping[str, Mark]) -> str:
    link = f'<a href="{esc(district_href(view, unit.unit_id))}" target="_self">{esc(view.name(unit.first))}</a>'
    rows = {(row.duty_id, row.due_no): row for row in unit.rows}
    cells = ""
    for key in order:
        row = rows.get(key)
        if row is None:
            cells += "<td></td>"
            continue
        mark = words[row.state]
        over = ' data-over="1"' if row.is_over_limit else ""
        tip = esc(state_words(view, row))
        cells += f'<td class="m {esc(mark.css)}"{over} title="{tip}">{esc(mark.mark)}</td>'
    return wrap("tr", wrap("th", link) + cells)


def state_words(view: ReportingView, row: DutyState) -> str:
    """A cell in words: state, when met, what is remarked."""
    parts = [view.t(f"reporting.state.{row.state}")]
    if row.met_at:
        clock = "" if row.met_at.time().isoformat() == "00:00:00" else f" {row.met_at:%H:%M}"
        parts.append(f"{row.met_at:%Y-%m-%d}{clock}")
    if row.is_over_limit:
        parts.append(view.t("reporting.over_limit", n=row.amount))
    return " · ".join(parts)


def own_duties(view: ReportingView, dues: Sequence[DueDate], rows: Sequence[DutyState]) -> None:
    """What the collecting office itself owes, one line each."""
    words = marks(view)
    states = {(row.duty_id, row.due_no): row for row in rows if row.owed_by == "office"}
    lines = []
    for due in (d for d in dues if d.owed_by == "office"):
        row = states.get((due.duty_id, due.due_no))
        state = row.state if row else "not_due"
        mark = words[state]
        told = state_words(view, row) if row else mark.words
        due_at = view.t("reporting.due_at", day=view.date_words(due.due_at))
        text = f"{view.pick(due.label_zh, due.label_en)} · {due_at} · {told}"
        lines.append(f'<li><i class="m {esc(mark.css)}">{esc(mark.mark)}</i>{esc(text)}</li>')
    if lines:
        show(tag("h2", view.t("reporting.own"), "atlas-h2"))
        show(wrap("ul", "".join(lines), "atlas-own"))
