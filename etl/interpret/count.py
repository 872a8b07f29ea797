"""A count blank: typed text -> Reading. The cases are those of tests/cases, the words those of data/catalog/lexicon.yaml."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from etl.interpret.core import LARGEST, THOUSANDS, judge_core, read_core
from etl.interpret.fold import drop_invisible, fold
from etl.interpret.lexicon import Lexicon, load_lexicon
from etl.interpret.notes import of_which, with_note, without_remark
from etl.interpret.numerals import CN_DIGITS, NUMERAL_CHARS, SCALES
from etl.interpret.reading import (
    NOT_FILLED,
    REPORTED,
    SEE,
    UNKNOWN_SIGN,
    ZERO,
    Reading,
    withheld,
)
from etl.interpret.refusals import refuse_no_number
from etl.interpret.states import whole_word, word_state
from etl.interpret.sums import contradicted_total, labelled_parts, proven_total, said_when, typed_sum
from etl.interpret.units import is_kin, same_unit, strip_unit

_SINGLE_DIGITS = re.compile(r"\d(?: +\d)+")
_NUMBER = re.compile(rf"(?:\d+(?:\.\d+)?[余多]?[{SCALES}]*|[{NUMERAL_CHARS}]+)")
_ARABIC = re.compile(r"\d+(?:\.\d+)?")
_LINE_BREAK = re.compile(r"(?<=[\d０-９])[ \u3000]*[\n\t]\s*(?=[\d０-９])")
_DAY = re.compile(r"20[012]\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])")  # 20210616
_LONGEST = 100  # digits in and around a blank; more are no number anyone typed
_SHORTER = re.compile(r"[本当这上]个?[月周日期季旬]|今[日天]|\d月")
_WORD_BESIDE = re.compile(r"[(\[]?([^()\[\]\d]{1,6})[)\]]\d")
_SLASH_BESIDE = re.compile(r"[(\[][/\\-]+[)\]]\d")
_BETWEEN_LINES = re.compile(r"(?:[—_…⋯]+|-+)([\d.,]+)(?:[—_…⋯]+|-+)")  # not ——-12——
# Brackets that no form prints around a blank, as a pair: <12> is no “less than”.
_WRAPPED = re.compile(
    r"<([^<>]+)>|«([^«»]+)»|‹([^‹›]+)›|〈([^〈〉]+)〉|⟦([^⟦⟧]+)⟧|﴾([^﴾﴿]+)﴿|❬([^❬❭]+)❭|\|([^|]+)\||/([^/]+)/"
)
APOSTROPHE = re.compile(r"(?<=\d)['’＇](?=\d{3}(?!\d))")  # 12'192
# 5（5）: the number, typed once more into the bracket beside it.
_TWICE = re.compile(r"(\d[\d,.]*)[(\[]\1[)\]]|[(\[](\d[\d,.]*)[)\]]\2")


class Typed(NamedTuple):
    """What stands in and around one blank: before and after the bracket, and inside it."""

    inside: str
    before: str = ""
    after: str = ""


def interpret_count(typed: Typed, unit: str) -> Reading:
    """A count blank as read; `unit` is the printed unit. Never raises; what can't be read is withheld with a rule."""
    inside = typed.inside.strip()
    if inside.isdigit() and inside.isascii() and len(inside) <= 9 and not typed.before and not typed.after:
        return plain_count(inside)
    if UNKNOWN_SIGN in typed.inside:
        if inside.startswith("⟨"):
            return withheld("field_without_result")
        return withheld("not_a_number", proposal=typed.inside.replace(UNKNOWN_SIGN, "") or None)
    if any(len(said) > _LONGEST and sum(map(str.isdecimal, said)) > _LONGEST for said in typed):
        return withheld("too_large")
    return _interpret(typed.inside, typed.before, typed.after, unit)


