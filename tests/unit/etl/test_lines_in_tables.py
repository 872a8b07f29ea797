"""Lines between the rows of a collected table: another scale, another time, a plan; formats, page heads and remarks of checkers."""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from etl.blank.xlsx import blank_workbook
from etl.catalog import load_catalog
from etl.collected.table import read_collected
from etl.extract.squeeze import squeeze_text
from etl.facts import Submission
from etl.form.identity import Source
from etl.guard.package import open_package
from etl.interpret.lexicon import load_lexicon
from etl.read.text import read_delimited
from etl.read.xlsx import read_xlsx

CATALOG = load_catalog()
SHOWN, SEEN = "组织集中学习观看（场）", "组织集中学习观看（人次）"
WANZHOU, QIANJIANG, FULING, YUZHONG = "500101", "500114", "500102", "500103"


def read(rows: list[list[object]], change: Callable[[Any], None] | None = None) -> Submission:
    book = openpyxl.Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    if change is not None:
        change(book.worksheets[0])
    stream = io.BytesIO()
    book.save(stream)
    source = Source("t.xlsx", hashlib.sha256(b"t").hexdigest(), "xlsx", CATALOG.campaigns["chongqing-2021"])
    (submission,) = read_collected(CATALOG, source, read_xlsx(open_package(stream.getvalue())))
    return submission


def values(submission: Submission) -> dict[str | None, tuple[float, ...]]:
    found: dict[str | None, tuple[float, ...]] = {}
    for fact in submission.facts:
        if fact.value is not None:
            found[fact.unit_id] = (*found.get(fact.unit_id, ()), fact.value)
    return found


HEAD: list[object] = ["区县", SHOWN, SEEN]
FIRST: list[list[object]] = [HEAD, ["万州区", 5, 120], ["黔江区", 7, 130]]
SECOND: list[list[object]] = [["涪陵区", 6, 5], ["渝中区", 3, 2]]


@pytest.mark.parametrize("line", ["单位：万人次", "（以下人次单位：万人次）"])
def test_a_scale_inside_a_table_is_for_the_rows_below(line: str) -> None:
    found = values(read([*FIRST, [line], *SECOND]))
    assert found == {WANZHOU: (5, 120), QIANJIANG: (7, 130), FULING: (6, 50_000), YUZHONG: (3, 20_000)}


def test_a_scale_above_ends_where_another_begins() -> None:
    found = values(read([["单位：场、万人次"], *FIRST, ["单位：场、人次"], HEAD, *SECOND]))
    assert found == {WANZHOU: (5, 1_200_000), QIANJIANG: (7, 1_300_000), FULING: (6, 5), YUZHONG: (3, 2)}


@pytest.mark.parametrize("line", ["二、计划开展", "以下为7月计划", "5月", "（2020年）", "拟开展部分"])
def test_rows_below_a_line_of_another_time_or_a_plan_do_not_count(line: str) -> None:
    submission = read([*FIRST, [line], *SECOND])
    assert values(submission) == {WANZHOU: (5, 120), QIANJIANG: (7, 130)}
    named = {f.unit_id for f in submission.findings if f.rule == "rows_other_period"}
    assert named == {None, FULING, YUZHONG}


@pytest.mark.parametrize(("other", "own"), [("5月", "6月"), ("2020年", "2021年"), ("一、计划", "二、已完成")])
def test_a_line_of_this_time_counts_again(other: str, own: str) -> None:
    rows = [HEAD, [other], ["万州区", 5, 120], ["黔江区", 7, 130], [own], ["万州区", 6, 5], ["黔江区", 3, 2]]
    assert values(read(rows)) == {WANZHOU: (6, 5), QIANJIANG: (3, 2)}


def test_names_of_areas_say_nothing_of_time() -> None:
    found = values(read([HEAD, ["主城区"], ["渝中区", 5, 120], ["渝东北片区"], ["万州区", 7, 130]]))
    assert found == {YUZHONG: (5, 120), WANZHOU: (7, 130)}


