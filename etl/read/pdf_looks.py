"""How the characters of a PDF page look: struck through, white on white, too small to be read, printed twice, raised. On paper these are no part of a number."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Any

from etl.read.docx_names import UNKNOWN
from etl.read.layout import Box

# Where a line through a letter runs, as a share of the letter's height from its top; a line under it runs lower.
_STRIKE_FROM, _STRIKE_TO = 0.3, 0.88
_THIN = 0.25  # of a letter's height; a thicker bar is a ground, not a line
_RAISED_SIZE = 0.8  # of the size of the letter before
_TINY = 3.0  # points: nobody reads what is printed smaller
_OVER = 0.45  # of the narrower one's width: how near the middles of letters over each other are
_COPY = 0.2  # of its size: how near a letter printed again for boldness or a shadow stands


@dataclass(frozen=True)
class Seen:
    """The characters that count, raised digits kept apart by ^, and what was left out: (rule, words)."""

    characters: tuple[dict[str, Any], ...]
    left_out: tuple[tuple[str, str], ...]


def see(page: Any, struck: Sequence[Box] = ()) -> Seen:
    """The upright characters of a pdfplumber page as a reader of the paper counts them. `struck` are boxes that a line goes through."""
    characters = _printed_once([c for c in page.chars if c.get("upright", True) and c["text"].strip()])
    lines = [e for e in (*page.lines, *page.rects) if e["x1"] - e["x0"] > e["bottom"] - e["top"]]
    grounds = [r for r in page.rects if r.get("fill") and not _is_white(r.get("non_stroking_color"))]
    rules = ["struck_text" if any(_covers(b, c) for b in struck) else _rule(c, lines, grounds) for c in characters]
    kept = [c for c, rule in zip(characters, rules, strict=True) if not rule]
    return Seen(tuple(_apart(_not_over_each_other(kept))), tuple(_stretches(characters, rules)))


def _printed_once(characters: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The characters without their copies: some programs print bold letters and shadows twice, a little aside."""
    kept: list[dict[str, Any]] = []
    seen: dict[tuple[str, int], list[dict[str, Any]]] = {}
    for char in characters:
        near, row = _COPY * char["size"], int(char["top"] // 4)
        rivals = (c for r in (row - 1, row, row + 1) for c in seen.get((char["text"], r), ()))
        if any(abs(c["x0"] - char["x0"]) < near and abs(c["top"] - char["top"]) < near for c in rivals):
            continue
        seen.setdefault((char["text"], row), []).append(char)
        kept.append(char)
    return kept


def _not_over_each_other(characters: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The characters, each digit over another character with a sign that makes it no number: 12 written over 35 is neither, nor 1325."""
    rows: dict[int, list[dict[str, Any]]] = {}
    for char in characters:
        rows.setdefault(int(char["top"] // 4), []).append(char)
    found = []
    for char in characters:
        row = int(char["top"] // 4)
        is_over = char["text"].isdigit() and any(
            other is not char and _stands_on(char, other) for r in (row - 1, row, row + 1) for other in rows.get(r, ())
        )
        found.append({**char, "text": f"{char['text']}{UNKNOWN}"} if is_over else char)
    return found


def _stands_on(char: dict[str, Any], other: dict[str, Any]) -> bool:
    """Whether two characters have nearly the same middle."""
    near = _OVER * min(char["x1"] - char["x0"], other["x1"] - other["x0"])
    is_beside = abs(char["x0"] + char["x1"] - other["x0"] - other["x1"]) >= 2 * near
    return not is_beside and abs(char["top"] + char["bottom"] - other["top"] - other["bottom"]) < char["size"]


def _rule(char: dict[str, Any], lines: Sequence[dict[str, Any]], grounds: Sequence[dict[str, Any]]) -> str:
    if any(_strikes(line, char) for line in lines):
        return "struck_text"
    is_hidden = char["bottom"] - char["top"] < _TINY or (
        _is_white(char.get("non_stroking_color")) and not any(_is_under(g, char) for g in grounds)
    )
    return "hidden_text" if is_hidden else ""


def _strikes(line: dict[str, Any], char: dict[str, Any]) -> bool:
    height = char["bottom"] - char["top"]
    if height <= 0 or line["bottom"] - line["top"] > _THIN * height:
        return False
    at = ((line["top"] + line["bottom"]) / 2 - char["top"]) / height
    if not _STRIKE_FROM < at < _STRIKE_TO:
        return False
    covered = min(line["x1"], char["x1"]) - max(line["x0"], char["x0"])
    return bool(covered > 0.6 * (char["x1"] - char["x0"]))


def _covers(box: Box, char: dict[str, Any]) -> bool:
    x, y = (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2
    return bool(box[0] <= x <= box[2] and box[1] <= y <= box[3])


def _is_under(ground: dict[str, Any], char: dict[str, Any]) -> bool:
    return _covers((ground["x0"], ground["top"], ground["x1"], ground["bottom"]), char)


def _is_white(colour: Any) -> bool:
    """Whether a colour is white: grey or red-green-blue all at 1, or no ink at all."""
    parts = tuple(colour) if isinstance(colour, list | tuple) else (colour,)
    if not parts or not all(isinstance(p, int | float) for p in parts):
        return False
    return all(p == 0 for p in parts) if len(parts) == 4 else all(p >= 0.99 for p in parts)


def _apart(characters: Sequence[dict[str, Any]]) -> Iterable[dict[str, Any]]:
    """A raised or lowered digit behind a letter or digit is a note's number and is kept out of the number before it."""
    yield from characters[:1]
    was_raised = False
    for before, char in pairwise(characters):
        was_raised = char["text"].isdigit() and (
            (was_raised and char["size"] == before["size"] and abs(char["top"] - before["top"]) < 1)
            or _is_raised(before, char)
        )
        yield {**char, "text": f"^{char['text']}"} if was_raised and _is_raised(before, char) else char


def _is_raised(before: dict[str, Any], char: dict[str, Any]) -> bool:
    is_beside = -1 <= char["x0"] - before["x1"] < before["size"] and before["top"] <= char["top"] + 1
    is_small = char["size"] < _RAISED_SIZE * before["size"]
    is_raised = char["bottom"] < before["bottom"] - 0.2 * before["size"]
    is_lowered = char["top"] > before["top"] + 0.3 * before["size"] and char["bottom"] > before["bottom"]
    return bool(is_beside and is_small and (is_raised or is_lowered))


def _stretches(characters: Sequence[dict[str, Any]], rules: Sequence[str]) -> Iterable[tuple[str, str]]:
    for rule, stretch in groupby(zip(rules, characters, strict=True), key=lambda pair: pair[0]):
        words = "".join(c["text"] for _, c in stretch)
        if rule:
            yield rule, words
