"""A PDF with a text layer -> Document or Workbook, tables by their ruling lines, else by unmistakable gaps. A scan is told apart and read elsewhere."""

from __future__ import annotations

import io
import logging
from collections.abc import Sequence
from itertools import islice
from typing import Any

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfminer.pdfexceptions import PDFException
from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import PDFStream, resolve1

from etl.document import Document, Paragraph, Workbook
from etl.errors import AtlasError, FileRefused
from etl.guard.size import megabytes
from etl.read.grid import Grid, as_read
from etl.read.layout import MAX_PAGES, Page, Word, lay_out
from etl.read.pdf_fields import Over, what_stands_over
from etl.read.pdf_looks import Seen, see
from etl.read.pdf_rules import rules_of
from etl.read.side_by_side import refuse_side_by_side
from etl.read.unruled import UnsureTable, unruled_table

MIN_CHARACTERS = 20
MAX_CONTENTS = 5 * 1024 * 1024  # bytes of drawing commands, unpacked
MAX_STREAMS = 1000  # pieces they come in, on one page
_MAX_UNKNOWN = 0.05  # share of characters without a meaning above which the text layer is of no use
_SCAN_COVER = 0.6  # share of the page a picture covers when the text over it is another program's guess

logging.getLogger("pdfminer").setLevel(logging.CRITICAL)  # it remarks on odd files; the findings are ours


def read_pdf(data: bytes) -> Document | Workbook | None:
    """The text with its tables; None for a scan. Raises FileRefused: damaged, protected, too many pages."""
    try:
        with pdfplumber.open(io.BytesIO(data)) as pdf:
            check_pages(sum(1 for _ in islice(PDFPage.create_pages(pdf.doc), MAX_PAGES + 1)))
            check_contents(pdf.pages)
            pages: list[Page] = []
            left_out: list[tuple[str, str]] = []
            for page in pdf.pages:
                if _is_scan(page):
                    return None
                over = what_stands_over(page)
                seen = see(page, over.struck)
                pages.append(_page(page, seen, over))
                left_out += [*seen.left_out, *over.left_out]
                page.close()
    except (MemoryError, RecursionError, AtlasError):
        raise
    except Exception as error:  # whatever the parser stumbles over, the file can't be trusted
        raise _refusal(error) from error
    if sum(len(p.words) for p in pages) < MIN_CHARACTERS:
        return None
    blocks, remarks = _with_unruled(lay_out(pages), pages)
    refuse_side_by_side(blocks, pages)
    return as_read(blocks, remarks, left_out=tuple(left_out))


def _with_unruled(
    blocks: list[Paragraph | Grid], pages: Sequence[Page]
) -> tuple[list[Paragraph | Grid], tuple[str, ...]]:
    """What stands on the pages, a table without ruling lines told by its gaps where no other is there; and what to remark on it."""
    if any(isinstance(b, Grid) for b in blocks):
        return blocks, ()
    try:
        found = unruled_table(pages)
    except UnsureTable:
        return blocks, ("table_without_lines",)
    if found is None:
        return blocks, ()
    grid, above = found
    return [*(Paragraph(line, "") for line in above), grid], ("columns_by_gaps",)


def check_pages(count: int) -> None:
    """Raises FileRefused above the limit of pages, or when there is none."""
    if count > MAX_PAGES:
        raise FileRefused(
            "file_too_large", "页数过多", "too many pages", found=f"{count} 页/pages", expected=f"{MAX_PAGES} 页/pages"
        )
    if count == 0:
        raise FileRefused("file_damaged", "没有页面", "no pages", found="PDF: 0")


def check_contents(pages: Sequence[Any]) -> None:
    """Raises FileRefused when the pages' drawing commands are too long: each one takes its time."""
    left = MAX_CONTENTS
    for page in pages:
        streams = page.page_obj.contents
        for stream in streams[:MAX_STREAMS]:
            data = resolve1(stream)
            left -= len(data.get_data()) if isinstance(data, PDFStream) else 0
            if left < 0:
                break
        if left < 0 or len(streams) > MAX_STREAMS:
            limit = f"{megabytes(MAX_CONTENTS)}, {MAX_STREAMS}"
            raise FileRefused(
                "file_too_large", "页面内容过大", "too much on the pages", found=f"> {limit}", expected=limit
            )


def _refusal(error: Exception) -> Exception:
    causes = [error, *(a for a in error.args if isinstance(a, Exception)), error.__cause__, error.__context__]
    if any(isinstance(c, PDFPasswordIncorrect) or "Password" in type(c).__name__ for c in causes):
        return FileRefused("encrypted", "文件有密码保护", "the file is protected by a password")
    kind = next((type(c).__name__ for c in causes if isinstance(c, PDFException)), type(error).__name__)
    return FileRefused("file_damaged", "PDF 损坏", "the PDF is damaged", found=f"PDF: {kind}")


def _is_scan(page: Any) -> bool:
    """A page that is one big picture (whatever text a scanner laid under it), or whose letters have no meaning."""
    area = float(page.width) * float(page.height) or 1.0
    if any((i["x1"] - i["x0"]) * (i["bottom"] - i["top"]) > _SCAN_COVER * area for i in page.images):
        return True
    unknown = sum(c["text"].startswith("(cid:") or c["text"] == "\ufffd" for c in page.chars)
    return bool(unknown > _MAX_UNKNOWN * max(1, len(page.chars)))


def _page(page: Any, seen: Seen, over: Over) -> Page:
    words = (*map(_word, seen.characters), *over.words)
    return Page(page.page_number, float(page.width), float(page.height), words, rules_of(page))


def _word(char: dict[str, Any]) -> Word:
    return Word(char["text"], (char["x0"], char["top"], char["x1"], char["bottom"]))
