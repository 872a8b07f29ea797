"""Filled forms as paper gives them back: scanned askew, photographed, under a red stamp, coarse, written by hand."""

from __future__ import annotations

import io
import itertools
import math
import re
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pdfplumber
import pypdfium2
from PIL import Image, ImageChops, ImageDraw, ImageFont

Picture = Image.Image
RED = (205, 28, 38)
_PAPER = (250, 250, 248)


def pages_of(pdf: Path, dots: int = 200) -> list[Picture]:
    """The pages as pictures of so many dots an inch."""
    document = pypdfium2.PdfDocument(pdf)
    return [page.render(scale=dots / 72).to_pil().convert("RGB") for page in document]


def scanned(picture: Picture, rng: np.random.Generator, tilt: float = 0.0, noise: float = 12.0) -> Picture:
    """As a scanner gives it: a little turned, a little dirty."""
    turned = picture.rotate(tilt, fillcolor=_PAPER, resample=Image.Resampling.BICUBIC)
    dirty = np.asarray(turned) + rng.normal(0, noise, (turned.height, turned.width, 1))
    return Image.fromarray(dirty.clip(0, 255).astype("uint8"))


def photographed(picture: Picture, rng: np.random.Generator) -> Picture:
    """As a telephone gives it: seen from the side, a shadow over it, saved as JPEG of quality 60."""
    width, height = picture.size
    lean = [float(rng.uniform(0.005, 0.02)) * side for side in (width, height) for _ in range(4)]
    seen = [(lean[0], lean[4]), (width - lean[1], lean[5]), (width - lean[2], height - lean[6]), (lean[3], height - lean[7])]  # fmt: skip
    table = Image.new("RGB", picture.size, (120, 105, 90))
    warped = picture.transform(
        picture.size, Image.Transform.PERSPECTIVE, _towards(seen, width, height), Image.Resampling.BICUBIC, fillcolor=0
    )
    inside = Image.new("L", picture.size, 255).transform(
        picture.size, Image.Transform.PERSPECTIVE, _towards(seen, width, height), fillcolor=0
    )
    table.paste(warped, mask=inside)
    across = np.linspace(0, 1, width)[None, :, None] * rng.uniform(0.3, 1) + np.linspace(0, 1, height)[:, None, None]
    shaded = np.asarray(table) * (1 - 0.4 * across / across.max()) + rng.normal(0, 4, (height, width, 1))
    out = io.BytesIO()
    Image.fromarray(shaded.clip(0, 255).astype("uint8")).save(out, "JPEG", quality=60)
    return Image.open(out).convert("RGB")


def _towards(corners: list[tuple[float, float]], width: int, height: int) -> list[float]:
    """Pillow's eight numbers of the perspective that puts a page's corners there."""
    rows, right = [], []
    for (x, y), (u, v) in zip(corners, [(0, 0), (width, 0), (width, height), (0, height)], strict=True):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
        right += [u, v]
    return [float(n) for n in np.linalg.solve(np.array(rows, float), np.array(right, float))]


