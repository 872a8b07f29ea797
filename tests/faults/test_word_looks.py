"""What the look of typed text says: struck, hidden, raised, underlined; ticks made in every way Word has."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import datetime
from functools import lru_cache
from pathlib import Path

import pytest

from etl.blank.docx import write_docx
from etl.blank.fill import fill_progress
from etl.catalog import Catalog, load_catalog
from etl.facts import Submission
from etl.files.intake import Job
from etl.read_file import read_job

FORM, CAMPAIGN, UNIT = "chongqing-2021", "chongqing-2021", "渝北区"
COUNT, FLAG = "theory_group_sessions", "feature_film_studied"


@lru_cache(maxsize=1)
def catalog() -> Catalog:
    return load_catalog()


def run(text: str, look: str = "") -> str:
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def symbol(font: str, code: str) -> str:
    return f'<w:r><w:sym w:font="{font}" w:char="{code}"/></w:r>'


def field(instruction: str) -> str:
    parts = ("begin", f'<w:r><w:instrText xml:space="preserve">{instruction}</w:instrText></w:r>', "end")
    return "".join(p if p.startswith("<") else f'<w:r><w:fldChar w:fldCharType="{p}"/></w:r>' for p in parts)


def box(is_checked: bool) -> str:
    data = f'<w:ffData><w:checkBox><w:sizeAuto/><w:default w:val="{int(is_checked)}"/></w:checkBox></w:ffData>'
    return f'<w:r><w:fldChar w:fldCharType="begin">{data}</w:fldChar></w:r>' + (
        '<w:r><w:instrText> FORMCHECKBOX </w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def shown_field(instruction: str, result: str) -> str:
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'.format
    return f"{mark('begin')}{run('99')}<w:r><w:instrText>{instruction}</w:instrText></w:r>{mark('separate')}{run(result)}{mark('end')}"


def drop_down(*entries: str) -> str:
    listed = "".join(f'<w:listEntry w:val="{e}"/>' for e in entries)
    data = f'<w:ffData><w:ddList><w:result w:val="1"/>{listed}</w:ddList></w:ffData>'
    return f'<w:r><w:fldChar w:fldCharType="begin">{data}</w:fldChar></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'


def alternatives(choice: str, fallback: str) -> str:
    names = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    return f"<w:r><mc:AlternateContent {names}><mc:Choice>{choice}</mc:Choice><mc:Fallback>{fallback}</mc:Fallback></mc:AlternateContent></w:r>"


def formula(inner: str) -> str:
    return f'<m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math">{inner}</m:oMath>'


MATH_100 = "<m:r><m:t>100</m:t></m:r>"

STRIKE, HIDDEN, RAISED, LINE = (
    "<w:strike/>",
    "<w:vanish/>",
    '<w:vertAlign w:val="superscript"/>',
    '<w:u w:val="single"/>',
)


def read(tmp_path: Path, marked: str, replacement: str, unit: str = UNIT, name: str = "form.docx") -> Submission:
    """A filled form whose stretch `marked` was replaced by runs, read like any file."""
    form = catalog().forms[FORM]
    progress = [fill_progress(a, {COUNT: "@@", FLAG: ""} if a.position == 1 else {}) for a in form.activities]
    data = write_docx(form, progress, {"reporting_unit": unit, "report_date": "2021年7月1日"})
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as package, zipfile.ZipFile(out, "w") as target:
        for item in package.namelist():
            part = package.read(item)
            if item == "word/document.xml":
                text = part.decode()
                assert marked in text, marked
                text = text.replace(marked, f'</w:t></w:r>{replacement}<w:r><w:t xml:space="preserve">', 1)
                part = text.replace("@@", "7").encode()
            if item == "word/styles.xml":
                gone = '<w:style w:type="character" w:styleId="Gone"><w:rPr><w:strike/></w:rPr></w:style>'
                part = part.decode().replace("</w:styles>", f"{gone}</w:styles>").encode()
            target.writestr(item, part)
    path = tmp_path / name
    path.write_bytes(out.getvalue())
    (submission,) = read_job(catalog(), Job(path, name, CAMPAIGN, datetime(2021, 7, 1), is_sample=False))
    return submission


def value(submission: Submission, indicator: str) -> tuple[str, float | None]:
    fact = next(f for f in submission.facts if f.indicator_id == indicator)
    return fact.state, fact.value


def rules(submission: Submission) -> set[str]:
    return {f.rule for f in submission.findings}


COUNTS = [
    ("struck number replaced", run("90", STRIKE) + run("100"), ("reported", 100.0), "struck_text"),
    ("double strike", run("90", "<w:dstrike/>") + run("100"), ("reported", 100.0), "struck_text"),
    ("strike switched off", run("100", '<w:strike w:val="0"/>'), ("reported", 100.0), None),
    ("hidden number", run("9", HIDDEN) + run("100"), ("reported", 100.0), "hidden_text"),
    ("only struck", run("90", STRIKE), ("not_filled", None), "struck_text"),
    ("raised note mark", run("100") + run("1", RAISED), ("unreadable", None), "not_a_number"),
    ("unknown sign inside", run("10") + symbol("Webdings 9", "F0D6"), ("unreadable", None), "not_a_number"),
    ("underlined number", run(" 100 ", LINE), ("reported", 100.0), None),
    ("half underlined", run("1") + run("00 ", LINE), ("reported", 100.0), None),
    (
        "note mark lifted by hand",
        run("100") + run("1", '<w:position w:val="12"/>'),
        ("unreadable", None),
        "not_a_number",
    ),
    ("white", run("9", '<w:color w:val="FFFFFF"/>') + run("100"), ("reported", 100.0), "hidden_text"),
    ("struck by its style", run("9", '<w:rStyle w:val="Gone"/>') + run("100"), ("reported", 100.0), "struck_text"),
    (
        "struck style switched off",
        run("100", '<w:rStyle w:val="Gone"/><w:strike w:val="0"/>'),
        ("reported", 100.0),
        None,
    ),
    ("field with a result", shown_field(" =SUM(1,2) ", "100"), ("reported", 100.0), None),
    ("chosen of a list", drop_down("0", "100"), ("reported", 100.0), None),
    ("circled by a field", field(r" EQ \o\ac(○,9) "), ("unreadable", None), "not_a_number"),
    (
        "ruby",
        f"<w:r><w:ruby><w:rt>{run('9')}</w:rt><w:rubyBase>{run('100')}</w:rubyBase></w:ruby></w:r>",
        ("reported", 100.0),
        None,
    ),
    ("equation", formula(MATH_100), ("reported", 100.0), None),
    (
        "fraction",
        formula(f"<m:f><m:num>{MATH_100}</m:num><m:den>{MATH_100}</m:den></m:f>"),
        ("unreadable", None),
        "not_a_number",
    ),
    ("two drawings of one text", alternatives("<w:t>100</w:t>", "<w:t>100</w:t>"), ("reported", 100.0), None),
    ("only the old drawing has it", alternatives("<w:drawing/>", "<w:t>100</w:t>"), ("reported", 100.0), None),
    ("a remark inside", "<w:r><w:t>1<!-- x -->0<?y z?>0</w:t></w:r>", ("reported", 100.0), None),
    ("shown from right to left", f'<w:bdo w:val="rtl">{run("21")}</w:bdo>', ("unreadable", None), "not_a_number"),
    (
        "said to be the prompt",
        f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{run('100')}</w:sdtContent></w:sdt>",
        ("unreadable", None),
        "not_a_number",
    ),
    ("digits as symbols", "".join(symbol("宋体", f"F03{d}") for d in "100"), ("reported", 100.0), None),
]


@pytest.mark.parametrize(("case", "runs", "expected", "rule"), COUNTS, ids=[c[0] for c in COUNTS])
def test_a_number_is_what_its_reader_sees(
    tmp_path: Path, case: str, runs: str, expected: tuple[str, float | None], rule: str | None
) -> None:
    submission = read(tmp_path, "@@", runs)
    assert value(submission, COUNT) == expected, case
    assert rule is None or rule in rules(submission) or expected[0] == "unreadable", rules(submission)
    if expected[0] == "unreadable":
        assert any(f.indicator_id == COUNT for f in submission.findings)


TICKS = [
    ("overlay field", field(r" EQ \o\ac(□,√)") + run("是 □否"), 1.0),
    ("overlay field on no", run("□是 ") + field(r"EQ \o\ac(□,√)") + run("否"), 0.0),
    ("legacy boxes", box(True) + run("是 ") + box(False) + run("否"), 1.0),
    ("legacy boxes no", box(False) + run("是 ") + box(True) + run("否"), 0.0),
    ("symbol font radical", symbol("Symbol", "F0D6") + run("是 □否"), 1.0),
    ("Wingdings ticked box", symbol("Wingdings", "F0FE") + run("是 □否"), 1.0),
    ("underlined yes", run("□") + run("是", LINE) + run(" □否"), 1.0),
    ("struck no", run("是") + run("否", STRIKE), 1.0),
]


@pytest.mark.parametrize(("case", "runs", "expected"), TICKS, ids=[c[0] for c in TICKS])
def test_a_tick_made_in_any_way_is_a_tick(tmp_path: Path, case: str, runs: str, expected: float) -> None:
    submission = read(tmp_path, "□是□否", runs)
    assert value(submission, FLAG) == ("reported", expected), case


def test_a_struck_word_between_two_boxes_is_withheld(tmp_path: Path) -> None:
    submission = read(tmp_path, "□是□否", run("□是 □") + run("否", STRIKE))
    assert value(submission, FLAG)[0] == "unreadable"
    assert "struck_text" in rules(submission)


PERSONS = [
    "渝北区某办 张三 13812345678",
    "渝北区某办 张三 138 1234 5678",
    "张三 023-67890123 zhang@x.cn",
    "渝北区 李四13812345678",
]


@pytest.mark.parametrize("header", PERSONS)
def test_a_person_in_the_header_is_not_kept(tmp_path: Path, header: str) -> None:
    submission = read(tmp_path, "@@", run("7"), unit=header)
    from etl.assemble import assemble

    words = " ".join(
        f"{f.found} {f.expected} {f.message_zh} {f.message_en}" for f in assemble(catalog(), [submission]).findings
    )
    for secret in ("张三 ", "李四", "12345678", "1234 5678", "67890123", "zhang@"):
        assert secret not in words, words


NAMES = [
    ("渝北区安全生产月统计表.docx", "500112"),
    ("2021年渝北区应急局报送(最终版).docx", "500112"),
    ("巴南区接龙镇.docx", None),
    ("渝北区教委统计表.docx", None),
    ("关于转发渝北区经验的通知.docx", None),
]


@pytest.mark.parametrize(("name", "unit_id"), NAMES)
def test_a_unit_is_taken_from_a_file_name_only_where_nothing_else_stands_in_it(
    tmp_path: Path, name: str, unit_id: str | None
) -> None:
    submission = read(tmp_path, "@@", run("7"), unit="", name=name)
    assert submission.unit_id == unit_id
    # A name that holds a unit's as its department's or town's is quoted; else the blank is called blank.
    assert rules(submission) & ({"unit_inferred"} if unit_id else {"unit_blank", "unit_unresolved"})


def picture(where: str = "inline") -> str:
    names = (
        'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
        'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    )
    return f"<w:r><w:drawing><wp:{where} {names}><a:graphic><a:blip/></a:graphic></wp:{where}></w:drawing></w:r>"


def test_a_picture_in_a_blank_is_no_empty_blank(tmp_path: Path) -> None:
    got = read(tmp_path, "@@", picture())
    assert value(got, COUNT) == ("unreadable", None)
    assert [f.rule for f in got.findings if f.indicator_id == COUNT] == ["not_a_number"]


def test_a_picture_beside_empty_blanks_is_named(tmp_path: Path) -> None:
    got = read(tmp_path, "@@", run("7"))
    assert "picture_in_blank" not in rules(got)
    got = read(tmp_path, "□是", picture() + run("□是"), name="b.docx")
    assert value(got, COUNT) == ("reported", 7.0)
    assert [f.found for f in got.findings if f.rule == "picture_in_blank"] == ["表1行2列3"]


def test_a_picture_beside_a_typed_number_changes_nothing(tmp_path: Path) -> None:
    assert value(read(tmp_path, "@@", picture("anchor") + run("100")), COUNT) == ("reported", 100.0)


MARK = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'


def separated(instruction: str, result: str = "") -> str:
    code = f'<w:r><w:instrText xml:space="preserve">{instruction}</w:instrText></w:r>'
    return MARK.format("begin") + code + MARK.format("separate") + result + MARK.format("end")


@pytest.mark.parametrize("make", [field, separated])
def test_an_eq_tick_without_a_result_is_read_by_its_instructions(tmp_path: Path, make: Callable[[str], str]) -> None:
    got = read(tmp_path, "□是", make(" eq \\o\\ac(□,√)") + run("是"))
    assert value(got, FLAG) == ("reported", 1.0)


@pytest.mark.parametrize("make", [field, separated])
@pytest.mark.parametrize("typed", [" =800+400 ", " =SUM(LEFT) "])
def test_a_formula_field_without_a_result_is_withheld(tmp_path: Path, make: Callable[[str], str], typed: str) -> None:
    got = read(tmp_path, "@@", make(typed))
    assert value(got, COUNT) == ("unreadable", None)
    assert [f.rule for f in got.findings if f.indicator_id == COUNT] == ["field_without_result"]
    shown = read(tmp_path, "@@", separated(typed, run("1200")), name="b.docx")
    assert value(shown, COUNT) == ("reported", 1200.0)


OWN_GROUNDS = (
    '<w:shd w:val="clear" w:fill="000000"/>',
    '<w:color w:val="000000"/><w:shd w:val="clear" w:color="auto" w:fill="000000"/>',
    '<w:highlight w:val="black"/>',
    '<w:color w:val="FFFF00"/><w:highlight w:val="yellow"/>',
    '<w:color w:val="FF0000"/><w:shd w:val="clear" w:fill="F00000"/>',
)


@pytest.mark.parametrize("look", OWN_GROUNDS)
def test_digits_in_the_colour_of_their_ground_are_only_proposed(tmp_path: Path, look: str) -> None:
    found = read(tmp_path, "@@", run("77", look))
    fact = next(f for f in found.facts if f.indicator_id == COUNT)
    assert (fact.value, fact.proposal) == (None, "77")


@pytest.mark.parametrize("look", ['<w:highlight w:val="yellow"/>', '<w:color w:val="FF0000"/><w:highlight w:val="yellow"/>', '<w:color w:val="FFFFFF"/><w:shd w:val="clear" w:fill="000000"/>'])  # fmt: skip
def test_a_marker_under_a_number_is_no_fault(tmp_path: Path, look: str) -> None:
    found = read(tmp_path, "@@", run("77", look))
    assert next(f for f in found.facts if f.indicator_id == COUNT).value == 77
    assert not [f for f in found.findings if f.rule == "hidden_text"]


@pytest.mark.parametrize("font", ["Wingdings", "Wingdings 2", "Webdings"])
def test_digits_in_a_font_of_pictures_are_no_number(tmp_path: Path, font: str) -> None:
    look = f'<w:rFonts w:ascii="{font}" w:hAnsi="{font}"/>'
    found = read(tmp_path, "@@", run("77", look))
    fact = next(f for f in found.facts if f.indicator_id == COUNT)
    assert (fact.value, fact.proposal) == (None, "77")


def test_a_picture_between_digits_is_not_passed_over(tmp_path: Path) -> None:
    found = read(tmp_path, "@@", run("1") + symbol("Wingdings", "F035") + run("2"))
    assert next(f for f in found.facts if f.indicator_id == COUNT).value is None
