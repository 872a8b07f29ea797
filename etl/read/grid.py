"""Tables of cells with spans, wherever they come from -> Document (a form) or Workbook (a collected table), told by content."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from etl.document import Block, Cell, CellValue, Document, Paragraph, Sheet, Table, Workbook
from etl.extract.squeeze import squeeze_text
from etl.interpret.doubts import takes_figures_back
from etl.interpret.lexicon import load_lexicon
from etl.interpret.numerals import NUMERAL_CHARS
from etl.interpret.retracted import looks
from etl.read.beyond import MAX_COLUMNS, MAX_ROWS, Beyond


class GridCell(NamedTuple):
    """A cell at its first row and column (from 0), with how far it reaches; a tuple, because every form has dozens. An empty place: made of row and column."""

    row: int
    column: int
    text: str
    n_rows: int = 1
    n_columns: int = 1
    place: str = ""


@dataclass(frozen=True)
class Grid:
    """One table of a page or file."""

    cells: tuple[GridCell, ...]

    @property
    def n_rows(self) -> int:
        """Rows, those that only a span reaches included."""
        return max((c.row + c.n_rows for c in self.cells), default=0)

    @property
    def n_columns(self) -> int:
        """Columns, likewise."""
        return max((c.column + c.n_columns for c in self.cells), default=0)


def as_read(
    blocks: Sequence[Paragraph | Grid],
    remarks: tuple[str, ...] = (),
    n_pictures: int = 0,
    left_out: tuple[tuple[str, str], ...] = (),
) -> Document | Workbook:
    """A Workbook when the tables hold numbers in rows of units, else a Document in reading order.

    With other tables beside such ones it is a Document that may be either: a form with a table annexed.
    """
    grids = [b for b in blocks if isinstance(b, Grid)]
    are_collected = [is_collected(g) for g in grids]
    book = as_sheets(blocks, remarks, left_out) if any(are_collected) else None
    if book is not None and all(are_collected):
        return book
    return Document(as_blocks(blocks), remarks, n_pictures, left_out, book)


def as_sheets(
    blocks: Iterable[Paragraph | Grid], remarks: tuple[str, ...], left_out: tuple[tuple[str, str], ...]
) -> Workbook:
    """Every table as a sheet, the lines above it as its first rows."""
    return Workbook(tuple(_sheets(blocks)), (*((r, "") for r in remarks), *left_out))


def as_blocks(blocks: Iterable[Paragraph | Grid]) -> tuple[Block, ...]:
    """The same in reading order, tables numbered from 1."""
    return tuple(_blocks(blocks))


_SHORT = re.compile(r"[\s\d,，.．%％０-９/／—\-–无约余多近万千百亿十人次场个份条篇家台名起+]{1,14}")

_SENTENCE = re.compile("[；;。]")
_MOST_ABOVE = 6  # lines above a table that may be its title
_MOST_HEADS = 4  # rows of title and heads
_UNIT_HEAD = re.compile("单位|区县|县区|地区|市区|地市|名称")
_LONGEST_NAME = 40
_LONGEST_HEAD = 16  # letters of 数量（人次） and the like


def is_collected(grid: Grid) -> bool:
    """Whether most cells right of the names and below the head are bare answers; a form's cells are sentences."""
    if _is_list(grid):
        return True
    words = "".join("".join(c.text for c in grid.cells if c.row < 4).split())
    if "活动项目" in words or grid.n_columns < 3:
        return False
    inner = [c for c in grid.cells if c.row > 0 and c.column > 0 and c.text.strip()]
    # Title and heads may take several rows, and one unit's row stand below them.
    first = next((r for r in range(1, _MOST_HEADS + 1) if _are_answers([c for c in inner if c.row == r])), 1)
    if any(_SENTENCE.search(c.text) for c in inner if c.row < first):
        first = 1
    return _are_answers([c for c in inner if c.row >= first])


def lists_units(grid: Grid) -> bool:
    """Whether a column is headed 填报单位, 区县 or the like and holds several names: rows of units, whatever their cells hold."""
    for head in (c for c in grid.cells if c.row < _MOST_HEADS and len(c.text) <= _LONGEST_HEAD):
        if ":" not in (said := squeeze_text(head.text)) and _UNIT_HEAD.search(said):
            below = [c.text.strip() for c in grid.cells if c.column == head.column and c.row > head.row]
            return len({text for text in below if 0 < len(text) <= _LONGEST_NAME}) >= 2
    return False


def is_answer(text: str) -> bool:
    """Whether a cell holds a bare answer: a number, a mark for none, a few words for it."""
    return bool(_SHORT.fullmatch(text))


