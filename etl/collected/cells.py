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
_LONG = 1e9  # ten digits are no plain count any more
_GROUPED = re.compile(r"\s*\d{1,2}\s\d{3}\s*")  # 3 100, as a thousand is parted
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


def is_of_other(raw: str, reading: Reading, resolver: Resolver, unit_id: str | None, year: int) -> bool:
    """Whether the words beside a number say that it is another year's (120（2020年）) or another unit's (120（渝北区）)."""
    if reading.value is None or raw.isascii() or not _HAN.search(raw):
        return False
    said = squeeze_text(raw)
    if is_earlier(without_comparison(said), year or None):
        return True
    named = (resolver.resolve(note).unit_id for note in _NOTE.findall(said))
    return any(found not in (None, unit_id) for found in named)
