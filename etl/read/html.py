"""A web page, also one saved as .xls or .doc -> Document or Workbook. Nothing is fetched, no script is looked at."""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Iterator
from typing import Any

from lxml import etree
from lxml import html as lxml_html

from etl.document import Document, Paragraph, Workbook
from etl.errors import FileRefused
from etl.interpret.reading import UNKNOWN_SIGN
from etl.read.beyond import MAX_COLUMNS, MAX_ROWS, Beyond
from etl.read.grid import Grid, GridCell, as_read
from etl.read.html_looks import drop_unread, is_gone, is_note
from etl.read.text import decode

_IGNORED = frozenset(
    {
        "script",
        "style",
        "head",
        "title",
        "noscript",
        "template",
        "object",
        "iframe",
        "xml",
        "svg",
        "datalist",
        "rt",
        "rp",
    }
)
_SILENT_INPUTS = frozenset({"hidden", "button", "submit", "reset", "image", "file", "password"})
_BLOCKS = frozenset({"p", "div", "br", "tr", "li", "h1", "h2", "h3", "h4", "h5", "h6", "section", "article", "center"})
_MAX_DEPTH = 200
_MAX_CELLS = 200_000


def read_html(text: str) -> Document | Workbook:
    """The page's paragraphs and tables. Raises FileRefused when there is no page in it."""
    blocks, left_out, pictures = page_blocks(text)
    return as_read(blocks, (), pictures, tuple(left_out))


def page_blocks(text: str) -> tuple[list[Paragraph | Grid], list[tuple[str, str]], int]:
    """The page's blocks, what was left out of them (rule, words), and the number of pictures. Raises FileRefused as `read_html`."""
    parser = lxml_html.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise FileRefused("file_damaged", "网页损坏", "the page is damaged", found=str(error)[:80]) from error
    if root is None:
        raise FileRefused("file_damaged", "网页损坏", "the page is damaged", found="HTML")
    left_out = drop_unread(root)
    reader = _Reader()
    blocks = [*reader.blocks(root, 0), *reader.flush()]
    return blocks, left_out, sum(1 for _ in root.iter("img"))


def read_mhtml(data: bytes) -> Document | Workbook:
    """A page with its pictures in one mail-like file: its HTML part. Raises FileRefused when it has none."""
    text = web_page(data)
    if "<table" not in text.lower():
        raise FileRefused("file_damaged", "单一网页文件里没有表格", "no table in the web archive", found="MHTML")
    return read_html(text)


def web_page(data: bytes) -> str:
    """The first page in a mail-like file, one with a table before others. Raises FileRefused when it has none."""
    message = email.message_from_bytes(data, policy=email.policy.default)
    pages = []
    for part in message.walk():
        payload = part.get_payload(decode=True) if part.get_content_type() == "text/html" else None
        if isinstance(payload, bytes):
            pages.append(decode(payload))
    if not pages:
        raise FileRefused("file_damaged", "单一网页文件里没有网页", "no page in the web archive", found="MHTML")
    return max(pages, key=lambda page: "<table" in page.lower())


class _Reader:
    """Walks the page once; text outside tables gathers into paragraphs."""

    def __init__(self) -> None:
        self.words: list[str] = []
        self.paragraphs = 0
        self.cells = 0

    def blocks(self, node: Any, depth: int) -> Iterator[Paragraph | Grid]:
        if depth > _MAX_DEPTH or _is_hidden(node):
            return
        if node.text:
            self.words.append(node.text)
        for child in node:
            if not isinstance(child.tag, str) or child.tag in _IGNORED:
                pass
            elif child.tag == "table" and child.find(".//table") is None:
                yield from self.flush()
                yield self.grid(child)
            elif child.tag in _BLOCKS or child.tag in ("table", "td", "tbody"):
                yield from self.flush()
                yield from self.blocks(child, depth + 1)
                yield from self.flush()
            else:
                yield from self.blocks(child, depth + 1)
            if child.tail:
                self.words.append(child.tail)

    def flush(self) -> Iterator[Paragraph]:
        text = _tidy("".join(self.words))
        self.words = []
        if text:
            self.paragraphs += 1
            yield Paragraph(text, f"段{self.paragraphs}")

    def grid(self, table: Any) -> Grid:
        """The cells at their places, spans of earlier rows respected."""
        taken: set[tuple[int, int]] = set()
        cells: list[GridCell] = []
        for r, row in enumerate(x for x in table.iter("tr") if not _is_hidden(x)):
            if r >= MAX_ROWS:
                if cell_text(row).strip():
                    Beyond("HTML").refuse()
                continue
            column = 0
            for node in row:
                if node.tag not in ("td", "th"):
                    continue
                while (r, column) in taken:
                    column += 1
                if column >= MAX_COLUMNS:
                    if cell_text(node).strip():
                        Beyond("HTML").refuse()
                    continue
                high = min(_span(node, "rowspan"), MAX_ROWS - r)
                wide = min(_span(node, "colspan"), MAX_COLUMNS - column)
                self.cells += high * wide
                if self.cells > _MAX_CELLS:
                    raise FileRefused("file_too_large", "表格过大", "the table is too large", found=f"> {_MAX_CELLS}")
                taken.update((r + i, column + k) for i in range(high) for k in range(wide))
                cells.append(GridCell(r, column, cell_text(node), high, wide))
                column += wide
        return Grid(tuple(cells))


def _is_hidden(node: Any) -> bool:
    return is_gone(node) or (node.tag == "a" and is_note(node))


def _span(node: Any, name: str) -> int:
    text = (node.get(name) or "1").strip()
    return max(1, min(int(text), MAX_ROWS)) if text.isascii() and text.isdigit() and len(text) < 9 else 1


def cell_text(node: Any) -> str:
    """The text of a cell: source line breaks are spaces, <br> and paragraphs are lines."""
    parts: list[str] = []
    _collect(node, parts, 0)
    return _tidy("".join(parts))


def _collect(node: Any, parts: list[str], depth: int) -> None:
    parts.append(re.sub(r"[\r\n]+", " ", node.text or ""))
    for child in node:
        is_read = isinstance(child.tag, str) and child.tag not in _IGNORED and not _is_hidden(child)
        if is_read and depth < _MAX_DEPTH:
            is_block = child.tag in _BLOCKS
            parts.append("\n" if is_block else _control(child))
            if child.tag != "select":
                _collect(child, parts, depth + 1)
            parts.append("\n" if is_block and child.tag != "br" else "")
        parts.append(re.sub(r"[\r\n]+", " ", child.tail or ""))


def _control(node: Any) -> str:
    """A check box, a list's choice or a typed field of a page that was saved while being filled in."""
    if node.tag == "select":
        return _choice(node)
    if node.tag != "input":
        return ""
    kind = (node.get("type") or "").lower()
    if kind in ("checkbox", "radio"):
        return "☑" if node.get("checked") is not None else "□"
    return "" if kind in _SILENT_INPUTS else node.get("value") or ""


def _choice(node: Any) -> str:
    """What a list shows; where the page doesn't say which of its numbers was chosen, a sign that makes it unreadable."""
    options = list(node.iter("option"))
    chosen = ["".join(o.itertext()).strip() for o in options if o.get("selected") is not None]
    if chosen:
        return " ".join(chosen)
    return UNKNOWN_SIGN if any(c.isdigit() for o in options for c in "".join(o.itertext())) else ""


def _tidy(text: str) -> str:
    lines = (re.sub(r"[ \t\xa0]+", " ", line).strip() for line in text.replace("\r", "\n").split("\n"))
    return "\n".join(line for line in lines if line)
