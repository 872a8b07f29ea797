"""One number with its words of approximation: 约3.5万余 -> 35,000, approx and at least; then whether it can be a count."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from etl.interpret.lexicon import Lexicon, load_lexicon
from etl.interpret.numerals import NUMERAL_CHARS, SCALES, parse_numeral
from etl.interpret.reading import REPORTED, ZERO, Reading, withheld

SCIENTIFIC = re.compile(r"\d(?:\.\d+)?[eE]\+?\d{1,2}")
THOUSANDS = re.compile(r"(?<!\d)\d{1,3}(?:([,\s])\d{3})(?:\1\d{3})*(?!\d)")
LARGEST = Decimal(10) ** 10


@dataclass(frozen=True)
class Core:
    """One number with its qualifiers, before judging."""

    value: Decimal | None
    qualifiers: tuple[str, ...]
    flags: tuple[str, ...]


@lru_cache(maxsize=8)
def _core_pattern(before: str, after: str) -> re.Pattern[str]:
    return re.compile(
        rf"((?:{before})*)([\d.,]*[余多]?[{NUMERAL_CHARS}wWkK]*\d*[{NUMERAL_CHARS}]*|[\d.]+[eE]\+?\d+)((?:{after})*)"
    )


def read_core(text: str, lex: Lexicon) -> Core | None:
    """A lone number with words of approximation around it; None when the text holds anything else."""
    if SCIENTIFIC.fullmatch(text):
        return Core(Decimal(text), (), ("scientific",))
    match = _core_pattern(lex.before, lex.after).fullmatch(text)
    if not match or not match.group(2):
        return None
    pre, body, post = match.groups()
    heads, tails = re.findall(lex.before, pre), re.findall(lex.after, post)
    qualifiers = [lex.qualifier_of[w] for w in (*heads, *tails)]
    flags = ["text_in_number"] if any(lex.qualifier_of[w] == "" for w in heads) else []
    if inner := re.search(r"[余多]", body):
        qualifiers.append("at_least")
        body = body.replace(inner.group(0), "", 1)
    if re.fullmatch(f"[{SCALES}]+", body) and body[0] not in "十拾":
        # 百余, 近万, 上千余: a bare scale is a number only with a word of approximation.
        if not qualifiers:
            return None
        flags += ["rounded_word"] if heads and tails else []
    body, scale_flags = _plain_body(body)
    numeral = parse_numeral(body) if body else None
    if numeral is None:
        return None
    if numeral.is_elliptic:
        return Core(None, (f"{numeral.value.quantize(Decimal(1)):f}",), ("elliptic",))
    flags += ["rise_mark"] if match.group(3) == "↑" else []
    flags += scale_flags + (["mixed_numeral"] if numeral.is_mixed else [])
    return Core(numeral.value, tuple(q for q in qualifiers if q), tuple(flags))


def _plain_body(body: str) -> tuple[str, list[str]]:
    """The digits and scales without thousands marks and Latin scales, with the flags of what was changed; '' when broken."""
    flags = []
    if re.search(r"[wWkK]", body):
        flags.append("latin_scale")
        body = re.sub(r"[kK]", "千", re.sub(r"[wW]", "万", body))
    if "," in body:
        if not THOUSANDS.fullmatch(body.split(".")[0]):
            return "", []
        body = body.replace(",", "")
    if "." in body and re.search(f"[{SCALES}]", body):
        flags.append("rounded")
    return body, flags


def judge_core(core: Core) -> Reading:
    """Whole number, size and qualifiers of a core -> Reading."""
    if core.value is None:
        return withheld("unreadable", proposal=core.qualifiers[0])
    if core.value != int(core.value):
        return withheld("non_integer")
    if 1 <= core.value < 1000 and core.value.as_tuple().exponent == -3 and "rounded" not in core.flags:
        # 12.000: a point for a thousands mark, or twelve.
        return withheld("non_integer", proposal=f"{int(core.value)} / {int(core.value * 1000)}")
    if core.value >= LARGEST:
        return withheld("too_large")
    flags = list(core.flags)
    kinds = set(core.qualifiers)
    if len(kinds) > 1:
        qualifier = "approx"
        flags.append("contradictory_qualifier" if {"at_least", "at_most"} <= kinds else "mixed_qualifier")
    else:
        qualifier = next(iter(kinds), "exact")
    value = float(core.value)
    if value == 0 and qualifier == "exact":
        return Reading(ZERO, 0.0, flags=tuple(flags))
    plain = str(int(core.value))
    if plain in load_lexicon().hotlines and len(plain) > 3:
        flags.append("equals_hotline")
    return Reading(REPORTED, value, qualifier, flags=tuple(flags))
