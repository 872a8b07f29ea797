"""A .xlsx straight over its XML -> Workbook: only cells that are there, so that a stray far cell costs nothing.

Formula cells without a stored value, hidden rows and sheets, dates and percentages made by number formats are kept apart
from plain values; general readers return None or a number for them.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from lxml import etree

from etl.document import CellValue, Sheet, Workbook, column_name
from etl.errors import FileRefused
from etl.extract.squeeze import squeeze_text
from etl.guard.outside import MACRO_TYPES
from etl.guard.package import Package
from etl.interpret.doubts import takes_figures_back
from etl.interpret.lexicon import load_lexicon
from etl.read.attribute import whole_number
from etl.read.beyond import MAX_CELLS, MAX_COLUMNS, MAX_ROWS, Beyond, has_digit, with_content, with_figures
from etl.read.xlsx_cells import STRUCK, UNSEEN, cell_kinds, cell_value, shared_strings, strike, style_kind
from etl.read.xlsx_names import CELL, as_typed, both_typed, column_named, is_place, plain_name, range_named
from etl.read.xlsx_rows import shortened

_LARGE_SHEET = 1 << 20
_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_C, _F, _ROW_TAG, _DATA = (_S + tag for tag in ("c", "f", "row", "sheetData"))
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_MARGINS = frozenset(_S + f"{page}{where}" for page in ("odd", "even", "first") for where in ("Header", "Footer"))
_MARGIN_CODE = re.compile(r'&"[^"]*"|&\d+|&K[0-9A-F]{6}|&[A-Z]', re.IGNORECASE)
_COMMENTS = re.compile(r"xl/(?:comments/)?comments?\d*\.xml", re.IGNORECASE)
_DRAWING = re.compile(r"xl/drawings/drawing\d*\.xml", re.IGNORECASE)
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_BOX = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}txBody"
_LONGEST = 160
_MOST_MISNAMED = 20


def read_xlsx(package: Package) -> Workbook:
    """All visible sheets with their cells. Raises FileRefused for damaged parts."""
    book = package.xml("xl/workbook.xml")
    targets = _relations(package)
    strings = shared_strings(package)
    kinds = cell_kinds(package)
    sheets: list[Sheet] = []
    remarks = [(r, "") for r in package.remarks]
    properties = book.find(_S + "workbookPr")
    epoch = (
        datetime(1904, 1, 1)
        if properties is not None and properties.get("date1904") in ("1", "true")
        else datetime(1899, 12, 30)
    )
    seen: set[str] = set()
    room = MAX_CELLS
    for node in book.iter(_S + "sheet"):
        name = node.get("name") or "?"
        part = targets.get(node.get(_R + "id") or "", "")
        if node.get("state") in ("hidden", "veryHidden"):
            remarks.append(
                (
                    "hidden_content",
                    with_figures(
                        name, _hidden(package, part, _SheetParts(strings, kinds, epoch, Beyond(name), room=MAX_CELLS))
                    ),
                )
            )
            continue
        if not package.has(part) or part in seen:
            continue
        seen.add(part)
        parts = _SheetParts(strings, kinds, epoch, Beyond(name), room=room)
        sheet, more = _read_sheet(package.read(part), name, parts)
        room = parts.room
        sheets.append(sheet)
        remarks += more
    return Workbook(tuple(sheets), (*remarks, *_comments(package), *_boxes(package)))


def _comments(package: Package) -> Iterator[tuple[str, str]]:
    """Remarks hung on cells that hold a number or cast doubt, without their writers' names: nothing of them is read as an answer."""
    for name in sorted(n for n in package.names if _COMMENTS.fullmatch(n)):
        tree = package.xml(name)
        writers = [a.text or "" for a in tree.iter(_S + "author")]
        for comment in tree.iter(_S + "comment"):
            text = "".join(t.text or "" for t in comment.iter(_S + "t")).strip()
            for writer in writers:
                text = text.removeprefix(f"{writer}:").removeprefix(f"{writer}：").strip()
            if _may_matter(text):
                yield "note_text", f"{comment.get('ref', '')} {text}"[:_LONGEST]


def _may_matter(text: str) -> bool:
    """Whether words beside a sheet hold a number or cast doubt on its figures."""
    is_told = re.search(rf"\d|{load_lexicon().remark_doubts}", text) is not None
    return is_told or takes_figures_back(squeeze_text(text))


