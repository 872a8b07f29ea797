"""The district map on a page: figure, legend line, units without a place, and the ways to a district."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

import streamlit as st

from dashboard import queries
from dashboard.charts.breaks import COVERAGE_BREAKS, Classes, coverage_classes, value_classes
from dashboard.charts.frame import MAP_HEIGHT_PX, MAP_WIDTH_PX, PictureFrame, Swatch
from dashboard.charts.geometry import LayerShapes, read_layer
from dashboard.charts.map import DrawnMap, draw_map
from dashboard.charts.map_labels import PAGE_ROOM, MapRoom
from dashboard.charts.map_marks import SLOPES, MapUnit
from dashboard.charts.methods import chosen_classes
from dashboard.components.chart import caption_words, picture_frame
from dashboard.components.chart_table import behind_chart
from dashboard.components.doubt import Doubts, doubts_shown
from dashboard.components.map_numbers import unnumbered_html
from dashboard.components.markup import esc, show, tag
from dashboard.components.page import View
from dashboard.components.parts import config_of, note
from dashboard.components.population import population_note, population_words
from dashboard.components.value_doubt import doubt_cell, doubt_column
from dashboard.filters import to_query, value_params
from dashboard.format import FULL_BELOW, compact, plain
from dashboard.records import Lang, UnitValue
from dashboard.sentences import compact_or_mark, rate_mark, value_words
from dashboard.settings import read_settings
from dashboard.tables import Cell, Column, Table
from dashboard.theme import NO_DATA
from dashboard.totals import per_10k

DISTRICT_PAGE = "views/district.py"
MAX_MAPS_KEPT = 128


def unit_values(view: View, year: int | None = None) -> tuple[UnitValue, ...]:
    """The chosen measure by unit, per 10,000 people where chosen; of another year on request."""
    rows = queries.query_unit_values(view.source, value_params(view.filters, year=year))
    return per_10k(rows) if view.filters.per_10k else rows


def shared_classes(view: View, rows: Sequence[UnitValue]) -> Classes:
    """Classes over both years compared, so that a colour means the same in either."""
    if view.measure.kind == "coverage":
        return coverage_classes(view.measure.hue)
    both = [*rows]
    if len(rows) == 1:  # one value has no classes
        return value_classes([], view.measure.hue)
    if view.filters.base_year is not None:
        both += unit_values(view, view.filters.base_year)
    values = [row.value for row in both if row.value is not None]
    return chosen_classes(values, view.measure.hue, view.filters.classes, is_percent=view.measure.unit_zh == "%")


def to_map_unit(view: View, row: UnitValue, *, is_doubted: bool = False) -> MapUnit:
    """A row as the map draws it, with its tip: name, value with unit, that it is in doubt, blanks filled."""
    words = value_words(row, view.measure, view.lang)
    name = view.pick(row.name_zh, row.name_en)
    lines = [f"<b>{esc(name)}</b>", f"{esc(view.measure_label)} {esc(words)}"]
    if is_doubted:
        lines.append(esc(view.t("doubt.mark")))
    if row.n_expected and row.state != "not_reported":
        lines.append(esc(view.t("map.blanks", n=row.n_reported, m=row.n_expected)))
    if rate_mark(row):
        lines.append(esc(view.t("population.tip", note=population_note(view, row))))
    return MapUnit(
        row.unit_id, name, view.pick(row.short_zh, row.name_en), row.value,
        compact_or_mark(row, view.measure, view.lang), "<br>".join(lines), row.kind == "zone", row.lon, row.lat,
        mark_of(row.state),
    )  # fmt: skip


def layer_of(view: View) -> tuple[LayerShapes, str] | None:
    """The campaign's map layer and its source line; None without a layer or its file."""
    layer = queries.query_map_layer(view.source, view.campaign.layer_id or "")
    if layer is None:
        return None
    shapes = read_layer(layer)
    return (shapes, view.pick(layer.source_zh, layer.source_en)) if shapes.shapes else None


def value_map(view: View, rows: Sequence[UnitValue], alt: str, key: str = "map") -> None:
    """The measure by district; a click opens the district."""
    classes = shared_classes(view, rows)
    legend, doubts = value_legend(view, classes, rows), doubts_shown(view, rows)
    units = [to_map_unit(view, row, is_doubted=row.unit_id in doubts) for row in rows]
    show_map(view, units, classes, legend, alt, key, values_table(view, rows, doubts))
    if view.filters.per_10k and (words := population_words(view, rows)):
        note(words)


