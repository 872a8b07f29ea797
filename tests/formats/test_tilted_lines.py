"""A page that lies askew on the glass keeps the ruling lines of its table."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image

from benchmarks.paper import pages_of
from etl.ocr.page import ruling_lines, straightened, tilt_of
from etl.ocr.pictures import pictures_of
from etl.read.layout import Box, Page, _tables
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


@pytest.mark.parametrize("tilt", [0.8, -1.3])
def test_a_thin_line_that_a_program_turned_in_steps_is_whole(made: Made, tilt: float) -> None:
    """Lines of one pixel, turned without smoothing and saved as a poor JPEG: each still bounds all its cells."""
    for page in pages_of(made.form("jincheng-2022", "pdf"), 150):
        flat = _cells(ruling_lines(straightened(np.asarray(page))))
        turned = page.rotate(tilt, resample=Image.Resampling.NEAREST, expand=True, fillcolor=(240, 240, 235))
        saved = io.BytesIO()
        turned.save(saved, "JPEG", quality=60)
        seen = np.asarray(Image.open(saved).convert("RGB"))
        assert tilt_of(seen) == pytest.approx(-tilt, abs=0.05)
        assert _cells(ruling_lines(straightened(seen))) == flat > 1


def _cells(rules: list[Box]) -> int:
    """How many cells the lines enclose where none may be broken by more than a few pixels."""
    tables, _ = _tables(Page(1, 2000.0, 2000.0, (), tuple(rules), gap=8.0))
    return sum(map(len, tables))
