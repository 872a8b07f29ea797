"""What all charts share: fonts, ground, margins, and the buttons above a chart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, TypeAlias

import plotly.graph_objects as go

from dashboard.records import Lang
from dashboard.texts import text
from dashboard.theme import FONT, FONT_SIZE, INK, LINE, WHITE

# An empty world map: without it plotly asks a far host for coastlines, and draws nothing when offline.
EMPTY_TOPO: Final = 'data:application/json,{"type":"Topology","arcs":[],"objects":{}}#'
PNG_SCALE: Final = 2
LOCALES: Final[dict[Lang, str]] = {"zh": "zh-CN", "en": "en-GB"}
# What plotly.js says in English -> its text here.
MENU_WORDS: Final = {
    "Download plot as a PNG": "chart.menu.png",
    "Download plot": "chart.menu.svg",
    "Preparing image - this may take a few seconds": "chart.menu.busy",
    "Image download succeeded": "chart.menu.done",
    "Sorry, there was a problem downloading your image!": "chart.menu.failed",
    "Double-click to zoom back out": "chart.menu.reset",
    "Snapshot succeeded": "chart.menu.done",
}

Config: TypeAlias = dict[str, object]
Trace: TypeAlias = dict[str, object]


def trace(kind: str, **spec: object) -> Trace:
    """One trace of plotly's kind (bar, choropleth ...)."""
    return {"type": kind, **spec}


@dataclass
class Parts:
    """Traces and layout of a figure to be; plotly is slow at changing a figure, so it is made at once."""

    traces: list[Trace] = field(default_factory=list)
    layout: dict[str, object] = field(default_factory=dict)

    def figure(self, *, height: int | None = None) -> go.Figure:
        """The figure with house fonts, white ground and tight margins."""
        return made_figure(self.traces, layout_of(height) | self.layout)


def made_figure(traces: Sequence[Trace], layout: Mapping[str, object]) -> go.Figure:
    """A figure of these parts as they are. Plotly's checks are most of the work of a filter change; the tests make them."""
    return go.Figure(data=list(traces), layout=dict(layout), _validate=False)


def layout_of(height: int | None = None) -> dict[str, object]:
    """House fonts, white ground, tight margins."""
    hover_font = {"family": FONT, "size": 13, "color": INK}
    return {
        "template": {},  # plotly puts its own in the place of None
        "font": {"family": FONT, "size": FONT_SIZE, "color": INK},
        "paper_bgcolor": WHITE,
        "plot_bgcolor": WHITE,
        "margin": {"l": 0, "r": 0, "t": 0, "b": 0},
        "showlegend": False,
        "dragmode": False,
        "height": height,
        "hoverlabel": {"bgcolor": WHITE, "bordercolor": LINE, "font": hover_font},
    }


def base_layout(figure: go.Figure, *, height: int | None = None) -> go.Figure:
    """The figure, given the house's layout."""
    figure.update_layout(layout_of(height))
    return figure


def menu_words(lang: Lang) -> dict[str, str]:
    """The words of a chart's menu."""
    return {english: text(lang, key) for english, key in MENU_WORDS.items()}


def chart_config(lang: Lang, file_name: str, size: tuple[int, int], *, image_format: str = "png") -> Config:
    """Settings for the browser: one download button, words in the reader's language, no outside request."""
    return {
        "topojsonURL": EMPTY_TOPO,
        "displaylogo": False,
        "scrollZoom": False,
        "doubleClick": False,
        "showTips": False,
        "modeBarButtons": [["toImage"]],
        "toImageButtonOptions": {
            "format": image_format,
            "filename": file_name,
            "width": size[0],
            "height": size[1],
            "scale": PNG_SCALE if image_format == "png" else 1,
        },
        "locale": LOCALES[lang],
        "locales": {LOCALES[lang]: {"dictionary": menu_words(lang), "format": {}}},
    }
