"""Other ways to break values into classes than quantiles: equal steps, natural breaks, or numbers set by hand."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from dashboard.charts.breaks import MAX_CLASSES, SHADES, Classes, value_classes, with_zero
from dashboard.theme import ramp


def equal_breaks(values: Sequence[float], n_classes: int = MAX_CLASSES) -> tuple[float, ...]:
    """Breaks at equal distances between the smallest and the largest value."""
    low, high = min(values), max(values)
    return tuple(low + (high - low) * n / n_classes for n in range(1, n_classes)) if high > low else ()


def jenks_breaks(values: Sequence[float], n_classes: int = MAX_CLASSES) -> tuple[float, ...]:
    """Natural breaks: classes whose values lie as near to their mean as can be (Fisher and Jenks, exact).

    Each break is the largest value of its class.
    """
    ordered = sorted(values)
    n_classes = min(n_classes, len(set(ordered)))
    sums = list(itertools.accumulate(ordered, initial=0.0))
    squares = list(itertools.accumulate((v * v for v in ordered), initial=0.0))

    def spread(start: int, stop: int) -> float:
        total = sums[stop] - sums[start]
        return squares[stop] - squares[start] - total * total / (stop - start)

    best = [spread(0, stop) if stop else 0.0 for stop in range(len(ordered) + 1)]
    cuts: list[list[int]] = []
    for n in range(2, n_classes + 1):
        found = [(0.0, 0)] * (len(ordered) + 1)
        for stop in range(n, len(ordered) + 1):
            found[stop] = min((best[start] + spread(start, stop), start) for start in range(n - 1, stop))
        best = [cost for cost, _ in found]
        cuts.append([start for _, start in found])
    places, stop = [], len(ordered)
    for starts in reversed(cuts):
        stop = starts[stop]
        places.append(stop)
    return tuple(dict.fromkeys(ordered[place - 1] for place in reversed(places)))


def chosen_classes(values: Sequence[float], hue: str, method: str, *, is_percent: bool = False) -> Classes:
    """Classes by the reader's method: "" quantiles, "equal", "jenks", or rising numbers parted by commas; zero apart."""
    figures = [value for value in values if value]
    if not method or not figures:
        return value_classes(values, hue, is_percent=is_percent)
    if method == "equal":
        breaks = equal_breaks(figures)
    elif method == "jenks":
        breaks = jenks_breaks(figures)
    else:
        breaks = tuple(float(part) for part in method.split(","))
    return with_zero(Classes(breaks, tuple(ramp(hue)[shade] for shade in SHADES[len(breaks) + 1])), hue)
