"""A further number right behind an answer, with no words of another thing: （120）场，更正为（24）场; （120）场/（24）场."""

from __future__ import annotations

import re
from functools import lru_cache

from etl.extract.candidates import Candidate
from etl.extract.slots import FormSlot
from etl.interpret.lexicon import load_lexicon
from etl.interpret.units import is_kin

# A number alone: （举报电话12350） behind an answer explains it.
# 3场：1.安全文艺汇演1场；2.…: what follows is a list.
_LIST_NUMBER = re.compile(r"1\.[\u4e00-\u9fff]")
_PLAIN = re.compile(r"\D?[\d０-９][\d０-９,，.]*[万千百余多+]*")


def is_said_anew(slot: FormSlot, answer: Candidate, behind: Candidate, text: str) -> bool:
    """Whether the number behind an answer in the squeezed text may stand for it or be added to it: nobody can tell which counts."""
    if not (answer.has_number and behind.has_number) or behind.is_aside:
        return False
    if not behind.unit and _LIST_NUMBER.match(text, behind.start):
        return False
    # （24）场 or 24 and nothing behind; 24小时 and 24（小时） count something else.
    counts_the_same = is_kin(behind.unit, slot.unit, load_lexicon()) if behind.unit else not behind.right
    words = _own_words().fullmatch(behind.label)
    if not counts_the_same or words is None or not _PLAIN.fullmatch(_unmarked(behind.answer)):
        return False
    return bool(words.group("told")) or not behind.starts_clause


def _unmarked(answer: str) -> str:
    """A number without a word of correction in brackets before it: （误）24."""
    lex = load_lexicon()
    return re.sub(rf"^[(（](?:{lex.amends}|{lex.further})[)）]\s*", "", answer)


@lru_cache(maxsize=1)
def _own_words() -> re.Pattern[str]:
    """Words before a number that name nothing: marks, and those of a correction, of something more, of a total."""
    lex = load_lexicon()
    fill = r"[^\w]|_|为|是|后|数|的|应|了|现|经|由|从|到|据|成"
    return re.compile(f"(?:{fill})*(?P<told>(?:(?:{lex.amends}|{lex.further}|{lex.total})(?:{fill})*)*)")
