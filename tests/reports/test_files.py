"""The files themselves: office programs open them, text can't run, templates are filled, the snapshot works offline."""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from openpyxl import load_workbook
from pptx import Presentation

from dashboard.components.unit_choice import group_table
from dashboard.release import Database
from dashboard.reports.briefs import all_briefs, unit_brief
from dashboard.reports.data import ReportData, gather
from dashboard.reports.deck import make_deck
from dashboard.reports.docx import to_docx
from dashboard.reports.docx_style import tight
from dashboard.reports.html import safe_json, to_html
from dashboard.reports.making import make_report
from dashboard.reports.opening import CannotReport, view_of
from dashboard.reports.pptx import to_pptx
from dashboard.reports.stamp import Stamp
from dashboard.reports.template import fill_template
from dashboard.reports.words import contents
from dashboard.reports.xlsx import to_xlsx, workbook
from dashboard.running_order import SLIDE_ORDER
from dashboard.statements.duties import duties_in
from dashboard.tables import About, Cell, Column, Table
from tests.reports.reading import part, word_lines

ROOT = Path(__file__).resolve().parents[2]
QUERY = {"area": "chongqing", "year": "2022", "base": "2021"}
MAX_SNAPSHOT = 8 * 1024 * 1024


@pytest.fixture(scope="module")
def data(source: Database) -> ReportData:
    return gather(view_of(source, QUERY))


def to_pdf(content: bytes, name: str, folder: Path) -> pypdfium2.PdfDocument:
    """The file as LibreOffice shows it."""
    soffice = shutil.which("soffice")
    assert soffice, "LibreOffice is needed (see .ci/system-packages)"
    path = folder / name
    path.write_bytes(content)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    subprocess.run(
        [soffice, profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(path)],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    return pypdfium2.PdfDocument(path.with_suffix(".pdf"))


def pdf_text(pdf: pypdfium2.PdfDocument) -> str:
    return re.sub(r"\s", "", "".join(page.get_textpage().get_text_range() for page in pdf))


def test_word_opens_in_the_official_form(data: ReportData, tmp_path: Path) -> None:
    content = to_docx(data, {}, "render.no_browser")
    document = Document(io.BytesIO(content))
    section = document.sections[0]
    assert [round(v.mm) for v in (section.page_width, section.page_height, section.top_margin, section.left_margin)] == [
        210, 297, 37, 28,
    ]  # fmt: skip
    headings = [(p.style.name, p.text) for p in document.paragraphs if p.style.name.startswith("Heading")]
    assert headings[0] == ("Heading 1", "一、基本情况") and ("Heading 2", "（一）活动概况") in headings
    assert [text[0] for name, text in headings if name == "Heading 1"] == list("一二三四五")
    blanks = [p.text for p in document.paragraphs if p.text.startswith("【待补充")]
    assert len(blanks) >= 7
    assert len(document.tables) == len(data.annexes) >= 4 and all(
        t.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None for t in document.tables
    )
    missing = [p.text for p in document.paragraphs if "此处应有图" in p.text]
    assert len(missing) == len(data.charts)
    pdf = to_pdf(content, "report.docx", tmp_path)
    words = pdf_text(pdf)
    assert len(pdf) >= 6 and "存在问题" in words and "—1—" in words and "示例数据" in words


def test_slides_open(data: ReportData, tmp_path: Path) -> None:
    made = make_deck(data.view, SLIDE_ORDER)
    content = to_pptx(made, {}, "render.no_font")
    deck = Presentation(io.BytesIO(content))
    assert round(deck.slide_width / deck.slide_height, 3) == round(16 / 9, 3)
    pdf = to_pdf(content, "slides.pptx", tmp_path)
    assert len(pdf) == len(deck.slides) == 1 + len(made.screens) == 1 + len(SLIDE_ORDER)
    assert "报送单位" in pdf_text(pdf)


def test_workbook_opens_and_nothing_in_it_runs(data: ReportData, tmp_path: Path) -> None:
    pdf = to_pdf(to_xlsx(data), "tables.xlsx", tmp_path)
    assert "参与人次" in pdf_text(pdf)
    hostile = ("=1+1", "+cmd|' /C calc'!A0", "@SUM(A1)", "-2+3", "\t=1", "＝1")
    table = Table("=x", (Column("=head"),), tuple((Cell(text, text),) for text in hostile))
    stamp = Stamp("=words", "=n", "=d", "=r", "=s", About("=about", (("=a", "=b"),)))
    book = load_workbook(io.BytesIO(workbook(data.view, "=t", stamp, (table,), (("=l", "=d"),))))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value]
    assert all(cell.data_type == "s" for cell in cells)
    assert all(str(cell.value).startswith("'") for cell in book.worksheets[1]["A"])


