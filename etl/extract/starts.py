"""Where a sentence begins, and which numbers only number sentences, days or editions."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Protocol, TypeVar

from etl.extract.squeeze import Squeezed
from etl.interpret.lexicon import load_lexicon

_DATE_TAIL = re.compile(r"[年月日号届周版%]|·\d")


class _Bracket(Protocol):
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def inner_start(self) -> int: ...
    @property
    def inner_end(self) -> int: ...


S = TypeVar("S", bound=_Bracket)


def begins(cell: Squeezed, text: str, at: int) -> bool:
    """Whether a sentence, a clause or a line begins at a place."""
    return at == 0 or text[at - 1] in ".;," or "\n" in cell.typed[cell.origin[at - 1] : cell.origin[at]]


def without_list(cell: Squeezed, text: str, spans: list[S]) -> list[S]:
    """The brackets without those that only number the sentences: (1)组织…；(2)开展…"""
    units = load_lexicon().units
    listed = [
        s
        for s in spans
        if re.fullmatch(r"\d{1,2}", text[s.inner_start : s.inner_end])
        and re.match(rf"(?!{units})[\u4e00-\u9fff\"《]", text[s.end :])
        and begins(cell, text, s.start)
    ]
    numbers = [int(text[s.inner_start : s.inner_end]) for s in listed]
    is_list = len(numbers) > 1 and all(a + 1 == b for a, b in pairwise(numbers))
    return [s for s in spans if s not in listed] if is_list else spans


def is_dated(text: str, end: int) -> bool:
    """Whether what stands behind a number makes it a day, an edition or a share; 74%场 was typed into a blank."""
    tail = _DATE_TAIL.match(text, end)
    return tail is not None and not (tail.group() == "%" and re.match(load_lexicon().units, text[end + 1 :]))
