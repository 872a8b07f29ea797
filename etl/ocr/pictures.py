"""The pages of a scan as pictures (arrays of height x width x 3), behind limits."""

from __future__ import annotations

import io
from typing import Any

from etl.errors import FileRefused

MAX_SCAN_PAGES = 12
_DOTS_PER_POINT = 200 / 72
_LONG_SIDE = 2600  # pixels: about A4 at 220 dpi; more costs time and reads no better
_MAX_PIXELS = 60_000_000
_MIN_SIDE_PX = 200  # icons and signs are no forms, and too small for looking for lines


def form_pictures(kind: str, data: bytes) -> list[Any]:
    """The pages that may be a form's, whose numbers are their places here. Raises FileRefused as `pictures_of`, and where none is."""
    found = [p for p in pictures_of(kind, data) if min(p.shape[:2]) >= _MIN_SIDE_PX]
    if not found:
        raise FileRefused(
            "needs_ocr",
            "图片太小，不是扫描的表",
            "too small a picture for a scanned form",
            found=f"< {_MIN_SIDE_PX} px",
        )
    return found


def pictures_of(kind: str, data: bytes) -> list[Any]:
    """The pages as arrays. Raises FileRefused: damaged, too many pages, too many pixels."""
    try:
        found = _pdf_pages(data) if kind == "pdf" else _picture_frames(data)
    except (FileRefused, MemoryError):
        raise
    except Exception as error:  # whatever the decoder stumbles over, the picture can't be trusted
        raise FileRefused(
            "file_damaged", "图片损坏", "the picture is damaged", found=f"{kind}: {type(error).__name__}"
        ) from error
    return [_fitted(p) for p in found]


def _check_count(count: int) -> None:
    if count > MAX_SCAN_PAGES:
        found, expected = f"{count} 页/pages", f"{MAX_SCAN_PAGES} 页/pages"
        raise FileRefused("file_too_large", "扫描件页数过多", "too many scanned pages", found=found, expected=expected)


def _check_pixels(width: float, height: float) -> None:
    if width * height > _MAX_PIXELS:
        found, expected = f"{width * height / 1e6:.0f} MP", f"{_MAX_PIXELS / 1e6:.0f} MP"
        raise FileRefused("file_too_large", "图片过大", "the picture is too large", found=found, expected=expected)


def _pdf_pages(data: bytes) -> list[Any]:
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    try:
        _check_count(len(document))
        document.init_forms()  # else what was typed into form fields is not drawn
        pages = []
        for page in document:
            scale = min(_DOTS_PER_POINT, _LONG_SIDE / max(page.get_size()))
            pages.append(page.render(scale=scale).to_pil().convert("RGB"))
        return pages
    finally:
        document.close()


def _picture_frames(data: bytes) -> list[Any]:
    from PIL import Image, ImageOps, ImageSequence

    picture = Image.open(io.BytesIO(data))
    _check_count(getattr(picture, "n_frames", 1))
    _check_pixels(*picture.size)
    return [ImageOps.exif_transpose(frame).convert("RGB") for frame in ImageSequence.Iterator(picture)]


def _fitted(picture: Any) -> Any:
    import numpy as np

    scale = _LONG_SIDE / max(picture.size)
    if scale < 1:
        picture = picture.resize((round(picture.width * scale), round(picture.height * scale)))
    return np.asarray(picture)
