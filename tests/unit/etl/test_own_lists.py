"""Workbooks of one unit as offices lay them out: parts and their total beside each blank, two lists beside each other, towns below
their district's title, whose they are told by the file's name alone."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

from etl.catalog import load_catalog
from etl.facts import Submission
from etl.files.intake import Job
from etl.read_file import read_job
from tests.cases.tables import read_rows

CATALOG = load_catalog()
TITLE = ["万州区2021年“安全生产月”活动情况统计表"]
LABELS = ("理论学习中心组学习（次）", "参与（人次）", "曝光问题隐患（条）", "安全宣传咨询活动（场）", "参与（人次）")
VALUES = (11, 1213, 145, 16, 2417)
BLANKS = ("theory_group_sessions", "theory_group_attendance", "hazards_exposed", "consultation_events", "consultation_participations")  # fmt: skip
READ = dict(zip(BLANKS, VALUES, strict=True))


def values(found: Submission, unit_id: str = "500101") -> dict[str, float]:
    return {f.indicator_id: f.value for f in found.facts if f.value is not None and f.unit_id == unit_id}


def table(*heads: str) -> list[list[object]]:
    """The list with these columns of answers; the last one holds the figures, those before it parts of them."""
    parts = [1] * (len(heads) - 2)
    return [
        TITLE,
        ["指标", *heads],
        *([label, v - sum(parts), *parts, v] for label, v in zip(LABELS, VALUES, strict=True)),
    ]


@pytest.mark.parametrize(
    "heads",
    [
        ("区级", "镇街", "合计"),
        ("6月", "累计"),
        ("第一周", "第二周", "合计"),
        ("线上", "线下", "总数"),
        ("高笋塘街道", "太白街道", "合计"),
    ],
)
def test_a_total_beside_its_parts_is_the_figure(heads: tuple[str, ...]) -> None:
    found = read_rows(table(*heads), campaign_id="chongqing-2021")
    assert values(found) == READ
    assert {f.place for f in found.facts if f.value is not None} == {
        f"Sheet1!{'ABCDE'[len(heads)]}{r}" for r in range(3, 8)
    }


@pytest.mark.parametrize("heads", [("区级", "镇街"), ("上报数", "核定数")])
def test_columns_of_which_none_is_the_whole_are_withheld(heads: tuple[str, str]) -> None:
    rows = [TITLE, ["指标", *heads], *([label, v - 5, v] for label, v in zip(LABELS, VALUES, strict=True))]
    found = read_rows(rows, campaign_id="chongqing-2021")
    assert values(found) == {}
    assert {f.found for f in found.findings if f.rule == "column_repeated"} == {f"{v - 5} / {v}" for v in VALUES}


def test_lists_beside_each_other_go_on() -> None:
    rows = [
        TITLE,
        ["指标", "单位", "数量", "指标", "单位", "数量"],
        ["理论学习中心组学习", "次", 11, "安全宣传咨询活动", "场", 16],
    ]
    rows += [["参与", "人次", 1213, "参与", "人次", 2417], ["曝光问题隐患", "条", 145, None, None, None]]
    found = read_rows(rows, campaign_id="chongqing-2021")
    assert values(found) == READ
    assert next(f.place for f in found.facts if f.indicator_id == "consultation_events") == "Sheet1!F3"


def test_people_beside_their_event() -> None:
    rows = [TITLE, ["项目", "数量", "项目", "数量"], [LABELS[0], 11, LABELS[1], 1213], [LABELS[3], 16, LABELS[4], 2417]]
    assert values(read_rows([*rows, [LABELS[2], 145]], campaign_id="chongqing-2021")) == READ


def test_lists_of_two_units_beside_each_other_are_two_tables(tmp_path: Path) -> None:
    rows = [["2021年“安全生产月”活动情况统计表"], ["万州区", None, "涪陵区", None], ["指标", "数量", "指标", "数量"]]
    rows += [[label, v, label, v + 1] for label, v in zip(LABELS, VALUES, strict=True)]
    (found,) = read_job(CATALOG, saved(tmp_path / "表.xlsx", rows))
    assert values(found) == READ
    assert values(found, "500102") == {b: v + 1 for b, v in READ.items()}


def test_what_takes_an_answer_back_holds_for_its_own_list() -> None:
    rows = [TITLE, ["指标", "数量", "备注", "指标", "数量", "备注"], [LABELS[0], 11, None, LABELS[3], 16, "待核实"]]
    found = read_rows([*rows, [LABELS[2], 145, "另有77条"]], campaign_id="chongqing-2021")
    assert values(found) == {"theory_group_sessions": 11, "hazards_exposed": 145}
    assert {"待核实", "另有77条"} <= {f.found for f in found.findings}


def test_lines_that_set_rows_aside_and_rows_without_a_name_refuse_the_list() -> None:
    rows = table("区级", "镇街", "合计")
    for more in (["以下为去年数据"], [None, 333, 444, 777]):
        assert read_rows([*rows[:4], more, *rows[4:]], campaign_id="chongqing-2021").is_refused


def test_a_number_merged_over_rows_is_nobody_s_and_notes_are_named() -> None:
    rows = table("区级", "镇街", "合计")
    rows[3][3] = None
    rows.append(["注：另有社区活动77场未计入"])
    found = read_rows(rows, campaign_id="chongqing-2021", merged=["D3:D4"])
    assert values(found) == {b: v for b, v in READ.items() if "theory" not in b}
    assert [f.found for f in found.findings if f.rule == "merged_value"] == ["11", "11"]
    assert any("77场" in f.found for f in found.findings)


TOWNS = [["镇街", *LABELS], ["高笋塘街道", 5, 613, 100, 9, 1400], ["太白街道", 6, 600, 45, 7, 1017], ["合计", *VALUES]]


def saved(path: Path, rows: list[list[object]]) -> Job:
    book = openpyxl.Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    book.save(path)
    return Job(path, path.name, "chongqing-2021", datetime(2021, 7, 1), is_sample=False)


def test_towns_with_their_total_are_the_district_of_the_title() -> None:
    found = read_rows([TITLE, *TOWNS], campaign_id="chongqing-2021")
    assert values(found) == READ
    assert {f.rule for f in found.findings} == {"departments_summed"}
    wrong = read_rows([TITLE, *TOWNS[:3], ["合计", 11, 1213, 999, 16, 2417]], campaign_id="chongqing-2021")
    assert [(f.found, f.expected) for f in wrong.findings if f.rule == "total_mismatch"] == [("999", "145")]
    assert read_rows([TITLE, *TOWNS[:3]], campaign_id="chongqing-2021").is_refused


@pytest.mark.parametrize(
    "rows", [table("6月", "累计")[1:], TOWNS, [["指标", "数量"], *map(list, zip(LABELS, VALUES, strict=True))]]
)
def test_the_file_s_name_says_whose_it_is_where_nothing_else_does(tmp_path: Path, rows: list[list[object]]) -> None:
    (found,) = read_job(CATALOG, saved(tmp_path / "万州区统计表.xlsx", rows))
    assert values(found) == READ
    assert [(f.found, f.expected) for f in found.findings if f.rule == "unit_inferred"] == [
        ("万州区统计表.xlsx", "万州区")
    ]
    (other,) = read_job(CATALOG, saved(tmp_path / "汇总.xlsx", rows))
    assert other.is_refused


def test_two_units_in_the_lines_above_are_told() -> None:
    found = read_rows([["涪陵区"], *table("区级", "镇街", "合计")], campaign_id="chongqing-2021")
    assert [f.expected for f in found.findings if f.rule == "name_disagrees"] == ["涪陵区"]


@pytest.mark.parametrize(
    ("tab", "lines"),
    [("区教委", []), ("高笋塘街道", []), ("Sheet1", [["高笋塘街道2021年“安全生产月”统计表"]]), ("Sheet1", [["填报单位：某某公司"]]),
     ("Sheet1", [["填报单位：", "区教委"]])],
)  # fmt: skip
def test_the_file_s_name_does_not_say_whose_it_is_where_an_office_is_named(
    tmp_path: Path, tab: str, lines: list[list[object]]
) -> None:
    job = saved(tmp_path / "万州区.xlsx", [*lines, ["指标", "数量"], *map(list, zip(LABELS, VALUES, strict=True))])
    book = openpyxl.load_workbook(job.path)
    book.worksheets[0].title = tab
    book.save(job.path)
    (found,) = read_job(CATALOG, job)
    assert values(found) == {}


def test_a_sheet_of_notes_that_counts_something_is_quoted(tmp_path: Path) -> None:
    job = saved(tmp_path / "汇总.xlsx", [["区县", *LABELS], ["万州区", *VALUES], ["涪陵区", *VALUES]])
    book = openpyxl.load_workbook(job.path)
    book.worksheets[0]["B2"].font = openpyxl.styles.Font(strike=True)
    book.create_sheet("说明")["A1"] = "万州区参与人次应为2500人次"
    book.save(job.path)
    found = {(f.rule, f.found) for f in read_job(CATALOG, job)[0].findings}
    assert {("remark_number", "万州区参与人次应为2500人次"), ("struck_text", "11")} <= found
