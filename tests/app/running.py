"""A page run in Streamlit's test runner, and what it drew and said."""

from __future__ import annotations

import html as markup
import json
import re
from pathlib import Path
from typing import Any, cast

import pytest
from streamlit.testing.v1 import AppTest

ROOT = Path(__file__).resolve().parents[2]
CJK = re.compile("[\u4e00-\u9fff]")
HOSTILE = (
    {"area": "<script>alert(1)</script>", "year": "9999", "measure": "'; drop table fact; --"},
    {"area": "chongqing", "year": "2022", "base": "2022", "activity": "<b>x", "kind": "../..", "unit": "%00"},
)


def run(releases: Path, monkeypatch: pytest.MonkeyPatch, page: str, **query: str) -> AppTest:
    """The page with this query; errors on it fail the test."""
    monkeypatch.setenv("ATLAS_RELEASES", str(releases))
    app = AppTest.from_file(str(ROOT / "dashboard" / "app.py"), default_timeout=60)
    for name, value in query.items():
        app.query_params[name] = value
    app.run()
    app.switch_page(f"views/{page}.py").run()
    assert not app.exception and not app.error
    return app


def words(app: AppTest) -> str:
    """All of our own markup on the page."""
    return " ".join(str(element.proto.body) for element in app.get("html"))


def plain_words(app: AppTest) -> str:
    """The same without tags."""
    return markup.unescape(re.sub(r"<style>.*?</style>|<[^>]+>", " ", words(app)))


def chart(app: AppTest, key: str) -> dict[str, Any]:
    """The figure of this key as it is sent to the browser."""
    found = [e for e in app.get("plotly_chart") if e.proto.id.endswith(f"-{key}")]
    assert len(found) == 1, (key, [e.proto.id for e in app.get("plotly_chart")])
    return cast(dict[str, Any], json.loads(found[0].proto.spec))


def chart_keys(app: AppTest) -> set[str]:
    """Keys of all charts on the page."""
    return {str(e.proto.id).rsplit("-", 1)[-1] for e in app.get("plotly_chart")}


def metrics(app: AppTest) -> dict[str, tuple[str, str]]:
    """Key figures: label -> value and the line below."""
    return {str(m.label): (str(m.value), str(m.delta)) for m in app.metric}


def class_count(app: AppTest, css: str) -> int:
    """How many cells of a matrix carry this class; the legend's own mark is not counted."""
    return len(re.findall(rf'<td class="m {css}"', words(app)))


def district_colours(spec: dict[str, Any]) -> dict[str, str]:
    """Unit -> colour on the main map."""
    return {
        unit: trace["colorscale"][-1][1]
        for trace in spec["data"]
        if trace["type"] == "choropleth" and trace.get("geo", "geo") == "geo"
        for unit in trace["locations"]
    }
