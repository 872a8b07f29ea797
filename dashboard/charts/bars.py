"""Horizontal bars: values by unit, and changes on both sides of an axis."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import plotly.graph_objects as go

from dashboard.charts.base import Parts, trace
from dashboard.charts.map_labels import LABEL_PX, text_px
from dashboard.theme import FALL, INK, LINE, MUTED, RISE

ROW_PX = 26
MIN_HEIGHT_PX = 90
# The narrowest chart of a page, and the size of its writing, in pixels.
WIDTH_PX, TEXT_PX = 470, 12
# The bars keep this share of the width however long the words are.
LEAST_SHARE = 0.15
# Between a name and the axis.
GAP = "\u2002"


class Named(Protocol):
    """A row of a chart that has a name."""

    @property
    def name(self) -> str:
        """The name on the axis."""


@dataclass(frozen=True)
class Bar:
    """One bar: value None is drawn as its text alone (未报送)."""

    key: str
    name: str
    value: float | None
    text: str
    hover: str


def height_px(count: int, row_px: int = ROW_PX) -> int:
    """The height that gives every bar a line of text."""
    return max(MIN_HEIGHT_PX, row_px * count + 12)


def draw_bars(bars: Sequence[Bar], colour: str, *, top: float | None = None, row_px: int = ROW_PX) -> go.Figure:
    """Bars from the left, in the order given, names at the left, numbers at their ends; `top` shares one scale."""
    top = top or max((bar.value for bar in bars if bar.value is not None), default=0) or 1
    drawn = trace(
        "bar",
        orientation="h",
        y=list(range(len(bars))),
        x=[bar.value or 0 for bar in bars],
        marker={"color": colour},
        customdata=[bar.key for bar in bars],
        text=[bar.text for bar in bars],
        textposition="outside",
        cliponaxis=False,
        textfont={"size": 12, "color": [INK if bar.value is not None else MUTED for bar in bars]},
        hovertext=[bar.hover for bar in bars],
        hovertemplate="%{hovertext}<extra></extra>",
        selected={"marker": {"opacity": 1}},
        unselected={"marker": {"opacity": 1}},
    )
    layout = {
        "bargap": 0.35,
        "margin": {"l": 8, "r": 8, "t": 4, "b": 4},
        "xaxis": {"visible": False, "range": [0, top * 1.22], "fixedrange": True},
        "yaxis": names_axis(bars),
    }
    return Parts([drawn], layout).figure(height=height_px(len(bars), row_px))


def names_axis(bars: Sequence[Named]) -> dict[str, object]:
    """Names of the bars on the axis, first bar on top."""
    return {
        "range": [len(bars) - 0.5, -0.5], "tickmode": "array", "tickvals": list(range(len(bars))),
        "ticktext": [bar.name for bar in bars], "automargin": True, "fixedrange": True, "showgrid": False,
        "zeroline": False, "ticks": "", "tickfont": {"size": 12, "color": INK}, "ticklabelstandoff": 4,
    }  # fmt: skip


def update_names(figure: go.Figure, bars: Sequence[Named]) -> None:
    """The same on a figure that is there."""
    figure.update_yaxes(names_axis(bars))


def reaches(bars: Sequence[Bar]) -> tuple[float, float]:
    """From where to where the axis goes, so that numbers at the ends of bars and names beside them have room on a narrow page."""
    falls = [bar for bar in bars if (bar.value or 0.0) < 0]
    rises = [bar for bar in bars if (bar.value or 0.0) >= 0]
    fall, rise = (max((abs(bar.value or 0.0) for bar in side), default=0.0) for side in (falls, rises))
    left = max([room_px(bar.text) for bar in falls] + [room_px(bar.name) for bar in rises], default=0.0)
    right = max([room_px(bar.text) for bar in rises] + [room_px(bar.name) for bar in falls], default=0.0)
    per_px = ((fall + rise) or 1.0) / max(WIDTH_PX - left - right, WIDTH_PX * LEAST_SHARE)
    return -(fall + left * per_px), rise + right * per_px


def room_px(text: str) -> float:
    """How wide a text is, with the gap before it."""
    return (text_px(text) / LABEL_PX + 1) * TEXT_PX


def draw_change_bars(bars: Sequence[Bar]) -> go.Figure:
    """Bars on both sides of zero; the name stands on the free side of the axis, the number at the bar's end."""
    values = [bar.value or 0.0 for bar in bars]
    places = list(range(len(bars)))
    changes = trace(
        "bar",
        orientation="h",
        y=places,
        x=values,
        marker={"color": [RISE if value >= 0 else FALL for value in values]},
        customdata=[bar.key for bar in bars],
        text=[bar.text for bar in bars],
        textposition="outside",
        cliponaxis=False,
        textfont={"size": 12, "color": INK},
        hovertext=[bar.hover for bar in bars],
        hovertemplate="%{hovertext}<extra></extra>",
    )
    names = trace(
        "scatter",
        x=[0] * len(bars),
        y=places,
        mode="text",
        text=[
            f"{bar.name}{GAP}" if value >= 0 else f"{GAP}{bar.name}" for bar, value in zip(bars, values, strict=True)
        ],
        textposition=["middle left" if value >= 0 else "middle right" for value in values],
        textfont={"size": 12, "color": INK},
        cliponaxis=False,
        hoverinfo="skip",
    )
    layout = {
        "bargap": 0.38,
        "margin": {"l": 4, "r": 4, "t": 4, "b": 4},
        "xaxis": {
            "showgrid": False, "showticklabels": False, "ticks": "", "fixedrange": True, "zeroline": True,
            "zerolinecolor": LINE, "range": reaches(bars),
        },
        "yaxis": {"range": [len(bars) - 0.5, -0.5], "visible": False, "fixedrange": True},
    }  # fmt: skip
    return Parts([changes, names], layout).figure(height=height_px(len(bars)))
