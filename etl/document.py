"""A submitted file as read: paragraphs and tables of text, each with its place. No judgement yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache
from typing import NamedTuple


class Cell(NamedTuple):
    """One table cell: its text (paragraphs joined by newline) and its place for people; a tuple, because every form has dozens."""

    text: str
    place: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph outside tables."""

    text: str
    place: str


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells; merged cells appear once, at their first place."""

    rows: tuple[tuple[Cell, ...], ...]
    number: int


Block = Paragraph | Table


@dataclass(frozen=True)
class Document:
    """A prose form as read, in reading order. `remarks` are rules about the file itself (macros, links, pictures)."""

    blocks: tuple[Block, ...]
    remarks: tuple[str, ...] = ()
    n_pictures: int = 0
    left_out: tuple[tuple[str, str], ...] = ()  # (rule, words): struck-through or hidden text that was not read
    collected: Workbook | None = None  # the same tables as sheets, where they hold rows of numbers

    @cached_property
    def text(self) -> str:
        """All text, one line per paragraph or row."""
        lines: list[str] = []
        for block in self.blocks:
            if isinstance(block, Paragraph):
                lines.append(block.text)
            else:
                lines.extend("\t".join(c.text for c in row) for row in block.rows)
        return "\n".join(lines)


CellValue = str | float | bool | date | None


@dataclass(frozen=True)
class Sheet:
    """One sheet as a grid; `rows[r][c]` at sheet row r + 1, column c + 1. Merged ranges are (row, col, row, col), inclusive."""

    name: str
    rows: tuple[tuple[CellValue, ...], ...]
    merged: tuple[tuple[int, int, int, int], ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    uncached: frozenset[tuple[int, int]] = frozenset()  # formula cells without a stored value
    caption: str = ""  # the line above one of several tables of a sheet
    n_above: int | None = None  # lines of text put above the table of a page or Word file; None in a spreadsheet

    fields: tuple[int, ...] = ()  # of a text with commas or tabs: how many each row holds, empty ones too
    places: Mapping[tuple[int, int], str] = field(default_factory=dict)  # of cells that stand elsewhere in the file

    def place(self, row: int, column: int) -> str:
        """Where a cell stands, for people: 汇总!B3 in a spreadsheet, 表1行3列2 in a page or Word file."""
        if self.places and (moved := self.places.get((row, column))):
            return moved
        if self.n_above is None:
            return f"{self.name}!{column_name(column)}{row + 1}"
        return f"{self.name}行{row + 1 - self.n_above}列{column + 1}" if row >= self.n_above else f"{self.name}上方"


@dataclass(frozen=True)
class Workbook:
    """A collected table as read. `remarks` are (rule, place) pairs about the file itself."""

    sheets: tuple[Sheet, ...]
    remarks: tuple[tuple[str, str], ...] = field(default=())


@lru_cache(maxsize=1024)
def column_name(index: int) -> str:
    """0 -> A, 26 -> AA."""
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(65 + rest) + name
    return name
