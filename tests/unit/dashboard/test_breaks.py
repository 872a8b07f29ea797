"""Class breaks, label fitting, hatching."""

from __future__ import annotations

import random

import numpy as np
import pytest

from dashboard.charts.breaks import change_classes, class_breaks, round_nice, value_classes
from dashboard.charts.geometry import Shape, count_inside, hatch_lines, read_shapes
from dashboard.charts.map_labels import LARGE, SMALL, MapLabel, fit_labels, text_px
from dashboard.charts.map_places import free_sides
from dashboard.charts.stacked import Part, Stack, draw_stacks

BOUNDS = (106.0, 29.0, 107.0, 30.0)


def square(unit_id: str, lon: float, lat: float, half: float) -> Shape:
    ring = ((lon - half, lat - half), (lon - half, lat + half), (lon + half, lat + half), (lon + half, lat - half))
    return Shape(unit_id, lon, lat, 2 * half, 2 * half, ((*ring, ring[0]),))


class Unit:
    def __init__(self, unit_id: str, short_name: str, value_text: str) -> None:
        self.unit_id, self.short_name, self.value_text = unit_id, short_name, value_text


@pytest.mark.parametrize("values", [[], [5.0], [5.0, 5.0, 5.0], [0.0, 0.0]])
def test_nothing_or_equal_values_are_one_class(values: list[float]) -> None:
    classes = value_classes(values, "hazards")
    assert classes.breaks == ()
    assert len(classes.colours) == 1


def test_every_class_has_a_member() -> None:
    chance = random.Random(7)
    for _ in range(300):
        values = [float(int(chance.lognormvariate(8, 1.4))) for _ in range(chance.randint(2, 60))]
        classes = value_classes([*values, 0.0], "participation")
        assert list(classes.breaks) == sorted(set(classes.breaks))
        assert {classes.index(value) for value in values if value} == set(range(len(classes.colours)))


def test_two_values_are_two_classes() -> None:
    assert len(value_classes([1.0, 2.0], "coverage").colours) == 2
    assert len(class_breaks([0.0, 0.0, 0.0, 9.0])) == 1


@pytest.mark.parametrize(("value", "nice"), [(0, 0), (61_234, 60_000), (1870, 2000), (0.137, 0.15), (-47, -50)])
def test_round_numbers(value: float, nice: float) -> None:
    assert round_nice(value) == pytest.approx(nice)


def test_change_classes_are_symmetric() -> None:
    for changes in ([], [1.0], [-300.0, 12.0, 40.0]):
        breaks = change_classes(changes).breaks
        assert [-b for b in reversed(breaks)] == list(breaks)
        assert len(change_classes(changes).colours) == 5


@pytest.mark.parametrize("size", [3.0, 40.0, 60.0, 150.0, 400.0, 9000.0])
def test_no_class_of_percent_begins_below_a_fall_to_nothing(size: float) -> None:
    low, inner_low, inner, outer = change_classes([size, -size], is_percent=True).breaks
    assert -100 < low < inner_low < 0 < inner < outer
    for fall, rise in ((low, outer), (inner_low, inner)):
        undone = -100 * rise / (100 + rise)
        assert fall == -rise if outer < 100 else abs(fall - undone) <= 2.5


def test_labels_only_where_they_fit() -> None:
    boxes = [(Unit("big", "万州", "8.8万"), square("big", 106.3, 29.3, 0.2))]
    boxes += [(Unit("small", "渝中", "7.4万"), square("small", 106.8, 29.8, 0.005))]
    fitted = fit_labels(boxes, BOUNDS, (SMALL, LARGE))
    assert [label.text for label in fitted.first] == ["万州<br>8.8万"]
    assert fitted.more == ()


def test_a_value_is_added_where_only_a_large_map_has_room() -> None:
    half = 17 / 360
    fitted = fit_labels([(Unit("u", "万州", "8.8万"), square("u", 106.5, 29.5, half))], BOUNDS, (SMALL, LARGE))
    assert [label.text for label in fitted.first] in (["万州<br>\u00a0"], ["万州<br>8.8万"])


def test_zone_labels_stay_in_the_frame() -> None:
    at_left, at_right = (106.01, 29.5, "两江新区 8.4万"), (106.99, 29.5, "高新区 2.5万")
    assert free_sides([at_left, at_right], [], BOUNDS, SMALL)[0].endswith("right")
    assert free_sides([at_left, at_right], [], BOUNDS, SMALL)[1].endswith("left")


def test_zone_labels_avoid_district_labels() -> None:
    label = MapLabel("u", 106.56, 29.5, "九龙坡<br>24.5万")
    assert free_sides([(106.5, 29.5, "高新区")], [label], BOUNDS, SMALL)[0] != "middle right"


def test_width_of_chinese_and_latin_text() -> None:
    assert text_px("万州") > text_px("ab")


def test_hatch_lies_inside() -> None:
    shape = square("u", 106.5, 29.5, 0.1)
    lons, lats = hatch_lines([shape], 0.05, BOUNDS)
    points = [(x, y) for x, y in zip(lons, lats, strict=True) if x is not None and y is not None]
    assert len(points) >= 6
    assert all(106.399 <= x <= 106.601 and 29.399 <= y <= 29.601 for x, y in points)
    assert hatch_lines([shape], 0.05, (0.0, 0.0, 1.0, 1.0)) == ([], [])
    lons, lats = np.array([106.5, 106.7]), np.array([29.5, 29.5])
    assert count_inside(shape, lons, lats) == 1
    assert count_inside(shape, lons[:1], lats[:1]) == 1


def test_a_missing_layer_file_is_no_shapes(tmp_path: object) -> None:
    from pathlib import Path

    assert read_shapes(Path(str(tmp_path)) / "none.geojson") == {}


def test_a_legend_of_long_words_has_room_for_two_lines() -> None:
    short, long = (["已填", "填零", "未填"], ["filled", "zero", "not applicable", "no usable number", "blank"])
    heights = []
    for names in (short, long):
        stack = Stack("a", "A", (1,) * len(names), "100%", "")
        figure = draw_stacks([stack], [Part(name, "#123456") for name in names])
        heights.append((figure.layout.margin.t, figure.layout.height - figure.layout.margin.t))
    assert heights[1][0] == 2 * heights[0][0] and heights[0][1] == heights[1][1]
