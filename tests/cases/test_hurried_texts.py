"""Official sentences after up to three habits in one cell, by a seed: no number moves to another blank, none is lost in silence."""

from __future__ import annotations

import random
import re
from collections import Counter
from datetime import datetime
from pathlib import Path

import pytest

from etl.files.intake import Job
from etl.read_file import read_job
from tests.cases import hurried_texts as h
from tests.cases.verdict import Said, said_of, stands_in
from tests.cases.writing import catalog, form_of, progress_texts, stand_ins, write

CAMPAIGNS = ("chongqing-2021", "chongqing-2022", "jincheng-2021", "jincheng-2022", "ningxia-2021")


def numbers(campaign_id: str) -> dict[str, str]:
    """A different number in every count, those of events small enough for the people's beside them."""
    form = form_of({"campaign": campaign_id})
    of_blank = stand_ins(form)
    events = {blank for blank, typed in of_blank.items() if typed == "1"}
    return {
        i.indicator_id: str(301 + i.position if i.indicator_id in events else 20_000 + 7 * i.position)
        for i in form.indicators
        if i.kind == "count"
    }


def verdict(typed: str, value: float | None, text: str, said: Said) -> str:
    """exact, withheld or gone with its sentence; wrong, or lost: neither read nor quoted."""
    is_there = re.search(rf"(?<!\d){typed}(?!\d)", text) is not None
    if value is not None and value != 0:
        return "exact" if is_there and value == float(typed) else "wrong"
    if not is_there:
        return "gone"
    return "withheld" if value is None and stands_in(typed, said.all) else "lost"


def run(seed: str, n_forms: int, habits: tuple[h.Habit, ...], folder: Path) -> tuple[Counter[str], list[object]]:
    rng = random.Random(seed)
    seen: Counter[str] = Counter()
    bad: list[object] = []
    for number in range(n_forms):
        campaign_id = CAMPAIGNS[number % len(CAMPAIGNS)]
        typed = numbers(campaign_id)
        printed = progress_texts({"campaign": campaign_id, "fill": typed})
        made = {activity: h.hurried(rng, text, habits) for activity, text in printed.items()}
        path = folder / "表.docx"
        path.write_bytes(write({"campaign": campaign_id, "progress": {a: text for a, (text, _) in made.items()}}))
        submissions = read_job(catalog(), Job(path, path.name, campaign_id, datetime(2022, 7, 1), False))
        unit_id = catalog().roster(catalog().campaigns[campaign_id])[0].unit_id
        values = {f.indicator_id: f.value for s in submissions for f in s.facts if f.unit_id == unit_id}
        said = said_of(submissions, unit_id)
        of_activity = {i.indicator_id: a.activity_id for a in form_of({"campaign": campaign_id}).activities for i in a.indicators}  # fmt: skip
        for blank, answer in typed.items():
            text, how = made[of_activity[blank]]
            outcome = verdict(answer, values.get(blank), text, said)
            seen[outcome] += 1
            if outcome in ("wrong", "lost"):
                bad.append((outcome, campaign_id, blank, answer, values.get(blank), how, text))
    return seen, bad


def check(seen: Counter[str], bad: list[object], at_least: int) -> None:
    print("hurried texts:", dict(seen))
    assert bad == []
    assert seen["exact"] >= at_least
    assert seen["withheld"] <= 0.04 * seen["exact"]


def test_sentences_in_another_order(tmp_path: Path) -> None:
    check(*run("order", 100, h.ORDER, tmp_path), at_least=2_500)


def test_blanks_left_empty(tmp_path: Path) -> None:
    check(*run("blanks", 100, h.BLANKS, tmp_path), at_least=2_300)


@pytest.mark.slow
def test_many_more_orders(tmp_path: Path) -> None:
    check(*run("many orders", 2_500, h.ORDER, tmp_path), at_least=60_000)


@pytest.mark.slow
def test_many_more_blanks(tmp_path: Path) -> None:
    check(*run("many blanks", 2_500, h.BLANKS, tmp_path), at_least=55_000)
