"""What a cell shows beside what it stores: formats with words, struck-through text, cells without names, other dialects."""

from __future__ import annotations

import io
import re
import time
import zipfile
from collections.abc import Callable

import openpyxl
import pytest
import xlwt
from openpyxl.styles import Font, PatternFill

from etl.catalog import load_catalog
from etl.collected.table import read_collected
from etl.document import CellValue, Document, Workbook
from etl.form.identity import Source
from etl.guard.package import open_package
from etl.read.html import read_html
from etl.read.number_format import format_kind, shown
from etl.read.xls import read_xls
from etl.read.xlsx import read_xlsx
from tests.faults.test_bad_files import repacked, workbook


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ('0"万"', "30000万"),
        ("0\\万", "30000万"),
        ("0万", "30000万"),
        ('#,##0.0"万人次"', "30000万人次"),
        ('"约"0', "约30000"),
        ('0"余"', "30000余"),
        ('General"万"', "30000万"),
        ('0!.0,"万"', "3万"),  # shows 30000 as 3.0万: what is stored is meant
        ('0\\.0,"万"', "3万"),
        ('0.0,"千"', "3万"),
        ('0"场"', None),
        ("#,##0,", "3万"),
        ('0;-0;"无"', None),
        ('_ * #,##0_ ;_ * -#,##0_ ;_ * "-"??_ ;_ @_ ', None),
        ('m"月"d"日"', None),
        ("[" * 100_000, None),
    ],
)
def test_words_of_a_number_format(code: str, said: str | None) -> None:
    assert shown(30000, code) == said


@pytest.mark.parametrize(
    ("number", "code", "kind"),
    [
        (164, 'm"月"d"日"', "date"),
        (164, "aaaa", "date"),
        (164, "[$-804]aaaa", "date"),
        (164, "[ss]", "date"),
        (164, "General", ""),
        (14, None, "date"),
        (9, None, "percent"),
        (164, "0.0%", "percent"),
        (164, "0", ""),
    ],
)
def test_kinds_of_number_formats(number: int, code: str | None, kind: str) -> None:
    assert format_kind(number, code) == kind


def old_workbook(code: str, value: float) -> bytes:
    book = xlwt.Workbook(encoding="utf-8")
    style = xlwt.easyxf(num_format_str=code)
    book.add_sheet("a").write(0, 0, value, style)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def new_workbook(code: str, value: float) -> bytes:
    def change(book: openpyxl.Workbook) -> None:
        book.worksheets[0]["A1"] = value
        book.worksheets[0]["A1"].number_format = code

    return workbook(change)


@pytest.mark.parametrize(
    ("code", "stored", "read"),
    [
        ('0"万"', 3, "3万"),
        ('0!.0,"万"', 30000, "3万"),
        ('0"余"', 300, "300余"),
        ('0"场"', 12, 12.0),
        ("0%", 0.5, "50%"),
    ],
)
def test_a_number_is_read_as_it_is_shown(code: str, stored: float, read: CellValue) -> None:
    assert read_xlsx(open_package(new_workbook(code, stored))).sheets[0].rows[0][0] == read
    assert read_xls(old_workbook(code, stored)).sheets[0].rows[0][0] == read


def sheet_of(xml: str, *, strict: bool = False) -> bytes:
    """A workbook whose one sheet holds this XML behind <sheetData>."""
    good = workbook(lambda book: None)
    with zipfile.ZipFile(io.BytesIO(good)) as archive:
        parts = {n: archive.read(n) for n in archive.namelist() if n.endswith(".xml")}
    old = parts["xl/worksheets/sheet1.xml"].decode()
    parts["xl/worksheets/sheet1.xml"] = re.sub("<sheetData>.*</sheetData>", xml, old, flags=re.DOTALL).encode()
    if strict:
        transitional = re.compile(rb"http://schemas\.openxmlformats\.org/(spreadsheetml|officeDocument)/2006/")
        parts = {n: transitional.sub(rb"http://purl.oclc.org/ooxml/\1/", data) for n, data in parts.items()}
    return repacked(good, parts)


def cells(*texts: str) -> str:
    return "".join(f'<c t="inlineStr"><is><t>{t}</t></is></c>' if t else "<c/>" for t in texts)


