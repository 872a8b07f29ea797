"""Further columns of a blank under the very same head or under another group's word: a copy counts once, and is one only where all of
its group is; two that differ anywhere are no answer anywhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from etl.collected.columns.match import ColumnMap
from etl.collected.long import plain_cell
from etl.collected.sheet.heads import without_unit
from etl.collected.sheet.layout import Layout
from etl.document import Sheet
from etl.interpret.lexicon import load_lexicon

Path = tuple[str, ...]
_NOTHING = frozenset({"", "None"})


def unlike_columns(sheet: Sheet, layout: Layout, columns: ColumnMap, heads: Mapping[int, Path]) -> frozenset[int]:
    """Those of the further columns that are no copies: some unit's row says something else in one of their group than in the first,
    or other words stand above them (线上 | 线下, 国企 | 民企, 更正前 | 更正后)."""
    first = {c: columns.of_indicator[i] for i, c in columns.repeated if i in columns.of_indicator}
    found: set[int] = set()
    for group in _groups(sorted(first), heads):
        differ = any(_differ(sheet, layout, first[c], c) for c in group)
        if differ or any(_are_other_words(heads.get(first[c], ()), heads.get(c, ())) for c in group):
            found |= set(group)
    return frozenset(found)


def _groups(columns: Sequence[int], heads: Mapping[int, Path]) -> Iterator[list[int]]:
    """The columns below one group's words, or side by side without any."""
    run = {c: c - n for n, c in enumerate(columns)}
    for _, group in groupby(columns, key=lambda c: heads.get(c, ())[:-1] or run[c]):
        yield list(group)


def _differ(sheet: Sheet, layout: Layout, own: int, column: int) -> bool:
    pairs = ({_said(sheet, u.row, own), _said(sheet, u.row, column)} for u in layout.rows)
    return any(len(pair - _NOTHING) > 1 for pair in pairs)


def _are_other_words(one: Path, other: Path) -> bool:
    """Whether words of a group stand above two columns that are not the same words: parts, bodies, whatever they are; not versions of one report
    (上报 | 核定)."""
    mine, others = ([without_unit(w) for w in path[:-1]] for path in (one, other))
    versions = load_lexicon().versions
    return mine != others and not (versions.issuperset(mine) and versions.issuperset(others))


def said_again(sheet: Sheet, columns: ColumnMap, indicator_id: str, row: int) -> list[str]:
    """What the further columns of a blank say in a row: those that are no copies, and all where the first is empty; equal zeros say nothing new."""
    first = _said(sheet, row, columns.of_indicator[indicator_id])
    also = (c for i, c in columns.repeated if i == indicator_id and (c in columns.unlike or first in _NOTHING))
    said = dict.fromkeys(_said(sheet, row, c) for c in also)
    return [s for s in said if s not in _NOTHING and (s != first or s.strip("0.") != "")]


def _said(sheet: Sheet, row: int, column: int) -> str:
    return plain_cell(sheet.rows[row][column]).strip()
