"""A cell's number format: whether it shows a day or a percentage, and what it shows instead of a plain number.

`0"万"` shows a stored 3 as 3万: the number meant is 30,000. `0!.0,"万"` shows a stored 30,000 as 3.0万: the number is what
is stored.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, lru_cache

from etl.interpret.lexicon import load_lexicon

_DATE_IDS = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
_PERCENT_IDS = frozenset({9, 10})
_LITERAL = r'"[^"]*"|[\\!].|\[[^\]]*\]|[_*].'
_DIGITS = r"[0#?.,]+(?:E[+-][0#?]+)?|General|G/通用格式"
_CONDITION = re.compile(r"\[(<=|>=|<>|<|>|=)\s*(-?\d+(?:\.\d+)?)\]")
_SCALES = {10**2: "百", 10**3: "千", 10**4: "万", 10**6: "百万", 10**8: "亿"}
_SCALE_WORD, _LATIN = re.compile("百万|[百千万亿wWkK]"), {"w": "万", "k": "千"}
# What looks on and says nothing: spaces, brackets, marks of a note.
_SILENT = re.compile(r"[\s()（）*＊:：'’,，|]+")
_LONGEST = 255  # characters; the programs allow no more
DATE, PERCENT = "date", "percent"


@lru_cache(maxsize=1024)
def format_kind(number: int, code: str | None) -> str:
    """'date', 'percent', 'words' (see `shown`) or ''. `code` is None for a format that has only its number."""
    code = code[:_LONGEST] if code else code
    bare = re.sub(_LITERAL, "", code or "").lower()
    if number in _DATE_IDS or (code is not None and _is_time(code, bare)):
        return DATE
    if number in _PERCENT_IDS or "%" in bare:
        return PERCENT
    return "words" if code is not None and any(s.says_more for s in _sections(code)) else ""


def _is_time(code: str, bare: str) -> bool:
    """Whether a format shows a day, a weekday (aaaa), a time or a length of time ([ss])."""
    is_told = re.search(r"[ymdhs]|aaa", bare) is not None or re.search(r"\[(?:h+|m+|s+)\]", code.lower()) is not None
    return is_told and "0" not in bare and "#" not in bare and "general" not in bare


def shown(number: float, code: str) -> str | None:
    """What the format shows where that is not just the number or the number with its unit: 3万, 约120, -120, /.

    The number stands in it at full precision; one behind which a scale is shown is divided as the format divides it. What is
    shown so that no number can be told from it (1-20 for 120, 若干) holds the stored number and says so.
    """
    section = _section_for(number, code)
    if section is None or not section.says_more or format_kind(0, code) != "words":
        return None
    said = (section.before + section.behind).strip()
    if number == 0 and said in ("-", "—"):
        return None  # the way programs show a zero of money
    if not section.has_digits:
        return said if number == 0 else f"{_plain(Decimal(repr(number)))}（存疑：显示为“{said}”）"
    if section.between:
        return f"{_plain(Decimal(repr(number)))}（存疑：数字中显示“{section.between}”）"
    own, value = (_plain(Decimal(repr(number)) / by) for by in (1, section.divisor))
    scale, said_scale = _SCALES.get(section.divisor, ""), _SCALE_WORD.search(section.behind)
    if section.divisor == 1:
        return f"{section.before}{own}{section.behind}"
    if not scale or (said_scale and _LATIN.get(said_scale.group().lower(), said_scale.group()) != scale):
        return f"{own}（存疑：显示为“{section.before}{value}{section.behind}”）"
    # What is shown is what is stored, said in ten thousands, so that a head in ten thousands does not raise it once more.
    unit = _SCALE_WORD.sub("", section.behind, count=1)
    return f"{section.before}{_plain(Decimal(own) / 10_000)}万{unit}"


@dataclass(frozen=True)
class _Section:
    """One of a format's sections: for which numbers it is, the words around the digits, and by how much it divides."""

    test: tuple[str, float] | None
    before: str
    between: str
    behind: str
    has_digits: bool
    divisor: int

    @cached_property
    def says_more(self) -> bool:
        """Whether it shows anything but a number, its unit and marks."""
        words = _SILENT.sub("", re.sub(load_lexicon().units, "", self.before + self.between + self.behind))
        return bool(words) or self.divisor != 1

    def holds(self, number: float) -> bool:
        """Whether the section's condition is met; True where it has none."""
        if self.test is None:
            return True
        sign, limit = self.test
        return bool(
            {"<": number < limit, "<=": number <= limit, ">": number > limit, ">=": number >= limit,
             "=": number == limit, "<>": number != limit}[sign]
        )  # fmt: skip


def _section_for(number: float, code: str) -> _Section | None:
    """The section that shows this number; None for a negative one, which is no count however it is shown."""
    sections = _sections(code)
    if number < 0 or not sections:
        return None
    if any(s.test for s in sections[:2]):
        return next((s for s in sections[:3] if s.holds(number)), None)
    return sections[2] if number == 0 and len(sections) > 2 else sections[0]


@lru_cache(maxsize=1024)
def _sections(code: str) -> tuple[_Section, ...]:
    texts = re.findall(rf"(?:{_LITERAL}|[^;])+|(?<=;)(?=;|$)", code[:_LONGEST])
    return tuple(_parse(text) for text in texts)


def _parse(text: str) -> _Section:
    pieces = re.findall(rf"{_LITERAL}|{_DIGITS}|.", text, re.IGNORECASE)
    places = [n for n, p in enumerate(pieces) if re.fullmatch(_DIGITS, p, re.IGNORECASE)]
    condition = _CONDITION.search(text)
    test = (condition.group(1), float(condition.group(2))) if condition else None
    if not places or "@" in pieces:
        return _Section(test, "".join(map(_words, pieces)).replace("@", ""), "", "", "@" in pieces, 1)
    first, last = places[0], places[-1]
    divisor = 10 ** (3 * len(re.search(r",*$", pieces[last]).group()))  # type: ignore[union-attr]
    between = ""
    for n, word in _words_between(pieces, first, last):
        behind = sum(len(re.sub(r"\..*|[^0#?]", "", p)) for p in pieces[n + 1 : last + 1] if p[0] in "0#?.,")
        if word in (".", "．", "点"):
            divisor *= 10**behind
        elif _SCALES.get(10**behind) != word:
            between += word
    before = "".join(map(_words, pieces[:first]))
    return _Section(test, before, between, "".join(map(_words, pieces[last + 1 :])), True, divisor)


def _words_between(pieces: list[str], first: int, last: int) -> Iterator[tuple[int, str]]:
    """The words between the digits of a section: a point, which shifts them, or others; a fraction's stroke is none."""
    for n in range(first + 1, last):
        word = _SILENT.sub("", _words(pieces[n]))
        if word and pieces[n] != "/":
            yield n, word


def _words(piece: str) -> str:
    """The text a piece of a format shows."""
    if piece.startswith('"'):
        return piece[1:-1]
    if piece.startswith("[$"):
        return piece[2:-1].split("-", maxsplit=1)[0]
    if piece[:1] in ("\\", "!") and len(piece) > 1:
        return piece[1:]
    return piece if len(piece) == 1 and (ord(piece) > 0x7E or piece in "-+/$<>~") else ""


def _plain(number: Decimal) -> str:
    """The number without an exponent and without noughts at its end."""
    said = f"{number:f}"
    return said.rstrip("0").rstrip(".") if "." in said else said


def as_shown(number: float) -> float:
    """The number with the fifteen digits that a spreadsheet shows of it: 29 for 28.999999999999996, which =0.29*100 leaves."""
    return number if number.is_integer() else float(f"{number:.15g}")
