"""Numbers at the ends of change bars and the names beside them have room on the narrowest page."""

from __future__ import annotations

import random

import pytest

from dashboard.charts.bars import WIDTH_PX, Bar, reaches, room_px


def bar(name: str, value: float, text: str) -> Bar:
    return Bar(name, name, value, text, "")


@pytest.mark.parametrize("seed", range(40))
def test_every_number_and_name_has_room(seed: int) -> None:
    rng = random.Random(seed)
    values = [rng.choice((1, -1, 1)) * 10 ** rng.uniform(0, 6) for _ in range(rng.randint(1, 14))]
    names = ["潼南", "两江新区", "Tongnan", "Jincheng Development Zone"]
    bars = [bar(rng.choice(names), v, f"{v / 1e4:+.1f}万 ({rng.uniform(-99, 300):+.1f}%)") for v in values]
    low, high = reaches(bars)
    per_px = (high - low) / WIDTH_PX
    for one in bars:
        value = one.value or 0.0
        assert low - 1e-9 <= min(value, 0.0) <= max(value, 0.0) <= high + 1e-9
        if value >= 0:
            assert value + room_px(one.text) * per_px <= high * 1.0001
            assert low <= -room_px(one.name) * per_px * 0.9999
        else:
            assert low * 1.0001 <= value - room_px(one.text) * per_px
            assert room_px(one.name) * per_px <= high * 1.0001


def test_bars_keep_their_share_beside_long_words() -> None:
    low, high = reaches([bar("X" * 60, 5.0, "Y" * 60), bar("X" * 60, -5.0, "Y" * 60)])
    assert 10 / (high - low) > 0.05


def test_nothing_at_all_has_an_axis() -> None:
    low, high = reaches([bar("a", 0.0, "0")])
    assert low < 0 <= high
