"""Sheets that answer the same blanks of the same units: copies of one table, or parts of it (线上 | 线下, 5月 | 6月)."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from etl.facts import Fact
from etl.interpret.fold import fold
from etl.interpret.lexicon import load_lexicon
from etl.interpret.reading import NOT_FILLED, NOT_REPORTED, ROW_MISSING

_TABLE = re.compile(r"表\d+(?=[行上下])")  # of a Word file or a page
_DAY = re.compile(r"\d{1,2}月\d{1,2}日")
_COPY = re.compile(r"\s*\(\d{1,2}\)$")
_MONTH = re.compile(r"\d{1,2}月")
# The less a state says, the sooner another sheet's word is taken.
WEAK = {ROW_MISSING: 0, NOT_REPORTED: 1, NOT_FILLED: 1}


class Origin(NamedTuple):
    """The table that an answer stands in: its sheet's name and the lines above it."""

    sheet: str
    title: str


Titles = Mapping[str, str]  # place of an answer -> the lines above its table


def strongest(said: Sequence[Fact]) -> list[Fact]:
    """Those of the answers to one blank that say most."""
    most = max(WEAK.get(f.state, 2) for f in said)
    return [f for f in said if WEAK.get(f.state, 2) == most]


def unlike_sheets(by_blank: Collection[Sequence[Fact]], titles: Titles) -> set[frozenset[Origin]]:
    """The pairs of tables whose equal answers may be parts of one figure: they differ elsewhere, or names or titles say two parts.

    A sheet of one unit beside one of several is that unit's own: each blank is judged by itself.
    """
    units: dict[Origin, set[str | None]] = {}
    for fact in (f for said in by_blank for f in said):
        units.setdefault(_origin(fact, titles), set()).add(fact.unit_id)
    shared: set[frozenset[Origin]] = set()
    differing: set[frozenset[Origin]] = set()
    for said in by_blank:
        left = [f for f in strongest(said) if f.value is not None]
        for other in left[1:]:
            pair = frozenset((_origin(left[0], titles), _origin(other, titles)))
            shared.add(pair)
            if other.value != left[0].value:
                differing.add(pair)
    pairs = {p for p in shared if len(p) == 2}
    alike = (p for p in pairs if len({len(units[table]) == 1 for table in p}) == 1 and not _is_copy(p))
    unlike = {p for p in alike if p in differing or not any(_says_nothing(table.sheet) for table in p)}
    return unlike | {p for p in pairs if _are_parts(p)}


def sheet_pairs(said: Sequence[Fact], titles: Titles) -> list[frozenset[Origin]]:
    """The first table that answers a blank, with each of the others."""
    return [frozenset((_origin(said[0], titles), _origin(other, titles))) for other in said[1:]]


def _origin(fact: Fact, titles: Titles) -> Origin:
    """The table that a fact stands in."""
    table = _TABLE.match(fact.place)
    return Origin(table.group() if table else fact.place.rpartition("!")[0], titles.get(fact.place, ""))


def _is_copy(tables: frozenset[Origin]) -> bool:
    """Whether two sheets bear one name, but for the number that a program gives a copy: 晋城市, 晋城市 (2)."""
    return len({_COPY.sub("", fold(table.sheet)).strip() for table in tables}) == 1


def _are_parts(tables: frozenset[Origin]) -> bool:
    """Whether two tables' names and titles say two parts, whatever else they say: 线上汇总 | 线下汇总, …统计表（县级） | （企业）, 5月 | 6月."""
    said = [_DAY.sub("", fold(f"{table.sheet}\n{table.title}")) for table in sorted(tables)]
    months = [set(_MONTH.findall(words)) for words in said]
    parts = [{w for family in load_lexicon().part_families for w in family if w in words} for words in said]
    return any(all(told) and told[0] != told[1] for told in (parts, months))


def _says_nothing(name: str) -> bool:
    """Whether a sheet's name is a number, or says that it is a copy or the whole: Sheet2, 表1, 表 (2), 副本, 汇总."""
    lex, said = load_lexicon(), fold(name).lower()
    if re.search(lex.copied_sheet_names, said):
        return True
    return re.sub(rf"{lex.plain_sheet_names}|[\W\d_]", "", said) == ""
