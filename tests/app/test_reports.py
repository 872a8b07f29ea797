"""The Reports page: three clicks to a file, under the filters of the link; what can't be made is said."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from tests.app.running import run

QUERY = {"area": "jincheng", "year": "2022", "base": "2021"}


def made(app: AppTest) -> list[Any]:
    return [b for b in app.get("download_button") if b.proto.id.endswith("report_download")]


@pytest.mark.parametrize("kind", ["xlsx", "html", "zip", "unit"])
def test_choose_make_download(sample_releases: Path, monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    monkeypatch.setattr("dashboard.reports.render.PROBED.trouble", "render.no_browser")
    app = run(sample_releases, monkeypatch, "reports", **QUERY)
    assert not made(app)
    app.segmented_control(key="report_kind").set_value(kind).run()
    app.button(key="report_make").click().run()
    assert not app.exception and not app.error and len(made(app)) == 1
    # Another choice: the file made before is not offered under it.
    app.segmented_control(key="report_lang").set_value("en").run()
    assert not made(app)


def test_without_pictures_the_page_says_so_and_makes_the_rest(
    sample_releases: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dashboard.reports.render.PROBED.trouble", "render.no_font")
    app = run(sample_releases, monkeypatch, "reports", **QUERY)
    assert any("中文字体" in warning.value for warning in app.warning)
    app.button(key="report_make").click().run()
    assert len(made(app)) == 1 and not app.error
    app.segmented_control(key="report_kind").set_value("chart").run()
    app.button(key="report_make").click().run()
    assert not made(app) and any("中文字体" in error.value for error in app.error)
