"""Which labels fit into their districts at a given size of the map."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from dashboard.charts.geometry import Bounds, Shape, mercator, pixels_per_degree

LABEL_PX = 11
LINE_PX = 14
# The largest box inside a district is a careful measure: names may overhang it a little.
SLACK = 1.25
LATIN_WIDTH = 0.56
# From the middle of a zone's circle to its label.
DOT_PX = 8


@dataclass(frozen=True)
class Frame:
    """A map's size in pixels."""

    width: float
    height: float


SMALL = Frame(720, 400)
LARGE = Frame(1040, 640)


@dataclass(frozen=True)
class MapLabel:
    """A text at its place; lines are parted by <br>."""

    unit_id: str
    lon: float
    lat: float
    text: str


class Labelled(Protocol):
    """What a label is made from."""

    @property
    def unit_id(self) -> str:
        """Identity of the district."""

    @property
    def short_name(self) -> str:
        """First line."""

    @property
    def value_text(self) -> str:
        """Second line."""


T = TypeVar("T", bound=Labelled)


def text_px(text: str) -> float:
    """Approximate width of a line: Chinese characters are square, Latin ones about half as wide."""
    return LABEL_PX * sum(1.0 if ord(char) > 0x2E7F else LATIN_WIDTH for char in text)


def fit_labels(
    boxes: Sequence[tuple[T, Shape]], bounds: Bounds, frame: Frame, *, names_only: bool
) -> tuple[MapLabel, ...]:
    """Name over value where both fit; with names_only, the name alone where only it fits."""
    scale = pixels_per_degree(bounds, frame.width, frame.height)
    labels: list[MapLabel] = []
    for unit, shape in boxes:
        width = shape.label_w_deg * scale * SLACK
        height = shape.label_h_deg * scale / math.cos(math.radians(shape.label_lat)) * SLACK
        both = max(text_px(unit.short_name), text_px(unit.value_text)) <= width and height >= 2 * LINE_PX
        name = names_only and text_px(unit.short_name) <= width and height >= LINE_PX
        if both or name:
            text = f"{unit.short_name}<br>{unit.value_text}" if both else unit.short_name
            labels.append(MapLabel(unit.unit_id, shape.label_lon, shape.label_lat, text))
    return tuple(labels)


@dataclass(frozen=True)
class Box:
    """A label's rectangle in pixels from the frame's lower left corner."""

    left: float
    right: float
    bottom: float
    top: float

    def overlap(self, other: Box) -> float:
        """Shared area in square pixels."""
        width = min(self.right, other.right) - max(self.left, other.left)
        height = min(self.top, other.top) - max(self.bottom, other.bottom)
        return max(width, 0) * max(height, 0)


SIDES = ("middle right", "middle left", "bottom center", "top center", "top right", "bottom right", "top left")


def label_box(lon: float, lat: float, text: str, bounds: Bounds, scale: float, side: str = "middle center") -> Box:
    """Where a text at this point lies; `side` as plotly's textposition, around a dot."""
    lines = text.split("<br>")
    width, height = max(text_px(line) for line in lines), LINE_PX * len(lines)
    x, y = (lon - bounds[0]) * scale, (mercator(lat) - mercator(bounds[1])) * scale
    vertical, horizontal = side.split()
    centre_x = x + {"left": -1, "center": 0, "right": 1}[horizontal] * (width / 2 + DOT_PX)
    centre_y = y + {"bottom": -1, "middle": 0, "top": 1}[vertical] * (height / 2 + DOT_PX)
    return Box(centre_x - width / 2, centre_x + width / 2, centre_y - height / 2, centre_y + height / 2)


def free_sides(
    points: Sequence[tuple[float, float, str]], labels: Sequence[MapLabel], bounds: Bounds, frame: Frame
) -> tuple[str, ...]:
    """For each dot (lon, lat, text) the side where its text covers least of the labels and of one another."""
    scale = pixels_per_degree(bounds, frame.width, frame.height)
    taken = [label_box(label.lon, label.lat, label.text, bounds, scale) for label in labels]
    taken += [label_box(lon, lat, "●", bounds, scale) for lon, lat, _ in points]
    sides = []
    for lon, lat, text in points:
        boxes = {side: label_box(lon, lat, text, bounds, scale, side) for side in SIDES}
        best = min(SIDES, key=lambda side: sum(boxes[side].overlap(other) for other in taken))
        taken.append(boxes[best])
        sides.append(best)
    return tuple(sides)
