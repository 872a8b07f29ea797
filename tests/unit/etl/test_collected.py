"""Collected tables as offices make them: totals, 万 in the head, dates made by autoformat, turned tables, hidden leftovers."""

from __future__ import annotations

import datetime
import hashlib
import io
from collections.abc import Callable

import openpyxl
import pytest
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from etl.catalog import Catalog, load_catalog
from etl.collected.table import read_collected
from etl.facts import Fact, Submission
from etl.form.identity import Source
from etl.guard.package import open_package
from etl.read.text import decode, read_delimited
from etl.read.xlsx import read_xlsx

HEAD = [
    "序号",
    "县区",
    "专题研讨、集中宣讲、培训辅导等（场）",
    "参与（人次）",
    "公开课、大家谈、班组会（场）",
    "参与（人次）",
    "曝光突出问题（个）",
]


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load_catalog()


def read(catalog: Catalog, make: Callable[[Workbook, Worksheet], None], campaign: str = "jincheng-2022") -> Submission:
    book = openpyxl.Workbook()
    make(book, book.worksheets[0])
    stream = io.BytesIO()
    book.save(stream)
    data = stream.getvalue()
    source = Source("t.xlsx", hashlib.sha256(data).hexdigest(), "xlsx", catalog.campaigns[campaign])
    (submission,) = read_collected(catalog, source, read_xlsx(open_package(data)))
    return submission


def values(submission: Submission) -> dict[tuple[str | None, str], Fact]:
    return {(f.unit_id, f.indicator_id): f for f in submission.facts}


def rules(submission: Submission) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for finding in submission.findings:
        found.setdefault(finding.rule, []).append(finding.place)
    return found


def flat(book: Workbook, sheet: Worksheet) -> None:
    sheet.append(["晋城市2022年安全生产月活动汇总表"])
    sheet.append(HEAD)
    sheet.append([1, "城区", 12, 350, "1,200", "约300", 5])
    sheet.append([2, "泽州县", "/", None, "无", 45, datetime.date(2022, 3, 5)])
    sheet.append([3, "高平市", *["未报"] * 5])
    sheet.append(["合计", None, 12, 350, 1200, 346, 5])
    sheet.append(["注：数据截至7月1日"])
    sheet.append(["填表人：某某"])


def test_a_flat_table_is_read_cell_by_cell(catalog: Catalog) -> None:
    submission = read(catalog, flat)
    got = values(submission)
    assert got["140502", "lecture_sessions"].value == 1200
    assert (got["140502", "lecture_attendance"].value, got["140502", "lecture_attendance"].qualifier) == (300, "approx")
    assert got["140525", "seminar_training_sessions"].state == "not_applicable"
    assert got["140525", "seminar_training_attendance"].state == "not_filled"
    assert got["140525", "lecture_sessions"].state == "explicit_zero"
    assert {f.state for f in submission.facts if f.unit_id == "140581"} <= {"not_reported", "row_missing"}
    dated = got["140525", "problems_exposed"]
    assert (dated.value, dated.proposal, dated.place) == (None, "3-5", "Sheet!G4")
    assert len({f.unit_id for f in submission.facts}) == 3


def test_the_total_row_is_checked_and_never_added(catalog: Catalog) -> None:
    found = [f for f in read(catalog, flat).findings if f.rule == "total_mismatch"]
    assert [(f.place, f.found, f.expected) for f in found] == [("Sheet!F6", "346", "345")]


def test_ten_thousands_in_the_head_scale_the_column(catalog: Catalog) -> None:
    def make(book: Workbook, sheet: Worksheet) -> None:
        sheet.append(["县区", "专题研讨、集中宣讲、培训辅导等（场）", "参与（万人次）"])
        sheet.append(["城区", 12, 3.5])
        sheet.append(["高平市", 3, "0.12345"])

    got = values(read(catalog, make))
    assert got["140502", "seminar_training_attendance"].value == 35000
    assert got["140581", "seminar_training_attendance"].value is None
    assert "non_integer" in got["140581", "seminar_training_attendance"].flags


def test_units_as_columns(catalog: Catalog) -> None:
    def make(book: Workbook, sheet: Worksheet) -> None:
        sheet.append(["指标", "单位", "城区", "泽州县", "高平市", "合计"])
        sheet.append(["专题研讨、集中宣讲、培训辅导等", "场", 1, 2, 3, 6])
        sheet.append(["参与", "人次", 10, 20, 30, 61])

    submission = read(catalog, make)
    got = values(submission)
    assert got["140525", "seminar_training_attendance"].value == 20
    assert got["140525", "seminar_training_attendance"].place == "Sheet!D3"
    assert rules(submission)["total_mismatch"] == ["Sheet!F3"]


def test_three_header_rows_with_merged_and_shortened_words(catalog: Catalog) -> None:
    def make(book: Workbook, sheet: Worksheet) -> None:
        sheet.append(["晋城市统计"])
        sheet.append(["序号", "填报单位", "学习贯彻", None, None, None, "晋城安全行", None])
        sheet.append([None, None, "专题研讨等", None, "公开课等", None, "警示教育片", None])
        sheet.append([None, None, *["场", "人次"] * 3])
        for area in ("A2:A4", "B2:B4", "C2:F2", "G2:H2", "C3:D3", "E3:F3", "G3:H3"):
            sheet.merge_cells(area)
        sheet.append([1, "城区", 1, 10, 2, 20, 3, 30])
        sheet.append([2, "陵川", 4, 40, 5, 50, 6, 60])

    submission = read(catalog, make)
    got = values(submission)
    assert got["140524", "lecture_attendance"].value == 50
    assert got["140524", "warning_film_exhibition_attendance"].value == 60
    assert got["140524", "seminar_training_sessions"].value == 4
    assert rules(submission)["column_reworded"] == ["Sheet!G4"]


