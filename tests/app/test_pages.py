"""Every page in Streamlit's own test runner: happy, empty, hostile link, no release, damaged release."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.components.nav import known_pages

ROOT = Path(__file__).resolve().parents[2]
PAGES = known_pages()


def run(releases: Path, monkeypatch: pytest.MonkeyPatch, page: str, **query: str) -> AppTest:
    monkeypatch.setenv("ATLAS_RELEASES", str(releases))
    app = AppTest.from_file(str(ROOT / "dashboard" / "app.py"), default_timeout=60)
    for name, value in query.items():
        app.query_params[name] = value
    app.run()
    if page != "overview":
        app.switch_page(f"views/{page}.py").run()
    return app


def html(app: AppTest) -> str:
    return " ".join(str(e.proto.body) for e in app.get("html"))


def figures(app: AppTest) -> list[dict[str, Any]]:
    return [json.loads(e.proto.spec) for e in app.get("plotly_chart")]


def quiet(app: AppTest) -> bool:
    return not app.exception and not app.error


def test_all_six_pages_are_there() -> None:
    assert set(PAGES) >= {"overview", "participation", "hazards", "coverage", "year_over_year", "district"}


@pytest.mark.parametrize("lang", ["zh", pytest.param("en", marks=pytest.mark.slow)])
@pytest.mark.parametrize("page", [p for p in PAGES if p != "load"])
def test_page_shows_the_campaign(sample_releases: Path, monkeypatch: pytest.MonkeyPatch, page: str, lang: str) -> None:
    app = run(sample_releases, monkeypatch, page, area="chongqing", year="2022", base="2021", lang=lang, unit="500101")
    assert quiet(app)
    assert ("2022 年安全生产月" if lang == "zh" else "Safety Month 2022") in html(app)
    assert ("示例数据" if lang == "zh" else "Sample data") in html(app)
    if page not in ("district", "reports"):
        assert figures(app)


@pytest.mark.parametrize("page", ["overview", "participation", "hazards", "coverage", "year_over_year"])
def test_map_is_drawn_from_our_own_layer(sample_releases: Path, monkeypatch: pytest.MonkeyPatch, page: str) -> None:
    app = run(sample_releases, monkeypatch, page, area="chongqing", year="2021", base="2020")
    charts = app.get("plotly_chart")
    maps = [c for c in charts if '"choropleth"' in c.proto.spec]
    assert len(maps) == 1
    assert json.loads(maps[0].proto.config)["topojsonURL"].startswith("data:application/json")
    traces = [
        t for t in json.loads(maps[0].proto.spec)["data"] if t["type"] == "choropleth" and t.get("geo", "geo") == "geo"
    ]
    assert all(
        t["geojson"].startswith("app/static/geo/") or t["geojson"].startswith("/app/static/geo/") for t in traces
    )
    drawn = [unit for t in traces for unit in t["locations"]]
    assert len(drawn) == len(set(drawn)) == 38


@pytest.mark.parametrize("page", [p for p in PAGES if p not in ("reporting", "load")])
def test_a_campaign_without_a_table_says_so(sample_releases: Path, monkeypatch: pytest.MonkeyPatch, page: str) -> None:
    app = run(sample_releases, monkeypatch, page, area="jilin", year="2021")
    assert quiet(app)
    assert any("没有附统计表" in box.value for box in app.info)
    assert "./reporting?area=jilin" in html(app)  # where this campaign's figures are


HOSTILE = [
    {"area": "<script>alert(1)</script>", "year": "9999", "measure": "'; drop table fact; --"},
    {"area": "china", "year": "-1", "base": "NaN", "kind": "../..", "per10k": "x" * 500, "lang": "fr", "unit": "%00"},
    {"area": "chongqing", "year": "2022", "base": "2022", "activity": "nope", "unit": "110000"},
]


# Every link on one page, and every page with one link, in each run.
@pytest.mark.parametrize(
    ("page", "query"),
    [
        pytest.param(p, q, marks=[] if p == "overview" or n % len(PAGES) == m else [pytest.mark.slow])
        for m, p in enumerate(PAGES)
        for n, q in enumerate(HOSTILE)
    ],
)
def test_hostile_links_are_ignored_with_a_notice(
    sample_releases: Path, monkeypatch: pytest.MonkeyPatch, page: str, query: dict[str, str]
) -> None:
    monkeypatch.setenv("ATLAS_RELEASES", str(sample_releases))
    app = AppTest.from_file(str(ROOT / "dashboard" / "app.py"), default_timeout=60)
    for name, value in query.items():
        app.query_params[name] = value
    app.run()
    assert quiet(app)
    assert app.info
    assert "<script>" not in html(app)
    if page != "overview":
        app.switch_page(f"views/{page}.py").run()
        assert quiet(app)


@pytest.mark.parametrize("page", PAGES)
def test_no_release_is_a_friendly_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, page: str) -> None:
    app = run(tmp_path, monkeypatch, page)
    assert quiet(app)
    assert any("还没有已发布的数据" in box.value for box in app.info)


def test_a_damaged_release_falls_back_with_a_banner(
    sample_releases: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pointer = json.loads((sample_releases / "CURRENT").read_text(encoding="utf-8"))
    good = sample_releases / pointer["file"]
    shutil.copy(good, tmp_path / "good.duckdb")
    bad = tmp_path / "bad.duckdb"
    bad.write_bytes(good.read_bytes()[: good.stat().st_size * 9 // 10])
    broken = {**pointer, "file": "bad.duckdb", "release_id": "bad"}
    (tmp_path / "CURRENT").write_text(json.dumps(broken), encoding="utf-8")
    app = run(tmp_path, monkeypatch, "overview")
    assert quiet(app)
    assert app.warning and figures(app)


def test_year_over_year_names_what_it_refuses(sample_releases: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = run(sample_releases, monkeypatch, "year_over_year", area="chongqing", year="2022", base="2021")
    words = html(app)
    assert "不作比较" in words and "相加后可比" in words
    assert "2021 年表式统计活动场次和人次" in words


def test_year_over_year_says_the_boundary_change(sample_releases: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = run(sample_releases, monkeypatch, "year_over_year", area="chongqing", year="2026", base="2025")
    assert "江北区、渝北区与原两江新区合并为两江新区" in html(app)


def test_coverage_tells_the_kinds_of_blank_apart(sample_releases: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    words = html(run(sample_releases, monkeypatch, "coverage", area="chongqing", year="2021"))
    for css in ("m-held", "m-zero", "m-blank", "m-missing"):
        assert f'class="m {css}"' in words, css


def test_national_break_is_two_figures_and_no_percentage(
    sample_releases: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = html(run(sample_releases, monkeypatch, "hazards", area="chongqing", year="2022", base="2021"))
    assert "7.7万条" in words and "1.02万条" in words
    assert "86.8" not in words


def test_every_figure_of_a_district_leads_to_its_cell(sample_releases: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = run(sample_releases, monkeypatch, "district", area="chongqing", year="2022", unit="500101")
    words = html(app)
    assert quiet(app)
    assert words.count("表1行") >= 35


def test_a_list_of_cases_wraps_and_does_not_push_the_numbers_out_of_sight(
    sample_releases: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = html(run(sample_releases, monkeypatch, "district", area="chongqing", year="2021", unit="500112"))
    cases = re.findall(r'<td class="([^"]*)">([^<]*(?:；|\d[.、])[^<]{20,})</td>', words)
    assert cases
    assert all("words" in css for css, text in cases if len(text) > 30)


@pytest.mark.parametrize("path", sorted((ROOT / "dashboard" / "queries").glob("*.sql")), ids=lambda p: p.stem)
def test_each_query_states_its_grain(path: Path) -> None:
    assert path.read_text(encoding="utf-8").startswith("-- One row"), path.name


def test_the_dashboard_knows_nothing_of_etl_or_the_catalogue() -> None:
    for path in (ROOT / "dashboard").rglob("*.py"):
        source = path.read_text(encoding="utf-8")
        assert "from etl" not in source and "import etl" not in source, path
        assert "data/catalog" not in source, path


def test_charts_can_be_saved_as_svg(sample_releases: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = run(sample_releases, monkeypatch, "overview", area="chongqing", year="2022")
    assert json.loads(app.get("plotly_chart")[0].proto.config)["toImageButtonOptions"]["format"] == "png"
    app.session_state["image_format"] = "svg"
    app.run()
    assert quiet(app)
    assert json.loads(app.get("plotly_chart")[0].proto.config)["toImageButtonOptions"]["format"] == "svg"


def test_a_headline_names_the_activity_it_is_about(sample_releases: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = run(sample_releases, monkeypatch, "participation", area="chongqing", year="2021", activity="tour")
    first = re.findall(r'<p class="atlas-headline">(.*?)</p>', html(app))[0]
    assert "“渝州行”参与人次" in first
    names = str([json.loads(e.proto.config) for e in app.get("plotly_chart")])
    assert "渝州行-参与人次" in names
