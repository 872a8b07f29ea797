"""Distribution: one dot a unit along the scale, with the median."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

import plotly.graph_objects as go

from dashboard.charts.base import base_layout
from dashboard.theme import INK, LINE, MUTED

HEIGHT_PX = 200
COLUMNS = 48
DOT_PX = 11
# Half a name's width as a share of the scale.
NAME_SHARE = 0.06


@dataclass(frozen=True)
class Dot:
    """One unit of a distribution."""

    key: str
    name: str
    value: float
    hover: str


def stack_dots(values: Sequence[float]) -> list[int]:
    """Height of each dot in its column, so that equal values stand on one another."""
    top = max(values, default=0) or 1
    columns: dict[int, int] = {}
    heights = []
    for value in values:
        column = round(value / top * COLUMNS)
        columns[column] = columns.get(column, 0) + 1
        heights.append(columns[column])
    return heights


def draw_strip(dots: Sequence[Dot], colour: str, median_text: str, tick_texts: dict[float, str]) -> go.Figure:
    """Dots along the scale from zero, named at both ends, a line at the median."""
    figure = base_layout(go.Figure(), height=HEIGHT_PX)
    values = [dot.value for dot in dots]
    heights = stack_dots(values)
    figure.add_trace(
        go.Scatter(
            x=values, y=heights, mode="markers",
            marker={"size": DOT_PX, "color": colour, "opacity": 0.85, "line": {"color": "#FFFFFF", "width": 1}},
            customdata=[dot.key for dot in dots], hovertext=[dot.hover for dot in dots],
            hovertemplate="%{hovertext}<extra></extra>",
        )
    )  # fmt: skip
    top = max(heights, default=1) + 2.2
    if values:
        middle = median(values)
        figure.add_shape(type="line", x0=middle, x1=middle, y0=0, y1=top - 0.9, line={"color": INK, "width": 1})
        figure.add_annotation(
            x=middle, y=top - 0.9, text=median_text, showarrow=False, yanchor="bottom", xanchor="left", xshift=-4,
            font={"size": 12, "color": INK},
        )  # fmt: skip
        for dot, height in named_ends(dots, heights):
            figure.add_annotation(
                x=dot.value, y=height, text=dot.name, showarrow=False, yshift=14, font={"size": 12, "color": MUTED}
            )
    figure.update_layout(margin={"l": 16, "r": 40, "t": 4, "b": 24})
    figure.update_yaxes(visible=False, range=[0.2, top + 0.8], fixedrange=True)
    figure.update_xaxes(
        showgrid=False, zeroline=False, fixedrange=True, linecolor=LINE, tickfont={"size": 12, "color": MUTED},
        tickvals=list(tick_texts), ticktext=list(tick_texts.values()),
    )  # fmt: skip
    return figure


def named_ends(dots: Sequence[Dot], heights: Sequence[int]) -> list[tuple[Dot, int]]:
    """The highest dots that have room for a name, with the height of whatever stands around them."""
    pairs = sorted(zip(dots, heights, strict=True), key=lambda pair: pair[0].value)
    reach = pairs[-1][0].value * NAME_SHARE
    ends = pairs[-1:]
    if len(pairs) > 2 and pairs[-1][0].value - pairs[-2][0].value > 2 * reach:
        ends = pairs[-2:]
    return [(dot, max(h for other, h in pairs if abs(other.value - dot.value) <= reach)) for dot, _ in ends]
