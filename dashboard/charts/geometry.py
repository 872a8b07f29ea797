"""Shapes of a map layer: where a label fits, and hatching for districts without data."""

from __future__ import annotations

import itertools
import json
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from dashboard.records import MapLayer

GEO_DIR = Path(__file__).resolve().parents[1] / "static" / "geo"
GEO_URL = "app/static/geo/"
MAX_LAYERS = 16

Point: TypeAlias = tuple[float, float]
Ring: TypeAlias = tuple[Point, ...]
Bounds: TypeAlias = tuple[float, float, float, float]


@dataclass(frozen=True, eq=False)
class Shape:
    """One district: its rings in degrees and the largest upright box inside it, for the label.

    Told apart by identity: comparing thousands of points would cost more than what is remembered by it.
    """

    unit_id: str
    label_lon: float
    label_lat: float
    label_w_deg: float
    label_h_deg: float
    rings: tuple[Ring, ...]

    @cached_property
    def edges(self) -> NDArray[np.float64]:
        """All borders of the rings: x1, y1, x2, y2 (four rows, one column an edge)."""
        ends = [(*start, *end) for ring in self.rings for start, end in pairwise(ring)]
        return np.array(ends, dtype=np.float64).reshape(-1, 4).T


@dataclass(frozen=True)
class Inset:
    """A crowded core drawn again at a larger scale."""

    bounds: Bounds
    unit_ids: frozenset[str]
    title_zh: str
    title_en: str


@dataclass(frozen=True, eq=False)
class LayerShapes:
    """A map layer ready to draw; one object per layer, so that drawn maps can be kept by it."""

    layer_id: str
    url: str
    bounds: Bounds
    inset: Inset | None
    shapes: dict[str, Shape]


def read_inset(text: str | None) -> Inset | None:
    """The layer's inset, or None."""
    data = json.loads(text) if text else None
    if not data:
        return None
    west, south, east, north = (float(value) for value in data["bounds"])
    return Inset((west, south, east, north), frozenset(data["unit_ids"]), data["title_zh"], data["title_en"])


@lru_cache(maxsize=MAX_LAYERS)
def read_shapes(path: Path) -> dict[str, Shape]:
    """Shapes by unit id. The file's name carries its hash, so it is read once. Empty when there is no such file."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except OSError:
        return {}
    return {str(feature["id"]): _read_shape(feature) for feature in data["features"]}


@lru_cache(maxsize=MAX_LAYERS)
def read_layer(layer: MapLayer) -> LayerShapes:
    """The layer with its shapes; the browser fetches the same file by its URL."""
    name = Path(layer.file_name).name
    bounds = (layer.min_lon, layer.min_lat, layer.max_lon, layer.max_lat)
    return LayerShapes(layer.layer_id, GEO_URL + name, bounds, read_inset(layer.inset), read_shapes(GEO_DIR / name))


def _read_shape(feature: dict[str, Any]) -> Shape:
    properties, geometry = feature["properties"], feature["geometry"]
    polygons = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
    rings = tuple(tuple((float(x), float(y)) for x, y, *_ in ring) for polygon in polygons for ring in polygon)
    lon, lat, width, height = (float(properties[f"label_{name}"]) for name in ("lon", "lat", "w_deg", "h_deg"))
    return Shape(str(feature["id"]), lon, lat, width, height, rings)


def mercator(lat: float) -> float:
    """Mercator ordinate in degrees, comparable with degrees of longitude."""
    return math.degrees(math.log(math.tan(math.pi / 4 + math.radians(lat) / 2)))


def pixels_per_degree(bounds: Bounds, width: float, height: float) -> float:
    """Pixels per degree of longitude when the bounds fill this frame."""
    west, south, east, north = bounds
    return min(width / (east - west), height / (mercator(north) - mercator(south)))


def count_inside(shape: Shape, lons: NDArray[np.float64], lats: NDArray[np.float64]) -> int:
    """How many of the points lie inside the shape; holes count as outside."""
    x1, y1, x2, y2 = shape.edges
    x, y = lons[:, None], lats[:, None]
    spans = (y1 > y) != (y2 > y)
    rise = np.where(y1 == y2, 1.0, y2 - y1)  # a level edge spans no point
    crossed = spans & (x < x1 + (x2 - x1) * (y - y1) / rise)
    return int((crossed.sum(axis=1) % 2).sum())


def touches(shape: Shape, bounds: Bounds) -> bool:
    """Whether the shape's own bounds meet these bounds."""
    west, south, east, north = bounds
    xs = [x for ring in shape.rings for x, _ in ring]
    ys = [y for ring in shape.rings for _, y in ring]
    return min(xs) < east and max(xs) > west and min(ys) < north and max(ys) > south


def hatch_lines(
    shapes: Sequence[Shape], step_deg: float, bounds: Bounds, slope: int = 1
) -> tuple[list[float | None], list[float | None]]:
    """Lines inside the shapes as longitudes and latitudes, parted by None; none outside the bounds.

    `slope`: 1 rising, -1 falling, 0 level.
    """
    west, south, east, north = bounds
    lons: list[float | None] = []
    lats: list[float | None] = []
    for shape in shapes:
        for (x1, y1), (x2, y2) in _hatch_shape(shape, step_deg, slope):
            if x2 < west or x1 > east or max(y1, y2) < south or min(y1, y2) > north:
                continue
            lons += [round(x1, 3), round(x2, 3), None]
            lats += [round(y1, 3), round(y2, 3), None]
    return lons, lats


def _hatch_shape(shape: Shape, step: float, slope: int) -> Iterator[tuple[Point, Point]]:
    # A line is y - slope * x = c; its crossings with the rings, in order of x, bound the inside in pairs.
    offsets = [y - slope * x for ring in shape.rings for x, y in ring]
    for number in range(math.ceil(min(offsets) / step), math.floor(max(offsets) / step) + 1):
        offset = number * step
        crossings = sorted(_crossings(shape.rings, offset, slope))
        for start, end in zip(crossings[::2], crossings[1::2], strict=False):
            yield (start, slope * start + offset), (end, slope * end + offset)


def _crossings(rings: Sequence[Ring], offset: float, slope: int) -> Iterator[float]:
    for ring in rings:
        for (x1, y1), (x2, y2) in itertools.pairwise(ring):
            one, other = y1 - slope * x1 - offset, y2 - slope * x2 - offset
            if (one < 0) != (other < 0):
                yield x1 + (x2 - x1) * one / (one - other)
