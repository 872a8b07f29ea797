"""Where a name goes inside a polygon, and how much room it has there."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import shapely
from shapely.ops import polylabel

from geo.simplify import DIGITS

SHAPE_OF_NAME = 2.0
"""Width of a printed name with its figure below, divided by its height."""
SHAPES_TRIED = (1.0, 1.4, 2.0, 2.8, 4.0)
STEPS = 24
SCALE: float = 10.0**DIGITS


@dataclass(frozen=True)
class Label:
    """Centre of the name, and width and height in degrees of a rectangle around it inside the polygon."""

    lon: float
    lat: float
    width: float
    height: float


def place_label(polygon: Any) -> Label:
    """Return the pole of inaccessibility for a text twice as wide as high, and the largest rectangle around it.

    On a Mercator map one degree of latitude is drawn 1/cos(lat) times as long as one of longitude;
    sizes are compared as drawn.
    """
    largest = max(shapely.get_parts(polygon), key=lambda part: float(part.area))
    stretch = 1 / math.cos(math.radians(float(largest.centroid.y)))
    lon, lat = _pole(largest, stretch)
    boxes = [_room(largest, lon, lat, shape * stretch) for shape in SHAPES_TRIED]
    width, height = max(boxes, key=lambda box: box[0] * box[1])
    return Label(lon, lat, width, height)


def _pole(polygon: Any, stretch: float) -> tuple[float, float]:
    across = 1 / (SHAPE_OF_NAME * stretch)
    squeezed = shapely.transform(polygon, lambda points: points * [across, 1.0])
    point = polylabel(squeezed, tolerance=0.0005)
    return round(float(point.x) / across, DIGITS), round(float(point.y), DIGITS)


def _room(polygon: Any, lon: float, lat: float, shape: float) -> tuple[float, float]:
    """Return width and height in degrees of the largest centred rectangle with width = shape * height."""
    shapely.prepare(polygon)
    low, high = 0.0, float(polygon.bounds[3] - polygon.bounds[1])
    for _ in range(STEPS):
        half = (low + high) / 2
        box = shapely.box(lon - shape * half, lat - half, lon + shape * half, lat + half)
        low, high = (half, high) if shapely.covers(polygon, box) else (low, half)
    return _down(2 * shape * low), _down(2 * low)


def _down(size: float) -> float:
    return float(math.floor(size * SCALE) / SCALE)
