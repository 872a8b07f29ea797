"""What all charts share: fonts, ground, margins, and the buttons above a chart."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, TypeAlias

import plotly.graph_objects as go

from dashboard.records import Lang
from dashboard.theme import FONT, FONT_SIZE, INK, LINE, WHITE

# An empty world map: without it plotly asks a far host for coastlines, and draws nothing when offline.
EMPTY_TOPO: Final = 'data:application/json,{"type":"Topology","arcs":[],"objects":{}}#'
PNG_SCALE: Final = 2
ZH_WORDS: Final = {
    "Download plot as a PNG": "下载图片（PNG）",
    "Download plot": "下载图片（SVG）",
    "Preparing image - this may take a few seconds": "正在生成图片……",
    "Image download succeeded": "图片已下载",
    "Sorry, there was a problem downloading your image!": "图片下载失败",
    "Double-click to zoom back out": "双击复原",
    "Snapshot succeeded": "图片已下载",
}

Config: TypeAlias = dict[str, object]


@dataclass
class Parts:
    """Traces and layout of a figure to be; plotly is slow at changing a figure, so it is made at once."""

    traces: list[object] = field(default_factory=list)
    layout: dict[str, object] = field(default_factory=dict)

    def figure(self, *, height: int | None = None) -> go.Figure:
        """The figure with house fonts, white ground and tight margins."""
        return go.Figure(data=self.traces, layout=layout_of(height) | self.layout)


def layout_of(height: int | None = None) -> dict[str, object]:
    """House fonts, white ground, tight margins."""
    hover_font = {"family": FONT, "size": 13, "color": INK}
    return {
        "template": None,
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


def chart_config(lang: Lang, file_name: str, *, image_format: str = "png") -> Config:
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
            "scale": PNG_SCALE if image_format == "png" else 1,
        },
        "locale": "zh-CN" if lang == "zh" else "en",
        "locales": {"zh-CN": {"dictionary": ZH_WORDS, "format": {}}},
    }
