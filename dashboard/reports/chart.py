"""A chart of a report: its figure in a frame, alone and for paper, its words, the values behind it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from typing import Final

import plotly.graph_objects as go

from dashboard.charts.breaks import Classes
from dashboard.charts.frame import MAP_HEIGHT_PX, MAP_WIDTH_PX, TITLE_PAD_PX, Swatch
from dashboard.charts.map_labels import PAPER, PAPER_ROOM, STAGE_ROOM
from dashboard.charts.map_marks import MapUnit
from dashboard.components.chart import Drawing, caption_words, drawing_title, framed, source_words
from dashboard.components.map_numbers import unnumbered_words
from dashboard.components.mapview import make_map, place_words
from dashboard.components.page import View
from dashboard.reports.columns import two_columned
from dashboard.reports.in_text import in_text, text_frame
from dashboard.sentences import Headline

# In a document a picture is 156 mm wide: 12 pixels of so many are 7 points.
PRINT_WIDTH_PX: Final = 760
# A map's title above and its legend and sources below, on paper; what the foot does not need is cut off.
PRINT_LINE_PX, PRINT_FOOT_PX = 20, 200

BARE: Final = "0"
MAP_TITLES: Final = {"map": "chart.map", "change_map": "report.change_map", "paired_map": "reports.chart.paired_map"}


@dataclass(frozen=True)
class Series:
    """One series of a native chart: None is a gap. `labels` says how each number is printed, BARE standing for it: 约0, 0+."""

    name: str
    values: tuple[float | None, ...]
    labels: tuple[str, ...] = ()


@dataclass(frozen=True)
class Native:
    """What an office program draws itself: bars, shares of 100, changes on both sides of zero, stacked bars of 100%, or lines."""

    kind: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]


@dataclass(frozen=True)
class Chart:
    """One chart: what it says, the figure in its frame, its values where an office program can draw them.

    `alone` draws the figure without the frame, its labels for a large screen; `printed` with it, its words for paper;
    `in_text` for a report's page, without what its caption and its text say.

    A map has its legend and the source of its boundaries beside it.
    """

    name: str
    measure_id: str
    title: str
    found: Headline
    figure: go.Figure
    alone: Callable[[], go.Figure]
    printed: Callable[[], go.Figure]
    in_text: Callable[[], go.Figure]
    source: str
    caption: str  # to be copied beside the picture: place, year, what it shows, the finding, its source
    native: Native | None = None
    legend: tuple[Swatch, ...] = ()
    boundaries: str = ""
    label: str = ""  # of its measure
    unit: str = ""

    @property
    def key(self) -> str:
        """The chart's name and measure."""
        return f"{self.name}:{self.measure_id}"


def framed_chart(view: View, name: str, drawing: Drawing | None, native: Native | None = None) -> Chart | None:
    """The drawing in its frame; None for none."""
    if drawing is None:
        return None
    title = drawing_title(view, drawing)
    figure = framed(view, drawing)
    own = drawing.figure

    @cache  # asked for its height again and again while the pages are laid out
    def printed() -> go.Figure:
        return framed(view, replace(drawing, figure=two_columned(own, PRINT_WIDTH_PX)), PRINT_WIDTH_PX)

    @cache
    def among_text() -> go.Figure:
        bare = two_columned(own, PRINT_WIDTH_PX)
        frame = text_frame(view, drawing.found.sentence, (drawing.note,), drawing.swatches)
        return in_text(bare, frame, PRINT_WIDTH_PX, float(bare.layout.height))

    return Chart(
        name,
        view.measure.measure_id,
        title,
        drawing.found,
        figure,
        lambda: own,
        printed,
        among_text,
        source_words(view),
        caption_words(view, title, drawing.found.sentence),
        native,
        label=view.measure_label,
        unit=view.measure_unit,
    )


def map_chart(
    view: View, name: str, found: Headline, units: list[MapUnit], classes: Classes, legend: tuple[Swatch, ...]
) -> Chart | None:
    """A map in its frame, and alone; None for an area without a layer."""
    what = view.t(MAP_TITLES[name], base=view.filters.base_year)
    own = "" if name == "map" else what
    made = make_map(view, units, classes, legend, found.sentence, name=own)
    if made is None:
        return None
    drawn, source = made
    sized = go.Figure(drawn.figure).update_layout(width=MAP_WIDTH_PX, height=MAP_HEIGHT_PX)

    def alone() -> go.Figure:
        large = make_map(view, units, classes, legend, found.sentence, STAGE_ROOM, name=own)
        bare = {"title": None, "annotations": (), "shapes": (), "margin": {"l": 0, "r": 0, "t": 0, "b": 0}}
        return go.Figure((large or made)[0].figure).update_layout(bare, overwrite=True)

    @cache  # asked for its height again and again while the pages are laid out
    def printed() -> go.Figure:
        large = make_map(view, units, classes, legend, found.sentence, PAPER_ROOM, round(PAPER.width), own)
        figure = go.Figure((large or made)[0].figure)
        top = TITLE_PAD_PX + PRINT_LINE_PX * figure.layout.title.text.count("<br>") + PRINT_LINE_PX // 2
        size = {"width": PAPER.width, "height": PAPER.height + top + PRINT_FOOT_PX}
        return figure.update_layout(size, margin={"t": top, "b": PRINT_FOOT_PX})

    def on_paper() -> str:
        smallest = make_map(view, units, classes, legend, found.sentence, PAPER_ROOM, round(PAPER.width), own)
        return unnumbered_words(view, (smallest or made)[0].unnumbered)

    boundaries = " ".join(words for words in (on_paper(), place_words(view, drawn, source)) if words)

    @cache
    def among_text() -> go.Figure:
        bare = {"annotations": (), "shapes": (), "margin": {"l": 0, "r": 0, "t": 0, "b": 0}}
        figure = go.Figure(printed()).update_layout(bare, overwrite=True)
        return in_text(figure, text_frame(view, "", (boundaries,), legend), round(PAPER.width), PAPER.height)

    title = f"{view.measure_label} · {what}"
    return Chart(
        name, view.measure.measure_id, title, found, sized, alone, printed, among_text, source_words(view),
        caption_words(view, title, found.sentence), None, legend, boundaries, view.measure_label,
        view.measure_unit,
    )  # fmt: skip
