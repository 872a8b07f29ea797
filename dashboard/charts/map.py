"""The district map: SVG choropleth by classes, marked by lines where there is no data, circles for zones, an inset."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import plotly.graph_objects as go

from dashboard.charts.base import Parts, Trace, trace
from dashboard.charts.breaks import Classes
from dashboard.charts.frame import BOTTOM_PX, MAP_WIDTH_PX, TOP_PX, PictureFrame, frame_layout
from dashboard.charts.geometry import (
    MAX_LAYERS,
    Bounds,
    Inset,
    LayerShapes,
    Shape,
    pixels_per_degree,
    touches,
)
from dashboard.charts.map_labels import PAGE_ROOM, MapRoom, fit_labels
from dashboard.charts.map_marks import (
    ZERO_EDGE_PX,
    MapUnit,
    Panel,
    add_zones,
    inset_frame,
    inset_title,
    label_trace,
    mark_lines,
    panel_frame,
    zone_names,
    zone_text,
)
from dashboard.charts.map_places import Dot, apart, dodge, dot_boxes, free_sides, lean
from dashboard.records import Lang
from dashboard.theme import MUTED, NO_DATA, NO_DATA_LINE, WHITE

PAD_SHARE = 0.015
HATCH_LINES = 46
INSET_HATCH_LINES = 40
CORNER_SHARE = 0.38
# From where to where, across: the map, and its inset at the left.
IN_CORNER, CORNER_HEIGHT = ((0.18, 1.0), (0.0, 0.35)), 0.44
# Beside the map the inset uses the room that a wide screen leaves, and stays the smaller: six tenths of the map at most.
BESIDE, BESIDE_HEIGHT = ((0.36, 1.0), (0.0, 0.35)), 0.64
INSET_EDGE_SHARE = 0.04


@dataclass(frozen=True)
class DrawnMap:
    """The figure, the units that have no place on it, and those whose number has none: on a small frame, on a large one."""

    figure: go.Figure
    undrawn: tuple[MapUnit, ...]
    unnumbered: tuple[MapUnit, ...] = ()
    unnumbered_large: tuple[MapUnit, ...] = ()


def draw_map(
    units: Sequence[MapUnit], layer: LayerShapes, classes: Classes, lang: Lang, frame: PictureFrame,
    room: MapRoom = PAGE_ROOM, width: int = MAP_WIDTH_PX,
) -> DrawnMap:  # fmt: skip
    """The map of these units; each class is one trace, no data is the first of them, labels where they fit.

    `room`: what the map is drawn for; `width`: of its picture.
    """
    parts, numbered = Parts(), Numbered(set(), set())
    shaped = [unit for unit in units if unit.unit_id in layer.shapes]
    rest = [unit for unit in units if unit.unit_id not in layer.shapes]
    zones = [unit for unit in rest if unit.is_zone and unit.lon is not None and unit.lat is not None]
    for panel in panels(layer, room.has_inset_beside):
        add_districts(parts, [unit for unit in shaped if unit.unit_id in panel.shapes], layer, classes, panel)
        if panel.geo == "geo" and layer.inset is not None:
            parts.traces.append(inset_frame(layer.inset.bounds))
        add_named(parts, numbered, shaped, zones, classes, panel, layer, lang, room)
    parts.layout["uirevision"] = layer.layer_id
    parts.layout["margin"] = {"l": 0, "r": 0, "t": TOP_PX, "b": BOTTOM_PX}
    parts.layout |= frame_layout(frame, width)
    valued = [unit for unit in (*shaped, *zones) if unit.value is not None and unit.value_text]
    return DrawnMap(
        parts.figure(), tuple(unit for unit in rest if unit not in zones),
        tuple(unit for unit in valued if unit.unit_id not in numbered.small),
        tuple(unit for unit in valued if unit.unit_id not in numbered.large),
    )  # fmt: skip


@dataclass(frozen=True)
class Numbered:
    """Ids of the units whose number is printed, on a small frame and on a large one; filled panel by panel."""

    small: set[str]
    large: set[str]


@lru_cache(maxsize=2 * MAX_LAYERS)
def panels(layer: LayerShapes, has_inset_beside: bool) -> tuple[Panel, ...]:
    """The main map and the inset: beside it, or in the corner with the fewest districts."""
    inset = layer.inset
    if inset is None:
        return (Panel("geo", layer.bounds, (0, 1, 0, 1), layer.shapes, HATCH_LINES),)
    left, top = emptiest_corner(layer)
    main_x, inset_x = BESIDE if has_inset_beside else IN_CORNER
    if not left:
        main_x, inset_x = ((1 - end, 1 - start) for start, end in (main_x, inset_x))
    height = BESIDE_HEIGHT if has_inset_beside else CORNER_HEIGHT
    inset_y = (1 - height, 1.0) if top else (0.0, height)
    core = {unit_id: shape for unit_id, shape in layer.shapes.items() if touches(shape, inset.bounds)}
    return (
        Panel("geo", layer.bounds, (*main_x, 0, 1), layer.shapes, HATCH_LINES),
        Panel("geo2", inset.bounds, (*inset_x, *inset_y), core, INSET_HATCH_LINES),
    )


def emptiest_corner(layer: LayerShapes) -> tuple[bool, bool]:
    """(is left, is top) of the corner of the frame with the fewest districts, top left preferred."""
    west, south, east, north = layer.bounds

    def count(corner: tuple[bool, bool]) -> int:
        left, top = corner
        edge_lon = west + (east - west) * (CORNER_SHARE if left else 1 - CORNER_SHARE)
        edge_lat = north - (north - south) * (CORNER_SHARE if top else 1 - CORNER_SHARE)
        points = [point for shape in layer.shapes.values() for ring in shape.rings for point in ring]
        return sum(((x < edge_lon) == left) and ((y > edge_lat) == top) for x, y in points)

    return min(((True, True), (False, True), (False, False), (True, False)), key=count)


def add_districts(parts: Parts, units: Sequence[MapUnit], layer: LayerShapes, classes: Classes, panel: Panel) -> None:
    """The districts of a panel: no data with hatching first, then one trace per class, the zeros last, their outline whole."""
    blank = [unit for unit in units if unit.value is None]
    parts.traces.append(fill(blank, layer.url, NO_DATA, panel.geo))
    present = {unit.unit_id for unit in units}
    if rest := [unit_id for unit_id in panel.shapes if unit_id not in present]:
        parts.traces.append(outlines(rest, layer.url, panel.geo))
    for number, colour in enumerate(classes.colours):
        members = [
            unit for unit in units
            if unit.value is not None and not classes.is_zero(unit.value) and classes.index(unit.value) == number
        ]  # fmt: skip
        parts.traces.append(fill(members, layer.url, colour, panel.geo))
    if zeros := [unit for unit in units if classes.is_zero(unit.value)]:
        parts.traces.append(fill(zeros, layer.url, WHITE, panel.geo, classes.zero_edge))
    west, _, east, _ = panel.bounds
    step = (east - west) / panel.n_hatch_lines
    parts.traces.append(mark_lines(blank, panel.shapes, step, panel.bounds, panel.geo))
    parts.layout[panel.geo] = geo_layout(panel)


def fill(units: Sequence[MapUnit], url: str, colour: str, geo: str, edge: str = "") -> Trace:
    """Districts of one colour; with an `edge`, outlined in it."""
    outline = edge or (NO_DATA_LINE if colour == NO_DATA else WHITE)
    return trace(
        "choropleth",
        geojson=url,
        featureidkey="id",
        locations=[unit.unit_id for unit in units],
        z=[1] * len(units),
        colorscale=[[0, colour], [1, colour]],
        showscale=False,
        marker={"line": {"color": outline, "width": ZERO_EDGE_PX if edge else 0.8}},
        selected={"marker": {"opacity": 1}},
        unselected={"marker": {"opacity": 1}},
        text=[unit.hover for unit in units],
        hovertemplate="%{text}<extra></extra>",
        geo=geo,
    )


def outlines(unit_ids: Sequence[str], url: str, geo: str) -> Trace:
    """Districts that are not asked about, as empty outlines, so that what is shown has its place."""
    return trace(
        "choropleth",
        geojson=url, featureidkey="id", locations=list(unit_ids), z=[1] * len(unit_ids), geo=geo,
        colorscale=[[0, WHITE], [1, WHITE]], showscale=False, marker={"line": {"color": NO_DATA_LINE, "width": 0.6}},
        selected={"marker": {"opacity": 1}}, unselected={"marker": {"opacity": 1}}, hoverinfo="skip",
    )  # fmt: skip


def geo_layout(panel: Panel) -> dict[str, object]:
    """The panel's frame, filled by its bounds (fitbounds would leave half of it empty)."""
    west, south, east, north = panel.bounds
    pad_x, pad_y = (east - west) * PAD_SHARE, (north - south) * PAD_SHARE
    left, right, bottom, top = panel.domain
    is_inset = panel.geo != "geo"
    return {
        "projection": {"type": "mercator"},
        "lonaxis": {"range": [west - pad_x, east + pad_x]},
        "lataxis": {"range": [south - pad_y, north + pad_y]},
        "domain": {"x": [left, right], "y": [bottom, top]},
        "bgcolor": "rgba(0,0,0,0)",
        "visible": False,
        "showframe": is_inset,
        "framecolor": MUTED,
        "framewidth": 0.8,
    }


