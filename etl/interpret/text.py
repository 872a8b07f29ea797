"""A text blank: one description, its items counted, nothing turned into numbers."""

from __future__ import annotations

import re

from etl.interpret.fold import drop_invisible, fold
from etl.interpret.lexicon import load_lexicon
from etl.interpret.private import mask_private
from etl.interpret.reading import (
    NOT_APPLICABLE,
    NOT_FILLED,
    PENDING,
    REPORTED,
    SEE,
    UNKNOWN_SIGN,
    ZERO,
    Reading,
    withheld,
)

_ITEM = re.compile(
    r"(?:^|[;；\n。，,、])\s*(?:\(?[1-9]\d?[.、)．](?!\d)|[一二三四五六七八九十]{1,2}、|（[一二三四五六七八九十\d]{1,2}）|\([一二三四五六七八九十\d]{1,2}\))|[①-⑳]"
)


def interpret_text(raw: str) -> Reading:
    """A description as typed. 无 says there is none (explicit zero, no value); a bare number is kept and remarked."""
    lex = load_lexicon()
    text = mask_private(drop_invisible(raw)).strip()
    word = fold(text).replace(" ", "").strip(",.;:()").lower()
    if word in ("", "_", "__"):
        return Reading(NOT_FILLED)
    if word == UNKNOWN_SIGN:
        return withheld("not_a_number")
    if word in lex.zero:
        return Reading(ZERO, text=text)
    for words, state in (
        (lex.not_applicable, NOT_APPLICABLE),
        (lex.pending, PENDING),
        (lex.see, SEE),
        (lex.nothing, NOT_FILLED),
    ):
        if word in words:
            return Reading(
                state, text=None if state == NOT_FILLED else text, flags=(state,) if state in (PENDING, SEE) else ()
            )
    if re.fullmatch(r"[\d.,]+", word):
        return Reading(REPORTED, text=text, flags=("not_a_description",))
    return Reading(REPORTED, text=text)


def count_items(text: str) -> int:
    """How many items a description lists: numbered ones, else the parts between semicolons or lines."""
    numbered = len(_ITEM.findall(text))
    if numbered >= 2:
        return numbered
    parts = [p for p in re.split(r"[;；\n]", text) if len(p.strip(" 。，,")) >= 1]
    return max(1, len(parts))
