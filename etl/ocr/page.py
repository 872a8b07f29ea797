"""A picture of a page -> placed words with their confidence, and the table's ruling lines."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from etl.read.layout import Box, Page, Word

_MAX_TILT = 8.0  # degrees
_GAP_SHARE = 0.025  # of the long side: narrower than any column
_LINE_SHARE = 30  # a ruling line is at least this part of the page's long side
_STROKE_SHARE = 130  # a stroke that tells the page's direction: what of a line at 8° stays whole between two steps


@dataclass(frozen=True)
class Seen:
    """A page as seen: its layout, and how sure each word is."""

    page: Page
    confidence: dict[Box, float]
    is_turned: bool = False  # the page lay on its head and is seen upright

    @property
    def certainty(self) -> float:
        """How sure the words are on the whole."""
        return sum(self.confidence.values()) / max(1, len(self.confidence))


def is_installed() -> bool:
    """Whether the optional packages are there."""
    from importlib.util import find_spec

    return all(find_spec(name) is not None for name in ("rapidocr", "onnxruntime", "cv2"))


@lru_cache(maxsize=1)
def _engine() -> Any:
    from rapidocr import RapidOCR

    # The models lie in the package; nothing is downloaded. One thread: several would wait for each other's turns when
    # the machine is busy, and pages are shared out over processes anyway.
    threads = {f"EngineConfig.onnxruntime.{kind}_op_num_threads": 1 for kind in ("intra", "inter")}
    # Its judge of direction turns sound lines that begin with a quote upside down, and they are lost: pages are turned as a whole.
    return RapidOCR(params={"Global.log_level": "critical", "Global.use_cls": False, **threads})


def straightened(picture: Any) -> Any:
    """The picture turned so that its long lines are level."""
    return levelled(picture, tilt_of(picture))


def tilt_of(picture: Any) -> float:
    """By how many degrees a page's level lines are off the level; 0 where it has none, or where it is too little to matter."""
    flat = _strokes(_dark(picture), max(4, max(picture.shape) // _STROKE_SHARE))
    rows, columns = np.nonzero(flat)
    if not len(rows):
        return 0.0
    # A line drawn by a program is one pixel thick and breaks in steps where it is turned: no single piece of it tells its
    # direction, all of its pixels seen along it do.
    columns = columns - columns.mean()
    tilt = _sharpest(rows, columns, np.arange(-_MAX_TILT, _MAX_TILT + 0.01, 0.1))
    tilt = _sharpest(rows, columns, np.arange(tilt - 0.1, tilt + 0.101, 0.02))
    return 0.0 if abs(tilt) < 0.05 else tilt


def _sharpest(rows: Any, columns: Any, angles: Any) -> float:
    """The angle along which the pixels lie in the fewest, fullest rows."""
    best, found = -1, 0.0
    for angle in angles:
        seen = (rows - columns * np.tan(np.radians(angle))).astype(np.int64)
        fullness = np.bincount(seen - seen.min())
        if (score := int((fullness**2).sum())) > best:
            best, found = score, float(angle)
    return found


def levelled(picture: Any, tilt: float) -> Any:
    """The picture turned back by a tilt, on white."""
    import cv2

    if tilt == 0.0:
        return picture
    height, width = picture.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), tilt, 1.0)
    return cv2.warpAffine(picture, turn, (width, height), flags=cv2.INTER_CUBIC, borderValue=(255, 255, 255))


def _dark(picture: Any) -> Any:
    """White where there is ink. Nothing is smoothed: that wipes out lines of one pixel, and noise makes no lines."""
    import cv2

    grey = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY)
    return cv2.adaptiveThreshold(grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 31, 15)


def _strokes(dark: Any, length: int) -> Any:
    """What is level and at least so long. A tilt left over breaks a line into steps of one pixel: thickened first, it stays whole."""
    import cv2

    thick = cv2.dilate(dark, np.ones((3, 1), np.uint8))
    return cv2.morphologyEx(thick, cv2.MORPH_OPEN, np.ones((1, length), np.uint8))


def ruling_lines(picture: Any) -> list[Box]:
    """Long level and upright lines as thin boxes."""
    import cv2

    dark = _dark(picture)
    length = max(3, max(dark.shape) // _LINE_SHARE)
    found: list[Box] = []
    for is_level in (True, False):
        lines = _strokes(dark, length) if is_level else _strokes(dark.T.copy(), length).T.copy()
        _, _, boxes, _ = cv2.connectedComponentsWithStats(lines, connectivity=8)
        for x, y, width, height, _ in boxes[1:]:
            thickness, extent = (height, width) if is_level else (width, height)
            if extent > 1.5 * length and thickness < length / 2:
                found.append((float(x), float(y), float(x + width), float(y + height)))
    return found


def see_page(picture: Any, number: int, scale: float, rules: list[Box]) -> Seen:
    """The words of a (straightened) picture, read at a scale; two scales are two independent readings."""
    import cv2

    shown = picture if scale == 1 else cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    result = _engine()(cv2.cvtColor(shown, cv2.COLOR_RGB2BGR))
    height, width = picture.shape[:2]
    words: list[Word] = []
    confidence: dict[Box, float] = {}
    if result.boxes is not None:
        for corners, text, sure in zip(result.boxes, result.txts, result.scores, strict=True):
            low, high = corners.min(axis=0) / scale, corners.max(axis=0) / scale
            box = (float(low[0]), float(low[1]), float(high[0]), float(high[1]))
            words.append(Word(str(text), box))
            confidence[box] = float(sure)
    gap = max(width, height) * _GAP_SHARE
    return Seen(Page(number, float(width), float(height), tuple(words), tuple(rules), gap), confidence)
