"""Bars that the office program draws and lets edit: lying, in the order given, in two columns on one scale where they are many."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final, NamedTuple

from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_LEGEND_POSITION, XL_TICK_LABEL_POSITION
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Inches

from dashboard.charts.frame import width_px
from dashboard.reports.chart import Native
from dashboard.reports.pptx_labels import label_points
from dashboard.reports.pptx_text import FONT, POINTS, colour, set_font
from dashboard.theme import FALL, INK, NO_DATA_LINE, RAMPS, RISE, WHITE

Box = tuple[float, float, float, float]
ROWS_A_COLUMN: Final = 22
ROW_IN: Final = 0.8  # a bar with its gap is no higher, so that three bars are no blocks
SIZES: Final = ((6, 16.0), (12, 14.0), (ROWS_A_COLUMN, 12.0))  # so many rows at most, points of their words
COLUMN_GAP_IN, LEGEND_IN, NAME_GAP_IN = 0.3, 0.4, 0.15
LEGEND_PT, LEGEND_MARK_IN, LEGEND_SHARE = 12, 0.35, 0.8
MOST_NAME: Final = 0.45  # of a column's width
LABEL_ROOM: Final = 0.16  # of the scale, beyond the longest bar
STACK_COLOURS: Final = (RAMPS["coverage"][3], RAMPS["hazards"][1], NO_DATA_LINE, "#A884BE", "#FFFFFF")


class Scale(NamedTuple):
    """From where to where all columns of a chart go."""

    low: float
    high: float


def slide_parts(native: Native) -> tuple[Native, ...]:
    """The chart, on as many slides as its bars need in two columns each; lines stay whole."""
    n = len(native.categories)
    if native.kind == "lines" or n <= 2 * ROWS_A_COLUMN:
        return (native,)
    n_slides = -(-n // (2 * ROWS_A_COLUMN))
    step = -(-n // n_slides)
    return tuple(rows_of(native, low, low + step) for low in range(0, n, step))


def rows_of(native: Native, low: int, high: int) -> Native:
    """The chart's bars from low to high."""
    series = tuple(
        replace(one, values=one.values[low:high], labels=one.labels[low:high]) for one in native.series
    )  # fmt: skip
    return replace(native, categories=native.categories[low:high], series=series)


