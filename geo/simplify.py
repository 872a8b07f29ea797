"""Fewer points without opening gaps: neighbours keep the very same border."""

from __future__ import annotations

from typing import Any

import geopandas
import numpy as np
import shapely

from geo.source import Polygons

DIGITS = 4
"""Decimals of a degree kept, about 10 m."""


class CoverageError(ValueError):
    """The polygons overlap, leave slivers or are not valid."""


def slim(polygons: Polygons, tolerance_m: float) -> Polygons:
    """Return the polygons simplified, rounded, clockwise outside; raise CoverageError if that broke them.

    The tolerance is that of ``shapely.coverage_simplify``: the square root of the smallest triangle kept.
    Clockwise is the opposite of RFC 7946 and what plotly's SVG maps want (others do not care).
    """
    frame = geopandas.GeoSeries(list(polygons.values()), crs=4326)
    metric = frame.to_crs(frame.estimate_utm_crs())
    simple = shapely.coverage_simplify(metric.to_numpy(), tolerance_m)
    degrees = geopandas.GeoSeries(simple, crs=metric.crs).to_crs(4326).to_numpy()
    rounded = shapely.remove_repeated_points(shapely.transform(degrees, _round))
    clockwise = shapely.orient_polygons(rounded, exterior_cw=True)
    if not (shapely.is_valid(clockwise).all() and shapely.coverage_is_valid(clockwise)):
        raise CoverageError(f"not a valid coverage after simplifying by {tolerance_m} m: try a smaller tolerance")
    return dict(zip(polygons, clockwise, strict=True))


def _round(points: Any) -> Any:
    return np.round(points, DIGITS)
