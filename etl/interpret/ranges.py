"""A number from … to …: two numbers that say one count."""

from __future__ import annotations

import re

from etl.interpret.core import read_core
from etl.interpret.lexicon import Lexicon
from etl.interpret.numerals import SCALES, parse_numeral
from etl.interpret.reading import REPORTED, Reading, withheld


def said_range(compact: str, lex: Lexicon) -> Reading | None:
    """3-5, 30～40人次: from low to high, without a value; None when the text says no range."""
    match = re.fullmatch(rf"(?:{lex.before})?(.+?)({lex.units})?(?:[-~—至到]+)(.+?)({lex.units})?(?:之间)?", compact)
    if not match:
        return None
    left, right = read_core(match.group(1), lex), read_core(match.group(3), lex)
    if left is None or right is None or left.value is None or right.value is None:
        return None
    low, high = left.value, right.value
    scale = re.search(r"[万亿千]$", match.group(3))
    if scale and not re.search(f"[{SCALES}]$", match.group(1)) and low < high:
        scaled = parse_numeral(match.group(1) + scale.group(0))
        low = scaled.value if scaled and scaled.value <= high else low
    if low > high:
        return withheld("unreadable")
    return Reading(REPORTED, None, "range", float(low), float(high), flags=("range",))
