"""One chart as a file: PNG for the screen or for print, SVG, PDF."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from dashboard.components.page import View
from dashboard.reports.drawings import draw_named
from dashboard.reports.opening import CannotReport
from dashboard.reports.render import chart_file

PICTURE_KINDS: Final = ("png", "print", "svg", "pdf")


@dataclass(frozen=True)
class MadePicture:
    """A picture's bytes, the ending of its file, and the sentence to copy beside it."""

    content: bytes
    ending: str
    caption: str


def make_picture(view: View, name: str, kind: str) -> MadePicture:
    """The chart as a file. Raises CannotReport or RenderError."""
    chart = draw_named(view, name, view.measure.measure_id)
    if chart is None:
        raise CannotReport("report.no_chart")
    ending = "png" if kind == "print" else kind
    return MadePicture(chart_file(chart.figure, ending, for_print=kind == "print"), ending, chart.caption)
