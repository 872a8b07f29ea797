"""Subsets of units, two groups, classes, the cross table and two measures on one map: all led by the link."""

from __future__ import annotations

import re
from pathlib import Path

import duckdb
import pytest

from tests.app.running import chart, chart_keys, plain_words, run, words

QUERY = {"area": "chongqing", "year": "2022", "base": "2021"}
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
    app.session_state["paired_shown"] = True
    app.session_state["pivot_shown"] = True
    app.run()
    assert not app.exception and not app.error
    assert "map_pair" in chart_keys(app)
    cells = release.execute(
        "select count(*) from measure_activity_value where campaign_id = 'chongqing-2022'"
        " and measure_id = 'hazards_exposed' and value is not null"
    ).fetchall()[0][0]  # fmt: skip
    assert cells > 30
    heads = re.findall(r"<th[^>]*>(曝光问题隐患 · [^<]*)</th>", words(app))
    assert heads and not any("合计" in head for head in heads), "one activity alone: no sum beside it"
    assert all(head.endswith("（条）") for head in heads)
    assert words(app).count("atlas-square") == 1 and "低×高" not in plain_words(app), "the nine colours are a square"


def test_a_sum_of_the_cross_table_is_as_rough_as_its_roughest_part(
    sample_releases: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = run(sample_releases, monkeypatch, "participation", **QUERY)
    app.session_state["pivot_shown"] = True
    app.run()
    table = next(t for t in re.findall(r"<table>.*?</table>", words(app), re.S) if " · 合计" in t)
    rough = 0
    for row in re.findall(r"<tr><td.*?</tr>", table, re.S):
        cells = [re.sub("<[^>]+>", "", cell) for cell in re.findall(r"<td.*?</td>", row, re.S)][1:]
        if any(cell[:1] in "约≤" or cell.endswith("+") for cell in cells[:-1] if cell):
            rough += 1
            assert cells[-1][:1] in "约≤" or cells[-1].endswith("+"), cells
    assert rough > 3