@pytest.mark.parametrize("numbered", [True, False])
def test_cells_and_rows_without_names_stand_in_their_order(numbered: bool) -> None:
    rows = [("a", "b", "c"), ("d", "", "e"), ("", "f", "")]
    names = [f'<row r="{n}">' if numbered else "<row>" for n in range(1, 4)]
    xml = "".join(f"{name}{cells(*row)}</row>" for name, row in zip(names, rows, strict=True))
    read = read_xlsx(open_package(sheet_of(f"<sheetData>{xml}</sheetData>"))).sheets[0].rows
    assert read == (("a", "b", "c"), ("d", None, "e"), (None, "f", None))


def test_cells_stand_where_their_names_say() -> None:
    xml = (
        '<row r="1"><c r="A1"><v>1</v></c><c r="C1"><v>2</v></c><c r="D1"><v>3</v></c></row>'
        '<row r="2"><c r="B4"><v>4</v></c><c r="C2"><v>5</v></c><c r="D2"><v>6</v></c><c><v>7</v></c></row>'
        '<row><c r="A3"><v>8</v></c><c r="A3"><v>9</v></c></row><c r="D3"><v>10</v></c>'
    )
    read = read_xlsx(open_package(sheet_of(f"<sheetData>{xml}</sheetData>"))).sheets[0].rows
    assert read == (
        (1, None, 2, 3, None),
        (None, None, 5, 6, 7),
        ("8 / 9", None, None, 10, None),
        (None, 4, None, None, None),
    )


def test_a_cell_s_name_decides_and_not_the_row_around_it() -> None:
    xml = '<row r="1"><c r="A1"><v>1</v></c></row><row r="2"><c r="A1"><v>2</v></c><c r="B2"><v>3</v></c></row>'
    book = read_xlsx(open_package(sheet_of(f'<sheetData>{xml}<row r="3"><c r="A"><v>4</v></c></row></sheetData>')))
    assert book.sheets[0].rows == (("1 / 2", None), (None, 3))  # two cells of one name: neither counts
    assert book.remarks == (("cell_misnamed", "Sheet!A = 4"),)


def test_many_cells_of_one_name_take_no_time() -> None:
    xml = '<row r="1">' + "".join(f'<c r="A1"><v>{n}</v></c>' for n in range(60_000)) + "</row>"
    started = time.process_time()
    (row,) = read_xlsx(open_package(sheet_of(f"<sheetData>{xml}</sheetData>"))).sheets[0].rows
    assert str(row[0]).startswith("0 / 1 / 2 / ") and len(str(row[0])) < 200
    assert time.process_time() - started < 5


def test_the_strict_dialect_says_the_same() -> None:
    xml = f'<sheetData><row r="1">{cells("城区")}<c><v>7</v></c></row></sheetData>'
    assert read_xlsx(open_package(sheet_of(xml, strict=True))).sheets[0].rows == (("城区", 7.0),)


def test_cells_with_names_that_make_no_sense_are_noted_and_not_read() -> None:
    for row, rule in (
        ('<row r="9999999999"><c><v>1</v></c></row>', "far_number"),
        ('<row r="2"><c r="ZZZZ9"><v>1</v></c></row>', "cell_misnamed"),
        ('<row r="2"><c r="XFE2"><v>1</v></c></row>', "cell_misnamed"),
    ):
        book = read_xlsx(open_package(sheet_of(f'<sheetData><row r="1">{cells("x")}</row>{row}</sheetData>')))
        assert book.sheets[0].rows == (("x",),)
        assert [said for said, _ in book.remarks] == [rule]


@pytest.mark.parametrize("name", ["b2", "$B$2", "B2 "])
def test_other_ways_to_write_a_cell_s_name(name: str) -> None:
    xml = f'<row r="1">{cells("x")}</row><row r="2"><c r="{name}"><v>1</v></c></row>'
    assert read_xlsx(open_package(sheet_of(f"<sheetData>{xml}</sheetData>"))).sheets[0].rows[1] == (None, 1)


@pytest.mark.parametrize("content", ["1_000", "١"])
def test_what_only_a_parser_takes_for_a_number_is_a_text(content: str) -> None:
    xml = f'<row r="1"><c r="A1"><v>{content}</v></c></row>'
    assert read_xlsx(open_package(sheet_of(f"<sheetData>{xml}</sheetData>"))).sheets[0].rows == ((content,),)


