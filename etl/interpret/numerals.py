"""Numerals as written -> exact decimals: Arabic, Chinese, capital, and mixtures with 百 千 万 亿."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

_DIGITS = {
    c: n
    for n, cs in enumerate(["零〇", "一壹幺", "二贰两貳", "三叁參", "四肆", "五伍", "六陆陸", "七柒", "八捌", "九玖"])
    for c in cs
}
_SMALL = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_LARGE = {"万": 10_000, "萬": 10_000, "亿": 100_000_000, "億": 100_000_000}
CN_DIGITS = "".join(_DIGITS)
SCALES = "".join(_SMALL) + "".join(_LARGE)
_TENS = {"廿": "二十", "卅": "三十"}
NUMERAL_CHARS = CN_DIGITS + SCALES + "".join(_TENS)
# Digits as pictures of an order or a power; they say a number, but not surely that of an answer.
ODD_NUMERALS = "①-⒛Ⅰ-ⅿ㈠-㊉²³¹⁰-⁹₀-₉"

_TOKEN = re.compile(rf"(\d+(?:\.\d+)?)|([{CN_DIGITS}])|([{''.join(_SMALL)}])|([{''.join(_LARGE)}])")


@dataclass(frozen=True, slots=True)
class Numeral:
    """`is_mixed`: Arabic digits inside a Chinese numeral (1百23). `is_elliptic`: 三万五, two ways to read it."""

    value: Decimal
    is_mixed: bool
    is_elliptic: bool


def _tokens(text: str) -> list[tuple[str, str]] | None:
    found: list[tuple[str, str]] = []
    end = 0
    for match in _TOKEN.finditer(text):
        if match.start() != end:
            return None
        end = match.end()
        kind = ("arabic", "digit", "small", "large")[(match.lastindex or 1) - 1]
        found.append((kind, match.group(0)))
    return found if end == len(text) and found else None


def parse_numeral(text: str) -> Numeral | None:
    """The number a numeral says; None when it is not one. Thousands marks must be gone; 十二 is 12, 二〇 is 20, 廿三 is 23."""
    tokens = _tokens("".join(_TENS.get(char, char) for char in text))
    if tokens is None:
        return None
    kinds = [k for k, _ in tokens]
    if kinds == ["arabic"]:
        return Numeral(Decimal(tokens[0][1]), is_mixed=False, is_elliptic=False)
    if all(k == "digit" for k in kinds):
        digits = "".join(str(_DIGITS[t]) for _, t in tokens)
        # 二三 is “two or three” as often as 23.
        return Numeral(Decimal(digits), is_mixed=False, is_elliptic=len(digits) > 1 and "0" not in digits)
    return _parse_scaled(tokens)


def _parse_scaled(tokens: list[tuple[str, str]]) -> Numeral | None:
    """Coefficient-scale sequences such as 2千3百, 一亿二千万, 3.5万."""
    if tokens[0][0] == "large" and len(tokens) > 1:
        # 万21: a 万 that lost its number, or belongs behind the other.
        return None
    total, section = Decimal(0), Decimal(0)
    coefficient: Decimal | None = None
    last_scale, last_large, after_zero = 0, 10**12, False
    for kind, word in tokens:
        if kind in ("arabic", "digit"):
            if coefficient is not None:
                return None
            number = Decimal(word) if kind == "arabic" else Decimal(_DIGITS[word])
            if kind == "digit" and number == 0:
                after_zero = True
                continue
            coefficient = number
            continue
        if kind == "small":
            scale = _SMALL[word]
            if (last_scale and scale >= last_scale) or (coefficient is not None and coefficient >= scale):
                # 1200百: a slip of the pen, or one of 1200 and 120,000.
                return None
            section += (Decimal(1) if coefficient is None else coefficient) * scale
            last_scale = scale
        else:
            scale = _LARGE[word]
            if scale >= last_large:
                return None
            head = section + (coefficient or Decimal(0))
            if head == 0:
                if total:
                    return None  # 12亿万
                head = Decimal(1)
            total += head * scale
            section, last_scale, last_large = Decimal(0), 0, scale
        coefficient, after_zero = None, False
    # 百八十 and 百十 without a first digit are spoken for “a hundred or more”.
    elliptic = len(tokens) > 1 and tokens[0][1] in "百佰千仟" and tokens[1][0] != "large"
    if coefficient is not None:
        previous = tokens[-2][1] if len(tokens) > 1 else ""
        above = _SMALL.get(previous) or _LARGE.get(previous) or 0
        # 三万五 may be 35,000 or 30,005; 一百零五, 十二 and 1百23 are plain.
        is_short = above > 10 and not after_zero and coefficient < 10 and coefficient == int(coefficient)
        section += coefficient * above / 10 if is_short else coefficient
        elliptic = elliptic or is_short
    arabic = [t for k, t in tokens if k == "arabic"]
    scales = [t for k, t in tokens if k in ("small", "large")]
    is_mixed = bool(arabic) and (len(arabic) > 1 or any(k == "digit" for k, _ in tokens) or len(scales) > 2)
    return Numeral(total + section, is_mixed, elliptic)
