"""How high text and pictures stand on a page, in its lines. Estimates: what is set a little higher moves a picture, no more."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from dashboard.components.page import View
from dashboard.reports.blocks import Annex, Block, Para, Picture
from dashboard.reports.chart import PRINT_WIDTH_PX, Chart
from dashboard.reports.docx_style import CHARS_A_LINE, LINES_A_PAGE, TEXT_WIDTH_MM, WIDE, tight

LINE_MM: Final = 225 / LINES_A_PAGE
# Categories of marks that go with what stands behind them, and of those that go with what stands before.
OPENING: Final = ("Ps", "Pi")
CLOSING: Final = ("Pe", "Pf", "Po")
# Numbers and Latin words are never parted, Chinese is between any two characters.
WORD: Final = re.compile(rf"[^{WIDE}\s]+|\s+|[{WIDE}]")
WIDE_CHAR: Final = re.compile(f"[{WIDE}]")
NARROW_EM, BETWEEN_EM = 0.53, 0.25  # a digit or Latin letter; what programs leave between one and a Chinese character
# With room for what the estimates miss: a picture that just does not fit leaves a page white.
CAPTION_LINES: Final = 1.4
MAX_PICTURE_MM: Final = 98  # two pictures with their captions on a page
MAX_MAP_MM: Final = 120  # a map is nearly as wide as the text, so that its names can be read


def block_lines(view: View, block: Block) -> float:
    """How many lines of a page a block takes."""
    if isinstance(block, Picture):
        return block.scale * picture_mm(block.chart) / LINE_MM + CAPTION_LINES
    if isinstance(block, Para):
        return text_lines(tight(view, block.text))
    return 0 if isinstance(block, Annex) else 1


def text_lines(text: str) -> int:
    """How many lines a paragraph takes, its first one two characters in; numbers and words stay whole."""
    count, used, was_narrow = 1, 2.0, False
    for word in unbroken(text):
        n_wide = len(WIDE_CHAR.findall(word))
        is_narrow = n_wide == 0
        width = n_wide + NARROW_EM * (len(word) - n_wide) + (BETWEEN_EM if is_narrow != was_narrow else 0)
        if used + width > CHARS_A_LINE and not word.isspace():
            count, used = count + 1, 0.0
        used, was_narrow = used + width, is_narrow
    return count


def unbroken(text: str) -> list[str]:
    """The pieces between which a line may end: closing marks stay with what is before them, opening ones with what follows."""
    found: list[str] = []
    is_open = False
    for word in WORD.findall(text):
        kind = unicodedata.category(word[0])
        if found and (is_open or kind in CLOSING):
            found[-1] += word
        else:
            found.append(word)
        is_open = kind in OPENING
    return found


def picture_mm(chart: Chart) -> float:
    """How high a chart stands among the text at its full width."""
    layout = chart.in_text().layout
    highest = MAX_MAP_MM if chart.boundaries else MAX_PICTURE_MM
    return min(highest, TEXT_WIDTH_MM * float(layout.height) / float(layout.width or PRINT_WIDTH_PX))
