"""A table on a slide, to be edited: a head in muted ink, a rule below each row, numbers at the right."""

from __future__ import annotations

import re
from typing import Any, Final

from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.util import Inches, Pt

from dashboard.charts.frame import width_px
from dashboard.reports.pptx_text import BOX_MARGIN, POINTS, colour, set_font
from dashboard.tables import Table
from dashboard.theme import INK, MUTED, PANEL, WHITE

SIZES: Final = (16.0, 14.0, 12.0, 11.0, 10.0)
WORDS: Final = re.compile("[^\\s\u2e80-\uffff]+")  # that are never broken
HALF: Final = 0.6  # of a head that is broken in two, words being of different length
WIDER: Final = 1.15  # fonts that stand in are wider than the slide's own
ROW_SHARE, ROW_IN = 1.9, 0.5  # of a line of type; no row is higher


def add_table(slide: Any, box: tuple[float, float, float, float], table: Table) -> None:
    """The table in a box of inches, in the largest type in which its cells stay on a line."""
    shown = table.on_screen
    columns = [
        [column.head, *(row[n].text for row in shown.rows)] for n, column in enumerate(shown.columns)
    ]  # fmt: skip
    size = next((size for size in SIZES if fits(columns, size, box)), SIZES[-1])
    wanted = [wanted_in(texts, size) for texts in columns]
    row_in = min(ROW_IN, box[3] / (len(shown.rows) + 1))
    shape = slide.shapes.add_table(
        len(shown.rows) + 1, len(columns), Inches(box[0]), Inches(box[1]), Inches(box[2]), Inches(row_in * (len(shown.rows) + 1))
    )  # fmt: skip
    made = shape.table
    made.horz_banding = False
    shape._element.graphic.graphicData.tbl.tblPr.remove(
        shape._element.graphic.graphicData.tbl.tblPr.find(qn("a:tableStyleId"))
    )
    for n, width in enumerate(wanted):
        made.columns[n].width = Inches(box[2] * width / sum(wanted))
        is_number = shown.columns[n].is_number
        for place, text in enumerate(columns[n]):
            write_cell(made.cell(place, n), text, size, is_head=place == 0, is_number=is_number)


def wanted_in(texts: list[str], size: float) -> float:
    """How wide a column is with its longest text on one line and its head on two, in inches."""
    head, *rest = texts
    wide = max(HALF * width_px(head, size), *(width_px(text, size) for text in (*WORDS.findall(head), *rest)))
    return WIDER * wide / POINTS + 2 * BOX_MARGIN


def fits(columns: list[list[str]], size: float, box: tuple[float, float, float, float]) -> bool:
    """Whether all columns and rows have room in this size."""
    rows = len(columns[0]) + 1  # the head has two lines
    return sum(wanted_in(texts, size) for texts in columns) <= box[2] and rows * size * ROW_SHARE / POINTS <= box[3]


def write_cell(cell: Any, text: str, size: float, *, is_head: bool, is_number: bool) -> None:
    """A cell's text; the head on a light panel."""
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    cell.margin_top = cell.margin_bottom = Pt(2)
    cell.fill.solid()
    cell.fill.fore_color.rgb = colour(PANEL if is_head else WHITE)
    paragraph = cell.text_frame.paragraphs[0]
    paragraph.alignment = PP_ALIGN.RIGHT if is_number else PP_ALIGN.LEFT
    run = paragraph.add_run()
    run.text = text
    set_font(run.font, size, MUTED if is_head else INK)