def _are_answers(cells: Sequence[GridCell]) -> bool:
    """Whether most of at least two cells are bare answers."""
    answers = sum(bool(_SHORT.fullmatch(c.text)) and any(x.isdigit() for x in c.text) for c in cells)
    return len(cells) >= 2 and answers * 2 > len(cells)


def _is_list(grid: Grid) -> bool:
    """Whether one column is headed 数量 or the like and holds bare answers, beside a column of blanks."""
    heads = load_lexicon().answer_headers
    for head in (
        c
        for c in grid.cells
        if c.row < 4 and c.column > 0 and len(c.text) <= _LONGEST_HEAD and squeeze_text(c.text) in heads
    ):
        below = [c.text for c in grid.cells if c.column == head.column and c.row > head.row and c.text.strip()]
        answers = [t for t in below if _SHORT.fullmatch(t)]
        if len(answers) * 2 > len(below) and sum(any(x.isdigit() for x in t) for t in answers) >= 2:
            return True
    return False


def _blocks(blocks: Iterable[Paragraph | Grid]) -> Iterable[Block]:
    number = 0
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block
        else:
            number += 1
            yield to_table(block, number)


def to_table(grid: Grid, number: int) -> Table:
    """The rows with every cell once at its first place; an empty cell stands where one from above reaches down."""
    rows: list[dict[int, Cell]] = [{} for _ in range(grid.n_rows)]
    for cell in grid.cells:
        for r in range(cell.row, cell.row + cell.n_rows):
            here = f"表{number}行{r + 1}列{cell.column + 1}"
            first = r == cell.row
            rows[r][cell.column] = Cell(cell.text if first else "", (cell.place if first else "") or here)
    return Table(tuple(tuple(r[c] for c in sorted(r)) for r in rows if r), number)


def _sheets(blocks: Iterable[Paragraph | Grid]) -> Iterable[Sheet]:
    """One sheet a table; the paragraphs right above it are its first rows, since they name campaign and year, all others its last ones."""
    above: list[Paragraph] = []
    tables: list[tuple[list[Paragraph], Grid]] = []
    behind: list[
        list[Paragraph]
    ] = []  # lines before each table that speak of the one before it, and those behind the last
    for block in blocks:
        if isinstance(block, Paragraph):
            above += [block] if block.text.strip() else []
            continue
        # 以上为2020年数据 between two tables speaks of the first.
        n_back = (
            next((n for n, p in enumerate(above) if looks(squeeze_text(p.text)) != "back"), len(above)) if tables else 0
        )
        behind.append(above[:n_back])
        tables.append((above[n_back:], block))
        above = []
    behind.append(above)
    for number, (lines, grid) in enumerate(tables, start=1):
        below = [p for p in lines[:-_MOST_ABOVE] + behind[number] if _says_more(p.text)]
        yield _sheet(grid, f"表{number}", [p.text for p in lines[-_MOST_ABOVE:]], below)


def _says_more(line: str) -> bool:
    """Whether a line far from a table may speak of its figures: it holds a number or a doubt. A sign-off is no row of the table."""
    text = squeeze_text(line)
    return re.search(rf"[\d{NUMERAL_CHARS}]", text) is not None or looks(text) == "back" or takes_figures_back(text)


def _sheet(grid: Grid, name: str, above: list[str], below: list[Paragraph]) -> Sheet:
    height, width = min(grid.n_rows, MAX_ROWS), min(grid.n_columns, MAX_COLUMNS)
    rows: list[list[CellValue]] = [[None] * width for _ in range(height)]
    merged = []
    shift = len(above)
    for cell in grid.cells:
        if cell.row >= height or cell.column >= width:
            if cell.text.strip():
                Beyond(name).refuse()
            continue
        rows[cell.row][cell.column] = cell.text if cell.text.strip() else None
        if cell.n_rows > 1 or cell.n_columns > 1:
            last = (min(cell.row + cell.n_rows, height) - 1 + shift, min(cell.column + cell.n_columns, width) - 1)
            merged.append((cell.row + shift, cell.column, *last))
    title: list[list[CellValue]] = [[text] + [None] * (width - 1) for text in above]
    notes: list[list[CellValue]] = [[line.text] + [None] * (width - 1) for line in below]
    places = {(shift + height + n, 0): line.place or f"{name}下方" for n, line in enumerate(below)}
    return Sheet(name, tuple(tuple(r) for r in title + rows + notes), tuple(merged), n_above=shift, places=places)
