"""Layer files named by their content, and ``layers.json`` that lists them."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from geo.simplify import DIGITS
from geo.spec import LayerSpec
from geo.units import ROOT

LAYER_DIR = ROOT / "dashboard" / "static" / "geo"
MANIFEST = Path(__file__).with_name("layers.json")
MAX_BYTES = 150 * 1024


class LayerTooLargeError(ValueError):
    """A layer is larger than a page should load."""


def write_layer(spec: LayerSpec, collection: dict[str, Any], bounds: tuple[float, ...]) -> dict[str, Any]:
    """Write one layer, remove its older files, and return its entry for the manifest."""
    text = json.dumps(collection, ensure_ascii=False, separators=(",", ":"))
    content = text.encode("utf-8")
    if len(content) > MAX_BYTES:
        raise LayerTooLargeError(f"{spec.layer_id}: {len(content)} bytes, at most {MAX_BYTES}: raise its tolerance_m")
    digest = hashlib.sha256(content).hexdigest()
    name = f"{spec.layer_id}.{digest[:10]}.geojson"
    LAYER_DIR.mkdir(parents=True, exist_ok=True)
    for old in LAYER_DIR.glob(f"{spec.layer_id}.*.geojson"):
        if old.name != name:
            old.unlink()
    (LAYER_DIR / name).write_bytes(content)
    return _entry(spec, name, digest, len(content), len(collection["features"]), bounds)


def _entry(
    spec: LayerSpec, name: str, digest: str, size: int, n_units: int, bounds: tuple[float, ...]
) -> dict[str, Any]:
    return {
        "layer_id": spec.layer_id,
        "jurisdiction_id": spec.jurisdiction_id,
        "valid_from": spec.valid_from.isoformat() if spec.valid_from else None,
        "valid_to": spec.valid_to.isoformat() if spec.valid_to else None,
        "file": name,
        "sha256": digest,
        "bytes": size,
        "n_units": n_units,
        "bounds": [round(float(x), DIGITS) for x in bounds],
        "source_zh": spec.source_zh,
        "source_en": spec.source_en,
        "inset": asdict(spec.inset) if spec.inset else None,
    }


def write_manifest(entries: list[dict[str, Any]], path: Path = MANIFEST) -> None:
    """Write the manifest: a list with one object a layer."""
    path.write_text(json.dumps(entries, ensure_ascii=False, indent=2) + "\n", encoding="utf-8", newline="\n")
