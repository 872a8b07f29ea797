"""The wanted layers, read from ``spec.yaml`` (which explains its fields)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import yaml

SPEC_FILE = Path(__file__).with_name("spec.yaml")


@dataclass(frozen=True)
class Inset:
    """A crowded part of a layer, to be drawn again at a larger scale."""

    bounds: tuple[float, float, float, float]
    unit_ids: tuple[str, ...]
    title_zh: str
    title_en: str


@dataclass(frozen=True)
class LayerSpec:
    """One layer to build."""

    layer_id: str
    jurisdiction_id: str
    source: Literal["tianditu", "amap"]
    prefix: str
    group: Literal["district", "city"]
    keep_apart: tuple[str, ...]
    recode: dict[str, str]
    tolerance_m: float
    valid_from: dt.date | None
    valid_to: dt.date | None
    source_zh: str
    source_en: str
    inset: Inset | None


def _inset(row: dict[str, Any] | None) -> Inset | None:
    if row is None:
        return None
    west, south, east, north = (float(x) for x in row["bounds"])
    return Inset((west, south, east, north), tuple(row["unit_ids"]), row["title_zh"], row["title_en"])


def read_specs(path: Path = SPEC_FILE) -> list[LayerSpec]:
    """Return the layers of the file in its order."""
    rows: list[dict[str, Any]] = yaml.safe_load(path.read_text(encoding="utf-8"))["layers"]
    return [LayerSpec(**{**row, "keep_apart": tuple(row["keep_apart"]), "inset": _inset(row["inset"])}) for row in rows]
