"""A cell's number format: whether it shows a day or a percentage, and the words it puts around a number.

`0"万"` shows a stored 3 as 3万: the number meant is 30,000. `0!.0,"万"` shows a stored 30,000 as 3.0万: the number is what
is stored.
"""

from __future__ import annotations

import re
from functools import lru_cache

from etl.interpret.lexicon import load_lexicon

_DATE_IDS = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
_PERCENT_IDS = frozenset({9, 10})
_LITERAL = r'"[^"]*"|[\\!].|\[[^\]]*\]|[_*].'
_MEANING = re.compile(r"[万亿千百十余多约近超逾上%‰]")
_WORDS = re.compile(r"[\u4e00-\u9fff]")
_LONGEST = 255  # characters; the programs allow no more
DATE, PERCENT = "date", "percent"


@lru_cache(maxsize=1024)
def format_kind(number: int, code: str | None) -> str:
    """'date', 'percent', 'words' (see `shown_around`) or ''. `code` is None for a format that has only its number."""
    code = code[:_LONGEST] if code else code
    bare = re.sub(_LITERAL, "", code or "").lower()
    if number in _DATE_IDS or (code is not None and re.search(r"[ymd]", bare) and "0" not in bare and "#" not in bare):
        return DATE
    if number in _PERCENT_IDS or "%" in bare:
        return PERCENT
    return "words" if code is not None and shown_around(code) else ""


@lru_cache(maxsize=1024)
def shown_around(code: str) -> tuple[str, str] | None:
    """The words before and behind a positive number where they change what it says (万, 余, 约, 计划); None where they are
    none, or only a unit."""
    section = re.match(rf"(?:{_LITERAL}|[^;])*", code[:_LONGEST])
    pieces = re.findall(
        rf"{_LITERAL}|[0#?.,]+|General|G/通用格式|.", section.group(0) if section else "", re.IGNORECASE
    )
    places = [n for n, p in enumerate(pieces) if re.fullmatch(r"[0#?.,]+|general|g/通用格式", p, re.IGNORECASE)]
    if not places or pieces[places[-1]].endswith(","):
        # A comma behind the digits divides what is shown; the words belong to that, not to what is stored.
        return None
    before = "".join(_words(p) for p in pieces[: places[0]])
    behind = "".join(_words(p) for p in pieces[places[-1] + 1 :])
    says_more = _MEANING.search(before + behind) or _WORDS.search(re.sub(load_lexicon().units, "", before + behind))
    return (before, behind) if says_more else None


def _words(piece: str) -> str:
    """The text a piece of a format shows."""
    if piece.startswith('"'):
        return piece[1:-1]
    if piece[:1] in "\\!":
        return piece[1:]
    return piece if len(piece) == 1 and ord(piece) > 0x2E7F else ""


def in_words(number: float, around: tuple[str, str]) -> str:
    """The number as its cell shows it, at full precision: 3万."""
    plain = str(int(number)) if number == int(number) and abs(number) < 1e15 else repr(number)
    return f"{around[0]}{plain}{around[1]}"
