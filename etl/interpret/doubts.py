"""Words beside figures which say that they may not be this campaign's, not settled, or counted in another scale."""

from __future__ import annotations

import re
from functools import lru_cache

from etl.interpret.lexicon import load_lexicon
from etl.interpret.times import is_earlier

_LONGEST_LIMIT = 24  # letters of a line that says no more than of which part figures are
# What a made-up submission says of itself on each page.
SAMPLE_MARK = "示例数据：由程序合成，非真实填报 · Sample data: synthetic, not a real submission"
# 人次单位均为百, 人次以万计, 单位：万人次; never 3.2万人次.
_SCALE = re.compile(
    r"(?:单位|[以按]|均为|均以|人次?:)[^\d,.;]{0,6}?\"?[百千万亿]\"?(?:人次|人|次|场|条|计|为单位|$|(?=[,.;)\]\"]))"
)
_SCALE_OF_FIGURES = re.compile(
    r"(?:单位|[以按]|均为|均以|人[次数]?(?:均|都|已)?(?:折算|换算|折合)?[:为是成])[^\d,.;]{0,6}?\"?[百千万亿]\"?(?:人次|人|次|场|条)?(?:计[数算]?|为单位|统计)?"
    r"(?=$|[,.;)\]\"/])"
)
_OTHER_MONTHS = re.compile(r"(?<!\d)(?:\d{1,2}月?[-~至到])?(?:[1-4]|0[1-4]|[89]|1[0-2])月份?(?:的?数|期间|$|[,;.)])")


def casts_doubt(words: str) -> bool:
    """Whether folded words in a cell of answers do: 以上为去年数据, 样表, 人次以万计; not 按照计划开展."""
    return says_scale(words) or _is_told(words, load_lexicon().doubt_lines)


def takes_figures_back(line: str, year: int | None = None) -> bool:
    """Whether a folded line beside a form does, where any word of a plan, a correction or another time tells: 应为350, 计划, 2021年."""
    is_told = _is_told(line, _words()) or _OTHER_MONTHS.search(line) is not None
    return says_scale(line) or is_told or is_earlier(line, year) or limits_figures(line, year)


def limits_figures(words: str, year: int | None = None) -> bool:
    """Whether a folded line as a whole, or what it has in brackets, says that figures are a part of what is asked or another
    year's than `year`: 第一周, 仅为区级数据, 累计数(1-6月), 2020年数据."""
    pieces = (words, *re.findall(r"\(([^()]+)\)", words))
    return any(len(p) <= _LONGEST_LIMIT and (_limit().fullmatch(p) or _is_of_other_year(p, year)) for p in pieces)


def _is_of_other_year(words: str, year: int | None) -> bool:
    said = re.fullmatch(
        r"(?:以[上下]|本表)?(?:数据|均)?(?:为|是|系)?(20[012]\d)年度?的?(?:数据|数字|数|情况|统计)", words
    )
    return said is not None and year is not None and int(said.group(1)) != year


@lru_cache(maxsize=1)
def _limit() -> re.Pattern[str]:
    lex = load_lexicon()
    months = r"\d{1,2}月?[-—~至到]\d{1,2}月份?"
    part = "|".join(sorted(map(re.escape, lex.part_periods), key=len, reverse=True))
    only = f"(?:{lex.only_words})[^,;.\\d]{{1,10}}"
    before = r"\(?(?:[备说]?[注明]:)?(?:以[上下]|上述|本表|表中)?(?:数据|数字|数)?(?:均|都)?(?:为|是|系)?"
    return re.compile(
        rf"{before}(?:{part}|累计数?|{months}|{only})(?:的?(?:数据|数字|数|情况|统计|累计))*(?:\({months}\))?\)?[.;,]?"
    )


def says_scale(words: str) -> bool:
    """Whether folded words say that figures are counted in hundreds or ten thousands."""
    return _SCALE.search(words) is not None


def tells_scale(words: str) -> bool:
    """Whether a folded clause says so of a kind of figures, and of no deed: 单位:万人次, 人次均为万人次; not 以百场宣讲."""
    return _SCALE_OF_FIGURES.search(words) is not None


def _is_told(words: str, told: str) -> bool:
    """Whether one of the alternatives stands in words and is no part of harmless ones: 计划 in 按照计划, 模拟数 in no 模拟演练."""
    said = [m.span() for m in re.finditer(told, words)]
    harmless = [m.span() for m in re.finditer(load_lexicon().harmless, words)] if said else []
    return any(not any(a < start < b or (a == start and end <= b) for a, b in harmless) for start, end in said)


@lru_cache(maxsize=1)
def _words() -> str:
    """The longer words of doubt, plans and corrections; one letter alone (应, 拟, 原) says too little in a line of its own."""
    lex = load_lexicon()
    told = f"{lex.not_done}|{lex.not_yet}|{lex.cancelled}|{lex.amends}|{lex.remark_doubts}|{lex.no_report}".split("|")
    return "|".join(sorted({w for w in told if len(w) > 1}, key=len, reverse=True))