def _boxes(package: Package) -> Iterator[tuple[str, str]]:
    """Words in boxes that lie over the sheets, likewise."""
    for name in sorted(n for n in package.names if _DRAWING.fullmatch(n)):
        for box in package.xml(name).iter(_BOX):
            text = "".join(t.text or "" for t in box.iter(_A + "t")).strip()
            if text and _may_matter(text):
                yield "note_text", text[:_LONGEST]


def _relations(package: Package) -> dict[str, str]:
    name = "xl/_rels/workbook.xml.rels"
    if not package.has(name):
        return {}
    found = {}
    for node in package.xml(name):
        if (node.get("Type") or "").lower().endswith(MACRO_TYPES):
            continue  # a sheet of macros is no sheet
        target = node.get("Target") or ""
        found[node.get("Id") or ""] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    return found


@dataclass
class _SheetParts:
    """What one pass over a sheet's XML gathers."""

    strings: list[str]
    kinds: Mapping[str, str]
    epoch: datetime
    beyond: Beyond
    cells: dict[int, dict[int, CellValue]] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    uncached: set[tuple[int, int]] = field(default_factory=set)
    misnamed: list[str] = field(default_factory=list)  # cells with content whose name is none
    struck: list[str] = field(default_factory=list)
    unseen: list[str] = field(default_factory=list)
    margins: list[str] = field(default_factory=list)  # words above and below each printed page
    row: int = 0  # of the cells; a row without a number is the one behind the last
    column: int = -1
    number: str = ""  # of the last cell's row, as its name writes it
    room: int = 0  # cells that may still be read

    @cached_property
    def may_be_struck(self) -> bool:
        """Whether any cell format of the workbook strikes through."""
        return "struck" in self.kinds.values()

    @cached_property
    def may_be_unseen(self) -> bool:
        """Whether any cell format of the workbook hides what it holds."""
        return UNSEEN in self.kinds.values()

    def take(self, node: Any) -> None:
        """One finished element."""
        tag = node.tag
        if tag == _ROW_TAG:
            for cell in node.iter(_C):
                self.take_cell(cell)
            self.row = _row_of(node, self.row)
            if _is_hidden(node):
                self.hidden_rows.add(self.row)
            self.row, self.column, self.number = self.row + 1, -1, ""
            node.clear()
        elif tag == _DATA:
            for cell in node.iterchildren(_C):  # in no row
                self.take_cell(cell)
        elif tag == _S + "col":
            if _is_hidden(node):
                first, last = whole_number(node.get("min")), min(whole_number(node.get("max")), MAX_COLUMNS)
                self.hidden_columns.update(range(first - 1, last))
        elif tag in _MARGINS:
            self.margins.append(_MARGIN_CODE.sub(" ", node.text or "").strip())
        elif (span := range_named(node.get("ref") or "")) is not None:
            self.merged.append(span)

    def take_cell(self, node: Any) -> None:
        """A cell, unless it is empty or far off."""
        reference = node.get("r")
        if self.number and reference == f"{column_name(self.column + 1)}{self.number}":
            self.column += 1  # beside the last one, as nearly all are
        else:
            self.move_to(reference, node)
        if not 0 <= self.row < MAX_ROWS or self.column >= MAX_COLUMNS:
            self._leave_out(node, reference or "?")
            return
        value = cell_value(node, self.strings, self.kinds, self.epoch)
        if (self.may_be_struck and style_kind(node, self.kinds) == "struck") or (
            isinstance(value, str) and STRUCK in value
        ):
            value = strike(node, value, self.kinds, reference or "?", self.struck)
            if value is None:
                return
        if self.may_be_unseen and style_kind(node, self.kinds) == UNSEEN and has_digit(value):
            self.unseen.append(with_content(reference or "?", value))
            return
        if value is None and node.find(_F) is None:
            return
        self.room -= 1
        if self.room < 0:
            raise FileRefused("file_too_large", "单元格过多", "too many cells", found=f"> {MAX_CELLS:,}")
        if value is None:
            self.uncached.add((self.row, self.column))
        row = self.cells.setdefault(self.row, {})
        row[self.column] = both_typed(row[self.column], value) if self.column in row else value

    def _leave_out(self, node: Any, reference: str) -> None:
        """Note a cell far off; one whose name is none, which may stand anywhere, with what it holds."""
        value = cell_value(node, self.strings, self.kinds, self.epoch) if len(node) else None
        if value is not None and reference != "?" and not is_place(reference):
            self.misnamed.append(f"{reference} = {as_typed(value)}")
        elif value is not None or node.find(_F) is not None:
            self.beyond.add(self.row, self.column, value, reference)

    def move_to(self, reference: str | None, node: Any) -> None:
        """Row and column of a cell by its name; the next column without one, far off by a name that makes no sense."""
        if match := CELL.fullmatch(plain_name(reference)) if reference else None:
            letters, self.number = match.groups()
            self.column = column_named(letters)
            self.row = int(self.number) - 1
        else:
            self.number = ""
            self.column = MAX_COLUMNS if reference else self.column + 1
            self.row = _row_of(node.getparent(), self.row)

    def _goes_on(self, row: int, column: int) -> bool:
        """Whether the last cell that is read stands beside one beyond."""
        if column == MAX_COLUMNS:
            return MAX_COLUMNS - 1 in self.cells.get(row, {})
        return row == MAX_ROWS and MAX_ROWS - 1 in self.cells

    def remarks(self, name: str) -> list[tuple[str, str]]:
        """(rule, place) of what a reader of the screen doesn't see, or of what was not read."""
        found = self.beyond.remarks(any(self._goes_on(row, column) for row, column, _, _ in self.beyond.found))
        found += [("cell_misnamed", f"{name}!{said}"[:_LONGEST]) for said in self.misnamed[:_MOST_MISNAMED]]
        found += [("struck_text", f"{name}!{ref}") for ref in self.struck]
        found += [("hidden_text", f"{name}!{ref}") for ref in self.unseen]
        found += [
            ("note_text", f"{name} {text}"[:_LONGEST]) for text in dict.fromkeys(self.margins) if _may_matter(text)
        ]
        rows = self.hidden_rows & set(self.cells)
        columns = [c for c in sorted(self.hidden_columns) if any(c in row for row in self.cells.values())]
        if rows:
            found.append(("hidden_content", f"{name} 行{min(rows) + 1}"))
        if columns:
            found.append(("hidden_content", f"{name} 列{column_name(columns[0])}"))
        return found


