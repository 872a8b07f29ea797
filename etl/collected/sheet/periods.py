"""Figures of another year, week or of plans: told by a column's cells (2020 above 2021, 计划 above 完成), a sheet's name or a title."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import lru_cache

from etl.collected.sheet.layout import Layout, is_note
from etl.collected.sheet.lines import line_words, told_by_lines
from etl.collected.sheet.numbering import is_hint_row
from etl.collected.sheet.one_unit import RECENT, is_other_time
from etl.collected.sheet.taken_back import taken_back
from etl.collected.sheet.times import time_told
from etl.document import CellValue, Sheet
from etl.extract.squeeze import squeeze_text
from etl.interpret.lexicon import load_lexicon

_DAY = re.compile(r"(20[012]\d)[-/.年]\d.*")
_IS_YEAR = re.compile(r"(?:20[012]\d|\d\d年|二[〇零○])")
_VOID = re.compile("[(\\[]?(?:[本此该]行)?(?:数据)?已?作废[)\\]]?[。.!]?")


def told_periods(sheet: Sheet, layout: Layout, year: int) -> Mapping[int, tuple[str, str]]:
    """Row -> (`other` or `part`, the word that says it is not of this campaign, or a part of its time); empty where no column tells.

    A column with a head like 年度 or 填报日期 speaks for each of its rows; one without only where all its cells tell a time.
    """
    rows = [u.row for u in layout.rows] + [r for r, _ in layout.unresolved]
    width = len(sheet.rows[0]) if sheet.rows and rows else 0
    found = _below_parts(sheet, layout) | taken_back(sheet, layout, year) | _below_lines(sheet, layout, year)
    for r in rows:
        # A row that was taken back is none of this campaign's either.
        void = [w for v in sheet.rows[r] if isinstance(v, str) and _VOID.fullmatch(w := squeeze_text(v))]
        found |= {r: ("other", void[0])} if void else {}
        # Of a turned table, the figures of another time beside a unit's.
        name = sheet.rows[r][layout.name_column]
        found |= {r: ("other", _word(name))} if isinstance(name, str) and is_other_time(name, year) else {}
    for column in (c for c in range(width) if c != layout.name_column):
        tells_time, tells_day = _heads(sheet, layout, column)
        values = {r: sheet.rows[r][column] for r in rows}
        told = (isinstance(v, str) and kind_of(v, year, has_months=True) != "" for v in values.values())
        if not (tells_time or tells_day) and not (tells_time := all(told)):
            continue
        kinds = {r: kind_of(v, year, has_months=tells_time) for r, v in values.items()}
        found |= {r: (kind, _word(values[r])) for r, kind in kinds.items() if kind in ("other", "part")}
        found |= {r: ("other", _word(values[r])) for r in _beside_so_far(layout, values, year)}
    return found


def _beside_so_far(layout: Layout, values: Mapping[int, CellValue], year: int) -> Iterator[int]:
    """The rows of a month or a week (6月, 本月) of a unit that has a row for all that was done so far."""
    words = {u.row: (u.resolution.unit_id, _word(values[u.row])) for u in layout.rows}
    whole = {unit for unit, word in words.values() if word in load_lexicon().so_far}
    for r, (unit, word) in words.items():
        if unit in whole and (word in RECENT or time_told(word, year) in ("this", "part")):
            yield r


def _below_lines(sheet: Sheet, layout: Layout, year: int) -> dict[int, tuple[str, str]]:
    """The rows of which a line inside the table says another time or a plan (上年数据, 5月, 二、计划开展, 以上为2021年数)."""
    rows = {u.row for u in layout.rows} | {r for r, _ in layout.unresolved}
    # A line right below the heads was taken for one of them.
    below = range(min(layout.header, default=layout.first_row - 1) + 1, len(sheet.rows))
    lines = [(r, None if r in rows else line_words(sheet.rows[r])) for r in below]
    lines = [(r, words) for r, words in lines if r not in layout.header or words is None or len(words) == 1]
    said = ((r, words) for r, words in lines if words is None or not (any(map(is_note, words)) or is_hint_row(words)))
    told = told_by_lines(said, year)
    return {r: ("other", word) for r, word in told.items()}


def _below_parts(sheet: Sheet, layout: Layout) -> dict[int, tuple[str, str]]:
    """The rows of a further block that a line above or a cell before the names calls a part (线上, 企业) where a unit of it stands
    outside, too: what the block counts of the others is not known either. 其中：企业 is none of the campaign's rows."""
    unit_of = {u.row: u for u in layout.rows}
    word, outside, inside = "", set[str | None](), dict[int, str]()
    for r in range(layout.first_row, len(sheet.rows)):
        if r not in unit_of:
            words = line_words(sheet.rows[r])
            word = (_part_word(words[0]) if len(words) == 1 else "") or word
            continue
        before = () if unit_of[r].department else sheet.rows[r][: layout.name_column]
        said = next((w for w in map(_part_word, before) if w), word)
        if said:
            inside[r] = said
        else:
            outside.add(unit_of[r].resolution.unit_id)
    if not any(unit_of[r].resolution.unit_id in outside for r in inside):
        return {}
    return {r: ("other" if said.startswith("其中") else "part", said) for r, said in inside.items()}


