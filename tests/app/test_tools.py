"""Subsets of units, two groups, classes, the cross table and two measures on one map: all led by the link."""

from __future__ import annotations

import re
from pathlib import Path

import duckdb
import pytest
from streamlit.testing.v1 import AppTest

from tests.app.running import chart, chart_keys, plain_words, run, words

QUERY = {"area": "chongqing", "year": "2022", "base": "2021"}


def open_pivot(app: AppTest) -> AppTest:
    """The same page with its cross table."""
    app.segmented_control(key="face").set_value("pivot").run()
    assert not app.exception and not app.error
    return app


UNITS = ("500101", "500102", "CQ-GXQ")


def test_a_subset_of_units_leads_totals_and_changes(
    sample_releases: Path, release: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = run(sample_releases, monkeypatch, "year_over_year", measure="participation", units=",".join(UNITS), **QUERY)
    row = release.execute(
        "select sum(base_value), sum(value) from comparison where jurisdiction_id = 'chongqing' and year = 2022"
        " and base_year = 2021 and measure_id = 'participation' and list_contains(?, unit_id)", [list(UNITS)]
    ).fetchall()[0]  # fmt: skip
    text = plain_words(app)
    assert f"{row[0]:,.0f}" in text and f"{row[1]:,.0f}" in text
    assert "所选 3 个单位" in text
    dots = [t for t in chart(app, "dumbbells")["data"] if t.get("mode") == "markers" and t["x"] != [None]]
    assert len(dots[0]["x"]) == 3


def test_groups_classes_cross_table_and_paired_map(
    sample_releases: Path, release: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = run(
        sample_releases, monkeypatch, "hazards", measure="hazards_exposed", vs=",".join(UNITS), classes="50,100,200", **QUERY
    )  # fmt: skip
    value = release.execute(
        "select sum(value) from measure_value where campaign_id = 'chongqing-2022' and measure_id = 'events'"
        " and list_contains(?, unit_id)", [list(UNITS)]
    ).fetchall()[0][0]  # fmt: skip
    assert f'<td class="num">{value:,.0f}</td>' in words(app)
    assert len(chart(app, "classes")["layout"]["shapes"]) == 3
    assert "map_pair" not in chart_keys(app)
    faces = app.segmented_control(key="face")
    assert faces.options == ["地图", "双变量地图", "历年小地图", "交叉表"], "all are found by their names"
    faces.set_value("pair").run()
    assert not app.exception and not app.error and app.query_params["show"] == "pair"
    assert chart_keys(app) & {"map", "map_pair"} == {"map_pair"}, "only the face that is open is drawn"
    assert words(app).count("atlas-square") == 1 and "低×高" not in plain_words(app), "the nine colours are a square"
    app = open_pivot(app)
    cells = release.execute(
        "select count(*) from measure_activity_value where campaign_id = 'chongqing-2022'"
        " and measure_id = 'hazards_exposed' and value is not null"
    ).fetchall()[0][0]  # fmt: skip
    assert cells > 30
    heads = re.findall(r"<th[^>]*>(曝光问题隐患 · [^<]*)</th>", words(app))
    assert heads and not any("合计" in head for head in heads), "one activity alone: no sum beside it"
    assert all(head.endswith("（个）") for head in heads)


def test_the_measures_of_the_cross_table_are_part_of_the_link(
    sample_releases: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = open_pivot(run(sample_releases, monkeypatch, "participation", **QUERY))
    assert "columns" not in app.query_params
    app.multiselect(key="pivot_measures").set_value(["events", "participation"]).run()
    link = dict(app.query_params)
    assert set(link["columns"].split(",")) == {"events", "participation"}
    heads = re.findall(r"<th[^>]*>([^<]* · [^<]*)</th>", words(app))
    again = run(sample_releases, monkeypatch, "participation", **link)
    assert re.findall(r"<th[^>]*>([^<]* · [^<]*)</th>", words(again)) == heads
    assert {head.split(" · ")[0] for head in heads} >= {"参与人次", "活动场次"}


def test_a_sum_of_the_cross_table_is_as_rough_as_its_roughest_part(
    sample_releases: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = open_pivot(run(sample_releases, monkeypatch, "participation", **QUERY))
    table = next(t for t in re.findall(r"<table>.*?</table>", words(app), re.S) if " · 合计" in t)
    rough = 0
    for row in re.findall(r"<tr><td.*?</tr>", table, re.S):
        cells = [re.sub("<[^>]+>", "", cell) for cell in re.findall(r"<td.*?</td>", row, re.S)][1:]
        if any(cell[:1] in "约≤" or cell.endswith("+") for cell in cells[:-1] if cell):
            rough += 1
            assert cells[-1][:1] in "约≤" or cells[-1].endswith("+"), cells
    assert rough > 3


def table_with(app: AppTest, words_in_head: str) -> list[list[str]]:
    """The rows of the first table whose head says this, as texts."""
    table = next(t for t in re.findall(r"<table>.*?</table>", words(app), re.S) if words_in_head in t)
    rows = re.findall(r"<tr>(?=<td).*?</tr>", table, re.S)
    return [[re.sub("<[^>]+>", "", cell) for cell in re.findall(r"<td.*?</td>", row, re.S)] for row in rows]


def test_rates_over_an_estimated_population_are_marked_in_groups_and_cross_table(
    sample_releases: Path, release: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch
) -> None:
    """CQ-WS's population is an estimate; 500101 stands in both groups."""
    app = run(
        sample_releases, monkeypatch, "participation", per10k="1", units="500101,500102", vs="500101,CQ-WS", **QUERY
    )  # fmt: skip
    rated = [row for row in table_with(app, "第一组") if row[3] != "—"]
    assert rated and not any(row[3].endswith("*") for row in rated) and all(row[6].endswith("*") for row in rated)
    said = plain_words(app)
    assert "1 个单位同时在两组中，两组各计一次：万州。" in said and "* 每万人的人口数：万盛：推算数" in said
    app = open_pivot(run(sample_releases, monkeypatch, "participation", per10k="1", **QUERY))
    rows = {row[0]: row[1:] for row in table_with(app, " · 合计（人次/万人）")}
    ((value, people),) = release.execute(
        "select value, population from measure_value join roster using (campaign_id, unit_id)"
        " where campaign_id = 'chongqing-2022' and unit_id = '500101' and measure_id = 'participation'"
    ).fetchall()  # fmt: skip
    assert float(rows["万州"][-1].strip("+约≤").replace(",", "")) == pytest.approx(10_000 * value / people, abs=0.06)
    assert rows["万盛"][-1].endswith("*") and "* 每万人的人口数：" in plain_words(app)


def test_activities_are_totals_beside_rates_and_say_so(sample_releases: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = run(sample_releases, monkeypatch, "participation", per10k="1", **QUERY)
    spec = chart(app, "activities")
    assert not any("/万人" in str(trace) for trace in spec["data"])
    assert "各活动总量（不折算每万人）" in spec["layout"]["title"]["text"]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_view_bears_its_name_and_its_list_opens_on_every_page(
    sample_releases: Path, monkeypatch: pytest.MonkeyPatch, lang: str
) -> None:
    app = run(sample_releases, monkeypatch, "overview", name="July-7", lang=lang, **QUERY)
    assert not app.get("bidi_component"), "the list is sent when it is opened"
    app.session_state["saved_views"] = True
    app.run()
    assert len(app.get("bidi_component")) == 1 and not app.exception
    assert any("name=July-7" in block.value for block in app.code)
    assert {"zh": "视图“July-7”", "en": 'View "July-7"'}[lang] in plain_words(app)
