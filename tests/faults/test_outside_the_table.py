"""Numbers that stand outside the cells of a Word form, or in things without text: named, and read into no blank."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cases.test_held_out import form_file, read
from tests.cases.writing import catalog, stand_ins

CAMPAIGN = "jincheng-2022"
BLANK = "seminar_training_sessions"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
TABLE = "<w:tbl>"


def run(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


def paragraph(text: str, look: str = "") -> str:
    return f"<w:p>{look}{run(text)}</w:p>"


def box(text: str) -> str:
    inner = f"<w:txbxContent>{paragraph(text)}</w:txbxContent>"
    return (
        "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:wsp><wps:txbx>"
        f"{inner}</wps:txbx></wps:wsp></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>{inner}"
        "</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


FRAME = '<w:pPr><w:framePr w:w="600" w:hAnchor="page" w:x="5000" w:y="3000"/></w:pPr>'
PLACES: dict[str, Callable[[str], str]] = {
    "a box in the title's line": lambda x: x.replace("统计表</w:t></w:r>", "统计表</w:t></w:r>" + box("37"), 1),
    "a box in the head's line": lambda x: x.replace("7月1日</w:t></w:r>", "7月1日</w:t></w:r>" + box("37场"), 1),
    "a box behind the table": lambda x: x.replace("</w:tbl>", f"</w:tbl><w:p>{box('37')}</w:p>", 1),
    "a box in its cell": lambda x: x.replace("<w:t>专题研讨、", f"<w:t></w:t></w:r>{box('37')}<w:r><w:t>专题研讨、", 1),
    "a line before the table": lambda x: x.replace(TABLE, paragraph("37") + TABLE, 1),
    "a line behind the table": lambda x: x.replace("</w:tbl>", "</w:tbl>" + paragraph("　　37"), 1),
    "a frame": lambda x: x.replace(TABLE, paragraph("37", FRAME) + TABLE, 1),
    "a sentence before the table": lambda x: x.replace(TABLE, paragraph("另：专题研讨37场，参与500人次。") + TABLE, 1),
    "a letter above the form": lambda x: x.replace(
        "<w:body>", "<w:body>" + paragraph("我区共开展专题研讨37场，参与500人次。"), 1
    ),
    "a correction above the title": lambda x: x.replace(
        "<w:body>", "<w:body>" + paragraph("更正：专题研讨应为37场。"), 1
    ),
    "a number behind a colon above the title": lambda x: x.replace(
        "<w:body>", "<w:body>" + paragraph("专题研讨：37，参与：500"), 1
    ),
    "a unit in brackets above the title": lambda x: x.replace(
        "<w:body>", "<w:body>" + paragraph("专题研讨37（场）"), 1
    ),
    "a name and a figure above the title": lambda x: x.replace("<w:body>", "<w:body>" + paragraph("专题研讨 37"), 1),
    "a sentence behind it": lambda x: x.replace("</w:tbl>", "</w:tbl>" + paragraph("另：专题研讨37场。"), 1),
}


@pytest.mark.parametrize("place", PLACES)
def test_a_number_in_no_cell_is_named(tmp_path: Path, place: str) -> None:
    around = {k: v for k, v in stand_ins(catalog().forms[CAMPAIGN]).items() if k != BLANK}
    facts, _, quoted, _ = read(form_file(CAMPAIGN, around, edit=PLACES[place]), CAMPAIGN, tmp_path)
    assert "37" in quoted
    assert {i: f.value for i, f in facts.items() if f.value is not None} == {i: float(v) for i, v in around.items()}


@pytest.mark.parametrize(
    ("name", "text", "is_named"),
    [
        ("header7", "补充：专题研讨37场，参与500人次", True),
        ("footer7", "补充：专题研讨３７场", True),
        ("footer7", "第1页 共2页", False),
        ("header7", "晋安办〔2022〕37号", False),
        ("header7", "37", True),
        ("footer7", "参与人次：5", True),
        ("footer7", "12", False),
        ("footer7", "— 2 —", False),
    ],
)
def test_a_head_or_foot_of_the_page_with_a_count_is_named(tmp_path: Path, name: str, text: str, is_named: bool) -> None:
    tag = "hdr" if name.startswith("header") else "ftr"
    out = io.BytesIO(form_file(CAMPAIGN, {}))
    with zipfile.ZipFile(out, "a") as package:
        package.writestr(f"word/{name}.xml", f"<w:{tag} {W}>{paragraph(text)}</w:{tag}>")
    _, _, _, (submission,) = read(out.getvalue(), CAMPAIGN, tmp_path)
    assert [f.found for f in submission.findings if f.rule == "note_text"] == ([text] if is_named else [])


@pytest.mark.parametrize("text", ["实际为三十七场", "请改成十二", "应为37"])
def test_a_note_with_a_numeral_is_named(tmp_path: Path, text: str) -> None:
    out = io.BytesIO(form_file(CAMPAIGN, {}))
    with zipfile.ZipFile(out, "a") as package:
        package.writestr("word/comments.xml", f"<w:comments {W}><w:comment>{paragraph(text)}</w:comment></w:comments>")
    _, _, _, (submission,) = read(out.getvalue(), CAMPAIGN, tmp_path)
    assert [f.found for f in submission.findings if f.rule == "note_text"] == [text]


def test_numbers_side_by_side_in_an_inner_table_are_two(tmp_path: Path) -> None:
    def cells(*texts: str) -> str:
        return "<w:tr>" + "".join(f"<w:tc><w:tcPr/>{paragraph(t)}</w:tc>" for t in texts) + "</w:tr>"

    def edit(xml: str) -> str:
        at = xml.index("专题研讨、集中宣讲、培训辅导等")
        start, end = xml.rindex("<w:tc>", 0, at), xml.index("</w:tc>", at)
        rows = cells("活动", "场次", "人次") + cells("专题研讨、集中宣讲、培训辅导等", "3", "120")
        return f"{xml[:start]}<w:tc><w:tcPr/><w:tbl><w:tblPr/><w:tblGrid/>{rows}</w:tbl><w:p/>{xml[end:]}"

    facts, blanks, _, _ = read(form_file(CAMPAIGN, {}, edit=edit), CAMPAIGN, tmp_path)
    assert facts[BLANK].value in (None, 3.0)
    assert BLANK in blanks or facts[BLANK].value == 3.0


def test_a_page_s_own_number_is_no_figure(tmp_path: Path) -> None:
    field = f"<w:p><w:fldSimple w:instr='PAGE'>{run('37')}</w:fldSimple></w:p>"
    out = io.BytesIO(form_file(CAMPAIGN, {}))
    with zipfile.ZipFile(out, "a") as package:
        package.writestr("word/footer7.xml", f"<w:ftr {W}>{field}</w:ftr>")
    _, _, _, (submission,) = read(out.getvalue(), CAMPAIGN, tmp_path)
    assert not [f for f in submission.findings if f.rule == "note_text"]


def test_a_number_of_any_length_in_a_head_is_told(tmp_path: Path) -> None:
    out = io.BytesIO(form_file(CAMPAIGN, {}))
    with zipfile.ZipFile(out, "a") as package:
        package.writestr("word/header7.xml", f"<w:hdr {W}><w:p>{run('4' * 5000)}</w:p></w:hdr>")
    _, _, _, (submission,) = read(out.getvalue(), CAMPAIGN, tmp_path)
    assert [f.found[:4] for f in submission.findings if f.rule == "note_text"] == ["4444"]


def test_people_of_what_is_planned_are_not_counted(tmp_path: Path) -> None:
    typed = {BLANK: "12", "seminar_training_attendance": "1200"}
    data = form_file(CAMPAIGN, typed, edit=lambda x: x.replace("（12）", "计划（12）").replace("(12)", "计划(12)"))
    facts, _, _, _ = read(data, CAMPAIGN, tmp_path)
    assert {i: (facts[i].value, facts[i].proposal) for i in typed} == {i: (None, n) for i, n in typed.items()}


@pytest.mark.parametrize(
    ("lines", "named"), [(("1",), []), (("1", "2"), []), (("5",), ["5"]), (("1", "5"), ["1", "5"])]
)
def test_lines_that_count_the_pages_are_no_figures(tmp_path: Path, lines: tuple[str, ...], named: list[str]) -> None:
    added = "".join(map(paragraph, lines))
    data = form_file(CAMPAIGN, {BLANK: "12"}, edit=lambda x: x.replace("</w:tbl>", "</w:tbl>" + added, 1))
    _, _, _, (submission,) = read(data, CAMPAIGN, tmp_path)
    assert [f.found for f in submission.findings if f.rule == "text_after_form"] == named