def struck_in_xlsx() -> Workbook:
    runs = "<r><rPr><strike/></rPr><t>59</t></r><r><t>52</t></r>"
    return read_xlsx(open_package(sheet_of(f'<sheetData><row><c t="inlineStr"><is>{runs}</is></c></row></sheetData>')))


@pytest.mark.parametrize("look", ['<color rgb="FFFFFFFF"/>', '<color theme="0"/>', '<sz val="1"/>'])
def test_a_part_of_a_cell_that_nobody_sees_is_no_part_of_its_number(look: str) -> None:
    runs = f"<r><rPr>{look}</rPr><t>800</t></r><r><t>600</t></r>"
    book = read_xlsx(open_package(sheet_of(f'<sheetData><row><c t="inlineStr"><is>{runs}</is></c></row></sheetData>')))
    assert book.sheets[0].rows == (("600",),)
    assert [rule for rule, _ in book.remarks] == ["struck_text"]
    # A head that is white throughout stands on a ground of its own.
    runs = f"<r><rPr>{look}</rPr><t>六月16日</t></r><r><rPr>{look}</rPr><t>咨询</t></r>"
    book = read_xlsx(open_package(sheet_of(f'<sheetData><row><c t="inlineStr"><is>{runs}</is></c></row></sheetData>')))
    assert book.sheets[0].rows == (("六月16日咨询",),)


def test_control_characters_that_programs_wrote_out_are_read() -> None:
    book = read_xlsx(
        open_package(
            sheet_of(
                f"<sheetData><row>{cells('咨询活动_x000D_&#10;（场）', '600_x0009_', '_x005F_x')}</row></sheetData>"
            )
        )
    )
    assert book.sheets[0].rows == (("咨询活动\r\n（场）", "600\t", "_x"),)


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        ("<select><option>800<option selected>600</select>", "600"),
        ("<select><option>800<option>600</select>", "\ufffd"),  # nobody can tell
        ("<select><option>请选择<option>是</select>", ""),
        ('<input type="hidden" value="800">600', "600"),
        ('<input value="600">', "600"),
        ("<ruby>600<rp>(</rp><rt>800</rt><rp>)</rp></ruby>", "600"),
        ('<span style="opacity:0">800</span>600', "600"),
        ('<span style="opacity:0.9">600</span>', "600"),
        ('<span style="position:absolute;left:-9999px">800</span>600', "600"),
    ],
)
def test_what_a_page_shows_in_a_cell(cell: str, read: str) -> None:
    page = f"<table><tr><td>活动项目</td><td>进展情况</td></tr><tr><td>咨询</td><td>x{cell}</td></tr></table>"
    found = read_html(page)
    assert isinstance(found, Document)
    assert f"x{read}" == found.text.split("\t")[-1]


def struck_font_in_xlsx() -> Workbook:
    def change(book: openpyxl.Workbook) -> None:
        book.worksheets[0]["B1"] = "52"
        book.worksheets[0]["A1"].font = Font(strike=True)

    read = read_xlsx(open_package(workbook(change, rows=[[59]])))
    return Workbook((read.sheets[0],), read.remarks)


def struck_in_xls() -> Workbook:
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("a")
    font = xlwt.Font()
    font.struck_out = True
    sheet.write_rich_text(0, 0, [("59", font), "52"])
    sheet.write(0, 1, 33, xlwt.easyxf("font: struck_out on"))
    out = io.BytesIO()
    book.save(out)
    return read_xls(out.getvalue())


def struck_in_page(cell: str) -> Callable[[], Workbook]:
    def read() -> Workbook:
        style = "<style>.x1, .x2 {text-decoration:line-through}</style>"
        rows = "".join(f"<tr><td>城区</td>{cell}<td>1</td><td>2</td></tr>" for _ in range(3))
        book = read_html(f"<html>{style}<table>{rows}</table></html>")
        assert isinstance(book, Workbook)
        return Workbook(tuple(type(s)(s.name, ((s.rows[0][1],),)) for s in book.sheets), book.remarks)

    return read


