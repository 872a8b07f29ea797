"""Findings by rule: a bar a rule, its parts the states, the number at its end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from dashboard.charts.base import base_layout
from dashboard.theme import INK

ROW_PX = 26
LEGEND_PX = 30  # above the bars: what stands beyond the margin is cut off with a saved picture's frame


@dataclass(frozen=True)
class RuleBar:
    """One rule: its name, the size of each part, the tip."""

    name: str
    sizes: tuple[int, ...]
    hover: str


def draw_findings(bars: Sequence[RuleBar], parts: Sequence[tuple[str, str]]) -> go.Figure:
    """Bars in the order given; parts are (words, colour)."""
    figure = base_layout(go.Figure(), height=ROW_PX * len(bars) + LEGEND_PX + 4)
    places = list(range(len(bars)))
    for n, (words, colour) in enumerate(parts):
        sizes = [bar.sizes[n] for bar in bars]
        if any(sizes):
            figure.add_trace(
                go.Bar(
                    x=sizes, y=places, orientation="h", name=words, marker={"color": colour},
                    hovertext=[bar.hover for bar in bars], hovertemplate="%{hovertext}<extra></extra>",
                )
            )  # fmt: skip
    for place, bar in zip(places, bars, strict=True):
        figure.add_annotation(
            x=sum(bar.sizes), y=place, text=str(sum(bar.sizes)), showarrow=False, xanchor="left", xshift=4,
            font={"color": INK, "size": 12},
        )  # fmt: skip
    figure.update_layout(
        barmode="stack", bargap=0.3, showlegend=True, margin={"l": 10, "r": 30, "t": LEGEND_PX, "b": 4},
        legend={"orientation": "h", "y": 1.0, "yanchor": "bottom", "x": 0, "traceorder": "normal"},
    )  # fmt: skip
    figure.update_xaxes(visible=False, range=[0, 1.12 * max((sum(b.sizes) for b in bars), default=1)])
    figure.update_yaxes(
        tickvals=places, ticktext=[b.name for b in bars], range=[len(bars) - 0.5, -0.5], automargin=True,
        showgrid=False, ticklabelstandoff=4,
    )  # fmt: skip
    return figure