def _part_word(value: CellValue) -> str:
    """The words that call what follows a part of other figures: 线上, 其中：企业; '' where they don't."""
    said = squeeze_text(value).strip("()[]:") if isinstance(value, str) else ""
    return said if said and said.removeprefix("其中").lstrip(":") in _part_words() else ""


@lru_cache(maxsize=1)
def _part_words() -> frozenset[str]:
    return frozenset().union(*load_lexicon().part_families)


def _heads(sheet: Sheet, layout: Layout, column: int) -> tuple[bool, bool]:
    """Whether a column's heads say that its cells tell the time of a row, or the day it was reported."""
    lex = load_lexicon()
    words = {squeeze_text(str(sheet.rows[r][column] or "")) for r in layout.header}
    return not words.isdisjoint(lex.period_heads), not words.isdisjoint(lex.report_day_heads)


def without_rows(layout: Layout, left_out: Mapping[int, str]) -> Layout:
    """The layout without some rows, their numbers in no total either."""
    # The total below another month's rows is that month's.
    kept = [t for t in layout.totals if not t.near or not all(r in left_out for r in t.near)]
    totals = tuple(replace(t, rows=tuple(r for r in t.rows if r not in left_out)) for t in kept)
    return replace(
        layout,
        rows=tuple(u for u in layout.rows if u.row not in left_out),
        totals=totals,
        unresolved=tuple(u for u in layout.unresolved if u[0] not in left_out),
    )


def kind_of(value: CellValue, year: int, *, has_months: bool = False) -> str:
    """`this`, `other` or a `part` of the period, '' for what tells no time. A day before the campaign's year is another's; a later one may be late."""
    if isinstance(value, date):
        return "other" if value.year < year else "this"
    lex, word = load_lexicon(), _word(value)
    if (has_months or not _DAY.fullmatch(word)) and (told := time_told(word, year)):
        return told if has_months or _IS_YEAR.match(word) else ""
    if match := _DAY.fullmatch(word):
        return "other" if int(match.group(1)) < year else "this"
    if word in lex.part_periods:
        return "part"
    return "this" if word in lex.this_period | lex.so_far else "other" if word in lex.other_period else ""


def aside_word(name: str, title: str, year: int) -> str:
    """The word in a sheet's name or caption, or in its title, that says it is no report of this time; '' for none."""
    lex = load_lexicon()
    said = squeeze_text(name)
    if str(year) not in said and not any(w in said for w in lex.this_period):
        for word in sorted({*lex.other_period, *lex.aside_words.split("|")}, key=len, reverse=True):
            if word and (said == word or (len(word) > 1 and said.startswith(word)) or said.endswith(f"({word})")):
                return word
    match = re.search("|".join((lex.no_report, *lex.part_periods)), f"{said}\n{squeeze_text(title)}")
    return match.group() if match else ""


def _word(value: CellValue) -> str:
    if isinstance(value, float):
        return str(int(value)) if value == int(value) else str(value)
    return value.isoformat()[:10] if isinstance(value, date) else squeeze_text(str(value or ""))
