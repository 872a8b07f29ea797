"""Files that invite a wrong number: a copy of the table, last year's sheet, scales and notes in odd places, stray answers."""

from __future__ import annotations

import copy
import io
from collections.abc import Callable
from datetime import datetime
from functools import lru_cache
from pathlib import Path

import openpyxl
import pytest
from docx import Document
from docx.shared import Cm

from etl.blank.docx import write_docx
from etl.blank.fill import fill_progress
from etl.catalog import Catalog, load_catalog
from etl.facts import Submission
from etl.files.intake import Job
from etl.read_file import read_job

CAMPAIGN, UNIT_ID = "chongqing-2021", "500112"
COUNT, PEOPLE = "theory_group_sessions", "theory_group_attendance"


@lru_cache(maxsize=1)
def catalog() -> Catalog:
    return load_catalog()


def word_form(
    answer: str = "", typed: dict[str, str] | None = None, change: Callable[[list[str]], None] | None = None
) -> bytes:
    form = catalog().forms[CAMPAIGN]
    given = typed or {i.indicator_id: answer for i in form.indicators if i.kind == "count"}
    progress = [
        fill_progress(a, {i.indicator_id: given.get(i.indicator_id, "") for i in a.indicators}) for a in form.activities
    ]
    if change:
        change(progress)
    return write_docx(form, progress, {"reporting_unit": "渝北区", "report_date": "2021年7月1日"})


def read(tmp_path: Path, name: str, data: bytes) -> Submission:
    path = tmp_path / name
    path.write_bytes(data)
    submissions = read_job(catalog(), Job(path, name, CAMPAIGN, datetime(2021, 7, 1), is_sample=False))
    assert len(submissions) == 1
    return submissions[0]


def values(submission: Submission) -> dict[str, float | None]:
    return {f.indicator_id: f.value for f in submission.facts if f.unit_id == UNIT_ID}


def rules(submission: Submission) -> set[str]:
    return {f.rule for f in submission.findings}


def saved(document: object) -> bytes:
    stream = io.BytesIO()
    document.save(stream)  # type: ignore[attr-defined]
    return stream.getvalue()


@pytest.mark.parametrize("line", ["附：2020年情况（供参考）", ""])
def test_a_second_copy_of_the_table_is_named_and_never_mixed_in(tmp_path: Path, line: str) -> None:
    document = Document(io.BytesIO(word_form("11")))
    document.add_paragraph(line)
    document.element.body.append(copy.deepcopy(Document(io.BytesIO(word_form("99"))).tables[0]._tbl))
    submission = read(tmp_path, "a.docx", saved(document))
    assert {v for v in values(submission).values() if v is not None} == {11.0}
    (said,) = [f for f in submission.findings if f.rule == "second_table"]
    assert said.expected == line
    assert "99" in said.words["value"]


