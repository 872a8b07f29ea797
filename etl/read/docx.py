"""A .docx straight over its XML -> Document.

python-docx reads values in content controls and tracked insertions as empty and repeats merged cells; a number lost that
way is lost silently. Here: content controls, insertions, smart tags and text boxes are read in place, deletions are not,
ticks (w:sym, check box controls, Wingdings letters) become ☑/□, and underlined blanks become underscores.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from etl.document import Block, Cell, Document, Paragraph, Table
from etl.guard import Package
from etl.read.attribute import whole_number
from etl.read.docx_runs import SKIP, TBL, TC, TR, LeftOut, P, paragraph_text

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_PICTURES = ("{http://schemas.openxmlformats.org/drawingml/2006/main}blip", "{urn:schemas-microsoft-com:vml}imagedata")


def read_docx(package: Package) -> Document:
    """The form's text with places. Raises FileRefused through `package` for parts that can't be parsed."""
    root = package.xml("word/document.xml")
    body = root.find(_W + "body")
    reader = _Reader()
    blocks = tuple(reader.blocks(body)) if body is not None else ()
    pictures = sum(1 for _ in root.iter(*_PICTURES))
    left_out = [("struck_text", t) for t in reader.left_out.struck] + [
        ("hidden_text", t) for t in reader.left_out.hidden
    ]
    return Document(blocks, package.remarks, pictures, tuple(left_out))


class _Reader:
    """Walks the body once, numbering tables and paragraphs."""

    def __init__(self) -> None:
        self.tables = 0
        self.paragraphs = 0
        self.left_out = LeftOut()

    def blocks(self, parent: Any) -> Iterator[Block]:
        for child in parent:
            tag = child.tag
            if tag == P:
                self.paragraphs += 1
                text = paragraph_text(child, self.left_out, self.cell_text)
                if text.strip():
                    yield Paragraph(text, f"段{self.paragraphs}")
                for box in _boxes(child):
                    if not _inside_fallback(box):
                        yield from (b for b in self.blocks(box) if isinstance(b, Table))
            elif tag == TBL:
                self.tables += 1
                yield self.table(child, self.tables)
            elif isinstance(tag, str) and tag not in SKIP:
                yield from self.blocks(child)

    def table(self, node: Any, number: int) -> Table:
        rows = []
        for r, row in enumerate(_rows(node), start=1):
            cells: list[Cell] = []
            column = 1
            for cell in _cells(row):
                properties = cell.find(_W + "tcPr")
                span, continued = 1, False
                if properties is not None:
                    grid = properties.find(_W + "gridSpan")
                    span = whole_number(grid.get(_W + "val"), 1) if grid is not None else 1
                    merge = properties.find(_W + "vMerge")
                    continued = merge is not None and merge.get(_W + "val", "continue") == "continue"
                text = self.cell_text(cell)
                cells.append(Cell("" if continued and not text.strip() else text, f"表{number}行{r}列{column}"))
                column += span
            rows.append(tuple(cells))
        return Table(tuple(rows), number)

    def cell_text(self, cell: Any) -> str:
        """All text of a cell, one line per paragraph; nested tables row by row."""
        lines: list[str] = []
        self.collect_lines(cell, lines)
        return "\n".join(lines)

    def collect_lines(self, node: Any, lines: list[str]) -> None:
        for child in node:
            tag = child.tag
            if tag == P:
                lines.append(paragraph_text(child, self.left_out, self.cell_text))
            elif tag == TBL:
                for row in _rows(child):
                    lines.append(" ".join(self.cell_text(c) for c in _cells(row)))
            elif isinstance(tag, str) and tag not in SKIP:
                self.collect_lines(child, lines)


def _boxes(paragraph: Any) -> Iterator[Any]:
    """The text boxes anchored in a paragraph; those inside a box are its own paragraphs' matter."""
    for box in paragraph.iter(_W + "txbxContent"):
        if next(box.iterancestors(P)) is paragraph:
            yield box


def _inside_fallback(node: Any) -> bool:
    return any(a.tag == _MC + "Fallback" for a in node.iterancestors())


def _rows(table: Any) -> Iterator[Any]:
    for child in table:
        if child.tag == TR:
            if child.find(f"{_W}trPr/{_W}del") is None:
                yield child
        elif isinstance(child.tag, str) and child.tag not in SKIP:
            yield from _rows(child)


def _cells(row: Any) -> Iterator[Any]:
    for child in row:
        if child.tag == TC:
            yield child
        elif isinstance(child.tag, str) and child.tag not in SKIP:
            yield from _cells(child)
