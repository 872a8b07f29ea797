"""The ruling lines of a PDF page: its lines and the sides of its boxes, but not the ground under marked words nor a small box drawn among them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from etl.read.layout import Box

_THIN = 3.0  # points: a box as thin as that is a line
_LETTER = 12.0  # points, where a page has no letters to measure
_TALL = 2.2  # of a letter's height: what is higher is the ground of a cell, not of words
_ON = 1.5  # points: how near a side lies to a line that it is the side of the same cell
_Sides = Mapping[tuple[str, int], Sequence[tuple[float, float, float]]]  # direction, rounded place -> (place, from, to)


def rules_of(page: Any) -> tuple[Box, ...]:
    """The ruling lines of a pdfplumber page as thin boxes. What marks words would cut the cell they stand in."""
    heights = sorted(c["bottom"] - c["top"] for c in page.chars)
    letter = heights[len(heights) // 2] if heights else _LETTER
    small = [r for r in page.rects if _is_small(r, _TALL * letter)]
    edges = [e for e in page.edges if e["object_type"] == "rect_edge" or not _is_thick(e)]  # no slanted ones
    if not small:
        return tuple(map(_box, edges))
    # Grounds lie beside one another where several lines are marked: they are no cell to each other.
    lines = _sides(
        _box(e)
        for e in (
            *(x for x in page.lines if not _is_thick(x)),
            *(r for r in page.rects if r.get("stroke") or not _is_thick(r)),
        )
    )
    marks = {_box(r) for r in small if lines and _is_mark(r, lines)}
    kept = [r for r in page.rects if _box(r) not in marks]
    sides = (side for r in kept for side in _sides_of(r))
    others = (e for e in edges if e["object_type"] != "rect_edge")
    return (*map(_box, others), *sides)


def _is_thick(rect: Any) -> bool:
    return bool(rect["x1"] - rect["x0"] > _THIN and rect["bottom"] - rect["top"] > _THIN)


def _is_small(rect: Any, height: float) -> bool:
    is_box = bool(rect.get("fill")) and not rect.get("stroke")
    return _is_thick(rect) and rect["bottom"] - rect["top"] < height and (is_box or rect["x1"] - rect["x0"] < height)


def _is_mark(rect: Any, lines: _Sides) -> bool:
    """A ground that is not bordered all round, or a drawn box that nothing borders."""
    bordered = sum(_lies_on(side, lines, own=bool(rect.get("stroke"))) for side in _sides_of(rect))
    return bordered == 0 if rect.get("stroke") else bordered < 4


def _box(edge: Any) -> Box:
    return float(edge["x0"]), float(edge["top"]), float(edge["x1"]), float(edge["bottom"])


def _sides_of(rect: Any) -> tuple[Box, Box, Box, Box]:
    x0, y0, x1, y1 = _box(rect)
    return (x0, y0, x1, y0), (x0, y1, x1, y1), (x0, y0, x0, y1), (x1, y0, x1, y1)


def _placed(side: Box) -> tuple[str, float, float, float]:
    """Direction, place, from, to."""
    x0, y0, x1, y1 = side
    return ("h", (y0 + y1) / 2, x0, x1) if x1 - x0 >= y1 - y0 else ("v", (x0 + x1) / 2, y0, y1)


def _sides(boxes: Iterable[Box]) -> _Sides:
    found: dict[tuple[str, int], list[tuple[float, float, float]]] = {}
    for x0, y0, x1, y1 in boxes:
        is_thick = x1 - x0 > _THIN and y1 - y0 > _THIN
        own = {"x0": x0, "top": y0, "x1": x1, "bottom": y1}
        for side in _sides_of(own) if is_thick else ((x0, y0, x1, y1),):
            direction, at, start, end = _placed(side)
            found.setdefault((direction, round(at)), []).append((at, start, end))
    return found


def _lies_on(side: Box, lines: _Sides, *, own: bool) -> bool:
    """Whether a line runs along a side; the side itself, where the box is among the lines, is none."""
    direction, at, start, end = _placed(side)
    near = (x for n in range(-2, 3) for x in lines.get((direction, round(at) + n), ()))
    found = sum(abs(x - at) <= _ON and a < end and b > start for x, a, b in near)
    return found > own
