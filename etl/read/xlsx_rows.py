"""The rows of a large sheet before any parser sees them: those that hold nothing but a format are left out."""

from __future__ import annotations

import re

from etl.read.attribute import whole_number
from etl.read.beyond import MAX_ROWS, MAX_STRAY, Beyond

# Rows that hold nothing but a format; a spreadsheet program may write a million of them.
_EMPTY_ROW = re.compile(rb'<row\b[^<>]*?\sr="\d+"[^<>]*(?:(?<=/)>|></row>)')
_ROW = re.compile(rb'<row\b[^<>]*\sr="(\d+)"[^<>]*>.*?</row>', re.DOTALL)
_ROW_NUMBER = re.compile(rb'<row\b[^<>]*\sr="(\d{1,18})')
_FILLED = re.compile(rb"<(?:v|is|f)\b")


def shortened(data: bytes, beyond: Beyond) -> bytes:
    """A large sheet without its empty rows and the formats too far down. Raises FileRefused where a table goes on there."""
    n_far = 0

    def cut(match: re.Match[bytes]) -> bytes:
        nonlocal n_far
        is_far = whole_number(match.group(1).decode(), MAX_ROWS + 1) > MAX_ROWS
        if is_far and not _FILLED.search(match.group(0)):
            return b""
        n_far += is_far
        if n_far > MAX_STRAY:
            beyond.refuse()
        return match.group(0)

    filled = _EMPTY_ROW.sub(b"", data)
    is_far = any(int(number) > MAX_ROWS for number in _ROW_NUMBER.findall(filled))
    return _ROW.sub(cut, filled) if is_far else filled
