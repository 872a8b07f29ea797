"""What a saved picture says around its chart: title and finding above, legend and sources below.

The frame lies in the figure's margins. On the page atlas.css cuts those margins off (the page says the same in words);
the browser's own download draws the whole figure.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

from dashboard.theme import INK, MUTED, NO_DATA, NO_DATA_LINE, WHITE

# Both heights stand in atlas.css too, as --frame-top and --frame-bottom.
TOP_PX: Final = 92
BOTTOM_PX: Final = 112
# Pictures are saved in these sizes, whatever the window's.
MAP_WIDTH_PX, MAP_HEIGHT_PX = 1200, 680 + TOP_PX + BOTTOM_PX
CHART_WIDTH_PX: Final = 1000
SIDE_PX: Final = 14
FINDING_SIZE, NOTE_SIZE = 15, 12
LATIN_WIDTH: Final = 0.56
BOLD_WIDTH: Final = 1.08  # of what the same letters take up in plain type
# plotly sets the first of several lines higher than a single one.
TITLE_PAD_PX: Final = 26
MAX_LINES: Final = 2
SWATCH: Final = (22, 12)
SWATCH_GAP_PX: Final = 20
RISING: Final = tuple((n, 0, n + 10, SWATCH[1]) for n in range(0, 11, 5))
FALLING: Final = tuple((n + 10, 0, n, SWATCH[1]) for n in range(0, 11, 5))
LINES: Final = {  # (x0, y0, x1, y1) inside the swatch, for the marks of districts without a colour
    "hatch": RISING,
    "cross": RISING + FALLING,
    "level": tuple((0, y, SWATCH[0], y) for y in (3, 6, 9)),
}
LEGEND_ROW_PX: Final = 20
TOKENS: Final = re.compile("[\u2e80-\uffff][\u3001\u3002\uff0c\uff1b\uff1a\uff09\u201d]*|[^\\s\u2e80-\uffff]+\\s*|\\s+")


@dataclass(frozen=True)
class Swatch:
    """One entry of a legend: a colour with its words; kind is box, zero (an outline in the colour), circle, words, or
    hatch, cross, level for lines."""

    label: str
    colour: str = ""
    kind: str = "box"


@dataclass(frozen=True)
class PictureFrame:
    """The words around a picture."""

    title: str
    finding: str
    notes: tuple[str, ...]
    swatches: tuple[Swatch, ...] = ()


def width_px(text: str, size: float) -> float:
    """Approximate width: Chinese characters are square, Latin ones about half as wide."""
    return size * sum(1.0 if ord(char) > 0x2E7F else LATIN_WIDTH for char in text)


def wrap_text(text: str, room_px: float, size: float) -> list[str]:
    """The text in lines that fit the room; words stay whole."""
    lines, line = [], ""
    for token in TOKENS.findall(text):
        if line and width_px((line + token).rstrip(), size) > room_px:
            lines.append(line.rstrip())
            line = token.lstrip()
        else:
            line += token
    return [*lines, line.rstrip()] if line.strip() else lines


def frame_layout(frame: PictureFrame, width: float) -> dict[str, object]:
    """Title, annotations and shapes of the frame; the caller adds the margins."""
    room = width - 2 * SIDE_PX
    finding = wrap_text(frame.finding, room, FINDING_SIZE)[:MAX_LINES]
    shapes, annotations, rows = legend_parts(frame.swatches, room)
    top = -(8 + rows * LEGEND_ROW_PX)
    lines = [part for text in frame.notes for part in wrap_text(text, room, NOTE_SIZE)]
    annotations.append(
        text_at("<br>".join(escape(line, quote=False) for line in lines), 1, "right", top, NOTE_SIZE, MUTED)
        if not frame.swatches
        else text_at(
            "<br>".join(escape(line, quote=False) for line in lines), 0, "left", top, NOTE_SIZE, MUTED, SIDE_PX
        )
    )
    heads = wrap_text(frame.title, room, FINDING_SIZE * BOLD_WIDTH)[:MAX_LINES]
    words = "<br>".join(
        [*(f"<b>{escape(line, quote=False)}</b>" for line in heads), *(escape(line, quote=False) for line in finding)]
    )
    title = {
        "text": words, "x": 0, "xref": "container", "xanchor": "left", "y": 1, "yref": "container", "yanchor": "top",
        "pad": {"t": TITLE_PAD_PX, "l": SIDE_PX}, "font": {"size": FINDING_SIZE, "color": INK}, "automargin": False,
    }  # fmt: skip
    return {"title": title, "annotations": annotations, "shapes": shapes}


def text_at(
    text: str, x: float, anchor: str, y_px: float, size: float, colour: str, shift_px: float = 0
) -> dict[str, object]:
    """A text below the chart, so many pixels under it."""
    return {
        "text": text, "x": x, "xref": "paper", "xanchor": anchor, "xshift": shift_px, "y": 0, "yref": "paper",
        "yanchor": "top", "yshift": y_px, "showarrow": False, "align": anchor, "font": {"size": size, "color": colour},
    }  # fmt: skip


def legend_parts(
    swatches: Sequence[Swatch], room: float
) -> tuple[list[dict[str, object]], list[dict[str, object]], int]:
    """Shapes and texts of the legend in rows, and how many rows there are."""
    shapes: list[dict[str, object]] = []
    annotations: list[dict[str, object]] = []
    x, row = SIDE_PX, 0
    for swatch in swatches:
        mark = 0 if swatch.kind == "words" else SWATCH[0] + 6
        need = mark + math.ceil(width_px(swatch.label, NOTE_SIZE))
        if x > SIDE_PX and x + need > room:
            x, row = SIDE_PX, row + 1
        y = -(8 + row * LEGEND_ROW_PX)
        shapes += swatch_shapes(swatch, x, y - 15)
        annotations.append(text_at(escape(swatch.label, quote=False), 0, "left", y, NOTE_SIZE, INK, x + mark))
        x += need + SWATCH_GAP_PX
    return shapes, annotations, row + 1 if swatches else 0


def swatch_shapes(swatch: Swatch, x: float, y: float) -> list[dict[str, object]]:
    """The mark of a legend's entry, its lower left corner at these pixels."""
    width, height = SWATCH
    if swatch.kind == "words":
        return []
    if swatch.kind == "circle":
        return [pixel_shape("circle", x + 5, y, x + 5 + height, y + height, "rgba(0,0,0,0)", INK)]
    if lines := LINES.get(swatch.kind):
        box = pixel_shape("rect", x, y, x + width, y + height, NO_DATA, NO_DATA_LINE)
        return [
            box,
            *(pixel_shape("line", x + x0, y + y0, x + x1, y + y1, "", NO_DATA_LINE) for x0, y0, x1, y1 in lines),
        ]
    if swatch.kind == "zero":
        return [pixel_shape("rect", x + 1, y + 1, x + width - 1, y + height - 1, WHITE, swatch.colour, 1.8)]
    return [pixel_shape("rect", x, y, x + width, y + height, swatch.colour, NO_DATA_LINE)]


def pixel_shape(
    kind: str, x0: float, y0: float, x1: float, y1: float, fill: str, line: str, line_px: float = 0.6
) -> dict[str, object]:
    """A shape of fixed size, in pixels from the chart's lower left corner."""
    place = {"xref": "paper", "yref": "paper", "xsizemode": "pixel", "ysizemode": "pixel", "xanchor": 0, "yanchor": 0}
    size = {"type": kind, "x0": x0, "x1": x1, "y0": y0, "y1": y1, "line": {"color": line, "width": line_px}}
    return place | size | ({"fillcolor": fill} if fill else {})
