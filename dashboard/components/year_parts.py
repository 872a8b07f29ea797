"""From one year's whole total to the other's: by activity or unit what is comparable, then what is not of what was done."""

from __future__ import annotations

import streamlit as st

from dashboard import queries
from dashboard.charts.waterfall import Step, draw_waterfall
from dashboard.components.changes import most_changed
from dashboard.components.chart import Drawing, show_drawing
from dashboard.components.count_unit import unit_of_change
from dashboard.components.doubt import doubted_totals, with_facts
from dashboard.components.markup import esc
from dashboard.components.page import View
from dashboard.components.parts import block_note, headline, note, section
from dashboard.filters import change_params
from dashboard.format import compact, plain, signed, signed_compact
from dashboard.queries.comparison import query_change_parts
from dashboard.records.comparison import ChangePart
from dashboard.sentences import Headline, short
from dashboard.tables import Cell, Column, Table
from dashboard.theme import strong
from dashboard.totals import ChangeSet

OTHER_PARTS = ("units", "districts", "form", "blanks")
MAX_UNITS = 5
BY = ("activity", "unit")


def parts_of_change(view: View, changes: ChangeSet) -> None:
    """The waterfall, its sentence and its table; nothing for coverage or one activity, which have no such parts."""
    found = found_parts(view)
    if not found:
        return
    section(view.t("parts.title"))
    place = st.container()
    by = st.segmented_control(
        view.t("parts.by"), BY, default=BY[0], key="parts_by", label_visibility="collapsed",
        format_func=lambda option: view.t(f"parts.by.{option}"),
    )  # fmt: skip
    drawing = parts_drawing(view, changes, found, by or BY[0])
    with place:
        headline(drawing.found)
    show_drawing(view, drawing)
    note(view.t("parts.note"))
    block_note(view)


def found_parts(view: View) -> dict[str, ChangePart]:
    """The parts of the change by name; none for coverage or one activity, or where both years are empty."""
    if view.measure.kind == "coverage" or view.filters.activity:
        return {}
    found = {part.part: part for part in query_change_parts(view.source, change_params(view.filters))}
    return found if any(part.base_value or part.value for part in found.values()) else {}


def parts_drawing(view: View, changes: ChangeSet, found: dict[str, ChangePart], by: str = BY[0]) -> Drawing:
    """The waterfall, its comparable part by activity or by unit."""
    base, now = (sum(getattr(p, side) for p in found.values()) for side in ("base_value", "value"))
    years = (view.filters.year, view.filters.base_year)
    doubts = [row for row in doubted_totals(view, view.measure, view.filters.scope) if row.year in years]
    sentence = with_facts(view, parts_headline(view, found, now - base), doubts)
    steps = [
        whole(view, view.filters.base_year or 0, base),
        *comparable_steps(view, changes, found, by),
        *other_steps(view, found),
        whole(view, view.filters.year, now),
    ]
    figure, name = draw_waterfall(steps, strong(view.measure.hue)), view.t("parts.title")
    return Drawing("parts", name, figure, sentence, parts_table(view, steps))


def parts_headline(view: View, found: dict[str, ChangePart], change: float) -> Headline:
    """How much of the whole change is comparable, and how much comes from other units or another form."""
    amounts = {name: part.change for name, part in found.items()}
    words = [
        view.t(f"parts.of.{name}", amount=signed_compact(amounts[name], view.lang))
        for name in ("comparable", *OTHER_PARTS)
        if amounts.get(name)
    ]
    finding = view.t("parts.headline", base=view.filters.base_year, amount=signed_compact(change, view.lang))
    return Headline(finding, view.t("reason.colon") + view.t("reason.glue").join(words) + view.t("headline.stop"))


def whole(view: View, year: int, amount: float) -> Step:
    """One of the two totals."""
    name = view.t("parts.whole", year=year)
    text = compact(amount, view.lang)
    return Step(name, amount, text, esc(f"{name} {plain(amount)}"), is_total=True)


def comparable_steps(view: View, changes: ChangeSet, found: dict[str, ChangePart], by: str) -> list[Step]:
    """The comparable change by activity, or by the units that moved most and all others together."""
    if by == "unit":
        rows = most_changed(changes, MAX_UNITS)
        pairs = [(short(row, view.lang), row.change or 0.0) for row in rows]
        rest = found["comparable"].change - sum(amount for _, amount in pairs) if "comparable" in found else 0.0
        n_rest = len(changes.comparable) - len(rows)
        if n_rest > 0:
            pairs.append((view.t("parts.other_units", n=n_rest), rest))
    else:
        params = {n: v for n, v in change_params(view.filters).items() if n != "activity_id"}
        activities = queries.query_change_by_activity(view.source, params)
        pairs = [(view.pick(a.short_zh, a.short_en), a.value - a.base_value) for a in activities]
    return [step(view, name, amount) for name, amount in pairs]


def other_steps(view: View, found: dict[str, ChangePart]) -> list[Step]:
    """What changes the total without saying that more or less was done."""
    steps = []
    for name in OTHER_PARTS:
        part = found.get(name)
        if part is not None and (part.value or part.base_value):
            words = view.t(f"parts.{name}", n=part.n_units, new=part.n_now_only, gone=part.n_base_only)
            steps.append(step(view, words, part.change, is_real=False))
    return steps


def step(view: View, name: str, amount: float, *, is_real: bool = True) -> Step:
    """One change with its words."""
    return Step(name, amount, signed_compact(amount, view.lang), esc(f"{name} {signed(plain(amount), amount)}"),
                is_real=is_real)  # fmt: skip


def parts_table(view: View, steps: list[Step]) -> Table:
    """The steps as rows."""
    unit = unit_of_change(view, view.measure)
    columns = (Column(view.t("parts.part")), Column(view.t("table.change"), unit, is_number=True))
    rows = [
        (Cell(s.name, s.name), Cell(s.amount, plain(s.amount) if s.is_total else signed(plain(s.amount), s.amount)))
        for s in steps
    ]
    return Table(view.t("parts.title"), columns, tuple(rows))
