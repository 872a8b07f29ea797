"""A report of any kind, from a view to bytes: what the command line and the Reports page both call."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import plotly.graph_objects as go

from dashboard.components.page import View
from dashboard.reports.chart import Chart
from dashboard.reports.data import ReportData, gather
from dashboard.reports.opening import CannotReport
from dashboard.reports.render import SCREEN_SCALE, RenderError, picture_trouble, shared_renderer, trimmed
from dashboard.running_order import SLIDE_ORDER

SLIDE_SCALE: Final = 3.0  # of what a slide enlarges
PRINT_SCALE: Final = 2.5  # 300 dpi and a little more, as wide as the text of a page
KINDS: Final = ("docx", "pptx", "xlsx", "html", "zip")


@dataclass(frozen=True)
class Made:
    """A file, and the text key of what is missing in it (empty when nothing is)."""

    content: bytes
    trouble: str = ""


def framed_figure(chart: Chart) -> go.Figure:
    """The chart with its frame, as the screen saves it."""
    return chart.figure


def printed_figure(chart: Chart) -> go.Figure:
    """The chart with its frame, its words large enough for paper."""
    return chart.printed()


def text_figure(chart: Chart) -> go.Figure:
    """The chart as it stands among a report's text."""
    return chart.in_text()


def slide_figure(chart: Chart) -> go.Figure:
    """The chart alone, in the size at which its labels are fitted, fine enough for a projector."""
    from dashboard.reports.pptx import SLIDE_MAP_PX

    width, height = SLIDE_MAP_PX
    return go.Figure(chart.alone()).update_layout(width=width, height=height)


def picture_all(
    charts: Sequence[Chart], draw: Callable[[Chart], go.Figure] = framed_figure, scale: float = SCREEN_SCALE,
    finish: Callable[[bytes], bytes] = bytes,
) -> tuple[dict[str, bytes], str]:  # fmt: skip
    """Chart key -> PNG, and why there is none."""
    trouble = picture_trouble()
    if trouble:
        return {}, trouble
    try:
        made = shared_renderer().pictures([draw(chart) for chart in charts], scale=scale, finish=finish)
    except RenderError as error:
        return {}, error.reason
    return {chart.key: png for chart, png in zip(charts, made, strict=True)}, ""


def printed_pictures(data: ReportData, *, is_alone: bool = False) -> tuple[dict[str, bytes], str]:
    """A report's charts for paper, and why there are none; `is_alone`: with titles, where no caption may stand beside them."""
    return picture_all(data.charts, printed_figure if is_alone else text_figure, PRINT_SCALE, trimmed)


def make_docx(view: View, template: bytes | None) -> Made:
    """The summary report in Word, on the office's own template where one is given."""
    from dashboard.reports.docx import to_docx

    data = gather(view)
    pictures, trouble = printed_pictures(data, is_alone=template is not None)
    if template is not None:
        from dashboard.reports.template import fill_template

        return Made(fill_template(template, data, pictures), trouble)
    return Made(to_docx(data, pictures, trouble), trouble)


def make_pptx(view: View, _template: bytes | None) -> Made:
    """The slides."""
    from dashboard.reports.deck import make_deck
    from dashboard.reports.pptx import to_pptx

    deck = make_deck(view, SLIDE_ORDER)
    if not deck.screens:
        raise CannotReport("present.empty")
    charts = (screen.chart for screen in deck.screens)
    maps = [chart for chart in charts if chart is not None and chart.native is None]
    pictures, trouble = picture_all(maps, slide_figure, SLIDE_SCALE)
    return Made(to_pptx(deck, pictures, trouble), trouble)


def make_xlsx(view: View, _template: bytes | None) -> Made:
    """The tables."""
    from dashboard.reports.xlsx import to_xlsx

    return Made(to_xlsx(gather(view, ())))


def make_html(view: View, _template: bytes | None) -> Made:
    """The offline snapshot."""
    from dashboard.reports.html import to_html

    return Made(to_html(view))


def make_briefs(view: View, _template: bytes | None) -> Made:
    """One page for each unit, zipped."""
    from dashboard.reports.briefs import all_briefs

    return Made(all_briefs(view))


MAKERS: Final[dict[str, Callable[[View, bytes | None], Made]]] = {
    "docx": make_docx, "pptx": make_pptx, "xlsx": make_xlsx, "html": make_html, "zip": make_briefs,
}  # fmt: skip


def make_report(view: View, kind: str, template: bytes | None = None) -> Made:
    """The report. Raises CannotReport or RenderError."""
    return MAKERS[kind](view, template)


def make_unit_report(view: View, kind: str, unit_id: str) -> Made:
    """One unit's brief (docx), slides (pptx), table (xlsx) or offline page (html). Raises CannotReport."""
    return Made(UNIT_MAKERS[kind](view, unit_id))


def unit_docx(view: View, unit_id: str) -> bytes:
    """The brief."""
    from dashboard.reports.briefs import unit_brief

    return unit_brief(view, unit_id)


def unit_pptx(view: View, unit_id: str) -> bytes:
    """The slides: figures, words and a native chart, so that no picture is needed."""
    from dashboard.reports.pptx import to_pptx
    from dashboard.reports.unit_deck import unit_deck

    return to_pptx(unit_deck(view, unit_id), {})


def unit_xlsx(view: View, unit_id: str) -> bytes:
    """The table."""
    from dashboard.reports.briefs import unit_workbook

    return unit_workbook(view, unit_id)


def unit_page(view: View, unit_id: str) -> bytes:
    """The offline page."""
    from dashboard.reports.html import unit_html

    return unit_html(view, unit_id)


UNIT_MAKERS: Final[dict[str, Callable[[View, str], bytes]]] = {
    "docx": unit_docx, "pptx": unit_pptx, "xlsx": unit_xlsx, "html": unit_page,
}  # fmt: skip
