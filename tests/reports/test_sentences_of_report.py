"""Single sentences of the Word report: who was late, bounds in words, what annexes hold, what a comparison rests on."""

from __future__ import annotations

import io
import re
from dataclasses import replace

import duckdb
import pytest
from docx import Document
from docx.oxml.ns import qn
from openpyxl import load_workbook

from dashboard.components.changes import basis_words, carrying_unit
from dashboard.components.doubt import doubted_change
from dashboard.components.of_activity import label_of, own_view
from dashboard.components.page import for_measure
from dashboard.components.year_basis import own_lines, shared_lines
from dashboard.format import signed_percent
from dashboard.release import Database
from dashboard.reports.blocks import Annex, Para, Picture
from dashboard.reports.data import ReportData, gather
from dashboard.reports.docx import to_docx
from dashboard.reports.drawings import draw_named
from dashboard.reports.number_words import number_words, spelled
from dashboard.reports.opening import view_of
from dashboard.reports.words import carried_words, outline, reporting_words
from dashboard.reports.xlsx import to_xlsx
from dashboard.sentences import join_names
from dashboard.statements.coverage import finding
from dashboard.totals import ChangeSet

QUERY = {"area": "chongqing", "year": "2022", "base": "2021"}


@pytest.fixture(scope="module", params=["zh", "en"])
def data(source: Database, request: pytest.FixtureRequest) -> ReportData:
    return gather(view_of(source, QUERY | {"lang": request.param}), ())


def test_the_late_are_counted_among_those_who_reported(data: ReportData) -> None:
    here = [r for r in data.reports if r.state == "reported"]
    gone = [replace(r, state="not_reported", days_late=9) for r in here[:3]]
    late = [replace(here[3], days_late=2)]
    rest = [replace(r, days_late=0) for r in here[4:]]
    made = reporting_words(replace(data, reports=(*gone, *late, *rest)))
    names = "、".join(r.short_zh for r in gone)
    if data.view.lang == "zh":
        assert made == f"应报单位{len(here)}个，已报送{len(here) - 3}个（其中迟报1个），未报送3个：{names}。"
    else:
        assert made.startswith(f"{len(here) - 3} of {len(here)} units reported (1 of them late); 3 did not: ")


def sentences(data: ReportData) -> list[str]:
    return [block.text for block in outline(data) if isinstance(block, Para)]


def test_no_bound_is_a_mark_in_the_text(data: ReportData) -> None:
    marked = [h.sentence for h in data.headlines.values() if re.search(r"\d[\u4e07\u4ebfkM]?\+", h.sentence)]
    assert marked, "the samples have a lower bound in a headline"
    assert not any(re.search(r"\d[\u4e07\u4ebfkM]?\+|\u2264", text) for text in sentences(data))
    zh = data.view.lang == "zh"
    assert spelled(data.view, "5,161+ x") == ("不少于5,161 x" if zh else "at least 5,161 x")
    assert spelled(data.view, "≤12 y, +3%") == ("不多于12 y, +3%" if zh else "at most 12 y, +3%")


def test_every_annex_is_named_in_the_text_before_it(data: ReportData) -> None:
    text = "\n".join(block.text for block in outline(data) if isinstance(block, Para))
    word = "附件" if data.view.lang == "zh" else "[Aa]nnex "
    assert len(data.annexes) >= 4
    assert {int(n) for n in re.findall(rf"{word}(\d+)", text)} == set(data.annex_numbers.values())
    assert not re.search(r"）（见|\) \(see", text), "annexes and pictures are named together"


def test_the_annex_that_is_named_holds_every_finding(data: ReportData) -> None:
    (text,) = [t for t in sentences(data) if re.search("逐条列于|one by one", t)]
    number = int(re.findall(r"\d+", text)[-1])
    (annex,) = [b for b in outline(data) if isinstance(b, Annex) and b.number == number]
    assert len(annex.table.rows) == len(data.findings) == sum(int(n) for n in re.findall(r"\d+", text)[:2])
    assert any(row[-1].text for row in annex.table.rows), "a proposal"
    assert annex.table in data.tables
    nothing = replace(data, findings=())
    assert not any(re.search("逐条列于|one by one", t) for t in sentences(nothing))