@lru_cache(maxsize=65536)
def plain_count(digits: str) -> Reading:
    """Nine plain digits at most as a count: a day written so is withheld, a hotline's number flagged."""
    value = float(digits)
    if _DAY.fullmatch(digits):
        return withheld("date_in_number")
    if value == 0:
        return Reading(ZERO, 0.0)
    flags = ("equals_hotline",) if digits in load_lexicon().hotlines and len(digits) > 3 else ()
    return Reading(REPORTED, value, flags=flags)


@lru_cache(maxsize=65536)
def _interpret(inside: str, before: str, after: str, unit: str) -> Reading:
    # 、 separates things; it is never a thousands mark.
    # Digits on two lines or at two tab stops are two answers until a person says otherwise.
    lines = _LINE_BREAK.sub(";", drop_invisible(inside).replace("、", ";"))
    inner = APOSTROPHE.sub(",", fold(lines).replace("\n", " ").replace("_", " ").replace("人/次", "人次").strip())
    pre, post = (fold(t.replace("、", ";")).strip() for t in (before, after))
    flags: list[str] = []
    if post and re.fullmatch(f"[{SCALES}余多]+", post) and inner:
        flags.append("scale_outside") if re.search(f"[{SCALES}]", post) else None
    elif (pre or post) and (not inner or (inner in load_lexicon().unit_words and not post)):
        # 12（ ）, 3(场): the digits stand before a bracket that holds none.
        flags.append("outside_blank")
    elif (pre or post) and _ARABIC.search(pre + post):
        return withheld("two_values", proposal=f"{pre}{inner}{post}")
    beside = f"{pre}{inner}{post}"
    if ((word := _WORD_BESIDE.match(beside)) and whole_word(word.group(1)) is not None) or _SLASH_BESIDE.match(beside):
        # （无）24, （/）24: two answers.
        return withheld("two_values", proposal=beside)
    wide_comma = "，" in inside
    reading = _read(f"{pre}{inner}{post}", unit, wide_comma)
    if reading.value is None and reading.low is None:
        return reading
    if max(reading.value or 0.0, reading.high or 0.0) >= LARGEST:
        return withheld("too_large")
    if _is_glued(reading, f"{pre}{inner}{post}"):
        return withheld("two_values", proposal=" / ".join(_ARABIC.findall(f"{pre}{inner}{post}")))
    return reading.with_flag(*flags)


def _is_glued(reading: Reading, text: str) -> bool:
    """Whether a value is made of digits that stood apart, with words between them: never a number that was typed."""
    runs = re.findall(r"\d+", re.sub(rf"(?<=\d)[\s,.{SCALES}]+(?=\d)", "", text))
    digits = f"{reading.value:.0f}" if reading.value is not None else ""
    return len(runs) > 1 and len(digits) > 1 and digits in "".join(runs) and not any(digits in run for run in runs)


def _read(text: str, unit: str, wide_comma: bool) -> Reading:
    lex = load_lexicon()
    bare = (
        text.strip(" ,.;:").replace(" ", "") if not re.search(r"\d", text) else re.sub(r"^[ ,;:=]+|[ ,;:.]+$", "", text)
    )
    if bare in ("", "()", "[]", "_", "__"):
        # A lone dot or comma is a printed mark, not an answer.
        return Reading(NOT_FILLED)
    if bare[0] in "([" and not re.search(r"[)\]]", bare):
        bare = bare[1:]  # a bracket that never closes
    if lined := _BETWEEN_LINES.fullmatch(bare):
        bare = lined.group(1)
    elif wrapped := _WRAPPED.fullmatch(bare):
        return _read(wrapped.group(wrapped.lastindex or 0), unit, wide_comma)
    elif twice := _TWICE.fullmatch(bare):
        return _read(twice.group(1) or twice.group(2), unit, wide_comma).with_flag("text_in_number")
    word = word_state(bare.lower(), lex)
    if word is not None:
        return word
    plain = lex.pointer.sub("", bare)
    if plain != bare:
        # 见附件1 points elsewhere; its number is the attachment's.
        if not re.search(rf"[\d{NUMERAL_CHARS}]", plain):
            return Reading(SEE, flags=("see_attachment",))
        rest = _read(plain, unit, wide_comma)
        return rest.with_flag("text_in_number") if rest.value is not None else rest
    if (said := without_remark(bare, lex)) != bare:
        counted = _read(said, unit, wide_comma)
        return counted.with_flag("text_in_number") if counted.value is not None else counted
    reading = refuse_no_number(bare, lex) or _single(bare, unit, wide_comma, lex) or _parts(bare, unit, wide_comma, lex)
    return reading or withheld("unreadable")


