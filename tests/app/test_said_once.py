"""What every page says at its head and foot: no finding twice, and which day is which."""

from __future__ import annotations

import json
import re
from pathlib import Path

import duckdb
import pytest
from streamlit.testing.v1 import AppTest

from dashboard.format import signed_percent
from tests.app.running import ROOT, chart, metrics, plain_words, run, words

PAGES = ("overview", "participation", "hazards", "coverage", "year_over_year", "reporting", "data_quality")
QUERIES = (
    {"area": "chongqing", "year": "2022", "base": "2021"},
    {"area": "chongqing", "year": "2026", "base": "2025", "measure": "hazards_exposed", "lang": "en"},
)


@pytest.mark.parametrize("query", QUERIES, ids=["zh", "en"])
@pytest.mark.parametrize("page", PAGES)
def test_no_finding_is_printed_twice_and_the_foot_tells_the_days_apart(
    sample_releases: Path, release: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch, page: str,
    query: dict[str, str],
) -> None:  # fmt: skip
    app = run(sample_releases, monkeypatch, page, **query)
    said = re.findall(r'<p class="atlas-headline"><strong>(.*?)</strong>', words(app))
    assert said and len(said) == len(set(said)), said
    newest = "select max(received_at)::date from submission where campaign_id = ? and status <> 'refused'"
    as_of = release.execute(newest, [f"{query['area']}-{query['year']}"]).fetchall()[0][0]
    built = release.execute("select built_at::date from release_info").fetchall()[0][0]
    told = f"data as of {as_of} (last arrival) ·" if "lang" in query else f"数据截至 {as_of}（最近收件） ·"
    text = plain_words(app)
    assert told in text and (f"compiled {built}" in text or f"{built} 汇总" in text)
    assert re.search(r'title="(日期：“数据截至”|Dates: &#34;data as of)', words(app)), (
        "each date is explained at the foot"
    )


@pytest.mark.parametrize(
    ("lang", "told"), [("zh", "通知不要求统计表；2 个所选单位应报送"), ("en", "chosen units: 2 owe reports")]
)
def test_a_campaign_without_a_table_counts_the_units_chosen(
    sample_releases: Path, monkeypatch: pytest.MonkeyPatch, lang: str, told: str
) -> None:
    app = run(sample_releases, monkeypatch, "reporting", area="jilin", year="2021", units="220100,220200", lang=lang)
    assert told in plain_words(app)


@pytest.mark.parametrize("page", ["reporting", "data_quality"])
def test_a_page_that_compares_no_years_names_none(
    sample_releases: Path, monkeypatch: pytest.MonkeyPatch, page: str
) -> None:
    app = run(sample_releases, monkeypatch, page, **QUERIES[0])
    assert "与 2021 年比较" not in plain_words(app)


def test_two_sums_are_shown_so_that_their_change_can_be_checked(
    sample_releases: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """1.1万 and 1.3万 are not +11.7 %; and a whole total that holds a slip says so."""
    app = run(sample_releases, monkeypatch, "year_over_year", measure="events", **QUERIES[0])
    shown = metrics(app)
    base, now = (int(shown[f"{year} 年可比部分（场次）"][0].strip("约+≤").replace(",", "")) for year in (2021, 2022))
    assert shown["可比部分变化"][0] == signed_percent(100 * (now - base) / base)
    assert "存疑" in shown["2022 年可比部分（场次）"][1]


@pytest.mark.parametrize("page", ["overview", "participation", "hazards", "coverage", "reports"])
def test_filters_of_figures_are_away_where_there_are_none(
    sample_releases: Path, monkeypatch: pytest.MonkeyPatch, page: str
) -> None:
    app = run(sample_releases, monkeypatch, page, area="jilin", year="2021")
    shown = {str(box.key) for box in app.selectbox}
    assert "filter_area" in shown
    assert not shown & {"filter_measure", "filter_activity", "filter_per10k", "filter_base"}
    assert ("filter_kind" in shown) == (page in ("hazards", "reports"))
    if page == "overview":
        assert any("不设指标筛选" in box.value for box in app.info)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_of_a_name_given_twice_the_reader_learns_what_does_not_count(
    sample_releases: Path, monkeypatch: pytest.MonkeyPatch, lang: str
) -> None:
    monkeypatch.setenv("ATLAS_RELEASES", str(sample_releases))
    app = AppTest.from_file(str(ROOT / "dashboard" / "app.py"), default_timeout=60)
    app.query_params.update(area="chongqing", lang=lang)
    app.query_params["year"], app.query_params["units"] = ["2021", "2022"], ["500101", "500103,500102"]
    app.run()
    assert any("year=2021" in box.value for box in app.info)
    assert str(app.query_params["year"]) == "2022"
    assert str(app.query_params["units"]) == "500101,500102,500103"


@pytest.mark.parametrize(("lang", "told"), [("zh", "个单位、3/5 项指标"), ("en", " units, 3/5 indicators")])
def test_a_change_says_in_its_card_on_which_part_of_the_indicators_it_rests(
    sample_releases: Path, release: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch, lang: str, told: str
) -> None:
    used = """select count(distinct i) from (select unnest(indicator_ids) as i from comparison_detail
        where jurisdiction_id = 'jincheng' and measure_id = 'participation' and year = 2022 and base_year = 2021)"""
    asked = """select count(*) from indicator i join measure_concept m using (concept_id)
        where i.form_id = 'jincheng-2022' and m.measure_id = 'participation' and m.is_added"""
    n, m = (release.execute(sql).fetchall()[0][0] for sql in (used, asked))
    app = run(sample_releases, monkeypatch, "overview", area="jincheng", year="2022", base="2021", lang=lang)
    (note,) = [below for label, (_, below) in metrics(app).items() if label.startswith(("参与人次", "Participation"))]
    assert n < m and told.replace("3/5", f"{n}/{m}") in note


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_an_estimated_population_is_marked_wherever_a_rate_stands(
    sample_releases: Path, monkeypatch: pytest.MonkeyPatch, lang: str
) -> None:
    query = {"area": "chongqing", "year": "2026", "lang": lang}
    note = "约数，不是普查数" if lang == "zh" else "not census"
    app = run(sample_releases, monkeypatch, "overview", per10k="1", **query)
    said = plain_words(app)
    assert note in said and ("两江新区：" in said or "Liangjiang: " in said)
    drawn = json.dumps(chart(app, "map"), ensure_ascii=False)
    assert drawn.count(note) >= 2, "in the tips of both districts"
    assert re.search(r"[\d\u4e00-\u9fff]\*", drawn), "and a mark behind their numbers"
    app = run(sample_releases, monkeypatch, "participation", **query)
    assert note in plain_words(app) and re.search(r'<td class="num">[\d,.]+\*</td>', words(app))
    app = run(sample_releases, monkeypatch, "overview", **query)
    assert note not in plain_words(app), "totals have no denominator"
