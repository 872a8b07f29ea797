"""The Word form pasted into a sheet's cells: whose it is may be said in one cell, in the next, or by the sheet's name."""

from __future__ import annotations

import hashlib
import io
import re

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from etl.blank.fill import fill_progress
from etl.catalog import Catalog, load_catalog
from etl.collected.table import read_collected
from etl.facts import Fact
from etl.form.identity import Source
from etl.guard.package import open_package
from etl.read.xlsx import read_xlsx

CAMPAIGN = "chongqing-2021"


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load_catalog()


def paste(catalog: Catalog, sheet: Worksheet, head: list[str], first: int, way: str) -> dict[str, float]:
    """Fill the sheet; what comes back is the truth of its counts."""
    form = catalog.forms[CAMPAIGN]
    truth = {i.indicator_id: float(first + n) for n, i in enumerate(form.indicators) if i.kind == "count"}
    typed = {i: f"{v:.0f}" for i, v in truth.items()}
    for row in ([form.title_zh], head, ["活动项目", "内容要求", "进展情况"]):
        sheet.append(row)
    for activity in form.activities:
        text = fill_progress(activity, typed)
        start = sheet.max_row + 1
        for n, line in enumerate([text] if way == "one_cell" else text.split("\n")):
            own = [activity.title_zh, activity.requirement_zh] if n == 0 else [None, None]
            sheet.append([*own, line])
        if way == "merged":
            for column in (1, 2):
                sheet.merge_cells(start_row=start, end_row=sheet.max_row, start_column=column, end_column=column)
    return truth


def read(catalog: Catalog, book: openpyxl.Workbook) -> list[Fact]:
    stream = io.BytesIO()
    book.save(stream)
    data = stream.getvalue()
    source = Source("t.xlsx", hashlib.sha256(data).hexdigest(), "xlsx", catalog.campaigns[CAMPAIGN])
    return [f for s in read_collected(catalog, source, read_xlsx(open_package(data))) for f in s.facts]


def counts(facts: list[Fact], unit_id: str) -> dict[str, float | None]:
    return {f.indicator_id: f.value for f in facts if f.unit_id == unit_id and f.value is not None}


@pytest.mark.parametrize("way", ["one_cell", "a_sentence_a_row", "merged"])
@pytest.mark.parametrize(
    "head",
    [
        ["填报单位（盖章）：忠县"],
        ["填报单位（盖章）：", "忠县"],
        ["填报单位（盖章）：忠县", "联系人：某某", "填报日期：2021年7月1日"],
        ["填报单位", "忠县", "填报日期：2021年7月1日"],
        ["忠县"],
    ],
)
def test_every_count_of_the_pasted_form_is_read(catalog: Catalog, head: list[str], way: str) -> None:
    book = openpyxl.Workbook()
    truth = paste(catalog, book.worksheets[0], head, 1000, way)
    assert counts(read(catalog, book), "500233") == truth


def test_a_sheet_a_district_each_speaks_for_its_own(catalog: Catalog) -> None:
    book = openpyxl.Workbook()
    del book["Sheet"]
    truth = {
        unit_id: paste(catalog, book.create_sheet(name), [f"填报单位（盖章）：{name}"], first, "merged")
        for unit_id, name, first in (("500237", "巫山县", 1000), ("500238", "巫溪县", 5000))
    }
    facts = read(catalog, book)
    assert {u: counts(facts, u) for u in truth} == truth


def test_sentences_as_heads_of_one_district_are_no_pasted_form(catalog: Catalog) -> None:
    form = catalog.forms[CAMPAIGN]
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append([form.title_zh])
    sheet.append(["区县", *(a.title_zh for a in form.activities for _ in a.indicators)])
    blanks = [(a, n, i) for a in form.activities for n, i in enumerate(a.indicators)]
    lines = {
        a.activity_id: fill_progress(a, {i.indicator_id: f"@{i.indicator_id}@" for i in a.indicators})
        for a in form.activities
    }
    heads = []
    for activity, _, indicator in blanks:
        before, _, after = lines[activity.activity_id].partition(f"@{indicator.indicator_id}@")
        heads.append(re.split(r"[；，。、\n@]", before)[-1] + "  " + re.split(r"(?<=[；，。、\n])", after)[0])
    sheet.append([None, *heads])
    sheet.append(["忠县", *(100 + n for n in range(len(blanks)))])
    got = counts(read(catalog, book), "500233")
    assert len(got) >= 39
    assert all(
        got[i.indicator_id] == 100 + n
        for n, (_, _, i) in enumerate(blanks)
        if i.kind == "count" and i.indicator_id in got
    )
