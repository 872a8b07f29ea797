"""Districts without a colour: not reported, reported without a figure, nothing to report; told apart without colour."""

from __future__ import annotations

from typing import Any

import pytest

from dashboard.charts.breaks import Classes, value_classes
from dashboard.charts.frame import PictureFrame, Swatch, swatch_shapes
from dashboard.charts.geometry import LayerShapes, Shape
from dashboard.charts.map import draw_map
from dashboard.charts.map_marks import SLOPES, SYMBOLS, MapUnit
from dashboard.charts.small_maps import YearMap, draw_small_maps
from dashboard.components.mapview import mark_of
from dashboard.theme import WHITE

BOUNDS = (106.0, 29.0, 107.0, 30.0)
CENTRES = {"hatch": 106.2, "cross": 106.5, "level": 106.8}
CLASSES = Classes((), ("#1F5FA8",))


def square(unit_id: str, lon: float) -> Shape:
    ring = ((lon - 0.1, 29.4), (lon - 0.1, 29.6), (lon + 0.1, 29.6), (lon + 0.1, 29.4), (lon - 0.1, 29.4))
    return Shape(unit_id, lon, 29.5, 0.2, 0.2, (ring,))


LAYER = LayerShapes("l", "l.geojson", BOUNDS, None, {mark: square(mark, lon) for mark, lon in CENTRES.items()})
DISTRICTS = tuple(MapUnit(m, m, m, None, m, "", False, None, None, m) for m in CENTRES)
ZONES = tuple(MapUnit(f"z-{m}", m, m, None, m, "", True, lon, 29.9, m) for m, lon in CENTRES.items())
VALUED = MapUnit("z", "z", "z", 0.0, "0", "", True, 106.1, 29.1)


def slopes_by_square(lons: list[float | None], lats: list[float | None]) -> dict[str, set[int]]:
    """Which lines lie over each of the three squares."""
    found: dict[str, set[int]] = {mark: set() for mark in CENTRES}
    for n in range(0, len(lons), 3):
        x1, x2, y1, y2 = (float(v or 0) for v in (lons[n], lons[n + 1], lats[n], lats[n + 1]))
        if x2 - x1 < 0.005:
            continue
        mark = min(CENTRES, key=lambda m: abs(CENTRES[m] - (x1 + x2) / 2))
        found[mark].add(round((y2 - y1) / (x2 - x1)))
    return found


def drawn(is_small: bool) -> list[dict[str, Any]]:
    units = (*DISTRICTS, *ZONES, VALUED)
    if is_small:
        figure = draw_small_maps([YearMap("2022", "", units, LAYER)], CLASSES)
    else:
        figure = draw_map(units, LAYER, CLASSES, "zh", PictureFrame("", "", ())).figure
    return [trace for trace in figure.to_dict()["data"] if trace["type"] == "scattergeo"]


@pytest.mark.parametrize("is_small", [False, True])
def test_each_mark_has_lines_of_its_own(is_small: bool) -> None:
    (lines,) = [t for t in drawn(is_small) if t["mode"] == "lines"]
    assert slopes_by_square(lines["lon"], lines["lat"]) == {mark: set(slopes) for mark, slopes in SLOPES.items()}


@pytest.mark.parametrize("is_small", [False, True])
def test_circles_of_zones_carry_the_same_marks(is_small: bool) -> None:
    (over,) = [t for t in drawn(is_small) if "symbol" in t.get("marker", {})]
    assert dict(zip(over["lon"], over["marker"]["symbol"], strict=True)) == {CENTRES[m]: SYMBOLS[m] for m in CENTRES}
    assert len(set(SYMBOLS.values())) == 3 and VALUED.lon not in over["lon"], "a zero is a value, without a mark"


@pytest.mark.parametrize("is_small", [False, True])
def test_a_zero_is_neither_a_small_number_nor_no_report(is_small: bool) -> None:
    """A district that reported none is white with an outline of its own, drawn last; so is a zone's circle."""
    values = {"hatch": 1.0, "cross": 0.0, "level": None}
    units = (*(MapUnit(m, m, m, v, str(v), "", False, None, None, "hatch") for m, v in values.items()), VALUED)
    classes = value_classes([0.0, 1.0], "hazards")
    if is_small:
        figure = draw_small_maps([YearMap("2022", "", units, LAYER)], classes)
        (filled,) = [t for t in figure.to_dict()["data"] if t["type"] == "choropleth"]
        assert filled["locations"][-1] == "cross" and len(set(filled["z"])) == 3
        edges, zones = filled["marker"]["line"]["color"], figure.to_dict()["data"]
        assert [edge == classes.zero_edge for edge in edges] == [False, False, True]
    else:
        figure = draw_map(units, LAYER, classes, "zh", PictureFrame("", "", ())).figure
        zones = figure.to_dict()["data"]
        filled = [t for t in zones if t["type"] == "choropleth" and t["locations"]]
        looks = {t["locations"][0]: (t["colorscale"][-1][1], t["marker"]["line"]["color"]) for t in filled}
        assert len(set(looks.values())) == 3 and looks["cross"] == (WHITE, classes.zero_edge)
        assert filled[-1]["locations"] == ["cross"]
    circle = next(t for t in zones if t["type"] == "scattergeo" and list(t["lon"]) == [VALUED.lon])
    assert list(circle["marker"]["color"]) == [WHITE] and list(circle["marker"]["line"]["color"]) == [classes.zero_edge]
    box, *rest = swatch_shapes(Swatch("0", classes.zero_edge, "zero"), 0, 0)
    assert (box["fillcolor"], not rest) == (WHITE, True) and classes.zero_edge in str(box["line"])


def test_the_legend_of_a_saved_picture_shows_the_same_lines() -> None:
    for mark, slopes in SLOPES.items():
        shapes: list[dict[str, Any]] = swatch_shapes(Swatch("甲", kind=mark), 0, 0)
        lines = [s for s in shapes if s["type"] == "line"]
        seen = {0 if s["y1"] == s["y0"] else 1 if s["x1"] > s["x0"] else -1 for s in lines}
        assert seen == set(slopes), mark


def test_every_state_without_a_value_has_its_mark() -> None:
    states = ("not_reported", "not_filled", "no_value", "not_applicable", "not_asked", "no_population")
    assert [mark_of(s) for s in states] == ["hatch", "cross", "cross", "level", "level", "level"]
