"""Dates as clerks write them -> calendar dates."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from etl.interpret.fold import drop_invisible, fold
from etl.interpret.numerals import parse_numeral

_EXCEL_EPOCH = date(1899, 12, 30)
# A time of day behind the date: 2021/7/1 9:00 must not become the 19th.
_CLOCK = re.compile(r"[T\s]+\d{1,2}(?::\d{1,2}){1,2}(?:\.\d+)?\s*(?:[AaPp][Mm])?\s*$")
_CN = "〇零一二三四五六七八九十"


@dataclass(frozen=True)
class DateReading:
    """`day` None: no date (nothing typed, or `rule` says what is wrong)."""

    day: date | None
    rule: str | None = None


def arabic_digits(text: str) -> str:
    """Chinese numerals inside a date as Arabic ones: 二〇二一年七月一日 -> 2021年7月1日."""

    def arabic(match: re.Match[str]) -> str:
        word = match.group(0)
        if "十" not in word:
            return "".join(str("〇一二三四五六七八九".find(c.replace("零", "〇"))) for c in word)
        numeral = parse_numeral(word)
        return str(int(numeral.value)) if numeral else word

    return re.sub(f"[{_CN}]+", arabic, text)


def interpret_date(raw: object, year: int | None) -> DateReading:
    """A typed or stored date; without a year the campaign's year is taken (rule date_without_year)."""
    if isinstance(raw, datetime):
        return DateReading(raw.date())
    if isinstance(raw, date):
        return DateReading(raw)
    typed = _CLOCK.sub("", fold(drop_invisible(str(raw or ""))).strip())
    text = typed.replace(" ", "").strip("_.,;:年月日")
    text_full = arabic_digits(typed.replace(" ", "").strip("_,;:"))
    if text == "":
        return DateReading(None)
    full = re.match(r"(?<!\d)(\d{4})[.年\-/](\d{1,2})[.月\-/](\d{1,2})(?![\d:])日?", text_full) or re.fullmatch(
        r"(20\d\d)(\d{2})(\d{2})", text_full
    )
    if full:
        return _made(int(full.group(1)), int(full.group(2)), int(full.group(3)), None)
    short = re.fullmatch(r"(\d{1,2})[.月\-/](\d{1,2})日?", text_full)
    if short and year:
        return _made(year, int(short.group(1)), int(short.group(2)), "date_without_year")
    serial = re.fullmatch(r"(4\d{4})(?:\.\d+)?", text_full)
    if serial:
        return DateReading(_EXCEL_EPOCH + timedelta(days=int(serial.group(1))))
    return DateReading(None, "bad_date")


def _made(year: int, month: int, day: int, rule: str | None) -> DateReading:
    try:
        return DateReading(date(year, month, day), rule)
    except ValueError:
        return DateReading(None, "bad_date")