def test_a_form_that_goes_on_in_a_second_table_is_one_form(tmp_path: Path) -> None:
    document = Document(io.BytesIO(word_form("11")))
    first = document.tables[0]
    second = copy.deepcopy(first._tbl)
    document.add_paragraph("")
    document.element.body.append(second)
    rows = len(first.rows)
    for row in list(first.rows)[rows // 2 :]:
        row._tr.getparent().remove(row._tr)
    for row in list(document.tables[1].rows)[: rows // 2]:
        row._tr.getparent().remove(row._tr)
    submission = read(tmp_path, "a.docx", saved(document))
    counts = [i.indicator_id for i in catalog().forms[CAMPAIGN].indicators if i.kind == "count"]
    assert [values(submission)[i] for i in counts] == [11.0] * len(counts)
    assert "second_table" not in rules(submission)


def test_the_sheet_of_another_year_is_left_out_and_named(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for sheet, year, number in ((book.active, 2021, 5), (book.create_sheet(), 2020, 7)):
        sheet.title = f"{year}年"
        sheet.append([f"重庆市{year}年安全生产月活动进展情况汇总表"])
        sheet.append(["区县", "理论学习中心组学习（次）", "参与（人次）"])
        sheet.append(["渝北区", number, number * 10])
    submission = read(tmp_path, "a.xlsx", saved(book))
    assert (values(submission)[COUNT], values(submission)[PEOPLE]) == (5.0, 50.0)
    (said,) = [f for f in submission.findings if f.rule == "sheet_other_year"]
    assert said.words["year"] == "2020"


NOTES = [
    ("12（万）", 120_000.0, "scale_outside"),
    ("10（计划）", None, "unreadable"),
    ("300（去年）", None, "unreadable"),
    ("100（改为120）", None, "unreadable"),
    ("100（应为120）", None, "unreadable"),
    ("8（其中线上3）", 8.0, "text_in_number"),
    ("未达到100", None, "unreadable"),
    ("不少于100", 100.0, None),
    ("6月份已开展", None, "unreadable"),
    ("2021年", None, "unreadable"),
    ("2小时", None, "unreadable"),
    ("覆盖全区36个镇街", None, "words_around"),
    ("12\n350", None, "two_values"),
]


@pytest.mark.parametrize(("typed", "value", "rule"), NOTES)
def test_a_number_among_words_counts_only_where_nothing_speaks_against_it(
    tmp_path: Path, typed: str, value: float | None, rule: str | None
) -> None:
    submission = read(tmp_path, "a.docx", word_form(typed={COUNT: typed, PEOPLE: "30"}))
    assert (values(submission)[COUNT], values(submission)[PEOPLE]) == (value, 30.0)
    assert rule is None or rule in {f.rule for f in submission.findings if f.indicator_id == COUNT}


def test_a_scale_in_a_bracket_of_its_own_is_read(tmp_path: Path) -> None:
    def change(progress: list[str]) -> None:
        assert "参与（  ）人次" in progress[0]
        progress[0] = progress[0].replace("参与（  ）人次", "参与（12）（万）人次", 1)

    submission = read(tmp_path, "a.docx", word_form(change=change))
    assert values(submission)[PEOPLE] == 120_000.0


def test_answers_in_a_column_of_their_own_are_named(tmp_path: Path) -> None:
    document = Document(io.BytesIO(word_form()))
    table = document.tables[0]
    table.add_column(Cm(3))
    table.rows[0].cells[-1].text = "数值"
    table.rows[1].cells[-1].text = "5；50；10"
    submission = read(tmp_path, "a.docx", saved(document))
    assert [f.found for f in submission.findings if f.rule == "wrong_column"] == ["5；50；10"]


def test_numbers_behind_the_table_are_named(tmp_path: Path) -> None:
    document = Document(io.BytesIO(word_form("11")))
    document.add_paragraph("另：开展安全生产宣讲（30）场，参与（900）人次。")
    document.add_paragraph("填报日期：2021年7月1日 联系电话：023-67890123")
    submission = read(tmp_path, "a.docx", saved(document))
    assert [f.found for f in submission.findings if f.rule == "text_after_form"] == [
        "另：开展安全生产宣讲（30）场，参与（900）人次。"
    ]


def test_numbers_merged_over_cells_and_tables_in_ten_thousands(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["重庆市2021年安全生产月汇总表"])
    sheet.append(["单位：万人次"])
    sheet.append(["区县", "理论学习中心组学习（次）", "参与（人次）"])
    sheet.append(["渝北区", 5, 0.5])
    sheet.append(["江北区", 4, 3])
    sheet.append(["巴南区", 6, None])
    sheet.merge_cells("C5:C6")
    submission = read(tmp_path, "a.xlsx", saved(book))
    assert values(submission)[PEOPLE] == 5000.0
    shared = {
        f.unit_id: (f.value, f.state) for f in submission.facts if f.indicator_id == PEOPLE and f.unit_id != UNIT_ID
    }
    assert set(shared.values()) == {(None, "unreadable")}
    assert {"scale_above", "merged_value"} <= rules(submission)


def test_a_file_named_for_another_unit_is_remarked(tmp_path: Path) -> None:
    submission = read(tmp_path, "南岸区.docx", word_form("11"))
    assert submission.unit_id == UNIT_ID
    assert "name_disagrees" in rules(submission)


@pytest.mark.parametrize(
    "heads",
    ["区县,理论学习中心组,学习（次）,参与（人次）", ",区县,理论学习中心组学习（次）,参与（人次）", "区县,理论学习中心组学习（次）参与（人次）"],
)  # fmt: skip
def test_heads_with_a_comma_more_or_less_than_the_rows_move_no_figure(tmp_path: Path, heads: str) -> None:
    submission = read(tmp_path, "a.csv", f"{heads}\n渝北区,5,50\n江北区,4,\n巴南区,6,60\n".encode())
    assert [v for v in values(submission).values() if v is not None] in ([], [5.0])
    assert {"row_shifted", "column_unread", "form_not_recognised"} & rules(submission)


def test_a_last_column_of_remarks_may_be_left_out(tmp_path: Path) -> None:
    heads = "区县,理论学习中心组学习（次）,参与（人次）,备注"
    submission = read(tmp_path, "a.tsv", f"{heads}\n渝北区,5,50\n江北区,4,40\n".replace(",", "\t").encode())
    assert (values(submission)[COUNT], values(submission)[PEOPLE]) == (5.0, 50.0)


TOWNS = [("单位", "专题研讨（场）", "参与（人次）"), ("东街街道", "1", "20"), ("西街街道", "3", "40")]


def with_table(rows: list[tuple[str, ...]], data: bytes) -> bytes:
    document = Document(io.BytesIO(data))
    document.add_paragraph("各镇（办）情况")
    table = document.add_table(rows=0, cols=len(rows[0]))
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    return saved(document)


@pytest.mark.parametrize(("typed", "rule"), [("11", "table_unread"), ("", "only_table_unread")])
def test_the_numbers_of_another_table_are_named(tmp_path: Path, typed: str, rule: str) -> None:
    submission = read(tmp_path, "a.docx", with_table(TOWNS, word_form(typed)))
    assert {v for v in values(submission).values() if v is not None} <= {11.0}
    (said,) = [f for f in submission.findings if "table_unread" in f.rule]
    assert (said.rule, said.place, said.found) == (rule, "表2", "1、20、3、40")


def test_of_a_list_of_contacts_nothing_is_named(tmp_path: Path) -> None:
    contacts = [("序号", "姓名", "电话", "到岗日期"), ("1", "张三", "13800000000", "2021.6.1")]
    submission = read(tmp_path, "a.docx", with_table(contacts, word_form("11")))
    assert not any("table_unread" in f.rule for f in submission.findings)
