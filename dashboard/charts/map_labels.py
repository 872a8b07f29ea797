"""Which labels fit into their districts at a given size of the map."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Protocol, TypeVar

import numpy as np

from dashboard.charts.geometry import Bounds, Shape, count_inside, mercator, pixels_per_degree

LABEL_PX = 11
LINE_PX = 14
# A text is tried at this many points, across and upwards; so many of them must lie inside the district.
GRID = (5, 3)
GRID_X, GRID_Y = (a.ravel() for a in np.meshgrid(*(np.linspace(-0.5, 0.5, n) for n in GRID)))
MIN_INSIDE = 13
# With so many points at home a label has the ink of its own district; with fewer one that any ground bears.
MIN_OWN_INK = 12
# A label that leans over a border has at least so many points at home, and is shifted by at most so many pixels.
MIN_LEANING = 8
DODGE_PX = tuple(
    (dx, dy)
    for size in (6, 10, 14, 18)
    for dx, dy in ((0, size), (0, -size), (size, 0), (-size, 0), (size, size), (-size, size))
)
LEAN_PX = ((0, 0), (5, 0), (-5, 0), (0, 5), (0, -5), (9, 4), (-9, 4), (9, -4), (-9, -4))
MAX_FITS = 20_000
BLANK = "\u00a0"
LATIN_WIDTH = 0.56
# From the middle of a zone's circle to its label.
DOT_PX = 8
# A pixel cut off by the frame is as bad as so many that cover another label.
CUT_COST = 3


@dataclass(frozen=True)
class Frame:
    """A map's size in pixels."""

    width: float
    height: float


# A map on a laptop of 1366x768, and on a projector of 1920x1080.
SMALL = Frame(760, 372)
LARGE = Frame(1040, 680)
# In a presentation labels grow with the map, as if it were always of this size.
ROOM = Frame(760, 360)


@dataclass(frozen=True)
class MapLabel:
    """A text at its place; lines are parted by <br>. What leans over a border needs an ink for any ground."""

    unit_id: str
    lon: float
    lat: float
    text: str
    is_inside: bool = True


@dataclass(frozen=True)
class Fitted:
    """Labels for any size of the map, and what is added on a large one."""

    first: tuple[MapLabel, ...]
    more: tuple[MapLabel, ...]


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


@lru_cache(maxsize=MAX_FITS)
def inside_points(shape: Shape, lon: float, lat: float, width_deg: float, height_deg: float) -> int:
    """How many of a text's points, centred here, lie inside the shape."""
    return count_inside(shape, lon + width_deg * GRID_X, lat + height_deg * GRID_Y)


def text_inside(text: str, shape: Shape, scale: float, lon: float | None = None, lat: float | None = None) -> int:
    """How many points of a text lie inside the shape at this many pixels per degree; at its label point or elsewhere."""
    lines = text.split("<br>")
    width = max(text_px(line) for line in lines) / scale
    height = LINE_PX * len(lines) / scale * math.cos(math.radians(shape.label_lat))
    place = (shape.label_lon if lon is None else lon, shape.label_lat if lat is None else lat)
    return inside_points(shape, *place, round(width, 4), round(height, 4))


def text_fits(text: str, shape: Shape, scale: float) -> bool:
    """Whether the lines of a text fit into the shape but for a small overhang."""
    return text_inside(text, shape, scale) >= MIN_INSIDE


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

    @property
    def area(self) -> float:
        """Square pixels."""
        return (self.right - self.left) * (self.top - self.bottom)


def label_box(lon: float, lat: float, text: str, bounds: Bounds, scale: float, side: str = "middle center") -> Box:
    """Where a text at this point lies; `side` as plotly's textposition, around a dot."""
    lines = text.split("<br>")
    width, height = max(text_px(line) for line in lines), LINE_PX * len(lines)
    x, y = (lon - bounds[0]) * scale, (mercator(lat) - mercator(bounds[1])) * scale
    vertical, horizontal = side.split()
    centre_x = x + {"left": -1, "center": 0, "right": 1}[horizontal] * (width / 2 + DOT_PX)
    centre_y = y + {"bottom": -1, "middle": 0, "top": 1}[vertical] * (height / 2 + DOT_PX)
    return Box(centre_x - width / 2, centre_x + width / 2, centre_y - height / 2, centre_y + height / 2)


