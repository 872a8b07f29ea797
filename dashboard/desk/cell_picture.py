"""The picture of a scanned cell, so that a person sees what the machine read."""

from __future__ import annotations

import hashlib
import io
import math
import re
import zipfile
import zlib
from functools import lru_cache
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
_MAX_MEMBER_BYTES = 20 << 20
_SCANS = (".pdf", ".jpg", ".jpeg", ".png", ".tif", ".tiff", ".bmp", ".webp", ".gif")


def is_scanned(place: str) -> bool:
    """Whether a value's place is one on a scan."""
    return _BOX.search(place) is not None


def cell_picture(desk: Desk, source_name: str, sha256: str, place: str) -> bytes | None:
    """PNG of the cell with a little of what stands around it; None when it is no scan or the file isn't there."""
    box = _BOX.search(place)
    data = _bytes_of(desk, source_name, sha256) if box else None
    if box is None or data is None:
        return None
    page, *corners = (int(n) for n in box.groups())
    image = _page(data, page)
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


def _bytes_of(desk: Desk, source_name: str, sha256: str) -> bytes | None:
    """The file behind a submission's name, on the desk or in the inbox, by itself or in an archive."""
    first, _, rest = source_name.partition("/")
    folder = {STAGED: desk.staged, "inbox": desk.inbox}.get(first)
    path = (folder / rest).resolve() if folder and rest else None
    while path and folder and path.is_relative_to(folder.resolve()) and path != folder.resolve():
        if path.is_file():
            is_member = path != (folder / rest).resolve()
            return _member(path, path.stat().st_mtime_ns, sha256) if is_member else path.read_bytes()
        path = path.parent
    return None


@lru_cache(maxsize=4)
def _member(archive: Path, _changed_at: int, sha256: str) -> bytes | None:
    """What of an archive has this digest: its name may have been written in another encoding."""
    try:
        with zipfile.ZipFile(archive) as opened:
            for entry in opened.infolist():
                if entry.filename.lower().endswith(_SCANS) and entry.file_size <= _MAX_MEMBER_BYTES:
                    data = opened.read(entry)
                    if hashlib.sha256(data).hexdigest() == sha256:
                        return data
    except (OSError, ValueError, RuntimeError, NotImplementedError, zipfile.BadZipFile, zlib.error):
        pass
    return None


def _pdf_page(data: bytes, page: int) -> Image.Image | None:
    """A page of a PDF; one that is too long for its width is drawn smaller, so that no page asks for more than MAX_PIXELS."""
    document = pypdfium2.PdfDocument(data)
    try:
        if not 0 < page <= len(document):
            return None
        sheet = document[page - 1]
        width, height = (max(1.0, side) for side in sheet.get_size())
        scale = min(_WIDTH_PX / width, math.sqrt(MAX_PIXELS / (width * height)))
        drawn: Image.Image = sheet.render(scale=scale).to_pil()
        return drawn
    finally:
        document.close()


def _page(data: bytes, page: int) -> Image.Image | None:
    """The page as a picture, about as wide as the loader saw it."""
    try:
        if data.startswith(b"%PDF"):
            return _pdf_page(data, page)
        image = Image.open(io.BytesIO(data))
        if image.width * image.height > MAX_PIXELS:
            return None
        image.seek(page - 1)
        image.load()
        return image
    except (OSError, ValueError, EOFError, UnidentifiedImageError, pypdfium2.PdfiumError, Image.DecompressionBombError):
        return None
