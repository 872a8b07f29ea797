"""A chart of many bars in two columns beside each other, so that its names can be read from the back of a room."""

from __future__ import annotations

import json
from typing import Any, Final

import plotly.graph_objects as go

from dashboard.charts.base import made_figure
from dashboard.charts.frame import CHART_WIDTH_PX, width_px

Spec = dict[str, Any]

MAX_ROWS: Final = 20
# Between the columns: the longest name of the second one as drawn, and the words at the first one's ends.
NAME_PX, NAME_SHARE, WORDS_SHARE = 12, 1.4, 0.05


def two_columned(figure: go.Figure, width: float) -> go.Figure:
    """The figure in two columns where it has too many bars, for a picture of this width."""
    spec: Spec = json.loads(figure.to_json())
    parted = in_two_columns(spec, width)
    return figure if parted is spec else made_figure(parted["data"], parted["layout"])


def in_two_columns(spec: Spec, width_of_all: float = CHART_WIDTH_PX) -> Spec:
    """The figure, its bars in two columns on one scale where there are more than can be read; others as they are.

    Only bars at places 0 to n-1 of a falling axis are parted, as `update_names` sets them.
    """
    layout, names = spec["layout"], spec["layout"].get("yaxis", {}).get("ticktext")
    if not names or len(names) <= MAX_ROWS or any(trace["type"] != "bar" for trace in spec["data"]):
        return spec
    n, half = len(names), -(-len(names) // 2)
    longest = max(width_px(name, NAME_PX) for name in names[half:])
    width = (1 - min(WORDS_SHARE + NAME_SHARE * longest / width_of_all, 0.4)) / 2
    parts = ((0, half, "", [0, width]), (half, n, "2", [1 - width, 1]))
    traces = [part_of(trace, n, low, high, axis) for low, high, axis, _ in parts for trace in spec["data"]]
    for trace in traces[len(spec["data"]) :]:
        trace["showlegend"] = False
    made = {name: value for name, value in layout.items() if name not in ("xaxis", "yaxis")}
    for low, high, axis, domain in parts:
        own = {"range": [low + half - 0.5, low - 0.5], "tickvals": list(range(low, high)), "ticktext": names[low:high]}
        made[f"xaxis{axis}"] = layout["xaxis"] | {"domain": domain, "anchor": f"y{axis}"}
        made[f"yaxis{axis}"] = layout["yaxis"] | own | {"anchor": f"x{axis}"}
    made["annotations"] = [
        text if (text.get("y") or 0) < half else text | {"xref": "x2", "yref": "y2"}
        for text in layout.get("annotations", [])
    ]
    made["height"] = round(layout["height"] / 2)
    return {**spec, "data": traces, "layout": made}


def part_of(trace: Spec, n: int, low: int, high: int, axis: str) -> Spec:
    """The trace's rows from low to high, on these axes."""

    def cut(value: Any) -> Any:
        if isinstance(value, list) and len(value) == n:
            return value[low:high]
        if isinstance(value, dict):
            return {name: cut(item) for name, item in value.items()}
        return value

    return {**cut(trace), "xaxis": f"x{axis}", "yaxis": f"y{axis}"}