def _single(text: str, unit: str, wide_comma: bool, lex: Lexicon) -> Reading | None:
    """One number, perhaps with spaces, thousands marks, unit and words of approximation."""
    flags: list[str] = []
    compact = text
    if " " in text:
        if _SINGLE_DIGITS.fullmatch(text) or THOUSANDS.fullmatch(text):
            flags.append("inner_space")
        elif re.search(r"\d +\d", text):
            return withheld("two_values") if re.fullmatch(r"[\d ]+", text) else None
        compact = text.replace(" ", "")
    compact, unit_rule = strip_unit(compact, unit, lex)
    core = read_core(compact, lex)
    if core is None:
        return None
    if unit_rule == "unit_other":
        # 12场 in a blank of 人次.
        return withheld("unit_other", proposal=None if core.value is None else f"{core.value:f}")
    if unit_rule:
        flags.append(unit_rule)
    if wide_comma and "," in compact:
        flags.append("fullwidth_comma")
    reading = judge_core(core)
    return reading if reading.value is None else reading.with_flag(*flags)


def _parts(text: str, unit: str, wide_comma: bool, lex: Lexicon) -> Reading | None:
    """A number among words: a typed sum, labelled parts, a declared total, an explanation in brackets."""
    # A space between digits parts two numbers here: those that are one were read before.
    compact = re.sub(r"(?<!\d) +| +(?!\d)", "", text)
    for attempt in (
        typed_sum,
        contradicted_total,
        _of_which,
        proven_total,
        said_when,
        _with_note,
        labelled_parts,
        _hotline,
        _declared_total,
        _lone_number,
    ):
        reading = attempt(compact, unit, lex)
        if reading is not None:
            return reading
    numbers = _ARABIC.findall(compact)
    if len(numbers) > 1:
        return withheld("two_values", proposal=" / ".join(numbers))
    return None


def _of_which(text: str, unit: str, lex: Lexicon) -> Reading | None:
    return of_which(text, lex, lambda piece: _single(piece, unit, False, lex))


def _with_note(text: str, unit: str, lex: Lexicon) -> Reading | None:
    return with_note(text, unit, lex, lambda piece: _read(piece, unit, wide_comma=False))


def _hotline(text: str, unit: str, lex: Lexicon) -> Reading | None:
    """12350举报15起: the hotline number is not part of the value."""
    for line in sorted(lex.hotlines, key=len, reverse=True):
        if line in lex.short_hotlines and not re.search(r"举报|热线|电话|报警|拨打", text):
            # 119 is a common number.
            continue
        if re.search(rf"(?<!\d){line}(?!\d)", text) and text != line:
            rest = re.sub(rf"(?<!\d){line}(?!\d)(热线|电话)?", "", text)
            if _ARABIC.search(rest):
                reading = _read(rest, unit, wide_comma=False)
                return reading.with_flag("hotline_ignored") if reading.value is not None else reading
    return None


