"""Catalogue folder -> Catalog."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

from etl.catalog.check_keys import SHAPES
from etl.catalog.duties import parse_calendar, parse_duty, parse_kind
from etl.catalog.entry import Entry
from etl.catalog.model import Catalog, Layer
from etl.catalog.parse import (
    parse_bridge,
    parse_campaign,
    parse_comparisons,
    parse_concept,
    parse_form,
    parse_jurisdiction,
    parse_measure,
    parse_population,
    parse_rule,
    parse_unit,
)
from etl.catalog.quality import parse_quality
from etl.catalog.text import read_csv, read_yaml

ROOT = Path(__file__).resolve().parents[2]
CATALOG_DIR = ROOT / "data" / "catalog"
UNIT_COLUMNS = (
    "unit_id jurisdiction_id name short_name name_en kind adcode parent_id position lon lat valid_from valid_to aliases"
)
POPULATION_COLUMNS = "unit_id valid_from valid_to population is_census source_zh note_zh note_en"
HOLIDAY_COLUMNS = "day is_off name_zh name_en"
LAYERS_FILE = ROOT / "geo" / "layers.json"


def load_layers(path: Path) -> tuple[Layer, ...]:
    """The map layers of the geo build's manifest; empty when there is none."""
    if not path.exists():
        return ()
    found = []
    for x in json.loads(path.read_text(encoding="utf-8")):
        inset = json.dumps(x["inset"], ensure_ascii=False) if x.get("inset") else None
        found.append(
            Layer(
                layer_id=x["layer_id"],
                jurisdiction_id=x["jurisdiction_id"],
                valid_from=_layer_day(x["valid_from"]),
                valid_to=_layer_day(x["valid_to"]),
                file_name=Path(x["file"]).name,
                sha256=x["sha256"],
                n_units=int(x["n_units"]),
                bounds=(x["bounds"][0], x["bounds"][1], x["bounds"][2], x["bounds"][3]),
                inset_json=inset,
                source_zh=x["source_zh"],
                source_en=x["source_en"],
            )
        )
    return tuple(found)


def _layer_day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None


def rows_of(root: Path, file: str, columns: str) -> list[Entry]:
    """The rows of a table of the catalogue."""
    return [Entry(row, file) for row in read_csv(root, file, columns.split())]


def file_of(root: Path, file: str) -> Entry:
    """What a YAML file of the catalogue says."""
    return Entry(read_yaml(root, file), file)


def form_files(root: Path) -> list[str]:
    """The files of forms, in the order of their names."""
    return [f"forms/{path.name}" for path in sorted((root / "forms").glob("*.yaml"))]


def load_catalog(root: Path = CATALOG_DIR, layers_file: Path = LAYERS_FILE) -> Catalog:
    """The whole catalogue. Raises CatalogError for a record that can't be read; etl.catalog.check looks deeper."""

    def listed(file: str, key: str) -> tuple[Entry, ...]:
        return file_of(root, file).entries(key)

    forms = [parse_form(file_of(root, file)) for file in form_files(root)]
    units = map(parse_unit, rows_of(root, "units/units.csv", UNIT_COLUMNS))
    comparability, settings = file_of(root, "comparability.yaml"), file_of(root, "settings.yaml")
    jurisdictions = [
        parse_jurisdiction(j, n) for n, j in enumerate(listed("jurisdictions.yaml", "jurisdictions"), start=1)
    ]
    measures = [parse_measure(m, n) for n, m in enumerate(listed("measures.yaml", "measures"), start=1)]
    return Catalog(
        root=root,
        forms={f.form_id: f for f in forms},
        jurisdictions={j.jurisdiction_id: j for j in jurisdictions},
        campaigns={c.campaign_id: c for c in map(parse_campaign, listed("campaigns.yaml", "campaigns"))},
        units={u.unit_id: u for u in units},
        populations=tuple(map(parse_population, rows_of(root, "units/population.csv", POPULATION_COLUMNS))),
        concepts={c.concept_id: c for c in map(parse_concept, listed("concepts.yaml", "concepts"))},
        measures={m.measure_id: m for m in measures},
        comparisons=parse_comparisons(comparability.entries("comparisons")),
        bridges=tuple(map(parse_bridge, comparability.entries("unit_bridges"))),
        duties=tuple(map(parse_duty, listed("duties.yaml", "duties"))),
        duty_kinds={k.kind: k for k in map(parse_kind, listed("evidence.yaml", "kinds"))},
        calendar=parse_calendar(rows_of(root, "holidays.csv", HOLIDAY_COLUMNS)),
        rules={r.rule: r for r in map(parse_rule, listed("rules.yaml", "rules"))},
        layers=load_layers(layers_file),
        settings={key: settings.number(key, 0.0) for key in sorted(SHAPES["settings.yaml"], key=settings.line_of)},
        quality=parse_quality(file_of(root, "checks.yaml"), file_of(root, "sources.yaml")),
    )
