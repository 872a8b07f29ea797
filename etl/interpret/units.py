"""A unit typed beside a number."""

from __future__ import annotations

import re

from etl.interpret.lexicon import Lexicon
from etl.interpret.numerals import NUMERAL_CHARS


def strip_unit(text: str, unit: str, lex: Lexicon) -> tuple[str, str | None]:
    """The text without a trailing unit, and the rule that says so."""
    match = re.fullmatch(rf"(.*?[\d{NUMERAL_CHARS}余多+wWkK](?:{lex.after})*)({lex.units})((?:{lex.after})*)", text)
    if not match:
        return text, None
    same = same_unit(match.group(2), unit)
    return match.group(1) + match.group(3), "unit_inside" if same else "unit_changed"


def same_unit(typed: str, unit: str) -> bool:
    """Whether a typed unit means the printed one; 人 is not 人次."""
    return typed == unit or typed in unit.split("/") or (unit in ("场", "次") and typed in ("场次", "场/次"))
