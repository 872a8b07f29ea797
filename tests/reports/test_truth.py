"""Every number of every format is the page's: random filter states, each report read back and compared with the queries."""

from __future__ import annotations

import html as markup
import io
import json
import random
import re
from typing import Any

import pytest
from docx import Document
from openpyxl import load_workbook
from pptx import Presentation

from dashboard import queries
from dashboard.components.page import View, for_all_activities, for_measure, for_totals, read_choices
from dashboard.filters import value_params
from dashboard.format import NOTHING, plain, qualified, state_mark
from dashboard.release import Database
from dashboard.reports.data import ReportData, gather
from dashboard.reports.deck import Deck, make_deck
from dashboard.reports.docx import to_docx
from dashboard.reports.docx_style import tight
from dashboard.reports.html import to_html
from dashboard.reports.opening import view_of
from dashboard.reports.pptx import to_pptx
from dashboard.reports.xlsx import to_xlsx
from dashboard.running_order import SLIDE_ORDER
from dashboard.sentences import compact_or_mark
from dashboard.totals import per_10k
from dashboard.views.overview import figures

NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?[万亿kMB%]?")
SIDE_BY_SIDE = ("participation", "hazards_exposed", "public_reports", "activity_coverage")
QUICK, SLOW = 10, 30


def random_query(source: Database, seed: int) -> dict[str, str]:
    """A filter state of a campaign with figures."""
    rng, choices = random.Random(seed), read_choices(source)
    known = [c for c in choices.campaigns if c.has_data and c.form_id and c.jurisdiction_id in choices.jurisdictions()]
    campaign = rng.choice(known)
    bases = choices.bases(campaign.jurisdiction_id, campaign.year)
    query = {
        "area": campaign.jurisdiction_id, "year": str(campaign.year), "lang": rng.choice(("zh", "en")),
        "base": rng.choice((*(str(base) for base in bases), "none")),
    }  # fmt: skip
    if rng.random() < 0.3:
        query["activity"] = rng.choice([a.activity_id for a in choices.activities_of(campaign)])
    if rng.random() < 0.4:
        query["kind"] = rng.choice(("district", "zone"))
    if rng.random() < 0.3:
        query["per10k"] = "1"
    if rng.random() < 0.3 and "kind" not in query:
        query["units"] = ",".join(u.unit_id for u in rng.sample(choices.units_of(campaign), 3))
    return query


def own(view: View, measure_id: str) -> View:
    return for_measure(for_all_activities(view) if measure_id == "activity_coverage" else view, measure_id)


def rows_of(view: View, measure_id: str, *, totals: bool = True) -> list[Any]:
    """The page's query for a measure."""
    found = own(for_totals(view) if totals else view, measure_id)
    rows = queries.query_unit_values(found.source, value_params(found.filters))
    return list(per_10k(rows) if found.filters.per_10k else rows)


def page_figures(view: View) -> dict[str, tuple[str, str]]:
    """The overview's key figures: label -> value and change."""
    reports = tuple(
        r
        for r in queries.query_unit_reports(view.source, view.campaign.campaign_id)
        if view.has_unit(r.unit_id, r.kind)
    )
    return {figure.label: (figure.value, figure.note) for figure in figures(for_totals(view), reports)}


def check_word(data: ReportData, content: bytes) -> None:
    document = Document(io.BytesIO(content))
    texts = [p.text for p in document.paragraphs]
    for label, (value, _) in page_figures(data.view).items():
        number = next((n for n in data.numbers if n.label == label), None)
        if number is None or number.total is None or number.total.value is None:
            continue
        name = data.view.pick(number.measure.label_zh, number.measure.label_en)
        counted = str(number.total.n_units_reported)
        lines = [t for t in texts if t.startswith(tight(data.view, name)) and counted in NUMBER.findall(t)]
        core = NUMBER.findall(value)[0]
        assert any(core in NUMBER.findall(line) for line in lines), (label, value, lines)
    annex = document.tables[0]
    view = data.view
    shown = [m for m in SIDE_BY_SIDE if view.choices.measure(m)]
    expected: dict[str, list[str]] = {}
    for measure_id in shown:
        for row in rows_of(view, measure_id):
            words = (
                state_mark(row.state, view.lang)
                if row.value is None
                else qualified(plain(row.value), row.qualifier, view.lang)
            )
            expected.setdefault(view.pick(row.name_zh, row.name_en), []).append(words)
    found = {row.cells[0].text: [c.text for c in row.cells[1:]] for row in annex.rows[1:]}
    assert found == {tight(view, n): [tight(view, w) for w in words] for n, words in expected.items()}
    assert any(tight(view, data.stamp.line) in text for text in texts)


