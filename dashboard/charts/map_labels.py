"""Which labels fit into their districts at a given size of the map."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol, TypeVar

import numpy as np

from dashboard.charts.geometry import Bounds, Shape, count_inside, pixels_per_degree

LABEL_PX = 11
LINE_PX = 14
# A text is tried at this many points, across and upwards; so many of them must lie inside the district.
GRID = (5, 3)
GRID_X, GRID_Y = (a.ravel() for a in np.meshgrid(*(np.linspace(-0.5, 0.5, n) for n in GRID)))
MIN_INSIDE = 13
# With so many points at home a label has the ink of its own district; with fewer one that any ground bears.
MIN_OWN_INK = 12
MAX_FITS = 20_000
BLANK = "\u00a0"
LATIN_WIDTH = 0.6  # of a wide name; a label that turns out wider would lie on others


@dataclass(frozen=True)
class Frame:
    """A map's size in pixels."""

    width: float
    height: float


@dataclass(frozen=True)
class MapRoom:
    """What a map is drawn for: the size at which labels must fit, one that has room for more, and where the inset stands.

    Where everything grows together both sizes are one; a wide room has the inset beside the map, not in its corner.
    """

    small: Frame
    large: Frame
    has_inset_beside: bool = False


# A map on a laptop of 1366x768, and on a projector of 1920x1080: the narrowest of the pages, without its padding.
SMALL, LARGE = Frame(718, 357), Frame(969, 664)
PAGE_ROOM = MapRoom(SMALL, LARGE)
# In a presentation and on paper labels grow with the map, as if it were always of this size.
STAGE = Frame(796, 376)
STAGE_ROOM = MapRoom(STAGE, STAGE, has_inset_beside=True)
PAPER = Frame(640, 340)
PAPER_ROOM = MapRoom(PAPER, PAPER, has_inset_beside=True)


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


def fit_labels(boxes: Sequence[tuple[T, Shape]], bounds: Bounds, sizes: tuple[Frame, Frame]) -> Fitted:
    """Name over value where both fit the small frame; the name alone where it fits, the value when there is room.

    The two sets are drawn over one another: the second adds to the first what the large frame has room for.
    """
    small, large = (pixels_per_degree(bounds, frame.width, frame.height) for frame in sizes)
    first: list[MapLabel] = []
    more: list[MapLabel] = []
    for unit, shape in boxes:
        name, value = unit.short_name, unit.value_text
        both = both_lines(unit)

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
    return Fitted(tuple(first), tuple(more))


def both_lines(unit: Labelled) -> str:
    """Name over value."""
    return f"{unit.short_name}<br>{unit.value_text}"
