"""A chart on the page, with the frame that its saved picture shows."""

from __future__ import annotations

from dataclasses import dataclass

import plotly.graph_objects as go
import streamlit as st

from dashboard.charts.base import made_figure
from dashboard.charts.frame import BOTTOM_PX, CHART_WIDTH_PX, TOP_PX, PictureFrame, Swatch, frame_layout
from dashboard.components.chart_table import behind_chart
from dashboard.components.head import reported_words
from dashboard.components.page import View
from dashboard.components.parts import config_of
from dashboard.sentences import Headline
from dashboard.tables import Table


@dataclass(frozen=True)
class Drawing:
    """A chart before it is shown: its key and name, the figure without its frame, what it says, the rows behind it."""

    key: str
    name: str
    figure: go.Figure
    found: Headline
    table: Table | None = None
    of_measure: bool = True  # its title begins with the view's measure
    note: str = ""  # what the finding rests on; its saved picture says it below
    swatches: tuple[Swatch, ...] = ()  # the legend of its saved picture; the page shows its own


def picture_frame(
    view: View, what: str, finding: str, swatches: tuple[Swatch, ...] = (), source: str = "", note: str = ""
) -> PictureFrame:
    """Title, finding, what that rests on, what is filtered in words, release, sample mark, source."""
    title = view.t("picture.title", area=view.area, year=view.filters.year, what=what)
    if view.campaign.is_sample:
        title += view.t("picture.sample")
    return PictureFrame(title, finding, tuple(line for line in (note, source_words(view), source) if line), swatches)


def source_words(view: View) -> str:
    """What is filtered, the release, who reported, as of when, and whether it is sample data."""
    line = view.t("caption.line", words=view.words, release=view.source.release_id[:12])
    reported = reported_words(view, by_kind=True) if view.campaign.form_id else ""
    kind = view.t("caption.sample") if view.campaign.is_sample else view.t("report.real")
    return " · ".join(part for part in (line, reported, view.data_as_of, kind) if part)


def caption_words(view: View, title: str, finding: str) -> str:
    """One sentence to copy below the picture: place, year, what it shows, the finding, its source."""
    return view.t(
        "report.caption", finding=finding.removesuffix(view.t("headline.stop")), area=view.area,
        year=view.filters.year, title=title, source=source_words(view),
    )  # fmt: skip


def show_drawing(view: View, drawing: Drawing) -> None:
    """The drawing on the page, the caption and the table behind it."""
    show_figure(view, drawing)
    show_behind(view, drawing)


def show_figure(view: View, drawing: Drawing) -> None:
    """The figure alone, with the frame that the page cuts off."""
    figure, height = with_frame(drawing.figure, frame_of(view, drawing))
    config = config_of(view, drawing.name, size=(CHART_WIDTH_PX, height))
    with st.container(key=f"atlas-chart-{drawing.key}"):
        st.plotly_chart(figure, theme=None, key=drawing.key, config=config)


def show_behind(view: View, drawing: Drawing) -> None:
    """The drawing's caption and table."""
    words = caption_words(view, drawing_title(view, drawing), drawing.found.sentence)
    behind_chart(view, words, drawing.table, drawing.key)


def frame_of(view: View, drawing: Drawing) -> PictureFrame:
    """What its saved picture says around it."""
    title, finding = drawing_title(view, drawing), drawing.found.sentence
    return picture_frame(view, title, finding, drawing.swatches, note=drawing.note)


def drawing_title(view: View, drawing: Drawing) -> str:
    """The drawing's name, after the measure that it shows."""
    return f"{view.measure_label} · {drawing.name}" if drawing.of_measure else drawing.name


def framed(view: View, drawing: Drawing, width: int = CHART_WIDTH_PX) -> go.Figure:
    """The drawing as its saved picture shows it; a narrow one has larger words on paper."""
    return with_frame(drawing.figure, frame_of(view, drawing), width=width)[0]


def with_frame(figure: go.Figure, frame: PictureFrame, *, width: int | None = None) -> tuple[go.Figure, int]:
    """The figure with the frame in its margins, and its height with them."""
    spec = figure.to_dict()
    own = spec["layout"]
    margin, below = own.get("margin") or {}, (own.get("margin") or {}).get("b") or 0
    added = frame_layout(frame, width or CHART_WIDTH_PX)
    height = int(own.get("height") or 0) + TOP_PX + BOTTOM_PX
    layout = own | {
        "title": added["title"],
        "height": height,
        "margin": margin | {"t": (margin.get("t") or 0) + TOP_PX, "b": below + BOTTOM_PX},
        "annotations": [*own.get("annotations", ()), *shifted(added["annotations"], below, "yshift")],
        "shapes": [*own.get("shapes", ()), *shifted(added["shapes"], below, "y0", "y1")],
    }
    return made_figure(spec["data"], layout | ({"width": width} if width else {})), height


def shifted(parts: object, below: float, *fields: str) -> list[dict[str, object]]:
    """The frame's texts or shapes, moved below the chart's own margin."""
    if not isinstance(parts, list):
        raise TypeError("parts of a frame")
    return [{**part, **{field: part[field] - below for field in fields}} for part in parts]
