"""What a few words say about time: this campaign's month, another time, or a part of it."""

from __future__ import annotations

import re

from etl.extract.squeeze import squeeze_text

_ANY_YEAR = re.compile(r"(?<!\d)(20[012]\d)(?=\s*年|$|[^\d.])")
_SAID = {sign: str(n % 10) for n, sign in enumerate("〇一二三四五六七八九")} | {"零": "0", "○": "0"}
_CHINESE_YEAR = re.compile(r"二[〇零○][一二][〇零○一二三四五六七八九](?=年)")
_CHINESE_MONTH = re.compile(r"(?<![一二三四五六七八九十第])(十[一二]?|[一二三四五六七八九])(?=月(?!度))")
_SHORT_YEAR = re.compile(r"(?<![\d.])([12]\d)年(?=度|$|\d{1,2}月|数|安)")
_FIRST_MONTH, _OWN_MONTH, _LAST_DAY = 1, 6, 30
_TO = r"(?:[-—–~～至到]+)"
_BEFORE = re.compile(r"^(20[012]\d)(?:年度?|[-/.](?=\d)|(?=(?:0[1-9]|1[0-2])$)|$)(.*)$")
_MONTH = re.compile(r"0?(\d{1,2})(?:月份?)?(?:底|初|末)?")
_MONTHS = re.compile(rf"(\d{{1,2}})月?{_TO}(\d{{1,2}})月份?")
_DAYS = re.compile(rf"(\d{{1,2}})[月.](\d{{1,2}})日?{_TO}(?:(\d{{1,2}})[月.])?(\d{{1,2}})日?")
_PART = re.compile(r"(\d{1,2})月份?(?:[上中下]旬|[上下]半月|第?[一二三四五1-5]周)")
_UNTIL = re.compile(r"(?:截[至止]|截止到?|截至到)(?:20\d\d年)?(\d{1,2})月(?:(\d{1,2})日|底|末)?")
_INSIDE = re.compile(
    rf"截[至止]到?(?:20\d\d年)?\d{{1,2}}月(?:\d{{1,2}}日|底|末)?|\d{{1,2}}月?{_TO}\d{{1,2}}月份?"
    rf"|\d{{1,2}}[月.]\d{{1,2}}日?{_TO}(?:\d{{1,2}}[月.])?\d{{1,2}}日?|(?<!\d)\d{{1,2}}月份?(?:[上中下]旬)?(?![\d日])"
)
_BEHIND_UNIT = re.compile(r"(.+\([^()\d]{1,6}\))(.{2,12})")
_PAPER = re.compile(r"[\[〔(]20\d\d[)\]〕]\d+号")


def with_digits(text: str) -> str:
    """The squeezed text with its years and months in digits: 二〇二一年五月, 21年 -> 2021年5月, 2021年."""
    text = _CHINESE_YEAR.sub(lambda m: "".join(_SAID.get(c, c) for c in m.group()), squeeze_text(text))
    text = _CHINESE_MONTH.sub(lambda m: str(_month(m.group())), text)
    return _SHORT_YEAR.sub(r"20\1年", text)


def _month(said: str) -> int:
    return 10 + int(_SAID.get(said[1:], "0")) if said[0] == "十" else int(_SAID[said])


def years_in(text: str) -> set[int]:
    """The years that a name or a title gives: 2021年…, 汇总2021, 二〇二一年; no decimals."""
    return {int(year) for year in _ANY_YEAR.findall(with_digits(text))}


def time_told(text: str, year: int) -> str:
    """What words that are but a time say: `this`, `other`, a `part` of the time (or more than it); '' where they are none.

    2021年, 五月, 202205, 1-5月, 截至5月31日 are another time; 6月上旬, 6.1-6.15 a part.
    """
    said = with_digits(text)
    if (match := _BEFORE.match(said)) is not None:
        if int(match.group(1)) != year:
            return "other"
        said = match.group(2)
        if not said:
            return "this"
    elif said.isdigit():
        return ""
    if match := _MONTH.fullmatch(said):
        return _of_months(int(match.group(1)), int(match.group(1)))
    if match := _MONTHS.fullmatch(said):
        return _of_months(int(match.group(1)), int(match.group(2)))
    if match := _PART.fullmatch(said):
        return "part" if int(match.group(1)) == _OWN_MONTH else "other"
    if match := _UNTIL.fullmatch(said):
        month, day = int(match.group(1)), int(match.group(2) or _LAST_DAY)
        return "other" if month < _OWN_MONTH else "part" if (month, day) < (_OWN_MONTH, _LAST_DAY) else "this"
    if match := _DAYS.fullmatch(said):
        first, last = int(match.group(1)), int(match.group(3) or match.group(1))
        is_whole = (int(match.group(2)), int(match.group(4))) == (1, _LAST_DAY)
        return "part" if first == last == _OWN_MONTH and not is_whole else _of_months(first, last)
    return ""


def _of_months(first: int, last: int) -> str:
    if not _FIRST_MONTH <= first <= 12 or not _FIRST_MONTH <= last <= 12:
        return ""
    if first == last == _OWN_MONTH:
        return "this"
    return "part" if first <= _OWN_MONTH <= last else "other"


def own_time_off(word: str, year: int) -> tuple[str, str]:
    """A head without the time behind its unit, and what that time is (`this`, `other`, `part`): 问题(个)6月; '' where none stands there."""
    match = _BEHIND_UNIT.fullmatch(word)
    if match is None:
        return word, ""
    said = match.group(2).strip("()")
    kind = "this" if said in ("累计", "累计数", "本月", "当月") else time_told(said, year)
    return (match.group(1), kind) if kind else (word, "")


def tells_other_time(text: str, year: int) -> bool:
    """Whether a title, a note or a sheet's name speaks of another time, or a part of it: 数据时间：2021年6月, （1-5月）, 周报（6.1-6.7）.

    A later month by itself is no such time: it tells when a table was made.
    """
    said = _PAPER.sub("", with_digits(text))
    years = years_in(said)
    if years and year not in years and "年" in said:
        return True
    for piece in _INSIDE.findall(said):
        alone = _MONTH.fullmatch(piece)
        if time_told(piece, year) in ("other", "part") and not (alone and int(alone.group(1)) > _OWN_MONTH):
            return True
    return False
