"""Words of a Word form that give its figures in ten thousands or the like: 单位：万人次 above it, 以上人次均为万人次 in a cell."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from etl.document import Block, Paragraph
from etl.extract.scale import scales_said
from etl.extract.squeeze import squeeze_text
from etl.findings import Finding
from etl.interpret.doubts import tells_scale

_SIGNS = re.compile("[百千万亿]+")
_PIECE = re.compile(r"[,;.]")
_MAY_BE = re.compile(r"(?:单\s*位|[以按均为用:：(（]|^)[^\n]{0,12}?[百千万亿]")
_ALONE = re.compile(r"\((?:百|千|万|亿|十万|百万)(?:人次|人|次|场)\)")  # （万人次） behind a sentence
_ABOUT_LINES = ("doubt_line", "line_beside")
_SHORT = 24  # letters of a line that says no more


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


def scale_lines(blocks: Iterable[Block]) -> list[str]:
    """What is said so around the tables of a form and in their cells."""
    found: list[str] = []
    for block in blocks:
        texts = [block.text] if isinstance(block, Paragraph) else [c.text for row in block.rows for c in row]
        found += [words for text in texts for words in scale_words(text)]
    return found


@lru_cache(maxsize=4096)
def scale_words(text: str) -> tuple[str, ...]:
    """The lines and clauses of a text that say so; none of 以百场宣讲…, which names a deed."""
    if not _MAY_BE.search(text):
        return ()
    lines = [squeeze_text(line) for line in text.splitlines()]
    said = [line for line in lines if len(line) <= _SHORT and not re.search(r"\d", line) and any(scales_said(line))]
    said += [piece for line in lines for piece in _PIECE.split(line) if tells_scale(piece) or _ALONE.fullmatch(piece)]
    return tuple(dict.fromkeys(said))


def say_scales(findings: Iterable[Finding]) -> list[Finding]:
    """The findings, each about a line that gives a scale by its own rule: it holds the figures back, where other doubts leave them counted."""
    return [replace(f, rule="scale_line") if f.rule in _ABOUT_LINES and scale_words(f.found) else f for f in findings]
