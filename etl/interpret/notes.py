"""A number with a note in brackets or a part named behind it: 8（其中线上3）, 12（万）, 300（线上）200（线下）."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache

from etl.interpret.core import judge_core, read_core
from etl.interpret.lexicon import Lexicon
from etl.interpret.numerals import NUMERAL_CHARS, SCALES, parse_numeral
from etl.interpret.reading import DITTO, NOT_APPLICABLE, NOT_REPORTED, PENDING, ZERO, Reading, withheld
from etl.interpret.states import word_state
from etl.interpret.units import is_kin

Single = Callable[[str], Reading | None]  # one number, None for anything else
Read = Callable[[str], Reading]  # whatever stands outside a note

_NESTED = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_NOTE_BETWEEN = re.compile(
    rf"([\d{NUMERAL_CHARS}余多][^\d()\[\]]{{0,4}})(?:\([^()]*\)|\[[^\[\]]*\])[,.;]?(?=[^\d()\[\]+=]{{0,4}}[\d{NUMERAL_CHARS}])"
)
_DAY = r"\d{1,2}\.\d{1,2}"
_DAYS = rf"{_DAY}日?[-~—至到]{_DAY}日?|截[至止]{_DAY}日?"  # 5.20-6.30
_ALL_DONE = re.compile(r"(?<=[^\d,;()])[,;(](?:均已|全部已?|都已|已全部)[^\d未没不无尚除]{1,10}\)?$")
_NUMBER = re.compile(rf"(?:\d+(?:\.\d+)?[余多]?[{SCALES}]*|[{NUMERAL_CHARS}]+)")


@lru_cache(maxsize=1)
def _change(changes: str, units: str, part_words: str) -> re.Pattern[str]:
    said = rf"(?:{part_words})?[^\d()%,;.]{{0,6}}(?:{changes})[^\d()%,;.]{{0,8}}"
    share, difference = r"\d+(?:\.\d+)?%(?:以上|左右|多)?", rf"(?:较|比|同比|环比|与)[^\d()%,;.]{{1,10}}\d+(?:{units})?"
    return re.compile(
        rf"(?<=[\d{SCALES}余多\u4e00-\u9fff])(?:\((?:{said}{share}|{difference})\)|[,;](?:{said}{share}))$"
    )


def without_remark(text: str, lex: Lexicon) -> str:
    """A count without what is said behind it of its change, its share or its end: 1200人次（较去年增长20%）, 7项，均已整改."""
    rest = _ALL_DONE.sub("", text)
    if rest == text and text[-1:] in "%)上右多":
        rest = _change(lex.changes, lex.units, lex.part_words).sub("", text)
    return rest if re.search(r"\d", rest) else text


def of_which(text: str, lex: Lexicon, single: Single) -> Reading | None:
    """8（其中线上3）, 32，其中挂牌督办12: the whole, said before its parts. A part above its whole is remarked."""
    match = re.match(rf"([^,;:()]+)[,;:(]+(?:{lex.part_words})(.+)", text)
    whole = single(match.group(1)) if match else None
    if match is None or whole is None or whole.value is None or re.search(r"[)\]]\D*\d", match.group(2)):
        return None
    if re.search(f"{lex.cancelled}|{lex.not_done}", re.sub(lex.harmless, "", match.group(2))):
        # 12场（其中1场取消）: eleven or twelve were held; 1200（含计划300）: 900 or 1200.
        return withheld("unreadable", proposal=f"{whole.value:.0f}")
    parts = [parse_numeral(m.group(0)) for m in _NUMBER.finditer(match.group(2)) if re.search(r"\d", m.group(0))]
    is_above = any(p is not None and p.value > whole.value for p in parts)
    return whole.with_flag("text_in_number", *(("part_exceeds_whole",) if is_above else ()))


def with_note(text: str, unit: str, lex: Lexicon, read: Read) -> Reading | None:
    """8（其中线上3）: the number before a bracketed note; `unit` is the printed one."""
    if not _NESTED.search(text):
        return None
    scaled = re.fullmatch(rf"([\d.,余多约近超]+)[(\[]([{SCALES}]+)[)\]]", text)
    if scaled:
        # 12（万）: the scale in a bracket of its own.
        reading = read(scaled.group(1) + scaled.group(2))
        return reading.with_flag("scale_outside") if reading.value is not None else reading
    told = re.fullmatch(r"([^()]+)\(([^()]+)\)", text)
    if told and {*told.groups()} <= lex.zero | {"0"}:
        # 0（无）, 无（0）.
        return Reading(ZERO, 0.0)
    twice = re.fullmatch(rf"(\S+?)[(\[](\S+?)[)\]]((?:{lex.units})?)", text)
    if twice and (same := _said_twice(twice.group(1), twice.group(2), lex)) is not None:
        return same
    outer = text
    while _NESTED.search(outer):
        # 300（线上）200（线下）: what a note parts stays apart.
        outer = _NOTE_BETWEEN.sub(r"\1;", outer) if _NOTE_BETWEEN.search(outer) else _NESTED.sub("", outer)
    if not re.search(rf"[\d{NUMERAL_CHARS}]", outer):
        inner = re.sub(r"[()\[\]]", "", re.sub(r"[)\]][^()\[\]]*[(\[]", ";", text))
        reading = read(inner)
        return reading.with_flag("other_bracket") if reading.value is not None else reading
    reading = read(outer)
    notes = "".join(_NESTED.findall(text))
    if reading.value is None:
        return reading
    said = [note.strip("()[]") for note in _NESTED.findall(text)]
    if outer[-1:].isdigit() and any(word in lex.unit_words and not is_kin(word, unit, lex) for word in said):
        # 120（户） in a blank of 人次; 350人（次） is one word of them.
        return withheld("unit_other", proposal=f"{reading.value:.0f}")
    if any(_takes_back(word, lex) for word in said):
        # 0（未统计）, 120（同上）: two answers.
        return withheld("unreadable", proposal=f"{reading.value:.0f}")
    doubt = f"{lex.not_done}|{lex.cancelled}|{lex.amends}|{lex.doubtful}|{lex.rate}|{lex.remark_doubts}|存疑|不确定|[?]"
    if re.search(doubt, re.sub(lex.harmless, "", notes)) or _is_other_number(notes, lex):
        # 12（未完成）, 100（改为120）: what was typed may not be what was done.
        return withheld("unreadable", proposal=f"{reading.value:.0f}")
    if reading.qualifier == "exact" and re.search(rf"\((?:{lex.estimates})", notes):
        reading = replace(reading, qualifier="approx")
    return reading.with_flag("text_in_number")


def _takes_back(word: str, lex: Lexicon) -> bool:
    """Whether a note says another answer by itself: 未统计, 同上, 无, 未报."""
    reading = word_state(word.lower(), lex)
    return reading is not None and reading.state in (ZERO, PENDING, DITTO, NOT_REPORTED, NOT_APPLICABLE)


def _said_twice(first: str, second: str, lex: Lexicon) -> Reading | None:
    """389（三百八十九）: the same number in two ways of writing."""
    one, other = read_core(first, lex), read_core(second, lex)
    if one is None or other is None or one.value is None or other.value is None:
        return None
    if first.isdigit() == second.isdigit():
        return None
    if one.value != other.value:
        return withheld("two_values", proposal=f"{first} / {second}")
    return judge_core(one)


def _is_other_number(notes: str, lex: Lexicon) -> bool:
    """Whether a note holds a number that is not said to be a part of the whole."""
    lines = "|".join(rf"(?<!\d){line}(?!\d)" for line in lex.hotlines)
    told = re.sub(rf"20\d\d年|\d{{1,2}}月(?:\d{{1,2}}日)?|{_DAYS}|{lines}", "", notes)
    return bool(re.search(rf"[\d{SCALES}]", told)) and not re.search(rf"\((?:{lex.part_words}|{lex.estimates})", notes)
