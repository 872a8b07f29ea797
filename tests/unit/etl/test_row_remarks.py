"""Remarks that take a row back, sheets that name their unit in the title only, tables held together by spaces or drawn with lines."""

from __future__ import annotations

import hashlib
import io

import openpyxl
import pytest
from openpyxl.comments import Comment

from etl.catalog import Catalog, load_catalog
from etl.collected.table import read_collected
from etl.document import Workbook
from etl.extract.squeeze import squeeze_text
from etl.facts import Submission
from etl.form.identity import Source
from etl.guard.package import open_package
from etl.read.text import read_delimited
from etl.read.xlsx import read_xlsx

SHOWN, SEEN = "组织集中学习观看（场）", "组织集中学习观看（人次）"
WANZHOU, QIANJIANG = "500101", "500114"


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load_catalog()


def of(catalog: Catalog, book: Workbook) -> Submission:
    source = Source("t.xlsx", hashlib.sha256(b"t").hexdigest(), "xlsx", catalog.campaigns["chongqing-2021"])
    (submission,) = read_collected(catalog, source, book)
    return submission


def read(catalog: Catalog, sheets: dict[str, list[list[object]]]) -> Submission:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return of(catalog, read_xlsx(open_package(stream.getvalue())))


def values(submission: Submission) -> dict[tuple[str | None, str], float]:
    return {(f.unit_id, f.indicator_id): f.value for f in submission.facts if f.value is not None}


def with_remark(catalog: Catalog, remark: str) -> Submission:
    rows = [["2021年汇总表"], ["区县", SHOWN, SEEN, "备注"], ["万州区", 5, 120, remark], ["黔江区", 3, 60, None]]
    return read(catalog, {"汇总": rows})


@pytest.mark.parametrize(
    "remark", ["为去年数据，今年待报", "人次单位为万", "数据待核实", "人次以万计", "数据有误，待更正"]
)
def test_a_remark_may_take_its_row_back(catalog: Catalog, remark: str) -> None:
    submission = with_remark(catalog, remark)
    assert {u for u, _ in values(submission)} == {QIANJIANG}
    held = [f for f in submission.findings if f.rule == "row_doubted"]
    assert [(f.unit_id, f.proposal) for f in held] == [(WANZHOU, "5"), (WANZHOU, "120")]


@pytest.mark.parametrize(
    "remark", ["含线上", "已核实", "参与人次较去年增长", "更正", "已重报", "以此表为准", "去年为疫情期间"]
)
def test_a_plain_remark_takes_nothing_back(catalog: Catalog, remark: str) -> None:
    assert {u for u, _ in values(with_remark(catalog, remark))} == {WANZHOU, QIANJIANG}


def test_a_void_row_leaves_the_other_one_counted(catalog: Catalog) -> None:
    rows = [["2021年汇总表"], ["区县", SHOWN, SEEN, "备注"], ["万州区", 5, 120, "作废"], ["万州区", 6, 130, "更正"]]
    submission = read(catalog, {"汇总": rows})
    assert values(submission) == {
        (WANZHOU, "feature_film_screenings"): 6.0,
        (WANZHOU, "feature_film_attendance"): 130.0,
    }
    assert [f.found for f in submission.findings if f.rule == "rows_other_period"] == ["作废"]


@pytest.mark.parametrize(
    "title", ["万州区2021年安全生产月活动情况统计表", "重庆市万州区“安全生产月”活动进展情况统计表"]
)
def test_a_title_may_name_the_unit(catalog: Catalog, title: str) -> None:
    lists = [[title], ["指标", "数量"], [SHOWN, 5], [SEEN, 120]]
    assert values(read(catalog, {"Sheet1": lists})) == {
        (WANZHOU, "feature_film_screenings"): 5.0,
        (WANZHOU, "feature_film_attendance"): 120.0,
    }


