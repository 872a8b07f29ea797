"""Clauses that a clerk wrote in the place of a sentence with a blank: 此项未开展, 线上活动没有, 无线上活动."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rapidfuzz import fuzz

from etl.extract.slots import ActivityPlan, FormSlot
from etl.extract.spans import MASK
from etl.interpret.lexicon import load_lexicon

_CLAUSE = re.compile(f"[;.,{MASK}]+")
_LONGEST = 40  # letters
_LIKE = 60.0  # of 100: the words of a blank
_LONE_MARK = re.compile(r"[/\\\-_()\[\]]*[/\\-][/\\\-_()\[\]]*")


def said_instead(plan: ActivityPlan, text: str, missing: Sequence[FormSlot]) -> dict[str, str]:
    """Blank -> the clause without a number that stands for its sentence; of the blanks whose sentence is missing.

    A clause that names no blank is the first's that has none: no word of the clerk's goes unsaid.
    """
    found: dict[str, str] = {}
    printed = {s.label for s in plan.slots}
    for clause in _CLAUSE.split(text):
        left = [s for s in missing if s.indicator_id not in found]
        if not left:
            break
        if not _speaks(clause) or clause in printed or clause in plan.requirement:
            continue
        like = max(left, key=lambda s: fuzz.partial_ratio(s.label, clause))
        slot = like if len(like.label) > 1 and fuzz.partial_ratio(like.label, clause) >= _LIKE else left[0]
        found[slot.indicator_id] = clause
    return found


def _speaks(clause: str) -> bool:
    """Whether a clause says without a number that there is nothing, not yet, or no more."""
    if not 0 < len(clause) <= _LONGEST or re.search(r"\d", clause):
        return False
    lex = load_lexicon()
    words = f"{'|'.join(map(re.escape, lex.zero))}|{lex.not_done}|{lex.not_yet}|{lex.cancelled}|{lex.negations}|没有|未|无|取消"
    return _LONE_MARK.fullmatch(clause) is not None or re.search(words, re.sub(lex.harmless, "", clause)) is not None
