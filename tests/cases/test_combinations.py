"""Ways to write a number times ways to lay out a file, by a seed: nothing read wrong, nothing lost in silence."""

from __future__ import annotations

import random
from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from etl.facts import Fact, Submission
from etl.files.intake import Job
from etl.read_file import read_job
from tests.cases.habits import Truth
from tests.cases.layouts import table_file, word_file
from tests.cases.verdict import Said, judge, said_of
from tests.cases.writing import catalog, extension, write

CAMPAIGNS = ("chongqing-2021", "jincheng-2022", "ningxia-2021")


def read(recipe: dict[str, Any], folder: Path) -> list[Submission]:
    path = folder / f"表.{extension(recipe)}"
    path.write_bytes(write(recipe))
    return read_job(catalog(), Job(path, path.name, recipe["campaign"], datetime(2022, 7, 1), False))


def run(seed: str, n_forms: int, n_tables: int, folder: Path) -> tuple[Counter[str], list[object]]:
    rng = random.Random(seed)
    seen: Counter[str] = Counter()
    bad: list[object] = []

    def count(truth: Truth, fact: Fact | None, said: Said, blank: str, layout: str) -> None:
        outcome = judge(truth, fact, said, blank)
        seen[outcome] += 1
        if outcome != "exact":
            seen[f"{outcome}: {layout.split(' / ', maxsplit=1)[0]}"] += 1
        if outcome in ("wrong", "lost", "other state"):
            bad.append((outcome, layout, blank, truth, fact))

    for campaign_id in CAMPAIGNS:
        campaign = catalog().campaigns[campaign_id]
        form = catalog().forms[str(campaign.form_id)]
        units = catalog().roster(campaign)
        for _ in range(n_forms):
            unit = rng.choice(units)
            recipe, typed, layout = word_file(form, campaign, unit, rng)
            submissions = read(recipe, folder)
            facts = {f.indicator_id: f for s in submissions for f in s.facts if f.unit_id == unit.unit_id}
            said = said_of(submissions, unit.unit_id)
            for blank, truth in typed.items():
                count(truth, facts.get(blank), said, blank, layout)
        for _ in range(n_tables):
            recipe, truths, layout = table_file(form, campaign, units, rng)
            submissions = read(recipe, folder)
            by_unit = {(f.unit_id, f.indicator_id): f for s in submissions for f in s.facts}
            invented = [f for k, f in by_unit.items() if f.value is not None and k not in truths]
            seen["wrong"] += len(invented)
            bad += [
                ("invented", layout, f.indicator_id, recipe.get("sheets") or recipe.get("lines"), f) for f in invented
            ]
            cache: dict[str, Said] = {}
            for (unit_id, blank), truth in truths.items():
                said = cache.setdefault(unit_id, said_of(submissions, unit_id))
                count(truth, by_unit.get((unit_id, blank)), said, blank, layout)
    return seen, bad


def check(seen: Counter[str], bad: list[object], at_least: int) -> None:
    total = sum(seen[k] for k in ("exact", "withheld", "wrong", "lost", "other state"))
    print("combinations: blanks", total, *(f"{k} {seen[k]}" for k in ("exact", "withheld", "wrong", "lost")))
    print({k: v for k, v in sorted(seen.items()) if ": " in k})
    assert bad == []
    assert total >= at_least
    assert seen["withheld"] <= 0.02 * total


def test_combinations(tmp_path: Path) -> None:
    check(*run("combinations", 60, 40, tmp_path), at_least=5_000)


@pytest.mark.slow
def test_many_more_combinations(tmp_path: Path) -> None:
    check(*run("many combinations", 600, 400, tmp_path), at_least=50_000)
