"""A column of the clerk's own beside the answers is one finding, not one a number."""

from __future__ import annotations

import io
import re
from datetime import datetime
from pathlib import Path

import docx

from etl.blank.docx import write_docx
from etl.blank.fill import fill_progress
from etl.catalog import load_catalog
from etl.files.intake import Job
from etl.findings import Finding, word_finding
from etl.findings_by_column import by_column
from etl.read_file import read_job

CAMPAIGN = "jincheng-2022"


def finding(place: str, found: str, **more: str | None) -> Finding:
    return Finding("wrong_column", place, found, **{"unit_id": "140502", **more})  # type: ignore[arg-type]


def test_only_findings_of_one_column_and_unit_are_joined() -> None:
    one = [finding("表1行2列4", "7场"), finding("表1行3列4", "9场"), finding("表1行3列2", "5场")]
    about_a_blank = finding("表1行2列4", "3", indicator_id="lecture_sessions")
    other_unit = finding("表1行2列4", "8场", unit_id="140525")
    cells = [finding("册!D5", "1"), finding("册!D6", "2"), finding("册!AD6", "3")]
    alone = Finding("extra_value", "表1行2列4", "4场")
    found = by_column([*one, about_a_blank, other_unit, *cells, alone, alone])
    assert [(f.place, f.found) for f in found] == [
        ("表1行2列4", "7场、9场"), ("表1行3列2", "5场"), ("表1行2列4", "3"), ("表1行2列4", "8场"),
        ("册!D5", "1、2"), ("册!AD6", "3"), ("表1行2列4", "4场"), ("表1行2列4", "4场"),
    ]  # fmt: skip


def test_the_towns_column_of_a_word_form(tmp_path: Path) -> None:
    catalog = load_catalog()
    form = catalog.forms[CAMPAIGN]
    counts = [i.indicator_id for i in form.indicators if i.kind == "count"]
    own, towns = ({i: str(first + n) for n, i in enumerate(counts)} for first in (1, 101))
    data = write_docx(
        form,
        [fill_progress(a, own) for a in form.activities],
        {"reporting_unit": "城区", "report_date": "2022年6月28日"},
    )
    document = docx.Document(io.BytesIO(data))
    table = document.tables[0]
    column = table.add_column(table.columns[-1].width)
    for cell, text in zip(column.cells, ["镇街情况", *(fill_progress(a, towns) for a in form.activities)], strict=True):
        cell.text = text
    document.save(str(tmp_path / "城区.docx"))
    (one,) = read_job(catalog, Job(tmp_path / "城区.docx", "城区.docx", CAMPAIGN, datetime(2022, 7, 1), False))
    assert [f.value for f in one.facts if f.value is not None] == [float(v) for v in own.values()]
    (said,) = [f for f in one.findings if f.rule == "wrong_column"]
    assert re.findall(r"\d{3}", said.found) == list(towns.values())
    worded = word_finding(catalog, said, None, CAMPAIGN, CAMPAIGN)
    for message in (worded.message_zh, worded.message_en):
        assert str(len(towns)) in message and "表1行2列4" in message and "101" in message


def test_a_message_names_the_place_on_a_scan_without_its_corners() -> None:
    place = "页1段3 框1:715,80,286,60"
    row = word_finding(load_catalog(), Finding("doubt_line", place, "计划数"), None, None, None)
    assert row.place == place and "页1段3" in row.message_zh and "框" not in row.message_zh + row.message_en