@pytest.mark.parametrize(("area", "unit"), [("jincheng", "140502"), ("jincheng", "JC-KFQ"), ("chongqing", "500243")])
@pytest.mark.parametrize("lang", ["zh", pytest.param("en", marks=pytest.mark.slow)])
def test_the_fullest_briefs_are_one_page_and_say_what_is_owed(
    source: Database, tmp_path: Path, area: str, unit: str, lang: str
) -> None:
    view = view_of(source, {"area": area, "year": "2022" if area == "jincheng" else "2021", "lang": lang})
    content = unit_brief(view, unit)
    assert len(to_pdf(content, "brief.docx", tmp_path)) == 1
    lines = [p.text for p in Document(io.BytesIO(content)).paragraphs]
    owed = {u.unit_id: duties_in(view).owed_words(u) for u in duties_in(view).owing}
    label = view.t("reporting.missing.label")
    (line,) = [text for text in lines if text.startswith(label)]
    assert tight(view, owed.get(unit, view.t("present.nothing"))) in line


@pytest.mark.slow
def test_briefs_are_one_page_each(source: Database, tmp_path: Path) -> None:
    view = view_of(source, QUERY)
    with zipfile.ZipFile(io.BytesIO(all_briefs(view))) as archive:
        assert len(archive.namelist()) == 41
        first = archive.read(archive.namelist()[0])
    pdf = to_pdf(first, "brief.docx", tmp_path)
    assert len(pdf) == 1 and "万州区" in pdf_text(pdf)
    with pytest.raises(CannotReport):
        unit_brief(view, "999999")


def test_a_template_is_filled_and_keeps_its_looks(data: ReportData) -> None:
    template = Document()
    paragraph = template.add_paragraph("全市")
    for run in ("{{parti", "cipation.", "total}}", "。"):
        paragraph.add_run(run).bold = run == "。"
    template.add_table(1, 1).cell(0, 0).text = "{{reporting.reported}}/{{ reporting.expected }}"
    template.add_paragraph("{{body}}")
    template.add_paragraph("{{annex.1}}")
    template.add_paragraph("末尾")
    stream = io.BytesIO()
    template.save(stream)
    made = Document(io.BytesIO(fill_template(stream.getvalue(), data, {})))
    texts = [p.text for p in made.paragraphs]
    number = data.number("participation")
    assert number is not None and number.shown.replace("约", "") in texts[0] and texts[0].endswith("。")
    assert made.paragraphs[0].runs[-1].bold
    assert made.tables[0].cell(0, 0).text == f"{data.n_reported}/{len(data.reports)}"
    assert "一、基本情况" in texts and texts[-1] == "末尾" and len(made.tables) == 2
    assert not any("{{" in text for text in texts)


def test_places_in_text_boxes_and_on_first_pages_are_filled(data: ReportData) -> None:
    """Where official heads stand."""
    template = Document()
    section = template.sections[0]
    section.different_first_page_header_footer = True
    section.first_page_header.paragraphs[0].text = "{{area}}"
    box = (
        f'<w:pict {nsdecls("w")} xmlns:v="urn:schemas-microsoft-com:vml"><v:shape><v:textbox><w:txbxContent><w:p><w:r>'
        "<w:t>{{reporting.reported}}</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict>"
    )
    template.add_paragraph().add_run()._r.append(parse_xml(box))
    stream = io.BytesIO()
    template.save(stream)
    content = fill_template(stream.getvalue(), data, {})
    assert Document(io.BytesIO(content)).sections[0].first_page_header.paragraphs[0].text == data.view.area
    assert str(data.n_reported) in word_lines(content)[0] and "{{" not in part(content, "word/document.xml")


@pytest.mark.parametrize("content", [b"", b"no document", b"PK\x03\x04 broken"])
def test_what_is_no_template_is_refused(data: ReportData, content: bytes) -> None:
    with pytest.raises(CannotReport):
        fill_template(content, data, {})


