"""Sheets that answer the same blanks of the same units: copies of one table, or parts of it (线上 | 线下, 5月 | 6月)."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from etl.facts import Fact
from etl.interpret.fold import fold
from etl.interpret.lexicon import load_lexicon
from etl.interpret.reading import NOT_FILLED, NOT_REPORTED, ROW_MISSING

_TABLE = re.compile(r"表\d+(?=[行上下])")  # of a Word file or a page
_COPY = re.compile(r"\s*\(\d{1,2}\)$")
_MONTH = re.compile(r"\d{1,2}月")
# The less a state says, the sooner another sheet's word is taken.
WEAK = {ROW_MISSING: 0, NOT_REPORTED: 1, NOT_FILLED: 1}


def strongest(said: Sequence[Fact]) -> list[Fact]:
    """Those of the answers to one blank that say most."""
    most = max(WEAK.get(f.state, 2) for f in said)
    return [f for f in said if WEAK.get(f.state, 2) == most]


def unlike_sheets(by_blank: Collection[Sequence[Fact]]) -> set[frozenset[str]]:
    """The pairs of sheets whose equal answers may be parts of one figure: they differ elsewhere, or their names say two parts.

    A sheet of one unit beside one of several is that unit's own: each blank is judged by itself.
    """
    units: dict[str, set[str | None]] = {}
    for fact in (f for said in by_blank for f in said):
        units.setdefault(_sheet(fact), set()).add(fact.unit_id)
    shared: set[frozenset[str]] = set()
    differing: set[frozenset[str]] = set()
    for said in by_blank:
        left = [f for f in strongest(said) if f.value is not None]
        for other in left[1:]:
            pair = frozenset((_sheet(left[0]), _sheet(other)))
            shared.add(pair)
            if other.value != left[0].value:
                differing.add(pair)
    pairs = {p for p in shared if len(p) == 2}
    alike = (p for p in pairs if len({len(units[name]) == 1 for name in p}) == 1 and not _is_copy(p))
    return {p for p in alike if p in differing or not any(map(_says_nothing, p))} | {p for p in pairs if _are_parts(p)}


def sheet_pairs(said: Sequence[Fact]) -> list[frozenset[str]]:
    """The first sheet that answers a blank, with each of the others."""
    return [frozenset((_sheet(said[0]), _sheet(other))) for other in said[1:]]


def _sheet(fact: Fact) -> str:
    """The name of the sheet that a fact stands in."""
    table = _TABLE.match(fact.place)
    return table.group() if table else fact.place.rpartition("!")[0]


def _is_copy(names: frozenset[str]) -> bool:
    """Whether two sheets bear one name, but for the number that a program gives a copy: 晋城市, 晋城市 (2)."""
    return len({_COPY.sub("", fold(name)).strip() for name in names}) == 1


def _are_parts(names: frozenset[str]) -> bool:
    """Whether two sheets' names say two parts of one thing, whatever else they say: 线上汇总 | 线下汇总, 5月 | 6月."""
    said = [fold(name) for name in sorted(names)]
    months = [_MONTH.findall(name) for name in said]
    families = [[{w for w in family if w in name} for name in said] for family in load_lexicon().part_families]
    is_told = any(all(told) and told[0] != told[1] for told in families)
    return is_told or (all(months) and months[0] != months[1])


def _says_nothing(name: str) -> bool:
    """Whether a sheet's name is a number, or says that it is a copy or the whole: Sheet2, 表1, 表 (2), 副本, 汇总."""
    lex, said = load_lexicon(), fold(name).lower()
    if re.search(lex.copied_sheet_names, said):
        return True
    return re.sub(rf"{lex.plain_sheet_names}|[\W\d_]", "", said) == ""
