"""Groups of columns of which one is the whole and others its parts: 合计 beside 其中：企业 above the same heads."""

from __future__ import annotations

import re
from collections.abc import Mapping

from etl.catalog.model import Form
from etl.collected.columns.named import exact_columns, named_activity
from etl.collected.columns.people import counts_only
from etl.collected.sheet.heads import split_leaf, unit_cell, without_unit
from etl.collected.sheet.layout import is_total
from etl.collected.sheet.one_unit import RECENT
from etl.collected.sheet.times import time_told
from etl.interpret.lexicon import load_lexicon

Path = tuple[str, ...]


Parts = dict[int, dict[int, str]]  # column of a whole -> the columns of its parts, each with its group's word


def without_whole_groups(form: Form, heads: Mapping[int, Path]) -> tuple[dict[int, Path], Parts]:
    """The heads without the word of a group that says total where that group is the data, and without the columns of
    its parts; and which parts each such column must add up.

    A total of different things (合计 over 场次 and 人次) is no such group: what stands below it names no blank.
    """
    found, keys = dict(heads), with_events(heads)
    parts: set[int] = set()
    wholes: Parts = {}
    for column, path in sorted(keys.items()):
        for at, word in enumerate(path[:-1]):
            rest = (*path[:at], *path[at + 1 :])
            beside = {c: p[at] for c, p in keys.items() if c != column and (*p[:at], *p[at + 1 :]) == rest}
            if _is_part(word) and (beside or rest in keys.values()):
                parts.add(column)
            elif is_total(without_unit(word)) and rest not in keys.values():
                is_follower = path != heads[column] and column - 1 in wholes
                if is_follower or _is_whole(form, rest, at, beside):
                    found[column] = (*heads[column][:at], *heads[column][at + 1 :])
                    wholes[column] = {c: w for c, w in sorted(beside.items()) if not is_total(without_unit(w))}
                    parts |= wholes[column].keys()
    return {c: p for c, p in found.items() if c not in parts}, {c: of for c, of in wholes.items() if of}


def so_far_beside_months(heads: Mapping[int, Path], year: int) -> dict[int, Path]:
    """The heads without a group's 累计 where the same heads stand under a month or a week (6月, 本月) too, and without those: what
    has been done so far is the figure, whatever else the table holds."""
    lex, keys, found = load_lexicon(), with_events(heads), dict(heads)
    months: set[int] = set()
    for column, path in keys.items():
        for at, word in enumerate(path[:-1]):
            if without_unit(word) not in lex.so_far:
                continue
            rest = (*path[:at], *path[at + 1 :])
            beside = {c: p[at] for c, p in keys.items() if c != column and (*p[:at], *p[at + 1 :]) == rest}
            recent = {
                c for c, w in beside.items() if w in RECENT or time_told(without_unit(w), year) in ("this", "part")
            }
            if recent:
                found[column] = (*heads[column][:at], *heads[column][at + 1 :])
                months |= recent
    return {c: p for c, p in found.items() if c not in months}


def with_events(heads: Mapping[int, Path]) -> dict[int, Path]:
    """The heads, a bare 参与（人次） told apart by the event before it under the same group words."""
    found = dict(heads)
    for column, path in heads.items():
        before = heads.get(column - 1, ())
        if len(path) > 1 and counts_only(path[-1:]) and before[:-1] == path[:-1] and not counts_only(before[-1:]):
            found[column] = (*path[:-1], f"{before[-1]}→{path[-1]}")
    return found


def rival_groups(form: Form, data: Mapping[int, Path], found: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
    """(blank, column) of columns that head a blank's own words as well under another group's word (上报数, 核定数; 企业, 学校), where
    neither is the blank's activity: which of them is meant nobody can tell. So are the people right behind such columns."""
    taken = set(found.values())
    rivals: list[tuple[str, int]] = []
    for indicator_id, column in found.items():
        path = data.get(column, ())
        for at, word in enumerate(path[:-1]):
            rest = (*path[:at], *path[at + 1 :])
            if named_activity(form, word) or counts_only(rest) or exact_columns(form, {0: rest}) != {indicator_id: 0}:
                continue
            beside = [c for c, p in data.items() if c not in taken and (*p[:at], *p[at + 1 :]) == rest]
            rivals += [(indicator_id, c) for c in beside if not named_activity(form, data[c][at])]
    of_event = {found[i] + 1: c + 1 for i, c in rivals}
    for indicator_id, column in found.items():
        again, path = of_event.get(column, -1), data.get(column, ())
        if path and counts_only(path[-1:]) and data.get(again, ())[-1:] == path[-1:] and again not in taken:
            rivals.append((indicator_id, again))
    return tuple(rivals)


def _is_whole(form: Form, rest: Path, at: int, beside: Mapping[int, str]) -> bool:
    """Whether what stands below a total is a blank's own figure, or the words beside the total part it."""
    says_blank = not counts_only(rest) and not unit_cell(("", *rest[at:])) and split_leaf(rest)[0] != ""
    families = frozenset().union(*load_lexicon().part_families)
    are_parts = bool(beside) and all(_is_part(w) or w in families for w in beside.values())
    return are_parts or (says_blank and (bool(beside) or bool(exact_columns(form, {0: rest}))))


def _is_part(word: str) -> bool:
    """Whether a group's word says that it is a part of another: 其中：企业, #企业."""
    return re.match(f"#|其?中:|(?:{load_lexicon().part_words})[:,]?[^\\d]", word) is not None