@pytest.mark.parametrize("place", ["{{no.such}}", "{{参与人次}}", "{{Participation.Total}}"])
def test_an_unknown_place_is_named(data: ReportData, place: str) -> None:
    template = Document()
    template.add_paragraph(place)
    stream = io.BytesIO()
    template.save(stream)
    with pytest.raises(CannotReport) as refused:
        fill_template(stream.getvalue(), data, {})
    assert place in str(refused.value.values)


def test_the_snapshot_is_one_small_file_that_asks_for_nothing(source: Database) -> None:
    content = to_html(view_of(source, QUERY))
    assert len(content) <= MAX_SNAPSHOT
    text = content.decode("utf-8")
    assert not re.findall(r"""(?:src|href)\s*=\s*["']""", text)
    assert text.count('id="plotly"') == 1 and "default-src 'none'" in text
    assert "</script" not in safe_json({"a": "</script><script>alert(1)</script>"})


def test_slides_and_snapshot_follow_the_order_of_the_link(source: Database) -> None:
    view = view_of(source, QUERY | {"order": "quality,missing,map,hazards", "ground": "dark"})
    found = re.search(r'id="data" type="application/json">(.*?)</script>', to_html(view).decode("utf-8"), re.S)
    assert found is not None
    content = json.loads(found[1])
    assert content["ground"] == "dark"
    for lang in ("zh", "en"):
        assert [screen["key"] for screen in content[lang]["screens"]] == ["quality", "missing", "map", "hazards"]
    slides = Presentation(io.BytesIO(make_report(view, "pptx").content)).slides
    titles = [slide.shapes.title.text_frame.text for slide in list(slides)[1:]]
    zh = content["zh"]["screens"]
    assert titles == [screen["finding"] + screen["caveat"] for screen in zh]


def test_the_snapshot_holds_the_second_group(source: Database) -> None:
    groups = {"units": "500101,500102,500103", "vs": "500104,500106"}
    for query, is_there in ((QUERY | groups, True), (QUERY, False)):
        view = view_of(source, query)
        found = re.search(r'id="data" type="application/json">(.*?)</script>', to_html(view).decode("utf-8"), re.S)
        assert found is not None
        content = json.loads(found[1])
        for lang in ("zh", "en"):
            shown = [screen for screen in content[lang]["screens"] if screen["key"] == "groups"]
            assert bool(shown) == is_there
            if shown:
                table = group_table(replace(view, filters=replace(view.filters, lang=lang)))
                assert shown[0]["table"]["rows"] == [[cell.text for cell in row] for row in table.rows]
                assert ("大渡口" if lang == "zh" else "Dadukou") in content[lang]["stamp"]


def test_bars_of_slides_begin_at_zero(source: Database) -> None:
    deck = make_deck(view_of(source, QUERY | {"order": "quality,duties,bars,activities,hazards_bars"}), ())
    slides = Presentation(io.BytesIO(to_pptx(deck, {}))).slides
    axes = [shape.chart.value_axis for slide in slides for shape in slide.shapes if shape.has_chart]
    assert [axis.minimum_scale for axis in axes] == [0] * 6, "41 units lie in two columns; a single duty is a figure"
    assert 100 < axes[0].maximum_scale < 120, "the whole, and room for the number at its end"


def test_years_are_lines_to_edit_with_gaps(source: Database) -> None:
    deck = make_deck(view_of(source, QUERY | {"order": "history"}), ())
    (chart,) = [
        s.chart for slide in Presentation(io.BytesIO(to_pptx(deck, {}))).slides for s in slide.shapes if s.has_chart
    ]
    plot = chart.plots[0]
    assert list(plot.categories) == [str(year) for year in range(2020, 2027)] and len(plot.series) == 2
    shown = {series.name: list(series.values) for series in plot.series}
    asked = (
        "select year, form_id, t.value from measure_total t join campaign using (campaign_id)"
        " where jurisdiction_id = 'chongqing' and measure_id = 'participation' and t.value is not null"
    )
    rows = source.connection.execute(asked).fetchall()
    assert len(rows) == sum(value is not None for values in shown.values() for value in values) == 5
    assert len({form for _, form, _ in rows}) == 2
    for year, _, value in rows:
        (own,) = [values for name, values in shown.items() if str(year) in name]
        assert own[year - 2020] == pytest.approx(value)


