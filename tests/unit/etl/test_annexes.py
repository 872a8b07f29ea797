"""A Word form with a table of units annexed is that form; a Word table of units is one, though the form's sentences stand in it."""

from __future__ import annotations

import io
from collections import Counter
from datetime import datetime
from functools import lru_cache
from pathlib import Path

import docx
import pytest

from etl.blank.docx import write_docx
from etl.blank.fill import fill_progress
from etl.catalog import Catalog, load_catalog
from etl.facts import Submission
from etl.files.intake import Job
from etl.read_file import read_job

CAMPAIGN, OWN = "chongqing-2021", "500112"
UNITS = ["万州区", "涪陵区", "渝中区", "大渡口区", "江北区", "沙坪坝区", "九龙坡区", "南岸区", "北碚区", "綦江区"]
HEADS = ["区县", "理论学习中心组学习（次）", "参与（人次）"]


@lru_cache(maxsize=1)
def catalog() -> Catalog:
    return load_catalog()


def counts() -> list[str]:
    return [i.indicator_id for i in catalog().forms[CAMPAIGN].indicators if i.kind == "count"]


def add_table(document: object, rows: list[list[str]]) -> None:
    table = document.add_table(rows=len(rows), cols=len(rows[0]), style="Table Grid")  # type: ignore[attr-defined]
    for cells, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(cells.cells, texts, strict=True):
            cell.text = text


def with_annex(path: Path, rows: list[list[str]], typed: dict[str, str], unit: str = "渝北区") -> None:
    """A form and a table behind it."""
    form = catalog().forms[CAMPAIGN]
    progress = [fill_progress(a, typed) for a in form.activities]
    data = write_docx(form, progress, {"reporting_unit": unit, "report_date": "2021年7月1日"})
    document = docx.Document(io.BytesIO(data))
    document.add_paragraph("附件：协作区县开展情况")
    add_table(document, rows)
    document.save(str(path))


def read(path: Path) -> list[Submission]:
    return read_job(catalog(), Job(path, path.name, CAMPAIGN, datetime(2021, 7, 3, 9), is_sample=False))


def annex(units: list[str]) -> list[list[str]]:
    return [HEADS, *([u, str(701 + 10 * n), str(702 + 10 * n)] for n, u in enumerate(units))]


@pytest.mark.parametrize("n_units", [1, 2, 10])
@pytest.mark.parametrize("n_typed", [2, 43])
def test_a_filled_form_wins_over_its_annex_which_is_named(tmp_path: Path, n_units: int, n_typed: int) -> None:
    typed = {i: str(10 + n) for n, i in enumerate(counts()[:n_typed])}
    with_annex(tmp_path / "a.docx", annex(UNITS[:n_units]), typed)
    (one,) = read(tmp_path / "a.docx")
    assert (one.is_refused, one.is_collected, one.unit_id) == (False, False, OWN)
    got = {f.indicator_id: f.value for f in one.facts if f.value is not None}
    assert got == {i: float(v) for i, v in typed.items()}
    (said,) = [f for f in one.findings if f.rule == "annex_unread"]
    assert (said.place, said.expected, said.words["count"]) == ("表2", str(n_units), str(2 * n_units))
    assert all(u in said.words["basis"] for u in UNITS[:n_units])
    # Every number of the annex stands in the finding.
    assert said.found.split("、") == [text for row in annex(UNITS[:n_units])[1:] for text in row[1:]]


def test_a_form_without_its_units_name_is_asked_about_and_its_answers_stay(tmp_path: Path) -> None:
    with_annex(tmp_path / "a.docx", annex(UNITS[:2]), dict.fromkeys(counts(), "7"), unit="")
    (one,) = read(tmp_path / "a.docx")
    assert [f.value for f in one.facts if f.value is not None] == [7.0] * len(counts())
    assert {"unit_blank", "annex_unread"} <= {f.rule for f in one.findings}


def test_below_an_empty_form_a_table_of_units_is_what_was_sent(tmp_path: Path) -> None:
    with_annex(tmp_path / "a.docx", annex(UNITS), {}, unit="")
    (one,) = read(tmp_path / "a.docx")
    assert one.is_collected
    assert len({f.unit_id for f in one.facts if f.value is not None}) == len(UNITS)


@pytest.mark.parametrize("n_units", [2, 10])
@pytest.mark.parametrize("heads", ["titles", "sentences"])
def test_a_table_with_the_forms_sentences_is_a_table(tmp_path: Path, n_units: int, heads: str) -> None:
    form = catalog().forms[CAMPAIGN]
    typed = {u: {i: str(100 * n + k) for k, i in enumerate(counts(), 1)} for n, u in enumerate(UNITS[:n_units], 1)}
    titles = [a.title_zh if heads == "titles" else f"{a.title_zh}：{a.blank_text}" for a in form.activities]
    if heads == "titles":
        rows = [
            ["填报单位", *titles],
            *([u, *(fill_progress(a, t) for a in form.activities)] for u, t in typed.items()),
        ]
    else:
        # Group heads that quote the form's sentences, one column a blank.
        groups = [
            title for a, title in zip(form.activities, titles, strict=True) for i in a.indicators if i.kind == "count"
        ]
        labels = [f"{i.label_zh}（{i.unit}）" for i in form.indicators if i.kind == "count"]
        rows = [["填报单位", *groups], ["", *labels], *([u, *t.values()] for u, t in typed.items())]
    document = docx.Document()
    for line in ("重庆市2021年“安全生产月”活动进展情况统计表", "填报单位：市安委办　填报日期：2021年7月8日"):
        document.add_paragraph(line)
    add_table(document, rows)
    document.save(str(tmp_path / "a.docx"))
    found = read(tmp_path / "a.docx")
    got = Counter((f.unit_id, f.indicator_id, f.value) for s in found for f in s.facts if f.value is not None)
    ids = {u.name: u.unit_id for u in catalog().units.values()}
    assert got == Counter((ids[u], i, float(v)) for u, t in typed.items() for i, v in t.items())
    assert not [f for s in found for f in s.findings if f.rule == "annex_unread"]
