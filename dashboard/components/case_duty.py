"""The monthly-case duty: unit by month, each state told by colour and mark."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from dashboard import queries
from dashboard.components.matrix import Head, Mark, MatrixRow, show_matrix
from dashboard.components.page import View
from dashboard.components.parts import download_buttons, headline, note
from dashboard.format import day
from dashboard.records import DutyMonth
from dashboard.sentences import Headline, join_names
from dashboard.tables import Cell, Column, Table

# state of a month -> class in atlas.css; its mark is hazards.duty.mark.<state>.
MARKS = {
    "met": "m-held",
    "met_late": "m-late",
    "soft": "m-soft",
    "missing": "m-zero",
    "not_due": "m-due",
    "no_evidence": "m-na",
}
MET = frozenset({"met", "met_late"})
UNTOLD = frozenset({"not_due", "no_evidence"})  # nothing can be said of such a month
MAX_NAMES = 4


def duty_months(view: View) -> tuple[DutyMonth, ...]:
    """The duty's rows of this campaign under the filter of unit kinds; none when it has no such duty."""
    rows = queries.query_case_duty(view.source, view.campaign.campaign_id)
    kinds = {unit.unit_id: unit.kind for unit in view.choices.units_of(view.campaign)}
    return tuple(row for row in rows if view.has_unit(row.unit_id, kinds.get(row.unit_id, "")))


def by_unit(rows: tuple[DutyMonth, ...]) -> list[tuple[DutyMonth, ...]]:
    """The months of each unit."""
    return [tuple(group) for _, group in groupby(rows, key=lambda row: row.unit_id)]


def show_duty(view: View, rows: tuple[DutyMonth, ...]) -> None:
    """Headline, matrix and downloads; one sentence where there is no such duty."""
    if not rows:
        note(view.t("hazards.duty.none", area=view.area, year=view.filters.year))
        return
    headline(duty_headline(view, by_unit(rows)))
    words = {
        state: Mark(css, view.t(f"hazards.duty.mark.{state}"), view.t(f"hazards.duty.{state}"))
        for state, css in MARKS.items()
    }
    heads = [month_head(view, month, rows) for month in dict.fromkeys(row.period for row in rows)]
    lines = [
        MatrixRow(
            group[0].unit_id, view.pick(group[0].short_zh, group[0].name_en), tuple(row.state for row in group),
            tuple(f"{words[row.state].words} {day(row.met_at) if row.met_at else ''}".strip() for row in group),
        )
        for group in by_unit(rows)
    ]  # fmt: skip
    show_matrix(view, heads, lines, words, view.t("hazards.duty"))
    note(
        view.t("hazards.duty.quote", quote=rows[0].quote)
        if view.lang == "zh" and rows[0].quote
        else view.t("hazards.duty.note")
    )
    download_buttons(view, duty_table(view, rows), "duty")


def month_head(view: View, month: str, rows: tuple[DutyMonth, ...]) -> Head:
    """A month's head: how many met it of those of which it can be told; none before it is due, nor of figures without dates."""
    states = [row.state for row in rows if row.period == month and row.state not in (*UNTOLD, "soft")]
    return Head(month_name(view, month), f"{sum(state in MET for state in states)}/{len(states)}" if states else "")


def month_name(view: View, month: str) -> str:
    """The month's name, from its period as in 2021-06."""
    return view.t("month.names").split()[int(month[-2:]) - 1]


def is_whole(group: Sequence[DutyMonth]) -> bool:
    """Whether the register has a case for every month that is due."""
    return all(row.state in MET for row in group if row.state != "not_due")


def is_untold(group: Sequence[DutyMonth]) -> bool:
    """Whether no month is known to be missing, and yet not each is known to have had its case: figures without dates."""
    return not is_whole(group) and all(row.state != "missing" for row in group)


def duty_headline(view: View, groups: list[tuple[DutyMonth, ...]]) -> Headline:
    """How many units met every month that is due, and who missed most."""
    told = [group for group in groups if any(row.state not in UNTOLD for row in group)]
    if not told:
        no_register = any(row.state == "no_evidence" for group in groups for row in group)
        return Headline(view.t("hazards.duty.no_register" if no_register else "hazards.duty.before"), "")
    missed = {group[0].unit_id: sum(row.state == "missing" for row in group) for group in groups}
    names = {group[0].unit_id: view.pick(group[0].short_zh, group[0].name_en) for group in groups}
    whole, untold = sum(map(is_whole, told)), sum(map(is_untold, told))
    if untold and not whole:
        # "0 of 11" would read as if none had been exposed.
        behind = len(told) - untold
        caveat = view.t("hazards.duty.untold.behind", n=behind) if behind else view.t("headline.stop")
        return Headline(view.t("hazards.duty.untold", n=untold), caveat)
    worst = max(missed.values(), default=0)
    most = [names[unit] for unit, count in missed.items() if count == worst]
    caveat = (
        view.t(
            "hazards.duty.worst" + (".one" if len(most) == 1 else ""),
            names=join_names(most, view.lang, MAX_NAMES),
            n=worst,
        )
        if worst
        else view.t("headline.stop")
    )
    caveat = (view.t("hazards.duty.untold.beside", n=untold) if untold else "") + caveat
    return Headline(view.t("hazards.duty.headline", n=whole, m=len(told)), caveat)


def duty_table(view: View, rows: tuple[DutyMonth, ...]) -> Table:
    """The matrix in words, for download."""
    months = list(dict.fromkeys(row.period for row in rows))
    columns = (Column(view.t("table.unit")), *(Column(month) for month in months))
    body = []
    for group in by_unit(rows):
        texts = {row.period: f"{view.t(f'hazards.duty.{row.state}')} {day(row.met_at) if row.met_at else ''}".strip()
                 for row in group}  # fmt: skip
        name = view.pick(group[0].name_zh, group[0].name_en)
        body.append(tuple(Cell(text, text) for text in (name, *(texts.get(month, "") for month in months))))
    return Table(view.t("hazards.duty"), columns, tuple(body))
