"""A sheet that speaks for one unit: whose it is, and its list of blanks with one column of answers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from etl.catalog.model import Unit
from etl.collected.sheet.layout import NO_UNIT, has_numbers, is_note, is_total
from etl.collected.sheet.times import time_told, with_digits
from etl.document import CellValue, Sheet
from etl.extract.squeeze import squeeze_text
from etl.interpret.lexicon import load_lexicon
from etl.resolve import Resolution, Resolver

_UNIT_LINE = re.compile(r"填报(?:单位|地区|部门)(?:\([^()]{0,10}\))?[:]?(.*)")
# What else stands in that line, and no part of the name.
_BEHIND = re.compile(r"(?:填报|填表|报送|上报)(?:日期|时间|人)|联系(?:人|电话)|负责人|审核人|\(?盖章\)?")
_TITLE = 60
_LINES = 6  # that may say whose a sheet is
_BEFORE_TITLE = re.compile(r"20\d\d|[\"《(]|安全|统计|汇总|情况")
_NO_ANSWER = re.compile(
    "得分|分值|分数|权重|评分|标准分|排名|名次|(?:年度|全年)?(?:目标|任务)(?:任务)?(?:数|值|量|分解)?|(?:同比|环比)?增减(?:数|率|[(]%[)])?"
)
RECENT = frozenset({"本月", "当月", "本周", "当周"})


def unit_of_line(row: Sequence[CellValue], resolver: Resolver) -> Resolution:
    """The unit a row names behind 填报单位：, in the same cell or the next; unresolved when it names none."""
    for c, value in enumerate(row):
        match = _UNIT_LINE.fullmatch(squeeze_text(value)) if isinstance(value, str) and "填报" in value else None
        if match is None:
            continue
        said = _BEHIND.split(match.group(1))[0] or next(
            (str(v) for v in row[c + 1 :] if v is not None and str(v) != value), ""
        )
        found = resolver.resolve(said)
        if found.unit_id:
            return found
    return NO_UNIT


def unit_of_sheet(sheet: Sheet, resolver: Resolver) -> Resolution:
    """The unit a sheet is about: said in a line above the table, else its name, else a line that is but a unit's name, else
    its title (万州区2021年…统计表)."""
    first = [r for r in sheet.rows if any(v is not None for v in r)][:6]
    alone = [str(next(v for v in row if v is not None)) for row in first if len({v for v in row if v is not None}) == 1]
    said = [*(unit_of_line(row, resolver) for row in first), *map(resolver.resolve, [sheet.name, *alone])]
    titled = (resolver.unit(resolver.search(t).unit_id or "") for t in alone[:2] if len(t) < _TITLE)
    said += [resolver.resolve(unit.name) for unit in titled if unit]
    return next((u for u in said if u.unit_id and (u.name not in alone or resolver.unit(u.unit_id))), NO_UNIT)


def unit_of_file(sheet: Sheet, source_name: str, resolver: Resolver) -> Unit | None:
    """The unit that a file's own name, or else a folder it lies in, gives; None where the sheet's tab, its title or a 填报单位 line names
    somebody else (区教委, 高笋塘街道), who is not the whole unit."""
    lines = [row for row in sheet.rows if any(v is not None for v in row)][:_LINES]
    said = ("".join(squeeze_text(v) for v in row if isinstance(v, str)) for row in lines)
    if any((match := _UNIT_LINE.match(v)) and _BEHIND.split(match[1])[0].strip("_:") for v in said):
        return None
    titles = [sheet.name, *(t for row in lines if len({*row} - {None}) == 1 for t in row if isinstance(t, str))]
    if any(resolver.names_office(_BEFORE_TITLE.split(squeeze_text(title))[0]) for title in titles):
        return None
    return resolver.unit(resolver.search_path(source_name).unit_id or "")


def with_unit_as_head(sheet: Sheet, unit: Unit, year: int = 0) -> Sheet | None:
    """The sheet with its unit's name above the one column of answers, so that it reads as a turned table; None when it has none."""
    for r, row in enumerate(sheet.rows[:12]):
        columns = _answers(row, year)
        if len(columns) != 1 or not _is_answered(sheet, r, columns[0], year):
            continue
        rows = [list(x) for x in sheet.rows]
        rows[r][columns[0]] = unit.name
        for above in rows[:r]:
            # The unit's line above the table would be another column of units.
            above[:] = [None for _ in above]
        return replace(sheet, rows=tuple(tuple(x) for x in rows))
    return None


def _answers(row: Sequence[CellValue], year: int) -> list[int]:
    """The columns of answers that a row of heads names: 完成数, 2022年; of 本月 and 累计 the latter."""
    lex, words = load_lexicon(), {c: with_digits(v) for c, v in enumerate(row) if isinstance(v, str)}
    heads = lex.answer_headers | lex.this_period
    answers = [c for c, w in words.items() if _plain_head(w, year) in heads or time_told(w, year) == "this"]
    so_far = [c for c, w in words.items() if w in lex.so_far]
    return so_far if len(so_far) == 1 and all(words[c] in RECENT for c in answers) else answers


def _plain_head(word: str, year: int) -> str:
    """A head without this campaign's year: 2022年完成数."""
    return re.sub(f"^{year}年度?", "", word)


@lru_cache(maxsize=1)
def _other_times() -> re.Pattern[str]:
    return re.compile("|".join(sorted(map(re.escape, load_lexicon().other_period), key=len, reverse=True)))


def is_other_time(name: str, year: int = 0) -> bool:
    """Whether a head says that what stands below it is of another time, a plan or no count: 去年数量, 计划数, 上年同期, 得分."""
    word = _plain_head(with_digits(name), year)
    if _NO_ANSWER.fullmatch(word) or word in RECENT:
        return True
    if year and (
        time_told(word, year) == "other" or re.match(rf"(?!{year})20\d\d年?度?(?:数|值|完成|实际|情况|$)", word)
    ):
        return True
    mark = _other_times().match(word)
    return mark is not None and (word[mark.end() :].strip("()数值量%增减") in ("", "指标", "完成"))


def _is_answered(sheet: Sheet, head: int, column: int, year: int) -> bool:
    """Whether numbers stand in this column only, beside those of another time or of a plan (去年数量)."""
    lex = load_lexicon()
    aside = {
        c
        for c, v in enumerate(sheet.rows[head])
        if isinstance(v, str) and (is_other_time(v, year) or squeeze_text(v) in lex.remark_headers)
    }
    others = [
        v
        for x in sheet.rows[head + 1 :]
        for c, v in enumerate(x)
        if c > column
        and c not in aside
        and isinstance(v, float)
        and not is_note(str(x[0] or ""))
        and not is_total(str(x[0] or ""))
    ]
    return not others and any(has_numbers(x, column - 1) for x in sheet.rows[head + 1 :])
