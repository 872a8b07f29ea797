"""A line around a collected table that takes its figures back holds its rows; a correction holds what it names; a plain note nothing."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

from etl.catalog import load_catalog
from etl.facts import Fact
from etl.files.intake import Job
from etl.findings import Finding
from etl.read_file import read_job

CATALOG = load_catalog()
CAMPAIGN = CATALOG.campaigns["jincheng-2022"]
FORM = CATALOG.forms[str(CAMPAIGN.form_id)]
UNITS = list(CATALOG.roster(CAMPAIGN))
COUNTS = [i for i in FORM.indicators if i.kind == "count"]
PLACES = ["above", "below", "far below"]


def read(folder: Path, line: str, place: str) -> tuple[list[Fact], list[Finding]]:
    """Facts and findings of a tidy table of all units and blanks with one line around it."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append([f"{FORM.title_zh}汇总表"])
    if place == "above":
        sheet.append([line])
    sheet.append(["填报单位", *(f"{i.label_zh}（{i.unit}）" for i in COUNTS)])
    for n, unit in enumerate(UNITS):
        sheet.append([unit.name, *(20_000 + 7 * i.position + n for i in COUNTS)])
    for lines in {"below": [[line]], "far below": [[], [], [line]]}.get(place, []):
        sheet.append(lines)
    path = folder / "汇总表.xlsx"
    book.save(path)
    found = read_job(CATALOG, Job(path, path.name, CAMPAIGN.campaign_id, datetime(2022, 7, 1), is_sample=False))
    return [f for s in found for f in s.facts], [f for s in found for f in s.findings]


def n_counted(facts: list[Fact]) -> int:
    return sum(f.value is not None for f in facts)


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(
    "line",
    ["以下为2021年数据", "以上为2021年数据", "上表作废", "本表为样表", "该表为5月数据", "以上数据有误", "数据为预估"],
)
def test_no_row_counts_and_the_line_is_quoted(tmp_path: Path, place: str, line: str) -> None:
    facts, findings = read(tmp_path, line, place)
    assert n_counted(facts) == 0
    (said,) = (f for f in findings if f.rule == "other_year")
    assert line in said.found and "20007" in str(said.words)


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(
    "line",
    ["以上数据如有变动，以7月10日上报为准", "以下数据有误请联系市安委办", "数据不得有误", "统计时间：6月1日至6月30日", "以上数据均为2022年6月数据", "公开课改为线上举办"],
)  # fmt: skip
def test_a_plain_line_holds_nothing(tmp_path: Path, place: str, line: str) -> None:
    facts, findings = read(tmp_path, line, place)
    assert n_counted(facts) == len(UNITS) * len(COUNTS)
    assert not [f for f in findings if f.rule in ("bad_date", "line_retracts")]


@pytest.mark.parametrize("place", PLACES)
def test_a_correction_holds_what_it_names(tmp_path: Path, place: str) -> None:
    facts, findings = read(tmp_path, "更正：泽州县专题研讨应为37场", place)
    (held,) = (f for f in facts if f.value is None)
    unit = next(u for u in UNITS if u.name == "泽州县")
    assert (held.unit_id, held.proposal) == (unit.unit_id, held.raw)
    assert "专题研讨" in FORM.by_indicator[held.indicator_id].label_zh
    assert {"line_retracts", "form_doubted"} <= {f.rule for f in findings}


def test_a_correction_that_names_no_unit_holds_the_column(tmp_path: Path) -> None:
    facts, _ = read(tmp_path, "更正：专题研讨应为37场", "below")
    held = [f for f in facts if f.value is None]
    assert len(held) == len(UNITS) and len({f.indicator_id for f in held}) == 1
