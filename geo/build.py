"""Build every layer of ``spec.yaml``: read, check against the units table, simplify, label, write."""

from __future__ import annotations

import json
from typing import Any

import shapely

from geo.labels import Label, place_label
from geo.manifest import write_layer, write_manifest
from geo.simplify import slim
from geo.source import Polygons, read_polygons
from geo.spec import LayerSpec, read_specs
from geo.units import Row, legal_units, read_units, write_points


class UnitsDifferError(ValueError):
    """The polygons of a layer and the units table do not name the same units."""


def build_all() -> list[dict[str, Any]]:
    """Write all layers, the manifest and the units' label points; return the manifest.

    A unit drawn in two layers keeps the point of the first; each feature has the point of its own layer.
    """
    rows = read_units()
    entries: list[dict[str, Any]] = []
    points: dict[str, tuple[float, float]] = {}
    for spec in read_specs():
        units = legal_units(rows, spec)
        polygons = slim(_read_checked(spec, units), spec.tolerance_m)
        labels = {unit_id: place_label(shape) for unit_id, shape in polygons.items()}
        features = [_feature(units[u], polygons[u], labels[u]) for u in units]
        bounds = shapely.total_bounds(list(polygons.values()))
        entries.append(write_layer(spec, {"type": "FeatureCollection", "features": features}, tuple(bounds)))
        points = {u: (label.lon, label.lat) for u, label in labels.items()} | points
        points = {_jurisdiction_unit(units): _middle(polygons)} | points
    write_manifest(entries)
    write_points(points)
    return entries


def _read_checked(spec: LayerSpec, units: dict[str, Row]) -> Polygons:
    polygons = read_polygons(spec)
    if set(polygons) != set(units):
        raise UnitsDifferError(f"{spec.layer_id}: only in one of both: {sorted(set(polygons) ^ set(units))}")
    return polygons


def _jurisdiction_unit(units: dict[str, Row]) -> str:
    return next(iter(units.values()))["parent_id"]


def _middle(polygons: Polygons) -> tuple[float, float]:
    label = place_label(shapely.coverage_union_all(list(polygons.values())))
    return label.lon, label.lat


def _feature(unit: Row, shape: Any, label: Label) -> dict[str, Any]:
    """Return one GeoJSON feature."""
    names = {key: unit[key] for key in ("unit_id", "name", "short_name", "name_en")}
    room = {
        "label_lon": label.lon,
        "label_lat": label.lat,
        "label_w_deg": label.width,
        "label_h_deg": label.height,
    }
    geometry = json.loads(shapely.to_geojson(shape))
    return {
        "type": "Feature",
        "id": unit["unit_id"],
        "properties": names | room,
        "geometry": geometry,
    }