def test_a_sheet_named_after_another_unit_is_spoken_about(catalog: Catalog) -> None:
    lists = [["填报单位：黔江区"], ["指标", "数量"], [SHOWN, 5]]
    submission = read(catalog, {"万州区": lists})
    assert [(f.found, f.unit_id) for f in submission.findings if f.rule == "name_disagrees"] == [("万州区", QIANJIANG)]
    assert not [f for f in read(catalog, {"黔江区": lists}).findings if f.rule == "name_disagrees"]


@pytest.mark.parametrize(
    "text",
    [
        f"2021年汇总\n区县   {SHOWN}   {SEEN}\n万州区   5   120\n黔江区   3   60\n涪陵区   1   20\n",
        f"区县\u3000{SHOWN}\u3000{SEEN}\n万州区\u30005\u3000120\n黔江区\u30003\u300060\n涪陵区\u30001\u300020\n",
        f"| 区县 | {SHOWN} | {SEEN} |\n|---|---|---:|\n| 万州区 | 5 | 120 |\n| 黔江区 | 3 | 60 |\n| 涪陵区 | 1 | 20 |\n",
    ],
)
def test_a_table_typed_with_spaces_or_lines(catalog: Catalog, text: str) -> None:
    book = read_delimited(text)
    assert book is not None
    found = values(of(catalog, book))
    assert found[WANZHOU, "feature_film_attendance"] == 120.0
    assert found[QIANJIANG, "feature_film_screenings"] == 3.0
    assert len(found) == 6


def test_sentences_with_gaps_are_no_table() -> None:
    assert (
        read_delimited(
            "填报单位：  万州区  \n学习  （5）次，参与  （120）人次\n观看  （3）场，参与  （60）人次\n讲座  （1）场  "
        )
        is None
    )


@pytest.mark.parametrize("line", ["注：数据未经审核", "人次均以百人计"])
def test_a_line_that_casts_doubt_is_named(catalog: Catalog, line: str) -> None:
    rows = [["2021年汇总表"], ["区县", SHOWN], ["万州区", 5], ["黔江区", 3], [line]]
    assert [f.found for f in read(catalog, {"汇总": rows}).findings if f.rule == "doubt_line"] == [line]


@pytest.mark.parametrize(
    "line", ["以上均为去年数据", "表内数据作废，以新表为准", "注：以上为2020年数据", "数据时间：2020年6月"]
)
def test_a_last_line_that_takes_all_rows_back_refuses_the_table(catalog: Catalog, line: str) -> None:
    rows = [["2021年汇总表"], ["区县", SHOWN], ["万州区", 5], ["黔江区", 3], [line]]
    found = read(catalog, {"汇总": rows})
    assert found.is_refused
    assert [(f.rule, f.found) for f in found.findings] == [("other_year", squeeze_text(line))]


def test_a_plain_note_casts_no_doubt(catalog: Catalog) -> None:
    rows = [["2021年汇总表"], ["区县", SHOWN], ["万州区", 5], ["黔江区", 3], ["注：含线上"]]
    assert not [f for f in read(catalog, {"汇总": rows}).findings if f.rule == "doubt_line"]


def test_a_comment_on_a_cell_is_named_without_its_writer(catalog: Catalog) -> None:
    book = openpyxl.Workbook()
    for row in [["2021年汇总表"], ["区县", SHOWN], ["万州区", 5]]:
        book.worksheets[0].append(row)
    book.worksheets[0]["B3"].comment = Comment("某人:\n更正：应为8", "某人")
    stream = io.BytesIO()
    book.save(stream)
    found = of(catalog, read_xlsx(open_package(stream.getvalue())))
    (said,) = [f.found for f in found.findings if f.rule == "note_text"]
    assert "应为8" in said and "B3" in said and "某人" not in said


def test_a_title_that_names_another_unit_is_spoken_about(catalog: Catalog) -> None:
    rows = [["万州区2021年安全生产月活动情况统计表"], ["填报单位：黔江区"], ["指标", "数量"], [SHOWN, 5]]
    said = [f.found for f in read(catalog, {"Sheet1": rows}).findings if f.rule == "name_disagrees"]
    assert said == ["万州区2021年安全生产月活动情况统计表"]
