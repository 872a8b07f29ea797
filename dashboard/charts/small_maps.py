"""One small map a year, all on the same classes; years without figures keep their place."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from dashboard.charts.base import Parts, Trace, trace
from dashboard.charts.breaks import Classes
from dashboard.charts.geometry import LayerShapes
from dashboard.charts.map_marks import ZERO_EDGE_PX, MapUnit, circle_marks, mark_lines
from dashboard.theme import INK, MUTED, NO_DATA, WHITE

COLUMNS = 3
ROW_PX = 300
TITLE_SHARE = 0.14
GAP_SHARE = 0.02
HATCH_LINES = 30
ZONE_SIZE = 8
SMALL_SHARE = 0.7  # of the large map's line


@dataclass(frozen=True)
class YearMap:
    """One panel: title and a line under it; no layer means a year without figures."""

    title: str
    words: str
    units: tuple[MapUnit, ...] = ()
    layer: LayerShapes | None = None


def draw_small_maps(panels: Sequence[YearMap], classes: Classes) -> go.Figure:
    """The panels in rows, left to right in the order given."""
    parts, rows = Parts(), math.ceil(len(panels) / COLUMNS)
    notes: list[dict[str, object]] = []
    for number, panel in enumerate(panels):
        row, column = divmod(number, COLUMNS)
        left, top = column / COLUMNS, 1 - row / rows
        right, bottom = (column + 1) / COLUMNS - GAP_SHARE, 1 - (row + 1) / rows
        below = top - TITLE_SHARE / rows
        notes.append(words_at(f"<b>{panel.title}</b><br>{panel.words}", left, top))
        if panel.layer is None:
            notes.append(words_at("\u2014", (left + right) / 2, (below + bottom) / 2, MUTED))
            continue
        name = f"geo{number + 1}" if number else "geo"
        parts.layout[name] = panel_layout(panel.layer, (left, right), (bottom, below))
        parts.traces += panel_traces(panel, panel.layer, classes, name)
    parts.layout |= {"annotations": notes, "margin": {"l": 0, "r": 0, "t": 2, "b": 0}}
    return parts.figure(height=ROW_PX * rows)


def words_at(text: str, x: float, y: float, colour: str = INK) -> dict[str, object]:
    """Words with their upper left corner at this place of the paper."""
    return {
        "text": text, "x": x, "y": y, "xref": "paper", "yref": "paper", "xanchor": "left", "yanchor": "top",
        "showarrow": False, "align": "left", "font": {"size": 12, "color": colour},
    }  # fmt: skip


def panel_layout(layer: LayerShapes, x: tuple[float, float], y: tuple[float, float]) -> dict[str, object]:
    """The frame of one panel, its bounds in full."""
    west, south, east, north = layer.bounds
    return {
        "projection": {"type": "mercator"}, "lonaxis": {"range": [west, east]}, "lataxis": {"range": [south, north]},
        "domain": {"x": list(x), "y": list(y)}, "visible": False, "bgcolor": "rgba(0,0,0,0)",
    }  # fmt: skip


def panel_traces(panel: YearMap, layer: LayerShapes, classes: Classes, geo: str) -> list[Trace]:
    """Districts by class, lines where there is no figure, zones as circles; the zeros last, their outline whole."""
    shaped = [unit for unit in panel.units if unit.unit_id in layer.shapes]
    shaped.sort(key=lambda unit: classes.is_zero(unit.value))
    zones = [u for u in panel.units if u.unit_id not in layer.shapes and u.is_zone and u.lon is not None]
    steps = (NO_DATA, WHITE, *classes.colours)
    districts = trace(
        "choropleth",
        geojson=layer.url, featureidkey="id", locations=[u.unit_id for u in shaped], geo=geo,
        z=[0 if u.value is None else 1 if classes.is_zero(u.value) else classes.index(u.value) + 2 for u in shaped], zmin=-0.5, zmax=len(steps) - 0.5,
        colorscale=[[edge / len(steps), colour] for n, colour in enumerate(steps) for edge in (n, n + 1)],
        showscale=False,
        marker={"line": {
            "color": [classes.zero_edge if classes.is_zero(u.value) else WHITE for u in shaped],
            "width": [SMALL_SHARE * ZERO_EDGE_PX if classes.is_zero(u.value) else 0.6 for u in shaped],
        }},
        text=[u.hover for u in shaped], hovertemplate="%{text}<extra></extra>",
    )  # fmt: skip
    west, _, east, _ = layer.bounds
    lines = mark_lines(shaped, layer.shapes, (east - west) / HATCH_LINES, layer.bounds, geo)
    circles = trace(
        "scattergeo",
        lon=[u.lon for u in zones], lat=[u.lat for u in zones], mode="markers", geo=geo,
        marker={
            "size": ZONE_SIZE,
            "line": {"color": [classes.zero_edge if classes.is_zero(u.value) else INK for u in zones], "width": 0.9},
            "color": [NO_DATA if u.value is None else classes.colour(u.value) for u in zones],
        },
        hovertext=[u.hover for u in zones], hovertemplate="%{hovertext}<extra></extra>",
    )  # fmt: skip
    return [districts, lines, circles, *circle_marks(zones, ZONE_SIZE, geo)]
