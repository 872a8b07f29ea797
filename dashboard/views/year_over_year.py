"""Year over year, like for like: change by unit on a map, both years side by side, what is compared and what is refused."""

from __future__ import annotations

import streamlit as st

from dashboard import queries
from dashboard.charts.bars import Bar, draw_change_bars
from dashboard.charts.breaks import Classes, change_classes
from dashboard.charts.dumbbell import Dumbbell, draw_dumbbells
from dashboard.charts.history import Point, draw_history
from dashboard.charts.map import MapUnit
from dashboard.components.changes import measure_changes
from dashboard.components.guard import has_figures
from dashboard.components.head import page_head
from dashboard.components.mapview import district_chooser, show_map
from dashboard.components.markup import esc, tag
from dashboard.components.page import View, run_page
from dashboard.components.pairs import bridge_notes, pair_lists
from dashboard.components.parts import caption, config_of, headline, note, order_choice, section, show_table
from dashboard.filters import change_params
from dashboard.format import (
    NOTHING,
    compact,
    plain,
    qualified,
    signed_compact,
    signed_percent,
    signed_points,
    value_text,
)
from dashboard.records import Change
from dashboard.sentences import Headline, change_headline, short
from dashboard.tables import Cell, Column, Table
from dashboard.theme import NO_DATA, strong
from dashboard.totals import ChangeSet

HEAD = ("area", "year", "base", "measure", "activity", "kind")
TINY = 10.0


def in_map(view: View, row: Change) -> float | None:
    """What the map's colour shows: percentage points for coverage, else percent; None where the base allows none."""
    if not row.is_comparable:
        return None
    return row.change if view.measure.kind == "coverage" else row.pct


def shown(view: View, row: Change) -> str:
    """A unit's change in words: percent or points, else the difference, else why there is none."""
    if not row.is_comparable:
        return view.t(f"yoy.grade.{row.grade}")
    if view.measure.kind == "coverage":
        return signed_points(row.change, view.lang)
    if row.pct is not None:
        return signed_percent(row.pct)
    return f"{signed_compact(row.change, view.lang)} ({base_words(view, row)})"


def base_words(view: View, row: Change) -> str:
    """Why a change has no percentage."""
    return view.t("yoy.base.zero" if not row.base_value else "yoy.base.tiny")


def tip(view: View, row: Change) -> str:
    """A unit's two values, its change, its grade and note."""
    lines = [f"<b>{esc(view.pick(row.name_zh, row.name_en))}</b>"]
    if row.is_comparable:
        then, now = (value_text(v, view.measure.unit_zh, view.lang) for v in (row.base_value, row.value))
        lines.append(esc(f"{view.filters.base_year}: {then} → {view.filters.year}: {now}"))
        lines.append(esc(signed_compact(row.change, view.lang)) if view.measure.kind != "coverage" else "")
    lines.append(esc(shown(view, row)))
    lines.append(esc(view.t(f"yoy.grade.{row.grade}")))
    return "<br>".join(dict.fromkeys(line for line in lines if line))


def change_map(view: View, changes: ChangeSet, alt: str) -> None:
    """Change by district in a diverging palette; grey where nothing may be compared."""
    classes = change_classes([v for row in changes.rows if (v := in_map(view, row)) is not None])
    places = {u.unit_id: u for u in queries.query_unit_values(view.source, map_params(view))}
    units = []
    for row in changes.rows:
        place = places.get(str(row.unit_id))
        value = in_map(view, row)
        label = (
            (signed_points(value, view.lang) if view.measure.kind == "coverage" else signed_percent(value))
            if value is not None
            else NOTHING
        )
        units.append(
            MapUnit(
                str(row.unit_id), view.pick(row.name_zh, row.name_en), short(row, view.lang), value,
                label.replace(" 个百分点", "").replace(" pp", ""), tip(view, row), row.kind == "zone",
                place.lon if place else None, place.lat if place else None,
            )
        )  # fmt: skip
    show_map(view, units, classes, legend(view, classes, changes), alt)


def map_params(view: View) -> dict[str, str | int]:
    """The roster with its points, whatever is chosen."""
    return {
        "campaign_id": view.campaign.campaign_id,
        "measure_id": view.measure.measure_id,
        "activity_id": "",
        "unit_kind": "",
    }


def legend(view: View, classes: Classes, changes: ChangeSet) -> str:
    """One line: unit, five classes, no comparison."""
    unit = view.t("yoy.points") if view.measure.kind == "coverage" else "%"
    low, inner_low, inner, high = (plain(b) for b in classes.breaks)
    labels = (f"≤{low}", f"{low}…{inner_low}", f"{inner_low}…{inner}", f"{inner}…{high}", f">{high}")
    parts = [tag("span", unit, "unit")]
    parts += [
        f'<span><i style="background:{c}"></i>{esc(x)}</span>' for c, x in zip(classes.colours, labels, strict=True)
    ]
    if any(in_map(view, row) is None for row in changes.rows):
        words = esc(view.t("yoy.legend.none"))
        parts.append(f'<span><i class="hatch" style="background-color:{NO_DATA}"></i>{words}</span>')
    return f'<p class="atlas-legend">{"".join(parts)}</p>'


def both_years(view: View, changes: ChangeSet) -> None:
    """Each unit's two values on one line; administrative order unless chosen otherwise."""
    section(view.t("yoy.both"))
    rows = list(changes.comparable)
    if order_choice(view, "dumbbells"):
        rows.sort(key=lambda row: -(row.change or 0))
    bells = [
        Dumbbell(str(r.unit_id), short(r, view.lang), r.base_value or 0, r.value or 0, shown(view, r), tip(view, r))
        for r in rows
    ]
    figure = draw_dumbbells(bells, str(view.filters.base_year), str(view.filters.year))
    st.plotly_chart(figure, theme=None, key="dumbbells", config=config_of(view, view.t("yoy.both")))


