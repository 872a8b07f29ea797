"""A .docx straight over its XML -> Document.

python-docx reads values in content controls and tracked insertions as empty and repeats merged cells; a number lost that
way is lost silently. Here: content controls, insertions, smart tags and text boxes are read in place, deletions are not,
ticks (w:sym, check box controls, Wingdings letters) become ☑/□, and underlined blanks become underscores.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from etl.document import Block, Cell, Document, Paragraph, Table
from etl.guard import Package

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
P, R, T, TBL, TR, TC = (_W + x for x in ("p", "r", "t", "tbl", "tr", "tc"))
_BREAKS = {
    _W + "br": "\n",
    _W + "cr": "\n",
    _W + "tab": " ",
    _W + "ptab": " ",
    _W + "noBreakHyphen": "-",
    _W + "softHyphen": "",
}
_SKIP = frozenset(
    {
        _W + x
        for x in (
            "del",
            "moveFrom",
            "rPr",
            "pPr",
            "instrText",
            "delText",
            "delInstrText",
            "tblPr",
            "tblGrid",
            "trPr",
            "tcPr",
            "sdtPr",
            "sdtEndPr",
            "sectPr",
            "fldChar",
        )
    }
    | {_MC + "Fallback"}
)
_PICTURES = ("{http://schemas.openxmlformats.org/drawingml/2006/main}blip", "{urn:schemas-microsoft-com:vml}imagedata")
# Private codes of the Wingdings fonts: ticked and empty boxes, bare ticks.
_SYMBOLS = {
    0x52: "☑",
    0x53: "☑",
    0x54: "☑",
    0xFE: "☑",
    0xFD: "☒",
    0xFC: "√",
    0xFB: "×",
    0xA8: "□",
    0x6F: "□",
    0x71: "□",
    0x72: "□",
    0x50: "√",
    0xA3: "□",
    0x30: "□",
}
_WINGDINGS_LETTERS = str.maketrans(
    {
        "þ": "☑",
        "R": "☑",
        "S": "☑",
        "T": "☑",
        "ý": "☒",
        "ü": "√",
        "û": "×",
        "¨": "□",
        "o": "□",
        "q": "□",
        "£": "□",
        "P": "√",
    }
)
_OPEN, _CLOSE = "\ue001", "\ue002"  # around underlined blanks, until the paragraph is whole
_BLANK_FILL = re.compile(r"[\s\d０-９,，.．万亿千百十余多约近一二三四五六七八九零〇两/—\-+]{0,20}")


def read_docx(package: Package) -> Document:
    """The form's text with places. Raises FileRefused through `package` for parts that can't be parsed."""
    root = package.xml("word/document.xml")
    body = root.find(_W + "body")
    reader = _Reader()
    blocks = tuple(reader.blocks(body)) if body is not None else ()
    pictures = sum(1 for _ in root.iter(*_PICTURES))
    return Document(blocks, package.remarks, pictures)


class _Reader:
    """Walks the body once, numbering tables and paragraphs."""

    def __init__(self) -> None:
        self.tables = 0
        self.paragraphs = 0

    def blocks(self, parent: Any) -> Iterator[Block]:
        for child in parent:
            tag = child.tag
            if tag == P:
                self.paragraphs += 1
                text = paragraph_text(child)
                if text.strip():
                    yield Paragraph(text, f"段{self.paragraphs}")
                for box in child.iter(_W + "txbxContent"):
                    if not _inside_fallback(box):
                        yield from (b for b in self.blocks(box) if isinstance(b, Table))
            elif tag == TBL:
                self.tables += 1
                yield self.table(child, self.tables)
            elif isinstance(tag, str) and tag not in _SKIP:
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
                    span = _int(grid.get(_W + "val")) if grid is not None else 1
                    merge = properties.find(_W + "vMerge")
                    continued = merge is not None and merge.get(_W + "val", "continue") == "continue"
                text = cell_text(cell)
                cells.append(Cell("" if continued and not text.strip() else text, f"表{number}行{r}列{column}"))
                column += span
            rows.append(tuple(cells))
        return Table(tuple(rows), number)


def _int(text: str | None) -> int:
    return int(text) if text and text.isdigit() else 1


def _inside_fallback(node: Any) -> bool:
    return any(a.tag == _MC + "Fallback" for a in node.iterancestors())


def _rows(table: Any) -> Iterator[Any]:
    for child in table:
        if child.tag == TR:
            if child.find(f"{_W}trPr/{_W}del") is None:
                yield child
        elif isinstance(child.tag, str) and child.tag not in _SKIP:
            yield from _rows(child)


def _cells(row: Any) -> Iterator[Any]:
    for child in row:
        if child.tag == TC:
            yield child
        elif isinstance(child.tag, str) and child.tag not in _SKIP:
            yield from _cells(child)


def cell_text(cell: Any) -> str:
    """All text of a cell, one line per paragraph; nested tables row by row."""
    lines: list[str] = []
    _collect_lines(cell, lines)
    return "\n".join(lines)


def _collect_lines(node: Any, lines: list[str]) -> None:
    for child in node:
        tag = child.tag
        if tag == P:
            lines.append(paragraph_text(child))
        elif tag == TBL:
            for row in _rows(child):
                lines.append(" ".join(cell_text(c) for c in _cells(row)))
        elif isinstance(tag, str) and tag not in _SKIP:
            _collect_lines(child, lines)


def paragraph_text(paragraph: Any) -> str:
    """The text of a paragraph as its reader sees it."""
    parts: list[str] = []
    _collect(paragraph, parts)
    text = "".join(parts)
    if _OPEN in text:
        # A number split over several underlined runs is one blank.
        text = text.replace(_CLOSE + _OPEN, "").replace(_OPEN, "_").replace(_CLOSE, "_")
    return text


def _collect(node: Any, parts: list[str]) -> None:
    for child in node:
        tag = child.tag
        if tag == R:
            _collect_run(child, parts)
        elif tag == _W + "sdt":
            _collect_control(child, parts)
        elif tag == P:
            # A text box inside the paragraph.
            _collect(child, parts)
        elif tag == TBL:
            if not any(a.tag == _W + "txbxContent" for a in child.iterancestors()):
                parts.append(cell_text(child))
        elif isinstance(tag, str) and tag not in _SKIP:
            _collect(child, parts)


def _collect_control(control: Any, parts: list[str]) -> None:
    """A content control: a check box says its state, a placeholder says nothing, anything else its content."""
    properties = control.find(_W + "sdtPr")
    if properties is not None:
        box = properties.find(_W14 + "checkbox")
        if box is not None:
            checked = box.find(_W14 + "checked")
            on = checked is not None and checked.get(_W14 + "val", "1") in ("1", "true", "on")
            parts.append("☑" if on else "□")
            return
        if properties.find(_W + "showingPlcHdr") is not None:
            parts.append(" ")
            return
    content = control.find(_W + "sdtContent")
    if content is not None:
        _collect(content, parts)


def _collect_run(run: Any, parts: list[str]) -> None:
    properties = run.find(_W + "rPr")
    underlined, symbolic = False, False
    if properties is not None:
        line = properties.find(_W + "u")
        underlined = line is not None and line.get(_W + "val", "single") != "none"
        fonts = properties.find(_W + "rFonts")
        symbolic = fonts is not None and any("wingdings" in str(v).lower() for v in fonts.attrib.values())
    pieces: list[str] = []
    for child in run:
        tag = child.tag
        if tag == T:
            text = child.text or ""
            pieces.append(text.translate(_WINGDINGS_LETTERS) if symbolic else text)
        elif tag in _BREAKS:
            pieces.append(_BREAKS[tag])
        elif tag == _W + "sym":
            pieces.append(_symbol(child))
        elif isinstance(tag, str) and tag not in _SKIP:
            _collect(child, pieces)
    text = "".join(pieces)
    if underlined and text and _BLANK_FILL.fullmatch(text):
        text = f"{_OPEN}{text}{_CLOSE}"
    parts.append(text)


def _symbol(node: Any) -> str:
    code = node.get(_W + "char") or ""
    try:
        number = int(code, 16)
    except ValueError:
        return ""
    if "wingdings" not in (node.get(_W + "font") or "").lower():
        return chr(number) if 0x20 <= number < 0xD800 else ""
    return _SYMBOLS.get(number & 0xFF, "")
