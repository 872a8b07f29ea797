"""Catalogue folder -> Catalog."""

from __future__ import annotations

import json
from pathlib import Path

from etl.catalog.duties import parse_calendar, parse_duty, parse_kind
from etl.catalog.model import Catalog, Concept, Jurisdiction, Layer
from etl.catalog.parse import (
    optional_day,
    parse_bridge,
    parse_campaign,
    parse_comparisons,
    parse_form,
    parse_measure,
    parse_population,
    parse_rule,
    parse_unit,
)
from etl.catalog.quality import parse_quality
from etl.catalog.text import read_csv, read_yaml

ROOT = Path(__file__).resolve().parents[2]
CATALOG_DIR = ROOT / "data" / "catalog"
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
                valid_from=optional_day(x["valid_from"]),
                valid_to=optional_day(x["valid_to"]),
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


def load_catalog(root: Path = CATALOG_DIR, layers_file: Path = LAYERS_FILE) -> Catalog:
    """The whole catalogue. Raises CatalogError for a record that can't be read; etl.catalog.check looks deeper."""
    forms = [parse_form(read_yaml(p)) for p in sorted((root / "forms").glob("*.yaml"))]
    comparability = read_yaml(root / "comparability.yaml")
    concepts = [
        Concept(str(c["concept_id"]), str(c["quantity"]), str(c["label_zh"]), str(c["label_en"]))
        for c in read_yaml(root / "concepts.yaml")["concepts"]
    ]
    jurisdictions = [
        Jurisdiction(j["jurisdiction_id"], str(j["unit_id"]), j["name_zh"], j["name_en"], tuple(j["words"]), n)
        for n, j in enumerate(read_yaml(root / "jurisdictions.yaml")["jurisdictions"], start=1)
    ]
    measures = [
        parse_measure(m, n, "measures.yaml")
        for n, m in enumerate(read_yaml(root / "measures.yaml")["measures"], start=1)
    ]
    campaigns = [parse_campaign(c, "campaigns.yaml") for c in read_yaml(root / "campaigns.yaml")["campaigns"]]
    settings = {k: float(v) for k, v in read_yaml(root / "settings.yaml").items() if not k.startswith("__")}
    return Catalog(
        root=root,
        forms={f.form_id: f for f in forms},
        jurisdictions={j.jurisdiction_id: j for j in jurisdictions},
        campaigns={c.campaign_id: c for c in campaigns},
        units={u.unit_id: u for u in map(parse_unit, read_csv(root / "units" / "units.csv"))},
        populations=tuple(map(parse_population, read_csv(root / "units" / "population.csv"))),
        concepts={c.concept_id: c for c in concepts},
        measures={m.measure_id: m for m in measures},
        comparisons=parse_comparisons(comparability),
        bridges=tuple(map(parse_bridge, comparability["unit_bridges"])),
        duties=tuple(map(parse_duty, read_yaml(root / "duties.yaml")["duties"])),
        duty_kinds={k.kind: k for k in map(parse_kind, read_yaml(root / "evidence.yaml")["kinds"])},
        calendar=parse_calendar(read_csv(root / "holidays.csv")),
        rules={r.rule: r for r in (parse_rule(x, "rules.yaml") for x in read_yaml(root / "rules.yaml")["rules"])},
        layers=load_layers(layers_file),
        settings=settings,
        quality=parse_quality(read_yaml(root / "checks.yaml"), read_yaml(root / "sources.yaml")),
    )
