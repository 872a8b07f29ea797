"""Texts on slides: one font for both scripts, the largest size that fits its box."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.util import Inches, Pt

from dashboard.charts.frame import wrap_text
from dashboard.theme import INK

POINTS: Final = 72
FONT: Final = "Microsoft YaHei"
# A text box's own margins, and the height of a line of this font.
BOX_MARGIN, LINE_SHARE = 0.1, 1.35


def colour(value: str) -> RGBColor:
    """The theme's colour."""
    red, green, blue = (int(value[n : n + 2], 16) for n in (1, 3, 5))
    return RGBColor(red, green, blue)


def write(
    slide: Any, box: tuple[float, float, float, float], text: str, size: float, *, bold: bool = False, ink: str = INK,
    align: PP_ALIGN = PP_ALIGN.LEFT,
) -> Any:  # fmt: skip
    """A text in a box of inches."""
    shape = slide.shapes.add_textbox(*(Inches(side) for side in box))
    frame = shape.text_frame
    frame.word_wrap, frame.vertical_anchor = True, MSO_ANCHOR.TOP
    for place, line in enumerate(text.split("\n")):
        paragraph = frame.paragraphs[0] if place == 0 else frame.add_paragraph()
        paragraph.alignment = align
        run = paragraph.add_run()
        run.text = line
        set_font(run.font, size, ink, bold=bold)
    return shape


def height_of(text: str, size: float, width: float) -> float:
    """How high a text of this size is in a box of so many inches, in inches."""
    room = (width - 2 * BOX_MARGIN) * POINTS
    lines = sum(len(wrap_text(line, room, size)) or 1 for line in text.split("\n"))
    return lines * size * LINE_SHARE / POINTS + BOX_MARGIN


def fitting(text: str, sizes: Sequence[float], width: float, height: float) -> float:
    """The largest of these sizes at which the text fits the box, else the smallest."""
    return next((size for size in sizes if height_of(text, size, width) <= height), sizes[-1])


def set_font(font: Any, size: float, ink: str, *, bold: bool = False) -> None:
    """Size, colour and one font for both scripts."""
    font.size, font.bold, font.name = Pt(size), bold, FONT
    font.color.rgb = colour(ink)
    properties = font._element
    for tag in ("a:ea", "a:cs"):
        found = properties.find(qn(tag))
        if found is None:
            found = properties.makeelement(qn(tag), {})
            properties.append(found)
        found.set("typeface", FONT)
