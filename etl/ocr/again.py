"""What OCR saw in a file, kept: for each scale and page the words with their places and confidence, as JSON."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

from etl.files.kept import Kept
from etl.ocr.page import Seen
from etl.program import OCR_LIBRARIES, versions_of
from etl.read.layout import Page, Word

_READERS = ("again.py", "page.py", "pictures.py", "scan.py", "stamp.py")


@lru_cache(maxsize=1)
def _reader() -> str:
    """The program that sees: another one may see otherwise."""
    sources = b"".join((Path(__file__).parent / name).read_bytes() for name in _READERS)
    return f"{versions_of(OCR_LIBRARIES)}|{hashlib.sha256(sources).hexdigest()}"


def seen_again(kept: Kept, data: bytes, see: Callable[[], list[list[Seen]]]) -> list[list[Seen]]:
    """The file's pages as seen before, by scale; else as `see` sees them now."""
    if kept.folder is None:
        return see()
    key = ("ocr", hashlib.sha256(data).hexdigest(), _reader())
    found = _from_json(kept.read(*key))
    if found is None:
        found = see()
        kept.write(json.dumps([list(map(_plain, pages)) for pages in found]).encode(), *key)
    return found


def _plain(seen: Seen) -> list[object]:
    page = seen.page
    words = [(w.text, w.box, seen.confidence[w.box]) for w in page.words]
    return [page.number, page.width, page.height, words, page.rules, page.gap, seen.is_turned]


def _from_json(data: bytes | None) -> list[list[Seen]] | None:
    try:
        return [[_seen(*page) for page in pages] for pages in json.loads(data)] if data else None
    except (ValueError, TypeError, KeyError):
        return None


def _seen(
    number: int, width: float, height: float, words: list[Any], rules: list[Any], gap: float, is_turned: bool
) -> Seen:
    placed = tuple(Word(str(text), _box(box)) for text, box, _ in words)
    confidence = {_box(box): float(sure) for _, box, sure in words}
    return Seen(Page(number, width, height, placed, tuple(map(_box, rules)), gap), confidence, is_turned)


def _box(numbers: list[float]) -> tuple[float, float, float, float]:
    x0, y0, x1, y1 = map(float, numbers)
    return x0, y0, x1, y1