def is_named_in(unit_id: str, shapes: Mapping[str, Shape], inset: Inset) -> bool:
    """Whether the inset prints this district's name: it is one of its own, and its label point is in view."""
    shape = shapes.get(unit_id)
    if unit_id not in inset.unit_ids or shape is None:
        return False
    west, south, east, north = inset.bounds
    edge = (north - south) * INSET_EDGE_SHARE
    return west + edge < shape.label_lon < east - edge and south + edge < shape.label_lat < north - edge


def add_named(
    parts: Parts, numbered: Numbered, shaped: Sequence[MapUnit], zones: Sequence[MapUnit], classes: Classes,
    panel: Panel, layer: LayerShapes, lang: Lang, room: MapRoom,
) -> None:  # fmt: skip
    """Circles and labels of a panel; what the inset names is not named on the main map as well."""
    inset, is_main = layer.inset, panel.geo == "geo"

    def belongs(in_inset: bool) -> bool:
        return inset is None or in_inset != is_main

    wanted = [u for u in shaped if belongs(inset is not None and is_named_in(u.unit_id, layer.shapes, inset))]
    present = [zone for zone in zones if inside(zone, panel.bounds)]
    named = [zone for zone in present if belongs(inset is not None and inside(zone, inset.bounds))]
    frames = (panel_frame(panel, room.small), panel_frame(panel, room.large))
    boxes = [(unit, layer.shapes[unit.unit_id]) for unit in wanted]
    fitted = fit_labels(boxes, panel.bounds, frames)
    frame = frames[0 if is_main else 1]
    points = [(zone.lon or 0.0, zone.lat or 0.0, zone_text(zone)) for zone in named]
    found = free_sides(points, (*fitted.first, *fitted.more), panel.bounds, frame)
    sides = {zone.unit_id: side for zone, side in zip(named, found, strict=True)}
    dots = [Dot(*point, side) for point, side in zip(points, found, strict=True)]
    fitted = lean(boxes, fitted, panel.bounds, frames, dots)
    scale = pixels_per_degree(panel.bounds, frame.width, frame.height)
    fitted = dodge(fitted, layer.shapes, dot_boxes(dots, panel.bounds, scale), panel.bounds, scale)
    fitted = apart(fitted, dots, panel.bounds, frames, are_dots_named=is_main)
    labels = (*fitted.first, *fitted.more)
    if not shaped:
        parts.traces.append(zone_names(named, sides, panel.geo))
    add_zones(parts, present, classes, panel, sides, has_names=bool(shaped))
    if inset is not None and not is_main:
        parts.traces.append(inset_title(inset.title_zh if lang == "zh" else inset.title_en, panel, frames[1], labels))
    by_id = {unit.unit_id: unit for unit in wanted}
    first = {label.unit_id for label in fitted.first if by_id[label.unit_id].value_text in label.text}
    more = {label.unit_id for label in fitted.more if by_id[label.unit_id].value_text in label.text}
    circles = {zone.unit_id for zone in named}
    # A small screen hides the names of an inset's circles (atlas.css); where both sizes are one nothing is hidden.
    numbered.small.update(first | (circles if is_main or room.small == room.large else set()))
    numbered.large.update(first | more | circles)
    for part in (fitted.first, fitted.more):
        parts.traces.append(label_trace(part, by_id, classes, panel.geo))


def inside(unit: MapUnit, bounds: Bounds) -> bool:
    """Whether the unit's point lies in these bounds."""
    west, south, east, north = bounds
    return unit.lon is not None and unit.lat is not None and west <= unit.lon <= east and south <= unit.lat <= north
