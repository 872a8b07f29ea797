"""A .docx straight over its XML -> Document.

python-docx reads values in content controls and tracked insertions as empty and repeats merged cells; a number lost that
way is lost silently. Here: content controls, insertions, smart tags and text boxes are read in place, deletions are not,
ticks (w:sym, check box controls, Wingdings letters) become ☑/□, and underlined blanks become underscores.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from etl.document import Block, Document, Paragraph
from etl.errors import FileRefused
from etl.guard.kind import is_zip, word_part
from etl.guard.package import Package, open_package
from etl.read.attribute import whole_number
from etl.read.docx_chunks import linked_chunks, read_chunk
from etl.read.docx_looks import RARE_LOOKS, looks_of, without_plain_looks
from etl.read.docx_named import read_styles
from etl.read.docx_names import BOX, MC, PICTURES, SKIP, TBL, TC, TR, P, T, W, branch
from etl.read.docx_notes import LONE_NUMBER, notes_beside
from etl.read.docx_outside import CODE_TAGS, links_of
from etl.read.docx_runs import LeftOut, paragraph_text
from etl.read.docx_styles import Styles
from etl.read.grid import Grid, GridCell, as_blocks, as_sheets, is_collected, lists_units

_EMPTY_BLANK = re.compile(r"[（(][\s_]*[)）]|__|□\s*是\s*□\s*否")
_RELATED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_FRAME = f"{W}pPr/{W}framePr"
_CHUNK = W + "altChunk"
_PROPERTIES, _SPAN, _MERGE, _VAL = (W + name for name in ("tcPr", "gridSpan", "vMerge", "val"))
_ALONE = (1, False)  # one column wide, beginning here


def read_docx(package: Package) -> Document:
    """The form's text with places. Raises FileRefused through `package` for parts that can't be parsed."""
    part = word_part(package)
    folder = _folder(part)
    data = without_plain_looks(package.read(part))
    root = package.tree(part, data)
    body = root.find(W + "body")
    # One walk over the tree for all that few files hold.
    rare = Counter([node.tag for node in root.iter(_CHUNK, _SPAN, _MERGE, TBL, *PICTURES, *CODE_TAGS, *RARE_LOOKS)])
    styles = Styles(read_styles(package, folder), looks_of(data, rare))
    chunks = linked_chunks(package, part) if rare[_CHUNK] else {}
    has_pictures = any(rare[tag] for tag in PICTURES)
    reader = _Reader(
        styles,
        has_inner=rare[TBL] > 1,
        has_pictures=has_pictures,
        has_merged=rare[_SPAN] + rare[_MERGE] > 0,
        chunks=chunks,
    )
    read = tuple(reader.blocks(body)) if body is not None else ()
    own = as_blocks(read)
    heads = _page_heads(package, folder, reader, own)
    blocks = (*heads, *own)
    pictures = sum(rare[tag] for tag in PICTURES)
    left_out = [("struck_text", t) for t in reader.left_out.struck]
    left_out += [("hidden_text", t) for t in reader.left_out.hidden]
    left_out += [("picture_in_blank", t) for t in reader.left_out.pictures]
    left_out += [("field_without_result", t) for t in reader.left_out.untold]
    left_out += [("note_text", t) for t in notes_beside(package, folder)]
    left_out += [("text_after_form", t) for t in (*reader.loose, *_without_pages(reader.lone if reader.tables else ()))]
    left_out += reader.left_out.chunks
    remarks = links_of(package, folder, root if any(rare[tag] for tag in CODE_TAGS) else None)
    has_table = any(is_collected(b) or lists_units(b) for b in read if isinstance(b, Grid))
    book = as_sheets((*heads, *read), remarks, tuple(left_out)) if has_table else None
    return Document(blocks, remarks, pictures, tuple(left_out), book)


def _without_pages(lone: Sequence[str]) -> Sequence[str]:
    """Numbers alone in a line of the text; none where they count the pages from the first on."""
    return () if list(lone) == [str(n) for n in range(1, len(lone) + 1)] else lone


def _folder(part: str) -> str:
    """The folder of a part with its slash, '' at the top."""
    return part.rpartition("/")[0] + "/" if "/" in part else ""


def _page_heads(package: Package, folder: str, reader: _Reader, blocks: tuple[Block, ...]) -> tuple[Paragraph, ...]:
    """The line of the page head that says who reports, where the page itself does not."""
    heads = sorted(n for n in package.names if n.startswith(f"{folder}header") and n.endswith(".xml"))
    if not heads or _names_unit(Document(blocks).text):
        return ()
    reader.styles = Styles(reader.styles.named)  # a head has looks of its own
    lines = (b.text for n in heads for b in reader.blocks(package.xml(n)) if isinstance(b, Paragraph))
    said = next((line for line in lines if _names_unit(line)), None)
    return (Paragraph(said, "页眉"),) if said else ()


def _names_unit(text: str) -> bool:
    return re.search(r"填\s*报\s*单\s*位", text) is not None


class _Reader:
    """Walks the body once, numbering tables and paragraphs."""

    def __init__(
        self,
        styles: Styles,
        *,
        has_inner: bool,
        has_pictures: bool = True,
        has_merged: bool = True,
        chunks: Mapping[str, bytes] | None = None,
    ) -> None:
        self.tables = 0
        self.paragraphs = 0
        self.left_out = LeftOut()
        self.loose: list[str] = []  # numbers in boxes and frames that stand in no cell
        self.lone: list[str] = []  # numbers alone in a paragraph
        self.styles = styles
        self.has_inner = has_inner  # whether a table may stand in another one
        self.has_pictures = has_pictures  # whether a picture may stand in a cell
        self.has_merged = has_merged  # whether a cell may be merged with others
        self.linked = dict(chunks or {})  # documents that are put in, by the link's id

    def blocks(self, parent: Any) -> Iterator[Paragraph | Grid]:
        for child in parent:
            tag = child.tag
            if tag == P:
                self.paragraphs += 1
                text = paragraph_text(child, self.left_out, self.cell_text, self.styles)
                if text.strip():
                    yield Paragraph(text, f"段{self.paragraphs}")
                if LONE_NUMBER.fullmatch(text):
                    # Over a blank in a frame, or typed below the table; between sentences without a table it is an answer.
                    (self.loose if child.find(_FRAME) is not None else self.lone).append(text.strip())
                for box in _boxes(child):
                    if not _is_second_copy(box):
                        inside = "".join(t.text or "" for t in box.iter(T))
                        self.loose += [inside.strip()] if LONE_NUMBER.fullmatch(inside) else []
                        yield from (b for b in self.blocks(box) if isinstance(b, Grid))
            elif tag == TBL:
                if self.has_inner and _is_frame(child):
                    for row in _rows(child):
                        yield from self.blocks(row)
                    continue
                self.tables += 1
                yield self.table(child, self.tables)
            elif tag == _CHUNK:
                yield from self.chunk(child)
            elif isinstance(tag, str) and tag not in SKIP:
                yield from self.blocks(child)

    def chunk(self, node: Any) -> Iterator[Paragraph | Grid]:
        """The blocks of a document that is put in here, once; a chunk inside a chunk is not followed.

        One that is empty, gone, damaged or not allowed is named, and the form around it is read.
        """
        data = self.linked.pop(node.get(_RELATED, ""), b"")
        try:
            blocks, left_out = self.word_chunk(data) if is_zip(data) else read_chunk(data)
        except FileRefused as refused:
            blocks, left_out = [], [("chunk_unread", str(refused))]
        self.left_out.chunks += left_out
        yield from blocks

    def word_chunk(self, data: bytes) -> tuple[list[Paragraph | Grid], list[tuple[str, str]]]:
        """The blocks of a Word file that is put in; what it leaves out is remembered with the outer file's. May raise FileRefused."""
        inner = open_package(data)
        part = word_part(inner)
        root = inner.xml(part) if part else None
        body = root.find(W + "body") if root is not None else None
        if body is None:
            return [], [("chunk_unread", "DOCX")]
        self.left_out.chunks += [(rule, "") for rule in links_of(inner, _folder(part), root)]
        reader = _Reader(Styles(read_styles(inner, _folder(part))), has_inner=True)
        reader.left_out = self.left_out
        return list(reader.blocks(body)), []

    def table(self, node: Any, number: int) -> Grid:
        """The cells at their places; one that is merged downwards is one cell."""
        cells: list[GridCell] = []
        above: dict[int, int] = {}  # column -> the cell that may reach further down
        for r, row in enumerate(_rows(node)):
            column = 0
            for cell in _cells(row):
                span, continued = _merged(cell) if self.has_merged else _ALONE
                text = self.cell_text(cell)
                if self.has_pictures and _EMPTY_BLANK.search(text) and next(cell.iter(*PICTURES), None) is not None:
                    self.left_out.pictures.append(f"表{number}行{r + 1}列{column + 1}")
                at = above.get(column)
                if continued and not text.strip() and at is not None:
                    cells[at] = cells[at]._replace(n_rows=r + 1 - cells[at].row)
                else:
                    above[column] = len(cells)
                    cells.append(GridCell(r, column, "" if continued and not text.strip() else text, 1, span))
                column += span
        return Grid(tuple(cells))

    def cell_text(self, cell: Any) -> str:
        """All text of a cell, one line per paragraph; nested tables row by row."""
        lines: list[str] = []
        self.collect_lines(cell, lines)
        return "\n".join(lines)

    def collect_lines(self, node: Any, lines: list[str]) -> None:
        for child in node:
            tag = child.tag
            if tag == P:
                lines.append(paragraph_text(child, self.left_out, self.cell_text, self.styles))
            elif tag == TBL:
                for row in _rows(child):
                    lines.append(join_cells(self.cell_text(c) for c in _cells(row)))
            elif tag == _CHUNK:
                lines += (_line(b) for b in self.chunk(child))
            elif isinstance(tag, str) and tag not in SKIP:
                self.collect_lines(child, lines)