def test_words_that_a_format_puts_around_a_number() -> None:
    def change(sheet: Any) -> None:
        sheet["B2"].number_format, sheet["C2"].number_format = '"计划"0', '"第"0"场"'
        sheet["B3"].number_format, sheet["C3"].number_format = '0"场"', '#,##0"人次"'

    assert values(read(FIRST, change)) == {QIANJIANG: (7, 130)}


def test_what_a_checker_wrote_takes_the_row_back_and_persons_are_not_quoted() -> None:
    rows: list[list[object]] = [
        [*HEAD, "填表人", "审核意见", "联系电话"],
        ["万州区", 5, 120, "张三", "数据有误，应为150", "13800000000"],
        ["黔江区", 7, 130, "李四", "已审核", "13900000000"],
    ]
    submission = read(rows)
    assert values(submission) == {QIANJIANG: (7, 130)}
    said = " ".join(f"{f.found}{f.words}" for f in submission.findings)
    assert "应为150" in said and not any(w in said for w in ("张三", "李四", "13800000000", "13900000000"))


def test_a_head_that_begins_like_a_note_is_a_column_all_the_same() -> None:
    rows: list[list[object]] = [
        [*HEAD, "联系企业数（家）", "注册志愿者（人）"],
        ["万州区", 5, 120, 31, 44],
        ["黔江区", 7, 130, 32, 45],
    ]
    named = [f.found for f in read(rows).findings if f.rule == "column_unread"]
    assert [("联系企业数" in n or "注册志愿者" in n) for n in named] == [True, True]


def test_words_above_and_below_the_printed_pages_are_named() -> None:
    def change(sheet: Any) -> None:
        sheet.oddHeader.center.text, sheet.oddFooter.center.text = "2020年数据", "第&P页"
        sheet.oddFooter.left.text = "以上均为计划数"

    said = [f.found for f in read(FIRST, change).findings if f.rule == "note_text"]
    assert len(said) == 2 and "2020年数据" in said[0] and "均为计划数" in said[1]


@pytest.mark.parametrize("name", ["七、黔江区", "5-黔江区", "黔江区1", "黔江区（2）", "（三）黔江区", "黔江区②"])
def test_a_name_with_the_number_of_a_list(name: str) -> None:
    assert values(read([HEAD, ["万州区", 5, 120], [name, 7, 130]])) == {WANZHOU: (5, 120), QIANJIANG: (7, 130)}


@pytest.mark.parametrize("name", ["黔江区2020", "黔江区1组", "黔江区12月"])
def test_a_name_with_other_figures_is_no_unit(name: str) -> None:
    assert values(read([HEAD, ["万州区", 5, 120], ["涪陵区", 6, 5], [name, 7, 130]])).keys() >= {WANZHOU, FULING, None}


def of_one(rows: list[list[object]]) -> Submission:
    return read([["填报单位：万州区"], *rows])


@pytest.mark.parametrize("remark", ["去年数据", "待核实", "计划数"])
def test_a_remark_in_a_list_of_one_unit_takes_its_answer_back(remark: str) -> None:
    submission = of_one([["指标", "数量", "备注"], [SHOWN, 5, None], [SEEN, 120, remark]])
    assert values(submission) == {WANZHOU: (5,)}
    assert [f.proposal for f in submission.findings if f.rule == "row_doubted"] == ["120"]


def test_a_remark_in_a_turned_table_takes_a_blank_back_for_all() -> None:
    rows: list[list[object]] = [["指标", "万州区", "黔江区", "备注"], [SHOWN, 5, 7, None], [SEEN, 120, 130, "去年数据"]]
    assert values(read(rows)) == {WANZHOU: (5,), QIANJIANG: (7,)}


def test_a_remark_in_a_long_list_takes_its_answer_back() -> None:
    rows: list[list[object]] = [
        ["区县", "指标", "数值", "备注"],
        ["万州区", SHOWN, 5, None],
        ["万州区", SEEN, 120, "去年数据"],
    ]
    rows += [["黔江区", SHOWN, 7, None], ["黔江区", SEEN, 130, "已核"]]
    assert values(read(rows)) == {WANZHOU: (5,), QIANJIANG: (7, 130)}