def values_table(view: View, rows: Sequence[UnitValue], doubts: Doubts) -> Table:
    """The measure by unit as the map shows it, in full numbers, with the mark of a unit without one.

    Where a value is in doubt, a last column says which.
    """
    columns = (
        Column(view.t("table.unit"), is_short=True),
        Column(view.measure_label, view.measure_unit, is_number=True),
        Column(view.t("table.blanks"), is_short=True),
        *([doubt_column(view)] if doubts else []),
    )
    cells = [
        (
            Cell(name := view.pick(row.name_zh, row.name_en), name),
            Cell(row.value, value_words(row, view.measure, view.lang), is_muted=row.value is None, qualifier=row.qualifier if row.value is not None else ""),
            Cell(filled := f"{row.n_reported} / {row.n_expected}", filled),
            *([doubt_cell(view, doubts.get(row.unit_id, ()))] if doubts else []),
        )
        for row in rows
    ]  # fmt: skip
    return Table(view.t("chart.map"), columns, tuple(cells))


def show_map(
    view: View,
    units: Sequence[MapUnit],
    classes: Classes,
    legend: tuple[Swatch, ...],
    alt: str,
    key: str = "map",
    table: Table | None = None,
    name: str = "",
    on_page: tuple[Swatch, ...] | None = None,
) -> None:
    """Any map of the campaign's units: figure, legend, what has no place on it, source of the boundaries, caption, table.

    `alt`: what it says. `name`: what it shows of the measure; empty for its values. `on_page`: its legend on the page, where that is not the
    saved picture's.
    """
    made = make_map(view, units, classes, legend, alt, name=name)
    if made is None:
        st.info(view.t("map.none"))
        return
    drawn, source = made
    what = name or view.t("chart.map")
    with st.container(key=f"atlas-{key}"):
        event = st.plotly_chart(
            drawn.figure, theme=None, key=key, on_select="rerun", selection_mode="points", height="stretch",
            config=config_of(view, what, (MAP_WIDTH_PX, MAP_HEIGHT_PX)), alt=alt,
        )  # fmt: skip
    show(legend_html(legend if on_page is None else on_page) + unnumbered_html(view, drawn))
    note(place_words(view, drawn, source))
    behind_chart(view, caption_words(view, f"{view.measure_label} · {what}", alt), table, key)
    open_district(view, event)


def place_words(view: View, drawn: DrawnMap, source: str) -> str:
    """Units that have no place on the map, and where its boundaries come from."""
    lost = [unit.name for unit in drawn.undrawn]
    lost_line = view.t("map.undrawn", n=len(lost), names=view.t("names.glue").join(lost)) if lost else ""
    return " ".join(part for part in (lost_line, source) if part)


def make_map(
    view: View, units: Sequence[MapUnit], classes: Classes, legend: tuple[Swatch, ...], alt: str,
    room: MapRoom = PAGE_ROOM, width: int = MAP_WIDTH_PX, name: str = "",
) -> tuple[DrawnMap, str] | None:  # fmt: skip
    """The drawn map with its frame, and the source of its boundaries; None for an area without a layer."""
    found = layer_of(view)
    if found is None:
        return None
    layer, source = found
    source = " ".join(part for part in (source, approval_words(view)) if part)
    values = view.t("overview.figure", label=view.measure_label, unit=view.measure_unit)
    title = f"{view.measure_label} · {name}" if name else values
    frame = picture_frame(view, title, alt, legend, source)
    return kept_map(tuple(units), layer, classes, view.lang, frame, room, width), source


def approval_words(view: View) -> str:
    """The number of the map review, where this installation has one."""
    number = read_settings().map_approval_number
    return view.t("map.approval", number=number) if number else ""


@lru_cache(maxsize=MAX_MAPS_KEPT)
def kept_map(
    units: tuple[MapUnit, ...], layer: LayerShapes, classes: Classes, lang: Lang, frame: PictureFrame,
    room: MapRoom, width: int,
) -> DrawnMap:  # fmt: skip
    """The drawn map, from memory when the same one was drawn before; nobody changes a figure once it is drawn."""
    return draw_map(units, layer, classes, lang, frame, room, width)


def open_district(view: View, event: Mapping[str, Any]) -> None:
    """Go to the district that was clicked, if one was."""
    points = event["selection"]["points"] if event else []
    known = {unit.unit_id for unit in view.choices.units_of(view.campaign)}
    for point in points:
        custom = point.get("customdata")
        unit_id = point.get("location") or (custom[0] if isinstance(custom, list) and custom else custom)
        if unit_id in known:
            st.switch_page(DISTRICT_PAGE, query_params=to_query(replace(view.filters, unit=str(unit_id))))


def district_chooser(view: View, key: str = "go") -> None:
    """The way to a district without a mouse."""
    names = {u.unit_id: view.pick(u.name_zh, u.name_en) for u in view.choices.units_of(view.campaign)}
    if not names:
        return
    chosen = st.selectbox(
        view.t("map.choose"), list(names), index=None, format_func=lambda unit: names[unit], key=f"{key}_district",
        placeholder=view.t("map.choose"), label_visibility="collapsed", width=240,
    )  # fmt: skip
    if chosen:
        st.switch_page(DISTRICT_PAGE, query_params=to_query(replace(view.filters, unit=chosen)))


