"""A yes/no blank: boxes, ticks and words -> Reading (value 1 or 0)."""

from __future__ import annotations

import re
from functools import lru_cache

from etl.interpret.fold import drop_invisible, fold
from etl.interpret.lexicon import Lexicon, load_lexicon
from etl.interpret.reading import CIRCLE, NOT_APPLICABLE, NOT_FILLED, PENDING, REPORTED, Reading, withheld

YES, NO = 1.0, 0.0
_CIRCLED = re.compile(f"([是否]){CIRCLE}")


@lru_cache(maxsize=4096)
def interpret_flag(raw: str) -> Reading:
    """The yes/no a boxed pair says. Neither ticked is not_filled, never no; both, or a tick in between, is withheld."""
    lex = load_lexicon()
    circled = set(_CIRCLED.findall(raw))
    if circled:
        return _circled(circled, raw)
    typed = fold(drop_invisible(raw)).replace(" ", "")
    text = typed.replace("\n", "").strip(",.;:_")
    # 是否使用…平台 □是□否: the question's own 是否 is not an option.
    text = text.replace("是否", "", 1) if re.search(r"是否.*[是否]", text) else text
    marks = _marks(text, lex)
    if not re.search("[YN]", marks):
        return _without_options(text, marks)
    if "Y" in marks and "N" in marks:
        return withheld("ambiguous_tick") if _ends_line_of_first(typed, lex) else _two_options(marks)
    return _one_option(marks, REPORTED, YES if "Y" in marks else NO)


def _circled(words: set[str], raw: str) -> Reading:
    """One word with a circle round it is the answer, unless a tick says so of anything as well."""
    lex = load_lexicon()
    if len(words) > 1 or set(raw) & {*lex.ticks, *lex.ticked}:
        return withheld("conflict")
    return Reading(REPORTED, YES if words == {"是"} else NO, flags=("tick_beside",))


def _ends_line_of_first(typed: str, lex: Lexicon) -> bool:
    """Whether a tick ends the first option's line, which has a box of its own: □是☑ and □否 below it."""
    boxes, ticks = re.escape(lex.boxes + lex.ticked), re.escape(lex.ticks + lex.ticked)
    return "\n" in typed and re.search(f"[{boxes}][是否][{ticks}]+\n", typed) is not None


_CIRCLES = frozenset("○◯〇⭕")
_WORDS = {"是": "Y", "否": "N", "(": "(", "[": "(", ")": ")", "]": ")", "/": "/"}


def _marks(text: str, lex: Lexicon) -> str:
    """One letter per mark: C ticked box, T tick, B empty box, Y 是, N 否, ( ) brackets, ? anything else.

    A cross is a tick inside brackets ([x]是[ ]否); beside a tick it says what was not chosen, as does an empty circle beside a
    cross in the place of one ((○)是(×)否, where either may be meant); alone it may mean either.
    """
    kinds = dict.fromkeys(lex.boxes, "B") | dict.fromkeys(lex.ticks, "T") | dict.fromkeys(lex.ticked, "C")
    kinds |= dict.fromkeys(lex.crosses, "X") | _WORDS
    letters = "".join(kinds.get(char, "?") for char in text)
    if re.search("[CT]", letters):
        letters = letters.replace("X", "B")
    elif "X" in letters and set(text) & _CIRCLES:
        letters = letters.replace("X", "?")
    letters = letters.replace("(X)", "(T)").replace("X", "?").replace("(B)", "B")
    return letters if "C" in letters else letters.replace("()", "B")


def _without_options(text: str, marks: str) -> Reading:
    lex = load_lexicon()
    word = text.strip("()[]").lower()
    if word in ("", "_"):
        return Reading(NOT_FILLED)
    if word in lex.yes:
        return Reading(REPORTED, YES)
    if word in lex.no:
        return Reading(REPORTED, NO)
    if set(word) <= set(lex.crosses) - set("xX"):
        # A lone cross is a tick to some and a no to others.
        return withheld("ambiguous_tick")
    if word in lex.not_applicable:
        return Reading(NOT_APPLICABLE)
    if word in lex.pending:
        return Reading(PENDING, flags=("pending",))
    if set(marks) <= set("B()"):
        return Reading(NOT_FILLED)
    if set(marks) <= set("CT()") and re.search("[CT]", marks):
        return Reading(REPORTED, YES, flags=("tick_beside",))
    return withheld("ambiguous_tick")


