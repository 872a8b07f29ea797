"""Where a sentence begins, and which numbers are only days, editions or shares."""

from __future__ import annotations

import re

from etl.extract.squeeze import Squeezed
from etl.interpret.lexicon import load_lexicon

_DATE_TAIL = re.compile(r"[年月日号届周版%]|个月|·\d")


def begins(cell: Squeezed, text: str, at: int) -> bool:
    """Whether a sentence, a clause or a line begins at a place."""
    return at == 0 or text[at - 1] in ".;," or "\n" in cell.typed[cell.origin[at - 1] : cell.origin[at]]


def is_dated(text: str, end: int) -> bool:
    """Whether what stands behind a number makes it a day, an edition or a share; 74%场 was typed into a blank."""
    tail = _DATE_TAIL.match(text, end)
    return tail is not None and not (tail.group() == "%" and re.match(load_lexicon().units, text[end + 1 :]))
