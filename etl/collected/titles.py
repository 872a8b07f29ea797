"""Titles, lines above a table, names of its sheet and file which may say that it is no plain report of this campaign: 初稿, 排名,
another province's, another unit's."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from itertools import islice

from etl.collected.left_over import holds_count, may_be_other
from etl.collected.sheet.layout import MAX_NAME
from etl.collected.sheet.lines import kind_of_line, line_words
from etl.collected.sheet.times import with_digits, years_in
from etl.document import Sheet
from etl.extract.squeeze import squeeze_text
from etl.file_names import names_of_path
from etl.findings import Finding
from etl.interpret.doubts import SAMPLE_MARK, says_scale
from etl.interpret.lexicon import load_lexicon
from etl.resolve import Resolver

_ABOVE = 6
_FEW_LINES, _LONGEST_NOTE = 6, 40  # of a sheet of notes; instructions are longer


def title_doubts(sheet: Sheet, resolver: Resolver, units: Collection[str], year: int) -> Iterator[Finding]:
    """A doubt_line for each such line above the heads and for the sheet's name. `units`: those of the table; one of which a sheet
    or a title of several others speaks is another's.
    """
    said_by_name = is_other_report(sheet.name, resolver, year) or says_scale(squeeze_text(sheet.name))
    if said_by_name or _names_another(sheet.name, resolver, units):
        yield Finding("doubt_line", sheet.name, sheet.name)
    filled = [(r, row) for r, row in enumerate(sheet.rows) if any(v is not None for v in row)]
    for r, row in filled[:_ABOVE]:
        words = line_words(row)
        if not words or any(len(w) < MAX_NAME and resolver.resolve(w).unit_id in units for w in words):
            return
        column = next(c for c, v in enumerate(row) if isinstance(v, str) and v.strip())
        said = " ".join(dict.fromkeys(v.strip() for v in row if isinstance(v, str) and v.strip()))
        if any(may_be_other(w, year) or is_other_report(w, resolver, year) for w in words):
            yield Finding("doubt_line", sheet.place(r, column), said)


def file_doubts(source_name: str, resolver: Resolver, year: int) -> Iterator[Finding]:
    """A doubt_line where a collected file's own name, or a folder it lies in, speaks of another year or month, a plan, an example or
    a scale, or says that it is void."""
    for name in names_of_path(source_name):
        years = years_in(name)
        is_told = may_be_other(name, year) or is_other_report(name, resolver, year) or says_scale(squeeze_text(name))
        if is_told or (years and year not in years):
            yield Finding("doubt_line", source_name, name)


def told_in_notes(sheet: Sheet, year: int) -> Iterator[Finding]:
    """A doubt_line for what a sheet of a few lines without numbers says of the figures on the others: 单位：万人次, 以下为计划数."""
    every = ((r, c, v) for r, row in enumerate(sheet.rows) for c, v in enumerate(row) if v is not None)
    texts = list(islice(every, _FEW_LINES + 1))
    if len(texts) > _FEW_LINES or not all(isinstance(v, str) and len(v) <= _LONGEST_NOTE for _, _, v in texts):
        return
    for r, c, words in texts:
        said = str(words).strip()
        if may_be_other(said, year) or says_scale(squeeze_text(said)):
            yield Finding("doubt_line", sheet.place(r, c), said)
        elif holds_count(said):
            yield Finding("remark_number", sheet.place(r, c), said)


def is_other_report(words: str, resolver: Resolver, year: int) -> bool:
    """Whether a title or a name says that its table compares, ranks, plans, is a draft, an example or another province's."""
    lex, said = load_lexicon(), squeeze_text(words.replace(SAMPLE_MARK, ""))
    told = re.search(f"{lex.title_doubts}|{lex.no_report}", said)
    # A month or a year in it is told elsewhere: a later month is when a table was made.
    is_line = not re.search(r"\d", with_digits(said)) and kind_of_line(said, year) == "other"
    return told is not None or is_line or _names_other_province(said, resolver)


def _names_other_province(said: str, resolver: Resolver) -> bool:
    """Whether another province is named (四川省…, 四川), and this jurisdiction's own is not."""
    provinces, own = load_lexicon().provinces, resolver.jurisdiction
    home = provinces.get(own.unit_id[:2], "")
    if not home or home in said or own.name_zh in said or any(word in said for word in own.words):
        return False
    return any(re.match(rf"{name}(?:省|市|壮族|维吾尔|回族|自治区|20\d\d|$)", said) for name in provinces.values())


def _names_another(name: str, resolver: Resolver, units: Collection[str]) -> bool:
    """Whether a name is a unit's that does not stand in a table of several."""
    found = resolver.resolve(name).unit_id
    return len(units) > 1 and found is not None and resolver.unit(found) is not None and found not in units