def _hidden(package: Package, part: str, parts: _SheetParts) -> tuple[tuple[CellValue, ...], ...]:
    """The cells of a hidden sheet, to be named; none where it is no table or damaged, which costs the others nothing."""
    try:
        return _read_sheet(package.read(part), "", parts)[0].rows if package.has(part) else ()
    except FileRefused:
        return ()


def _is_hidden(node: Any) -> bool:
    return node.get("hidden") in ("1", "true")


def _read_sheet(data: bytes, name: str, parts: _SheetParts) -> tuple[Sheet, list[tuple[str, str]]]:
    tags = tuple(_S + t for t in ("row", "sheetData", "mergeCell", "col")) + tuple(_MARGINS)
    stream = io.BytesIO(shortened(data, parts.beyond) if len(data) > _LARGE_SHEET else data)
    try:
        for _, node in etree.iterparse(
            stream, events=("end",), tag=tags, resolve_entities=False, no_network=True, huge_tree=False
        ):
            parts.take(node)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise FileRefused(
            "file_damaged", f"工作表 {name} 损坏", f"the sheet {name} is damaged", found=str(error)[:80], place=name
        ) from error
    sheet = Sheet(
        name, _grid(parts.cells), tuple(parts.merged), frozenset(parts.hidden_rows), frozenset(parts.uncached)
    )
    return sheet, parts.remarks(name)


def _row_of(row: Any, fallback: int) -> int:
    """The row's own number, the next one where it has none, one far off where it makes no sense."""
    text = row.get("r") if row is not None else None
    return whole_number(text, MAX_ROWS + 1) - 1 if text else fallback


def _grid(cells: dict[int, dict[int, CellValue]]) -> tuple[tuple[CellValue, ...], ...]:
    if not cells:
        return ()
    width = max(max(row) for row in cells.values()) + 1
    empty: tuple[CellValue, ...] = (None,) * width
    return tuple(tuple(cells[r].get(c) for c in range(width)) if r in cells else empty for r in range(max(cells) + 1))
