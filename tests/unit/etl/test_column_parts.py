"""Tables that split a figure or hold others beside it: parts and their sum, last year's rows, a total on top, tables side by side,
one answer a row, remarks behind names."""

from __future__ import annotations

import hashlib
import io
import random
from collections.abc import Callable

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from etl.catalog import Catalog, load_catalog
from etl.catalog.model import Indicator
from etl.collected.table import read_collected
from etl.facts import Submission
from etl.form.identity import Source
from etl.guard.package import open_package
from etl.read.xlsx import read_xlsx

UNITS = {"500101": "万州区", "500114": "黔江区", "500102": "涪陵区", "500103": "渝中区", "500104": "大渡口区"}
Truth = dict[tuple[str, str], int]


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load_catalog()


@pytest.fixture(scope="module")
def counts(catalog: Catalog) -> list[Indicator]:
    return [i for i in catalog.forms["chongqing-2021"].indicators if i.kind == "count"][:10]


@pytest.fixture
def truth(counts: list[Indicator]) -> Truth:
    rng = random.Random(7)
    return {(u, i.indicator_id): rng.randint(3, 90_000) for u in UNITS for i in counts}


def read(catalog: Catalog, make: Callable[[Worksheet], None]) -> Submission:
    book = openpyxl.Workbook()
    book.worksheets[0].append(["重庆市2021年安全生产月活动情况统计表"])
    make(book.worksheets[0])
    stream = io.BytesIO()
    book.save(stream)
    data = stream.getvalue()
    source = Source("t.xlsx", hashlib.sha256(data).hexdigest(), "xlsx", catalog.campaigns["chongqing-2021"])
    (submission,) = read_collected(catalog, source, read_xlsx(open_package(data)))
    return submission


def counted(submission: Submission) -> Truth:
    return {(f.unit_id, f.indicator_id): int(f.value) for f in submission.facts if f.unit_id and f.value is not None}


def head(indicator: Indicator) -> str:
    return f"{indicator.label_zh}（{indicator.unit}）"


def split_heads(sheet: Worksheet, counts: list[Indicator], words: list[str]) -> None:
    """Each blank's head merged over as many columns as there are words below it."""
    n = len(words)
    sheet.append(["区县"] + [h for i in counts for h in (head(i), *[None] * (n - 1))])
    sheet.append([None, *words * len(counts)])
    for k in range(len(counts)):
        sheet.merge_cells(start_row=2, end_row=2, start_column=2 + k * n, end_column=1 + (k + 1) * n)


