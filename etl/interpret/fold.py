"""Folding of widths, quotes and spaces, length-preserving so that places in the folded text are places in the typed one."""

from __future__ import annotations

import re
from functools import lru_cache

_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_SPACES = dict.fromkeys(map(ord, "\u3000\u00a0\u2002\u2003\u2009\u200a\u202f\u2007\u2005\t\r\f\v"), " ")
_QUOTES = dict.fromkeys(map(ord, "“”„‟「」『』﹁﹂＂〝〞"), '"') | dict.fromkeys(map(ord, "‘’‛＇"), "'")
_BRACKETS = {
    ord("﹙"): "(",
    ord("﹚"): ")",
    ord("【"): "[",
    ord("】"): "]",
    ord("〔"): "[",
    ord("〕"): "]",
    ord("［"): "[",
    ord("］"): "]",
    ord("〖"): "[",
    ord("〗"): "]",
}
_PUNCT = {
    ord("﹪"): "%",
    ord("٪"): "%",
    ord("。"): ".",
    ord("、"): ",",
    ord("•"): "·",
    ord("・"): "·",
    ord("‧"): "·",
    ord("∙"): "·",
    ord("⋅"): "·",
    ord("–"): "-",
    ord("−"): "-",
    ord("‐"): "-",
    ord("‑"): "-",
    ord("～"): "~",
    ord("〜"): "~",
    ord("∼"): "~",
}
_FOLD: dict[int, int | str] = {**_WIDE, **_SPACES, **_QUOTES, **_BRACKETS, **_PUNCT}
_INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad\u202a-\u202e]")


def drop_invisible(text: str) -> str:
    """Text without zero-width marks."""
    return _INVISIBLE.sub("", text)


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Same length as the input: half-width letters, digits and marks, one kind of quote and space."""
    return text.translate(_FOLD)