def sources(view: View) -> None:
    """Which activities the total's change comes from."""
    params = change_params(view.filters)
    params = {k: params[k] for k in ("jurisdiction_id", "measure_id", "year", "base_year")}
    rows = queries.query_change_by_activity(view.source, params)
    if len(rows) < 2:
        return
    section(view.t("yoy.by_activity"))
    largest = max(rows, key=lambda r: abs(r.value - r.base_value))
    amount = signed_compact(largest.value - largest.base_value, view.lang)
    name = view.pick(largest.short_zh, largest.short_en)
    headline(Headline(view.t("yoy.by_activity.headline", name=name, amount=amount), ""))
    bars = [
        Bar(
            r.activity_id, view.pick(r.short_zh, r.short_en), r.value - r.base_value,
            signed_compact(r.value - r.base_value, view.lang),
            esc(f"{compact(r.base_value, view.lang)} → {compact(r.value, view.lang)}"),
        )
        for r in rows
    ]  # fmt: skip
    figure = draw_change_bars(bars)
    st.plotly_chart(figure, theme=None, key="by_activity", config=config_of(view, view.t("yoy.by_activity")))


def history(view: View) -> None:
    """All years that are loaded: lines only inside one form, gaps and breaks marked."""
    rows = queries.query_history(view.source, view.filters.jurisdiction, view.measure.measure_id)
    points = [
        Point(
            row.year, row.value, row.form_id or "",
            qualified(value_text(row.value, view.measure.unit_zh, view.lang), row.qualifier, view.lang),
            esc(view.t("yoy.history.tip", year=row.year, n=row.n_units_reported, m=row.n_units_expected)),
        )
        for row in rows
        if row.value is not None
    ]  # fmt: skip
    if len(points) < 2:
        return
    section(view.t("yoy.history", label=view.measure_label))
    figure = draw_history(points, strong(view.measure.hue), view.t("yoy.history.break"))
    st.plotly_chart(figure, theme=None, key="history", config=config_of(view, view.t("yoy.history.short")))
    note(view.t("yoy.history.note"))


def change_table(view: View, changes: ChangeSet) -> Table:
    """One row per unit: both values, change, percent or why not, grade, note."""
    unit = view.pick(view.measure.unit_zh, view.measure.unit_en)
    columns = (
        Column(view.t("table.unit")),
        Column(view.t("table.base", year=view.filters.base_year), unit, is_number=True),
        Column(view.t("yoy.now", year=view.filters.year), unit, is_number=True),
        Column(
            view.t("table.change"), view.t("yoy.points") if view.measure.kind == "coverage" else unit, is_number=True
        ),
        Column(view.t("table.pct"), "%", is_number=True),
        Column(view.t("yoy.grade")),
        Column(view.t("yoy.note")),
    )
    return Table(view.t("page.year_over_year"), columns, tuple(change_row(view, row) for row in changes.rows))


def change_row(view: View, row: Change) -> tuple[Cell, ...]:
    """A row of the table."""
    name = view.pick(row.name_zh, row.name_en)
    grade, words = view.t(f"yoy.grade.{row.grade}"), view.pick(row.note_zh, row.note_en)
    if not row.is_comparable:
        nothing = Cell(None, NOTHING, is_muted=True)
        return (
            Cell(name, name),
            nothing,
            nothing,
            nothing,
            nothing,
            Cell(grade, grade, is_muted=True),
            Cell(words, words),
        )
    if row.pct is not None:
        pct = Cell(row.pct, signed_percent(row.pct))
    else:
        why = NOTHING if view.measure.kind == "coverage" else base_words(view, row)
        pct = Cell(None, why, is_muted=True)
    change = row.change or 0.0
    return (
        Cell(name, name), Cell(row.base_value, plain(row.base_value)), Cell(row.value, plain(row.value)),
        Cell(change, ("+" if change > 0 else "") + plain(change)), pct, Cell(grade, grade), Cell(words, words),
    )  # fmt: skip


def render(view: View) -> None:
    """Map and both years; where the change comes from; what is compared and what is refused; the table."""
    page_head(view, HEAD)
    if not has_figures(view):
        return
    if view.filters.base_year is None:
        st.info(view.t("yoy.one_year", area=view.area, year=view.filters.year))
        history(view)
        caption(view)
        return
    changes = measure_changes(view)
    found = change_headline(changes, view.measure, view.lang)
    left, right = st.columns([1.3, 1], gap="large")
    with left:
        headline(found)
        total_line(view, changes)
        if changes.comparable:
            change_map(view, changes, found.sentence)
            district_chooser(view)
        history(view)
    with right:
        bridge_notes(view)
        if changes.comparable:
            both_years(view, changes)
    below_left, below_right = st.columns([1, 1.3], gap="large")
    with below_left:
        sources(view)
    with below_right:
        pair_lists(view)
    section(view.t("yoy.table"))
    show_table(view, change_table(view, changes), "yoy")
    caption(view)


def total_line(view: View, changes: ChangeSet) -> None:
    """The like-for-like total: both values, change, units, grade."""
    total = changes.total
    if total is None or total.change is None:
        return
    then, now = (value_text(v, view.measure.unit_zh, view.lang) for v in (total.base_value, total.value))
    line = view.t(
        "yoy.total",
        base_year=view.filters.base_year,
        base=then,
        year=view.filters.year,
        now=now,
        shown=shown(view, total),
        n=total.n_units,
        m=total.n_units_expected,
        grade=view.t(f"yoy.grade.{total.grade}"),
    )
    note(line)


if __name__ == "__main__":
    run_page("year_over_year", render)