def test_a_comparison_in_word_names_its_basis_and_n_of_m(data: ReportData) -> None:
    view, texts = data.view, sentences(data)
    for measure_id, changes in data.changes.items():
        if not changes.comparable or changes.total is None:
            continue
        number = data.number(measure_id)
        assert number is not None and number.change is not None
        n, m = number.change.n_units, number.change.n_units_expected
        grade, label = view.t(f"yoy.grade.{number.change.grade}"), label_of(view, number.measure)
        said = [
            t for t in texts if t.startswith(label) and all(line in t for line in own_lines(own_view(view, measure_id)))
        ]
        assert any(grade in text and str(n) in text and str(m) in text for text in said), measure_id
        if not doubted_change(view, number.measure, number.change):
            assert f"{n}/{m}" in number.delta


def test_every_stamp_says_the_day_of_the_campaigns_own_data(
    data: ReportData, release: duckdb.DuckDBPyConnection
) -> None:
    sql = "select max(received_at)::date from submission where campaign_id = ? and status <> 'refused'"
    last = str(release.execute(sql, [data.view.campaign.campaign_id]).fetchall()[0][0])
    words = f"数据截至 {last}" if data.view.lang == "zh" else f"data as of {last}"
    assert words in data.stamp.line and (data.view.t("about.as_of"), last) in data.stamp.about.pairs
    sheet = load_workbook(io.BytesIO(to_xlsx(data))).worksheets[0]
    assert any(last in [str(cell) for cell in row] for row in sheet.iter_rows(values_only=True))


def test_a_unit_that_carries_the_change_is_named_with_full_numbers(data: ReportData) -> None:
    view, measure = data.view, for_measure(data.view, "participation").measure
    changes = data.changes["participation"]
    first, second, third = changes.comparable[:3]
    rows = (
        replace(first, base_value=0, value=900, change=900),
        replace(second, base_value=10_700, value=10_800, change=100),
        replace(third, base_value=50, value=40, change=-10),
    )
    assert changes.total is not None
    total = replace(changes.total, base_value=10_750, value=11_740, change=990)
    made = ChangeSet(rows, total)
    assert carrying_unit(made, measure) == rows[0]
    text = carried_words(replace(data, changes=dict(data.changes) | {"participation": made}), "participation")
    assert view.pick(first.short_zh, first.name_en) in text and "900" in text
    even = tuple(replace(row, change=250.0) for row in changes.comparable[:4])
    assert carrying_unit(ChangeSet(even, replace(total, change=1000.0)), measure) is None
    assert all(number in basis_words(view, measure, total) for number in ("10,750", "11,740"))


def test_the_page_is_that_of_an_office(data: ReportData) -> None:
    document = Document(io.BytesIO(to_docx(data, {})))
    section, styles = document.sections[0], document.styles
    assert [round(v.mm) for v in (section.right_margin, section.bottom_margin)] == [26, 35]
    for name, size, pitch, font in (
        ("Title", 22, 34, "title"), ("Heading 1", 16, 28.9, "black"), ("Heading 2", 16, 28.9, "kai"), ("Normal", 16, 28.9, "body"),
    ):  # fmt: skip
        style = styles[name]
        assert style.font.size.pt == size and not style.font.bold
        assert style.paragraph_format.line_spacing.pt == pytest.approx(pitch, abs=0.06)
        assert style.element.rPr.rFonts.get(qn("w:eastAsia")) == data.view.t(f"report.font.{font}")
    body = next(p for p in document.paragraphs if p.style.name == "Normal" and len(p.text) > 30)
    assert body._p.pPr.ind.get(qn("w:firstLineChars")) == "200"
    signed = [
        p
        for p in document.paragraphs
        if p.text in (data.view.t("report.blank.office"), data.view.t("report.blank.date"))
    ]
    assert len(signed) == 2 and all(p.paragraph_format.right_indent.pt == 4 * 16 for p in signed)
    stop = data.view.t("headline.stop")
    assert all(h.sentence.endswith(stop) for h in data.headlines.values())


def test_all_held_ends_with_a_full_stop(data: ReportData) -> None:
    view = for_measure(data.view, "activity_coverage")
    assert finding(view, (), ()).sentence.endswith(view.t("headline.stop"))


