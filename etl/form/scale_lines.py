"""Words of a Word form that give its figures in ten thousands or the like: 单位：万人次 above it, 以上人次均为万人次 in a cell."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from etl.document import Block, Paragraph
from etl.extract.squeeze import squeeze_text
from etl.interpret.doubts import tells_scale

_SIGNS = re.compile("[百千万亿]+")
_PIECE = re.compile(r"[,;.]")


class Scale(NamedTuple):
    """What is counted in another scale: people, or any count; and the sign of the scale where the words agree on one (万)."""

    is_people: bool
    sign: str

    def proposal(self, raw: str) -> str:
        """What was probably meant by a number typed under it: 1.2万 for 1.2; a large one is what it says."""
        is_small = re.fullmatch(r"\d{1,4}(?:\.\d+)?", raw.strip()) is not None
        return f"{raw.strip()}{self.sign}" if is_small else raw


def scale_told(words: Iterable[str]) -> Scale | None:
    """The scale that such words give, each of them naming one; None without any."""
    said = list(words)
    signs = {sign for w in said for sign in _SIGNS.findall(w)}
    sign = signs.pop() if len(signs) == 1 else ""
    return Scale(all("人" in w for w in said), sign) if said else None


def scale_lines(blocks: Iterable[Block]) -> Iterator[str]:
    """What is said so around the tables of a form."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield from scale_words(block.text)


def scale_words(text: str) -> Iterator[str]:
    """The clauses of a text that say so; none of 以百场宣讲…, which names a deed."""
    if any(scale in text for scale in "百千万亿"):
        yield from (piece for piece in _PIECE.split(squeeze_text(text)) if tells_scale(piece))
