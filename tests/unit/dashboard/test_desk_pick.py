"""The next row worth a look: from where the chosen one stood, round to the top, never the chosen one itself."""

from __future__ import annotations

import pytest

from dashboard.components.desk_pick import Picked, following

NAMES = [("a",), ("b",), ("c",), ("d",)]


@pytest.mark.parametrize(
    ("picked", "wanted", "expected"),
    [
        (Picked(0, 1), "1011", "c"),
        (Picked(2, 3), "1010", "a"),
        (Picked(2, 3), "0010", None),
        # Decided, the second row moved to the end: what has come up in its place is next, not the top.
        (Picked(3, 1), "1110", "b"),
        (Picked(3, 1), "1000", "a"),
    ],
)
def test_the_next_row(picked: Picked, wanted: str, expected: str | None) -> None:
    found = following(NAMES, picked, [w == "1" for w in wanted])
    assert (found[0] if found else None) == expected