def _declared_total(text: str, unit: str, lex: Lexicon) -> Reading | None:
    """每周1次，共4: the number after a word for total."""
    outer = re.sub(rf"[,;(]?(?:{lex.part_words}).*$", "", text)
    pattern = rf"(?:{lex.total})[^\d{NUMERAL_CHARS},;]{{0,6}}?([\d.]+[余多]?[{SCALES}]*[余多]?)({lex.units})?"
    found = re.findall(pattern, outer)
    # The total is the last number said; a number after it would be another figure.
    if len(found) != 1 or re.search(lex.not_done, text) or not re.search(pattern + r"\D*$", outer):
        return None
    number, typed_unit = found[0]
    if re.search(rf"{re.escape(number)}\s*(?:{lex.other_measures})", outer):
        return None  # 5场次共2天: a length of time
    before = re.split(rf"[,;]?(?:{lex.total})", outer)[0]
    if re.search(r"\d", before) and _SHORTER.search(before):
        # 本月1200，累计5600: two times.
        return withheld("two_values", proposal=" / ".join(_ARABIC.findall(text)))
    core = read_core(number, lex)
    if core is None or (typed_unit and not is_kin(typed_unit, unit, lex)):
        return None
    parts = labelled_parts(before, unit, lex)
    if parts is not None and core.value is not None and parts.value != float(core.value):
        # 线上300，线下200，共600: the parts say otherwise.
        return withheld("two_values", proposal=f"{core.value} / {parts.value:.0f}")
    return judge_core(core).with_flag("text_in_number")


def _lone_number(text: str, unit: str, lex: Lexicon) -> Reading | None:
    """参与1200人次: exactly one number among harmless words."""
    if re.search(f"{lex.not_done}|{lex.rate}", text):
        numbers = _ARABIC.findall(text)
        return withheld("unreadable", proposal=numbers[0] if len(numbers) == 1 else None)
    numbers = [m for m in _NUMBER.finditer(text) if re.search(r"\d", m.group(0))]
    if len(numbers) != 1:
        return None
    match = numbers[0]
    left, right = text[: match.start()], text[match.end() :]
    if (
        re.search(r"[^\u4e00-\u9fff,:;()\[\]\"'<>《》+\-~—]", left + re.sub(f"^(?:{lex.units})", "", right))
        or left.endswith(("-", "—", "~", "+", "第", "无", "未"))
        or re.match(rf"[-—~?无没未]|{lex.other_measures}", right)
        or re.search(rf"[{CN_DIGITS}]", right[:1])
    ):
        return None
    head = re.search(rf"(?:{lex.before})+$", left)
    tail = re.match(rf"(?:{lex.after})+", right)
    piece = (head.group(0) if head else "") + match.group(0) + (tail.group(0) if tail else "")
    rest = right[tail.end() :] if tail else right
    said = left[: head.start()] if head else left
    is_example = re.fullmatch(rf"(?:{lex.examples}):?", said) is not None
    if is_example or re.search(lex.negations, said) or re.search(lex.doubtful, re.sub(lex.harmless, "", said + rest)):
        # 未达到100: said not to be so; 例：3: left over from the instructions.
        return withheld("unreadable", proposal=match.group(0))
    unit_match = re.match(f"({lex.units})", rest)
    around = re.sub(f"{lex.plain_words}|{lex.total}", "", said + (rest[unit_match.end() :] if unit_match else rest))
    # With the blank's own unit behind it a number is the answer unless something else was done: 整改12条 for 曝光.
    is_own = unit_match is not None and is_kin(unit_match.group(1), unit, lex)
    is_other = re.search(lex.deeds, around) is not None or any(word in around for word in lex.other_period)
    if is_other if is_own else re.search(r"[\u4e00-\u9fff]", around):
        # 本周12场, 12课时, 推迟12: words that may make it another figure.
        return withheld("words_around", proposal=match.group(0))
    core = read_core(piece, lex)
    if core is None:
        return None
    reading = judge_core(core)
    if reading.value is None:
        return reading
    flags = ["text_in_number"]
    if unit_match and not same_unit(unit_match.group(1), unit):
        if not is_kin(unit_match.group(1), unit, lex):
            return withheld("unit_other", proposal=match.group(0))
        flags.append("unit_changed")
    return reading.with_flag(*flags)