def check_slides(data: ReportData, made: Deck) -> None:
    deck = Presentation(io.BytesIO(to_pptx(made, {})))
    texts = {shape.text_frame.text for slide in deck.slides for shape in slide.shapes if shape.has_text_frame}
    for value, note in page_figures(data.view).values():
        assert value in texts or value == NOTHING, value
        assert not note or note in texts or value.count("/") or value == NOTHING, note
    charts = [s.chart for slide in deck.slides for s in slide.shapes if s.has_chart]
    native = [s.chart for s in made.screens if s.chart is not None and s.chart.native is not None]
    assert len(charts) == len(native) + sum(bool(s.rates) for s in made.screens)
    for drawn, chart in zip(charts, native, strict=False):
        assert chart.native is not None
        for series, wanted in zip(drawn.plots[0].series, chart.native.series, strict=True):
            assert list(series.values) == list(wanted.values)
        if chart.name == "bars":
            assert list(drawn.plots[0].series[0].values) == [
                r.value for r in rows_of(data.view, chart.measure_id, totals=False)
            ]
    for slide in deck.slides:
        assert any(s.has_text_frame and s.text_frame.text == data.stamp.line for s in slide.shapes)


def check_workbook(data: ReportData, content: bytes) -> None:
    book = load_workbook(io.BytesIO(content))
    view = data.view
    sheet = book[view.t("report.annex.units")[:31]]
    body = list(sheet.iter_rows(min_row=2, values_only=True))
    for place, measure_id in enumerate([m for m in SIDE_BY_SIDE if view.choices.measure(m)], 1):
        expected = [
            row.value if row.value is not None else state_mark(row.state, view.lang)
            for row in rows_of(view, measure_id)
        ]
        # The value and, beside it, what kind of number it is: "at least" must not be lost with the mark.
        assert [row[2 * place - 1] for row in body] == expected
        kinds = [
            view.t(f"qualifier.word.{r.qualifier or 'exact'}") if r.value is not None else None
            for r in rows_of(view, measure_id)
        ]
        assert [row[2 * place] or None for row in body] == kinds
    totals = book[view.t("report.section.totals")]
    for row, number in zip(totals.iter_rows(min_row=2, values_only=True), data.numbers, strict=True):
        if number.total is not None and number.total.value is not None:
            assert row[2] == pytest.approx(number.total.value)
        if number.change is not None and number.change.is_comparable:
            assert row[6] == pytest.approx(number.change.change)
    about = [" ".join(str(c) for c in row) for row in book.worksheets[0].iter_rows(values_only=True)]
    assert any(view.words in line for line in about) and any(data.stamp.reported in line for line in about)
    assert all(sheet.freeze_panes == "B2" for sheet in book.worksheets[1:])


def check_snapshot(data: ReportData, content: bytes) -> None:
    found = re.search(r'<script id="data" type="application/json">(.*?)</script>', content.decode("utf-8"), re.S)
    assert found is not None
    screens = json.loads(found[1])[data.view.lang]
    cards = next(s["cards"] for s in screens["screens"] if s["key"] == "figures")
    shown = {f["label"]: f["value"] for f in cards}
    paged = {label: value for label, (value, _) in page_figures(data.view).items()}
    # A report leaves out what nobody was asked.
    assert {label: value for label, value in paged.items() if value != NOTHING or label in shown} == shown
    assert screens["stamp"] == data.stamp.line
    measure = data.view.choices.measure("participation")
    assert measure is not None
    for row in rows_of(data.view, "participation", totals=False):
        cells = [cell[1] for cell in screens["units"][row.unit_id]["rows"]]
        assert compact_or_mark(row, measure, data.view.lang) in cells


def check_captions(data: ReportData) -> None:
    """What stands around a picture: the page's sentence, the filters and the release."""
    for chart in data.charts:
        title = markup.unescape(re.sub(r"<[^>]+>", "", chart.figure.layout.title.text))
        notes = markup.unescape(" ".join(re.sub(r"<[^>]+>", "", a.text or "") for a in chart.figure.layout.annotations))
        assert NUMBER.findall(chart.found.finding)[:2] == [
            n for n in NUMBER.findall(chart.found.finding)[:2] if n in NUMBER.findall(title)
        ]
        assert data.view.source.release_id[:12] in notes.replace(" ", "")
        if data.view.campaign.is_sample:
            assert data.view.t("caption.sample").replace(" ", "") in notes.replace(" ", "")


def check_state(source: Database, seed: int) -> None:
    query = random_query(source, seed)
    data = gather(view_of(source, query))
    check_captions(data)
    check_word(data, to_docx(data, {}))
    check_slides(data, make_deck(data.view, SLIDE_ORDER))
    check_workbook(data, to_xlsx(data))
    check_snapshot(data, to_html(data.view))


@pytest.mark.parametrize("seed", range(QUICK))
def test_every_format_says_what_the_page_says(source: Database, seed: int) -> None:
    check_state(source, seed)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(QUICK, SLOW))
def test_more_states(source: Database, seed: int) -> None:
    check_state(source, seed)
