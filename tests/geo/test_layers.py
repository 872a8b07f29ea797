"""The committed map layers: geometry, names, sizes, and agreement with the units table."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import itertools
import json
import re
from pathlib import Path
from typing import Any

import pytest
import shapely  # type: ignore[import-untyped]

ROOT = Path(__file__).resolve().parents[2]
LAYER_DIR = ROOT / "dashboard" / "static" / "geo"
MANIFEST: list[dict[str, Any]] = json.loads((ROOT / "geo" / "layers.json").read_text(encoding="utf-8"))
EXPECTED = {
    "chongqing-2025": 38,
    "chongqing-2026": 37,
    "ningxia-cities": 5,
    "jilin-units": 10,
    "jincheng-counties": 6,
}
FIRST_DAY, LAST_DAY = "0001-01-01", "9999-12-31"

Layer = tuple[dict[str, Any], dict[str, Any], dict[str, Any]]


def _units() -> list[dict[str, str]]:
    with (ROOT / "data" / "catalog" / "units" / "units.csv").open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def _valid_in(unit: dict[str, str], entry: dict[str, Any]) -> bool:
    starts = (unit["valid_from"] or FIRST_DAY) <= (entry["valid_from"] or FIRST_DAY)
    return starts and (unit["valid_to"] or LAST_DAY) >= (entry["valid_to"] or LAST_DAY)


@pytest.fixture(scope="module", params=MANIFEST, ids=[entry["layer_id"] for entry in MANIFEST])
def layer(request: pytest.FixtureRequest) -> Layer:
    """Manifest entry, features by id, polygons by id."""
    entry: dict[str, Any] = request.param
    collection = json.loads((LAYER_DIR / entry["file"]).read_text(encoding="utf-8"))
    features = {feature["id"]: feature for feature in collection["features"]}
    assert len(features) == len(collection["features"])
    shapes = {unit: shapely.from_geojson(json.dumps(feature["geometry"])) for unit, feature in features.items()}
    return entry, features, shapes


def test_the_manifest_lists_every_file_and_no_other() -> None:
    assert {entry["layer_id"]: entry["n_units"] for entry in MANIFEST} == EXPECTED
    assert {path.name for path in LAYER_DIR.glob("*.geojson")} == {entry["file"] for entry in MANIFEST}


def test_file_is_small_and_named_by_its_content(layer: Layer) -> None:
    entry, features, _ = layer
    content = (LAYER_DIR / entry["file"]).read_bytes()
    digest = hashlib.sha256(content).hexdigest()
    assert entry["sha256"] == digest
    assert entry["file"] == f"{entry['layer_id']}.{digest[:10]}.geojson"
    assert entry["bytes"] == len(content) <= 150 * 1024
    assert entry["n_units"] == len(features)


def test_polygons_are_valid_and_clockwise(layer: Layer) -> None:
    for unit, shape in layer[2].items():
        assert shapely.is_valid(shape) and not shapely.is_empty(shape), unit
        for part in shapely.get_parts(shape):
            assert not shapely.is_ccw(part.exterior), unit
            assert all(shapely.is_ccw(ring) for ring in part.interiors), unit


def test_neighbours_share_their_border(layer: Layer) -> None:
    shapes = list(layer[2].values())
    assert shapely.coverage_is_valid(shapes)
    areas = float(shapely.area(shapes).sum())
    assert areas == pytest.approx(float(shapely.union_all(shapes).area), rel=1e-9)
    tree = shapely.STRtree(shapes)
    for left, right in tree.query(shapes, predicate="intersects").T:
        if left < right:
            smaller = min(shapes[left].area, shapes[right].area)
            assert shapely.intersection(shapes[left], shapes[right]).area <= 0.001 * smaller


def test_coordinates_have_four_decimals(layer: Layer) -> None:
    text = (LAYER_DIR / layer[0]["file"]).read_text(encoding="utf-8")
    assert not re.search(r"\d\.\d{5}", text)


def test_bounds_are_those_of_the_polygons(layer: Layer) -> None:
    entry, _, shapes = layer
    assert entry["bounds"] == pytest.approx(list(shapely.total_bounds(list(shapes.values()))), abs=1e-6)


def test_every_legal_unit_of_the_time_has_one_polygon_and_the_reverse(layer: Layer) -> None:
    entry, features, _ = layer
    inside = [u for u in _units() if u["jurisdiction_id"] == entry["jurisdiction_id"] and _valid_in(u, entry)]
    assert {u["unit_id"] for u in inside if u["kind"] in ("district", "county", "city")} == set(features)


def test_names_are_those_of_the_units_table(layer: Layer) -> None:
    units = {u["unit_id"]: u for u in _units()}
    for unit_id, feature in layer[1].items():
        for key in ("unit_id", "name", "short_name", "name_en"):
            assert feature["properties"][key] == units[unit_id][key]


def test_label_and_its_rectangle_are_inside(layer: Layer) -> None:
    _, features, shapes = layer
    for unit, feature in features.items():
        p = feature["properties"]
        x, y, half_w, half_h = (
            p["label_lon"],
            p["label_lat"],
            p["label_w_deg"] / 2,
            p["label_h_deg"] / 2,
        )
        assert shapely.contains_xy(shapes[unit], x, y), unit
        assert half_w > 0 and half_h > 0
        box = shapely.box(x - half_w, y - half_h, x + half_w, y + half_h)
        assert shapely.covers(shapely.buffer(shapes[unit], 1e-6), box), unit


def test_zones_of_the_time_lie_inside_the_jurisdiction(layer: Layer) -> None:
    entry, _, shapes = layer
    west, south, east, north = entry["bounds"]
    whole = shapely.union_all(list(shapes.values()))
    for unit in _units():
        if unit["kind"] == "zone" and unit["jurisdiction_id"] == entry["jurisdiction_id"] and _valid_in(unit, entry):
            lon, lat = float(unit["lon"]), float(unit["lat"])
            assert west < lon < east and south < lat < north, unit["unit_id"]
            assert shapely.contains_xy(whole, lon, lat), unit["unit_id"]


def test_insets_name_units_of_the_layer_and_lie_inside(layer: Layer) -> None:
    entry, features, shapes = layer
    inset = entry["inset"]
    assert (inset is not None) == (entry["jurisdiction_id"] == "chongqing")
    if inset is not None:
        frame = shapely.box(*inset["bounds"])
        assert set(inset["unit_ids"]) <= set(features)
        assert all(shapely.intersects(frame, shapes[unit]) for unit in inset["unit_ids"])
        for unit in {"500103", "500104", "500105", "500106", "500107", "500108"} & set(shapes):
            assert shapely.covers(frame, shapes[unit]), unit


def test_layers_of_a_jurisdiction_follow_one_another_without_gap() -> None:
    for jurisdiction in {entry["jurisdiction_id"] for entry in MANIFEST}:
        own = sorted(
            (e for e in MANIFEST if e["jurisdiction_id"] == jurisdiction),
            key=lambda e: e["valid_from"] or "",
        )
        assert own[0]["valid_from"] is None and own[-1]["valid_to"] is None
        for earlier, later in itertools.pairwise(own):
            next_day = dt.date.fromisoformat(earlier["valid_to"]) + dt.timedelta(days=1)
            assert later["valid_from"] == next_day.isoformat()
