"""The case table's files as cases, variants spelt out, and the files that each of them is about."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from tests.cases.reading import merged
from tests.cases.writing import Recipe

HERE = Path(__file__).parent
Case = dict[str, Any]
TABLES = {path.stem: yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted(HERE.glob("*.yaml"))}
WHOLE = {
    path.stem: yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted((HERE / "whole").glob("*.yaml"))
}


def cases() -> Iterator[tuple[str, Case]]:
    """Every variant of every case with its name."""
    for group, table in [*TABLES.items(), *WHOLE.items()]:
        for case in table["cases"]:
            name = f"{group}-{case['number']:02d}" if "number" in case else f"{group}: {case['name']}"
            base = merged(table.get("defaults", {}), case)
            wanted = case.get("variants", [{}])
            if isinstance(base.get("typed"), list):
                wanted = [{"typed": t, **v} for v in wanted for t in base["typed"]]
            for number, variant in enumerate(wanted, start=1):
                suffix = f".{number}" if len(wanted) > 1 else ""
                yield f"{name}{suffix}", merged(base, variant)


def recipes_of(case: Case) -> list[Recipe]:
    """The files of a case, each with what the case says of all of them; those in an archive too."""
    shared = {k: v for k, v in case.items() if k in ("campaign", "form", "fill", "alone")}
    return [_with(shared, r) for r in case.get("files") or [{k: v for k, v in case.items() if k != "name"}]]


def _with(shared: Case, recipe: Case) -> Case:
    found = merged(shared, recipe)
    if "zip" in found:
        found["zip"] = [_with(shared, r) for r in found["zip"]]
    return found
