"""The order in which a report's pictures stand among its text, so that no page is left half empty.

An office program moves a picture that no longer fits to the next page and leaves the rest of the page white. Here such a
picture waits while the text of its section goes on, and a smaller one may go before it. Heights are estimates: what is set a
little higher or lower moves a picture, and spoils nothing.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Final

from dashboard.components.page import View
from dashboard.reports.blocks import Annex, Block, Heading, Para, Picture
from dashboard.reports.chart import PRINT_WIDTH_PX, Chart
from dashboard.reports.docx_style import CHARS_A_LINE, LINES_A_PAGE, TEXT_WIDTH_MM, WIDE, tight

LINE_MM: Final = 225 / LINES_A_PAGE
MOST_A_PAGE: Final = 3
# Categories of marks that go with what stands behind them, and of those that go with what stands before.
OPENING: Final = ("Ps", "Pi")
CLOSING: Final = ("Pe", "Pf", "Po")
# Numbers and Latin words are never parted, Chinese is between any two characters.
WORD: Final = re.compile(rf"[^{WIDE}\s]+|\s+|[{WIDE}]")
WIDE_CHAR: Final = re.compile(f"[{WIDE}]")
NARROW_EM, BETWEEN_EM = 0.53, 0.25  # a digit or Latin letter; what programs leave between one and a Chinese character
FIRST_LINES: Final = 4  # of the title and what stands below it
# With room for what the estimates miss: a picture that just does not fit leaves a page white.
CAPTION_LINES: Final = 1.3
TRIMMED_PX: Final = 66  # of the empty ground below a chart
MAX_PICTURE_MM: Final = 98  # two pictures with their captions on a page
MAX_MAP_MM: Final = 120  # a map is nearly as wide as the text, so that its names can be read


@dataclass
class Sheet:
    """How many lines of the page are left, and what is placed so far."""

    left: float
    placed: list[Block]

    def add(self, block: Block, lines: float) -> None:
        """The block below the last one; a text that goes on fills the next page as well, a picture stands on one."""
        if isinstance(block, Picture) and lines > self.left:
            self.left = LINES_A_PAGE
        self.left -= lines
        while self.left <= 0:
            self.left += LINES_A_PAGE
        self.placed.append(block)


def flowed(view: View, blocks: Iterable[Block], lines_of: Callable[[Block], float] | None = None) -> tuple[Block, ...]:
    """The blocks with their pictures where they fit, in their own section; numbered as they stand, and named in its text."""
    lines = lines_of or (lambda block: block_lines(view, block))
    sheet, waiting = Sheet(LINES_A_PAGE - FIRST_LINES, []), list[Picture]()
    for block in blocks:
        if isinstance(block, Picture):
            waiting.append(block)
        else:
            if isinstance(block, Annex | Heading):
                place_waiting(sheet, waiting, lines, is_end=True)
            sheet.add(block, lines(block))
        if not isinstance(block, Heading):  # what a heading names stands right below it
            place_waiting(sheet, waiting, lines, is_end=False)
    place_waiting(sheet, waiting, lines, is_end=True)
    return referred(view, numbered(view, sheet.placed))


def place_waiting(sheet: Sheet, waiting: list[Picture], lines: Callable[[Block], float], *, is_end: bool) -> None:
    """The pictures that fit what is left of the page; at a section's end all, so that they fill their pages best."""
    while waiting:
        found = best_filling(waiting, lines, sheet.left) if is_end else first_fitting(waiting, lines, sheet.left)
        if not found and not is_end:
            return
        for picture in found or best_filling(waiting, lines, LINES_A_PAGE) or waiting[:1]:
            waiting.remove(picture)
            sheet.add(picture, lines(picture))


def first_fitting(waiting: list[Picture], lines: Callable[[Block], float], left: float) -> list[Picture]:
    """The first picture that fits."""
    return [picture for picture in waiting if lines(picture) <= left][:1]


def best_filling(waiting: list[Picture], lines: Callable[[Block], float], left: float) -> list[Picture]:
    """The first picture that fits with those, in their order, that fill so many lines best beside it; none where none fits."""
    for place, first in enumerate(waiting):
        sets = [[first, *rest] for n in range(MOST_A_PAGE) for rest in combinations(waiting[place + 1 :], n)]
        fitting = [some for some in sets if sum(map(lines, some)) <= left]
        if fitting:
            return max(fitting, key=lambda some: math.floor(sum(map(lines, some))))
    return []


def numbered(view: View, blocks: Iterable[Block]) -> tuple[Block, ...]:
    """The blocks, their pictures numbered in this order: 图1 …"""
    found: list[Block] = []
    n_pictures = 0
    for block in blocks:
        if isinstance(block, Picture):
            n_pictures += 1
            caption = view.t("report.picture", n=n_pictures, title=block.chart.title)
            found.append(replace(block, caption=caption))
        else:
            found.append(block)
    return tuple(found)


def referred(view: View, blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks; the paragraph before a section's pictures names them, behind its own annexes: …（见附件1、图1、图2）。"""
    named = {place: list(block.see) for place, block in enumerate(blocks) if isinstance(block, Para)}
    paragraph, n_pictures = -1, 0
    for place, block in enumerate(blocks):
        if isinstance(block, Heading):
            paragraph = -1
        elif isinstance(block, Para) and not block.is_blank:
            paragraph = place
        elif isinstance(block, Picture):
            n_pictures += 1
            if paragraph >= 0:
                named.setdefault(paragraph, []).append(view.t("report.figure", n=n_pictures))
    return tuple(named_in(view, block, named.get(place, ())) for place, block in enumerate(blocks))


def named_in(view: View, block: Block, figures: Sequence[str]) -> Block:
    """The paragraph with these annexes and pictures named before its full stop; any other block as it is."""
    if not figures or not isinstance(block, Para):
        return block
    stop = view.t("headline.stop")
    see = view.t("report.see", figures=view.t("names.glue").join(figures))
    return replace(block, text=block.text.rstrip().removesuffix(stop) + see + stop)


def block_lines(view: View, block: Block) -> float:
    """How many lines of a page a block takes."""
    if isinstance(block, Picture):
        return picture_mm(block.chart) / LINE_MM + CAPTION_LINES
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
    """How high a chart is printed, about: pictures are cut to what they fill."""
    if chart.boundaries:
        return MAX_MAP_MM
    layout = chart.printed().layout
    height = float(layout.height) - TRIMMED_PX
    return min(MAX_PICTURE_MM, TEXT_WIDTH_MM * height / float(layout.width or PRINT_WIDTH_PX))
