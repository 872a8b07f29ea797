"""What a file says, line by line, for the clerk who copies its figures into a form. Read in a worker process, private data masked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from etl.document import CellValue, Document, Workbook
from etl.errors import FileRefused
from etl.files.inside import bytes_inside
from etl.files.workers import Limits, Lost, share_out
from etl.guard.kind import is_zip, package_kind, sniff
from etl.guard.package import open_package
from etl.interpret.private import mask_office, mask_private
from etl.read.opened import opened
from etl.read.sizes import check_document, check_workbook

READING = Limits(seconds=20.0)
MAX_LINES, MAX_LINE = 400, 2000
# 潼南区应急局 张三 10:32, 张三 2021/6/30 10:32: who wrote a message, and when.
_WRITER = re.compile(
    r"(?P<who>[^\d\n]{2,40}?)(?P<when>\s+(?:\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?\s+)?\d{1,2}[:：]\d{2}(?:[:：]\d{2})?\s*)"
)


def text_inside(path: Path, sha256: str, limits: Limits = READING) -> tuple[str, ...]:
    """The lines of the file with that digest, at the path or in the archive there, at most MAX_LINES and then `…`.

    Raises FileRefused for a file that isn't there, holds only pictures, or can't be read as it is.
    """
    (found,) = share_out(_read, [(path, sha256)], limits, _start)
    if isinstance(found, Lost):
        raise FileRefused(
            found.rule, f"读不出文字（{found.found}）", f"no text can be read ({found.found})", found=found.found
        )
    lines: tuple[str, ...] = found
    return lines


def _start() -> None:
    """A worker needs nothing before it begins."""


def _read(asked: tuple[Path, str]) -> tuple[str, ...] | Lost:
    try:
        data = bytes_inside(*asked)
        package = open_package(data) if is_zip(data) else None
        read = opened(package_kind(package) if package else sniff(data), data, package)
        if isinstance(read, Workbook):
            check_workbook(read)
        elif read is not None:
            check_document(read)
    except FileRefused as error:
        return Lost(error.rule, error.found or error.message_zh, error.expected)
    if read is None:
        return Lost("needs_ocr", asked[0].name)
    lines = [line[:MAX_LINE] for line in _lines(read) if line.strip()]
    shown = tuple(map(_masked, lines[:MAX_LINES]))
    return (*shown, "…") if len(lines) > MAX_LINES else shown


def _lines(read: Document | Workbook) -> Iterator[str]:
    """Paragraphs and rows, cells with a tab between them."""
    if isinstance(read, Document):
        yield from read.text.splitlines()
        return
    for sheet in read.sheets:
        yield from ("\t".join(map(_cell, row)).rstrip("\t") for row in sheet.rows)


def _cell(value: CellValue) -> str:
    if value is None:
        return ""
    return f"{value:.15g}" if isinstance(value, float) else str(value).replace("\n", " ")


def _masked(line: str) -> str:
    """The line without private data, nor who wrote a message."""
    if found := _WRITER.fullmatch(line):
        return mask_office(found["who"]) + found["when"].rstrip()
    return mask_private(line)
