"""The picture of a scanned cell, so that a person sees what the machine read."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pypdfium2
from PIL import Image, UnidentifiedImageError

from dashboard.desk.places import Desk
from dashboard.desk.queries import STAGED

# Page and corners in per mille of the page, as the loader writes a scanned cell's place.
_BOX = re.compile(r"\u6846(\d+):(\d+),(\d+),(\d+),(\d+)")
_MARGIN = 0.012
_WIDTH_PX = 2400
MAX_PIXELS = 60_000_000


def cell_picture(desk: Desk, source_name: str, place: str) -> bytes | None:
    """PNG of the cell with a little of what stands around it; None when it is no scan or the file isn't there."""
    box = _BOX.search(place)
    path = _file(desk, source_name)
    if box is None or path is None:
        return None
    page, *corners = (int(n) for n in box.groups())
    image = _page(path, page)
    if image is None:
        return None
    left, top, right, bottom = (n / 1000 for n in corners)
    width, height = image.size
    area = (
        int(max(0.0, left - _MARGIN) * width), int(max(0.0, top - _MARGIN) * height),
        int(min(1.0, right + _MARGIN) * width), int(min(1.0, bottom + _MARGIN) * height),
    )  # fmt: skip
    if area[2] <= area[0] or area[3] <= area[1]:
        return None
    out = io.BytesIO()
    image.crop(area).convert("RGB").save(out, "PNG")
    return out.getvalue()


def _file(desk: Desk, source_name: str) -> Path | None:
    """The file behind a submission's name: on the desk, or in the inbox. Members of archives have none."""
    first, _, rest = source_name.partition("/")
    folder = {STAGED: desk.staged, "inbox": desk.inbox}.get(first)
    if folder is None or not rest:
        return None
    path = (folder / rest).resolve()
    return path if path.is_file() and path.is_relative_to(folder.resolve()) else None


def _page(path: Path, page: int) -> Image.Image | None:
    """The page as a picture, about as wide as the loader saw it."""
    try:
        if path.read_bytes()[:5].startswith(b"%PDF"):
            document = pypdfium2.PdfDocument(path)
            if not 0 < page <= len(document):
                return None
            sheet = document[page - 1]
            drawn: Image.Image = sheet.render(scale=_WIDTH_PX / max(1.0, sheet.get_width())).to_pil()
            return drawn
        image = Image.open(path)
        if image.width * image.height > MAX_PIXELS:
            return None
        image.seek(page - 1)
        image.load()
        return image
    except (OSError, ValueError, EOFError, UnidentifiedImageError, pypdfium2.PdfiumError, Image.DecompressionBombError):
        return None
