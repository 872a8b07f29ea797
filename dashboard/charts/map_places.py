"""Where labels go that do not fit into their districts, beside circles and other labels."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from dashboard.charts.geometry import Bounds, Shape, mercator, pixels_per_degree
from dashboard.charts.map_labels import (
    BLANK,
    LINE_PX,
    MIN_OWN_INK,
    Fitted,
    Frame,
    Labelled,
    MapLabel,
    T,
    both_lines,
    text_inside,
    text_px,
)

# A label that leans over a border has at least so many points at home, and is shifted by at most so many pixels.
MIN_LEANING = 8
# A name alone is put where its middle is at home: better known at a glance than by a click.
MIN_NAMED = 6
DODGE_PX = tuple(
    (dx, dy)
    for size in (6, 10, 14, 18)
    for dx, dy in ((0, size), (0, -size), (size, 0), (-size, 0), (size, size), (-size, size))
)
LEAN_PX = (
    *((0, 0), (5, 0), (-5, 0), (0, 5), (0, -5), (9, 4), (-9, 4), (9, -4), (-9, -4)),
    *((dx, dy) for dy in (12, -12, 18, -18, 26, -26) for dx in (0, 6, -6)),
)
DOT = "\u25cf"
# From the middle of a zone's circle to its label.
DOT_PX = 8
# So far boxes of text may overlap, across and upwards, before their letters do.
WHITE_PX = (2, 4)
# A pixel cut off by the frame is as bad as so many that cover another label.
CUT_COST = 3


@dataclass(frozen=True)
class Dot:
    """A zone's circle, its text and the side of it where the text stands (plotly's textposition)."""

    lon: float
    lat: float
    text: str
    side: str


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

    def covers(self, other: Box) -> bool:
        """Whether letters lie on letters: lines have some white above and below them."""
        width = min(self.right, other.right) - max(self.left, other.left)
        return width > WHITE_PX[0] and min(self.top, other.top) - max(self.bottom, other.bottom) > WHITE_PX[1]

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


def lean(
    boxes: Sequence[tuple[T, Shape]], fitted: Fitted, bounds: Bounds, sizes: tuple[Frame, Frame],
    zones: Sequence[Dot] = (),
) -> Fitted:  # fmt: skip
    """The labels, with more of them that lean over a border where they cover no other label and no zone's.

    First unnamed districts get a name, then named ones their value.
    """
    small, large = (pixels_per_degree(bounds, frame.width, frame.height) for frame in sizes)
    at_small, at_large = (dot_boxes(zones, bounds, scale) for scale in (small, large))
    first = {label.unit_id: label for label in fitted.first}
    more = {label.unit_id: label for label in fitted.more}
    for has_value in (False, True):
        for unit, shape in boxes:
            own = first.get(unit.unit_id)
            if own is not None and (unit.value_text in own.text or not has_value):
                continue
            text = both_lines(unit) if has_value else unit.short_name
            taken = at_small + boxes_of((label for label in first.values() if label is not own), bounds, small)
            found = leaning(unit, shape, text, taken, bounds, small)
            if found is not None:
                first[unit.unit_id] = found
                more.pop(unit.unit_id, None)
    for unit, shape in boxes:
        if unit.unit_id in first or unit.unit_id in more:
            continue
        taken = at_large + boxes_of((*first.values(), *more.values()), bounds, large)
        found = next(
            (f for t in (both_lines(unit), unit.short_name) if (f := leaning(unit, shape, t, taken, bounds, large))),
            None,
        )
        if found is not None:
            more[unit.unit_id] = found
    return Fitted(tuple(first.values()), tuple(more.values()))


def dot_boxes(dots: Iterable[Dot], bounds: Bounds, scale: float) -> list[Box]:
    """The rectangles of circles and of their names."""
    places = [(dot.lon, dot.lat, dot.text, dot.side) for dot in dots]
    places += [(lon, lat, DOT, "middle center") for lon, lat, *_ in places]
    return [label_box(lon, lat, text, bounds, scale, side) for lon, lat, text, side in places]


def boxes_of(labels: Iterable[MapLabel], bounds: Bounds, scale: float) -> list[Box]:
    """The rectangles of these labels."""
    return [label_box(label.lon, label.lat, label.text, bounds, scale) for label in labels]


def leaning(
    unit: Labelled, shape: Shape, text: str, taken: Sequence[Box], bounds: Bounds, scale: float
) -> MapLabel | None:
    """A place for the text mostly inside its district and on no other label."""
    west, south, east, north = bounds
    whole = Box(0, (east - west) * scale, 0, (mercator(north) - mercator(south)) * scale)
    for dx, dy in LEAN_PX:
        lon, lat = shape.label_lon + dx / scale, shape.label_lat + dy / scale
        box = label_box(lon, lat, text, bounds, scale)
        is_free = box.overlap(whole) == box.area and not any(box.overlap(other) for other in taken)
        inside = text_inside(text, shape, scale, lon, lat) if is_free else 0
        if inside >= (MIN_NAMED if text == unit.short_name else MIN_LEANING):
            return MapLabel(unit.unit_id, round(lon, 3), round(lat, 3), text, is_inside=inside >= MIN_OWN_INK)
    return None


def dodge(
    fitted: Fitted, shapes: Mapping[str, Shape], obstacles: Sequence[Box], bounds: Bounds, scale: float
) -> Fitted:
    """The labels, those that lie on a circle or its name moved to a free place near, without their value if need be."""
    labels = (*fitted.first, *fitted.more)
    boxes = {label: box for label in labels for box in boxes_of([label], bounds, scale)}
    moved: dict[str, MapLabel] = {}
    for label, own in list(boxes.items()):
        if any(own.overlap(other) for other in obstacles):
            others = [box for other, box in boxes.items() if other.unit_id != label.unit_id]
            found = free_place(label, shapes[label.unit_id], (*obstacles, *others), bounds, scale)
            if found is not None:
                moved[label.unit_id] = found
                boxes[label] = boxes_of([found], bounds, scale)[0]

    def placed(label: MapLabel) -> MapLabel:
        """Where its unit's label went; two labels over one another go together."""
        found = moved.get(label.unit_id)
        if found is None:
            return label
        return replace(found, text=label.text if BLANK in label.text else found.text)

    return Fitted(tuple(placed(label) for label in fitted.first), tuple(placed(label) for label in fitted.more))


