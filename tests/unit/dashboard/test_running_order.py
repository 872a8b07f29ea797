"""The running order of a presentation: read from a link, arranged, never broken by what a link says."""

from __future__ import annotations

import random

import pytest

from dashboard.running_order import DEFAULT_ORDER, SCREENS, SLIDE_ORDER, moved, parse_order, toggled
from dashboard.texts import text


def test_an_order_is_kept_as_given_each_screen_once() -> None:
    assert parse_order("quality,map,figures,map") == (("quality", "map", "figures"), ())
    assert parse_order("") == ((), ())
    assert parse_order(",,map,,") == (("map",), ())


@pytest.mark.parametrize("value", ["<script>", "MAP", " map", "map;quality", "../..", "\n", "图", "__class__"])
def test_what_is_no_screen_is_named(value: str) -> None:
    assert parse_order(f"figures,{value}") == (("figures",), (value,))


def test_moving_and_taking_out_lose_no_screen() -> None:
    chance = random.Random(3)
    order: tuple[str, ...] = DEFAULT_ORDER
    for _ in range(300):
        key = chance.choice(order)
        after = moved(order, key, chance.choice((-1, 1)))
        assert sorted(after) == sorted(order)
        assert parse_order(",".join(after)) == (after, ())
        order = after
    assert moved(("figures", "map"), "figures", -1) == ("figures", "map")
    assert moved(("figures", "map", "change"), "figures", 1) == ("map", "figures", "change")
    assert toggled(("map", "change"), "map") == ("change",)
    assert toggled(("change",), "map") == ("change", "map")
    assert toggled(("change",), "change") == ("change",), "a presentation has at least one screen"


@pytest.mark.parametrize("order", [DEFAULT_ORDER, SLIDE_ORDER, SCREENS])
def test_usual_orders_hold_known_screens_with_names(order: tuple[str, ...]) -> None:
    assert parse_order(",".join(order)) == (order, ())
    for key in order:
        assert text("zh", f"screen.{key}") != text("en", f"screen.{key}")
