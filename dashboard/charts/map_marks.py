"""What stands on a map beside its districts: circles of zones, names, the inset's frame and title."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from dashboard.charts.base import Parts, Trace, trace
from dashboard.charts.breaks import Classes
from dashboard.charts.geometry import Bounds, Shape, hatch_lines
from dashboard.charts.map_labels import BLANK, Frame, MapLabel, text_px
from dashboard.charts.map_places import free_corner
from dashboard.theme import FONT, INK, MUTED, NO_DATA, NO_DATA_LINE, ink_on

ZONE_SIZE = 13
ZERO_EDGE_PX = 1.8
LABEL_SIZE = 11
SMALL_ZONE_SIZE = 8
HALO_PLACES = ("1px 1px", "-1px -1px", "1px -1px", "-1px 1px", "0 0 3px", "0 0 3px")
HALO = ", ".join(f"{place} #fff" for place in HALO_PLACES)
LONG_NAME_PX = 80
# Between a circle and its name.
GAP = "\u2002"


# Lines over a district without a colour, by mark (also a legend's kinds): told apart without colour.
SLOPES: Final = {"hatch": (1,), "cross": (1, -1), "level": (0,)}
# The same marks over the circle of a zone.
SYMBOLS: Final = {"hatch": "line-ne", "cross": "x-thin", "level": "line-ew"}
CROSS_STEP, LEVEL_STEP = 1.3, 0.75  # of the hatching's step, so that each is about as dense


@dataclass(frozen=True)
class MapUnit:
    """One unit to draw: value_text stands in the district, hover in its tip; value None is drawn as `mark` says."""

    unit_id: str
    name: str
    short_name: str
    value: float | None
    value_text: str
    hover: str
    is_zone: bool
    lon: float | None
    lat: float | None
    mark: str = "hatch"


@dataclass(frozen=True)
class Panel:
    """One of the two maps of a figure: the whole, or its inset."""

    geo: str
    bounds: Bounds
    domain: tuple[float, float, float, float]
    shapes: dict[str, Shape]
    n_hatch_lines: int


def mark_lines(units: Iterable[MapUnit], shapes: Mapping[str, Shape], step: float, bounds: Bounds, geo: str) -> Trace:
    """The lines over all districts without a colour, each by its mark."""
    steps = {"hatch": step, "cross": step * CROSS_STEP, "level": step * LEVEL_STEP}
    lons: list[float | None] = []
    lats: list[float | None] = []
    for mark, slopes in SLOPES.items():
        blank = [shapes[unit.unit_id] for unit in units if unit.value is None and unit.mark == mark]
        for slope in slopes:
            more_lons, more_lats = hatch_lines(blank, steps[mark], bounds, slope)
            lons, lats = lons + more_lons, lats + more_lats
    line = {"color": NO_DATA_LINE, "width": 0.7}
    return trace("scattergeo", lon=lons, lat=lats, mode="lines", line=line, hoverinfo="skip", geo=geo)


def circle_marks(zones: Iterable[MapUnit], size: float, geo: str) -> list[Trace]:
    """The marks over the circles of zones without a colour; none when all have one."""
    blank = [zone for zone in zones if zone.value is None]
    if not blank:
        return []
    return [
        trace(
            "scattergeo",
            lon=[zone.lon for zone in blank], lat=[zone.lat for zone in blank], mode="markers", geo=geo,
            marker={"size": size, "symbol": [SYMBOLS[zone.mark] for zone in blank], "color": INK,
                    "line": {"color": INK, "width": 1.2}},
            hoverinfo="skip",
        )
    ]  # fmt: skip


def panel_frame(panel: Panel, whole: Frame) -> Frame:
    """The panel's part of the whole map's pixels."""
    left, right, bottom, top = panel.domain
    return Frame(whole.width * (right - left), whole.height * (top - bottom))


def inset_frame(bounds: Bounds) -> Trace:
    """A thin rectangle on the main map around what the inset enlarges."""
    west, south, east, north = bounds
    return trace(
        "scattergeo",
        lon=[west, east, east, west, west], lat=[south, south, north, north, south], mode="lines",
        line={"color": MUTED, "width": 1}, hoverinfo="skip", geo="geo",
    )  # fmt: skip


def inset_title(title: str, panel: Panel, frame: Frame, labels: Sequence[MapLabel]) -> Trace:
    """The inset's name in the corner where it covers least."""
    lon, lat, side = free_corner(title, labels, panel.bounds, frame)
    return trace(
        "scattergeo",
        lon=[lon], lat=[lat], mode="text", text=[title], textposition=side,
        textfont={"size": 12, "color": INK, "family": FONT, "shadow": HALO, "weight": "bold"}, hoverinfo="skip",
        geo=panel.geo,
    )  # fmt: skip


