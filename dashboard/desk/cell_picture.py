"""The picture of a scanned cell, so that a person sees what the machine read.

The loader draws it, in a process with an end and a bound on memory: this server opens nobody's file. All cells of a file are
drawn at once and kept by the file's bytes until the desk is cleared.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from dashboard.desk.loader import run_loader
from dashboard.desk.places import Desk
from dashboard.desk.queries import STAGED

# Page and corners in per mille of the page, as the loader writes a scanned cell's place.
_BOX = re.compile(r"\u6846(\d+:\d+,\d+,\d+,\d+)")
_TRIED = "TRIED"
_DIGEST = re.compile(r"[0-9a-f]{64}")


def is_scanned(place: str) -> bool:
    """Whether a value's place is one on a scan."""
    return _BOX.search(place) is not None


def cell_picture(desk: Desk, source_name: str, sha256: str, place: str, others: Iterable[str] = ()) -> bytes | None:
    """PNG of the cell with a little of what stands around it; None when it is no scan, the file isn't there or can't be drawn.

    `others`: the places that may be asked for next.
    """
    box = _BOX.search(place)
    if box is None or not _DIGEST.fullmatch(sha256):
        return None
    folder = desk.cells / sha256
    if box.group(1) not in _tried(folder) and (file := file_of(desk, source_name)):
        boxes = dict.fromkeys(m.group(1) for p in (place, *others) if (m := _BOX.search(p)))
        _draw(desk, file, sha256, list(boxes), folder)
    path = folder / _name(box.group(1))
    return path.read_bytes() if path.exists() else None


def _draw(desk: Desk, file: Path, sha256: str, boxes: list[str], folder: Path) -> None:
    """Have the pictures drawn; what was tried is taken down, for a file that can't be drawn takes its time to say so."""
    asked = [part for box in boxes for part in ("--box", box)]
    run_loader(["cells", str(file), "--sha256", sha256, "--out", str(folder), *asked], desk)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / _TRIED).write_text("\n".join({**dict.fromkeys(_tried(folder)), **dict.fromkeys(boxes)}), encoding="ascii")


def _tried(folder: Path) -> list[str]:
    """The boxes that were drawn, or were found to be none that can be."""
    path = folder / _TRIED
    return path.read_text(encoding="ascii").split("\n") if path.exists() else []


def _name(box: str) -> str:
    """The name of a cell's picture, as the loader gives it."""
    return "-".join(re.findall(r"\d+", box)) + ".png"


def file_of(desk: Desk, source_name: str) -> Path | None:
    """The file behind a submission's name, on the desk or in the inbox: itself or the archive it lies in."""
    first, _, rest = source_name.partition("/")
    folder = {STAGED: desk.staged, "inbox": desk.inbox}.get(first)
    path = (folder / rest).resolve() if folder and rest else None
    while path and folder and path.is_relative_to(folder.resolve()) and path != folder.resolve():
        if path.is_file():
            return path
        path = path.parent
    return None
