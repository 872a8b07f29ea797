"""What stands over a PDF page: values of form fields and typed notes, read at their place; other remarks and lines through words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from pdfminer.pdfexceptions import PDFException
from pdfminer.pdftypes import resolve1
from pdfminer.psparser import PSLiteral
from pdfminer.utils import decode_text

from etl.interpret.doubts import casts_doubt
from etl.read.layout import Box, Word

_HIDDEN = 0b100010  # hidden, or not to be viewed
_MULTILINE, _RADIO, _PUSH = 1 << 12, 1 << 15, 1 << 16
_LINE_POINTS = 14.0  # height of a line of a field that holds several
_LETTER = 0.6  # of the height of the line: the width of a letter, so that a value stands apart from what follows
_LONGEST = 120
_DEEPEST = 20
_DAMAGES = (KeyError, TypeError, ValueError, IndexError, PDFException)
_IN_NUMBER = re.compile(r"[\d,.，．]")
_BESIDE = 3.0  # points between a note and the digit it would run together with
# Drawn by a reader's tool: through what they touch, or, where filled, over it.
_LINES, _SHAPES = ("Ink", "Line", "PolyLine", "Redact"), ("Square", "Circle", "Polygon")
_UNREAD = ("note_text", "?")


@dataclass(frozen=True)
class Over:
    """Words at their places, (rule, words) of what is only named, and the boxes of letters that a line goes through."""

    words: list[Word] = field(default_factory=list)
    left_out: list[tuple[str, str]] = field(default_factory=list)
    struck: list[Box] = field(default_factory=list)


def what_stands_over(page: Any) -> Over:
    """The fields and notes of a pdfplumber page. Damaged ones are named, and cost the page nothing else."""
    found = Over()
    try:
        notes = page.annots
    except _DAMAGES:
        return Over(left_out=[_UNREAD])
    for note in notes:
        try:
            _add(found, note, page)
        except _DAMAGES:
            found.left_out.append(_UNREAD)
    return found


def _add(over: Over, note: Any, page: Any) -> None:
    data = note.get("data") or {}
    box = (float(note["x0"]), float(note["top"]), float(note["x1"]), float(note["bottom"]))
    kind = _name(data.get("Subtype"))
    said = _field_text(data) if kind == "Widget" else _text(data.get("Contents"))
    if int(resolve1(data.get("F")) or 0) & _HIDDEN:
        over.left_out.extend([("hidden_text", said[:_LONGEST])] if re.search(r"\d", said) else [])
    elif kind in ("Widget", "FreeText"):
        printed = _digits_at(page, box) if re.search(r"\d", said) else []
        if printed:
            # A number over or beside a printed one: which of them holds can't be told, and together they would be a third.
            over.struck.extend(printed)
            over.left_out.append(("note_text", said.strip()[:_LONGEST]))
        else:
            over.words.extend(_placed(said, box))
    elif kind == "StrikeOut":
        over.struck.extend(_quads(data, float(page.height)) or [box])
    elif kind in _LINES or (kind in _SHAPES and data.get("IC") is not None):
        over.struck.extend(_digits_at(page, box))
    elif kind != "Link" and (re.search(r"\d", said) or casts_doubt(said)):
        over.left_out.append(("note_text", said.strip()[:_LONGEST]))


def _digits_at(page: Any, box: Box) -> list[Box]:
    """The boxes of the printed numbers, all their digits, of which one stands under a box or right beside it."""
    left, top, right, bottom = box[0] - _BESIDE, box[1], box[2] + _BESIDE, box[3]
    found: list[Box] = []
    for is_number, run in groupby(page.chars, lambda c: bool(_IN_NUMBER.fullmatch(c["text"]))):
        boxes = [(c["x0"], c["top"], c["x1"], c["bottom"]) for c in run] if is_number else []
        if any(b[2] > left and b[0] < right and top < (b[1] + b[3]) / 2 < bottom for b in boxes):
            found += boxes
    return found


def _name(value: Any) -> str:
    value = resolve1(value)
    return str(value.name) if isinstance(value, PSLiteral) else ""


def _text(value: Any) -> str:
    value = resolve1(value)
    if isinstance(value, list):
        return "、".join(map(_text, value))
    if isinstance(value, bytes):
        return decode_text(value)
    return value if isinstance(value, str) else ""


def _inherited(data: Any, key: str) -> Any:
    """A property of a field, else of the field it belongs to."""
    for _ in range(_DEEPEST):
        if not isinstance(data, dict):
            break
        if key in data:
            return resolve1(data[key])
        data = resolve1(data.get("Parent"))
    return None


def _field_text(data: Any) -> str:
    """What a field shows: its text, its choice, or its box with or without a tick; '' for a push button."""
    kind = _name(_inherited(data, "FT"))
    if kind == "Btn":
        if int(_inherited(data, "Ff") or 0) & _PUSH:
            return ""
        return "☑" if _name(data.get("AS")) not in ("", "Off") else "□"
    return _text(_inherited(data, "V")) if kind in ("Tx", "Ch") else ""


def _placed(text: str, box: Box) -> Iterator[Word]:
    """The lines of a text in its box, from the top; a single line stands in the middle."""
    lines = [line for line in re.split(r"[\r\n]+", text) if line.strip()]
    left, top, right, bottom = box
    height = min(_LINE_POINTS, bottom - top) if len(lines) > 1 else bottom - top
    for n, line in enumerate(lines):
        high = top + n * height if len(lines) > 1 else top
        width = min(right - left, len(line) * _LETTER * height)
        yield Word(line.strip(), (left, high, left + width, high + height))


def _quads(data: Any, page_height: float) -> Sequence[Box]:
    """The boxes of the letters that a line goes through."""
    points = resolve1(data.get("QuadPoints")) or []
    numbers = [float(p) for p in points if isinstance(p, int | float)]
    quads = (numbers[n : n + 8] for n in range(0, len(numbers) - 7, 8))
    return [(min(q[::2]), page_height - max(q[1::2]), max(q[::2]), page_height - min(q[1::2])) for q in quads]
