"""A scan or photograph -> submissions, by two readings at two scales."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from etl.catalog.model import Catalog
from etl.document import Document, Workbook
from etl.errors import FileRefused
from etl.facts import Submission
from etl.files.kept import NOTHING_KEPT, Kept
from etl.ocr.again import seen_again
from etl.ocr.page import Seen, is_installed, ruling_lines, see_page, straightened
from etl.ocr.patches import Patch
from etl.ocr.pictures import form_pictures
from etl.ocr.stamp import without_stamps
from etl.ocr.values import judge_scan
from etl.read.grid import as_read
from etl.read.layout import Box, Page, lay_out, plain_line, plain_place

SCALES = (1.0, 0.8)
LEAST_CERTAINTY = 0.8  # a page that stands on its head is read with 0.5 to 0.7


def read_scan(catalog: Catalog, kind: str, data: bytes, read: Any, kept: Kept = NOTHING_KEPT) -> list[Submission]:
    """The submissions; `read` makes them of a Document. Raises FileRefused where OCR is not installed."""
    if not is_installed():
        raise needs_ocr()
    readings: list[list[Submission]] = []
    patches: dict[str, Patch] = {}
    for seen in seen_again(kept, data, lambda: _see(kind, data)):
        if not any(s.page.words for s in seen):
            raise FileRefused("needs_ocr", "图片里没有读出文字", "no text found in the picture", found="0")
        document, found = _understood(seen)
        readings.append(read(document))
        patches = patches or found
    return judge_scan(catalog, readings[0], readings[1], patches)


def _see(kind: str, data: bytes) -> list[list[Seen]]:
    """The pages as seen at each scale. Raises FileRefused for pictures that can't be a form."""
    taken = form_pictures(kind, data)
    pages = [_upright(straightened(without_stamps(p)), n) for n, p in enumerate(taken, start=1)]
    first = [seen for _, seen in pages]
    others = [[_seen_at(scale, picture, seen) for picture, seen in pages] for scale in SCALES[1:]]
    return [first, *others]


def _upright(picture: Any, number: int) -> tuple[Any, Seen]:
    """The picture and what is seen on it; upside down where that is read far better."""
    seen = see_page(picture, number, SCALES[0], ruling_lines(picture))
    if seen.certainty >= LEAST_CERTAINTY or not seen.page.words:
        return picture, seen
    turned = picture[::-1, ::-1].copy()
    other = see_page(turned, number, SCALES[0], ruling_lines(turned))
    is_better = other.certainty > seen.certainty + 0.1
    return (turned, replace(other, is_turned=True)) if is_better else (picture, seen)


def _seen_at(scale: float, picture: Any, first: Seen) -> Seen:
    """The same page at another scale, turned as it was at the first."""
    return replace(see_page(picture, first.page.number, scale, list(first.page.rules)), is_turned=first.is_turned)


def needs_ocr() -> FileRefused:
    """The refusal of a machine without OCR."""
    return FileRefused("needs_ocr", "只有图片", "only a picture", found="requirements-ocr.txt")


def _understood(seen: list[Seen]) -> tuple[Document, dict[str, Patch]]:
    """The document, and for each place of a cell, line or page the patch of the picture it was read from."""
    pages = {s.page.number: s for s in seen}
    boxes: dict[str, tuple[Page, Box]] = {}

    def place_of(page: Page, table: int, row: int, column: int, box: Box) -> str:
        place = plain_place(page, table, row, column, box)
        boxes[place] = (page, box)
        return place

    def line_place(page: Page, number: int, box: Box) -> str:
        place = plain_line(page, number, box)
        boxes[place] = (page, box)
        return place

    blocks = lay_out([s.page for s in seen], place_of, line_place)
    # The whole page is what is shown of a blank whose cell was not found.
    boxes |= {f"页{s.page.number}": (s.page, (0.0, 0.0, s.page.width, s.page.height)) for s in seen}
    patches = {place: _patch(pages[page.number], box) for place, (page, box) in boxes.items()}
    read = as_read(blocks)
    if isinstance(read, Workbook):
        # Words of neighbouring columns run together in a narrow table's head: which number stands for what is a guess.
        raise FileRefused("ocr_table", "扫描的汇总表", "a scanned collected table", found=f"{len(read.sheets)}")
    return replace(read, collected=None), patches


def _patch(seen: Seen, box: Box) -> Patch:
    """The words in a cell, and its place on the page as it came: one that lay on its head has the left side right of the right one."""
    x0, y0, x1, y1 = box
    page = seen.page
    lines = []
    for word in page.words:
        x, y = word.middle
        if x0 <= x <= x1 and y0 <= y <= y1:
            lines.append((word.text, seen.confidence[word.box]))
    share: tuple[float, ...] = (x0 / page.width, y0 / page.height, x1 / page.width, y1 / page.height)
    if seen.is_turned:
        share = tuple(1 - s for s in share)
    return Patch(f"框{page.number}:{','.join(str(round(1000 * s)) for s in share)}", tuple(lines))
