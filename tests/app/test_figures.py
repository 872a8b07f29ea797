"""What the pages draw and say is what the release holds; words are in the reader's language."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path
from typing import Any

import duckdb
import plotly.graph_objects as go
import pytest
from streamlit.testing.v1 import AppTest

from dashboard.charts.breaks import value_classes
from tests.app.release_builder import EMPTY, SMALL, build_release
from tests.app.running import chart, chart_keys

ROOT = Path(__file__).resolve().parents[2]
PAGES = ("overview", "participation", "district")
CJK = re.compile("[\u4e00-\u9fff]+")
# What stays Chinese in English: files, places in files, words as typed, and names of languages.
AS_TYPED = re.compile(
    r"“[^”]*”|&#34;.*?&#34;|\"[^\"]*\"|[^\s<>]+\.(?:docx|xlsx|xls|csv|pdf|wps)|表\d+行\d+列\d+(?: 空\d+)?|段\d+"
)
CELLS = re.compile(r"<td[^>]*>[^<]*</td>")


def run(releases: Path, monkeypatch: pytest.MonkeyPatch, page: str, **query: str) -> AppTest:
    monkeypatch.setenv("ATLAS_RELEASES", str(releases))
    app = AppTest.from_file(str(ROOT / "dashboard" / "app.py"), default_timeout=60)
    for name, value in query.items():
        app.query_params[name] = value
    app.run()
    if page != "overview":
        app.switch_page(f"views/{page}.py").run()
    assert not app.exception and not app.error
    return app


def html(app: AppTest) -> str:
    return " ".join(str(e.proto.body) for e in app.get("html"))


def charts(app: AppTest) -> list[dict[str, Any]]:
    return [json.loads(e.proto.spec) for e in app.get("plotly_chart")]


def values(release: duckdb.DuckDBPyConnection, campaign: str, measure: str) -> dict[str, float | None]:
    sql = "select unit_id, value from measure_value where campaign_id = $c and measure_id = $m"
    return dict(release.execute(sql, {"c": campaign, "m": measure}).fetchall())


DRAWING_PAGES = (
    "overview", "participation", "hazards", "coverage", "year_over_year", "district", "reporting", "data_quality",
)  # fmt: skip


@pytest.mark.parametrize("page", DRAWING_PAGES)
@pytest.mark.parametrize("area", ["chongqing", "jilin"])
def test_plotly_accepts_every_figure_as_it_is(
    sample_releases: Path, monkeypatch: pytest.MonkeyPatch, page: str, area: str
) -> None:
    """Figures are made without plotly's checks (dashboard.charts.base.made_figure); here they are checked."""
    app = run(sample_releases, monkeypatch, page, area=area)
    drawn = charts(app)
    assert drawn or area == "jilin" or page in ("coverage", "district")
    for spec in drawn:
        go.Figure(data=spec["data"], layout=spec["layout"])


@pytest.mark.parametrize("measure", ["participation", "hazards_exposed"])
def test_each_district_is_in_the_class_of_its_value(
    sample_releases: Path, release: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch, measure: str
) -> None:
    app = run(sample_releases, monkeypatch, "overview", area="chongqing", year="2022", base="none", measure=measure)
    known = values(release, "chongqing-2022", measure)
    hue = "participation" if measure == "participation" else "hazards"
    classes = value_classes([v for v in known.values() if v is not None], hue)
    traces = [t for t in charts(app)[0]["data"] if t["type"] == "choropleth" and t.get("geo", "geo") == "geo"]
    blank = list(traces[0]["locations"])
    assert blank and all(known[unit] is None for unit in blank), "no data has a trace of its own"
    seen = set(blank)
    for trace in traces[1:]:
        for unit in trace["locations"]:
            value = known[unit]
            assert value is not None
            assert trace["colorscale"][-1][1] == classes.colour(value)
            seen.add(unit)
    assert seen == {unit for unit in known if unit.isdigit()}


