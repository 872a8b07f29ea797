"""The offline snapshot: one HTML file with the meeting's screens in both languages; plotly and the map layer once in it."""

from __future__ import annotations

import base64
import gzip
import json
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import plotly

from dashboard.charts.base import EMPTY_TOPO, LOCALES
from dashboard.charts.geometry import GEO_URL
from dashboard.components.page import View
from dashboard.records import Change, Lang
from dashboard.reports.data import ReportData, gather
from dashboard.reports.drawings import Chart
from dashboard.reports.pptx import KEY_FIGURES
from dashboard.reports.render import Spec, read_geojson
from dashboard.reports.words import reporting_words
from dashboard.sentences import compact_or_mark, unit_delta_text
from dashboard.theme import strong

HERE: Final = Path(__file__).resolve().parent
PLOTLY: Final = Path(str(plotly.__file__)).parent / "package_data" / "plotly.min.js"
LANGS: Final[tuple[Lang, ...]] = ("zh", "en")
SCREENS: Final = (
    ("map", "participation"), ("activities", "participation"), ("change", "participation"), ("change_map", "participation"),
    ("map", "hazards_exposed"), ("bars", "hazards_exposed"), ("map", "activity_coverage"), ("filled", "activity_coverage"),
)  # fmt: skip
MAPS: Final = frozenset({"map", "change_map"})
WORDS: Final = ("next", "previous", "full", "close", "keys", "lang")


def to_html(view: View) -> bytes:
    """The file."""
    layers: dict[str, Spec] = {}
    content: dict[str, Any] = {
        lang: language(gather(replace(view, filters=replace(view.filters, lang=lang)), SCREENS), layers)
        for lang in LANGS
    }
    content |= {"first": view.filters.lang, "layers": layers, "topojson": EMPTY_TOPO}
    page = (HERE / "snapshot.html").read_text(encoding="utf-8")
    parts = {
        "/*STYLE*/": (HERE / "snapshot.css").read_text(encoding="utf-8"),
        "/*PLOTLY*/": base64.b64encode(gzip.compress(PLOTLY.read_bytes(), mtime=0)).decode("ascii"),
        "/*DATA*/": safe_json(content),
        "/*SCRIPT*/": (HERE / "snapshot.js").read_text(encoding="utf-8"),
    }
    for mark, text in parts.items():
        page = page.replace(mark, text, 1)
    return page.encode("utf-8")


def safe_json(content: object) -> str:
    """JSON that can't end the script it stands in."""
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def language(data: ReportData, layers: dict[str, Spec]) -> dict[str, Any]:
    """All that one language's screens say."""
    view = data.view
    return {
        "title": data.title, "stamp": data.stamp.line, "sample": view.campaign.is_sample, "mark": view.t("head.sample"),
        "words": {name: view.t(f"snapshot.{name}") for name in WORDS}, "locale": LOCALES[view.lang],
        "lead": view.t("report.totals.lead", n=data.n_reported, m=len(data.reports)),
        "figures": figures(data), "screens": [screen(chart, layers) for chart in data.charts],
        "missing": {"title": reporting_words(data), "names": [view.pick(r.name_zh, r.name_en) for r in data.silent]},
        "notes": {"title": view.t("overview.attention"), "items": [*data.attention, view.t("report.basis")]},
        "units": unit_panels(data),
    }  # fmt: skip


def figures(data: ReportData) -> list[dict[str, str]]:
    """The headline figures."""
    shown = [number for name in KEY_FIGURES if (number := data.number(name)) is not None]
    found = [{"label": n.label, "value": n.shown, "note": n.delta, "hue": strong(n.measure.hue)} for n in shown]
    words = data.view.t("overview.reporting")
    return [*found, {"label": words, "value": f"{data.n_reported} / {len(data.reports)}", "note": "", "hue": "#66727F"}]


def screen(chart: Chart, layers: dict[str, Spec]) -> dict[str, Any]:
    """A chart's screen: its figure without the frame's title, which the screen says itself."""
    spec: Spec = json.loads(chart.figure.to_json())
    spec["layout"].pop("template", None)
    for trace in spec["data"]:
        source = trace.get("geojson")
        if isinstance(source, str) and source.startswith(GEO_URL):
            layers.setdefault(source, read_geojson(source))
    return {"key": chart.key, "title": chart.title, "finding": chart.found.finding, "caveat": chart.found.caveat,
            "map": chart.name in MAPS, "figure": {"data": spec["data"], "layout": spec["layout"]}}  # fmt: skip


def unit_panels(data: ReportData) -> dict[str, Any]:
    """What a click on a unit shows: its leading measures, and whether it reported."""
    view = data.view
    panels: dict[str, Any] = {}
    for report in data.reports:
        state = view.t("report.state.reported" if report.state == "reported" else "state.mark.not_reported")
        panels[report.unit_id] = {"name": view.pick(report.name_zh, report.name_en), "state": state, "rows": []}
    for measure_id, rows in data.values.items():
        measure = view.choices.measure(measure_id)
        if measure is None:
            continue
        label = view.t("overview.figure", label=view.pick(measure.label_zh, measure.label_en),
                       unit=view.pick(measure.unit_zh, measure.unit_en))  # fmt: skip
        changes = {c.unit_id: c for c in data.changes[measure_id].rows}
        for row in rows:
            if row.unit_id in panels:
                change = changes.get(row.unit_id)
                note = unit_note(data, measure_id, change)
                panels[row.unit_id]["rows"].append([label, compact_or_mark(row, measure, view.lang), note])
    return panels


def unit_note(data: ReportData, measure_id: str, change: Change | None) -> str:
    """The unit's change as the District page says it."""
    measure = data.view.choices.measure(measure_id)
    return unit_delta_text(change, measure, data.view.filters.base_year, data.view.lang) if measure else ""
