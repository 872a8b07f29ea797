"""Columns of which another group has the very same: 公开课（场） below 更正前 and below 更正后. Which of them is the blank's nobody knows."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from etl.catalog.model import Form

Path = tuple[str, ...]


def group_twins(
    form: Form, data: Mapping[int, Path], found: Mapping[str, int], blank_alone: Callable[[Form, Path], str]
) -> frozenset[int]:
    """The columns found for a blank by their last words alone that stand under another group, too, where no blank took them; with the
    people beside them."""
    taken = set(found.values())
    left = {(path[-1], path[:-1]) for c, path in data.items() if c not in taken and len(path) > 1}
    twins: set[int] = set()
    for indicator_id, column in sorted(found.items(), key=lambda item: item[1]):
        path = data.get(column, ())
        if len(path) < 2 or not any(leaf == path[-1] and group != path[:-1] for leaf, group in left):
            continue
        is_beside = column - 1 in twins and data[column - 1][:-1] == path[:-1]
        if is_beside or blank_alone(form, path[-1:]) == indicator_id:
            twins.add(column)
    return frozenset(twins)