def fit_labels(boxes: Sequence[tuple[T, Shape]], bounds: Bounds, sizes: tuple[Frame, Frame]) -> Fitted:
    """Name over value where both fit the small frame; the name alone where it fits, the value when there is room.

    The two sets are drawn over one another: the second adds to the first what the large frame has room for. Then
    districts that are still unnamed take a place that leans over a border, where it covers no other label.
    """
    small, large = (pixels_per_degree(bounds, frame.width, frame.height) for frame in sizes)
    first: list[MapLabel] = []
    more: list[MapLabel] = []
    for unit, shape in boxes:
        name, value = unit.short_name, unit.value_text
        both = f"{name}<br>{value}"

        def put(labels: list[MapLabel], text: str, scale: float, unit: T = unit, shape: Shape = shape) -> None:
            whole = text_inside(text, shape, scale) >= MIN_OWN_INK
            labels.append(MapLabel(unit.unit_id, shape.label_lon, shape.label_lat, text, whole))

        if text_fits(both, shape, small):
            put(first, both, small)
            continue
        has_both = text_fits(both, shape, large)
        if text_fits(name, shape, small):
            put(first, f"{name}<br>{BLANK}" if has_both else name, small)
            if has_both:
                put(more, f"{BLANK}<br>{value}", large)
        elif has_both or text_fits(name, shape, large):
            put(more, both if has_both else name, large)
    return lean(boxes, Fitted(tuple(first), tuple(more)), bounds, (small, large))


def lean(boxes: Sequence[tuple[T, Shape]], fitted: Fitted, bounds: Bounds, scales: tuple[float, float]) -> Fitted:
    """The labels, with more of them: unnamed districts get a name, named ones their value, where no other label is."""
    small, large = scales
    first = {label.unit_id: label for label in fitted.first}
    more = {label.unit_id: label for label in fitted.more}
    for unit, shape in boxes:
        own = first.get(unit.unit_id)
        if own is not None and unit.value_text in own.text:
            continue
        taken = boxes_of((label for label in first.values() if label is not own), bounds, small)
        found = leaning(unit, shape, taken, bounds, small, with_name_alone=own is None)
        if found is not None:
            first[unit.unit_id] = found
            more.pop(unit.unit_id, None)
    for unit, shape in boxes:
        if unit.unit_id in first or unit.unit_id in more:
            continue
        taken = boxes_of((*first.values(), *more.values()), bounds, large)
        found = leaning(unit, shape, taken, bounds, large)
        if found is not None:
            more[unit.unit_id] = found
    return Fitted(tuple(first.values()), tuple(more.values()))


def boxes_of(labels: Iterable[MapLabel], bounds: Bounds, scale: float) -> list[Box]:
    """The rectangles of these labels."""
    return [label_box(label.lon, label.lat, label.text, bounds, scale) for label in labels]


def leaning(
    unit: Labelled, shape: Shape, taken: Sequence[Box], bounds: Bounds, scale: float, *, with_name_alone: bool = True
) -> MapLabel | None:
    """A place for the label mostly inside its district and on no other label: with the value first, else the name."""
    west, south, east, north = bounds
    whole = Box(0, (east - west) * scale, 0, (mercator(north) - mercator(south)) * scale)
    texts = (f"{unit.short_name}<br>{unit.value_text}", unit.short_name)
    for text in texts if with_name_alone else texts[:1]:
        for dx, dy in LEAN_PX:
            lon, lat = shape.label_lon + dx / scale, shape.label_lat + dy / scale
            box = label_box(lon, lat, text, bounds, scale)
            is_free = box.overlap(whole) == box.area and not any(box.overlap(other) for other in taken)
            inside = text_inside(text, shape, scale, lon, lat)
            if is_free and inside >= MIN_LEANING:
                return MapLabel(unit.unit_id, round(lon, 4), round(lat, 4), text, is_inside=inside >= MIN_OWN_INK)
    return None