def free_place(label: MapLabel, shape: Shape, taken: Sequence[Box], bounds: Bounds, scale: float) -> MapLabel | None:
    """The label at the nearest place where it covers nothing, else its name alone there; None without such a place."""
    name = label.text if BLANK in label.text else label.text.partition("<br>")[0]
    for text in dict.fromkeys((label.text, name)):
        for dx, dy in ((0, 0), *DODGE_PX):
            lon, lat = label.lon + dx / scale, label.lat + dy / scale
            box = label_box(lon, lat, text, bounds, scale)
            is_free = not any(box.overlap(other) for other in taken)
            if is_free and text_inside(text, shape, scale, lon, lat) >= MIN_LEANING:
                return replace(label, lon=round(lon, 3), lat=round(lat, 3), text=text, is_inside=False)
    return None


def apart(
    fitted: Fitted, dots: Sequence[Dot], bounds: Bounds, sizes: tuple[Frame, Frame], *, are_dots_named: bool
) -> Fitted:
    """The labels without those that still lie on another one: a value goes before a name, a later name before an earlier.

    `are_dots_named`: whether circles have their names on a small frame too; on a large one they have.
    """
    small, large = (pixels_per_degree(bounds, frame.width, frame.height) for frame in sizes)
    shown = dots if are_dots_named else [replace(dot, text="") for dot in dots]
    on_large = Ground(large, dot_boxes(dots, bounds, large))
    first = kept(fitted.first, (), bounds, (Ground(small, dot_boxes(shown, bounds, small)), on_large))
    named = {label.unit_id for label in first}
    # A value on a line of its own is nothing without the name above it.
    more = [label for label in fitted.more if not label.text.startswith(BLANK) or label.unit_id in named]
    return Fitted(first, kept(more, first, bounds, (on_large,)))


@dataclass(frozen=True)
class Ground:
    """A map at one size: pixels per degree, and what stands on it before any label."""

    scale: float
    taken: Sequence[Box]


def kept(
    labels: Sequence[MapLabel], before: Sequence[MapLabel], bounds: Bounds, grounds: Sequence[Ground]
) -> tuple[MapLabel, ...]:
    """Of these labels the names that cover nothing at any of the sizes, each with its value where that covers nothing either."""
    found: dict[str, MapLabel] = {}
    for has_value in (False, True):
        for label in labels:
            put = label if has_value else name_alone(label)
            others = [o for o in (*before, *found.values()) if o.unit_id != label.unit_id]
            if all(is_free(put, others, bounds, ground) for ground in grounds) and (
                not has_value or label.unit_id in found
            ):
                found[label.unit_id] = put
    return tuple(found.values())


def is_free(label: MapLabel, others: Sequence[MapLabel], bounds: Bounds, ground: Ground) -> bool:
    """Whether a label covers neither another one nor what stands on the map, but for the white around letters."""
    own = inked_box(label, bounds, ground.scale)
    return not any(own.covers(box) for box in (*ground.taken, *(inked_box(o, bounds, ground.scale) for o in others)))


def name_alone(label: MapLabel) -> MapLabel:
    """The label without its value; one of the two that lie over one another is one line already."""
    return label if BLANK in label.text else replace(label, text=label.text.partition("<br>")[0])


def inked_box(label: MapLabel, bounds: Bounds, scale: float) -> Box:
    """A label's rectangle without the line that is left blank for the other set of labels."""
    box = label_box(label.lon, label.lat, label.text.replace(BLANK, ""), bounds, scale)
    middle = (box.bottom + box.top) / 2
    if label.text.startswith(BLANK):
        return replace(box, top=middle)
    return replace(box, bottom=middle) if label.text.endswith(BLANK) else box


SIDES = ("middle right", "middle left", "bottom center", "top center", "top right", "bottom right", "top left")


def free_sides(
    points: Sequence[tuple[float, float, str]], labels: Sequence[MapLabel], bounds: Bounds, frame: Frame
) -> tuple[str, ...]:
    """For each dot (lon, lat, text) the side where its text is least cut by the frame, then covers least of others."""
    scale = pixels_per_degree(bounds, frame.width, frame.height)
    west, south, east, north = bounds
    whole = Box(0, (east - west) * scale, 0, (mercator(north) - mercator(south)) * scale)
    taken = [label_box(label.lon, label.lat, label.text, bounds, scale) for label in labels]
    taken += [label_box(lon, lat, DOT, bounds, scale) for lon, lat, _ in points]
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
