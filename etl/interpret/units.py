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
    rule = "unit_inside" if same_unit(match.group(2), unit) else "unit_changed"
    return match.group(1) + match.group(3), rule if is_kin(match.group(2), unit, lex) else "unit_other"


def is_kin(typed: str, unit: str, lex: Lexicon) -> bool:
    """Whether a typed unit counts the same kind of thing as the printed one: 人 for 人次, never 场."""
    return same_unit(typed, unit) or any(typed in kin and unit in kin for kin in lex.unit_kin)


def same_unit(typed: str, unit: str) -> bool:
    """Whether a typed unit means the printed one; 人 is not 人次."""
    return typed == unit or typed in unit.split("/") or (unit in ("场", "次") and typed in ("场次", "场/次"))