def test_chinese_is_marked_as_mainland_chinese(data: ReportData) -> None:
    """Else programs set full stops and commas in the middle of the line, as in Taiwan."""
    styles = part(to_docx(data, {}), "word/styles.xml")
    assert set(re.findall(r'w:lang [^>]*w:eastAsia="([^"]*)"', styles)) == {"zh-CN"}
    slides = part(to_pptx(make_deck(data.view, SLIDE_ORDER), {}), "ppt/presentation.xml")
    assert set(re.findall(r' lang="([^"]*)"', slides)) == {"zh-CN"}


def test_a_map_shown_twice_is_shown_once(source: Database) -> None:
    view = view_of(source, QUERY | {"measure": "hazards_exposed", "order": "map,hazards,coverage"})
    assert [screen.key for screen in make_deck(view, SLIDE_ORDER).screens] == ["map", "coverage"]


@pytest.mark.parametrize(("name", "value"), [("kind", "zone"), ("units", "500101,500102"), ("activity", "")])
def test_a_screen_that_knows_no_filter_is_left_out_under_it(source: Database, name: str, value: str) -> None:
    choices = view_of(source, QUERY).choices
    value = value or next(a.activity_id for a in choices.activities_of(choices.campaign("chongqing", 2022)))
    order = {"order": "map,history,activities"}
    assert [s.key for s in make_deck(view_of(source, QUERY | order), ()).screens] == ["map", "history", "activities"]
    kept = [s.key for s in make_deck(view_of(source, QUERY | order | {name: value}), ()).screens]
    assert "history" not in kept and ("activities" in kept) == (name != "activity")


def test_screens_are_under_the_filters(source: Database) -> None:
    view = view_of(source, QUERY | {"kind": "zone", "order": "figures,missing,quality,duties"})
    deck = make_deck(view, SLIDE_ORDER)
    zones = [u for u in view.choices.units_of(view.campaign) if u.kind == "zone"]
    assert set(deck.units) == {zone.unit_id for zone in zones}
    assert f"{len(zones)} 个填报单位" in deck.reported
    (quality,) = [screen for screen in deck.screens if screen.key == "quality"]
    of = len(zones)
    starts = (f"{of} 份报表共", f"到期 {of} 份", f"{of} 个单位的", f"{of} 个单位的")
    assert all(rate.note.startswith(words) for rate, words in zip(quality.rates, starts, strict=True)), quality.rates
    assert [s.rates[0].shown.endswith(f"/ {len(zones)}") for s in deck.screens if s.key == "duties"] == [True]


def test_a_campaign_without_a_table_has_screens_of_its_reporting(source: Database) -> None:
    view = view_of(source, {"area": "jilin", "year": "2021"})
    deck = make_deck(view, SLIDE_ORDER)
    assert [screen.key for screen in deck.screens] == ["figures", "missing", "duties"]
    assert "11 个单位应报送" in deck.stamp.line and "参与人次" not in deck.stamp.line
    owed = source.connection.execute(
        "select count(distinct unit_id) from duty_status where campaign_id = 'jilin-2021' and state = 'missing' and"
        " unit_id in (select unit_id from roster where campaign_id = 'jilin-2021')"
    ).fetchone()
    assert owed is not None and len(deck.screens[1].lines) == owed[0]
    assert (
        make_report(view, "html").content
        and len(Presentation(io.BytesIO(make_report(view, "pptx").content)).slides) == 4
    )


def test_contents_list_what_is_in_it(data: ReportData) -> None:
    listed = contents(data)
    assert listed[0] == "一、基本情况" and any(line.strip().startswith("图1") for line in listed)


def command(releases: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "dashboard", *arguments], cwd=ROOT, capture_output=True, text=True, timeout=180, check=False,
        env=os.environ | {"ATLAS_RELEASES": str(releases)},
    )  # fmt: skip


