"""Slides and pictures for paper: numbers with their marks, every district named, nothing beyond the edge."""

from __future__ import annotations

import io
from typing import Any

import pytest
from PIL import Image
from pptx import Presentation
from pptx.enum.chart import XL_CHART_TYPE
from pptx.oxml.ns import qn

from dashboard.charts.frame import FINDING_SIZE, width_px
from dashboard.components.mapview import unit_values
from dashboard.components.unit_choice import group_names, group_table
from dashboard.release import Database
from dashboard.reports.chart import Chart, Native, Series
from dashboard.reports.deck import make_deck
from dashboard.reports.drawings import draw_named
from dashboard.reports.opening import view_of
from dashboard.reports.pptx import to_pptx
from dashboard.reports.pptx_bars import ROWS_A_COLUMN, slide_parts
from dashboard.running_order import SLIDE_ORDER
from dashboard.statements.participation import activity_rows

QUERY = {"area": "chongqing", "year": "2021", "base": "2020"}
BAR = {"bars": XL_CHART_TYPE.BAR_CLUSTERED, "filled": XL_CHART_TYPE.BAR_STACKED_100}


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
    activities, change, *columns, years = [s.chart for slide in slides for s in slide.shapes if s.has_chart]
    wanted = {"at_least": '#,##0"+"', "at_most": '"≤"#,##0', "approx": f'"{mark}"#,##0', "range": f'"{mark}"#,##0'}
    marked = {n: wanted[row.qualifier] for n, row in enumerate(activity_rows(view)) if row.qualifier != "exact"}
    assert len(marked) > 1 and formats(activities) == {-1: "#,##0"} | marked
    assert formats(change)[-1] == "+#,##0;\u2212#,##0;0"
    plots = [bars.plots[0] for bars in columns]
    missing = [
        name for plot in plots for name, value in zip(plot.categories, plot.series[0].values, strict=True) if value is None
    ]  # fmt: skip
    assert missing and all(name.endswith(view.t("state.mark.not_reported")) for name in missing)
    assert f'"{mark}"#,##0' in formats(years).values()
    assert [series.name for series in years.plots[0].series] == [
        view.t("chart.form_years", years=view.t("names.glue").join(group)) for group in (("2020", "2021"), ("2022", "2025", "2026"))
    ]  # fmt: skip


def charts_of(source: Database, **query: str) -> list[Any]:
    """The native charts of these slides, in their order."""
    made = to_pptx(make_deck(view_of(source, QUERY | query), ()), {})
    return [s.chart for slide in Presentation(io.BytesIO(made)).slides for s in slide.shapes if s.has_chart]


def test_many_units_lie_in_two_columns_on_one_scale_in_administrative_order(source: Database) -> None:
    for key in ("bars", "filled"):
        charts = charts_of(source, order=key)
        assert [chart.chart_type for chart in charts] == 2 * [BAR[key]], "bars lie, two charts on a slide"
        shown = [name for chart in charts for name in chart.plots[0].categories]
        view = view_of(source, QUERY)
        wanted = [u.short_zh for u in view.choices.units_of(view.campaign)]
        own = [name.split(" ")[0] for name in shown]
        assert own == [name for name in wanted if name in own] and len(own) >= 39
        halves = [len(chart.plots[0].categories) for chart in charts]
        assert max(halves) - min(halves) <= 1 and max(halves) <= ROWS_A_COLUMN
        assert all(chart.category_axis.tick_labels.font.size.pt >= 12 for chart in charts)
        assert all(chart.category_axis.reverse_order for chart in charts)
    one, other = charts_of(source, order="bars")
    assert one.value_axis.maximum_scale == other.value_axis.maximum_scale > 400_000
    plots = [chart._chartSpace.chart.plotArea.find(f".//{qn('c:w')}").get("val") for chart in (one, other)]
    assert plots[0] == plots[1], "and their bars are drawn equally long"


def test_more_units_than_a_slide_holds_go_on_on_the_next() -> None:
    names = tuple(str(n) for n in range(100))
    parts = slide_parts(Native("bars", names, (Series("s", tuple(range(100)), ("0",) * 100),)))
    assert tuple(name for part in parts for name in part.categories) == names and len(parts) == 3
    assert all(len(part.series[0].values) == len(part.series[0].labels) == len(part.categories) for part in parts)
    lines = Native("lines", names, ())
    assert slide_parts(lines) == (lines,)


def test_one_unit_or_one_duty_is_a_figure_not_a_giant_bar(source: Database) -> None:
    query = {"year": "2022", "base": "2021", "units": "500112", "order": "bars,filled,change,duties"}
    deck = make_deck(view_of(source, QUERY | query), ())
    slides = Presentation(io.BytesIO(to_pptx(deck, {}))).slides
    assert not any(shape.has_chart for slide in slides for shape in slide.shapes)
    texts = [[s.text_frame.text for s in slide.shapes if s.has_text_frame] for slide in slides]
    row = next(row for row in unit_values(deck.view) if row.unit_id == "500112")
    assert f"{row.value:,.0f}" in texts[1] and "渝北" in texts[1]
    finding = deck.screens[0].found.finding
    assert finding.startswith("渝北") and "一半单位" not in finding, finding
    assert "100%" in texts[4] and any(text.startswith("1 / 1") for text in texts[4])


def test_few_bars_are_no_blocks(source: Database) -> None:
    made = to_pptx(make_deck(view_of(source, QUERY | {"order": "activities"}), ()), {})
    (frame,) = [s for slide in Presentation(io.BytesIO(made)).slides for s in slide.shapes if s.has_chart]
    assert frame.height / 914400 / len(frame.chart.plots[0].categories) <= 0.81


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_second_group_has_a_slide_of_its_own(source: Database, lang: str) -> None:
    """With the numbers of the page's own table; nothing of it without a second group."""
    groups = {"units": "500101,500102,500103", "vs": "500104,500106", "lang": lang}
    view = view_of(source, QUERY | groups)
    deck = make_deck(view, SLIDE_ORDER)
    assert [screen.key for screen in deck.screens][1] == "groups"
    assert "groups" not in [screen.key for screen in make_deck(view_of(source, QUERY), SLIDE_ORDER).screens]
    (table,) = [
        s.table for slide in Presentation(io.BytesIO(to_pptx(deck, {}))).slides for s in slide.shapes if s.has_table
    ]  # fmt: skip
    shown = [[cell.text for cell in row.cells] for row in table.rows]
    wanted = group_table(view)
    assert shown == [[c.head for c in wanted.columns], *([cell.text for cell in row] for row in wanted.rows)]
    one, other = (group_names(view, chosen) for chosen in (view.filters.units, view.filters.against))
    assert one in deck.screens[1].note and other in deck.screens[1].note and other in deck.stamp.line
    ratio = wanted.rows[0][-1].value
    assert isinstance(ratio, float) and f"{abs(ratio):.1f}%" in deck.screens[1].found.finding


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
