"""One unit's slides and offline page: the same statements as its brief, agreeing with the release."""

from __future__ import annotations

import io
import json
import re
from dataclasses import replace
from typing import Any

import pytest
from pptx import Presentation

from dashboard.format import plain
from dashboard.release import Database
from dashboard.reports.making import UNIT_MAKERS, make_unit_report
from dashboard.reports.opening import CannotReport, view_of
from dashboard.reports.stamp import Stamp
from dashboard.tables import About

QUERY = {"area": "chongqing", "year": "2021"}
UNIT = "500153"  # Rongchang: a contradiction inside its table and cases that are missing


def asked(source: Database, sql: str, params: dict[str, str | int]) -> tuple[tuple[Any, ...], ...]:
    return source.fetch(sql, params)[1]


def slide_texts(content: bytes) -> list[str]:
    slides = Presentation(io.BytesIO(content)).slides
    return ["\n".join(s.text_frame.text for s in slide.shapes if s.has_text_frame) for slide in slides]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_slides_of_one_unit_tell_its_figures_the_areas_its_change_and_its_findings(source: Database, lang: str) -> None:
    view = view_of(source, QUERY | {"lang": lang})
    content = make_unit_report(view, "pptx", UNIT).content
    _, figures, area, activities, change, findings = slide_texts(content)
    sql = "select value from measure_value where campaign_id = 'chongqing-2021' and unit_id = $u and measure_id = $m"
    for measure in ("hazards_exposed", "public_reports"):
        ((own,),) = asked(source, sql, {"u": UNIT, "m": measure})
        ((base, now),) = asked(source,
            "select base_value, value from comparison where jurisdiction_id = 'chongqing' and year = 2021"
            " and base_year = 2020 and unit_id = $u and measure_id = $m", {"u": UNIT, "m": measure},
        )  # fmt: skip
        ((total,),) = asked(
            source,
            "select value from measure_total where campaign_id = 'chongqing-2021' and measure_id = $m",
            {"m": measure},
        )
        assert plain(own) in figures and plain(own) in area
        assert plain(total) in area and f"{100 * own / total:.1f}".removesuffix(".0") + "%" in area
        units = {"hazards_exposed": ("条", " entries"), "public_reports": ("条次", " reports")}[measure]
        unit = units[lang == "en"]
        assert f"{plain(base)}{unit} → {plain(now)}{unit}" in change
    assert ("曝光案例" if lang == "zh" else "Case") in findings and "92%" in findings
    sample = "示例数据" if lang == "zh" else "sample data"
    assert all(sample in slide for slide in (figures, area, activities, change, findings)), "each is stamped"
    (chart,) = [s.chart for slide in Presentation(io.BytesIO(content)).slides for s in slide.shapes if s.has_chart]
    values = asked(
        source, "select value from measure_activity_value where campaign_id = 'chongqing-2021' and unit_id = $u"
        " and measure_id = 'participation' and value is not null", {"u": UNIT},
    )  # fmt: skip
    assert sorted(v for v in chart.plots[0].series[0].values if v) == sorted(value for (value,) in values if value)


def test_the_offline_page_of_one_unit_has_both_languages_and_asks_nobody(source: Database) -> None:
    page = make_unit_report(view_of(source, QUERY), "html", UNIT).content.decode("utf-8")
    found = re.search(r'<script id="data" type="application/json">(.*?)</script>', page, re.S)
    assert found
    data = json.loads(found[1])
    for lang in ("zh", "en"):
        assert [screen["key"] for screen in data[lang]["screens"]] == [
            "figures",
            "area",
            "activities",
            "change",
            "findings",
        ]
    assert "荣昌区" in data["zh"]["title"] and "Rongchang" in data["en"]["title"]
    assert not re.findall(r"""(?:src|href)=["']?https?://""", page.split('id="plotly"')[0])


def test_a_long_stamp_is_cut_to_a_files_property_at_the_filters_words_only() -> None:
    stamp = Stamp("w" * 300, "n of m", "as of", "release", "sample", About("", ()))
    assert len(stamp.property_line) == 255 and stamp.property_line.endswith(
        "w\u2026 · n of m · as of · release · sample"
    )
    assert replace(stamp, words="w").property_line == replace(stamp, words="w").line


@pytest.mark.parametrize("kind", sorted(UNIT_MAKERS))
def test_an_unknown_unit_is_refused_by_name(source: Database, kind: str) -> None:
    with pytest.raises(CannotReport) as raised:
        make_unit_report(view_of(source, QUERY), kind, "999999")
    assert raised.value.reason == "report.no_unit"