def test_parts_of_a_blank_are_added_and_said_so(catalog: Catalog, counts: list[Indicator], truth: Truth) -> None:
    def make(sheet: Worksheet) -> None:
        split_heads(sheet, counts, ["线上", "线下"])
        for unit, name in UNITS.items():
            figures = [truth[unit, i.indicator_id] for i in counts]
            sheet.append([name, *(x for n in figures for x in (n // 3, n - n // 3))])

    submission = read(catalog, make)
    assert counted(submission) == truth
    first = next(f for f in submission.facts if f.indicator_id == counts[0].indicator_id)
    n = truth["500101", counts[0].indicator_id]
    assert first.raw == f"线上 {n // 3}；线下 {n - n // 3}"
    assert first.place == "Sheet!B4、Sheet!C4"
    assert {f.rule for f in submission.findings} == {"derived_sum"}


def test_a_part_that_cant_be_read_withholds_the_sum(catalog: Catalog, counts: list[Indicator], truth: Truth) -> None:
    def make(sheet: Worksheet) -> None:
        split_heads(sheet, counts, ["线上", "线下"])
        for name in UNITS.values():
            sheet.append([name, "若干", 5, *[2, 1] * (len(counts) - 1)])

    submission = read(catalog, make)
    assert not any(i == counts[0].indicator_id for _, i in counted(submission))
    assert sum(f.rule == "part_unreadable" for f in submission.findings) == len(UNITS)


def test_the_total_of_a_blanks_months_is_its_figure(catalog: Catalog, counts: list[Indicator], truth: Truth) -> None:
    def make(sheet: Worksheet) -> None:
        split_heads(sheet, counts, ["6月", "7月", "合计"])
        for unit, name in UNITS.items():
            figures = [truth[unit, i.indicator_id] for i in counts]
            sheet.append([name, *(x for n in figures for x in (n // 2, n - n // 2, n))])

    submission = read(catalog, make)
    assert counted(submission) == truth
    (aside,) = [f for f in submission.findings if f.rule.startswith("columns_")]
    assert (aside.rule, aside.words["count"]) == ("columns_aside", str(2 * len(counts)))


@pytest.mark.parametrize("total", ["合计（篇）", "合计（万次）", "合计（万）"])
def test_a_total_in_another_unit_is_not_the_blanks_figure(
    catalog: Catalog, counts: list[Indicator], total: str
) -> None:
    def make(sheet: Worksheet) -> None:
        split_heads(sheet, [counts[0]], ["6月", "7月", total])
        for name in UNITS.values():
            sheet.append([name, 1, 2, 3])

    assert not counted(read(catalog, make))


@pytest.mark.parametrize(("other", "this"), [(2020, 2021), ("去年", "今年"), ("计划", "完成"), ("2020年", "2021年")])
def test_rows_of_another_period_are_left_out_by_name(
    catalog: Catalog, counts: list[Indicator], truth: Truth, other: str | int, this: str | int
) -> None:
    def make(sheet: Worksheet) -> None:
        sheet.append(["区县", "类别", *map(head, counts)])
        for unit, name in UNITS.items():
            sheet.append([name, other, *[77] * len(counts)])
            sheet.append([name, this, *(truth[unit, i.indicator_id] for i in counts)])

    submission = read(catalog, make)
    assert counted(submission) == truth
    (said,) = [f for f in submission.findings if f.rule == "rows_other_period"]
    assert said.found == str(other)


def test_rows_of_one_period_only_are_all_read(catalog: Catalog, counts: list[Indicator], truth: Truth) -> None:
    def make(sheet: Worksheet) -> None:
        sheet.append(["区县", "年度", *map(head, counts)])
        for unit, name in UNITS.items():
            sheet.append([name, 2021, *(truth[unit, i.indicator_id] for i in counts)])

    assert counted(read(catalog, make)) == truth


def test_a_name_not_known_above_the_first_unit_is_no_head(
    catalog: Catalog, counts: list[Indicator], truth: Truth
) -> None:
    def make(sheet: Worksheet) -> None:
        sheet.append(["区县", *map(head, counts)])
        sheet.append(["主城片", *[11] * (len(counts) - 1), "12"])
        for unit, name in UNITS.items():
            sheet.append([name, *(truth[unit, i.indicator_id] for i in counts)])

    submission = read(catalog, make)
    assert counted(submission) == truth
    assert [f.value for f in submission.facts if f.unit_id is None][:2] == [11, 11]
    assert [(f.rule, f.place) for f in submission.findings] == [("unit_unresolved", "Sheet!A3")]


def test_tables_side_by_side_far_to_the_right(catalog: Catalog, counts: list[Indicator], truth: Truth) -> None:
    def make(sheet: Worksheet) -> None:
        sheet.append(["区县", *map(head, counts), None, None, None] * 2)
        names = list(UNITS.items())
        for left, right in zip(names[:2], names[2:4], strict=True):
            row: list[object] = []
            for unit, name in (left, right):
                row += [name, *(truth[unit, i.indicator_id] for i in counts), None, None, None]
            sheet.append(row)

    four = {key: n for key, n in truth.items() if key[0] != "500104"}
    assert counted(read(catalog, make)) == four


def listed(
    sheet: Worksheet, counts: list[Indicator], truth: Truth, *, is_carried: bool = False, with_activity: bool = False
) -> None:
    """One row for each unit and blank."""
    sheet.append(["序号", "区县", *(["活动"] if with_activity else []), "指标", "单位", "数值"])
    for unit, name in UNITS.items():
        for n, i in enumerate(counts):
            who = None if is_carried and n else name
            words = [i.activity_id] if with_activity else []
            sheet.append([n + 1, who, *words, i.label_zh, i.unit, truth[unit, i.indicator_id]])


@pytest.mark.parametrize("is_carried", [False, True])
@pytest.mark.parametrize("with_activity", [False, True])
def test_one_answer_a_row(
    catalog: Catalog, counts: list[Indicator], truth: Truth, is_carried: bool, with_activity: bool
) -> None:
    submission = read(catalog, lambda s: listed(s, counts, truth, is_carried=is_carried, with_activity=with_activity))
    assert counted(submission) == truth
    last = next(f for f in submission.facts if (f.unit_id, f.indicator_id) == ("500104", counts[-1].indicator_id))
    assert last.place == f"Sheet!{'F' if with_activity else 'E'}{2 + len(UNITS) * len(counts)}"
    assert not submission.findings


def test_one_answer_a_row_and_two_for_the_same_blank(catalog: Catalog, counts: list[Indicator], truth: Truth) -> None:
    def make(sheet: Worksheet) -> None:
        listed(sheet, counts, truth)
        sheet.append([99, "万州区", counts[0].label_zh, counts[0].unit, 2])

    submission = read(catalog, make)
    del truth["500101", counts[0].indicator_id]
    assert counted(submission) == truth
    assert [f.indicator_id for f in submission.findings] == [counts[0].indicator_id]


def test_one_answer_a_row_with_an_unknown_name_among_them(
    catalog: Catalog, counts: list[Indicator], truth: Truth
) -> None:
    def make(sheet: Worksheet) -> None:
        listed(sheet, counts, truth)
        for i in counts:
            sheet.append([99, "某某区", i.label_zh, i.unit, 5])

    submission = read(catalog, make)
    assert counted(submission) == truth
    assert sum(f.unit_id is None and f.value == 5 for f in submission.facts) == len(counts)
    assert [f.rule for f in submission.findings] == ["unit_unresolved"]


@pytest.mark.parametrize("remark", ["（已核）", "（补报）", "①", "*", "（已上报）★"])
def test_a_remark_behind_a_name_is_no_part_of_it(
    catalog: Catalog, counts: list[Indicator], truth: Truth, remark: str
) -> None:
    def make(sheet: Worksheet) -> None:
        sheet.append(["区县", *map(head, counts)])
        for unit, name in UNITS.items():
            sheet.append([name + remark, *(truth[unit, i.indicator_id] for i in counts)])

    assert counted(read(catalog, make)) == truth
