"""Ramps: equal lightness steps, readable in grey, labels readable on every class."""

from __future__ import annotations

import itertools

import pytest

from dashboard import theme


@pytest.mark.parametrize("hue", sorted(theme.RAMPS))
def test_classes_darken_in_clear_steps(hue: str) -> None:
    values = [theme.lightness(colour) for colour in theme.RAMPS[hue]]
    steps = [light - dark for light, dark in itertools.pairwise(values)]
    assert min(steps) >= 9, "two classes too close in grey print"
    assert max(steps) - min(steps) <= 7, "steps far from equal"


@pytest.mark.parametrize("hue", ["hazards", "coverage"])
def test_our_own_ramps_have_equal_steps(hue: str) -> None:
    values = [theme.lightness(colour) for colour in theme.RAMPS[hue]]
    steps = [light - dark for light, dark in itertools.pairwise(values)]
    assert max(steps) - min(steps) <= 2.0


@pytest.mark.parametrize("colour", [c for ramp in theme.RAMPS.values() for c in ramp] + list(theme.CHANGE))
def test_labels_are_readable_on_every_class(colour: str) -> None:
    assert theme.contrast(theme.ink_on(colour), colour) >= 4.0


def test_change_is_symmetric_in_grey() -> None:
    fall, _, middle, _, rise = theme.CHANGE
    assert abs(theme.lightness(fall) - theme.lightness(rise)) < 8
    assert theme.lightness(middle) > 90


def test_outline_and_hatch_of_no_data_stand_out_in_grey() -> None:
    lightest = min(theme.lightness(ramp[0]) for ramp in theme.RAMPS.values())
    assert lightest - theme.lightness(theme.NO_DATA_LINE) > 25
