"""Class breaks of a map: by quantiles, rounded to numbers people use."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace

from dashboard.theme import CHANGE, WHITE, ramp

MAX_CLASSES = 5
# Shares of activities held; the last class is "all of them".
COVERAGE_BREAKS = (50.0, 75.0, 90.0, 99.95)
WHOLE = 100.0  # percent
CHANGE_STEPS_PCT = (5.0, 10.0, 20.0, 25.0, 50.0, 100.0, 200.0, 500.0)
# Which of the five shades stand for 1, 2, 3, 4 or 5 classes.
SHADES = {1: (2,), 2: (1, 3), 3: (0, 2, 4), 4: (0, 1, 3, 4), 5: (0, 1, 2, 3, 4)}


@dataclass(frozen=True)
class Classes:
    """Colours, light to dark, and the breaks between them: a value belongs to the class whose upper break it reaches.

    `zero_edge`: what reported none is no small number: white, outlined in this colour; empty where zero is like any value.
    """

    breaks: tuple[float, ...]
    colours: tuple[str, ...]
    zero_edge: str = ""

    def is_zero(self, value: float | None) -> bool:
        """Whether the value stands in the class of the zeros."""
        return value == 0 and bool(self.zero_edge)

    def colour(self, value: float) -> str:
        """The colour of a value."""
        return WHITE if self.is_zero(value) else self.colours[self.index(value)]

    def index(self, value: float) -> int:
        """The class of a value."""
        return bisect_left(self.breaks, value)


def quantile(ordered: Sequence[float], share: float) -> float:
    """The value below which this share of the ordered values lies, between neighbours linearly."""
    place = share * (len(ordered) - 1)
    low = math.floor(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)


def round_nice(value: float) -> float:
    """The value with its first two digits on 10, 12, 15, 20, 25, 30, 40, 50, 60, 80."""
    if value == 0:
        return 0.0
    size = 10.0 ** math.floor(math.log10(abs(value)))
    steps = (1.0, 1.2, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0)
    lead = min(steps, key=lambda step: abs(step - abs(value) / size))
    return math.copysign(round(lead * size, 10), value)


def nice_ticks(top: float, most: int = 6) -> tuple[float, ...]:
    """From zero in steps of 1, 2 or 5 times a power of ten, at most so many, the last one not above the top."""
    if top <= 0:
        return (0.0,)
    size = 10.0 ** math.floor(math.log10(top / most))
    step = next(lead * size for lead in (1, 2, 5, 10, 20, 50) if top / (lead * size) < most)
    return tuple(step * n for n in range(int(top / step) + 1))


def round_percent(value: float) -> float:
    """A percentage rounded to whole points."""
    return float(round(value))


def class_breaks(values: Sequence[float], *, is_percent: bool = False) -> tuple[float, ...]:
    """At most four breaks with values on both sides of each; none when all values are equal."""
    ordered = sorted(values)
    if not ordered or ordered[0] == ordered[-1]:
        return ()
    nice = round_percent if is_percent else round_nice
    raw = (nice(quantile(ordered, n / MAX_CLASSES)) for n in range(1, MAX_CLASSES))
    breaks: list[float] = []
    for value in raw:
        below = bisect_left(ordered, math.nextafter(value, math.inf))
        since = bisect_left(ordered, math.nextafter(breaks[-1], math.inf)) if breaks else 0
        if below > since and below < len(ordered):
            breaks.append(value)
    return tuple(breaks) or (quantile(ordered, 0.5),)[: int(quantile(ordered, 0.5) < ordered[-1])]


def value_classes(values: Sequence[float], hue: str, *, is_percent: bool = False) -> Classes:
    """Classes of a measure in its hue, zero apart. Give the values of all years that are compared."""
    breaks = class_breaks([value for value in values if value], is_percent=is_percent)
    shades = SHADES[len(breaks) + 1]
    return with_zero(Classes(breaks, tuple(ramp(hue)[shade] for shade in shades)), hue)


def with_zero(classes: Classes, hue: str) -> Classes:
    """The same classes with one of their own for zero."""
    return replace(classes, zero_edge=ramp(hue)[4])


def coverage_classes(hue: str) -> Classes:
    """Fixed classes of a share, the same in every area and year; everything and nothing held are classes of their own."""
    return with_zero(Classes(COVERAGE_BREAKS, ramp(hue)), hue)


def change_classes(changes: Sequence[float], *, is_percent: bool = False) -> Classes:
    """Five classes around no change, symmetric, so that colours of both signs compare.

    In percent a fall ends at -100 % while a rise does not: there each rise is mirrored by the fall that undoes it.
    """
    sizes = sorted(abs(change) for change in changes)
    half = quantile(sizes, 0.6) if sizes else 0.0
    outer = next((step for step in CHANGE_STEPS_PCT if step >= half), CHANGE_STEPS_PCT[-1])
    inner = outer / 5
    falls = tuple(undoing(step) for step in (outer, inner)) if is_percent and outer >= WHOLE else (-outer, -inner)
    return Classes((*falls, inner, outer), CHANGE)


def undoing(rise_pct: float) -> float:
    """The percentage that takes a rise back, to the nearest five: -50 after +100, -65 after +200."""
    return -5.0 * round(rise_pct / (1 + rise_pct / WHOLE) / 5.0)
