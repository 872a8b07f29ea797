"""How values are spread over the classes of a map: bars of equal width, the breaks as lines."""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go

from dashboard.charts.base import Parts, trace
from dashboard.charts.breaks import Classes, nice_ticks
from dashboard.theme import INK, LINE, MUTED

HEIGHT_PX = 150
N_BINS = 24


def draw_histogram(values: Sequence[float], classes: Classes, labels: dict[float, str]) -> go.Figure:
    """Each bar in the colour of its class; the class of a bar is that of its middle."""
    low, high = min(0.0, *values), max(values)
    width = (high - low) / N_BINS or 1.0
    counts = [0] * N_BINS
    for value in values:
        counts[min(N_BINS - 1, int((value - low) / width))] += 1
    middles = [low + (n + 0.5) * width for n in range(N_BINS)]
    bars = trace(
        "bar",
        x=middles, y=counts, width=[width * 0.92] * N_BINS,
        marker={"color": [classes.colour(m) for m in middles], "line": {"color": MUTED, "width": 0.4}},
        hovertemplate="%{y}<extra></extra>",
    )  # fmt: skip
    lines = [
        {"type": "line", "x0": b, "x1": b, "y0": 0, "y1": 1, "yref": "paper",
         "line": {"color": INK, "width": 1, "dash": "dot"}}
        for b in classes.breaks if low <= b <= high
    ]  # fmt: skip
    layout: dict[str, object] = {
        "shapes": lines,
        "margin": {"l": 4, "r": 12, "t": 6, "b": 22},
        "xaxis": {
            "tickmode": "array", "tickvals": list(labels), "ticktext": list(labels.values()), "showgrid": False,
            "zeroline": False, "fixedrange": True, "linecolor": LINE, "showline": True,
            "range": [low, high + width * 0.2], "tickfont": {"size": 11, "color": MUTED},
        },
        "yaxis": {"visible": False, "fixedrange": True, "range": [0, max(counts) * 1.1]},
    }  # fmt: skip
    return Parts([bars], layout).figure(height=HEIGHT_PX)


def axis_labels(values: Sequence[float]) -> tuple[float, ...]:
    """Round places for the axis."""
    return nice_ticks(max(values)) if values else ()