def dodge(
    fitted: Fitted, shapes: Mapping[str, Shape], obstacles: Sequence[Box], bounds: Bounds, scale: float
) -> Fitted:
    """The labels, those moved a little that lie on a circle or its name where a free place is near."""
    labels = (*fitted.first, *fitted.more)
    boxes = {label: label_box(label.lon, label.lat, label.text, bounds, scale) for label in labels}
    moves: dict[str, tuple[float, float]] = {}
    for label in labels:
        if not any(boxes[label].overlap(other) for other in obstacles):
            continue
        others = [box for other, box in boxes.items() if other.unit_id != label.unit_id]
        for dx, dy in DODGE_PX:
            lon, lat = label.lon + dx / scale, label.lat + dy / scale
            box = label_box(lon, lat, label.text, bounds, scale)
            is_free = not any(box.overlap(other) for other in (*obstacles, *others))
            if is_free and text_inside(label.text, shapes[label.unit_id], scale, lon, lat) >= MIN_LEANING:
                moves[label.unit_id] = (dx / scale, dy / scale)
                boxes[label] = box
                break

    def moved(label: MapLabel) -> MapLabel:
        shift = moves.get(label.unit_id)
        if shift is None:
            return label
        return replace(label, lon=round(label.lon + shift[0], 4), lat=round(label.lat + shift[1], 4), is_inside=False)

    return Fitted(tuple(moved(label) for label in fitted.first), tuple(moved(label) for label in fitted.more))


SIDES = ("middle right", "middle left", "bottom center", "top center", "top right", "bottom right", "top left")


def free_sides(
    points: Sequence[tuple[float, float, str]], labels: Sequence[MapLabel], bounds: Bounds, frame: Frame
) -> tuple[str, ...]:
    """For each dot (lon, lat, text) the side where its text is least cut by the frame, then covers least of others."""
    scale = pixels_per_degree(bounds, frame.width, frame.height)
    west, south, east, north = bounds
    whole = Box(0, (east - west) * scale, 0, (mercator(north) - mercator(south)) * scale)
    taken = [label_box(label.lon, label.lat, label.text, bounds, scale) for label in labels]
    taken += [label_box(lon, lat, "●", bounds, scale) for lon, lat, _ in points]
    sides = []
    for lon, lat, text in points:
        boxes = {side: label_box(lon, lat, text, bounds, scale, side) for side in SIDES}
        cost = {
            side: sum(box.overlap(other) for other in taken) + CUT_COST * (box.area - box.overlap(whole))
            for side, box in boxes.items()
        }
        best = min(SIDES, key=cost.__getitem__)
        taken.append(boxes[best])
        sides.append(best)
    return tuple(sides)


CORNERS = ("bottom right", "bottom left", "top right", "top left")


def free_corner(text: str, labels: Sequence[MapLabel], bounds: Bounds, frame: Frame) -> tuple[float, float, str]:
    """The corner of the frame (lon, lat, textposition) where a title covers least of the labels."""
    scale = pixels_per_degree(bounds, frame.width, frame.height)
    west, south, east, north = bounds
    taken = [label_box(label.lon, label.lat, label.text, bounds, scale) for label in labels]
    places = [
        (west if side.endswith("right") else east, north if side.startswith("bottom") else south, side)
        for side in CORNERS
    ]

    def covered(place: tuple[float, float, str]) -> float:
        box = label_box(place[0], place[1], text, bounds, scale, place[2])
        return sum(box.overlap(other) for other in taken)

    return min(places, key=covered)
