"""One sheet an activity: bare heads (场次, 参与人次) are read under what the sheet or its title names, and under nothing else."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

from etl.collected.columns.match import map_columns
from etl.collected.columns.sheet_topic import heads_of
from etl.collected.sheet.layout import Layout
from etl.document import Sheet
from etl.files.intake import Job
from etl.read_file import read_job
from tests.unit.etl.test_told_beside import CATALOG

LECTURE, SEMINAR = "公开课、大家谈、班组会", "专题研讨、宣讲、培训辅导"
Rows = list[list[object]]


def read(folder: Path, sheets: dict[str, Rows]) -> tuple[dict[tuple[str, str], float], list[str]]:
    """(Unit, blank) -> value, and the words of the findings."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    path = folder / "分活动汇总.xlsx"
    book.save(path)
    submissions = read_job(CATALOG, Job(path, path.name, "jincheng-2022", datetime(2022, 7, 1), is_sample=False))
    facts = [f for s in submissions for f in s.facts if f.value is not None]
    findings = [f for s in submissions for f in s.findings]
    return (
        {(str(f.unit_id), f.indicator_id): f.value for f in facts if f.value is not None},
        [f"{f.rule} {f.found} {f.words.get('value', '')}" for f in findings],
    )


def rows(*heads: str, title: str = "") -> Rows:
    table: Rows = [["县区", *heads], ["城区", 3, 40], ["高平市", 4, 50]]
    return [[title], *table] if title else table


@pytest.mark.parametrize(
    "heads", [("举办场次", "参与人次"), ("场次", "人次"), ("开展场次", "参加人数"), ("举办（场）", "参与（人次）"), ("场数", "参与人数")]
)  # fmt: skip
def test_each_sheet_is_read_under_its_name(tmp_path: Path, heads: tuple[str, ...]) -> None:
    values, _ = read(tmp_path, {LECTURE: rows(*heads), SEMINAR: [["县区", *heads], ["城区", 1, 10], ["高平市", 2, 20]]})
    assert values == {
        ("140502", "lecture_sessions"): 3, ("140502", "lecture_attendance"): 40,
        ("140581", "lecture_sessions"): 4, ("140581", "lecture_attendance"): 50,
        ("140502", "seminar_training_sessions"): 1, ("140502", "seminar_training_attendance"): 10,
        ("140581", "seminar_training_sessions"): 2, ("140581", "seminar_training_attendance"): 20,
    }  # fmt: skip


@pytest.mark.parametrize("title", [f"{LECTURE}开展情况统计表", f"附件2：{LECTURE}情况"])
def test_or_under_its_title(tmp_path: Path, title: str) -> None:
    values, _ = read(tmp_path, {"Sheet1": rows("场次", "参与人次", title=title)})
    assert {v for (_, blank), v in values.items() if blank == "lecture_sessions"} == {3, 4}
    assert {v for (_, blank), v in values.items() if blank == "lecture_attendance"} == {40, 50}


@pytest.mark.parametrize(
    "name",
    [
        "公开课",
        "大家谈",
        "线上公开课",
        "计划公开课",
        "企业公开课",
        "去年公开课",
        "企业",
        "活动",
        "安全生产月",
        "Sheet1",
        "未开展公开课",
    ],
)
def test_no_other_name_is_taken_for_a_blank(tmp_path: Path, name: str) -> None:
    values, said = read(tmp_path, {name: rows("场次", "参与人次")})
    assert values == {} and any("3" in words or "场次" in words or name in words for words in said)


def test_a_head_that_counts_something_else_is_not_read(tmp_path: Path) -> None:
    values, said = read(tmp_path, {LECTURE: rows("条数", "参与人次")})
    assert values == {} and any("3、4" in words for words in said)


BARE = [("举办场次", "参与人次"), ("次数", "参与人数"), ("数量", "参与人次"), ("个数", "人次"), ("条数",)]


@pytest.mark.parametrize("form_id", ["jincheng-2022", "ningxia-2021", "jiangsu-2019"])
def test_every_blanks_name_leads_to_that_blank_or_to_none(form_id: str) -> None:
    form, n_read = CATALOG.forms[form_id], 0
    for blank in (i for i in form.indicators if i.kind == "count"):
        for name in {blank.label_zh, *re.split("[、，]", blank.label_zh)}:
            for bare in BARE:
                sheet = Sheet(name, (("县区", *bare), ("甲区", *map(float, range(len(bare))))))
                heads = heads_of(form, sheet, Layout(0, 1, (0,), (), (), ()))
                found = map_columns(form, heads, 0, (name,), 0).of_indicator
                for indicator_id, column in found.items():
                    got = form.by_indicator[indicator_id]
                    assert name in got.label_zh and (column == 1 or "人" in got.unit), (name, bare, indicator_id)
                    assert column == 2 or name != blank.label_zh or indicator_id == blank.indicator_id
                    n_read += 1
    assert n_read > 4
