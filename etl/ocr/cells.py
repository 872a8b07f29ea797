"""Pictures of a scan's cells, as OCR saw them, so that a person sees what the machine read.

They are drawn in a worker process with an end and a bound on memory: what the file holds is nobody's to trust.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from etl.errors import FileRefused, UsageError
from etl.files.inside import bytes_inside
from etl.files.workers import Limits, Lost, share_out
from etl.guard.kind import sniff
from etl.ocr.page import is_installed, levelled, tilt_of
from etl.ocr.pictures import form_pictures
from etl.ocr.stamp import without_stamps

DRAWING = Limits(seconds=30.0)
# Page and corners in per mille of the page, as a scanned cell's place says; the left one is right of the right one on a page that
# lay on its head.
BOX = re.compile(r"(\d+):(\d+),(\d+),(\d+),(\d+)")
_MARGIN = 0.012


@dataclass(frozen=True)
class Cells:
    """The cells to draw of the file with these bytes: the file at `path`, or one in the archive there."""

    path: Path
    sha256: str
    boxes: tuple[str, ...]


def draw_cells(cells: Cells, folder: Path, limits: Limits = DRAWING) -> list[Path]:
    """The PNG files drawn, one a box, named by `cell_name`. Raises FileRefused or UsageError where there is nothing to draw."""
    if wrong := [box for box in cells.boxes if not BOX.fullmatch(box)]:
        raise UsageError(f"不是框：{wrong[0]}", f"no box: {wrong[0]}", found=wrong[0])
    (found,) = share_out(_draw, [cells], limits, _start)
    if isinstance(found, Lost):
        why_zh, why_en = f"画不出（{found.rule}，{found.found}）", f"can't be drawn ({found.rule}, {found.found})"
        raise FileRefused(found.rule, why_zh, why_en, found=found.found, expected=found.expected)
    drawn: Mapping[str, bytes] = found
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for box, png in drawn.items():
        path = folder / cell_name(box)
        beside = path.with_suffix(".tmp")
        beside.write_bytes(png)
        paths.append(beside.replace(path))
    return paths


def cell_name(box: str) -> str:
    """The name of a cell's picture."""
    return "-".join(re.findall(r"\d+", box)) + ".png"


def _start() -> None:
    """A worker needs nothing before it begins."""


def _draw(cells: Cells) -> dict[str, bytes] | Lost:
    """Box -> PNG of the cell with a little of what stands around it; boxes of pages that aren't there are left out."""
    try:
        data = bytes_inside(cells.path, cells.sha256)
        pictures = form_pictures("pdf" if sniff(data) == "pdf" else "picture", data)
    except FileRefused as error:
        return Lost(error.rule, error.found, error.expected)
    level: dict[int, Any] = {}
    drawn = {}
    for box in cells.boxes:
        page, *corners = map(int, re.findall(r"\d+", box))
        if 0 < page <= len(pictures):
            # A place is one on the page as OCR saw it: level. The stamp stays, for a person looks at what came.
            if page not in level:
                level[page] = _level(pictures[page - 1])
            if png := _cut(level[page], corners):
                drawn[box] = png
    return drawn


def _level(picture: Any) -> Any:
    return levelled(picture, tilt_of(without_stamps(picture))) if is_installed() else picture


def _cut(picture: Any, corners: list[int]) -> bytes:
    """PNG of a part of a page; empty where the corners enclose nothing."""
    from PIL import Image

    height, width = picture.shape[:2]
    left, top, right, bottom = (corner / 1000 for corner in corners)
    if is_on_head := left > right:
        left, top, right, bottom = right, bottom, left, top
    area = (
        int(max(0.0, left - _MARGIN) * width), int(max(0.0, top - _MARGIN) * height),
        int(min(1.0, right + _MARGIN) * width), int(min(1.0, bottom + _MARGIN) * height),
    )  # fmt: skip
    if area[2] <= area[0] or area[3] <= area[1]:
        return b""
    out = io.BytesIO()
    cell = Image.fromarray(picture).crop(area)
    (cell.rotate(180) if is_on_head else cell).save(out, "PNG")
    return out.getvalue()
