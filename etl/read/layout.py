"""Pages of placed words and ruling lines -> paragraphs and tables; for PDF, OFD and scanned pictures alike.

Coordinates: from the top left corner of the page, x to the right, y down, in one unit per page.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from pdfplumber.table import cells_to_tables, edges_to_intersections, intersections_to_cells, merge_edges

from etl.document import Paragraph
from etl.errors import FileRefused
from etl.read.grid import Grid, GridCell, is_collected

MAX_PAGES = 60
MAX_EDGES = 20_000
_WORDS_APART, _DIGITS_APART = 0.6, 0.15  # of the letters' height
Box = tuple[float, float, float, float]  # x0, y0, x1, y1


@dataclass(frozen=True, slots=True)
class Word:
    """A placed piece of text: one character of a PDF, one line of a scan."""

    text: str
    box: Box

    @property
    def middle(self) -> tuple[float, float]:
        """The centre of its box."""
        return (self.box[0] + self.box[2]) / 2, (self.box[1] + self.box[3]) / 2


@dataclass(frozen=True)
class Page:
    """One page: its number from 1, size, words, and horizontal and vertical ruling lines as thin boxes."""

    number: int
    width: float
    height: float
    words: tuple[Word, ...]
    rules: tuple[Box, ...]
    gap: float = 0.0  # how far a ruling line may be broken, as a scan breaks it


@dataclass(frozen=True)
class _Found:
    """A table on its page: cells by row and column, with the boxes they were made of."""

    page: Page
    grid: Grid
    lefts: tuple[float, ...]


PlaceOf = Callable[[Page, int, int, int, Box], str]
LinePlace = Callable[[Page, int, Box], str]


def plain_place(page: Page, table: int, row: int, column: int, box: Box) -> str:
    """页1表1行3列4: page, table of the file, row and column."""
    return f"页{page.number}表{table}行{row + 1}列{column + 1}"


def plain_line(page: Page, number: int, box: Box) -> str:
    """页1段4: page and number of the line in the file."""
    return f"页{page.number}段{number}"


def lay_out(
    pages: Sequence[Page], place_of: PlaceOf = plain_place, line_place: LinePlace = plain_line
) -> list[Paragraph | Grid]:
    """Paragraphs and tables in reading order; a table that runs over pages is one."""
    blocks: list[Paragraph | _Found] = []
    n_tables = n_paragraphs = 0
    for page in pages:
        tables, rest = _tables(page)
        placed: list[tuple[float, Paragraph | list[Box]]] = [(min(c[1] for c in cells), cells) for cells in tables]
        for line in lines_of(rest):
            text = line_text(line)
            top = _around(line)[1]
            if text.strip() and not _is_page_number(text, top, page):
                n_paragraphs += 1
                placed.append((top, Paragraph(text, line_place(page, n_paragraphs, _around(line)))))
        for _, item in sorted(placed, key=lambda p: p[0]):
            if isinstance(item, Paragraph):
                blocks.append(item)
                continue
            last = blocks[-1] if blocks else None
            number = n_tables if isinstance(last, _Found) else n_tables + 1
            found = _found(page, item, number, last.grid.n_rows if isinstance(last, _Found) else 0, place_of)
            if isinstance(last, _Found) and last.page.number < page.number and _same_columns(last, found):
                blocks[-1] = _joined(last, found)
            else:
                n_tables += 1
                blocks.append(_found(page, item, n_tables, 0, place_of))
    return [b if isinstance(b, Paragraph) else b.grid for b in blocks]


def _around(line: Sequence[Word]) -> Box:
    x0, y0, x1, y1 = zip(*(w.box for w in line), strict=True)
    return min(x0), min(y0), max(x1), max(y1)


_PAGE_NUMBER = re.compile(r"[\s\-—–第共页/.·,，PpAaGgEeOoFf\d]{1,16}")


def _is_page_number(text: str, top: float, page: Page) -> bool:
    is_margin = top > page.height * 0.9 or top < page.height * 0.06
    return is_margin and bool(_PAGE_NUMBER.fullmatch(text.strip()))


def _tables(page: Page) -> tuple[list[list[Box]], list[Word]]:
    """The cells of each table of the page, and the words outside."""
    if len(page.rules) > MAX_EDGES:
        raise FileRefused(
            "file_too_large", "线条过多", "too many lines", found=f"{len(page.rules)}", expected=f"{MAX_EDGES}"
        )
    near = max(page.width, page.height) / 280
    join = max(near, page.gap)
    edges = merge_edges([_edge(r) for r in page.rules], near, near, join, join)
    cells = intersections_to_cells(edges_to_intersections(edges, near, near))
    cells = _apart([c for c in cells if c[2] - c[0] > near and c[3] - c[1] > near])
    tables = [sorted(t, key=lambda c: (c[1], c[0])) for t in cells_to_tables(cells) if len(t) > 1]
    tables = [t for t in tables if not any(t is not o and _inside(t, o) for o in tables)]
    rest = [w for w in page.words if not any(_holds(c, w) for t in tables for c in t)]
    return tables, rest


def _apart(cells: list[Box]) -> list[Box]:
    """No cell over another: one whose lower line was not found ends where the smaller ones under it begin."""
    found = []
    for cell in cells:
        inner = [o for o in cells if o is not cell and _area(o) < _area(cell) and _holds(cell, Word("", o))]
        bottom = min((o[1] for o in inner), default=cell[3])
        if bottom > cell[1] + 1e-6:
            found.append((cell[0], cell[1], cell[2], bottom))
    return found


def _area(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])


def _edge(rule: Box) -> dict[str, object]:
    x0, y0, x1, y1 = rule
    if x1 - x0 >= y1 - y0:
        middle = (y0 + y1) / 2
        y0 = y1 = middle
        orientation = "h"
    else:
        x0 = x1 = (x0 + x1) / 2
        orientation = "v"
    return {
        "x0": x0,
        "x1": x1,
        "top": y0,
        "bottom": y1,
        "orientation": orientation,
        "width": x1 - x0,
        "height": y1 - y0,
    }


def _inside(table: list[Box], other: list[Box]) -> bool:
    """Whether a table lies within one cell of another: a frame drawn around text there."""
    box = (min(c[0] for c in table), min(c[1] for c in table), max(c[2] for c in table), max(c[3] for c in table))
    return any(c[0] <= box[0] and c[1] <= box[1] and c[2] >= box[2] and c[3] >= box[3] for c in other)


def _holds(cell: Box, word: Word) -> bool:
    x, y = word.middle
    return cell[0] <= x <= cell[2] and cell[1] <= y <= cell[3]


def _found(page: Page, cells: list[Box], number: int, first_row: int, place_of: PlaceOf) -> _Found:
    near = max(page.width, page.height) / 280
    tops, lefts = _clusters((c[1] for c in cells), near), _clusters((c[0] for c in cells), near)
    words = {c: [w for w in page.words if _holds(c, w)] for c in cells}
    made = []
    for cell in cells:
        row, column = _index(tops, cell[1]), _index(lefts, cell[0])
        n_rows = sum(cell[1] - near <= t < cell[3] - near for t in tops)
        n_columns = sum(cell[0] - near <= x < cell[2] - near for x in lefts)
        text = "\n".join(line_text(line) for line in lines_of(words[cell])).strip()
        place = place_of(page, number, first_row + row, column, cell)
        made.append(GridCell(row, column, text, max(1, n_rows), max(1, n_columns), place))
    return _Found(page, Grid(tuple(made)), tuple(lefts))


def _clusters(values: Iterable[float], near: float) -> list[float]:
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > near:
            found.append(value)
    return found


def _index(clusters: list[float], value: float) -> int:
    return min(range(len(clusters)), key=lambda n: abs(clusters[n] - value))


def lines_of(words: Iterable[Word]) -> list[list[Word]]:
    """The words line by line, each from left to right."""
    lines: list[list[Word]] = []
    for word in sorted(words, key=lambda w: (w.middle[1], w.box[0])):
        line = lines[-1] if lines else None
        height = word.box[3] - word.box[1]
        if line and abs(line[-1].middle[1] - word.middle[1]) <= 0.5 * max(height, line[-1].box[3] - line[-1].box[1]):
            line.append(word)
        else:
            lines.append([word])
    return [sorted(line, key=lambda w: w.box[0]) for line in lines]


def line_text(line: Sequence[Word]) -> str:
    """The words of a line with a space where there is a gap."""
    parts: list[str] = []
    last: Word | None = None
    for word in line:
        height = word.box[3] - word.box[1]
        gap = word.box[0] - last.box[2] if last is not None else 0.0
        is_number = last is not None and last.text[-1:].isdigit() and word.text[:1].isdigit()
        # 12 3 is no 123: between digits the narrow space of Latin letters parts too.
        if gap > (_DIGITS_APART if is_number else _WORDS_APART) * height:
            parts.append(" ")
        parts.append(word.text)
        last = word
    return "".join(parts)


def _same_columns(first: _Found, second: _Found) -> bool:
    near = first.page.width / 60
    return len(first.lefts) == len(second.lefts) and all(
        abs(a - b) <= near for a, b in zip(first.lefts, second.lefts, strict=True)
    )


def _row(grid: Grid, number: int) -> list[GridCell]:
    return [c for c in grid.cells if c.row == number]


def _joined(first: _Found, second: _Found) -> _Found:
    """One table: the repeated head is dropped, a row that the page break cut in two is put together."""
    skip = 0
    while skip < second.grid.n_rows - 1 and _same_text(_row(first.grid, skip), _row(second.grid, skip)):
        skip += 1
    rest = [c for c in second.grid.cells if c.row >= skip]
    cells = list(first.grid.cells)
    last_row = max(c.row for c in cells)
    head, tail = _row(first.grid, last_row), [c for c in rest if c.row == skip]
    if _continues(first.grid, head, tail):
        for piece in tail:
            at = next(n for n, c in enumerate(cells) if c.row == last_row and c.column == piece.column)
            cells[at] = cells[at]._replace(text=f"{cells[at].text}\n{piece.text}".strip())
        rest = [c for c in rest if c.row > skip]
        skip += 1
    shift = first.grid.n_rows - skip
    cells += [c._replace(row=c.row + shift) for c in rest]
    return replace(second, grid=Grid(tuple(cells)))


def _same_text(first: list[GridCell], second: list[GridCell]) -> bool:
    texts = [re.sub(r"\s", "", c.text) for c in first]
    return any(texts) and texts == [re.sub(r"\s", "", c.text) for c in second]


def _continues(grid: Grid, head: list[GridCell], tail: list[GridCell]) -> bool:
    """Whether the first row of a page is the rest of the last one: no name of its own, the same cells."""
    same = [c.column for c in head] == [c.column for c in tail]
    named = bool(tail) and bool(tail[0].text.strip())
    return same and not named and any(c.text.strip() for c in tail) and not is_collected(grid)
