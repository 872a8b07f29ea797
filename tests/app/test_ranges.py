"""A range typed for a number (53-56) is shown as such, counts nowhere, and is among what has no usable number."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from tests.app.running import plain_words, run


@pytest.mark.parametrize(("lang", "said"), [("zh", "区间，未计入"), ("en", "a range, not counted")])
def test_a_range_is_named_and_counted_as_no_number(
    sample_releases: Path, release: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch, lang: str, said: str
) -> None:
    rows = release.execute(
        "select f.campaign_id, f.unit_id, low, high, n_withheld, c.jurisdiction_id, c.year"
        " from current_fact f join unit_report r using (campaign_id, unit_id) join campaign c using (campaign_id)"
        " where f.qualifier = 'range' and f.value is null"
    ).fetchall()
    assert rows
    for _, unit, low, high, n_withheld, area, year in rows[:3]:
        page = plain_words(
            run(sample_releases, monkeypatch, "district", area=area, year=str(year), unit=unit, lang=lang)
        )
        assert f"{low:,.0f}–{high:,.0f}" in page and said in page
        assert f"{n_withheld} without a usable number" in page or f"有字无数 {n_withheld}" in page
        assert n_withheld >= 1