def _line(block: Paragraph | Grid) -> str:
    """A block as the text of a cell."""
    if isinstance(block, Paragraph):
        return block.text
    return "\n".join(join_cells(c.text for c in block.cells if c.row == r) for r in range(block.n_rows))


_DIGIT_END = re.compile(r"[\d０-９]\s*$")
_DIGIT_START = re.compile(r"\s*[\d０-９]")


def join_cells(texts: Iterable[str]) -> str:
    """The cells of an inner row as one line; two numbers side by side stay two."""
    line = ""
    for text in texts:
        is_apart = bool(_DIGIT_END.search(line) and _DIGIT_START.match(text))
        line += ("；" if is_apart else " " if line else "") + text
    return line


def _merged(cell: Any) -> tuple[int, bool]:
    """How many columns a cell takes, and whether it goes on from the row above."""
    span, continued = 1, False
    for node in next(cell.iterchildren(_PROPERTIES), ()):
        if node.tag == _SPAN:
            span = whole_number(node.get(_VAL), 1)
        elif node.tag == _MERGE:
            continued = node.get(_VAL, "continue") == "continue"
    return span, continued


def _boxes(paragraph: Any) -> Iterator[Any]:
    """The text boxes anchored in a paragraph; those inside a box are its own paragraphs' matter."""
    for box in paragraph.iter(BOX):
        if next(box.iterancestors(P)) is paragraph:
            yield box


def _is_second_copy(node: Any) -> bool:
    """Whether the node stands in a branch that is not shown."""
    above = [node, *node.iterancestors()]
    return any(upper.tag == MC + "AlternateContent" and branch(upper) is not lower for lower, upper in pairwise(above))


def _is_frame(table: Any) -> bool:
    """A table of one column around another table: only its border."""
    if table.find(f".//{TBL}") is None:
        return False
    rows = [[*_cells(row)] for row in _rows(table)]
    inner = (
        (r for cells in rows for t in cells[0].iter(TBL) for r in _rows(t)) if all(len(c) == 1 for c in rows) else ()
    )
    return any(len([*_cells(r)]) > 1 for r in inner)


def _rows(table: Any) -> Iterator[Any]:
    for child in table:
        if child.tag == TR:
            if child.find(f"{W}trPr/{W}del") is None:
                yield child
        elif isinstance(child.tag, str) and child.tag not in SKIP:
            yield from _rows(child)


def _cells(row: Any) -> Iterator[Any]:
    for child in row:
        if child.tag == TC:
            yield child
        elif isinstance(child.tag, str) and child.tag not in SKIP:
            yield from _cells(child)