def test_zones_without_boundary_are_circles(
    sample_releases: Path, release: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = run(sample_releases, monkeypatch, "overview", area="chongqing", year="2022")
    circles = [t for t in charts(app)[0]["data"] if t["type"] == "scattergeo" and "markers" in t.get("mode", "")]
    found = {unit for trace in circles for unit in trace["customdata"]}
    zones = [unit for unit in values(release, "chongqing-2022", "participation") if not unit.isdigit()]
    assert found == set(zones) and zones


def test_activities_add_up_to_the_total(
    sample_releases: Path, release: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = run(sample_releases, monkeypatch, "participation", area="chongqing", year="2022")
    total = sum(v for v in values(release, "chongqing-2022", "participation").values() if v is not None)
    parts = [key for key in chart_keys(app) if key == "activities" or key.isdigit()]
    sums = {key: sum(chart(app, key)["data"][0]["x"]) for key in parts}
    assert sums.pop("activities") == pytest.approx(total)
    assert sum(sums.values()) == pytest.approx(total), "bars of all units"


def test_every_total_says_how_many_reported(sample_releases: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for page in PAGES:
        words = html(run(sample_releases, monkeypatch, page, area="chongqing", year="2022"))
        assert re.search(r"\d+ 个填报单位中 \d+ 个已报", words), page


@pytest.mark.parametrize("page", PAGES)
def test_english_pages_hold_no_chinese_but_what_was_typed(
    sample_releases: Path, monkeypatch: pytest.MonkeyPatch, page: str
) -> None:
    app = run(sample_releases, monkeypatch, page, area="chongqing", year="2022", lang="en", unit="500101")
    words = AS_TYPED.sub(" ", html(app))
    if page == "district":
        words = CELLS.sub(" ", words)  # its tables quote what was typed
    assert CJK.findall(words) == []
    for metric in app.metric:
        assert not CJK.search(f"{metric.label}{metric.value}{metric.delta}")
    for drawn in charts(app):
        assert not CJK.search(AS_TYPED.sub(" ", json.dumps(drawn["data"], ensure_ascii=False)))


def test_published_figures_are_shown_as_printed(sample_releases: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    words = html(run(sample_releases, monkeypatch, "overview", area="chongqing", year="2022"))
    assert "1.02万条" in words


def test_findings_name_the_unit_and_lead_to_it(
    sample_releases: Path, release: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = html(run(sample_releases, monkeypatch, "overview", area="chongqing", year="2022"))
    row = release.execute(
        "select unit_id, name from finding join unit using (unit_id)"
        " where campaign_id = 'chongqing-2022' and level = 'error' order by position limit 1"
    ).fetchone()
    assert row is not None
    assert re.search(rf'<a href="district\?[^"]*unit={row[0]}"[^>]*>{row[1]}</a>', words)


def test_a_unit_that_did_not_report_is_not_zero(
    sample_releases: Path, release: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = release.execute(
        "select unit_id from unit_report where campaign_id = 'chongqing-2022' and state = 'not_reported' limit 1"
    ).fetchone()
    assert row is not None
    app = run(sample_releases, monkeypatch, "district", area="chongqing", year="2022", unit=str(row[0]))
    assert {metric.value for metric in app.metric} == {"未报送"}
    assert "没有报送" in html(app)


def test_a_click_opens_the_district(sample_releases: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ATLAS_RELEASES", str(sample_releases))
    app = AppTest.from_file(str(ROOT / "dashboard" / "app.py"), default_timeout=60)
    app.query_params["area"], app.query_params["year"] = "chongqing", "2022"
    point = {"curve_number": 1, "point_number": 0, "location": "500103"}
    app.session_state["map"] = {"selection": {"points": [point], "point_indices": [0], "box": [], "lasso": []}}
    app.run()
    assert not app.exception
    assert app.query_params["unit"] in ("500103", ["500103"])


@pytest.mark.parametrize("lang", ["en", pytest.param("zh", marks=pytest.mark.slow)])
@pytest.mark.parametrize("page", PAGES)
def test_a_campaign_nobody_has_reported_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, page: str, lang: str
) -> None:
    build_release(tmp_path, EMPTY)
    app = run(tmp_path, monkeypatch, page, lang=lang)
    words = "还没有收到报送表；6 个单位应报" if lang == "zh" else "No submissions for Chongqing 2022 yet; 6 units"
    assert any(words in box.value for box in app.info)
    assert not charts(app)


@pytest.mark.parametrize("page", PAGES)
def test_a_release_without_a_map_still_shows_its_figures(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, page: str
) -> None:
    build_release(tmp_path, SMALL)
    app = run(tmp_path, monkeypatch, page, area="chongqing", year="2022")
    assert "6 个填报单位中 5 个已报" in html(app) or "已报" in html(app)
    if page != "district":
        assert any("没有地图" in box.value for box in app.info)


def test_sql_lives_in_files() -> None:
    words = re.compile(r"\b(select\s.+\sfrom|insert\s+into|delete\s+from|update\s.+\sset)\b", re.IGNORECASE | re.DOTALL)
    found = []
    for path in (ROOT / "dashboard").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.JoinedStr) and words.search(ast.unparse(node)):
                found.append(f"{path.name}:{node.lineno}")
    assert found == []


def test_the_dashboard_reads_the_version_that_the_loader_writes() -> None:
    from dashboard.release import SCHEMA_VERSION
    from etl.release.build import SCHEMA_VERSION as WRITTEN

    assert SCHEMA_VERSION == WRITTEN


def test_a_rise_from_nothing_is_marked(sample_releases: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """From 0 is more often a blank filled at last than a rise: the bar has a star, and the line above says why."""
    app = run(sample_releases, monkeypatch, "overview", area="chongqing", year="2022", base="2021")
    (spec,) = [json.loads(e.proto.spec) for e in app.get("plotly_chart") if e.proto.id.endswith("-change")]
    stars = [text for trace in spec["data"] for text in trace.get("text") or () if str(text).endswith("*")]
    assert len(stars) == 1
    assert "* 2021 年报的是 0。" in html(app)


@pytest.mark.parametrize(
    ("lang", "label", "words"),
    [("zh", "活动覆盖率", "；只算已报单位"), ("en", "Activity coverage", "; reported units only")],
)
def test_coverage_says_that_it_is_of_the_units_that_reported_while_others_have_not(
    sample_releases: Path,
    release: duckdb.DuckDBPyConnection,
    monkeypatch: pytest.MonkeyPatch,
    lang: str,
    label: str,
    words: str,
) -> None:
    states = "select campaign_id, count(*) filter (state = 'reported') as n, count(*) as m from unit_report group by 1"
    some = release.execute(f"select campaign_id from ({states}) where 0 < n and n < m order by 1").fetchall()
    area, _, year = some[0][0].rpartition("-")
    app = run(sample_releases, monkeypatch, "overview", lang=lang, area=area, year=year)
    said = {str(m.label).split("（")[0].split(" (")[0]: str(m.delta) for m in app.metric}
    assert said[label].endswith(words)
    assert not any(words in delta for name, delta in said.items() if name != label)
