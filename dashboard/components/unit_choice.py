"""Any subset of units, and two groups side by side: both in the URL."""

from __future__ import annotations

import streamlit as st

from dashboard import queries
from dashboard.components.doubt import doubted_totals, value_words
from dashboard.components.page import View
from dashboard.components.parts import note, section, show_table
from dashboard.components.population import population_words
from dashboard.filters import Filters, change_filters, to_query, value_params, with_measure
from dashboard.format import NOTHING, compact, plain, signed_percent
from dashboard.records import Lang, Measure, UnitValue
from dashboard.records.comparison import MeasureDoubt
from dashboard.sentences import NOTED, join_names, total_text
from dashboard.tables import Cell, Column, Table
from dashboard.totals import PER, total_of

MAX_BOTH = 8
SMALL_RATE = 10


def unit_tools(view: View, *, with_groups: bool = True) -> None:
    """Folded tools: the comparison of two groups, and which units the page shows."""
    if with_groups:
        group_tool(view)
    n_chosen = len(view.filters.units)
    label = view.t("units.some", n=n_chosen) if n_chosen else view.t("units.all")
    with st.popover(label):
        pick_units(view, "units", view.t("units.label"))
        note(view.t("units.note"))


def group_tool(view: View) -> None:
    """Both groups of a comparison in one place; the first is what the whole page is narrowed to."""
    with st.popover(view.t("groups.chosen" if view.filters.against else "groups.title"), key="atlas-groups"):
        pick_units(view, "units", view.t("groups.first"), key="group_first")
        pick_units(view, "vs", view.t("groups.second"), key="group_second")
        note(view.t("groups.note"))


def show_groups(view: View) -> None:
    """Two groups of units side by side over every measure, where a second one is chosen."""
    if view.filters.against:
        section(view.t("groups.title"))
        show_table(view, group_table(view), "groups")
        for words in (*group_notes(view), *group_doubts(view)):
            note(words)


def pick_units(view: View, name: str, label: str, key: str = "") -> None:
    """A choice of units that writes the URL; `key` tells two of the same name apart."""
    names = {u.unit_id: view.pick(u.short_zh, u.name_en) for u in view.choices.units_of(view.campaign)}
    key = key or f"pick_{name}"
    st.session_state[key] = list(view.filters.units if name == "units" else view.filters.against)
    st.multiselect(
        label, list(names), format_func=lambda unit: names[unit], key=key, placeholder=view.t("units.placeholder"),
        on_change=apply_units, args=(view, name, key),
    )  # fmt: skip


def apply_units(view: View, name: str, key: str) -> None:
    """The chosen units into the URL."""
    chosen = ",".join(st.session_state[key])
    st.query_params.from_dict(to_query(change_filters(view.filters, view.choices, name, chosen)))


def group_names(view: View, chosen: tuple[str, ...]) -> str:
    """The units of a group by name; all of them where none is chosen."""
    names = [view.pick(u.short_zh, u.name_en) for u in view.choices.units_of(view.campaign) if u.unit_id in chosen]
    return join_names(names, view.lang, MAX_BOTH) if chosen else view.t("filter.kind.all")


def group_table(view: View) -> Table:
    """Every measure over the chosen units and over the other group: totals, units with a figure, per 10,000 people."""
    columns = [Column(view.t("filter.label.measure"), is_short=True)]
    for group in (view.t("groups.first"), view.t("groups.second")):
        columns.append(Column(group, is_number=True))
        columns.append(Column(view.t("groups.units"), is_number=True))
        columns.append(Column(view.t("filter.per10k.1"), is_number=True))
    columns.append(Column(view.t("groups.ratio"), "%", is_number=True))
    rows = tuple(group_row(view, measure) for measure in view.choices.measures)
    return Table(view.t("groups.title"), tuple(columns), rows)


