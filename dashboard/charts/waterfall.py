"""From one total to another in steps: what rises, what falls, and the two totals at the ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from dashboard.charts.base import Parts, trace
from dashboard.theme import FALL, INK, LINE, MUTED, RISE

ROW_PX = 30
ROOM = 1.16


@dataclass(frozen=True)
class Step:
    """One row: a whole total (is_total) or a change; `is_real` false for changes that are not of what was done."""

    name: str
    amount: float
    text: str
    hover: str
    is_total: bool = False
    is_real: bool = True


def spans(steps: Sequence[Step]) -> list[tuple[float, float]]:
    """Where each bar begins and how far it goes: totals from zero, changes from where the last one ended."""
    found, level = [], 0.0
    for step in steps:
        if step.is_total:
            found.append((0.0, step.amount))
            level = step.amount
        else:
            found.append((level, step.amount))
            level += step.amount
    return found


def draw_waterfall(steps: Sequence[Step], colour: str) -> go.Figure:
    """The steps from top to bottom, joined by thin lines; what is not of what was done is paler."""
    places = spans(steps)
    top = max((max(start, start + size) for start, size in places), default=1) or 1
    bars = trace(
        "bar",
        orientation="h", y=list(range(len(steps))), x=[size for _, size in places], base=[start for start, _ in places],
        marker={
            "color": [colour if s.is_total else RISE if s.amount >= 0 else FALL for s in steps],
            "opacity": [1 if s.is_real else 0.45 for s in steps],
        },
        text=[s.text for s in steps], textposition="outside", cliponaxis=False, textfont={"size": 12, "color": INK},
        hovertext=[s.hover for s in steps], hovertemplate="%{hovertext}<extra></extra>",
    )  # fmt: skip
    ends = [start + size for start, size in places]
    joints = trace(
        "scatter",
        x=[x for end in ends[:-1] for x in (end, end, None)],
        y=[y for n in range(len(ends) - 1) for y in (n, n + 1, None)],
        mode="lines", line={"color": MUTED, "width": 0.8, "dash": "dot"}, hoverinfo="skip",
    )  # fmt: skip
    layout = {
        "bargap": 0.34,
        "margin": {"l": 8, "r": 8, "t": 4, "b": 4},
        "xaxis": {"visible": False, "range": [0, top * ROOM], "fixedrange": True},
        "yaxis": {
            "range": [len(steps) - 0.5, -0.5], "tickmode": "array", "tickvals": list(range(len(steps))),
            "ticktext": [s.name for s in steps], "automargin": True, "fixedrange": True, "showgrid": False,
            "zeroline": False, "ticks": "", "tickfont": {"size": 12, "color": INK}, "ticklabelstandoff": 4,
            "linecolor": LINE,
        },
    }  # fmt: skip
    return Parts([bars, joints], layout).figure(height=ROW_PX * len(steps) + 12)
