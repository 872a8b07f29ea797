"""What was typed into one blank, as the readers of an activity hand it on."""

from __future__ import annotations

from typing import NamedTuple

from etl.interpret.count import Typed


class Fill(NamedTuple):
    """What was typed into one blank (a tuple: made for every blank of every form). `typed` is None when the sentence is missing.

    `certainty` is sure, likely, uncertain, twice (the sentence stands twice, with two answers), listed (one of several numbers
    that the blank counts together) or doubted (words around it take it back); the last four are withheld. `start` is the place in the squeezed text.
    """

    indicator_id: str
    typed: Typed | None
    raw: str | None
    certainty: str = "sure"
    flags: tuple[str, ...] = ()
    label: str = ""
    unit: str = ""
    start: int = 0
    proposal: str = ""  # what a listed answer may add up to
