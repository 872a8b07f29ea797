"""A table without ruling lines on pages of placed characters -> a grid, only where its columns leave no doubt.

White gutters that no character crosses part the columns. A cell that may belong to two of them, a head over several, a row that goes on
in the next line: whatever leaves a doubt makes the table unsure, and then nothing of it is read.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from etl.extract.squeeze import squeeze_text
from etl.interpret.lexicon import load_lexicon
from etl.read.grid import Grid, GridCell, is_answer
from etl.read.layout import Page, Word, line_text, lines_of

_APART = 0.9  # of a character's height: white that parts two cells
_GUTTER = 0.6  # and the least white between two columns
_ALIGNED = 0.7  # how far the cells of a column may stand from one line, left, right or middle
_CLOSE = 2.2  # of a line's height: how near a line of a wrapped head stands
_FIGURES = re.compile(r"[^\d，。；：、（）(),;:]{1,14}[\d,]+(?:\s+[\d,]+)+\s*")  # a name and some numbers
_LEAST_COLUMNS, _LEAST_ROWS = 3, 2


class UnsureTable(Exception):
    """There is a table without lines, and its columns can't be told for sure."""


@dataclass(frozen=True)
class _Run:
    """Characters of one line that stand together."""

    text: str
    left: float
    right: float
    height: float


@dataclass(frozen=True)
class PlacedLine:
    """A line of a page, as its runs from left to right."""

    page: int
    top: float
    runs: tuple[_Run, ...]

    @property
    def height(self) -> float:
        """Of its tallest character."""
        return max(r.height for r in self.runs)

    @property
    def is_data(self) -> bool:
        """Whether most of what stands behind the first cell is bare numbers."""
        answers = [r for r in self.runs[1:] if is_answer(r.text)]
        return (
            bool(answers) and any(re.search(r"\d", r.text) for r in answers) and len(answers) * 2 > len(self.runs) - 1
        )


def unruled_table(pages: Sequence[Page]) -> tuple[Grid, tuple[str, ...]] | None:
    """The one table without ruling lines, and the lines above it; None where there is none. Raises UnsureTable."""
    lines = [line for page in pages for line in placed_lines(page)]
    rows = [n for n, line in enumerate(lines) if line.is_data and len(line.runs) >= _LEAST_COLUMNS]
    if len(rows) < _LEAST_ROWS:
        if sum(_FIGURES.fullmatch(" ".join(r.text for r in line.runs)) is not None for line in lines) >= _LEAST_ROWS:
            raise UnsureTable
        return None
    heads = _heads(lines, rows[0])
    data = [lines[n] for n in range(rows[0], rows[-1] + 1) if not _is_repeated(lines[n], heads)]
    above = tuple(" ".join(r.text for r in line.runs) for line in lines[: rows[0] - len(heads)])
    below = lines[rows[-1] + 1 :]
    if not heads or any(not line.is_data for line in data) or any(len(x.runs) > 1 and not _is_below(x) for x in below):
        raise UnsureTable
    bands = _bands([*heads, *data])
    cells = _cells(heads, data, bands)
    return Grid(tuple(cells)), above


def placed_lines(page: Page) -> list[PlacedLine]:
    """The page's lines but for its number."""
    found = []
    for line in lines_of(page.words):
        runs: list[list[Word]] = []
        for word in (w for w in line if w.text.strip()):
            height = word.box[3] - word.box[1]
            if runs and word.box[0] - runs[-1][-1].box[2] <= _APART * height:
                runs[-1].append(word)
            else:
                runs.append([word])
        if runs:
            top = min(w.box[1] for w in line)
            found.append(PlacedLine(page.number, top, tuple(map(_run, runs))))
    return [x for x in found if not (len(x.runs) == 1 and re.fullmatch(r"[\s\-—第共页/\d]+", x.runs[0].text))]


def _run(words: Sequence[Word]) -> _Run:
    return _Run(
        line_text(words).strip(), words[0].box[0], max(w.box[2] for w in words), max(w.box[3] - w.box[1] for w in words)
    )


def _heads(lines: Sequence[PlacedLine], first: int) -> list[PlacedLine]:
    """The lines of heads right above the first row, wrapped ones too: those that stand close, up to a title over the whole width."""
    found: list[PlacedLine] = []
    for line in reversed(lines[:first]):
        near = found[0] if found else None
        if near and (line.page != near.page or near.top - line.top > _CLOSE * near.height):
            break
        if near and len(line.runs) == 1 and _is_title(line.runs[0], near):
            break
        found.insert(0, line)
    return found