def add_bars(slide: Any, box: Box, told: str, hue: str, native: Native, scale: Scale | None = None) -> None:
    """The bars in a box of inches, from its top; `told` is their text for those who can't see them."""
    n = len(native.categories)
    half = n if n <= ROWS_A_COLUMN else -(-n // 2)
    size = next(points for rows, points in SIZES if half <= rows)
    columns = [rows_of(native, low, low + half) for low in range(0, n, half)]
    width = (box[2] - COLUMN_GAP_IN * (len(columns) - 1)) / len(columns)
    top_in = legend_in(native, width) if native.kind == "stacked" else 0.0
    row_in = min(ROW_IN, (box[3] - top_in) / half)
    names_in = min(
        max(width_px(name, size) for name in native.categories) / POINTS + NAME_GAP_IN, MOST_NAME * width
    )  # fmt: skip
    for place, column in enumerate(columns):
        height = top_in + row_in * len(column.categories)
        own = (box[0] + place * (width + COLUMN_GAP_IN), box[1], width, height)
        inner = (names_in / width, top_in / height, 1 - names_in / width, 1 - top_in / height)
        add_column(slide, own, told, hue, column, size, inner, scale or scale_of(native))


def legend_in(native: Native, width: float) -> float:
    """How high the legend of a chart so wide is, in inches: programs break it before it is as wide as the chart."""
    wanted = sum(width_px(series.name, LEGEND_PT) / POINTS + LEGEND_MARK_IN for series in native.series)
    return LEGEND_IN * math.ceil(wanted / (width * LEGEND_SHARE))


def scale_of(native: Native) -> Scale | None:
    """One scale for all bars, with room for the numbers at their ends; None where the bars are all of one length."""
    values = [value for series in native.series for value in series.values if value is not None]
    if native.kind == "stacked":
        return None
    low, high = min((*values, 0.0)), max((*values, 0.0))
    if native.kind == "shares":
        high = 100.0
    room = (high - low or 1.0) * LABEL_ROOM
    return Scale(low - room if low < 0 else 0.0, high + room)


def add_column(
    slide: Any, box: Box, told: str, hue: str, native: Native, size: float, inner: Box, scale: Scale | None
) -> None:  # fmt: skip
    """One chart; `inner` is where its bars stand in it, as shares, so that columns beside each other are alike."""
    values: Any = CategoryChartData()
    values.categories = native.categories
    for series in native.series:
        values.add_series(series.name, series.values)
    is_stacked = native.kind == "stacked"
    kind = XL_CHART_TYPE.BAR_STACKED_100 if is_stacked else XL_CHART_TYPE.BAR_CLUSTERED
    frame = slide.shapes.add_chart(kind, *(Inches(side) for side in box), values)
    frame._element.nvGraphicFramePr.cNvPr.set("descr", told)
    made = frame.chart
    style_axes(made, size, scale)
    place_plot(made, inner)
    made.has_title, made.has_legend = False, is_stacked
    if is_stacked:
        made.legend.position, made.legend.include_in_layout = XL_LEGEND_POSITION.TOP, False
        set_font(made.legend.font, LEGEND_PT, INK)
        colour_series(made, STACK_COLOURS)
        return
    colour_series(made, (RISE if native.kind == "change" else hue,))
    (series,) = native.series
    label_points(made.plots[0].series[0], native, series, XL_LABEL_POSITION.OUTSIDE_END, size)
    if native.kind == "change":
        colour_falls(made, series.values)


def style_axes(made: Any, size: float, scale: Scale | None) -> None:
    """Names beside the bars, first one on top; no grid. A program's own scale may cut the bars' feet off."""
    names, values = made.category_axis, made.value_axis
    names.reverse_order = True
    names.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    names.has_major_gridlines = values.has_major_gridlines = False
    names.format.line.color.rgb = colour(NO_DATA_LINE)
    set_font(names.tick_labels.font, size, INK)
    values.visible = False
    if scale is not None:
        values.minimum_scale, values.maximum_scale = scale
    made.font.name = FONT


def place_plot(made: Any, inner: Box) -> None:
    """The bars stand where they are told, whatever the length of their names."""
    parts = "".join(f'<c:{side} val="{share:.4f}"/>' for side, share in zip("xywh", inner, strict=True))
    layout = parse_xml(
        f'<c:layout {nsdecls("c")}><c:manualLayout><c:layoutTarget val="inner"/>'
        f'<c:xMode val="edge"/><c:yMode val="edge"/>{parts}</c:manualLayout></c:layout>'
    )
    plot_area = made._chartSpace.chart.plotArea
    for old in plot_area.findall(qn("c:layout")):
        plot_area.remove(old)
    plot_area.insert(0, layout)


def colour_series(made: Any, colours: Sequence[str]) -> None:
    """The theme's colours; what falls has its own."""
    plot = made.plots[0]
    plot.gap_width = 45
    for series, hue in zip(plot.series, colours, strict=False):
        series.format.fill.solid()
        series.format.fill.fore_color.rgb = colour(hue)
        series.invert_if_negative = False
        if hue == WHITE:
            series.format.line.color.rgb = colour(NO_DATA_LINE)


def colour_falls(made: Any, values: Sequence[float | None]) -> None:
    """Falling bars in their own colour."""
    for place, value in enumerate(values):
        if value is not None and value < 0:
            fill = made.plots[0].series[0].points[place].format.fill
            fill.solid()
            fill.fore_color.rgb = colour(FALL)
