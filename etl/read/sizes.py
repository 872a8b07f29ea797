"""What was read, before it is judged: no sound submission is nearly as large, and judging takes time with every word."""

from __future__ import annotations

from etl.document import Document, Paragraph, Table, Workbook
from etl.errors import FileRefused

MAX_SHEETS = 255
MAX_CELLS = 1_000_000
MAX_CELL_TEXT = 32_767  # characters; what a spreadsheet's cell holds
MAX_BLOCKS = 20_000
MAX_FORM_CELLS = 50_000
MAX_TEXT = 1_000_000


def check_workbook(book: Workbook) -> None:
    """Raises FileRefused for too many sheets or cells, or a cell with a book in it."""
    _check("工作表", "sheets", len(book.sheets), MAX_SHEETS)
    _check("单元格", "cells", sum(len(s.rows) * len(s.rows[0]) for s in book.sheets if s.rows), MAX_CELLS)
    for sheet in book.sheets:
        longest = max((len(v) for row in sheet.rows for v in row if isinstance(v, str)), default=0)
        _check("单元格字数", "characters in a cell", longest, MAX_CELL_TEXT, sheet.name)


def check_document(document: Document) -> None:
    """Raises FileRefused for too much text, or too many paragraphs or cells."""
    tables = [b for b in document.blocks if isinstance(b, Table)]
    cells = [c for t in tables for row in t.rows for c in row]
    _check("段落和表格", "paragraphs and tables", len(document.blocks), MAX_BLOCKS)
    _check("单元格", "cells", len(cells), MAX_FORM_CELLS)
    _check("单元格字数", "characters in a cell", max((len(c.text) for c in cells), default=0), MAX_CELL_TEXT)
    n_characters = sum(len(c.text) for c in cells) + sum(
        len(b.text) for b in document.blocks if isinstance(b, Paragraph)
    )
    _check("字数", "characters", n_characters, MAX_TEXT)


def _check(zh: str, en: str, count: int, limit: int, place: str = "") -> None:
    if count > limit:
        raise FileRefused(
            "file_too_large",
            f"{zh}过多",
            f"too many {en}",
            found=f"{count:,} {zh}/{en}",
            expected=f"≤ {limit:,}",
            place=place,
        )
