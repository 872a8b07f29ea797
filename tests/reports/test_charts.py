"""Every chart that a page draws can be had as a file, and is the page's own."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.__main__ import CHART_NAMES
from dashboard.release import Database
from dashboard.reports.drawings import CHARTS, draw_named
from dashboard.reports.opening import view_of
from tests.app.running import chart, run

QUERY = {"area": "chongqing", "year": "2022", "base": "2021", "measure": "hazards_exposed"}
# chart -> page, its key there, and the face of the page that holds it.
ON_PAGES = {
    "waterfall": ("year_over_year", "parts", ""),
    "dumbbells": ("year_over_year", "dumbbells", ""),
    "history": ("year_over_year", "history", ""),
    "year_maps": ("year_over_year", "year_maps", "years"),
    "relation": ("hazards", "relation", ""),
    "paired_map": ("hazards", "map_pair", "pair"),
    "arrivals": ("reporting", "arrivals", ""),
    "rules": ("data_quality", "rules", ""),
}


def page_with(releases: Path, monkeypatch: pytest.MonkeyPatch, name: str, query: dict[str, str]) -> AppTest:
    page, _, face = ON_PAGES[name]
    return run(releases, monkeypatch, page, show=face, **query)


def drawn(spec: dict[str, Any]) -> list[dict[str, Any]]:
    return [{k: v for k, v in trace.items() if k not in ("hovertext", "text")} for trace in spec["data"]]


@pytest.mark.parametrize("name", ON_PAGES)
def test_a_chart_from_the_command_line_is_the_one_on_the_page(
    source: Database, sample_releases: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    made = draw_named(view_of(source, QUERY), name, QUERY["measure"])
    assert made is not None
    on_page = chart(page_with(sample_releases, monkeypatch, name, QUERY), ON_PAGES[name][1])
    spec = json.loads(made.figure.to_json())
    assert drawn(spec) == drawn(on_page) and made.found.finding
    title = spec["layout"]["title"]["text"]
    assert ("重庆市 2022 年" in title and made.title in title) or name == "paired_map"


@pytest.mark.parametrize("area", ["chongqing", "jincheng", "ningxia", "jilin"])
@pytest.mark.parametrize("lang", ["en", pytest.param("zh", marks=pytest.mark.slow)])
def test_every_chart_is_drawn_or_left_out_for_every_campaign(source: Database, area: str, lang: str) -> None:
    choices = view_of(source, QUERY).choices
    for campaign in choices.campaigns:
        if campaign.jurisdiction_id != area:
            continue
        view = view_of(source, {"area": area, "year": str(campaign.year), "lang": lang})
        found = {name for name in CHARTS if draw_named(view, name, "participation") is not None}
        if campaign.form_id is None:
            assert found <= {"arrivals", "rules"} and "arrivals" in found
        elif campaign.has_data:
            assert {"map", "bars"} <= found


def test_quotes_are_drawn_as_quotes(source: Database) -> None:
    """plotly knows numbered entities and a few names; &quot; is not among them and would be read by everybody."""
    view = view_of(source, {"area": "ningxia", "year": "2021", "lang": "en"})
    activity = view.choices.activities_of(view.campaign)[0]
    view = view_of(source, {"area": "ningxia", "year": "2021", "lang": "en", "activity": activity.activity_id})
    chart_made = draw_named(view, "map", "participation")
    assert chart_made is not None and '"' in chart_made.found.sentence
    assert "&quot;" not in chart_made.figure.to_json()


def test_both_lists_of_charts_are_the_same() -> None:
    assert tuple(CHARTS) == CHART_NAMES
    text = (Path(__file__).resolve().parents[2] / "docs" / "reports.md").read_text(encoding="utf-8")
    assert all(f"`{name}`" in text for name in CHART_NAMES)
