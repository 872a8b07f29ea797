"""Class breaks by other methods: equal steps, natural breaks against all partitions, by hand."""

from __future__ import annotations

import itertools
import random
from statistics import fmean

import pytest

from dashboard.charts.methods import chosen_classes, equal_breaks, jenks_breaks
from dashboard.charts.waterfall import Step, spans


def cost(ordered: list[float], cuts: tuple[int, ...]) -> float:
    parts = [ordered[a:b] for a, b in itertools.pairwise((0, *cuts, len(ordered)))]
    return sum(sum((v - fmean(part)) ** 2 for v in part) for part in parts)


@pytest.mark.parametrize("seed", range(20))
def test_natural_breaks_are_the_best_of_all_partitions(seed: int) -> None:
    chance = random.Random(seed)
    ordered = sorted(round(chance.expovariate(0.01), 1) for _ in range(11))
    for n_classes in (2, 3, 5):
        found = jenks_breaks(ordered, n_classes)
        cuts = tuple(sum(v <= b for v in ordered) for b in found)
        best = min(cost(ordered, c) for c in itertools.combinations(range(1, len(ordered)), n_classes - 1))
        assert cost(ordered, cuts) == pytest.approx(best)


def test_few_or_equal_values() -> None:
    assert jenks_breaks([3.0, 3.0, 3.0]) == () and equal_breaks([3.0, 3.0]) == ()
    assert jenks_breaks([1.0, 2.0]) == (1.0,)
    assert equal_breaks([0.0, 50.0]) == (10.0, 20.0, 30.0, 40.0)


def test_classes_by_hand_and_default() -> None:
    by_hand = chosen_classes([1.0, 200.0], "hazards", "10,100")
    assert by_hand.breaks == (10.0, 100.0) and len(by_hand.colours) == 3
    assert (
        len(chosen_classes([1.0, 200.0], "hazards", "").colours)
        == len(chosen_classes([1.0, 200.0], "hazards", "").breaks) + 1
    )


def test_a_waterfall_goes_from_one_total_to_the_other() -> None:
    steps = [Step("", amount, "", "", is_total=t) for amount, t in ((10, True), (5, False), (-7, False), (8, True))]
    assert spans(steps) == [(0.0, 10), (10, 5), (15, -7), (0.0, 8)]
