"""The Reports page: three clicks to a file, under the filters of the link; what can't be made is said."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from tests.app.running import plain_words, run

QUERY = {"area": "jincheng", "year": "2022", "base": "2021"}


def made(app: AppTest) -> list[Any]:
    return [b for b in app.get("download_button") if b.proto.id.endswith("report_download")]


@pytest.mark.parametrize("kind", ["xlsx", "html", "zip", "unit"])
def test_choose_make_download(sample_releases: Path, monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    monkeypatch.setattr("dashboard.reports.render.PROBED.trouble", "render.no_browser")
    app = run(sample_releases, monkeypatch, "reports", **QUERY)
    assert not made(app)
    app.pills(key="report_kind").set_value(kind).run()
    app.button(key="report_make").click().run()
    assert not app.exception and not app.error and len(made(app)) == 1
    # Another choice: the file made before is not offered under it.
    app.segmented_control(key="report_lang").set_value("en").run()
    assert not made(app)


@pytest.mark.parametrize("kind", ["docx", "pptx", "xlsx", "html"])
def test_a_unit_s_files_are_one_click_on_its_page_and_its_kinds_on_the_reports_page(
    sample_releases: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    saved: list[tuple[bytes, str]] = []
    monkeypatch.setattr("streamlit.download_button", lambda _label, data, name, *_, **__: saved.append((data, name)))
    app = run(sample_releases, monkeypatch, "district", unit="140581", **QUERY)
    app.button(key=f"unit_file_{kind}").click().run()
    assert not app.exception and [name for _, name in saved if "简报" in name] == [
        f"晋城市-2022-单个区县简报-高平市.{kind}"
    ]
    app = run(sample_releases, monkeypatch, "reports", unit="140581", **QUERY)
    app.pills(key="report_kind").set_value("unit").run()
    app.segmented_control(key="report_unit_format").set_value(kind).run()
    app.button(key="report_make").click().run()
    assert not app.exception and saved[-1][1] == f"晋城市-2022-单个区县简报-高平市.{kind}", "the unit of the link"
    assert saved[-1][0][:2] == (b"PK" if kind != "html" else b"<!")


@pytest.mark.parametrize(
    ("lang", "names"),
    [
        ("zh", ["晋城市-2022-单个区县简报-城区.docx", "晋城市-2022-单个区县简报-沁水县.docx"]),
        ("en", ["Jincheng-2022-One_district's_brief-Chengqu.docx", "Jincheng-2022-One_district's_brief-Qinshui.docx"]),
    ],
)
def test_the_brief_of_a_district_is_saved_under_the_district_s_name(
    sample_releases: Path, monkeypatch: pytest.MonkeyPatch, lang: str, names: list[str]
) -> None:
    monkeypatch.setattr("dashboard.reports.render.PROBED.trouble", "render.no_browser")
    saved: list[str] = []
    monkeypatch.setattr("streamlit.download_button", lambda _label, _data, name, *_, **__: saved.append(name))
    app = run(sample_releases, monkeypatch, "reports", lang=lang, **QUERY)
    app.pills(key="report_kind").set_value("unit").run()
    for number in (0, 1):
        app.selectbox(key="report_unit").select_index(number).run()
        app.button(key="report_make").click().run()
    assert not app.exception and saved == names


def test_without_pictures_the_page_says_so_and_makes_the_rest(
    sample_releases: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dashboard.reports.render.PROBED.trouble", "render.no_font")
    app = run(sample_releases, monkeypatch, "reports", **QUERY)
    assert any("中文字体" in warning.value for warning in app.warning)
    app.button(key="report_make").click().run()
    assert len(made(app)) == 1 and not app.error
    app.pills(key="report_kind").set_value("chart").run()
    app.button(key="report_make").click().run()
    assert not made(app) and any("中文字体" in error.value for error in app.error)


def test_a_chart_has_a_caption_to_copy_beside_it(sample_releases: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The sentence says what the page says above the same chart, and where it comes from."""
    monkeypatch.setattr("dashboard.reports.picture.chart_file", lambda *_, **__: b"png")
    monkeypatch.setattr("dashboard.reports.render.PROBED.trouble", "")
    app = run(sample_releases, monkeypatch, "reports", **QUERY)
    app.pills(key="report_kind").set_value("chart").run()
    app.button(key="report_make").click().run()
    assert len(made(app)) == 1
    (caption,) = [block.value for block in app.code if "安全生产月" in block.value]
    page = plain_words(run(sample_releases, monkeypatch, "overview", **QUERY))
    finding = caption.partition("：")[2].partition("（晋城市")[0]
    assert finding and finding.replace(" ", "") in page.replace(" ", "")
    assert "晋城市2022年" in caption and "示例数据" in caption and "数据截至" in caption


def test_the_running_order_is_arranged_and_kept_in_the_link(
    sample_releases: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = run(sample_releases, monkeypatch, "reports", order="figures,map,quality", **QUERY)
    app.button(key="screen_map_up").click().run()
    assert app.query_params["order"] == "map,figures,quality"
    app.checkbox(key="screen_notes").check().run()
    assert app.query_params["order"] == "map,figures,quality,notes"
    app.checkbox(key="screen_figures").uncheck().run()
    assert app.query_params["order"] == "map,quality,notes"
    app.pills(key="report_kind").set_value("html").run()
    assert [line for line in plain_words(app).split() if line in ("数据质量", "引用须知", "主要数字")][-2:] == [
        "数据质量", "引用须知",
    ]  # fmt: skip
    app.toggle(key="screens_dark").set_value(True).run()
    assert app.query_params["ground"] == "dark"
    app.button(key="screens_usual").click().run()
    assert "order" not in app.query_params and not app.exception


@pytest.mark.parametrize("page", ["overview", "reporting", "district"])
def test_the_presentation_stands_over_the_page_and_is_left_with_its_filters(
    sample_releases: Path, monkeypatch: pytest.MonkeyPatch, page: str
) -> None:
    app = run(sample_releases, monkeypatch, page, kind="district", **QUERY)
    assert not app.get("bidi_component")
    app.button(key="present").click().run()
    assert app.query_params["present"] == "1" and app.query_params["kind"] == "district"
    shown = [found.key for found in app.get("bidi_component")]
    assert shown == ["atlas_ground", "atlas_presentation"], "the ground comes first"
    assert "安全生产月" in plain_words(app) and not app.exception
    assert "present" not in " ".join(str(e.proto.body) for e in app.get("html")), "links of the page lead to pages"


@pytest.mark.parametrize("kind", ["docx", "xlsx", "html", "pptx"])
def test_a_campaign_without_a_table_offers_reports_on_reporting(
    sample_releases: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    monkeypatch.setattr("dashboard.reports.render.PROBED.trouble", "render.no_browser")
    app = run(sample_releases, monkeypatch, "reports", area="jilin", year="2021")
    assert set(app.pills(key="report_kind").options) == {"Word 报告", "Excel 表", "离线网页", "PPT 幻灯片"}
    app.pills(key="report_kind").set_value(kind).run()
    app.button(key="report_make").click().run()
    assert len(made(app)) == 1 and not app.exception


def test_what_cannot_be_presented_is_said(sample_releases: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = run(sample_releases, monkeypatch, "overview", present="1", order="notes", area="jilin", year="2021")
    # Neither the presentation nor its ground, which would hide the sentence.
    assert not app.get("bidi_component") and any("没有可演示" in info.value for info in app.info)
