"""Under every chart stands the table of what it draws, in the numbers of the release."""

from __future__ import annotations

import re
from pathlib import Path

import duckdb
import pytest
from streamlit.testing.v1 import AppTest

from tests.app.running import chart_keys, run

QUERY = {"area": "chongqing", "year": "2022", "base": "2021"}
# Bars of all units stand in three charts; the page's own table follows right below them. Classes: shown at once.
HAVE_A_TABLE_BELOW = re.compile(r"^(units_\d|units|\d|classes|parts)$")


def rows(app: AppTest) -> dict[str, list[str]]:
    """First cell -> the other cells, of all tables on the page."""
    html = " ".join(str(e.proto.body) for e in app.get("html"))
    found: dict[str, list[str]] = {}
    for row in re.findall(r"<tr>(.*?)</tr>", html):
        cells = [re.sub(r"<[^>]+>", "", cell) for cell in re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", row)]
        if cells:
            found[cells[0]] = cells[1:]
    return found


@pytest.mark.parametrize(
    "page", ["overview", "participation", "hazards", "coverage", "year_over_year", "reporting", "data_quality"]
)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_chart_has_its_table(
    sample_releases: Path, monkeypatch: pytest.MonkeyPatch, page: str, lang: str
) -> None:
    app = run(sample_releases, monkeypatch, page, **QUERY, lang=lang)
    word = "数据表" if lang == "zh" else "As a table"
    charts = [key for key in chart_keys(app) if not HAVE_A_TABLE_BELOW.match(key)]
    tables = [e for e in app.expander if e.label == word]
    assert len(tables) >= len(charts) > 0, (charts, len(tables))


def test_an_opened_table_holds_what_the_map_shows(
    sample_releases: Path, release: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = run(sample_releases, monkeypatch, "overview", **QUERY, measure="participation")
    assert "万州区" not in rows(app)
    app.session_state["behind_map"] = True
    app.run()
    shown = rows(app)
    known = release.execute(
        "select u.name, v.value, v.qualifier from measure_value v join unit u using (unit_id)"
        " where v.campaign_id = 'chongqing-2022' and v.measure_id = 'participation'"
    ).fetchall()
    assert len(known) > 30
    for name, value, qualifier in known:
        if value is None:
            assert not re.search(r"\d", shown[name][0]), (name, shown[name])
        elif qualifier == "exact":
            assert shown[name][0] == f"{value:,.0f}人次"
        else:
            assert f"{value:,.0f}" in shown[name][0]
