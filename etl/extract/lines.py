"""Lines of an activity's text: ends of lines without a mark, and a word or stroke in the place of a whole line."""

from __future__ import annotations

import re
from functools import lru_cache

from etl.extract.fill import Fill
from etl.extract.slots import ActivityPlan
from etl.extract.squeeze import squeeze_text
from etl.interpret.count import Typed
from etl.interpret.lexicon import load_lexicon
from etl.interpret.reading import NOT_APPLICABLE, PENDING, ZERO
from etl.interpret.states import word_state

_OPEN_END = re.compile(r"(?<=[^\s，,。.；;：:、（(\[【_])([ \u3000\t]*)\n(?=[ \u3000\t]*([^\n]{6,40}))")
_MARKS = frozenset("，,。.；;：:、（([【_") | {""}
_WITHOUT_DIGITS = re.compile(r"^[^\n\d]+$", re.MULTILINE)
_LONGEST_WORD = 6  # letters in the place of a sentence
_START = 6  # letters that tell a printed sentence


def end_lines(plan: ActivityPlan, typed: str) -> str:
    """The text with a semicolon for the break before a printed sentence where the line before it ends without a mark; as long
    as it was. Otherwise 备注：含直播 or 未开展 at a line's end would be words of the next sentence."""
    if all(line.rstrip(" \u3000\t")[-1:] in _MARKS for line in typed.split("\n")[:-1]):
        return typed
    starts = _sentence_starts(plan)

    def ended(match: re.Match[str]) -> str:
        return f"{match.group(1)}；" if squeeze_text(match.group(2)).startswith(starts) else match.group()

    return _OPEN_END.sub(ended, typed)


@lru_cache(maxsize=256)
def _sentence_starts(plan: ActivityPlan) -> tuple[str, ...]:
    lines = (squeeze_text(line) for line in plan.activity.blank_text.split("\n"))
    return tuple(line[:_START] for line in lines if len(line) >= _START)


def words_instead(plan: ActivityPlan, typed: str) -> tuple[str, dict[str, Fill]]:
    """The text without the lines that are but a word (无) or a stroke, alone or behind their first printed words, and what these
    answer: each blank of the printed line in whose place they stand. Only where the lines are as many as the printed ones.
    """
    if not _WITHOUT_DIGITS.search(typed):
        return typed, {}
    lines = typed.split("\n")
    printed = _blanks_of_lines(plan)
    filled = [n for n, line in enumerate(lines) if line.strip()]
    if len(printed) < 2 or len(filled) != len(printed):
        return typed, {}
    fills: dict[str, Fill] = {}
    for n, blanks in zip(filled, printed, strict=True):
        first = plan.slots[blanks[0]]
        word = _word_of(squeeze_text(lines[n]), first.label if first.kind == "count" else "")
        if not word:
            continue
        at = len(squeeze_text("".join(lines[:n])))
        for slot in (plan.slots[b] for b in blanks):
            is_answer = slot.kind != "text" or _is_none(word)
            fills[slot.indicator_id] = Fill(
                slot.indicator_id, Typed(word if is_answer else ""), lines[n].strip(), flags=("word_instead",), start=at
            )
        lines[n] = " " * len(lines[n])
    return ("\n".join(lines), fills) if fills and len(fills) < len(plan.slots) else (typed, {})


def _word_of(line: str, label: str) -> str:
    """The one word or stroke that a line is; '' for any other line."""
    word = line.removeprefix(label).lstrip(":").strip(",.;")
    if word != line.strip(",.;") and word[:1] in "([_":
        return ""  # 典型案例（待统计）个: the blank itself, filled in
    word = re.sub(r"^[(\[_]+|[)\]_]+$", "", word)
    said = word_state(word.lower(), load_lexicon()) if 0 < len(word) <= _LONGEST_WORD else None
    return word if said is not None and said.state in (ZERO, NOT_APPLICABLE, PENDING) else ""


def _is_none(word: str) -> bool:
    said = word_state(word.lower(), load_lexicon())
    return said is not None and said.state == ZERO


@lru_cache(maxsize=256)
def _blanks_of_lines(plan: ActivityPlan) -> tuple[tuple[int, ...], ...]:
    """For each printed line with blanks the numbers of these."""
    found: list[list[int]] = [[]]
    n = 0
    for part in plan.activity.parts:
        if isinstance(part, str):
            found += [[] for _ in range(part.count("\n"))]
        else:
            found[-1].append(n)
            n += 1
    return tuple(tuple(blanks) for blanks in found if blanks)
