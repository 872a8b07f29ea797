"""A statement that takes figures back is quoted wherever it stands: in heads, names, cells beside the answers, boxes, pages, notes."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from docx.oxml import parse_xml
from openpyxl.comments import Comment

from etl.blank.docx import write_docx
from etl.blank.fill import fill_progress
from etl.catalog import load_catalog
from etl.extract.squeeze import squeeze_text
from etl.facts import Submission
from etl.files.intake import Job
from etl.form.title_words import name_findings
from etl.interpret.doubts import limits_figures
from etl.read_file import read_job
from tests.faults.test_bad_files import repacked

CATALOG = load_catalog()
FORM = CATALOG.forms["chongqing-2021"]
STATEMENTS = (
    "单位：万人次",
    "注：人次以万计",
    "以下为计划数",
    "2020年数据",
    "仅为区级数据",
    "数据未核实",
    "第一周",
    "（作废）",
    "样表",
)
LOUD = ("doubt_line", "line_retracts", "scale_line", "note_text", "hidden_text")
_WATERMARK = (
    '<w:p xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:v="urn:schemas-microsoft-com:vml">'
    '<w:r><w:pict><v:shape><v:textpath string="{}"/></v:shape></w:pict></w:r></w:p>'
)


def read(path: Path) -> Submission:
    (found,) = read_job(CATALOG, Job(path, path.name, "chongqing-2021", datetime(2021, 7, 1), is_sample=False))
    return found


def is_quoted(submission: Submission, words: str) -> bool:
    said = [squeeze_text(f.found) for f in submission.findings if f.rule in LOUD]
    return any(squeeze_text(words).strip("()") in found for found in said)


def in_head_line(document: Any, words: str) -> None:
    next(p for p in document.paragraphs if "填报单位" in p.text).add_run(f"  {words}")


def behind_title(document: Any, words: str) -> None:
    document.tables[0].rows[2].cells[0].paragraphs[-1].add_run(words)


def behind_requirement(document: Any, words: str) -> None:
    document.tables[0].rows[2].cells[1].paragraphs[-1].add_run(words)


def below_answers(document: Any, words: str) -> None:
    document.tables[0].rows[2].cells[2].add_paragraph(words)


def below_table(document: Any, words: str) -> None:
    document.add_paragraph(words)


def in_page_head(document: Any, words: str) -> None:
    document.sections[0].header.paragraphs[0].text = words


def across_the_page(document: Any, words: str) -> None:
    document.sections[0].header._element.append(parse_xml(_WATERMARK.format(words)))


WORD_PLACES = (
    in_head_line,
    behind_title,
    behind_requirement,
    below_answers,
    below_table,
    in_page_head,
    across_the_page,
)


# Words across the page are judged before it is known of which year the form is.
@pytest.mark.parametrize(
    ("place", "words"),
    [(p, w) for p in WORD_PLACES for w in STATEMENTS if (p, w) != (across_the_page, "2020年数据")],
)
def test_beside_a_word_form(tmp_path: Path, place: Callable[[Any, str], None], words: str) -> None:
    kinds = {"flag": "☑是□否", "text": "1.某企业未落实整改"}
    progress = [
        fill_progress(a, {i.indicator_id: kinds.get(i.kind, "12") for i in a.indicators}) for a in FORM.activities
    ]
    head = {"reporting_unit": "万州区", "report_date": "2021年7月1日"}
    document = docx.Document(io.BytesIO(write_docx(FORM, progress, head)))
    place(document, words)
    document.save(str(path := tmp_path / "表.docx"))
    found = read(path)
    assert is_quoted(found, words)
    assert not [f for f in found.findings if "2021年7月1日" in (f.found or "") and f.rule == "doubt_line"]


def test_a_plain_form_is_doubted_nowhere(tmp_path: Path) -> None:
    kinds = {"flag": "☑是□否", "text": "1.某企业未落实整改"}
    progress = [
        fill_progress(a, {i.indicator_id: kinds.get(i.kind, "12") for i in a.indicators}) for a in FORM.activities
    ]
    head = {"reporting_unit": "万州区", "report_date": "2021年7月1日"}
    document = docx.Document(io.BytesIO(write_docx(FORM, progress, head)))
    document.sections[0].header.paragraphs[0].text = "重庆市安全生产月活动"
    in_head_line(document, "（盖章）")
    document.save(str(path := tmp_path / "万州区2021年安全生产月活动统计表（含线上）.docx"))
    assert [f for f in read(path).findings if f.rule in LOUD] == []


@pytest.mark.parametrize(
    ("folder", "is_told"),
    [
        ("2020", True),
        ("2020年", True),
        ("去年", True),
        ("作废", True),
        ("往年", True),
        ("第一周", True),
        ("单位：万人次", True),
    ]
    + [(f, False) for f in ("2021年", "各区县上报", "第二批", "chongqing-2021", "2021-07-02", "市安委办〔2021〕42号")],
)
def test_the_folder_of_a_file_is_told_like_its_name(tmp_path: Path, folder: str, is_told: bool) -> None:
    book = openpyxl.Workbook()
    for row in (HEADS, ["万州区", 3, 400, 5], ["涪陵区", 4, 500, 6]):
        book.worksheets[0].append(row)
    book.save(path := tmp_path / "表.xlsx")
    job = Job(path, f"{folder}/表.xlsx", "chongqing-2021", datetime(2021, 7, 1), is_sample=False)
    (found,) = read_job(CATALOG, job)
    assert [f.found for f in found.findings if f.rule == "doubt_line"] == [folder] * is_told
    assert [f.found for f in name_findings(job.name, 2021)] == [folder] * is_told


HEADS = ["区县", "安全宣传咨询活动（场）", "参与（人次）", "曝光问题隐患（个）"]


def right_of_the_heads(book: openpyxl.Workbook, words: str) -> None:
    book.worksheets[0]["F1"] = words


def in_another_sheet(book: openpyxl.Workbook, words: str) -> None:
    book.create_sheet("说明")["A1"] = words


def in_print_margin(book: openpyxl.Workbook, words: str) -> None:
    book.worksheets[0].oddFooter.center.text = words


def in_a_note(book: openpyxl.Workbook, words: str) -> None:
    book.worksheets[0]["C1"].comment = Comment(words, "某")


def below(book: openpyxl.Workbook, words: str) -> None:
    book.worksheets[0]["A6"] = words


@pytest.mark.parametrize("words", STATEMENTS)
@pytest.mark.parametrize("place", [right_of_the_heads, in_another_sheet, in_print_margin, in_a_note, below])
def test_beside_a_collected_table(tmp_path: Path, place: Callable[[openpyxl.Workbook, str], None], words: str) -> None:
    book = openpyxl.Workbook()
    for row in ([*HEADS], ["万州区", 5, 600, 7], ["涪陵区", 6, 700, 8]):
        book.worksheets[0].append(row)
    place(book, words)
    book.save(path := tmp_path / "汇总.xlsx")
    found = read(path)
    is_scaled = any(f.rule == "scale_above" for f in found.findings)
    assert is_quoted(found, words) or found.is_refused or is_scaled or not [f for f in found.facts if f.value]


def test_words_in_a_box_over_a_sheet_are_quoted(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in ([*HEADS], ["万州区", 5, 600, 7], ["涪陵区", 6, 700, 8]):
        book.worksheets[0].append(row)
    book.save(stream := io.BytesIO())
    box = (
        '<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" '
        'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><xdr:sp><xdr:txBody><a:p><a:r><a:t>{}</a:t></a:r>'
        "</a:p></xdr:txBody></xdr:sp></xdr:wsDr>"
    )
    for words, is_told in (("以下为计划数", True), ("重庆市", False)):
        data = repacked(stream.getvalue(), {"xl/drawings/drawing1.xml": box.format(words).encode()})
        (path := tmp_path / f"{is_told}.xlsx").write_bytes(data)
        assert is_quoted(read(path), words) is is_told


@pytest.mark.parametrize(
    ("name", "is_told"),
    [("统计表（作废）.docx", True), ("a/2020年数据.docx", True), ("表（样表）.docx", True), ("万州区-第一周.docx", True),
     ("万州区2021年安全生产月活动情况统计表.docx", False), ("万州区（终稿）.docx", False), ("001-万州区.docx", False)],
)  # fmt: skip
def test_the_name_of_a_word_file(name: str, is_told: bool) -> None:
    assert [f.rule for f in name_findings(name, 2021)] == ["doubt_line"] * is_told


@pytest.mark.parametrize(
    ("words", "is_limit"),
    [("第一周", True), ("仅为区级数据", True), ("数据为1-5月", True), ("累计数(1-6月)", True), ("2020年数据", True), ("只含企业", True),
     ("2021年数据", False), ("1-6月份全区共开展活动", False), ("第一周开展咨询活动3场", False), ("仅供参考使用的说明文字共有二十五个字以上的一整句话", False)],
)  # fmt: skip
def test_what_limits_figures(words: str, is_limit: bool) -> None:
    assert limits_figures(words, 2021) is is_limit
