"""Dumbbells: each unit's base and later value on one line, the later one filled."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from dashboard.charts.bars import height_px
from dashboard.charts.base import base_layout
from dashboard.charts.breaks import nice_ticks
from dashboard.theme import FALL, INK, LINE, MUTED, RISE, WHITE

DOT_PX = 9
SHAPES = {True: "circle", False: "diamond"}  # exact or not
HEAD_PX = 48
# From the top of the rows to the legend, over the scale's numbers.
LEGEND_PX = 22


@dataclass(frozen=True)
class Dumbbell:
    """One unit: its two values, the change in words, the tip; what is only about so much or a bound is drawn as a diamond."""

    key: str
    name: str
    base: float
    now: float
    text: str
    hover: str
    are_exact: tuple[bool, bool] = (True, True)


def draw_dumbbells(
    rows: Sequence[Dumbbell], base_name: str, now_name: str, rough_name: str, tick_text: Callable[[float], str]
) -> go.Figure:
    """A line per unit from the base (hollow) to the later value (filled), in the order given; the change at its end.

    The legend names the diamonds (`rough_name`) where there are some.
    """
    figure = base_layout(go.Figure(), height=height_px(len(rows)) + HEAD_PX)
    xs: list[float | None] = []
    ys: list[float | None] = []
    for place, row in enumerate(rows):
        xs += [row.base, row.now, None]
        ys += [place, place, None]
    figure.add_trace(go.Scatter(x=xs, y=ys, mode="lines", line={"color": "#C3CAD1", "width": 3}, hoverinfo="skip"))
    places = list(range(len(rows)))
    tips = [row.hover for row in rows]
    base_shapes, now_shapes = ([SHAPES[row.are_exact[side]] for row in rows] for side in (0, 1))
    figure.add_trace(_dots([row.base for row in rows], places, [WHITE] * len(rows), MUTED, tips, base_shapes))
    colours = [RISE if row.now >= row.base else FALL for row in rows]
    figure.add_trace(_dots([row.now for row in rows], places, colours, WHITE, tips, now_shapes))
    figure.update_traces(showlegend=False)
    kinds = [
        (base_name, WHITE, MUTED, True),
        (f"{now_name} ↑", RISE, WHITE, True),
        (f"{now_name} ↓", FALL, WHITE, True),
    ]
    if not all(all(row.are_exact) for row in rows):
        kinds.append((rough_name, WHITE, INK, False))
    for name, fill, line, is_exact in kinds:
        mark = {"size": DOT_PX, "color": fill, "symbol": SHAPES[is_exact], "line": {"color": line, "width": 1.5}}
        figure.add_trace(go.Scatter(x=[None], y=[None], mode="markers", name=name, marker=mark))
    top = max((max(row.base, row.now) for row in rows), default=1) or 1
    for place, row in enumerate(rows):
        figure.add_annotation(
            x=max(row.base, row.now), y=place, text=row.text, showarrow=False, xanchor="left", xshift=9,
            font={"size": 12, "color": INK},
        )  # fmt: skip
    figure.update_layout(
        margin={"l": 8, "r": 8, "t": HEAD_PX, "b": 4}, showlegend=True,
        legend={"orientation": "h", "x": 0, "y": 1 + LEGEND_PX / height_px(len(rows)), "yanchor": "bottom", "xanchor": "left", "font": {"size": 12},
                "itemclick": False, "itemdoubleclick": False},
    )  # fmt: skip
    ticks = nice_ticks(top)
    figure.update_xaxes(
        range=[-top * 0.02, top * 1.28], tickvals=ticks, ticktext=[tick_text(value) for value in ticks], ticks="",
        side="top", gridcolor=LINE, zeroline=True, zerolinecolor=LINE, fixedrange=True,
        tickfont={"size": 12, "color": MUTED},
    )  # fmt: skip
    figure.update_yaxes(
        range=[len(rows) - 0.5, -0.7], tickmode="array", tickvals=places, ticktext=[row.name for row in rows],
        automargin=True, showgrid=False, zeroline=False, ticks="", fixedrange=True, tickfont={"size": 12, "color": INK},
    )  # fmt: skip
    return figure


def _dots(xs: list[float], ys: list[int], fill: list[str], line: str, tips: list[str], shapes: list[str]) -> go.Scatter:
    return go.Scatter(
        x=xs, y=ys, mode="markers", hovertext=tips, hovertemplate="%{hovertext}<extra></extra>",
        marker={"size": DOT_PX, "color": fill, "symbol": shapes, "line": {"color": line, "width": 1.5}},
    )  # fmt: skip
