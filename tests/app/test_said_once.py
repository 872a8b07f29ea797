"""What every page says at its head and foot: no finding twice, and which day is which."""

from __future__ import annotations

import re
from pathlib import Path

import duckdb
import pytest

from dashboard.format import signed_percent
from tests.app.running import metrics, plain_words, run, words

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
    told = f"data as of {as_of} ·" if "lang" in query else f"数据截至 {as_of} ·"
    text = plain_words(app)
    assert told in text and (f"data of {built}" in text or f"数据版本 {built}" in text)
    assert ("三个日期" in text or "Three dates" in text) == (page == "reporting")


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
    base, now = (int(shown[f"{year} 年可比部分（场次）"][0].replace(",", "")) for year in (2021, 2022))
    assert shown["可比部分变化"][0] == signed_percent(100 * (now - base) / base)
    assert "存疑" in shown["2022 年可比部分（场次）"][1]
