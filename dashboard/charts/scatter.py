"""Two measures against each other: one dot a unit, the outermost named."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from dashboard.charts.base import base_layout
from dashboard.charts.breaks import nice_ticks
from dashboard.theme import INK, LINE, MUTED, WHITE

HEIGHT_PX = 330
DOT_PX = 10
MAX_NAMED = 8
# Names of dots nearer than this share of the scales would cover each other.
NEAR_X = 0.12
NEAR_Y = 0.08


@dataclass(frozen=True)
class Dot:
    """One unit with both values."""

    key: str
    name: str
    x: float
    y: float
    hover: str


def outermost(dots: Sequence[Dot], most: int = MAX_NAMED) -> list[Dot]:
    """The dots farthest out on either scale, those to be named; of close neighbours only the first."""
    top_x = max((dot.x for dot in dots), default=0) or 1
    top_y = max((dot.y for dot in dots), default=0) or 1
    named: list[Dot] = []
    for dot in sorted(dots, key=lambda dot: max(dot.x / top_x, dot.y / top_y), reverse=True):
        near = any(abs(dot.x - o.x) / top_x < NEAR_X and abs(dot.y - o.y) / top_y < NEAR_Y for o in named)
        if not near and len(named) < most:
            named.append(dot)
    return named


def draw_scatter(
    dots: Sequence[Dot], x_title: str, y_title: str, colour: str, tick_text: Callable[[float], str]
) -> go.Figure:
    """Dots from zero on both axes; the numbers on the axes are written by `tick_text`, as everywhere on the page."""
    figure = base_layout(go.Figure(), height=HEIGHT_PX)
    named = {dot.key for dot in outermost(dots)} if dots else set()
    figure.add_trace(
        go.Scatter(
            x=[dot.x for dot in dots], y=[dot.y for dot in dots], mode="markers+text",
            marker={"size": DOT_PX, "color": colour, "opacity": 0.85, "line": {"color": WHITE, "width": 1}},
            text=[dot.name if dot.key in named else "" for dot in dots], textposition="top center", cliponaxis=False,
            textfont={"size": 12, "color": INK}, hovertext=[dot.hover for dot in dots],
            hovertemplate="%{hovertext}<extra></extra>", customdata=[dot.key for dot in dots],
        )
    )  # fmt: skip
    for update, title, values in (
        (figure.update_xaxes, x_title, [dot.x for dot in dots]),
        (figure.update_yaxes, y_title, [dot.y for dot in dots]),
    ):
        update(value_axis(max(values, default=0), tick_text) | {"title": axis_title(title)})
    figure.update_layout(margin={"l": 56, "r": 24, "t": 18, "b": 44})
    return figure


def value_axis(top: float, tick_text: Callable[[float], str]) -> dict[str, object]:
    """An axis from zero with round numbers up to the top in the reader's own way: plotly's own are English."""
    ticks = nice_ticks(top)
    return {
        "rangemode": "tozero", "gridcolor": LINE, "zeroline": True, "zerolinecolor": LINE, "fixedrange": True,
        "ticks": "", "tickfont": {"size": 12, "color": MUTED}, "tickmode": "array", "tickvals": list(ticks),
        "ticktext": [tick_text(value) for value in ticks],
    }  # fmt: skip


def axis_title(words: str) -> dict[str, object]:
    """What the axis counts."""
    return {"text": words, "font": {"size": 12, "color": MUTED}, "standoff": 8}