@pytest.mark.parametrize(
    ("read", "left"),
    [
        (struck_in_xlsx, "52"),
        (struck_in_xls, "52"),
        (struck_in_page("<td><s>59</s>52</td>"), "52"),
        (struck_in_page("<td><del>59</del>52</td>"), "52"),
        (struck_in_page('<td><span style="text-decoration: line-through">59</span>52</td>'), "52"),
        (struck_in_page('<td class="x1">59</td>'), None),
        (struck_in_page('<td><font class="x2">59</font>52</td>'), "52"),
        (struck_font_in_xlsx, None),
    ],
)
def test_struck_through_text_is_no_value_and_is_noted(read: Callable[[], Workbook], left: str | None) -> None:
    book = read()
    assert book.sheets[0].rows[0][0] == left
    assert "struck_text" in {rule for rule, _ in book.remarks}


def test_a_struck_cell_of_an_old_workbook_is_empty() -> None:
    assert struck_in_xls().sheets[0].rows[0][1] is None


def test_a_list_of_blanks_in_a_page_is_a_table() -> None:
    catalog = load_catalog()
    head = "<tr><td>填报单位：{}</td></tr><tr><td>活动项目</td><td>指标</td><td>数量</td></tr>"
    rows = "<tr><td>学习</td><td>公开课、大家谈、班组会（场）</td><td>{}</td></tr><tr><td></td><td>集中曝光突出问题（个）</td><td>{}</td></tr>"
    page = "".join(
        f"<table>{head}{rows}</table>".format(*said) for said in (("城区", "3", "5"), ("高平市", "2", "7万"))
    )
    book = read_html(f"<html>{page}</html>")
    assert isinstance(book, Workbook)
    source = Source("a.xls", "0" * 64, "html", catalog.campaigns["jincheng-2022"])
    read = {(f.unit_id, f.indicator_id): f.value for s in read_collected(catalog, source, book) for f in s.facts}
    assert (read["140502", "lecture_sessions"], read["140502", "problems_exposed"]) == (3.0, 5.0)
    assert (read["140581", "lecture_sessions"], read["140581", "problems_exposed"]) == (2.0, 70000.0)


WHITE = [("FFFFFFFF", None), ("FFFF0000", "FFFF0000")]
SEEN = [("FFFFFFFF", "FF1F4E79"), ("FF000000", None), ("FFFF0000", "FFFFFFFF")]


@pytest.mark.parametrize(("ink", "ground", "is_seen"), [*((*w, False) for w in WHITE), *((*s, True) for s in SEEN)])
def test_a_figure_in_the_colour_of_its_ground_is_no_answer(ink: str, ground: str | None, is_seen: bool) -> None:
    def change(book: openpyxl.Workbook) -> None:
        cell = book.worksheets[0]["B2"]
        cell.value, cell.font = 77, Font(color=ink)
        if ground:
            cell.fill = PatternFill("solid", fgColor=ground)

    read = read_xlsx(open_package(workbook(change)))
    assert (read.sheets[0].rows[1][1] == 77.0) == is_seen
    assert [p for rule, p in read.remarks if rule == "hidden_text"] == (
        [] if is_seen else [f"{read.sheets[0].name}!B2\t77"]
    )


@pytest.mark.parametrize(
    ("font", "typed", "left"), [("Wingdings", 77, None), ("Webdings", "12场", None), ("Wingdings 2", "P", "P")]
)
def test_a_figure_in_a_font_of_pictures_is_no_answer(font: str, typed: object, left: object) -> None:
    def change(book: openpyxl.Workbook) -> None:
        book.worksheets[0]["B2"].value, book.worksheets[0]["B2"].font = typed, Font(name=font)

    read = read_xlsx(open_package(workbook(change)))
    assert read.sheets[0].rows[1][1] == left
    assert ["hidden_text"] * (left is None) == [rule for rule, _ in read.remarks]


def test_an_old_workbook_hides_figures_too_and_a_format_without_words_shows_none() -> None:
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("a")
    sheet.write(0, 0, 12, xlwt.easyxf("font: colour white"))
    sheet.write(0, 1, 13, xlwt.easyxf("font: colour white; pattern: pattern solid, fore_colour dark_blue"))
    sheet.write(0, 2, 14, xlwt.easyxf(num_format_str=";;;"))
    sheet.write(0, 3, "heads", xlwt.easyxf("font: colour white"))
    sheet.write(0, 4, 15)
    out = io.BytesIO()
    book.save(out)
    read = read_xls(out.getvalue())
    assert read.sheets[0].rows[0] == (None, 13.0, None, "heads", 15.0)
    assert [r for r in read.remarks if r[0] == "hidden_text"] == [
        ("hidden_text", "a!A1\t12"),
        ("hidden_text", "a!C1\t14"),
    ]