def test_a_formula_without_a_stored_value_is_named(catalog: Catalog) -> None:
    def make(book: Workbook, sheet: Worksheet) -> None:
        sheet.append(HEAD)
        sheet.append([1, "城区", "=1+1", 350, 1, 2, 3])

    submission = read(catalog, make)
    assert values(submission)["140502", "seminar_training_sessions"].state == "formula_uncached"
    assert rules(submission)["formula_uncached"] == ["Sheet!C2"]


def test_leftovers_are_reported(catalog: Catalog) -> None:
    def make(book: Workbook, sheet: Worksheet) -> None:
        flat(book, sheet)
        sheet["XFD1048576"] = "x"
        sheet.row_dimensions[4].hidden = True
        hidden = book.create_sheet("旧")
        hidden.sheet_state = "hidden"
        hidden["A1"] = "城区"

    submission = read(catalog, make)
    found = rules(submission)
    assert found["far_cell"] == ["Sheet!XFD1048576"] and sorted(found["hidden_content"]) == ["Sheet 行4", "旧"]
    assert ("140525", "lecture_attendance") in values(submission)


def test_a_unit_in_two_rows_is_withheld(catalog: Catalog) -> None:
    def make(book: Workbook, sheet: Worksheet) -> None:
        sheet.append(["县区", "集中曝光突出问题（个）", "公开课等（场）"])
        sheet.append(["城区", 1, 2])
        sheet.append(["城区", 3, 4])
        sheet.append(["高平市", 5, 6])

    submission = read(catalog, make)
    assert len(rules(submission)["repeated_in_table"]) == 2
    assert ("140502", "problems_exposed") not in values(submission)
    assert values(submission)["140581", "problems_exposed"].value == 5


def test_departments_of_a_unit_are_added_and_said_so(catalog: Catalog) -> None:
    def make(book: Workbook, sheet: Worksheet) -> None:
        sheet.append(["县区", "部门", "集中曝光突出问题（个）"])
        sheet.append(["城区", "住建局", 1])
        sheet.append([None, "教育局", 3])
        sheet.merge_cells("A2:A3")
        sheet.append(["高平市", "安委办", 5])

    submission = read(catalog, make)
    fact = values(submission)["140502", "problems_exposed"]
    assert (fact.value, fact.raw, fact.place) == (4, "住建局 1；教育局 3", "Sheet!C2、Sheet!C3")
    assert "departments_summed" in rules(submission) and "repeated_in_table" not in rules(submission)


def test_an_unknown_name_keeps_its_numbers_and_is_named(catalog: Catalog) -> None:
    def make(book: Workbook, sheet: Worksheet) -> None:
        sheet.append(HEAD[1:4])
        sheet.append(["城区", 1, 2])
        sheet.append(["高坪市", 3, 4])

    submission = read(catalog, make)
    assert rules(submission)["unit_unresolved"] == ["Sheet!A3"]
    assert {f.value for f in submission.facts if f.unit_id is None} >= {3.0, 4.0}


@pytest.mark.parametrize("code", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_text_tables_in_every_code(catalog: Catalog, code: str, mark: str) -> None:
    lines = [
        mark.join(["县区", "专题研讨、集中宣讲、培训辅导等（场）", "参与（人次）"]),
        mark.join(["城区", "１２", "3.2万"]),
        mark.join(["高平", "无", "/"]),
    ]
    book = read_delimited(decode("\r\n".join(lines).encode(code)))
    assert book is not None
    source = Source("t.csv", "0", "csv", catalog.campaigns["jincheng-2022"])
    (submission,) = read_collected(catalog, source, book)
    got = values(submission)
    assert got["140502", "seminar_training_sessions"].value == 12
    assert got["140502", "seminar_training_attendance"].value == 32000
    assert got["140581", "seminar_training_sessions"].state == "explicit_zero"


def departments(book: Workbook, sheet: Worksheet) -> None:
    sheet.append(["晋城市2022年安全生产月成员单位汇总表"])
    sheet.append(["序号", "单位", "公开课、大家谈、班组会（场）", "参与（人次）"])
    sheet.append([1, "市教育局", 3, 120])
    sheet.append([2, "市住房和城乡建设局", 5, 300])
    sheet.append(["合计", None, 8, 420])


def test_a_table_of_departments_alone_is_read_and_stands_outside_the_roster(catalog: Catalog) -> None:
    submission = read(catalog, departments)
    found = {(str(u).split(":")[-1], i): f.value for (u, i), f in values(submission).items() if f.value is not None}
    assert found == {
        ("市教育局", "lecture_sessions"): 3.0,
        ("市教育局", "lecture_attendance"): 120.0,
        ("市住房和城乡建设局", "lecture_sessions"): 5.0,
        ("市住房和城乡建设局", "lecture_attendance"): 300.0,
    }
    assert len(rules(submission)["unit_not_in_roster"]) == 2
    assert "total_mismatch" not in rules(submission)
