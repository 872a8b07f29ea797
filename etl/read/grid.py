"""Tables of cells with spans, wherever they come from -> Document (a form) or Workbook (a collected table), told by content."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from etl.document import Block, Cell, CellValue, Document, Paragraph, Sheet, Table, Workbook
from etl.extract.squeeze import squeeze_text
from etl.interpret.lexicon import load_lexicon
from etl.read.xlsx import MAX_COLUMNS, MAX_ROWS


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell at its first row and column (from 0), with how far it reaches. An empty place: made of row and column."""

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
    """A Workbook when the tables hold numbers in rows of units, else a Document in reading order."""
    grids = [b for b in blocks if isinstance(b, Grid)]
    if any(is_collected(g) for g in grids):
        return Workbook(tuple(_sheets(blocks)), (*((r, "") for r in remarks), *left_out))
    return Document(tuple(_blocks(blocks)), remarks, n_pictures, left_out)


_PLACE = re.compile(r"\u8868\d+\u884c(\d+)\u5217(\d+)")  # a cell of a Word table, as its reader names it


def as_collected(document: Document) -> Workbook | None:
    """The tables of a Word file as sheets, where one of them holds answers in rows of units or a list of blanks; else None."""
    blocks = [b if isinstance(b, Paragraph) else _grid_of(b) for b in document.blocks]
    if not any(isinstance(b, Grid) and is_collected(b) for b in blocks):
        return None
    return Workbook(tuple(_sheets(blocks)), (*((r, "") for r in document.remarks), *document.left_out))


def _grid_of(table: Table) -> Grid:
    """The table with its columns where they stand; a cell reaches to the next one of its row."""
    at = [
        [(int(m.group(1)) - 1, int(m.group(2)) - 1, c) for c in row if (m := _PLACE.fullmatch(c.place))]
        for row in table.rows
    ]
    width = max((column + 1 for row in at for _, column, _ in row), default=0)
    cells = []
    for row in at:
        ends = [column for _, column, _ in row[1:]] + [width]
        cells += [
            GridCell(r, column, c.text, 1, max(1, end - column), c.place)
            for (r, column, c), end in zip(row, ends, strict=True)
        ]
    return Grid(tuple(cells))


_SHORT = re.compile(r"[\s\d,，.．%％０-９/／—\-–无约余多近万千百亿十人次场个份条篇家台名起+]{1,14}")

_SENTENCE = re.compile("[；;。]")
_MOST_HEADS = 4  # rows of title and heads


def is_collected(grid: Grid) -> bool:
    """Whether most cells right of the names and below the head are bare answers; a form's cells are sentences."""
    if _is_list(grid):
        return True
    words = "".join(re.sub(r"\s", "", c.text) for c in grid.cells if c.row < 4)
    if "活动项目" in words or grid.n_columns < 3:
        return False
    inner = [c for c in grid.cells if c.row > 0 and c.column > 0 and c.text.strip()]
    # Title and heads may take several rows, and one unit's row stand below them.
    first = next((r for r in range(1, _MOST_HEADS + 1) if _are_answers([c for c in inner if c.row == r])), 1)
    if any(_SENTENCE.search(c.text) for c in inner if c.row < first):
        first = 1
    return _are_answers([c for c in inner if c.row >= first])


def _are_answers(cells: Sequence[GridCell]) -> bool:
    """Whether most of at least two cells are bare answers."""
    answers = sum(bool(_SHORT.fullmatch(c.text)) and any(x.isdigit() for x in c.text) for c in cells)
    return len(cells) >= 2 and answers * 2 > len(cells)


def _is_list(grid: Grid) -> bool:
    """Whether one column is headed 数量 or the like and holds bare answers, beside a column of blanks."""
    heads = load_lexicon().answer_headers
    for head in (c for c in grid.cells if c.row < 4 and c.column > 0 and squeeze_text(c.text) in heads):
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
    """One sheet a table; the paragraphs above it are its first rows, since they name campaign and year."""
    above: list[str] = []
    number = 0
    for block in blocks:
        if isinstance(block, Paragraph):
            above.append(block.text)
            continue
        number += 1
        yield _sheet(block, f"表{number}", above[-6:])
        above = []


def _sheet(grid: Grid, name: str, above: list[str]) -> Sheet:
    height, width = min(grid.n_rows, MAX_ROWS), min(grid.n_columns, MAX_COLUMNS)
    rows: list[list[CellValue]] = [[None] * width for _ in range(height)]
    merged = []
    shift = len(above)
    for cell in grid.cells:
        if cell.row >= height or cell.column >= width:
            continue
        rows[cell.row][cell.column] = cell.text if cell.text.strip() else None
        if cell.n_rows > 1 or cell.n_columns > 1:
            last = (min(cell.row + cell.n_rows, height) - 1 + shift, min(cell.column + cell.n_columns, width) - 1)
            merged.append((cell.row + shift, cell.column, *last))
    title: list[list[CellValue]] = [[text] + [None] * (width - 1) for text in above]
    return Sheet(name, tuple(tuple(r) for r in title + rows), tuple(merged))