def test_a_page_hides_figures_white_on_white() -> None:
    page = """<html><style>.w{color:white} .d{background:#1F4E79}</style><table><tr><td>区县</td><td>次数</td><td>场次</td></tr>
    <tr><td>渝北区</td><td>7<span style="color:#FFF">1</span></td><td class="w">9</td></tr>
    <tr class="d"><td>江北区</td><td class="w">8</td><td style="display:none">3</td></tr></table></html>"""
    read = read_html(page)
    assert isinstance(read, Workbook)
    assert [r[:3] for r in read.sheets[0].rows[1:]] == [("渝北区", "7", None), ("江北区", "8", None)]
    assert {words for rule, words in read.remarks if rule == "hidden_text"} == {"1", "9", "3"}


def page_cell(cell: str, head: str = "") -> tuple[object, set[tuple[str, str]]]:
    """What a cell of a page says, and what was left out of the page."""
    rows = "".join(f"<tr><td>{u}</td><td>{c}</td><td>1</td></tr>" for u, c in (("渝北区", cell), ("江北区", "3")))
    read = read_html(f"<html>{head}<table><tr><td>区县</td><td>次数</td><td>场次</td></tr>{rows}</table></html>")
    assert isinstance(read, Workbook)
    return read.sheets[0].rows[1][1], set(read.remarks)


@pytest.mark.parametrize(
    "look",
    [
        '<font color="white">{}</font>',
        '<font color="#FFFFFF">{}</font>',
        '<font color="#FEFEFE">{}</font>',
        '<span style="color:rgb(255, 255, 255)">{}</span>',
        '<span style="color:white;background:#ffffff">{}</span>',
        '<span style="color:#000;background:black">{}</span>',
        '<span style="color:transparent">{}</span>',
        '<span style="font-size:0">{}</span>',
        '<span style="font-size: 0.0pt">{}</span>',
        '<span style="visibility:hidden">{}</span>',
        '<span style="display:none">{}</span>',
        "<span hidden>{}</span>",
        '<span class="w">{}</span>',
    ],
)
def test_what_a_page_does_not_show_is_left_out_and_named(look: str) -> None:
    said, left = page_cell(f"7{look.format('9')}", "<style>.w{font-size:0px}</style>")
    assert said == "7"
    assert left == {("hidden_text", "9")}


@pytest.mark.parametrize(
    "look",
    [
        '<span style="font-size:0.9em">{}</span>',
        '<span style="font:400 12px/1 serif">{}</span>',
        '<span style="visibility:visible">{}</span>',
        '<font color="red">{}</font>',
        '<span style="color:white;background-color:#1F4E79">{}</span>',
        '<div style="font-size:0"><span style="font-size:14px">{}</span></div>',
        '<div style="visibility:hidden"><b style="visibility:visible">{}</b></div>',
    ],
)
def test_what_a_page_shows_counts(look: str) -> None:
    assert page_cell(look.format("9")) == ("9", set())


def test_what_is_shown_again_inside_hidden_text_counts_alone() -> None:
    said, left = page_cell('<div style="font-size:0">5<span style="font-size:14px">9</span>6</div>')
    assert said == "9"
    assert left == {("hidden_text", "56")}


@pytest.mark.parametrize("tag", ["s", "strike", "del"])
def test_struck_text_inside_struck_text_is_named_once(tag: str) -> None:
    said, left = page_cell(f'<{tag}>4<span style="text-decoration:line-through">0</span></{tag}>35')
    assert (said, left) == ("35", {("struck_text", "40")})


@pytest.mark.parametrize(
    "mark",
    [
        "<sup>1</sup>",
        "<sub>1</sub>",
        '<span style="vertical-align:super">1</span>',
        '<span style="mso-text-raise:3.0pt">1</span>',
    ],
)
def test_a_raised_figure_of_a_page_is_no_part_of_a_number(mark: str) -> None:
    assert page_cell(f"500{mark}")[0] == "500^1"
    prose = read_html(f"<html><p>参与500{mark}人次</p></html>")
    assert isinstance(prose, Document)
    assert prose.text.strip() == "参与500^1人次"
