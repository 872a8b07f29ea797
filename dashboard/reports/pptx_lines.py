"""Years as lines that an office program draws: a line for each form, broken where a year is missing."""

from __future__ import annotations

from typing import Any, Final

from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_LEGEND_POSITION, XL_MARKER_STYLE
from pptx.util import Inches, Pt

from dashboard.reports.chart import Native
from dashboard.reports.pptx_labels import label_points
from dashboard.reports.pptx_text import FONT, colour, set_font
from dashboard.theme import INK, MUTED, NO_DATA_LINE

LABEL_PT, LINE_PT, MARKER_PT = 14, 2.5, 9
# One hue for all: it is one measure; forms are told apart by their marks.
MARKS: Final = (XL_MARKER_STYLE.CIRCLE, XL_MARKER_STYLE.SQUARE, XL_MARKER_STYLE.DIAMOND, XL_MARKER_STYLE.TRIANGLE)


def add_line_chart(slide: Any, box: tuple[float, float, float, float], told: str, hue: str, native: Native) -> None:
    """The chart in a box of inches; `told` is its text for those who can't see it."""
    values: Any = CategoryChartData()
    values.categories = native.categories
    for series in native.series:
        values.add_series(series.name, series.values)
    frame = slide.shapes.add_chart(XL_CHART_TYPE.LINE_MARKERS, *(Inches(side) for side in box), values)
    frame._element.nvGraphicFramePr.cNvPr.set("descr", told)
    made = frame.chart
    made.font.name, made.has_title, made.has_legend = FONT, False, True
    made.legend.position, made.legend.include_in_layout = XL_LEGEND_POSITION.TOP, False
    set_font(made.legend.font, 12, MUTED)
    made.value_axis.visible = made.value_axis.has_major_gridlines = False
    made.value_axis.minimum_scale = 0
    made.category_axis.format.line.color.rgb = colour(NO_DATA_LINE)
    set_font(made.category_axis.tick_labels.font, LABEL_PT, INK)
    for series, own, mark in zip(made.plots[0].series, native.series, MARKS * len(native.series), strict=False):
        series.smooth = False
        series.format.line.color.rgb, series.format.line.width = colour(hue), Pt(LINE_PT)
        series.marker.style, series.marker.size = mark, MARKER_PT
        series.marker.format.fill.solid()
        series.marker.format.fill.fore_color.rgb = colour(hue)
        label_points(series, native, own, XL_LABEL_POSITION.ABOVE, LABEL_PT)
