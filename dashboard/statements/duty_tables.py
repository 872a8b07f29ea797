"""The tables of reporting: duty by duty, units by due dates in marks or words, the calendar, who owes what."""

from __future__ import annotations

from datetime import datetime

from dashboard.components.due_calendar import due_when, state_counts
from dashboard.components.duty_matrix import marks, state_words
from dashboard.format import percent
from dashboard.records.reporting import DueDate, DutyState
from dashboard.reporting import MET
from dashboard.statements.duties import Duties
from dashboard.tables import Cell, Column, Table

NUMBERS = ("expected", "received", "on_time", "late", "missing", "early", "soft", "no_evidence", "not_due")
SELDOM = frozenset({"early", "soft", "no_evidence", "not_due"})
Key = tuple[str, int]


def rate_table(duties: Duties, *, for_paper: bool = False) -> Table:
    """All that must be sent in, then one row per duty: due, received, rates, states, and the words of the notice.

    `for_paper` leaves out states that do not occur.
    """
    view = duties.view
    rates = (duties.rate(""), *(duties.rate(group[0].duty_id) for group in duties.groups))
    numbers = [n for n in NUMBERS if not for_paper or n not in SELDOM or any(getattr(rate, f"n_{n}") for rate in rates)]
    columns = [Column(view.t("reporting.duty"))]
    columns += [Column(view.t("reporting.rate"), "%", is_number=True), Column(view.t("reporting.on_time"), "%", is_number=True)]  # fmt: skip
    columns += [Column(view.t(f"reporting.column.{name}"), is_number=True) for name in numbers]
    columns.append(Column(view.t("reporting.basis")))
    body = []
    named = [(view.pick(g[0].label_zh, g[0].label_en), g[0].duty_id, basis_words(duties, g[0])) for g in duties.groups]
    for label, duty_id, basis in ((view.t("reporting.all_sent"), "", ""), *named):
        rate = duties.rate(duty_id)
        counts = (getattr(rate, f"n_{name}") for name in numbers)
        body.append((
            Cell(label, label), Cell(rate.received, percent(rate.received)), Cell(rate.on_time, percent(rate.on_time)),
            *(Cell(n, str(n), is_muted=not n) for n in counts), Cell(basis, basis, is_muted=True),
        ))  # fmt: skip
    return Table(view.t("reporting.by_duty"), tuple(columns), tuple(body))


def basis_words(duties: Duties, due: DueDate) -> str:
    """The notice's own words in Chinese, how they are read, and whether the notice was seen."""
    view = duties.view
    quote = view.t("reporting.quote", quote=due.quote) if due.quote and view.lang == "zh" else ""
    assumed = view.t("reporting.assumed") if due.basis == "assumed" else ""
    return view.t("reporting.basis.glue").join(x for x in (quote, view.pick(due.note_zh, due.note_en), assumed) if x)


def state_table(duties: Duties) -> Table:
    """Every unit's every due date in words, one row each."""
    view = duties.view
    labels = {due.duty_id: view.pick(due.label_zh, due.label_en) for due in duties.dues}
    heads = ("table.unit", "reporting.duty", "reporting.period", "reporting.due", "table.state", "reporting.met_at",
             "reporting.remark")  # fmt: skip
    body = []
    for row in duties.rows:
        name, label, words = view.pick(row.name_zh, row.name_en), labels[row.duty_id], state_words(view, row)
        state = view.t(f"reporting.state.{row.state}")
        body.append((
            Cell(name, name), Cell(label, label), Cell(row.period_key, row.period_key), moment_cell(row.due_at),
            Cell(state, state), moment_cell(row.met_at), Cell(words, words),
        ))  # fmt: skip
    return Table(view.t("reporting.states"), tuple(Column(view.t(head)) for head in heads), tuple(body))


def moment_cell(moment: datetime | None) -> Cell:
    """A moment to the minute, as one in a workbook; empty without one."""
    return Cell(moment.replace(second=0), f"{moment:%Y-%m-%d %H:%M}") if moment else Cell(None, "")


def rows_of(duties: Duties) -> list[tuple[str, dict[Key, DutyState]]]:
    """Each unit's name and its states by due date."""
    pick = duties.view.pick
    return [
        (pick(unit.first.name_zh, unit.first.name_en), {(row.duty_id, row.due_no): row for row in unit.rows})
        for unit in duties.units
    ]


