"""Neighbouring classes stay apart for readers who don't tell red from green, or blue from yellow."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest

from dashboard import theme

# Machado, Oliveira and Fernandes (2009), full severity, on linear light.
SEEN_AS = {
    "normal": ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)),
    "protan": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deutan": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritan": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}
XYZ = ((0.4124564, 0.3575761, 0.1804375), (0.2126729, 0.7151522, 0.0721750), (0.0193339, 0.1191920, 0.9503041))
WHITE = (0.95047, 1.0, 1.08883)


def times(matrix: tuple[tuple[float, ...], ...], vector: tuple[float, ...]) -> tuple[float, ...]:
    return tuple(sum(a * b for a, b in zip(row, vector, strict=True)) for row in matrix)


def lab(colour: str, eye: str) -> tuple[float, float, float]:
    linear = tuple(c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in theme.to_rgb(colour))
    seen = tuple(min(max(c, 0.0), 1.0) for c in times(SEEN_AS[eye], linear))
    x, y, z = (value / white for value, white in zip(times(XYZ, seen), WHITE, strict=True))
    fx, fy, fz = (v ** (1 / 3) if v > 0.008856 else 7.787 * v + 16 / 116 for v in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


def distance(one: str, other: str, eye: str) -> float:
    return math.dist(lab(one, eye), lab(other, eye))


def test_the_arithmetic_knows_a_confusion() -> None:
    assert distance("#FF0000", "#00FF00", "normal") > 150
    assert distance("#C8553D", "#7F7F2A", "deutan") < distance("#C8553D", "#7F7F2A", "normal") / 2


@pytest.mark.parametrize("eye", SEEN_AS)
@pytest.mark.parametrize("hue", sorted(theme.RAMPS))
def test_neighbouring_classes_stay_apart(hue: str, eye: str) -> None:
    assert min(distance(a, b, eye) for a, b in pairwise(theme.RAMPS[hue])) >= 9


@pytest.mark.parametrize("eye", SEEN_AS)
def test_rise_and_fall_stay_apart(eye: str) -> None:
    assert distance(theme.RISE, theme.FALL, eye) >= 40
    assert distance(theme.CHANGE[1], theme.CHANGE[3], eye) >= 25
    assert min(distance(a, b, eye) for a, b in pairwise(theme.CHANGE)) >= 9


@pytest.mark.parametrize("eye", SEEN_AS)
@pytest.mark.parametrize("hue", sorted(theme.RAMPS))
def test_no_data_is_its_own_colour_with_an_outline_that_shows(hue: str, eye: str) -> None:
    assert all(colour != theme.NO_DATA for colour in theme.RAMPS[hue])
    assert distance(theme.NO_DATA, theme.NO_DATA_LINE, eye) >= 30
