"""Stacked bars: the parts of a whole for each unit, each part in its own colour."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from dashboard.charts.bars import update_names
from dashboard.charts.base import base_layout
from dashboard.charts.frame import width_px
from dashboard.theme import INK, NO_DATA_LINE, WHITE

ROW_PX = 21
LEGEND_PX = 30
SWATCH_PX = 46  # a legend entry without its words
NARROW_PX = 430  # a column on a laptop, without the names and numbers beside the bars


@dataclass(frozen=True)
class Part:
    """One kind of part: its words and its colour, white parts with an outline."""

    name: str
    colour: str


@dataclass(frozen=True)
class Stack:
    """One unit: the size of each part, the words at the bar's end, the tip."""

    key: str
    name: str
    sizes: tuple[int, ...]
    text: str
    hover: str


def legend_rows(names: Sequence[str]) -> int:
    """How many lines the legend takes in the narrowest place it stands in."""
    return 1 + int(sum(width_px(name, 12) + SWATCH_PX for name in names) // NARROW_PX)


def draw_stacks(stacks: Sequence[Stack], parts: Sequence[Part]) -> go.Figure:
    """A full bar per unit, in the order given; parts that are nowhere are not in the legend."""
    legend_px = LEGEND_PX * legend_rows([part.name for part in parts])
    figure = base_layout(go.Figure(), height=ROW_PX * len(stacks) + legend_px)
    places = list(range(len(stacks)))
    for number, part in enumerate(parts):
        sizes = [100 * stack.sizes[number] / (sum(stack.sizes) or 1) for stack in stacks]
        if any(sizes):
            outline = NO_DATA_LINE if part.colour == WHITE else part.colour
            figure.add_trace(
                go.Bar(
                    orientation="h", y=places, x=sizes, name=part.name, hovertext=[stack.hover for stack in stacks],
                    hovertemplate="%{hovertext}<extra></extra>", customdata=[stack.key for stack in stacks],
                    marker={"color": part.colour, "line": {"color": outline, "width": 0.8}},
                )
            )  # fmt: skip
    for place, stack in enumerate(stacks):
        figure.add_annotation(
            x=100, y=place, text=stack.text, showarrow=False, xanchor="left", xshift=6, font={"size": 12, "color": INK}
        )
    figure.update_layout(
        barmode="stack", bargap=0.3, margin={"l": 8, "r": 52, "t": legend_px, "b": 0}, showlegend=True,
        legend={"orientation": "h", "x": 0, "y": 1, "yanchor": "bottom", "xanchor": "left", "font": {"size": 12},
                "traceorder": "normal", "itemclick": False, "itemdoubleclick": False},
    )  # fmt: skip
    figure.update_xaxes(visible=False, range=[0, 100.4], fixedrange=True)
    update_names(figure, stacks)
    return figure
