"""One cell of a collected table -> what it says for its blank, under a head in 万 too."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal, InvalidOperation

from etl.catalog.model import Indicator
from etl.document import CellValue
from etl.extract.squeeze import squeeze_text
from etl.facts import interpret, interpret_whole
from etl.interpret.count import Typed
from etl.interpret.reading import Reading, withheld
from etl.interpret.times import is_earlier, without_comparison
from etl.resolve import Resolver

_OWN_SCALE = re.compile(r"[百千万亿]|\d\s*[wWkKｗＷｋＫ]")
_HAN, _NOTE = re.compile("[\u4e00-\u9fff]"), re.compile(r"\(([^()]+)\)")
_OWN_NOTE = re.compile("(?<=\\d)\\s*[(（]([\u4e00-\u9fff]{2,12})[)）]\\s*$")
_BARE = re.compile(r"(?:\d{1,3}(?:[,，]\d{3})+|\d{4,})(?:\.\d+)?")
_TIMES, _NOBODY = 10, 1e8
_FEW, _LONG = 1e5, 1e9  # ten digits are no plain count any more
# 3 100, as a thousand is parted; 1 2, digits spread over a cell's width. 350 120 may as well be two numbers.
_GROUPED = re.compile(r"\s*(?:\d{1,2}\s\d{3}|\d(?: \d)+)\s*")
_NUMBERS = re.compile(r"\s*\d[\d,，.]*(?:\s+\d[\d,，.]*)+\s*")  # 350 120 in one cell of a table


def read_cell(indicator: Indicator, value: CellValue, scale: int) -> tuple[Reading, str]:
    """One cell of a collected table. `scale` is 10,000 under a header in 万."""
    if type(value) is float and scale == 1 and indicator.kind == "count" and 0 <= value < _LONG and value.is_integer():
        raw = str(int(value))
        return interpret_whole(indicator, raw), raw
    if value is None:
        return interpret(indicator, Typed("")), ""
    if isinstance(value, date):
        raw = value.isoformat()[:10]
        if indicator.kind == "text":
            return interpret(indicator, Typed(raw)), raw
        return withheld("date_in_number", proposal=f"{value.month}-{value.day}"), raw
    if isinstance(value, bool):
        raw = "是" if value else "否"
        return (interpret(indicator, Typed(raw)) if indicator.kind == "flag" else withheld("unreadable")), str(
            value
        ).upper()
    raw = _plain_number(value) if isinstance(value, float) else value
    if indicator.kind == "flag" and raw.strip() in ("1", "0"):
        return interpret(indicator, Typed("是" if raw.strip() == "1" else "否")), raw
    if indicator.kind == "count" and _NUMBERS.fullmatch(raw) and not _GROUPED.fullmatch(raw):
        return withheld("two_values", proposal=" / ".join(raw.split())), raw
    if scale != 1 and indicator.kind == "count":
        return _scaled(indicator, raw, scale), raw
    return interpret(indicator, Typed(raw)), raw


def few_digits(value: CellValue) -> str:
    """A stored whole number of five digits at most, as most answers are; '' for anything else."""
    return str(int(value)) if type(value) is float and 0 <= value < _FEW and value.is_integer() else ""


def _plain_number(value: float) -> str:
    return str(int(value)) if value == int(value) and abs(value) < 1e15 else repr(value)


def _scaled(indicator: Indicator, raw: str, scale: int) -> Reading:
    """A cell under a header in 万: the number times 10,000, whatever way it is typed. 0: the scale is not clear."""
    if scale == 0:
        reading = interpret(indicator, Typed(raw))
        return reading if not reading.value else withheld("scale_unclear", proposal=raw)
    try:
        number = Decimal(squeeze_text(raw).replace(",", "")) * scale
    except InvalidOperation:
        reading = interpret(indicator, Typed(raw))
        if reading.value is None or reading.value == 0 or _OWN_SCALE.search(raw):
            return reading
        return interpret(indicator, Typed(raw + "万"))
    if number != int(number):
        return withheld("non_integer")
    return interpret(indicator, Typed(str(int(number)))).with_flag("rounded")


def is_beyond_people(indicator: Indicator, raw: str, reading: Reading, people: int | None) -> bool:
    """Whether a bare number of four digits and more under a head in 万 comes to more people than can be: many times the unit's
    population, or a hundred million where that isn't known."""
    if "人" not in indicator.unit or not reading.value or not _BARE.fullmatch(raw.strip()):
        return False
    return reading.value > (_TIMES * people if people else _NOBODY)


def without_own_name(value: CellValue, resolver: Resolver, unit_id: str | None) -> CellValue:
    """A cell without the row's own unit in brackets behind its number: 120（万州区）; any other cell as it is."""
    if not isinstance(value, str) or unit_id is None or not _OWN_NOTE.search(value):
        return value
    return _OWN_NOTE.sub(lambda m: "" if resolver.resolve(m.group(1)).unit_id == unit_id else m.group(), value)


def is_of_other(raw: str, reading: Reading, resolver: Resolver, unit_id: str | None, year: int) -> bool:
    """Whether the words beside a number say that it is another year's (120（2020年）) or another unit's (120（渝北区）)."""
    if reading.value is None or raw.isascii() or not _HAN.search(raw):
        return False
    said = squeeze_text(raw)
    if is_earlier(without_comparison(said), year or None):
        return True
    named = (resolver.resolve(note).unit_id for note in _NOTE.findall(said))
    return any(found not in (None, unit_id) for found in named)
