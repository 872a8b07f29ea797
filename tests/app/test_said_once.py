"""What every page says at its head and foot: no finding twice, and which day is which."""

from __future__ import annotations

import re
from pathlib import Path

import duckdb
import pytest

from tests.app.running import plain_words, run, words

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
    as_of, built = release.execute("select as_of::date, built_at::date from reporting_clock, release_info").fetchall()[
        0
    ]
    told = f"data as of {as_of} (last arrival)" if "lang" in query else f"数据截至 {as_of}（最近收件）"
    text = plain_words(app)
    assert told in text and (f"(built {built})" in text or f"（{built} 生成）" in text)
    assert ("三个日期" in text or "Three dates" in text) == (page == "reporting")
