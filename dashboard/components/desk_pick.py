"""Tables of the desk whose chosen row outlives a new reading: what is chosen is kept by name, not by place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

Name = tuple[object, ...]
ROW_PX, EDGE_PX = 33, 3  # a row of a table, and what its head and border take beyond


@dataclass(frozen=True)
class Picked:
    """The chosen row, and the place to look on from: where it stood when it was chosen, though it may have moved since."""

    at: int
    onward: int


def pick_row(
    table: str,
    names: Sequence[Name],
    rows: Sequence[dict[str, object]],
    release_id: str,
    height: int,
    widths: Mapping[str, int] | None = None,
) -> Picked:
    """The table with one row chosen: the one clicked, else the one chosen before, else the first. `names` has one a row.

    Where the chosen one is gone, the one in its place.
    """
    before, place = st.session_state.get(_key(table), ((), 0))
    at = names.index(before) if before in names else min(place or 0, len(names) - 1)
    event = st.dataframe(
        list(rows), hide_index=True, placeholder="", on_select="rerun", selection_mode="single-row",
        column_config={name: st.column_config.Column(width=px) for name, px in (widths or {}).items()},
        height=table_height(len(rows), height), selection_default={"selection": {"rows": [at]}},
        key=f"desk_{table}_{release_id}_{st.session_state.get(_key(table, 'moved'), 0)}",
    )  # fmt: skip
    clicked = event["selection"]["rows"]
    at = clicked[0] if clicked and clicked[0] < len(names) else at
    place = place if names[at] == before and place is not None else at
    st.session_state[_key(table)] = (names[at], place)
    trail = looked_at(table)
    # Back at one looked at before, the way there ends; what came behind it is before nothing any more.
    st.session_state[_key(table, "trail")] = [
        *trail[: trail.index(names[at]) if names[at] in trail else None],
        names[at],
    ]
    return Picked(at, at + 1 if place == at else min(place, len(names)))


def table_height(n_rows: int, most: int) -> int:
    """Pixels of a table of so many rows: no taller than it needs, nor than `most`."""
    return min(most, ROW_PX * (n_rows + 1) + EDGE_PX)


def go_to(table: str, name: Name) -> None:
    """Choose another row from the next run on."""
    st.session_state[_key(table)] = (name, None)
    st.session_state[_key(table, "moved")] = st.session_state.get(_key(table, "moved"), 0) + 1


def forget(table: str) -> None:
    """Choose the first row again."""
    st.session_state.pop(_key(table), None)
    st.session_state.pop(_key(table, "trail"), None)


def looked_at(table: str) -> list[Name]:
    """The rows looked at one after the other, the chosen one last."""
    return list(st.session_state.get(_key(table, "trail"), ()))


def preceding(table: str, names: Sequence[Name], at: int, wanted: Sequence[bool]) -> Name | None:
    """The row to go back to: the one looked at before, wherever it stands now; else the next one above that is wanted."""
    seen = [name for name in looked_at(table) if name in names and name != names[at]]
    if seen:
        return seen[-1]
    return next((names[n] for n in range(at - 1, -1, -1) if wanted[n]), None)


def following(names: Sequence[Name], picked: Picked, wanted: Sequence[bool]) -> Name | None:
    """The next name from where the chosen row stood, from the top again, that is wanted; None when no other is."""
    around = [*range(picked.onward, len(names)), *range(picked.onward)]
    return next((names[n] for n in around if wanted[n] and n != picked.at), None)


def _key(table: str, what: str = "at") -> str:
    return f"desk_{what}_{table}"
