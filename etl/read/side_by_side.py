"""Prose that stands in columns without ruling lines: read line by line, the sentences of all columns would run into one another."""

from __future__ import annotations

import re
from collections.abc import Sequence

from etl.errors import FileRefused
from etl.read.grid import Grid
from etl.read.layout import Page
from etl.read.unruled import PlacedLine, placed_lines

_GUTTER = 0.9  # of a line's height: the least white between two columns
_LEAST_LINES = 4  # with prose on both sides of one gutter; fewer are a head, or a line of who and when
_LEAST_WORDS = 4  # Chinese characters that make prose
_HAN = re.compile(r"[\u4e00-\u9fff]")


def refuse_side_by_side(blocks: Sequence[object], pages: Sequence[Page]) -> None:
    """Raises FileRefused where no table has ruling lines and prose stands in columns."""
    if not any(isinstance(b, Grid) for b in blocks) and any(_has_columns(placed_lines(page)) for page in pages):
        raise FileRefused(
            "table_without_lines",
            "表没有框线，各列文字并排，分不清属于哪一列",
            "a table of text without ruling lines; its columns can't be told",
        )


def _has_columns(lines: Sequence[PlacedLine]) -> bool:
    """Whether one stretch of white parts prose from prose in several lines, and no line between them crosses it."""
    open_gutters: list[tuple[float, float, int]] = []  # left, right, lines with prose on both sides
    for line in lines:
        kept = [(left, right, n) for left, right, n in open_gutters if not _crosses(line, left, right)]
        open_gutters = kept
        for left, right in _gaps(line):
            matched = [
                (max(left, a), min(right, b), n + 1) for a, b, n in kept if _is_wide(max(left, a), min(right, b), line)
            ]
            open_gutters += matched or [(left, right, 1)]
            if any(n >= _LEAST_LINES for _, _, n in matched):
                return True
    return False


def _crosses(line: PlacedLine, left: float, right: float) -> bool:
    return any(r.left < right and r.right > left for r in line.runs)


def _is_wide(left: float, right: float, line: PlacedLine) -> bool:
    return right - left >= _GUTTER * line.height


def _gaps(line: PlacedLine) -> list[tuple[float, float]]:
    """The white between two stretches of prose."""
    texts = [len(_HAN.findall(r.text)) for r in line.runs]
    pairs = zip(line.runs, line.runs[1:], texts, texts[1:], strict=False)
    return [(a.right, b.left) for a, b, before, after in pairs if before >= _LEAST_WORDS and after >= _LEAST_WORDS]
