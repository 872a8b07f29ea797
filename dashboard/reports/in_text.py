"""A chart among a document's text: its caption and the text name it, so it says only what stands nowhere else.

Title, filters and release would be said again under every picture; without them two pictures have room on a page. That the data are
a sample, what a finding rests on, and where boundaries come from stay in the picture, which may be copied out of the document.
"""

from __future__ import annotations

from typing import Any, Final

import plotly.graph_objects as go

from dashboard.charts.base import made_figure
from dashboard.charts.frame import (
    FINDING_SIZE,
    LEGEND_ROW_PX,
    MAX_LINES,
    NOTE_SIZE,
    SIDE_PX,
    TITLE_PAD_PX,
    PictureFrame,
    frame_layout,
    legend_parts,
    wrap_text,
)
from dashboard.components.page import View

# Bars of a large city stand closer than on a screen; their words stay as large.
MAX_OWN_PX: Final = 370
EDGE_PX, GAP_PX = 6, 10
LINE_HEIGHT: Final = 1.34  # of plotly's lines of text
MARGINS: Final = ("t", "b")


def text_frame(view: View, finding: str, notes: tuple[str, ...], legend: tuple[Any, ...] = ()) -> PictureFrame:
    """The frame without title, filters and release; of sample data it says so."""
    sample = (view.t("caption.sample"),) if view.campaign.is_sample else ()
    return PictureFrame("", finding, (*(note for note in notes if note), *sample), legend)


def in_text(figure: go.Figure, frame: PictureFrame, width: int, own_px: float) -> go.Figure:
    """The bare figure in this frame, as high as it needs: `own_px` is the chart's own height, its margins in it."""
    spec = figure.to_dict()
    own = spec["layout"]
    room = width - 2 * SIDE_PX
    heads = wrap_text(frame.finding, room, FINDING_SIZE)[:MAX_LINES]
    feet = [line for note in frame.notes for line in wrap_text(note, room, NOTE_SIZE)]
    rows = legend_parts(frame.swatches, room)[2]
    top = TITLE_PAD_PX + (len(heads) - 1) * FINDING_SIZE * LINE_HEIGHT + GAP_PX if heads else EDGE_PX
    foot = GAP_PX + rows * LEGEND_ROW_PX + len(feet) * NOTE_SIZE * LINE_HEIGHT + EDGE_PX
    margin = own.get("margin") or {}
    above, below = (margin.get(side) or 0 for side in MARGINS)
    added: dict[str, Any] = frame_layout(frame, width)
    layout = own | {
        "title": added["title"],
        "width": width,
        "height": min(own_px, MAX_OWN_PX) + top + foot,
        "margin": margin | {"t": above + top, "b": below + foot},
        "annotations": [*own.get("annotations", ()), *moved(added["annotations"], below, "yshift")],
        "shapes": [*own.get("shapes", ()), *moved(added["shapes"], below, "y0", "y1")],
    }
    # Numbers beside thin bars stay as large as the names.
    traces = [trace | {"constraintext": "none"} if trace["type"] == "bar" else trace for trace in spec["data"]]
    return made_figure(traces, layout)


def moved(parts: list[dict[str, Any]], below: float, *fields: str) -> list[dict[str, Any]]:
    """The frame's texts or shapes, below the chart's own margin."""
    return [part | {field: part[field] - below for field in fields} for part in parts]
