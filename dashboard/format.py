"""Numbers and missing marks in words, the Chinese or the English way. Rounds once, at display."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from dashboard.records import Lang
from dashboard.texts import has_text
from dashboard.texts import text as words

NOTHING: Final = "—"
MINUS: Final = "−"
UNITS: Final = {"zh": (10**4, 10**8), "en": (10**3, 10**6, 10**9)}
FULL_BELOW: Final = 10_000
UNIT_CHANGE: Final = "\u2192"  # 条→个
SIGNIFICANT: Final = 4  # digits of a short number at most,
LEAST_STEP: Final = {"zh": 3, "en": 2}  # and one behind the point of the smallest unit: 3.4万, 34.2k


def round_half_up(value: float, digits: int) -> Decimal:
    """Commercial rounding of the shortest decimal that prints as the value."""
    return Decimal(repr(float(value))).quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)


def trim(number: Decimal) -> str:
    """Thousands separators, no trailing zeros behind the point."""
    text = f"{number:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def plain(value: float | None, digits: int = 1) -> str:
    """The number in full with thousands separators; nothing is "—"."""
    return NOTHING if value is None else trim(round_half_up(value, digits)).replace("-", MINUS)


def compact(value: float | None, lang: Lang) -> str:
    """592.9万, 1.14亿, or 5.929M, 114M: English is as precise as Chinese; below 10,000 in full. Nothing is "—"."""
    if value is None:
        return NOTHING
    size = abs(value)
    if round_half_up(size, 1) < FULL_BELOW:
        return plain(value, 0 if size >= 100 else 1)
    shown = round_half_up(size, -max(LEAST_STEP[lang], Decimal(repr(float(size))).adjusted() - SIGNIFICANT + 1))
    steps = zip(UNITS[lang], words(lang, "number.suffixes").split(), strict=True)
    unit, suffix = max(step for step in steps if step[0] <= shown)
    return (MINUS if value < 0 else "") + trim(shown / unit) + suffix


def percent(value: float | None, digits: int = 1) -> str:
    """92.4%; nothing is "—". The value is in percent, not a share."""
    return NOTHING if value is None else f"{plain(value, digits)}%"


def signed(text: str, value: float) -> str:
    """The text with a plus before a rise; falls carry their minus already, no change has no sign."""
    return f"+{text}" if value > 0 and any(char in "123456789" for char in text) else text


def signed_percent(value: float | None) -> str:
    """+12.3%, −4.1%, 0%; below 0.05 in size still with a sign of its direction."""
    if value is None:
        return NOTHING
    if value and abs(value) < 0.05:
        return "<+0.1%" if value > 0 else f">{MINUS}0.1%"
    return signed(percent(value), value)


def signed_compact(value: float | None, lang: Lang) -> str:
    """+2.1万, −8,489; nothing is "—"."""
    return NOTHING if value is None else signed(compact(value, lang), value)


def signed_points(value: float | None, lang: Lang) -> str:
    """+3.1 个百分点 / +3.1 percentage points."""
    if value is None:
        return NOTHING
    return words(lang, "number.points", value=signed(plain(value), value))


def qualified(text: str, qualifier: str, lang: Lang) -> str:
    """The number with its mark: 486.3万+, 约5万. Nothing is "about 0": a nought that is no sure one is to be confirmed."""
    if text == "0" and qualifier == "approx":
        return words(lang, "qualifier.zero")
    return marked(text, qualifier, lang)


def marked(text: str, qualifier: str, lang: Lang) -> str:
    """A number, or the format of one, with the qualifier's mark."""
    if text == NOTHING:
        return text
    key = f"qualifier.mark.{qualifier}"
    return words(lang, key, value=text) if has_text(key) else text


def state_mark(state: str, lang: Lang) -> str:
    """The word for a missing value; an unknown state is shown by its own name, never as zero."""
    key = f"state.mark.{state}"
    return words(lang, key) if has_text(key) else state


# A table's cell and its blank, or a paragraph, as a release writes places.
CELL_PLACE: Final = re.compile(r"(?:\u9875(\d+))?\u8868(\d+)\u884c(\d+)\u5217(\d+)(?: \u7a7a(\d+))?")
PARAGRAPH_PLACE: Final = re.compile(r"\u6bb5(\d+)")
# Where a scanned cell lies on its page: for finding its picture, not for reading.
_ON_SCAN: Final = re.compile(r" ?\u6846\d+:[\d,]+")
CELL_NAMES: Final = ("page", "table", "row", "column", "blank")


def place_words(place: str, lang: Lang) -> str:
    """A place in a file in the reader's language; sheets, cells and file names stay as they are."""
    place = _ON_SCAN.sub("", place)
    if lang == "zh":
        return place
    if found := CELL_PLACE.fullmatch(place):
        pairs = zip(CELL_NAMES, found.groups(), strict=True)
        return " ".join(words(lang, f"place.{name}", n=number) for name, number in pairs if number)
    if found := PARAGRAPH_PLACE.fullmatch(place):
        return words(lang, "place.paragraph", n=found[1])
    return place


def read_number(value: float | None, qualifier: str, place: str, lang: Lang) -> str:
    """A number read from a file with its mark; a nought that OCR read says so: 0（OCR，待确认）."""
    if value == 0 and qualifier == "approx" and _ON_SCAN.search(place):
        return words(lang, "qualifier.zero.ocr")
    return qualified(plain(value), qualifier, lang)


def with_unit(number: str, unit: str, lang: Lang) -> str:
    """A number and its unit: 338.8万人次, 5,161+ 条; 3,388k person-times. A unit that changed stands apart: +340（条→个）."""
    if UNIT_CHANGE in unit:
        return words(lang, "unit.changed", number=number, unit=unit)
    return f"{number}{unit}" if lang == "zh" and number[-1:].isalnum() else f"{number} {unit}"


def value_text(value: float | None, unit: str, lang: Lang) -> str:
    """A measure's value in short form, percent sign included when the unit is percent."""
    return percent(value) if unit == "%" else compact(value, lang)


def day(value: date | datetime | None) -> str:
    """2022-07-01; nothing is "—"."""
    return NOTHING if value is None else value.isoformat()[:10]


def long_day(value: date, lang: Lang) -> str:
    """2022年7月1日; 1 Jul 2022."""
    month = words(lang, "month.names").split()[value.month - 1]
    return words(lang, "date.full", year=value.year, month=month, day=value.day)


def inner_quotes(text: str, lang: Lang) -> str:
    """A name that is to stand in quotation marks: its own become single ones."""
    return text.replace("\u201c", "\u2018").replace("\u201d", "\u2019") if lang == "zh" else text
