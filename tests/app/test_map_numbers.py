"""No label of a map lies on another one, and a unit's number that has no room on it stands in the line below it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import plotly.graph_objects as go
import pytest

from dashboard.charts.geometry import pixels_per_degree
from dashboard.charts.map import DrawnMap, panels
from dashboard.charts.map_labels import BLANK, PAGE_ROOM, PAPER_ROOM, STAGE_ROOM, MapLabel, MapRoom
from dashboard.charts.map_marks import MapUnit, panel_frame
from dashboard.charts.map_places import Box, inked_box, label_box
from dashboard.components.change_map import both_years, map_parts
from dashboard.components.changes import measure_changes
from dashboard.components.map_numbers import unnumbered_html
from dashboard.components.mapview import layer_of, make_map
from dashboard.components.page import View
from dashboard.release import Database, open_pointed, read_pointer
from dashboard.reports.opening import view_of
from tests.app.running import plain_words, run

ROOMS = {"page": PAGE_ROOM, "stage": STAGE_ROOM, "paper": PAPER_ROOM}
YEARS = (("2022", "2021"), ("2021", "2020"), ("2026", "2025"))


@pytest.fixture(scope="module")
def source(sample_releases: Path) -> Iterator[Database]:
    found = open_pointed(read_pointer(sample_releases))
    yield found
    found.connection.close()


def drawn(view: View, room: MapRoom) -> tuple[DrawnMap, list[MapUnit]]:
    """The change map and its units."""
    units, classes, legend = map_parts(view, measure_changes(view), both_years(view))
    made = make_map(view, units, classes, legend, "", room)
    assert made is not None
    return made[0], units


def boxes(view: View, figure: go.Figure, room: MapRoom, *, is_large: bool) -> list[tuple[str, Box]]:
    """Every printed label of the main map and of its inset in pixels; a small page hides the second set and an inset's circles'."""
    found_layer = layer_of(view)
    assert found_layer is not None
    found = []
    for panel in panels(found_layer[0], room.has_inset_beside):
        frame = panel_frame(panel, room.large if is_large else room.small)
        scale = pixels_per_degree(panel.bounds, frame.width, frame.height)
        texts = [t for t in figure.data if t.type == "scattergeo" and (t.geo or "geo") == panel.geo and t.text]
        if not is_large and room is PAGE_ROOM:
            texts = texts[:-1]  # atlas.css finds the second set by its place
        for trace in texts:
            has_circle = "markers" in trace.mode
            if has_circle and panel.geo == "geo2" and not is_large and room is PAGE_ROOM:
                continue
            sides = trace.textposition
            for n, text in enumerate(trace.text):
                if not text.replace(BLANK, "").replace("<br>", "").strip():
                    continue
                lon, lat = trace.lon[n], trace.lat[n]
                if has_circle:
                    box = label_box(lon, lat, text, panel.bounds, scale, sides[n])
                elif isinstance(sides, str):  # the inset's title
                    continue
                else:
                    box = inked_box(MapLabel("", lon, lat, text), panel.bounds, scale)
                found.append((f"{panel.geo} {text}", box))
    return found


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(("year", "base"), YEARS)
def test_no_label_lies_on_another_one(source: Database, year: str, base: str, lang: str) -> None:
    view = view_of(source, {"area": "chongqing", "year": year, "base": base, "lang": lang})
    for name, room in ROOMS.items():
        figure = drawn(view, room)[0].figure
        for is_large in (False, True):
            printed = boxes(view, figure, room, is_large=is_large)
            assert len(printed) > 20, name
            pairs = combinations(((text, box) for text, box in printed), 2)
            assert [(a, b) for (a, one), (b, other) in pairs if a[:4] == b[:4] and a != b and one.covers(other)] == []


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(("year", "base"), YEARS)
def test_every_number_is_on_the_map_or_in_the_line_below(source: Database, year: str, base: str, lang: str) -> None:
    view = view_of(source, {"area": "chongqing", "year": year, "base": base, "lang": lang})
    for room in ROOMS.values():
        made, units = drawn(view, room)
        texts = {text for t in made.figure.data if t.type == "scattergeo" and t.text for text in t.text}
        listed = {unit.unit_id for unit in made.unnumbered_large}
        assert listed <= {unit.unit_id for unit in made.unnumbered}
        for unit in units:
            if unit.value is None or unit in made.undrawn:
                continue
            on_map = any(unit.value_text in text and (unit.short_name in text or BLANK in text) for text in texts)
            assert on_map != (unit.unit_id in listed), unit.name
        line = unnumbered_html(view, made)
        assert all(f"{unit.short_name} {unit.value_text}".replace("'", "&#x27;") in line for unit in made.unnumbered)


def test_the_page_names_the_west(sample_releases: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    query = {"area": "chongqing", "year": "2022", "base": "2021"}
    text = plain_words(run(sample_releases, monkeypatch, "year_over_year", **query))
    line = text.split("图上位置小的单位：")[1].split("。")[0]
    assert all(name in line for name in ("大足 约+", "荣昌 −", "永川 +", "铜梁 +", "璧山 +"))
