"""A red stamp is taken off a page; black below it and red elsewhere stay."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from PIL import Image, ImageDraw

from benchmarks.paper import RED, stamped
from etl.ocr.stamp import without_stamps

SIZE = (1200, 850)
INK = (205, 28, 38)


def page() -> Image.Image:
    picture = Image.new("RGB", SIZE, (250, 250, 248))
    draw = ImageDraw.Draw(picture)
    for row in range(8):
        for x in range(100, 1100, 24):
            draw.rectangle((x, 90 + 90 * row, x + 12, 104 + 90 * row), fill=(20, 20, 20))
    return picture


def dark(picture: np.ndarray) -> np.ndarray:
    return np.asarray(picture).min(axis=2) < 128


@pytest.mark.parametrize("middle", [(0.2, 0.3), (0.6, 0.5), (0.55, 0.9)])
def test_black_below_a_stamp_stays_and_the_stamp_goes(middle: tuple[float, float]) -> None:
    plain = page()
    sealed = stamped(plain, middle, "某区安全生产委员会", np.random.default_rng(1))
    assert (dark(sealed) ^ dark(plain)).sum() > 3000
    assert (dark(without_stamps(np.asarray(sealed))) ^ dark(plain)).sum() < 30


def _lines_of_red_text(draw: ImageDraw.ImageDraw) -> None:
    for row in range(9):
        for x in range(400, 590, 12):
            draw.text((x, 300 + 20 * row), "8", fill=INK)


def _frame(draw: ImageDraw.ImageDraw) -> None:
    draw.rectangle((400, 300, 600, 480), outline=INK, width=5)


def _ring_of_a_word(draw: ImageDraw.ImageDraw) -> None:
    draw.ellipse((400, 300, 440, 340), outline=INK, width=3)


@pytest.mark.parametrize("draw", [_lines_of_red_text, _frame, _ring_of_a_word])
def test_red_that_is_no_stamp_stays(draw: Callable[[ImageDraw.ImageDraw], None]) -> None:
    picture = page()
    draw(ImageDraw.Draw(picture))
    shown = np.asarray(picture)
    assert np.array_equal(without_stamps(shown), shown)


def test_a_page_without_red_is_not_copied() -> None:
    shown = np.asarray(page())
    assert without_stamps(shown) is shown
    assert RED == INK
