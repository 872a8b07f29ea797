"""What is typed where a number belongs and looks like one, but is none that counts -> Reading."""

from __future__ import annotations

import re

from etl.interpret.core import SCIENTIFIC
from etl.interpret.lexicon import Lexicon
from etl.interpret.numerals import NUMERAL_CHARS, parse_numeral
from etl.interpret.ranges import said_range
from etl.interpret.reading import Reading, withheld

_LETTERS = re.compile(r"(?=.*[OolISBZ|])(?=.*[\d])[\dOolISBZ|]+")
_LETTER_DIGITS = str.maketrans("OolI|SBZ", "00111582")


def refuse_no_number(text: str, lex: Lexicon) -> Reading | None:
    """What looks like a number and is none: percent, negative, ordinal, letters, telephone, error value; a range, as low and high."""
    if "%" in text or "百分之" in text or "‰" in text:
        return withheld("percent_in_count")
    compact = text.replace(" ", "")
    if re.match(r"-[\d.]", compact) or re.match(r"负[\d一二三四五六七八九十]", compact):
        return withheld("negative")
    if re.match(rf"第[\d{NUMERAL_CHARS}]+", compact):
        return withheld("ordinal")
    if compact.startswith("#"):
        return withheld("cell_error")
    if _LETTERS.fullmatch(compact) and not SCIENTIFIC.fullmatch(compact):
        return withheld("letters_for_digits", proposal=compact.translate(_LETTER_DIGITS))
    ocr = re.fullmatch(r"(\d+(?:\.\d+)?)方([余多]?)", compact)
    if ocr:
        guess = parse_numeral(f"{ocr.group(1)}万")
        number = f"{int(guess.value)}" if guess and guess.value == int(guess.value) else ""
        return withheld("ocr_suspect", proposal=f"{number}{'+' if ocr.group(2) else ''}")
    if re.fullmatch(r"1[3-9]\d{9}|0\d{2,6}-?\d{7,8}", compact):
        return withheld("long_digits")
    if re.fullmatch(r"\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?(?:00:00:00)?", compact):
        return withheld("date_in_number")
    return said_range(compact, lex)