def matrix_table(duties: Duties) -> Table:
    """Units by due dates, each cell its state in a word; what a unit is not asked stays empty."""
    view = duties.view
    order = [due for group in duties.groups for due in group]
    columns = (Column(view.t("table.unit"), is_short=True), *(Column(view.due_words(due)) for due in order))
    body = []
    for name, states in rows_of(duties):
        found = (states.get((due.duty_id, due.due_no)) for due in order)
        texts = (name, *(view.t(f"reporting.state.{row.state}") if row else "" for row in found))
        body.append(tuple(Cell(text, text) for text in texts))
    return Table(view.t("reporting.matrix"), columns, tuple(body))


def marks_table(duties: Duties) -> Table:
    """The matrix for a printed page: a column a duty, its due dates as a row of marks in order of time."""
    view, words = duties.view, marks(duties.view)
    columns = [Column(view.t("table.unit"), is_short=True)]
    # The day without brackets: in a column as narrow as a mark they would stand on lines of their own.
    columns += [
        Column(f"{view.pick(g[0].short_zh, g[0].short_en)} {span_words(duties, g)}", is_short=True)
        for g in duties.groups
    ]
    columns.append(Column(view.t("reporting.column.missing"), is_number=True))
    body = []
    for name, states in rows_of(duties):
        cells = [Cell(name, name)]
        for group in duties.groups:
            found = (states.get((due.duty_id, due.due_no)) for due in group)
            shown = "".join(words[row.state].mark if row else "" for row in found)
            cells.append(Cell(shown, shown))
        missing = sum(row.state == "missing" for row in states.values())
        body.append((*cells, Cell(missing, str(missing), is_muted=not missing)))
    return Table(view.t("reporting.matrix"), tuple(columns), tuple(body))


def span_words(duties: Duties, group: tuple[DueDate, ...]) -> str:
    """When a duty falls due: one day, or the first and the last."""
    view = duties.view
    whens = [view.month_words(d.period_key) if d.period == "monthly" else f"{d.due_at.month}/{d.due_at.day}" for d in group]  # fmt: skip
    return whens[0] if len(whens) == 1 else f"{whens[0]}\u2013{whens[-1]}"


def mark_words(duties: Duties) -> str:
    """What the marks of the states that occur stand for."""
    view, seen = duties.view, {row.state for unit in duties.units for row in unit.rows}
    return view.t("names.glue").join(f"{m.mark} {m.words}" for state, m in marks(view).items() if state in seen)


def calendar_table(duties: Duties) -> Table:
    """One row per due date in order of time: when, what, how many were asked, came in time, late, are missing."""
    view = duties.view
    heads = ("asked", "met", "met_late", "missing", "other")
    columns = [Column(view.t("reporting.due"), is_short=True), Column(view.t("reporting.duty"))]
    columns += [Column(view.t(f"reporting.calendar.{head}"), is_number=True) for head in heads]
    body = []
    for due in duties.dues:
        own = view.t("reporting.own.mark") if due.owed_by == "office" else ""
        counts = dict(state_counts(due))
        other = sum(n for state, n in counts.items() if state not in (*MET, "missing"))
        numbers = (due.n_asked, counts["met"], counts["met_late"], counts["missing"], other)
        what = view.pick(due.short_zh, due.short_en) + own
        when = due_when(view, due)
        cells = (Cell(n, str(n), is_muted=not n) for n in numbers)
        body.append((Cell(due.due_at.replace(second=0), when), Cell(what, what), *cells))
    return Table(view.t("reporting.calendar"), tuple(columns), tuple(body))


def owing_table(duties: Duties) -> Table:
    """One row per unit of which something due is missing: how much, and what."""
    view = duties.view
    columns = (Column(view.t("table.unit"), is_short=True), Column(view.t("reporting.column.missing"), is_number=True),
               Column(view.t("reporting.missing.label")))  # fmt: skip
    body = []
    for unit in duties.owing:
        name, what, n = view.pick(unit.first.name_zh, unit.first.name_en), duties.owed_words(unit), len(unit.missing)
        body.append((Cell(name, name), Cell(n, str(n)), Cell(what, what)))
    return Table(view.t("reporting.owing"), columns, tuple(body))