def _is_title(run: _Run, heads: PlacedLine) -> bool:
    """Whether a lone run stands over the middle of the heads, or is a line of its own kind: 填报单位：…"""
    left, right = heads.runs[0].left, heads.runs[-1].right
    is_centred = abs((run.left + run.right) / 2 - (left + right) / 2) < 0.05 * (right - left)
    return (is_centred and run.right - run.left > 0.2 * (right - left)) or ":" in run.text or "：" in run.text


def _is_total(run: _Run) -> bool:
    return load_lexicon().total_name.fullmatch(squeeze_text(run.text)) is not None


def _is_repeated(line: PlacedLine, heads: Sequence[PlacedLine]) -> bool:
    """Whether a line is one of the heads again, as on the next page."""
    return any([r.text for r in line.runs] == [r.text for r in head.runs] for head in heads)


def _is_below(line: PlacedLine) -> bool:
    """Whether a line below the table is no row of it: a remark, or who filled it in."""
    is_note = load_lexicon().note_line.match(squeeze_text(line.runs[0].text)) is not None
    return is_note or not any(re.search(r"\d", r.text) for r in line.runs)


def _bands(lines: Sequence[PlacedLine]) -> list[tuple[float, float]]:
    """The columns: where something stands in any line. Raises UnsureTable where white between two is too narrow."""
    height = max(line.height for line in lines)
    spans = sorted((r.left, r.right) for line in lines for r in line.runs if not _is_total(r))
    bands: list[tuple[float, float]] = []
    for left, right in spans:
        if bands and left <= bands[-1][1]:
            bands[-1] = (bands[-1][0], max(bands[-1][1], right))
        else:
            bands.append((left, right))
    if len(bands) < _LEAST_COLUMNS or any(b[0] - a[1] < _GUTTER * height for a, b in pairwise(bands)):
        raise UnsureTable
    return bands


def _cells(
    heads: Sequence[PlacedLine], data: Sequence[PlacedLine], bands: Sequence[tuple[float, float]]
) -> list[GridCell]:
    """Head and rows as cells; raises UnsureTable unless each cell has its column, each column its head, and all stand in line."""
    titles = [""] * len(bands)
    for line in heads:
        for column, run in _placed(line, bands).items():
            titles[column] += run.text
    rows = [_placed(line, bands) for line in data]
    if not all(titles) or not all(_is_aligned([row[c] for row in rows if c in row]) for c in range(len(bands))):
        raise UnsureTable
    page = heads[0].page
    made = [GridCell(0, c, text, place=f"页{page}表1行1列{c + 1}") for c, text in enumerate(titles)]
    for n, (line, row) in enumerate(zip(data, rows, strict=True), start=1):
        made += [
            GridCell(n, c, row[c].text if c in row else "", place=f"页{line.page}表1行{n + 1}列{c + 1}")
            for c in range(len(bands))
        ]
    return made


def _placed(line: PlacedLine, bands: Sequence[tuple[float, float]]) -> dict[int, _Run]:
    """Column -> run of a line; a 合计 may stand between the first ones. Raises UnsureTable where one would hold two."""
    found: dict[int, _Run] = {}
    for run in line.runs:
        middle = (run.left + run.right) / 2
        if _is_total(run):
            inside = [n for n, (left, right) in enumerate(bands[:2]) if run.left <= right and run.right >= left] or [0]
        else:
            inside = [n for n, (left, right) in enumerate(bands) if left <= middle <= right]
        if (len(inside) != 1 and not _is_total(run)) or inside[-1] in found:
            raise UnsureTable
        found[inside[-1]] = run
    return found


def _is_aligned(runs: Sequence[_Run]) -> bool:
    """Whether the cells of a column stand on one line, by their left sides, their right sides or their middles."""
    plain = [r for r in runs if not _is_total(r)]
    near = _ALIGNED * max((r.height for r in plain), default=0.0)
    edges = ([r.left for r in plain], [r.right for r in plain], [(r.left + r.right) / 2 for r in plain])
    return not plain or any(max(edge) - min(edge) <= near for edge in edges)
