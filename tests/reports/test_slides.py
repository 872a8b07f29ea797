"""Slides and pictures for paper: numbers with their marks, every district named, nothing beyond the edge."""

from __future__ import annotations

import io
from typing import Any

import pytest
from PIL import Image
from pptx import Presentation
from pptx.oxml.ns import qn

from dashboard.charts.frame import FINDING_SIZE, width_px
from dashboard.release import Database
from dashboard.reports.chart import Chart
from dashboard.reports.deck import make_deck
from dashboard.reports.drawings import draw_named
from dashboard.reports.opening import view_of
from dashboard.reports.pptx import to_pptx
from dashboard.statements.participation import activity_rows

QUERY = {"area": "chongqing", "year": "2021", "base": "2020"}


def formats(chart: Any) -> dict[int, str]:
    """The number format of the first series' labels: -1 for all, else of the point at this place."""
    labels = chart.plots[0].series[0]._element.find(qn("c:dLbls"))
    own = {int(e.find(qn("c:idx")).get("val")): e.find(qn("c:numFmt")) for e in labels.findall(qn("c:dLbl"))}
    return {place: e.get("formatCode") for place, e in ({-1: labels.find(qn("c:numFmt"))} | own).items()}


@pytest.mark.parametrize(("lang", "mark"), [("zh", "约"), ("en", "~")])
def test_numbers_of_native_charts_carry_marks_and_signs(source: Database, lang: str, mark: str) -> None:
    """As on the screen; a unit without a number says why behind its name."""
    view = view_of(source, QUERY | {"lang": lang, "order": "activities,change,bars,history"})
    slides = Presentation(io.BytesIO(to_pptx(make_deck(view, ()), {}))).slides
    activities, change, bars, years = [s.chart for slide in slides for s in slide.shapes if s.has_chart]
    wanted = {"at_least": '#,##0"+"', "at_most": '"≤"#,##0', "approx": f'"{mark}"#,##0', "range": f'"{mark}"#,##0'}
    marked = {n: wanted[row.qualifier] for n, row in enumerate(activity_rows(view)) if row.qualifier != "exact"}
    assert len(marked) > 1 and formats(activities) == {-1: "#,##0"} | marked
    assert formats(change)[-1] == "+#,##0;\u2212#,##0;0"
    plot = bars.plots[0]
    missing = [name for name, value in zip(plot.categories, plot.series[0].values, strict=True) if value is None]
    assert missing and all(name.endswith(view.t("state.mark.not_reported")) for name in missing)
    assert f'"{mark}"#,##0' in formats(years).values()
    assert [series.name for series in years.plots[0].series] == [
        view.t("chart.form_years", years=view.t("names.glue").join(group)) for group in (("2020", "2021"), ("2022", "2025", "2026"))
    ]  # fmt: skip


def test_changes_of_shares_are_points(source: Database) -> None:
    view = view_of(source, QUERY | {"measure": "activity_coverage", "order": "change"})
    (chart,) = [
        s.chart for slide in Presentation(io.BytesIO(to_pptx(make_deck(view, ()), {}))).slides for s in slide.shapes if s.has_chart
    ]  # fmt: skip
    assert set(formats(chart).values()) <= {
        "+#,##0;\u2212#,##0;0",
        '+#,##0" 个百分点";\u2212#,##0" 个百分点";0" 个百分点"',
    }
    assert len(formats(chart)) == 1 + sum(value is not None for value in chart.plots[0].series[0].values)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_legend_of_a_slide_stays_on_it(source: Database, lang: str) -> None:
    deck = make_deck(view_of(source, QUERY | {"lang": lang, "order": "map"}), ())
    chart = deck.screens[0].chart
    assert chart is not None
    dot = io.BytesIO()
    Image.new("RGB", (2, 1)).save(dot, "PNG")
    made = Presentation(io.BytesIO(to_pptx(deck, {chart.key: dot.getvalue()})))
    words = {swatch.label for swatch in chart.legend}
    placed = [s for s in made.slides[1].shapes if s.has_text_frame and s.text_frame.text in words]
    assert len(placed) == len(chart.legend) and all(s.left + s.width <= made.slide_width for s in placed)


def a_map(source: Database, lang: str, year: str = "2021") -> Chart:
    query = {"area": "chongqing", "year": year, "base": str(int(year) - 1), "lang": lang}
    made = draw_named(view_of(source, query), "map", "participation")
    assert made is not None
    return made


def printed_on(figure: Any) -> str:
    """All texts on a map."""
    return " ".join(
        text for trace in figure.data if "text" in str(trace.mode if "mode" in trace else "") for text in trace.text
    )


@pytest.mark.parametrize("year", ["2021", "2026"])
def test_a_large_map_names_every_district(source: Database, year: str) -> None:
    """But one, the smallest, in an inset that takes a third of the room. In English, whose names are longer, five of six."""
    for lang, most, on_paper in (("zh", 1, 1), ("en", 6, 7)):
        view = view_of(source, {"area": "chongqing", "year": year, "lang": lang})
        chart = a_map(source, lang, year)
        names = {u.unit_id: view.pick(u.short_zh, u.name_en) for u in view.choices.units_of(view.campaign)}
        for figure, missing in ((chart.alone(), most), (chart.printed(), on_paper)):
            shown = printed_on(figure)
            assert len([name for name in names.values() if name not in shown]) <= missing, lang
            assert {names[u.unit_id] for u in view.choices.units_of(view.campaign) if u.kind == "zone"} <= {
                name for name in names.values() if name in shown
            }, "zones are named"


def test_the_inset_stands_beside_a_large_map_and_in_the_corner_of_a_pages(source: Database) -> None:
    chart = a_map(source, "zh")
    for figure, is_beside in ((chart.alone(), True), (chart.printed(), True), (chart.figure, False)):
        assert (figure.layout.geo2.domain.x[1] < figure.layout.geo.domain.x[0]) == is_beside


def test_the_title_of_a_printed_picture_is_whole(source: Database) -> None:
    figure = a_map(source, "en").printed()
    lines = [line.replace("<b>", "").replace("</b>", "") for line in figure.layout.title.text.split("<br>")]
    assert any(line.endswith("[Sample data]") for line in lines)
    assert all(width_px(line, FINDING_SIZE) <= figure.layout.width for line in lines)
    assert figure.layout.margin.t >= 20 * len(lines)
