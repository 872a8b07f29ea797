"""A red round stamp taken off a page: ink that only red light passes is made paper again, what is black below it stays."""

from __future__ import annotations

from typing import Any

import numpy as np

_RED = 40  # a pixel's red is above its green and blue by this much
_SIDES = (0.05, 0.3)  # of the page's long side: 42 mm are 0.14 of an A4 page
_MOST_OUTSIDE = 0.06  # of a stamp's red pixels outside its oval; of a block of red text it is 0.2
_LEAST_INK = 0.04  # of the oval
_SECTORS, _LEAST_SECTORS = 36, 0.7


def without_stamps(picture: Any) -> Any:
    """The page as it was before it was stamped. Red text and red lines elsewhere stay as they are."""
    import cv2

    red = _redness(picture)
    ink = (red > _RED).astype(np.uint8)
    if not ink.any():
        return picture
    reach = max(3, max(ink.shape) // 120)
    joined = cv2.dilate(ink, np.ones((reach, reach), np.uint8))
    _, _, boxes, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    places = [(int(x), int(y), int(x + width), int(y + height)) for x, y, width, height, _ in boxes[1:]]
    stamps = [place for place in places if _is_stamp(ink, place, max(ink.shape))]
    cleaned = picture.copy() if stamps else picture
    for stamp in stamps:
        _lift(cleaned, red, stamp)
    return cleaned


def _redness(picture: Any) -> Any:
    shown = picture.astype(np.int16)
    return shown[..., 0] - np.maximum(shown[..., 1], shown[..., 2])


def _oval(box: tuple[int, int, int, int]) -> tuple[Any, Any]:
    """Each pixel's distance from the middle (1 on the edge) and its direction."""
    x0, y0, x1, y1 = box
    down, right = np.mgrid[y0:y1, x0:x1]
    across, along = (right - (x0 + x1) / 2) / ((x1 - x0) / 2), (down - (y0 + y1) / 2) / ((y1 - y0) / 2)
    return np.hypot(across, along), np.arctan2(along, across)


def _is_stamp(ink: Any, box: tuple[int, int, int, int], long_side: int) -> bool:
    """Round, of a stamp's size, with ink all along its edge and next to none in the corners."""
    x0, y0, x1, y1 = box
    sides = sorted((x1 - x0, y1 - y0))
    if not (_SIDES[0] * long_side < sides[0] and sides[1] < _SIDES[1] * long_side and sides[1] < 1.7 * sides[0]):
        return False
    far, way = _oval(box)
    inside = ink[y0:y1, x0:x1].astype(bool)
    amount = int(inside.sum())
    if amount < _LEAST_INK * inside.size or (inside & (far > 1.02)).sum() > _MOST_OUTSIDE * amount:
        return False
    edge = way[inside & (far > 0.8)]
    sectors = np.unique(((edge + np.pi) / (2 * np.pi) * _SECTORS).astype(int).clip(0, _SECTORS - 1))
    return len(sectors) >= _LEAST_SECTORS * _SECTORS


def _lift(picture: Any, red: Any, box: tuple[int, int, int, int]) -> None:
    """Ink's red light is lifted to the paper's, by how red a pixel is: none of the ink is left, all of the black."""
    x0, y0, x1, y1 = box
    part, redness = picture[y0:y1, x0:x1], red[y0:y1, x0:x1]
    inked = redness > _RED
    light = part[..., 0].astype(np.float32)
    paper, ink = np.percentile(light[~inked], 75), np.median(light[inked])
    full = max(float(np.percentile(redness[inked], 75)), 1.0)
    lifted = np.clip(light + max(float(paper - ink), 0.0) * np.clip(redness, 0, None) / full, 0, 255)
    within = _oval(box)[0] < 1.05
    part[within] = lifted[within].astype(np.uint8)[:, None]
