"""Plain text in its many codes: a .csv/.tsv as a one-sheet Workbook, or a pasted form as a Document."""

from __future__ import annotations

import csv
import io
import re

from etl.document import CellValue, Document, Paragraph, Sheet, Workbook
from etl.errors import FileRefused
from etl.guard.kind import utf16_code
from etl.interpret.lexicon import load_lexicon
from etl.read.beyond import MAX_COLUMNS, MAX_ROWS, Beyond
from etl.read.docx_names import UNKNOWN

_CODES = ("utf-8-sig", "gb18030")
_DAMAGED = re.compile(r"[\x01-\x08\x0e-\x19\x1b-\x1f\x7f]")  # signs of damage, which would vanish from a number
_GAP, _PLAIN_NUMBER = re.compile(r"[ \u3000]{2,}|\u3000"), re.compile(r"[约近超]?[\d,.]+[百千万亿]?[余多+]?|[-—/无]")
_SPACES = (_GAP.pattern, r"[ \u3000]+")
_GAPS = tuple(re.compile(gap) for gap in (*_SPACES, "，", "；", "、"))
_LEAST_ROWS = 2
_QUOTED, _LOOKED_AT = re.compile('"[^"]{0,300}"'), 200_000


def decode(data: bytes) -> str:
    """Text of UTF-8, UTF-16 or GB18030 bytes, told by content. Raises FileRefused when it is none of them."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        codes: tuple[str, ...] = ("utf-16",)
    elif b"\x00" in data[:200]:
        codes = (utf16_code(data) or "utf-8",)
    else:
        codes = _CODES
    for code in codes:
        try:
            text = data.decode(code)
        except (UnicodeDecodeError, ValueError):
            continue
        if _is_text(text):
            return _DAMAGED.sub(UNKNOWN, text)
    raise FileRefused(
        "file_damaged",
        "文字编码无法识别",
        "the text's encoding can't be told",
        found="UTF-8 / GB18030 / UTF-16",
        expected="UTF-8",
    )


def _is_text(text: str) -> bool:
    strange = sum(1 for c in text[:5000] if (ord(c) < 32 and c not in "\t\r\n\f\v") or 0xE000 <= ord(c) < 0xF900)
    return strange <= len(text[:5000]) * 0.02


def _delimiter(text: str) -> str | None:
    # A line break inside quotes, as in a head of two lines, ends no row.
    whole = _QUOTED.sub(lambda m: re.sub(r"[\r\n]+", " ", m.group()), text[:_LOOKED_AT])
    lines = [line for line in whole.splitlines()[:40] if line.strip()]
    best, share = None, 0
    for mark in (",", "\t", ";", "|"):
        counts = [line.count(mark) for line in lines]
        full = sum(c >= 2 for c in counts)
        if full >= max(2, len(lines) // 2) and full > share:
            best, share = mark, full
    return best


def _tabbed(text: str) -> str:
    """A table whose columns are held apart by spaces, as copied from a chat, or by full-width marks, with tabs; any other text as it is.

    Only where two lines and more have as many fields as the heads above them, all but the first of them numbers. Spaces don't show a field
    left out (高平市    4), so there each line below the heads that holds a number must have them all.
    """
    lines = text.splitlines()[:MAX_ROWS]
    for gap in _GAPS:
        fields = [[v.strip() for v in gap.split(line.strip())] for line in lines]
        is_data = [len(f) > 2 and all(_PLAIN_NUMBER.fullmatch(v) for v in f[1:]) for f in fields]
        widths = {len(f) for f, is_row in zip(fields, is_data, strict=True) if is_row}
        first = is_data.index(True) if True in is_data else 0
        has_heads = (
            first > 0 and {len(fields[first - 1])} == widths and _PLAIN_NUMBER.fullmatch(fields[first - 1][1]) is None
        )
        is_whole = gap.pattern not in _SPACES or all(map(_is_row_or_line, fields[first:], is_data[first:]))
        if has_heads and is_whole and sum(is_data) >= _LEAST_ROWS:
            return "\n".join("\t".join(f) for f in fields)
    return text


def _is_row_or_line(fields: list[str], is_data: bool) -> bool:
    """Whether a line below the heads is a whole row, or one without numbers, or who reported and when."""
    is_line = not any(re.search(r"\d", v) for v in fields) or load_lexicon().note_line.match(fields[0])
    return is_data or bool(is_line)


def read_delimited(text: str) -> Workbook | None:
    """The table a text holds; None when it is prose."""
    mark = _delimiter(text)
    if mark is None:
        text = _tabbed(text)
        mark = _delimiter(text)
    if mark is None:
        return None
    try:
        every = list(csv.reader(io.StringIO(text, newline=""), delimiter=mark))
    except csv.Error as error:
        raise FileRefused(
            "file_damaged", "CSV 结构损坏", "the CSV structure is damaged", found=str(error)[:80]
        ) from error
    rows = every[:MAX_ROWS]
    while rows and not any(v.strip() for v in rows[-1]):
        rows.pop()
    width = min(max((len(r) for r in rows), default=0), MAX_COLUMNS)
    remarks = _beyond(every)
    grid = tuple(tuple(_value(r[c]) if c < len(r) else None for c in range(width)) for r in rows)
    return Workbook((Sheet("CSV", grid, fields=tuple(map(len, rows))),), tuple(remarks))


def _beyond(rows: list[list[str]]) -> list[tuple[str, str]]:
    """What stands beyond the limits. Raises FileRefused where the table goes on."""
    beyond = Beyond("CSV")
    goes_on = False
    for r, row in enumerate(rows):
        first = 0 if r >= MAX_ROWS else MAX_COLUMNS
        for c in range(first, len(row)):
            if row[c].strip():
                beyond.add(r, c, row[c])
                beside = any(v.strip() for v in rows[r - 1]) if first == 0 else bool(row[c - 1].strip())
                goes_on = goes_on or (beside and (r == MAX_ROWS or (first > 0 and c == MAX_COLUMNS)))
    return beyond.remarks(goes_on)


def _value(text: str) -> CellValue:
    return text if text.strip() else None


def read_prose(text: str) -> Document:
    """A form pasted as text, one paragraph a line."""
    lines = re.split(r"\r\n|\r|\n", text)
    return Document(tuple(Paragraph(line, f"行{n}") for n, line in enumerate(lines, start=1) if line.strip()))
