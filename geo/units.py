"""The units table ``data/catalog/units/units.csv``: names for the features, points back into the table."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path

from geo.spec import LayerSpec

ROOT = Path(__file__).resolve().parent.parent
UNITS_FILE = ROOT / "data" / "catalog" / "units" / "units.csv"

LEGAL_KINDS = ("district", "county", "city")

Row = dict[str, str]


def read_units(path: Path = UNITS_FILE) -> list[Row]:
    """Return the rows of the units table as text, in file order."""
    with path.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def write_points(points: dict[str, tuple[float, float]], path: Path = UNITS_FILE) -> int:
    """Write lon and lat of the given units into the table; return how many rows changed."""
    rows = read_units(path)
    changed = 0
    for row in rows:
        if row["unit_id"] in points:
            lon, lat = (f"{number:.4f}" for number in points[row["unit_id"]])
            changed += (row["lon"], row["lat"]) != (lon, lat)
            row["lon"], row["lat"] = lon, lat
    if changed:
        with path.open("w", encoding="utf-8", newline="") as handle:
            writer = csv.DictWriter(handle, list(rows[0]), lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
    return changed


def legal_units(rows: list[Row], spec: LayerSpec) -> dict[str, Row]:
    """Return the units a layer must draw: legal units of its jurisdiction valid all through the layer's time."""
    inside = [r for r in rows if r["jurisdiction_id"] == spec.jurisdiction_id and r["kind"] in LEGAL_KINDS]
    return {r["unit_id"]: r for r in inside if _covers(r, spec)}


def _covers(row: Row, spec: LayerSpec) -> bool:
    starts = not row["valid_from"] or (
        spec.valid_from is not None and dt.date.fromisoformat(row["valid_from"]) <= spec.valid_from
    )
    ends = not row["valid_to"] or (
        spec.valid_to is not None and dt.date.fromisoformat(row["valid_to"]) >= spec.valid_to
    )
    return starts and ends
