"""Which screens a presentation shows, and in which order: kept in the link, arranged on the Reports page."""

from __future__ import annotations

from typing import Final

# Every screen there is, in the order in which the Reports page offers them.
SCREENS: Final = (
    "figures", "map", "activities", "bars", "change", "change_map", "history", "coverage", "filled", "hazards",
    "hazards_bars", "groups", "missing", "duties", "quality", "notes",
)  # fmt: skip
DEFAULT_ORDER: Final = (
    "figures", "map", "change", "change_map", "coverage", "hazards", "missing", "duties", "quality", "notes",
)  # fmt: skip
# Slides are also taken apart and edited afterwards, so that they hold more unless an order is asked for.
SLIDE_ORDER: Final = (
    "figures", "map", "activities", "change", "change_map", "hazards", "hazards_bars", "coverage", "filled", "missing",
    "duties", "quality", "notes",
)  # fmt: skip

# Where a presentation begins that is asked for on a page: the first of these screens that it has.
BEGINS: Final = {
    "participation": ("map",), "hazards": ("hazards", "map"), "coverage": ("coverage", "map"),
    "year_over_year": ("change_map", "change"), "reporting": ("missing", "duties"), "data_quality": ("quality",),
}  # fmt: skip

Order = tuple[str, ...]


def with_groups(order: Order) -> Order:
    """The usual order of a view that sets two groups side by side: their screen behind the first one."""
    return order if "groups" in order else (*order[:1], "groups", *order[1:])


def parse_order(text: str) -> tuple[Order, tuple[str, ...]]:
    """Screens parted by commas, each once, in the order given; and the names that are no screens."""
    asked = tuple(dict.fromkeys(part for part in text.split(",") if part))
    return tuple(key for key in asked if key in SCREENS), tuple(key for key in asked if key not in SCREENS)


def moved(order: Order, key: str, step: int) -> Order:
    """The order with one screen moved so many places; at an end it stays."""
    place = order.index(key)
    target = min(max(place + step, 0), len(order) - 1)
    rest = [other for other in order if other != key]
    return (*rest[:target], key, *rest[target:])


def toggled(order: Order, key: str) -> Order:
    """The order without a screen that was in it, else with it at the end; the last one can't be taken out."""
    if key not in order:
        return (*order, key)
    return tuple(other for other in order if other != key) or order