def group_row(view: View, measure: Measure) -> tuple[Cell, ...]:
    """One measure of both groups; the difference is of rates only, groups being of different size."""
    label = view.pick(measure.label_zh, measure.label_en)
    unit = view.pick(measure.unit_zh, measure.unit_en)
    cells: list[Cell] = [Cell(label, label if unit == "%" else f"{label} ({unit})")]
    rates, groups = [], (view.filters.units, view.filters.against)
    for chosen in groups:
        rows = group_rows(view, measure, chosen)
        total = total_of(rows, measure.measure_id, measure.kind)
        rate = group_rate(rows) if measure.per_capita else None
        noted = NOTED if rate is not None and any(row.is_noted for row in rows) else ""
        is_doubted = bool(doubted_sum(view, measure, chosen))
        rates.append(None if is_doubted else rate)
        shown = total_text(total, measure, view.lang)
        cells += [
            Cell(
                total.value,
                f"{shown} {view.t('doubt.mark')}" if is_doubted else shown,
                qualifier=total.qualifier if total.value is not None else "",
            ),
            Cell(total.n_units_reported, f"{total.n_units_reported} / {total.n_units_expected}"),
            Cell(rate, rate_text(rate, view.lang) + noted),
        ]
    one, other = rates
    pct = 100 * (one - other) / other if one is not None and other else None
    why = view.t("doubt.mark") if any(doubted_sum(view, measure, chosen) for chosen in groups) else NOTHING
    return (*cells, Cell(pct, signed_percent(pct) if pct is not None else why))


def rate_text(rate: float | None, lang: Lang) -> str:
    """A rate, below 10 with a digit more, so that two small ones show the difference that stands beside them."""
    return plain(rate, 2) if rate is not None and abs(rate) < SMALL_RATE else compact(rate, lang)


def doubted_sum(view: View, measure: Measure, chosen: tuple[str, ...]) -> tuple[MeasureDoubt, ...]:
    """Doubtful values of this year that move a group's sum by more than a twentieth."""
    return tuple(row for row in doubted_totals(view, measure, ",".join(chosen)) if row.year == view.filters.year)


def group_doubts(view: View) -> list[str]:
    """One sentence for each doubtful value that either group's sums rest on, with the measures."""
    found: dict[str, list[str]] = {}
    for measure in view.choices.measures:
        for chosen in (view.filters.units, view.filters.against):
            for row in doubted_sum(view, measure, chosen):
                labels = found.setdefault(value_words(view, row), [])
                labels.append(view.pick(measure.label_zh, measure.label_en))
    return [
        view.t("doubt.item", value=value, labels=view.t("names.glue").join(dict.fromkeys(labels)))
        for value, labels in found.items()
    ]


def group_notes(view: View) -> tuple[str, ...]:
    """Units that stand in both groups, and what is to be said of the population behind the rates."""
    units, both = view.choices.units_of(view.campaign), set(view.filters.against)
    if view.filters.units:
        both &= set(view.filters.units)
    names = [view.pick(u.short_zh, u.name_en) for u in units if u.unit_id in both and view.has_unit(u.unit_id, u.kind)]
    shared = view.t("groups.both", n=len(names), names=join_names(names, view.lang, MAX_BOTH)) if names else ""
    rated = [measure for measure in view.choices.measures if measure.per_capita]
    rows = [
        row for measure in rated for chosen in (view.filters.units, view.filters.against)
        for row in group_rows(view, measure, chosen)
    ]  # fmt: skip
    return tuple(words for words in (shared, population_words(view, rows)) if words)


def group_rows(view: View, measure: Measure, chosen: tuple[str, ...]) -> tuple[UnitValue, ...]:
    """The measure of these units over all activities; without any, of all units."""
    filters: Filters = with_measure(view.filters, measure.measure_id)
    params = value_params(filters) | {"activity_id": "", "scope": ",".join(chosen)}
    return queries.query_unit_values(view.source, params)


def group_rate(rows: tuple[UnitValue, ...]) -> float | None:
    """Per 10,000 people, over units with both a figure and a population."""
    known = [row for row in rows if row.value is not None and row.population]
    people = sum(row.population or 0 for row in known)
    return sum(row.value or 0 for row in known) * PER / people if people else None
