"""Word forms as hurried clerks and other programs leave them, by a seed: nothing read wrong, nothing lost in silence."""

from __future__ import annotations

import random
from collections import Counter
from datetime import datetime
from pathlib import Path

import pytest

from etl.files.intake import Job
from etl.read_file import read_job
from tests.cases.clerks import clerk_file
from tests.cases.verdict import judge, said_of
from tests.cases.writing import catalog

CAMPAIGNS = ("chongqing-2021", "chongqing-2022", "jincheng-2021", "jincheng-2022", "ningxia-2021")


def read_many(seed: str, n_files: int, folder: Path) -> tuple[Counter[str], list[object]]:
    rng = random.Random(seed)
    seen: Counter[str] = Counter()
    bad: list[object] = []
    for number in range(n_files):
        campaign = catalog().campaigns[CAMPAIGNS[number % len(CAMPAIGNS)]]
        unit = rng.choice(catalog().roster(campaign))
        data, answers, how = clerk_file(catalog().forms[str(campaign.form_id)], campaign, unit, rng)
        path = folder / "表.docx"
        path.write_bytes(data)
        submissions = read_job(catalog(), Job(path, path.name, campaign.campaign_id, datetime(2022, 7, 1), False))
        facts = {f.indicator_id: f for s in submissions for f in s.facts if f.unit_id == unit.unit_id}
        said = said_of(submissions, unit.unit_id)
        for blank, truth in answers.items():
            outcome = judge(truth, facts.get(blank), said, blank)
            seen[outcome] += 1
            if outcome in ("wrong", "lost", "other state"):
                bad.append((outcome, how, blank, truth, facts.get(blank)))
    return seen, bad


def check(seen: Counter[str], bad: list[object], at_least: int) -> None:
    print("clerks: blanks", sum(seen.values()), dict(seen))
    assert bad == []
    assert sum(seen.values()) >= at_least
    assert seen["withheld"] <= 0.02 * sum(seen.values())


def test_clerks(tmp_path: Path) -> None:
    check(*read_many("clerks", 300, tmp_path), at_least=9_000)


@pytest.mark.slow
def test_many_more_clerks(tmp_path: Path) -> None:
    check(*read_many("many clerks", 6_000, tmp_path), at_least=180_000)
