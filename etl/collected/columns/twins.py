"""Columns of which another group has the very same: 公开课（场） below 更正前 and below 更正后. Which of them is the blank's nobody knows."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

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


def worded_twins(
    form: Form,
    data: Mapping[int, Path],
    found: Mapping[str, int],
    likely: Collection[str],
    blank_alone: Callable[[Form, Path], str],
) -> frozenset[int]:
    """The columns found although their words differ (学校公开课) where a column of none would be found for the same blank alone
    (机关公开课): both are parts of it, or neither is."""
    taken = set(found.values())
    others = {blank_alone(form, path) for c, path in data.items() if c not in taken}
    twins = {c for i, c in found.items() if i in likely and i in others}
    # The people beside them.
    people = {c for i, c in found.items() if form.by_indicator[i].unit in ("人次", "人")}
    return frozenset(twins | {c for c in people if c - 1 in twins})