def _one_option(marks: str, state: str, value: float) -> Reading:
    """Only 是 or only 否 is left: that is the answer, unless an empty box says it was not ticked."""
    rest = re.sub(r"[YN()]", "", marks)
    if rest == "":
        return Reading(state, value)
    if {"B", "C"} <= set(rest):
        # Two boxes and one word: the other word was deleted, and the tick may have been its own.
        return withheld("ambiguous_tick")
    if set(rest) <= {"C", "T"}:
        return Reading(state, value, flags=() if rest == "C" else ("tick_beside",))
    if set(rest) == {"B"}:
        # The other word was struck out or deleted, which may be the answer.
        return withheld("ambiguous_tick")
    if set(rest) <= {"B", "T", "C"}:
        return Reading(state, value, flags=("tick_beside",))
    return withheld("ambiguous_tick")


def _two_options(marks: str) -> Reading:
    first, second = ("Y", "N") if marks.index("Y") < marks.index("N") else ("N", "Y")
    head, _, rest = marks.partition(first)
    middle, _, tail = rest.partition(second)
    if re.search(r"[YN?]", middle + tail) or len(re.findall(r"\([YN]\)", marks)) == 1:
        # 【是】否: a bracket round one option may be the clerk's mark.
        return withheld("ambiguous_tick")
    head = head[-3:].replace("?", "")
    boxed = bool(re.search("[BC]", head))
    bracketed = middle.startswith("(") or tail.startswith("(")
    boxes_after = not boxed and bool(re.search("[BC]", middle)) and bool(re.search("[BC]", tail))
    chosen: dict[str, bool] = {}
    beside = False
    if boxed:
        chosen, beside = _boxes_before(head, middle, tail, first, second)
        if not chosen:
            return withheld("ambiguous_tick")
    elif head.endswith("T)") and middle.startswith("(") and not re.search("[BCT]", tail):
        # (√)是(√)否: the brackets stand before their words.
        chosen = {first: True, second: "T" in middle}
        beside = True
    elif bracketed or boxes_after:
        chosen = {first: bool(re.search("[CT]", middle)), second: bool(re.search("[CT]", tail))}
        beside = bracketed
    else:
        return _loose(head, middle, tail, first, is_odd="?" in marks)
    if all(chosen.values()):
        return withheld("conflict")
    if not any(chosen.values()):
        return withheld("ambiguous_tick") if "?" in marks else Reading(NOT_FILLED)
    value = YES if chosen["Y"] else NO
    return Reading(REPORTED, value, flags=("tick_beside",) if beside else ())


def _boxes_before(head: str, middle: str, tail: str, first: str, second: str) -> tuple[dict[str, bool], bool]:
    """□是□否 and its ticked forms. Empty when a tick stands where it may mean either option."""
    beside = False
    ticks = {first: "C" in head, second: "C" in middle}
    if "T" in head:
        ticks[first], beside = True, True
    if "T" in middle:
        box = middle.find("B") if "B" in middle else middle.find("C")
        if 0 <= box < middle.find("T"):
            ticks[second], beside = True, True
        elif box < 0:
            # □是√否: the tick stands in the place of the second box.
            ticks[second] = True
        else:
            return {}, False
    if "(T" in tail:
        ticks[second], beside = True, True
    elif re.search("[CT]", tail):
        # □是□否√: behind both, it may be said of either.
        return {}, False
    return ticks, beside


def _loose(head: str, middle: str, tail: str, first: str, *, is_odd: bool) -> Reading:
    """Ticks without boxes: √是 否 says yes; 是√否 could be either; a bare 是否 says nothing."""
    if not re.search("[CT]", head + middle + tail):
        # One box of two: a sign that its code page lacks, 是□否 or ?是□否, may have been the ticked one.
        return withheld("ambiguous_tick") if is_odd or "B" in middle else Reading(NOT_FILLED)
    before_first = bool(re.search("[CT]", head))
    before_second = bool(re.search("[CTB]", middle))
    after = bool(re.search("[CT]", tail))
    if before_first and not re.search("[CT]", middle) and not after:
        return Reading(REPORTED, YES if first == "Y" else NO, flags=() if before_second else ("tick_beside",))
    if before_first and re.search("[CT]", middle):
        return withheld("conflict")
    return withheld("ambiguous_tick")
