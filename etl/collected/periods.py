"""Rows of another year, week or of plans: 2020 above 2021, 计划 above 完成, told by a column that says nothing else."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from etl.collected.layout import Layout
from etl.document import CellValue, Sheet
from etl.extract.squeeze import squeeze_text
from etl.interpret.lexicon import load_lexicon

_YEAR = re.compile(r"(20[012]\d)(?:年度?)?")
_REACH = 3  # columns behind the names


def other_periods(sheet: Sheet, layout: Layout, year: int) -> Mapping[int, str]:
    """Row -> the word that says it is not of this campaign; empty where no column tells periods apart."""
    rows = [u.row for u in layout.rows]
    width = len(sheet.rows[0]) if sheet.rows else 0
    for column in range(min(width, layout.name_column + 1 + _REACH)):
        if column == layout.name_column:
            continue
        said = {r: _word(sheet.rows[r][column]) for r in rows}
        kinds = {r: _kind(word, year) for r, word in said.items()}
        if all(kinds.values()) and len(set(kinds.values())) > 1:
            return {r: said[r] for r, kind in kinds.items() if kind == "other"}
    return {}


def without_rows(layout: Layout, left_out: Mapping[int, str]) -> Layout:
    """The layout without some rows, their numbers in no total either."""
    totals = tuple(replace(t, rows=tuple(r for r in t.rows if r not in left_out)) for t in layout.totals)
    return replace(layout, rows=tuple(u for u in layout.rows if u.row not in left_out), totals=totals)


def _word(value: CellValue) -> str:
    return str(int(value)) if isinstance(value, float) else squeeze_text(str(value or ""))


def _kind(word: str, year: int) -> str:
    """`this` or `other` period; '' for anything else."""
    lex = load_lexicon()
    if match := _YEAR.fullmatch(word):
        return "this" if int(match.group(1)) == year else "other"
    return "this" if word in lex.this_period | lex.so_far else "other" if word in lex.other_period else ""
