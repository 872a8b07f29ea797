"""Names of units where clerks put them: in an answer's brackets, on a tab, before a contact, above years, below a line that parts."""

from __future__ import annotations

import io
from datetime import datetime
from pathlib import Path

import docx
import openpyxl
import pytest

from etl.blank.docx import write_docx
from etl.blank.fill import fill_progress
from etl.catalog import load_catalog
from etl.document import Paragraph
from etl.facts import Submission
from etl.files.intake import Job
from etl.form.header import find_header
from etl.read_file import read_job
from etl.resolve import resolver_for
from tests.cases.tables import read_rows
from tests.unit.etl.test_added_words import DRILL, read, values

CATALOG = load_catalog()
TITLE = "重庆市2021年“安全生产月”活动情况汇总表"
HEADS = ["理论学习中心组学习（次）", "参与（人次）", "曝光问题隐患（条）"]
WANZHOU, FULING = ["万州区", 3, 120, 45], ["涪陵区", 5, 260, 38]
BOTH = {"500101": (3, 120, 45), "500102": (5, 260, 38)}
BLANKS = ("theory_group_sessions", "theory_group_attendance", "hazards_exposed")


def of_units(submission: Submission) -> dict[str, tuple[float, ...]]:
    """Unit -> the values of the three blanks, of the units that have any."""
    found: dict[str, dict[str, float]] = {}
    for f in submission.facts:
        if f.unit_id and f.value is not None:
            found.setdefault(f.unit_id, {})[f.indicator_id] = f.value
    return {unit: tuple(v[b] for b in BLANKS if b in v) for unit, v in found.items()}


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("（120（万州区））场，参与（300）人次", (120, 300)),
        ("（120）场（万州区），参与（300）人次（万州）", (120, 300)),
        ("万州区（120）场，参与（300）人次", (120, 300)),
        ("（120（渝北区））场，参与（300）人次", (None, 300)),
        ("（120）场（渝北区），参与（300）人次", (None, 300)),
        ("（120）场，参与（300）人次（涪陵区）", (120, None)),
    ],
)
def test_a_units_name_in_an_answers_bracket(tmp_path: Path, said: str, expected: tuple[float, float]) -> None:
    submission = read(tmp_path, f"{DRILL}{said}")
    assert values(submission) == expected
    others = [f.found for f in submission.findings if f.rule == "words_around"]
    assert len(others) == expected.count(None)
    assert all("渝北区" in o or "涪陵" in o for o in others)


def test_the_rows_own_name_in_a_cell_says_nothing_and_anothers_withholds() -> None:
    rows = [[TITLE], ["区县", *HEADS], ["万州区", "3（万州区）", "120（万州）", 45], ["涪陵区", 5, "260（万州区）", 38]]
    submission = read_rows(rows, campaign_id="chongqing-2021")
    assert of_units(submission) == {"500101": (3, 120, 45), "500102": (5, 38)}
    assert [f.found for f in submission.findings if f.rule == "unreadable"] == ["260（万州区）"]


@pytest.mark.parametrize(
    "name",
    ["万州区 张三13912345678", "万州区（联系人：张三 13912345678）", "万州区应急局 李四 023-58123456", "万州区张三13912345678",
     "万州区13912345678", "万州区（联系人：张三）"],
)  # fmt: skip
def test_a_contact_behind_the_name(name: str) -> None:
    submission = read_rows([[TITLE], ["区县", *HEADS], [name, *WANZHOU[1:]], FULING], campaign_id="chongqing-2021")
    assert of_units(submission) == BOTH
    assert not any("张三" in f.found or "1391" in f.found for f in submission.findings)