def class_labels(view: View, classes: Classes) -> list[str]:
    """1–120, 121–240, >240; >0–3万, >3万–6万, >6万; percent with its sign. An upper edge belongs to its class.

    The first class begins above zero, which has a class of its own.
    """
    is_percent = view.measure.unit_zh == "%"
    breaks = [f"{plain(b)}%" if is_percent else compact(b, view.lang) for b in classes.breaks]
    if not breaks:
        return [view.t("legend.all")]
    if classes.breaks == COVERAGE_BREAKS:
        return [">0–50%", ">50–75%", ">75–90%", ">90–99.9%", "100%"]
    is_count = not is_percent and not view.filters.per_10k
    # Whole numbers in full name their first and last; of rounded ones and of rates the next class begins above the edge:
    # 1–3万 would be read as 10,000 to 30,000.
    is_full = is_count and all(b == int(b) and b < FULL_BELOW for b in classes.breaks)
    first = breaks[0] if is_count and classes.breaks[0] == 1 else f"{'1' if is_full else '>0'}–{breaks[0]}"
    lows = [plain(b + 1) if is_full else f">{shown}" for b, shown in zip(classes.breaks, breaks, strict=True)]
    return [first, *(f"{low}–{high}" for low, high in zip(lows, breaks[1:], strict=False)), f">{breaks[-1]}"]


def zero_label(view: View) -> str:
    """0 with what it says: reported none; of a share, none of all."""
    return view.t("legend.zero.share" if view.measure.unit_zh == "%" else "legend.zero")


def value_legend(view: View, classes: Classes, rows: Sequence[UnitValue], unit: str = "") -> tuple[Swatch, ...]:
    """Unit (this year's, where none is given), classes, and the marks that are on the map."""
    parts = [Swatch(unit or view.measure_unit, kind="words")]
    if any(classes.is_zero(row.value) for row in rows):
        parts.append(Swatch(zero_label(view), classes.zero_edge, "zero"))
    if any(row.value is not None and not classes.is_zero(row.value) for row in rows):
        pairs = zip(classes.colours, class_labels(view, classes), strict=True)
        parts += [Swatch(label, colour) for colour, label in pairs]
    parts += mark_legend((mark_of(row.state), state_words(view, row.state)) for row in rows if row.value is None)
    found = {"approx" if row.qualifier == "range" else row.qualifier for row in rows if row.value is not None}
    marks_seen = [view.t(f"legend.mark.{name}") for name in ("at_least", "at_most", "approx") if name in found]
    if any(row.kind == "zone" for row in rows):
        parts.append(Swatch(view.t("legend.zone"), kind="circle"))
    if any(rate_mark(row) for row in rows):
        marks_seen.append(view.t("legend.mark.population"))
    return (*parts, *(Swatch(mark, kind="words") for mark in marks_seen))


def mark_of(state: str) -> str:
    """How a map draws a unit without a value: not reported, reported without a figure, or nothing to report."""
    return STATE_MARKS.get(state, "cross")


def state_words(view: View, state: str) -> str:
    """The state of a unit without a value, for the legend."""
    return view.t(f"legend.state.{state}" if state in LEGEND_STATES else "legend.state.other")


def mark_legend(marked: Iterable[tuple[str, str]]) -> list[Swatch]:
    """One entry for each mark on the map, with all that it stands for there."""
    words: dict[str, dict[str, None]] = {}
    for mark, label in marked:
        words.setdefault(mark, {})[label] = None
    return [Swatch(" / ".join(words[mark]), kind=mark) for mark in SLOPES if mark in words]


def legend_html(legend: Sequence[Swatch]) -> str:
    """The legend as one line under the map."""
    marks = {
        "box": '<i style="background:{colour}"></i>',
        **{mark: f'<i class="{mark}" style="background-color:{NO_DATA}"></i>' for mark in SLOPES},
        "circle": '<i class="circle"></i>',
        "zero": '<i class="zero" style="border-color:{colour}"></i>',
    }
    parts = [
        tag("span", entry.label, "unit") if entry.kind == "words"
        else f"<span>{marks[entry.kind].format(colour=esc(entry.colour))}{esc(entry.label)}</span>"
        for entry in legend
    ]  # fmt: skip
    return f'<p class="atlas-legend">{"".join(parts)}</p>'


LEGEND_STATES = frozenset({"not_reported", "no_value", "not_filled", "not_applicable", "not_asked", "no_population"})
STATE_MARKS = {"not_reported": "hatch", "not_applicable": "level", "not_asked": "level", "no_population": "level"}
