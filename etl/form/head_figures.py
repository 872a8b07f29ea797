"""Figures in the line of who and when that are no date, telephone or number of a paper: 填报日期：… 合计5432人次."""

from __future__ import annotations

import re
from functools import lru_cache

from etl.extract.candidates import find_candidates
from etl.extract.squeeze import squeeze
from etl.interpret.lexicon import load_lexicon
from etl.interpret.private import mask_private

_DATE = re.compile(
    r"20\d\d[01]\d[0-3]\d|\d{2,4}\s*[年./-]\s*\d{1,2}\s*[月./-]\s*\d{0,2}\s*日?|20\d\d\s*年?度?|\d{1,2}\s*月\s*\d{1,2}\s*日"
)
_REACHED = re.compile(
    r"(?:电\s*话|手\s*机|号\s*码?|QQ|微信|传\s*真|邮\s*编|分\s*机|转|方\s*式|附\s*件|联\s*系\s*人)[^\d\s]{0,8}\s*$",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"[约近超逾达共]{0,2}\d")
_FIGURE = re.compile(r"(?:(?<![\w.\-*])|(?<=[合共总]计)|(?<=人次)|(?<=场次))\d[\d,]{1,7}\d(?![\w.\-*])")


@lru_cache(maxsize=1)
def _counted() -> re.Pattern[str]:
    """A digit, perhaps more of its number, and a unit: asked first, since most lines hold none."""
    return re.compile(rf"[\d０-９][\d０-９\s,，.．余多万千百十()（）_]{{0,12}}(?:{load_lexicon().units})")


def head_figures(line: str) -> list[str]:
    """The figures as typed, without the words around them, for persons' names stand there; none in most lines."""
    rest = _DATE.sub("", line)
    if not (_FIGURE.search(rest) or _counted().search(rest)):
        return []
    rest = mask_private(rest)
    text = squeeze(rest)
    said = [
        f"{c.raw}{c.unit}"
        for c in find_candidates(text, text.text)
        if c.has_number and c.unit and _NUMBER.match(c.answer)
    ]
    bare = [m.group() for m in _FIGURE.finditer(rest) if not _REACHED.search(rest[: m.start()])]
    return [*said, *(b for b in bare if not any(b in s for s in said))]