def test_command_line(sample_releases: Path, tmp_path: Path) -> None:
    out = tmp_path / "t.xlsx"
    done = command(sample_releases, "report", "--campaign", "jincheng-2022", "--lang", "en", "--out", str(out))
    assert done.returncode == 0 and out.stat().st_size > 5000, done.stderr
    refused = command(sample_releases, "report", "--campaign", "nowhere-1999", "--out", str(out))
    assert refused.returncode == 1 and "没有活动" in refused.stderr and "No campaign" in refused.stderr
    empty = command(tmp_path, "report", "--campaign", "jincheng-2022", "--out", str(out))
    assert empty.returncode == 1 and "etl load" in empty.stderr
    wrong = command(sample_releases, "report", "--campaign", "jincheng-2022", "--out", str(tmp_path / "x.doc"))
    assert wrong.returncode == 2 and ".docx" in wrong.stderr
    assert command(sample_releases, "chart", "nonsense", "--campaign", "x", "--out", "a.png").returncode == 2
    page = tmp_path / "m.html"
    ordered = ("report", "--campaign", "jincheng-2022", "--order")
    made = command(sample_releases, *ordered, "notes,figures", "--ground", "dark", "--out", str(page))
    assert made.returncode == 0 and page.read_text(encoding="utf-8").find('"key":"notes"') > 0, made.stderr
    unknown = command(sample_releases, *ordered, "figures,nothing", "--out", str(page))
    assert unknown.returncode == 1 and "order=nothing" in unknown.stderr
    page.unlink()
    assert json.dumps(sorted(p.name for p in tmp_path.iterdir())) == '["t.xlsx"]'


def test_a_measure_that_is_not_asked_has_no_chart_and_says_so(source: Database) -> None:
    data = gather(view_of(source, {"area": "ningxia", "year": "2021"}))
    assert not [chart for chart in data.charts if chart.measure_id == "hazards_exposed"]
    assert any("未见“曝光问题隐患”" in p.text for p in Document(io.BytesIO(to_docx(data, {}))).paragraphs)


def test_a_page_holds_22_lines_of_28_characters(data: ReportData, tmp_path: Path) -> None:
    content = to_docx(data, {})
    document = Document(io.BytesIO(content))
    section = document.sections[0]
    grid = section._sectPr.find(qn("w:docGrid"))
    text_height = (section.page_height - section.top_margin - section.bottom_margin) / 635
    assert int(text_height / int(grid.get(qn("w:linePitch")))) == 22
    spacing = document.styles["Normal"].element.rPr.find(qn("w:spacing"))
    assert int(156 / 25.4 * 72 / (16 + int(spacing.get(qn("w:val"))) / 20)) == 28
    pages = to_pdf(content, "grid.docx", tmp_path)
    lines = [line for n in range(3) for line in pages[n].get_textpage().get_text_range().splitlines()]
    wide = [sum(char > "\u2e80" for char in line) + sum(char.isascii() for char in line) / 2 for line in lines]
    assert 27 <= max(wide) <= 29
    assert max(len(pages[n].get_textpage().get_text_range().splitlines()) for n in (1, 2)) <= 22 + 1


def test_two_pictures_have_room_on_a_page_and_their_words_can_be_read(data: ReportData) -> None:
    chart = next(c for c in data.charts if c.key == "bars:hazards_exposed")
    on_screen, printed = chart.figure, chart.printed()
    assert printed.layout.height < on_screen.layout.height * 0.75
    px = min(156 / printed.layout.width, 98 / printed.layout.height)  # millimetres a pixel
    assert 12 * px * 72 / 25.4 > 4.2
    assert sum(len(trace.x) for trace in printed.data) == len(on_screen.data[0].x)


def test_heads_of_annexes_are_not_broken_inside_a_short_name(data: ReportData) -> None:
    """群众举报 / （项）, 迟报天数: names of up to six characters stay whole, the unit goes below."""
    tables = Document(io.BytesIO(to_docx(data, {}))).tables
    for name in ("units", "reporting"):
        made = tables[data.annex_numbers[name] - 1]
        for cell in made.rows[0].cells:
            size = cell.paragraphs[0].runs[0].font.size.pt
            room = (cell.width.mm - 2) / (size * 25.4 / 72)
            parts = cell.text.split("\n")
            assert all(min(len(part), 6) <= room + 0.5 for part in parts), (cell.text, room)
    heads = [cell.text for cell in tables[data.annex_numbers["units"] - 1].rows[0].cells]
    assert "群众举报\n（项）" in heads


def test_the_source_below_a_table_reads_as_a_sentence(data: ReportData) -> None:
    lines = [line for line in word_lines(to_docx(data, {})) if line.startswith("数据说明：")]
    assert lines and all("·" not in line and line.count("；") >= 3 for line in lines)