def stamped(picture: Picture, middle: tuple[float, float], name: str, rng: np.random.Generator) -> Picture:
    """Under an office's round stamp of 42 mm: ring, star, name along the ring. Ink darkens what lies below it."""
    side = round(max(picture.size) * 42 / 297)
    ink = Image.new("RGB", (side, side), "white")
    draw = ImageDraw.Draw(ink)
    half, ring = side / 2, max(3, side // 35)
    draw.ellipse((ring, ring, side - ring, side - ring), outline=RED, width=ring)
    star = [(half + r * math.sin(a), half - r * math.cos(a)) for a, r in _star(side * 0.16)]
    draw.polygon(star, fill=RED)
    font = _font(round(side * 0.13))
    for n, sign in enumerate(name):
        angle = -120 + 240 * n / max(len(name) - 1, 1)
        tile = Image.new("RGB", (side, side), "white")
        ImageDraw.Draw(tile).text((half, side * 0.15), sign, fill=RED, font=font, anchor="mm")
        ink = ImageChops.multiply(
            ink, tile.rotate(-angle, fillcolor=(255, 255, 255), resample=Image.Resampling.BICUBIC)
        )
    # No stamp is inked evenly.
    holes = Image.fromarray((rng.random((side // 3, side // 3)) < 0.08).astype("uint8") * 255).resize((side, side))
    ink.paste((255, 255, 255), mask=holes)
    whole = Image.new("RGB", picture.size, "white")
    whole.paste(ink, (round(picture.width * middle[0] - half), round(picture.height * middle[1] - half)))
    return ImageChops.multiply(picture, whole)


def _star(radius: float) -> list[tuple[float, float]]:
    return [(n * math.pi / 5, radius if n % 2 == 0 else radius * 0.4) for n in range(10)]


def _font(size: int) -> Any:
    found = subprocess.run(["fc-match", "-f", "%{file}", ":lang=zh-cn"], check=True, capture_output=True, text=True)
    return ImageFont.truetype(found.stdout, size)


# --- digits by hand

_STROKES = {
    "0": [[(0.5, 0), (0.1, 0.3), (0.1, 0.7), (0.5, 1), (0.9, 0.7), (0.9, 0.3), (0.5, 0)]],
    "1": [[(0.35, 0.2), (0.6, 0), (0.55, 0.5), (0.5, 1)]],
    "2": [[(0.1, 0.25), (0.4, 0), (0.85, 0.2), (0.6, 0.6), (0.1, 1), (0.9, 0.95)]],
    "3": [[(0.15, 0.1), (0.6, 0), (0.85, 0.25), (0.45, 0.47), (0.85, 0.75), (0.5, 1), (0.1, 0.9)]],
    "4": [[(0.6, 0), (0.1, 0.65), (0.95, 0.6)], [(0.65, 0.3), (0.6, 1)]],
    "5": [[(0.2, 0.05), (0.15, 0.45), (0.6, 0.4), (0.85, 0.7), (0.5, 1), (0.1, 0.92)], [(0.2, 0.05), (0.85, 0)]],
    "6": [[(0.7, 0), (0.25, 0.45), (0.15, 0.8), (0.5, 1), (0.85, 0.75), (0.5, 0.52), (0.18, 0.7)]],
    "7": [[(0.1, 0.05), (0.9, 0), (0.55, 0.5), (0.4, 1)]],
    "8": [[(0.8, 0.15), (0.45, 0), (0.2, 0.25), (0.8, 0.7), (0.5, 1), (0.15, 0.75), (0.8, 0.25), (0.8, 0.15)]],
    "9": [[(0.85, 0.3), (0.5, 0.5), (0.15, 0.25), (0.5, 0), (0.85, 0.2), (0.8, 0.6), (0.6, 1)]],
}


def by_hand(pdf: Path, rng: np.random.Generator, dots: int = 200) -> list[Picture]:
    """The pages with the numbers in brackets written anew by an unsteady hand, in blue-black ink."""
    pages = pages_of(pdf, dots)
    with pdfplumber.open(pdf) as read:
        for picture, page in zip(pages, read.pages, strict=True):
            draw = ImageDraw.Draw(picture)
            text = "".join(c["text"] for c in page.chars)
            for found in re.finditer(r"(?<=[（(])\d+(?=[）)])", text):
                chars = page.chars[found.start() : found.end()]
                for char in chars:
                    _write(draw, char, dots / 72, rng)
    return pages


def _write(draw: ImageDraw.ImageDraw, char: dict[str, Any], scale: float, rng: np.random.Generator) -> None:
    x0, x1, top, bottom = (char[k] * scale for k in ("x0", "x1", "top", "bottom"))
    draw.rectangle((x0 - 0.5, top, x1 + 0.5, bottom), fill="white")
    height = (bottom - top) * float(rng.uniform(0.72, 0.88))
    top += (bottom - top - height) * float(rng.uniform(0.2, 0.8))
    slant, wide = float(rng.uniform(-0.05, 0.22)), (x1 - x0) * 0.86
    for stroke in _STROKES[char["text"]]:
        points = [(x + float(rng.normal(0, 0.04)), y + float(rng.normal(0, 0.03))) for x, y in stroke]
        line = [(x0 + wide * x + slant * height * (0.5 - y) * 0.4, top + height * y) for x, y in _smooth(points)]
        draw.line(line, fill=(25, 30, 70), width=max(2, round(height * 0.09)), joint="curve")


def _smooth(points: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Corners cut twice: a pen turns in a curve."""
    for _ in range(2):
        cut = [points[0]]
        for (x0, y0), (x1, y1) in itertools.pairwise(points):
            cut += [(x0 * 0.75 + x1 * 0.25, y0 * 0.75 + y1 * 0.25), (x0 * 0.25 + x1 * 0.75, y0 * 0.25 + y1 * 0.75)]
        points = [*cut, points[-1]]
    return points


# --- kinds


@dataclass(frozen=True)
class Kind:
    """A way paper comes back, with what happens to each page of a form."""

    name: str
    pages: Callable[[Path, np.random.Generator], list[Picture]]


def _each(change: Callable[[Picture, np.random.Generator], Picture], dots: int = 200) -> Any:
    return lambda pdf, rng: [change(p, rng) for p in pages_of(pdf, dots)]


def _skewed(picture: Picture, rng: np.random.Generator) -> Picture:
    return scanned(picture, rng, float(rng.choice([-1, 1]) * rng.uniform(1, 2)))


STAMP = "某某区安全生产委员会办公室"
ON_UNIT, ON_ANSWERS = (0.22, 0.14), (0.64, 0.4)  # of the page’s width and height


def _sealed(where: tuple[float, float]) -> Any:
    def pages(pdf: Path, rng: np.random.Generator) -> list[Picture]:
        first, *others = pages_of(pdf)
        return [scanned(p, rng, float(rng.uniform(-0.5, 0.5))) for p in (stamped(first, where, STAMP, rng), *others)]

    return pages


KINDS = [
    Kind("clean print", _each(lambda p, rng: p)),
    Kind("scanner noise, tilt 1–2°", _each(_skewed)),
    Kind("photograph", _each(photographed)),
    Kind("red stamp over the unit", _sealed(ON_UNIT)),
    Kind("red stamp over answers", _sealed(ON_ANSWERS)),
    Kind("100 dpi", _each(lambda p, rng: scanned(p, rng, 0.3, 6), 100)),
    Kind("digits by hand", lambda pdf, rng: [scanned(p, rng, 0.3) for p in by_hand(pdf, rng)]),
]


def save(pages: list[Picture], target: Path, dots: int = 200) -> Path:
    """The pages as one file of the kind its suffix names."""
    more: dict[str, Any] = {"save_all": True, "append_images": pages[1:]} if target.suffix in (".pdf", ".tif") else {}
    pages[0].save(target, resolution=float(dots), **more)
    return target