def zone_text(zone: MapUnit) -> str:
    """A zone's label in one line, in two where the name is long."""
    glue = "<br>" if text_px(zone.short_name) > LONG_NAME_PX else " "
    return f"{zone.short_name}{glue}{zone.value_text}"


def zone_names(zones: Sequence[MapUnit], sides: Mapping[str, str], geo: str) -> Trace:
    """Names of zones in a trace of their own: where zones stand alone there is room for them on any screen."""
    return trace(
        "scattergeo",
        lon=[zone.lon for zone in zones] or [0], lat=[zone.lat for zone in zones] or [0], mode="text",
        text=[f"{GAP}{GAP}{zone_text(zone)}{GAP}{GAP}" for zone in zones] or [BLANK],
        textposition=[sides[zone.unit_id] for zone in zones] or ["middle right"],
        textfont={"size": LABEL_SIZE, "color": INK, "family": FONT, "shadow": HALO}, hoverinfo="skip", geo=geo,
    )  # fmt: skip


def add_zones(
    parts: Parts, zones: Sequence[MapUnit], classes: Classes, panel: Panel, sides: Mapping[str, str], *, has_names: bool
) -> None:
    """Zones without a boundary as circles on the classes' colours; named on the sides given, else small and unnamed."""
    parts.traces.append(
        trace(
            "scattergeo",
            lon=[zone.lon for zone in zones],
            lat=[zone.lat for zone in zones],
            mode="markers+text",
            marker={
                "size": [ZONE_SIZE if zone.unit_id in sides else SMALL_ZONE_SIZE for zone in zones],
                "color": [NO_DATA if z.value is None else classes.colour(z.value) for z in zones],
                "line": zone_edges(zones, classes),
                "opacity": 1,
            },
            text=[zone_text(zone) if has_names and zone.unit_id in sides else "" for zone in zones],
            textposition=[sides.get(zone.unit_id, "middle right") for zone in zones],
            textfont={"size": LABEL_SIZE, "color": INK, "family": FONT, "shadow": HALO},
            customdata=[zone.unit_id for zone in zones],
            hovertext=[zone.hover for zone in zones],
            hovertemplate="%{hovertext}<extra></extra>",
            selected={"marker": {"opacity": 1}},
            unselected={"marker": {"opacity": 1}},
            geo=panel.geo,
        )
    )
    parts.traces += circle_marks(zones, SMALL_ZONE_SIZE, panel.geo)


def zone_edges(zones: Sequence[MapUnit], classes: Classes) -> dict[str, object]:
    """The circles' outlines: ink, a zero's in its own colour; one for all where there is no zero, which is less to send."""
    if not any(classes.is_zero(zone.value) for zone in zones):
        return {"color": INK, "width": 1.3}
    return {
        "color": [classes.zero_edge if classes.is_zero(zone.value) else INK for zone in zones],
        "width": [ZERO_EDGE_PX if classes.is_zero(zone.value) else 1.3 for zone in zones],
    }


def label_trace(labels: Sequence[MapLabel], units: dict[str, MapUnit], classes: Classes, geo: str) -> Trace:
    """Texts in the districts, dark on light classes and white on dark ones."""

    def ground(unit: MapUnit) -> str:
        return NO_DATA if unit.value is None else classes.colour(unit.value)

    def is_plain(unit: MapUnit) -> bool:
        # The paper shows: no class's colour lies under the letters.
        return unit.value is None or classes.is_zero(unit.value)

    def halo(unit: MapUnit) -> str:
        # Letters that overhang a neighbour stay readable on a rim of their own ground.
        return HALO if is_plain(unit) else ", ".join(f"{place} {ground(unit)}" for place in HALO_PLACES)

    if not labels:
        # An empty trace would not be drawn at all; atlas.css finds the second set of labels by its place.
        return trace("scattergeo", lon=[0], lat=[0], mode="text", text=[BLANK], hoverinfo="skip", geo=geo)
    return trace(
        "scattergeo",
        lon=[label.lon for label in labels],
        lat=[label.lat for label in labels],
        mode="text",
        text=[label.text for label in labels],
        textfont={
            "size": LABEL_SIZE,
            "family": FONT,
            "color": [ink_on(ground(units[label.unit_id])) if label.is_inside else INK for label in labels],
            "shadow": [halo(units[label.unit_id]) if label.is_inside else HALO for label in labels],
        },
        hoverinfo="skip",
        geo=geo,
        # The ink that the district's colour bears, for the dark ground of a presentation; none without one.
        meta=["" if is_plain(units[u.unit_id]) else ink_on(ground(units[u.unit_id])) for u in labels],
    )