@pytest.mark.parametrize("head", ["去年数量", "计划", "上年同期"])
def test_another_time_beside_the_answers_of_one_unit(head: str) -> None:
    submission = of_one([["指标", "数量", head], [SHOWN, 5, 6], [SEEN, 120, 100]])
    assert values(submission) == {WANZHOU: (5, 120)}
    assert [f.found for f in submission.findings if f.rule == "rows_other_period"] == [head]


def test_what_was_done_beside_what_was_planned() -> None:
    assert values(of_one([["指标", "计划", "实际"], [SHOWN, 5, 6], [SEEN, 120, 100]])) == {WANZHOU: (6, 100)}


def delimited(text: str) -> Submission:
    book = read_delimited(text)
    assert book is not None
    source = Source("t.csv", hashlib.sha256(b"t").hexdigest(), "csv", CATALOG.campaigns["chongqing-2021"])
    (submission,) = read_collected(CATALOG, source, book)
    return submission


def test_a_thousands_comma_before_an_empty_last_field_moves_the_row() -> None:
    head = f"区县,{SHOWN},{SEEN},媒体报道集中攻坚进展成效（次）\n"
    assert values(delimited(f"{head}万州区,5,1,300,\n黔江区,7,130,4\n")) == {QIANJIANG: (7, 130, 4)}
    ended = f"{head}万州区,5,1300,2,\n黔江区,7,130,4,\n涪陵区,6,90,3,\n"
    assert values(delimited(ended)) == {WANZHOU: (5, 1300, 2), QIANJIANG: (7, 130, 4), FULING: (6, 90, 3)}


@pytest.mark.parametrize(
    "head", ["微信直播（场）", "举报隐患（12350电话）（项）", "问题隐患（个）（审核数）", "主要负责人现场培训（场次）"]
)
def test_a_head_that_only_holds_a_contact_s_word_is_a_column(head: str) -> None:
    rows: list[list[object]] = [[*HEAD, head], ["万州区", 5, 120, 31], ["黔江区", 7, 130, 32]]
    assert [f.rule for f in read(rows).findings if f.rule == "column_unread"] == ["column_unread"]


def test_no_printed_blank_looks_like_a_contact() -> None:
    for form in CATALOG.forms.values():
        heads: list[object] = ["区县", *(f"{i.label_zh}（{i.unit}）" for i in form.indicators if i.kind == "count")]
        persons = re.compile(load_lexicon().contact_heads)
        assert not [h for h in heads if persons.fullmatch(squeeze_text(str(h)))], form.form_id


def test_the_blank_workbooks_own_note_is_no_news(tmp_path: Path) -> None:
    form, campaign = CATALOG.forms["chongqing-2021"], CATALOG.campaigns["chongqing-2021"]
    book = openpyxl.load_workbook(io.BytesIO(blank_workbook(form, campaign, CATALOG.roster(campaign))))
    sheet = book.worksheets[0]
    row = next(r for r in range(1, sheet.max_row + 1) if "万州区" in (sheet.cell(r, 1).value, sheet.cell(r, 2).value))
    for column in range(3, sheet.max_column + 1):
        sheet.cell(row, column).value = 7
    stream = io.BytesIO()
    book.save(stream)
    source = Source("t.xlsx", hashlib.sha256(b"t").hexdigest(), "xlsx", campaign)
    (submission,) = read_collected(CATALOG, source, read_xlsx(open_package(stream.getvalue())))
    assert not [f.found for f in submission.findings if f.rule in ("remark_number", "doubt_line", "remark_unclear")]


@pytest.mark.parametrize(
    "hint", [["填写说明", *["整数"] * 2], ["填报要求", "填数字", "（必填）"], [None, "整数", "数字"], ["说明", "必填", "选填"]]
)  # fmt: skip
def test_a_row_of_hints_is_no_head(hint: list[object]) -> None:
    heads: list[object] = ["区县", "安全宣传咨询活动（场）", "曝光问题隐患（条）"]
    found = read([heads, hint, ["万州区", 5, 7], ["涪陵区", 6, 8]])
    assert values(found) == {"500101": (7, 5), "500102": (8, 6)}
    assert "column_unread" not in {f.rule for f in found.findings}
