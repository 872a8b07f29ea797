"""Map layers."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class MapLayer:
    """The map layer of a campaign."""

    layer_id: str
    file_name: str
    n_units: int
    min_lon: float
    min_lat: float
    max_lon: float
    max_lat: float
    inset: str | None
    source_zh: str
    source_en: str
