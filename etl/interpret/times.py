"""Of which year a number is said to be."""

from __future__ import annotations

import re

from etl.interpret.lexicon import load_lexicon

# 1月至6月, 1-6月, 一至六月, 上半年, 一季度: more than the month of the campaign, which may begin in May, or another one: 8月份; 今年以来, 前六个月, 半年来.
_OTHER_MONTHS = re.compile(
    r"(?<![\d.])(?:[1-4]|0[1-4]|元)月?份?(?:\d{1,2}日)?[-~—至到](?:20\d\d年)?\d{1,2}月|(?<![\d.])[1-4][.]\d{1,2}[-~—至到]\d{1,2}[.]"
    r"|(?<!十)[元一二三四]月?份?[-~—至到][四五六七八九]月|(?<![\d.])20\d\d[.年](?:[1-4]|0[1-4])月?[-~—至到](?:20\d\d[.年])?\d{1,2}|前[\d一二三四五六七八九]{1,2}个?月|[2-9二三四五六七八九]个月[以来]|半年[以来]|年初[以至]|今年[以至][来今]|上半年|第?[一二三四]季度|[近过]去?[两二三四五]年|(?<![\d.])(?:[1-4]|[89]|1[0-2])月份?(?=[^\d.至到~—-]|$)"
)
_DOTTED = re.compile(r"(?<!\d)20\d\d\.0?[1-4][-~—–至到](?:20\d\d\.)?\d{1,2}(?![\d.])")
_YEARS = re.compile(r"(?<!\d)(20[012]\d)年")


def is_earlier(words: str, year: int | None) -> bool:
    """Whether folded words say that a number is another year's: 去年, 2021年 and not the campaign's `year` as well."""
    if re.search(rf"(?:{load_lexicon().earlier_times})(?!同期比|同?期?相比)", words):
        return True
    years = {int(y) for y in _YEARS.findall(words)} if year is not None else set()
    return bool(years) and year not in years


_COMPARED = re.compile(r"(?:较|比|与|同)(?:去年|上年|20\d\d年)")


def without_comparison(text: str) -> str:
    """The text without the words that compare with another year: 1200（较去年增长20%） is this year's."""
    return _COMPARED.sub("", text)


def tells_other_months(words: str) -> bool:
    """Whether folded words say that a number counts other months than the campaign's, or more of them: 1月至6月, 上半年, 8月份."""
    return _OTHER_MONTHS.search(words) is not None


def tells_dotted_months(words: str) -> bool:
    """The same of months written with dots, whose words end at none: 2021.1-2021.6."""
    return _DOTTED.search(words) is not None
