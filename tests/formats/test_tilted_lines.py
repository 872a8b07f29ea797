"""A page that lies askew on the glass keeps the ruling lines of its table."""

from __future__ import annotations

import numpy as np
import pytest

from etl.ocr.page import ruling_lines, straightened
from etl.ocr.pictures import pictures_of
from tests.formats.conftest import Made


def askew(picture: np.ndarray, tilt: float) -> np.ndarray:
    """The page turned on greyish paper, with the noise of a scanner."""
    import cv2

    height, width = picture.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), tilt, 1.0)
    turned = cv2.warpAffine(picture, turn, (width, height), flags=cv2.INTER_LINEAR, borderValue=(235, 235, 230))
    noise = np.random.default_rng(1).normal(0, 6, turned.shape)
    return np.clip(turned * 0.93 + noise, 0, 255).astype(np.uint8)


def lengths(picture: np.ndarray) -> tuple[float, float]:
    """How long the level and the upright lines are together."""
    lines = ruling_lines(straightened(picture))
    level = sum(b[2] - b[0] for b in lines if b[2] - b[0] > b[3] - b[1])
    return level, sum(b[3] - b[1] for b in lines if b[2] - b[0] <= b[3] - b[1])


@pytest.mark.parametrize(
    "tilt", [1.0, *(pytest.param(t, marks=pytest.mark.slow) for t in (-2.0, 5.0, -3.0, -1.3, 0.4, 1.7, 2.4, 3.0))]
)
def test_a_tilted_page_keeps_its_ruling_lines(made: Made, tilt: float) -> None:
    for page in pictures_of("pdf", made.form("chongqing-2021", "pdf").read_bytes()):
        level, upright = lengths(page)
        found_level, found_upright = lengths(askew(page, tilt))
        assert found_level > 0.93 * level and found_upright > 0.93 * upright
