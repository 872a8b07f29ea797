"""The numbers of rows and columns that are held back, for the findings that say so: none may vanish unsaid."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from etl.collected.sheet.layout import Layout
from etl.document import CellValue, Sheet
from etl.extract.scale import SCALE
from etl.findings import Finding
from etl.held_facts import held_words
from etl.interpret.lexicon import load_lexicon
from etl.interpret.numerals import NUMERAL_CHARS

PlaceOf = Callable[[int, int], str]
_FIRST = 5  # numbers shown of one column
_SIGNS = "约近超余多+"


def held_numbers(rows: Iterable[Sequence[CellValue]]) -> Mapping[str, str]:
    """The numbers of rows as words of a message; nothing where they hold none."""
    return held_words([n for row in rows for n in _numbers(row)], "basis")


def numbers_of(row: Sequence[CellValue]) -> list[str]:
    """The numbers of a row, as shown."""
    return [*_numbers(row)]


def first_numbers(values: Sequence[CellValue]) -> str:
    """The first few numbers of a column, as shown; '' where it holds none."""
    said = [*_numbers(values)]
    return "、".join(said[:_FIRST]) + ("……" if len(said) > _FIRST else "")


def say_rows(
    rule: str, sheet: Sheet, layout: Layout, left_out: Mapping[int, str], place: PlaceOf, year: int
) -> Finding:
    """That rows are of another time (row -> the word that says so): the words, and their numbers."""
    words = "、".join(sorted(set(left_out.values())))
    held = held_numbers(sheet.rows[r][layout.name_column + 1 :] for r in sorted(left_out))
    return Finding(rule, place(min(left_out), 0), words, str(year), words=held)


def say_left_out(
    sheet: Sheet, layout: Layout, kept: Layout, left_out: Mapping[int, str], place: PlaceOf, year: int
) -> Iterator[Finding]:
    """The same of rows that the table is read without (`kept`): once, and for each unit that has no other row."""
    units = {u.resolution.unit_id for u in kept.rows}
    if left_out:
        yield say_rows("rows_other_period", sheet, layout, left_out, place, year)
    for unit in (u for u in layout.rows if u.row in left_out and u.resolution.unit_id not in units):
        at = place(unit.row, layout.name_column)
        yield Finding("rows_other_period", at, left_out[unit.row], str(year), unit.resolution.unit_id)


def say_columns_aside(
    sheet: Sheet, layout: Layout, told: Mapping[int, str], place: PlaceOf, year: int
) -> Iterator[Finding]:
    """The same of the columns of a turned table (column -> the word that says so), once a word."""
    for word in dict.fromkeys(told.values()):
        columns = [c for c, said in told.items() if said == word]
        held = held_numbers([[row[c] for c in columns] for row in sheet.rows])
        yield Finding("rows_other_period", place(layout.first_row - 1, min(columns)), word, str(year), words=held)


def _numbers(values: Iterable[CellValue]) -> Iterator[str]:
    """Numbers stored as such or typed alone, with a unit or a scale; no words that hold one, no days."""
    for value in values:
        if isinstance(value, float) and not isinstance(value, bool):
            yield f"{value:.15g}"
        elif isinstance(value, str) and _typed(value.strip()):
            yield value.strip()


def _typed(text: str) -> bool:
    units = load_lexicon().units
    number = rf"[(（]?[{_SIGNS}]?(?:\d[\d,，.]*|[{NUMERAL_CHARS}]+)(?:{SCALE})?[{_SIGNS}]*(?:{units})?[%)）]?"
    return len(text) < 20 and re.fullmatch(rf"{number}(?:[(（][^()（）]{{1,10}}[)）])?", text) is not None