def test_a_sheet_for_each_unit_without_a_column_of_units(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, *answers in (WANZHOU, FULING):
        sheet = book.create_sheet(name)
        for row in ([TITLE], HEADS, answers):
            sheet.append(row)
    path = tmp_path / "汇总.xlsx"
    book.save(path)
    (submission,) = read_job(CATALOG, Job(path, path.name, "chongqing-2021", datetime(2021, 7, 1), is_sample=False))
    assert of_units(submission) == BOTH
    assert {f.place for f in submission.facts if f.value == 260} == {"涪陵区!B3"}


YEARS = [["2020年", "2021年"], ["去年", "今年"], ["上年同期", "本期"]]


@pytest.mark.parametrize("years", YEARS)
def test_years_below_units_that_stand_above_the_first_only(years: list[str]) -> None:
    rows = [[TITLE], ["指标", "万州区", None, "涪陵区", None], [None, *years, *years]]
    rows += [[head, 1, a, 2, b] for head, a, b in zip(HEADS, BOTH["500101"], BOTH["500102"], strict=True)]
    submission = read_rows(rows, campaign_id="chongqing-2021")
    assert of_units(submission) == BOTH
    assert [f.found for f in submission.findings if f.rule == "rows_other_period"] == [years[0]]
    assert not any(f.rule == "column_unread" for f in submission.findings)


def test_units_below_years() -> None:
    rows = [[TITLE], ["指标", "2020年", None, "2021年", None], [None, *["万州区", "涪陵区"] * 2]]
    rows += [[head, 1, 2, a, b] for head, a, b in zip(HEADS, BOTH["500101"], BOTH["500102"], strict=True)]
    assert of_units(read_rows(rows, campaign_id="chongqing-2021")) == BOTH


PARTS = [["万州区", 1, 20, 5], ["渝中区", 2, 30, 8]]


@pytest.mark.parametrize(
    "between", [[["其中：企业"]], [[None], ["其中：企业"], ["区县", *HEADS]], [["其中：企业"], ["区县", *HEADS]]]
)
def test_a_unit_that_stands_only_among_the_parts_does_not_count(between: list[list[object]]) -> None:
    rows = [[TITLE], ["区县", *HEADS], WANZHOU, FULING, *between, *PARTS]
    submission = read_rows(rows, campaign_id="chongqing-2021")
    assert of_units(submission) == BOTH
    assert ("其中:企业", "500103") in [(f.found, f.unit_id) for f in submission.findings]


@pytest.mark.parametrize("word", ["企业", "线上"])
@pytest.mark.parametrize("between", [[], [["区县", *HEADS]]])
def test_below_a_word_that_parts_what_a_block_counts_is_not_known(word: str, between: list[list[object]]) -> None:
    submission = read_rows(
        [[TITLE], ["区县", *HEADS], WANZHOU, FULING, [word], *between, *PARTS], campaign_id="chongqing-2021"
    )
    assert of_units(submission) == {"500102": BOTH["500102"]}
    assert (word, "500103") in [(f.found, f.unit_id) for f in submission.findings]


@pytest.mark.parametrize(("word", "kept"), [("其中：企业", ["500101", "500102"]), ("企业", ["500102"])])
def test_units_below_a_group_of_parts_beside_the_others(word: str, kept: list[str]) -> None:
    rows = [[TITLE], [None, None, None, word, word], ["指标", "万州区", "涪陵区", "万州区", "渝中区"]]
    rows += [[head, 3, 5, 1, 2] for head in HEADS]
    submission = read_rows(rows, campaign_id="chongqing-2021", merged=("D2:E2",))
    assert sorted(of_units(submission)) == kept
    assert "500103" in [f.unit_id for f in submission.findings if f.rule == "rows_other_period"]


def test_heads_that_begin_a_blanks_words() -> None:
    heads = ["推广经验做法（个）", "刊发新闻报道（篇）", "媒体报道集中攻坚（次）", "刊发新闻报道（篇）"]
    facts = read_rows([[TITLE], ["区县", *heads], ["万州区", 3, 4, 1, 2]], campaign_id="chongqing-2021").facts
    assert {f.indicator_id: f.value for f in facts if f.value} == {
        "good_practices_promoted": 3, "good_practice_news_articles": 4, "campaign_media_reports": 1, "campaign_news_articles": 2,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("line", "unit_id"),
    [
        ("填报单位：江北区安委会办公室（代章）", "500105"),
        ("填报单位：江北区应急管理局安全生产综合协调科", "500105"),
        ("填报单位：万州区应急管理局安监科", "500101"),
        ("单位：江北区应急局", "500105"),
        ("单位：万人次", None),
        ("填报单位：江北区公安分局", None),
        ("填报单位：江北区教委综合科", None),
    ],
)
def test_offices_and_sections_as_reporting_unit(tmp_path: Path, line: str, unit_id: str | None) -> None:
    form = CATALOG.forms["chongqing-2021"]
    progress = [fill_progress(a, {i.indicator_id: "12" for i in a.indicators}) for a in form.activities]
    document = docx.Document(
        io.BytesIO(write_docx(form, progress, {"reporting_unit": "X", "report_date": "2021年7月1日"}))
    )
    next(p for p in document.paragraphs if "填报单位" in p.text).text = line
    path = tmp_path / "表.docx"
    document.save(str(path))
    (submission,) = read_job(CATALOG, Job(path, path.name, "chongqing-2021", datetime(2021, 7, 1), is_sample=False))
    assert submission.unit_id == unit_id
    assert unit_id or any(f.rule in ("unit_unresolved", "unit_blank") for f in submission.findings)


def test_a_section_of_another_office_is_proposed_for_its_district() -> None:
    found = resolver_for(CATALOG, CATALOG.campaigns["chongqing-2021"]).resolve("江北区教委综合科")
    assert (found.unit_id, found.proposal) == (None, "江北区")


@pytest.mark.parametrize(
    ("line", "unit"),
    [
        ("填表单位：万州区", "万州区"), ("报送单位：万州区 联系人：某", "万州区"), ("上报单位：万州区", "万州区"),
        ("制表单位：万州区", "万州区"), ("区县：万州区", "万州区"), ("单位名称（公章）：万州区", "万州区"),
        ("万州区（盖章）", "万州区"), ("填报单位（万州区）", "万州区"), ("填报单位（盖章）：", ""), ("单位：万人次", ""),
        ("填报单位：万州区应急局 2021年7月1日", "万州区应急局"), ("填报单位：万州区安委办 填报人：李四 审核：王五", "万州区安委办"),
        ("填报单位：万州区安全生产领导小组办公室", "万州区安全生产领导小组办公室"), ("填报单位：万州区行政审批局", "万州区行政审批局"),
    ],
)  # fmt: skip
def test_who_reports_by_the_line_of_who_and_when(line: str, unit: str) -> None:
    assert find_header([Paragraph(line, "段1")]).unit == unit