@pytest.mark.parametrize(("year", "base"), [("2021", "2020"), ("2022", "2021"), ("2026", "2025")])
def test_a_caveat_stands_whole_once_in_the_report(source: Database, data: ReportData, year: str, base: str) -> None:
    found = gather(view_of(source, {"area": "chongqing", "year": year, "base": base, "lang": data.view.lang}), ())
    said = [block.text for block in outline(found) if isinstance(block, Para)]
    silent = join_names([found.view.pick(r.short_zh, r.name_en) for r in found.silent], data.view.lang, 8)
    assert found.silent and sum(silent in text for text in said) == 1, "who did not report"
    for item in found.problems:
        assert sum(item.rstrip(found.view.t("headline.stop")) in text for text in said) == 1
    change = found.changes["activity_coverage"].total
    if change is not None and change.grade == "refuse":
        reason = change.note_zh if data.view.lang == "zh" else change.note_en
        assert sum(reason.split("；")[0].split(";")[0].rstrip("。.") in text for text in said) == 1
    # A template's list stands alone, so it has all of them.
    assert set(found.problems) < set(found.attention)


def test_a_doubtful_value_is_said_once_in_a_sentence(source: Database, data: ReportData) -> None:
    query = {"area": "chongqing", "year": "2021", "base": "2020", "lang": data.view.lang}
    both = [n for n in gather(view_of(source, query), ()).numbers if n.doubt and n.change_doubt]
    assert both, "the samples hold a slip that moves a total and its change"
    for number in both:
        said = number_words(data.view, number)
        assert said.count(number.doubt_told) == 1 and number.doubt not in said
        assert ("理由同上" if data.view.lang == "zh" else "for the same reason") in said or number.change_doubt_alone


@pytest.mark.parametrize("measure", ["hazards_exposed", "public_reports"])
def test_the_charts_between_years_are_of_the_measure_chosen_and_name_the_year(source: Database, measure: str) -> None:
    found = gather(view_of(source, QUERY | {"measure": measure}))
    between = [c for c in found.charts if c.name in ("change", "change_map", "history")]
    assert [(c.name, c.measure_id) for c in between] == [(n, measure) for n in ("change", "change_map", "history")]
    pictures = [b.chart.key for b in outline(found) if isinstance(b, Picture)]
    assert sorted(pictures) == sorted(c.key for c in found.charts), "each chart stands in the text once"
    assert all("2021" in c.title and "2021" in c.figure.layout.title.text for c in between[:2])


def test_bars_of_change_say_the_percentage_where_there_is_one(data: ReportData) -> None:
    chart = draw_named(data.view, "change", "participation")
    assert chart is not None
    shown = dict(zip(chart.figure.data[0].customdata, chart.figure.data[0].text, strict=True))
    rows = {str(row.unit_id): row for row in data.changes["participation"].comparable}
    assert any("%" in text for text in shown.values())
    for unit, text in shown.items():
        pct = rows[unit].pct
        assert ("%" in text) == (pct is not None), (unit, text)
        assert pct is None or signed_percent(pct) in text


def test_what_all_comparisons_rest_on_is_said_once(data: ReportData) -> None:
    """Who reported, period, hotline and districts in the first paragraph; behind a measure only what is its own."""
    view = data.view
    said = sentences(data)
    shared = shared_lines(view)
    assert len(shared) >= 5
    for line in shared:
        assert [line in text for text in said].count(True) == 1, line
    lead = next(n for n, text in enumerate(said) if shared[0] in text)
    own = {m: own_lines(own_view(view, m)) for m in ("participation", "hazards_exposed")}
    assert (
        len(own["participation"]) == 1
        and len(own["hazards_exposed"]) == 1
        and own["participation"] != own["hazards_exposed"]
    )
    for measure, lines in own.items():
        total = data.changes[measure].total
        assert total is not None
        (text,) = [t for t in said[lead + 1 :] if lines[0] in t]
        assert all(f"{value:,.0f}" in text for value in (total.base_value, total.value))
    assert not any(re.search(r"\d\d-\d\d", text) for text in said[lead:]), "days are written as a text writes them"


def test_captions_say_what_is_counted(source: Database) -> None:
    made = gather(view_of(source, QUERY), (("map", "hazards_exposed"), ("bars", "hazards_exposed"), ("change", "")))
    captions = [block.caption for block in outline(made) if isinstance(block, Picture)]
    assert sorted(caption.partition("\u3000")[2] for caption in captions) == [
        "各单位参与人次较2021年的变化（人次）", "各单位曝光问题隐患分布（个）", "各单位曝光问题隐患（个）",
    ]  # fmt: skip
