"""The law of a form: blank form out, filled with values, read back by the real pipeline: the same values."""

from __future__ import annotations

import io
import random
from datetime import date, datetime
from pathlib import Path

import pytest

from etl.blank.docx import write_docx
from etl.blank.fill import fill_progress
from etl.blank.xlsx import write_csv, write_xlsx
from etl.catalog import Catalog, load_catalog
from etl.catalog.model import Campaign, Form, Indicator
from etl.facts import Submission
from etl.files.intake import Job
from etl.read_file import read_job

CAMPAIGNS = ("chongqing-2021", "jincheng-2022", "ningxia-2021")
DIGITS = "零一二三四五六七八九"


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load_catalog()


def chinese(value: int) -> str:
    tens, ones = divmod(value, 10)
    head = "" if tens == 0 else "十" if tens == 1 else f"{DIGITS[tens]}十"
    return head + (DIGITS[ones] if ones else "")


def typed_count(rng: random.Random) -> tuple[str, float | None, str]:
    """What is typed, the value and the state that must come back."""
    value = rng.choice([rng.randint(0, 99), rng.randint(100, 99_999), rng.randint(1, 900) * 1000])
    kind = rng.randrange(9)
    if kind == 0:
        return "", None, "not_filled"
    if kind == 1:
        return "/", None, "not_applicable"
    if value == 0:
        return rng.choice(["0", "无"]), 0.0, "explicit_zero"
    if kind == 2:
        return f"{value:,}", float(value), "reported"
    if kind == 3:
        return str(value).translate(str.maketrans("0123456789", "０１２３４５６７８９")), float(value), "reported"
    if kind == 4 and value % 1000 == 0:
        return f"{value / 10000:g}万", float(value), "reported"
    if kind == 5 and 11 <= value <= 99:
        return chinese(value), float(value), "reported"
    if kind == 6:
        return f" {value} ", float(value), "reported"
    return str(value), float(value), "reported"


def typed(indicator: Indicator, rng: random.Random) -> tuple[str, float | None, str]:
    if indicator.kind == "flag":
        return rng.choice([("☑是□否", 1.0, "reported"), ("□是☑否", 0.0, "reported"), ("□是□否", None, "not_filled")])
    if indicator.kind == "text":
        n = rng.randint(1, 9)
        text = f"{n}.某公司（化工）“{n}·12”爆炸，{n * 7}人（其中{n}人）被问责"
        return rng.choice([(text, None, "reported"), ("", None, "not_filled")])
    return typed_count(rng)


def read_one(catalog: Catalog, folder: Path, name: str, data: bytes, campaign: Campaign) -> Submission:
    path = folder / name
    path.write_bytes(data)
    (submission,) = read_job(catalog, Job(path, name, campaign.campaign_id, datetime(2021, 7, 1), False))
    return submission


def fill(form: Form, rng: random.Random) -> dict[str, tuple[str, float | None, str]]:
    return {i.indicator_id: typed(i, rng) for i in form.indicators}


@pytest.mark.parametrize("campaign_id", CAMPAIGNS)
@pytest.mark.parametrize("rounds", [60, pytest.param(500, marks=pytest.mark.slow)])
def test_filled_word_forms_come_back(catalog: Catalog, tmp_path: Path, campaign_id: str, rounds: int) -> None:
    rng = random.Random(f"round trip {campaign_id} {rounds}")
    campaign = catalog.campaigns[campaign_id]
    form = catalog.forms[str(campaign.form_id)]
    roster = catalog.roster(campaign)
    differences = []
    for number in range(rounds):
        want = fill(form, rng)
        progress = [fill_progress(a, {i: w[0] for i, w in want.items()}) for a in form.activities]
        unit = rng.choice(roster)
        data = write_docx(form, progress, {"reporting_unit": unit.name, "report_date": f"{campaign.year}年7月1日"})
        got = read_one(catalog, tmp_path, "f.docx", data, campaign)
        assert (got.unit_id, got.report_date) == (unit.unit_id, date(campaign.year, 7, 1))
        for fact in got.facts:
            text, value, state = want[fact.indicator_id]
            is_text = form.by_indicator[fact.indicator_id].kind == "text"
            if (fact.value, fact.state) != (value, state) or (is_text and (fact.text or "") != text):
                differences.append((number, fact, want[fact.indicator_id]))
        assert len(got.facts) == len(form.indicators)
    assert differences == []


@pytest.mark.parametrize("campaign_id", CAMPAIGNS)
@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_collected_tables_come_back(catalog: Catalog, tmp_path: Path, campaign_id: str, kind: str) -> None:
    rng = random.Random(f"table {campaign_id} {kind}")
    campaign = catalog.campaigns[campaign_id]
    form = catalog.forms[str(campaign.form_id)]
    roster = catalog.roster(campaign)
    for _ in range(10):
        want = {u.unit_id: fill(form, rng) for u in roster}
        for unit in want.values():
            for indicator in form.indicators:
                if indicator.kind == "flag":
                    unit[indicator.indicator_id] = rng.choice([("是", 1.0, "reported"), ("否", 0.0, "reported")])
        rows = {u: {i: w[0] for i, w in unit.items()} for u, unit in want.items()}
        if kind == "xlsx":
            data = write_xlsx(form, roster, rows, with_total=True, title=f"{campaign.year}年汇总表")
        else:
            data = write_csv(form, roster, rows, with_total=False)
        got = read_one(catalog, tmp_path, f"t.{kind}", data, campaign)
        assert len(got.facts) == len(roster) * len(form.indicators)
        wrong = [
            (f, want[str(f.unit_id)][f.indicator_id])
            for f in got.facts
            if (f.value, f.state) != want[str(f.unit_id)][f.indicator_id][1:]
        ]
        assert wrong == []


@pytest.mark.parametrize("campaign_id", CAMPAIGNS)
def test_the_blank_form_reads_as_blank(catalog: Catalog, tmp_path: Path, campaign_id: str) -> None:
    campaign = catalog.campaigns[campaign_id]
    form = catalog.forms[str(campaign.form_id)]
    got = read_one(catalog, tmp_path, "渝北区-城区-银川.docx", write_docx(form), campaign)
    assert {f.state for f in got.facts} == {"not_filled"}
    stream = io.BytesIO(write_docx(form))
    assert stream.getbuffer().nbytes > 5000
