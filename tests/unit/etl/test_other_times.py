"""What stands in a collected table and is not this campaign's report: other years, weeks, plans, items of a blank, shifted rows."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

from etl.catalog import Catalog, load_catalog
from etl.facts import Submission
from etl.files.intake import Job
from etl.read_file import read_job

A, B, C, D = (
    "专题研讨、宣讲、培训辅导（场）",
    "专题研讨、宣讲、培训辅导参与（人次）",
    "公开课、大家谈、班组会（场）",
    "公开课、大家谈、班组会参与（人次）",
)
SEMINARS, SEMINAR_PEOPLE, LECTURES, LECTURE_PEOPLE = (
    "seminar_training_sessions",
    "seminar_training_attendance",
    "lecture_sessions",
    "lecture_attendance",
)
CHENGQU, QINSHUI, YANGCHENG = "140502", "140521", "140522"
Rows = Sequence[Sequence[object]]


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load_catalog()


def workbook(sheets: Mapping[str, Rows], merged: Sequence[str] = ()) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
        for area in merged:
            sheet.merge_cells(area)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def read(catalog: Catalog, folder: Path, data: bytes, name: str = "t.xlsx") -> Submission:
    path = folder / name
    path.write_bytes(data)
    (submission,) = read_job(catalog, Job(path, name, "jincheng-2022", datetime(2022, 7, 1), is_sample=False))
    return submission


def counted(submission: Submission) -> dict[tuple[str, str], float]:
    if submission.is_refused:
        return {}
    return {(f.unit_id, f.indicator_id): f.value for f in submission.facts if f.unit_id and f.value is not None}


def rules(submission: Submission) -> set[str]:
    return {f.rule for f in submission.findings}


@pytest.mark.parametrize("unit_first", [True, False])
def test_a_blanks_name_once_above_its_units(catalog: Catalog, tmp_path: Path, unit_first: bool) -> None:
    rows = [["指标", "区县", "数量"], [A, "城区", 5], [None, "沁水县", 6], [None, "阳城县", 7], [C, "城区", 15],
            [None, "沁水县", 16], [None, "阳城县", 17]]  # fmt: skip
    rows = [[r[1], r[0], r[2]] for r in rows] if unit_first else rows
    assert counted(read(catalog, tmp_path, workbook({"S": rows}))) == {
        (CHENGQU, SEMINARS): 5, (QINSHUI, SEMINARS): 6, (YANGCHENG, SEMINARS): 7,
        (CHENGQU, LECTURES): 15, (QINSHUI, LECTURES): 16, (YANGCHENG, LECTURES): 17,
    }  # fmt: skip


def test_an_answer_of_no_blank_in_a_list_refuses_it_aloud(catalog: Catalog, tmp_path: Path) -> None:
    rows = [
        ["区县", "指标", "数量"],
        ["城区", A, 5],
        ["城区", B, 500],
        ["沁水县", A, 6],
        ["沁水县", B, None],
        ["沁水县", None, 77],
    ]
    submission = read(catalog, tmp_path, workbook({"S": rows}))
    assert submission.is_refused and submission.findings


@pytest.mark.parametrize(
    ("head", "this", "other"), [("年度", 2022, 2021), ("年度", "2022年", "2021年"), ("类别", "完成", "计划")]
)
def test_a_lists_other_time_is_left_out(
    catalog: Catalog, tmp_path: Path, head: str, this: object, other: object
) -> None:
    rows = [
        ["区县", "指标", head, "数量"],
        ["城区", A, this, 5],
        ["城区", C, this, 6],
        ["沁水县", A, other, 66],
        ["沁水县", C, other, 67],
    ]
    submission = read(catalog, tmp_path, workbook({"S": rows}))
    assert counted(submission) == {(CHENGQU, SEMINARS): 5, (CHENGQU, LECTURES): 6}
    assert "columns_aside" in rules(submission)


@pytest.mark.parametrize(
    ("head", "word"),
    [("年度", 2021), ("年度", "2021年"), ("类别", "计划"), ("期间", "上年同期"), ("填报日期", "2021-06-28")],
)
@pytest.mark.parametrize("is_last", [True, False])
def test_a_table_of_another_time_throughout_is_refused(
    catalog: Catalog, tmp_path: Path, head: str, word: object, is_last: bool
) -> None:
    def put(name: str, extra: object, *rest: object) -> list[object]:
        return [name, *rest, extra] if is_last else [name, extra, *rest]

    rows = [put("区县", head, A, B, C), put("城区", word, 1, 2, 3), put("沁水县", word, 5, 6, 7)]
    submission = read(catalog, tmp_path, workbook({"S": rows}))
    assert submission.is_refused and "other_year" in rules(submission)


def test_a_unit_with_another_years_row_only_is_named(catalog: Catalog, tmp_path: Path) -> None:
    rows = [["区县", A, C, "年度"], ["城区", 1, 2, 2022], ["沁水县", 5, 6, 2021]]
    submission = read(catalog, tmp_path, workbook({"S": rows}))
    assert counted(submission) == {(CHENGQU, SEMINARS): 1, (CHENGQU, LECTURES): 2}
    assert QINSHUI in {f.unit_id for f in submission.findings if f.rule == "rows_other_period"}


@pytest.mark.parametrize("group", ["第一周", "上半年", "2021年", "去年同期", "计划"])
def test_columns_of_another_time_alone_are_no_report(catalog: Catalog, tmp_path: Path, group: str) -> None:
    rows = [["区县", group, None], [None, A, C], ["城区", 1, 5], ["沁水县", 2, 6]]
    submission = read(catalog, tmp_path, workbook({"S": rows}, ["A1:A2", "B1:C1"]))
    assert not counted(submission) and submission.findings


def test_one_week_is_not_the_month(catalog: Catalog, tmp_path: Path) -> None:
    rows = [["区县", "周次", A, C], ["城区", "第1周", 1, 2], ["沁水县", "第2周", 5, 6]]
    submission = read(catalog, tmp_path, workbook({"S": rows}))
    assert not counted(submission)
    assert {f.unit_id for f in submission.findings if f.rule == "rows_other_period"} == {CHENGQU, QINSHUI}
    assert [f.value for f in submission.facts if f.value is not None] == [1, 2, 5, 6], "kept, for nobody"


@pytest.mark.parametrize("name", ["去年同期", "计划", "第1周", "填写示例", "往年"])
def test_a_sheets_name_may_say_that_it_is_no_report(catalog: Catalog, tmp_path: Path, name: str) -> None:
    rows = [["区县", A, C], ["沁水县", 1, 2], ["高平市", 5, 6]]
    alone = read(catalog, tmp_path, workbook({name: rows}))
    assert alone.is_refused and "table_aside" in rules(alone)
    beside = read(catalog, tmp_path, workbook({"本年": [["区县", A, C], ["城区", 3, 4]], name: rows}))
    assert counted(beside) == {(CHENGQU, SEMINARS): 3, (CHENGQU, LECTURES): 4}
    assert "sheet_aside" in rules(beside)


@pytest.mark.parametrize("title", ["2022年安全生产月活动计划表", "填写示例", "安全生产月活动情况汇总表（第一周）"])
def test_a_title_may_say_that_it_is_no_report(catalog: Catalog, tmp_path: Path, title: str) -> None:
    submission = read(catalog, tmp_path, workbook({"S": [[title], ["区县", A, C], ["城区", 3, 4], ["沁水县", 5, 6]]}))
    assert submission.is_refused and "table_aside" in rules(submission)


def test_a_row_with_a_thousands_comma_without_quotes_is_withheld_whole(catalog: Catalog, tmp_path: Path) -> None:
    text = f"区县,{A},{B},{C},{D}\n城区,5,1,234,7,300\n沁水县,6,800,9,400\n"
    submission = read(catalog, tmp_path, text.encode(), "t.csv")
    assert {unit for unit, _ in counted(submission)} == {QINSHUI}
    assert sum(f.rule == "row_shifted" and f.unit_id == CHENGQU for f in submission.findings) == 4


def test_a_total_is_held_against_its_parts(catalog: Catalog, tmp_path: Path) -> None:
    rows = [
        ["区县", C, None, None, A],
        [None, "线上", "线下", "合计", None],
        ["城区", 3, 4, 7, 1],
        ["沁水县", 3, 4, None, 1],
        ["阳城县", 3, 4, 99, 2],
    ]
    submission = read(catalog, tmp_path, workbook({"S": rows}, ["A1:A2", "B1:D1", "E1:E2"]))
    got = {key: n for key, n in counted(submission).items() if key[1] == LECTURES}
    assert got == {(CHENGQU, LECTURES): 7, (QINSHUI, LECTURES): 7}
    assert {f.unit_id for f in submission.findings if f.rule == "parts_contradict"} == {YANGCHENG}


def test_parts_in_two_ways_are_not_added(catalog: Catalog, tmp_path: Path) -> None:
    rows = [
        ["区县", C, None, None, None, A],
        [None, "线上", "线下", "企业", "学校", None],
        ["城区", 3, 4, 5, 2, 1],
        ["沁水县", 3, 4, 6, 1, 1],
    ]
    submission = read(catalog, tmp_path, workbook({"S": rows}, ["A1:A2", "B1:E1", "F1:F2"]))
    assert counted(submission) == {(CHENGQU, SEMINARS): 1, (QINSHUI, SEMINARS): 1}
    assert "column_unread" in rules(submission)


def test_a_missing_part_makes_no_exact_sum(catalog: Catalog, tmp_path: Path) -> None:
    rows = [["区县", C, None, A], [None, "线上", "线下", None], ["城区", 3, None, 1], ["沁水县", 3, "未报", 1]]
    submission = read(catalog, tmp_path, workbook({"S": rows}, ["A1:A2", "B1:C1", "D1:D2"]))
    facts = {f.unit_id: f for f in submission.facts if f.indicator_id == LECTURES}
    assert (facts[CHENGQU].value, facts[CHENGQU].qualifier) == (3, "at_least")
    assert facts[QINSHUI].value is None


@pytest.mark.parametrize(
    "heads", [("公开课（场）", "大家谈（场）", "班组会（场）"), ("专题研讨（场）", "集中宣讲（场）", "培训辅导（场）")]
)
def test_one_thing_of_a_blank_is_not_the_blank(catalog: Catalog, tmp_path: Path, heads: tuple[str, ...]) -> None:
    submission = read(catalog, tmp_path, workbook({"S": [["区县", *heads], ["城区", 2, 3, 4], ["沁水县", 2, 3, 4]]}))
    assert not counted(submission) and submission.findings


def test_counts_in_a_sentence_below_the_table_are_named(catalog: Catalog, tmp_path: Path) -> None:
    rows = [
        ["区县", A, C],
        ["城区", 3, 4],
        ["沁水县", 5, 6],
        ["合计", 8, 10],
        ["备注：另有市属企业演练参与1500人次未列入本表。"],
        ["注：数据截至7月1日。"],
    ]
    submission = read(catalog, tmp_path, workbook({"S": rows}))
    assert [(f.rule, f.place) for f in submission.findings] == [("remark_number", "S!A5")]


@pytest.mark.parametrize("line", ["上年数据", "2021年同期", "去年同期"])
@pytest.mark.parametrize("has_heads", [True, False])
def test_a_line_inside_the_table_speaks_for_the_rows_below(
    catalog: Catalog, tmp_path: Path, line: str, has_heads: bool
) -> None:
    heads = [["区县", A, C]] if has_heads else []
    rows = [
        ["区县", A, C],
        ["城区", 1, 2],
        ["沁水县", 3, 4],
        [line],
        *heads,
        ["城区", 8, 8],
        ["高平市", 9, 9],
        ["2022年"],
        ["阳城县", 5, 6],
    ]
    submission = read(catalog, tmp_path, workbook({"S": rows}))
    assert counted(submission) == {
        (CHENGQU, SEMINARS): 1, (CHENGQU, LECTURES): 2, (QINSHUI, SEMINARS): 3, (QINSHUI, LECTURES): 4,
        (YANGCHENG, SEMINARS): 5, (YANGCHENG, LECTURES): 6,
    }  # fmt: skip
    assert "140581" in {f.unit_id for f in submission.findings if f.rule == "rows_other_period"}
