"""Figures of a line of words that have no unit or no digits: 城区5, 阳城县7, 公开课三场, (三十一)名. Told so that none goes unsaid."""

from __future__ import annotations

import re
from functools import lru_cache

from etl.interpret.lexicon import load_lexicon
from etl.interpret.numerals import NUMERAL_CHARS
from etl.interpret.private import mask_private

# Days, times, papers, shares of a line's own: no figures.
_NO_FIGURE = re.compile(
    r"20\d\d\s*[年./-]?\s*(?:\d{1,2}\s*[月./-]\s*)?(?:\d{1,2}\s*[日号])?|\d{1,2}\s*月(?:\s*\d{1,2}\s*[日号]?)?|\d{1,2}\s*[日号时点](?:\d{1,2}分?)?|\d{1,2}[:：]\d{2}(?:[:：]\d{2})?"
    r"|\d{1,2}·\d{1,2}|[〔\[]\d{4}[〕\]]\s*\d*号?|第\s*\d+|\d+\s*(?:届|版|页|条例)|(?:附件|附表|附录|表)\s*\d+"
)
_REACHED = re.compile(
    r"(?:电\s*话|手\s*机|热\s*线|号\s*码|QQ|微信|传\s*真|邮\s*编|分\s*机)[^\d\s]{0,8}\s*\d[\d\s-]*", re.IGNORECASE
)
_BARE = re.compile(r"(?<![A-Za-z\d.*_-])\d[\d,]{0,8}(?:\.\d+)?[万亿余多+]{0,2}(?![A-Za-z\d*_])")


def lone_figures(line: str) -> list[str]:
    """The figures as typed, in their order; days, times, telephones and the numbering of the line are none."""
    rest = _NO_FIGURE.sub(" ", _numbering().sub("", _REACHED.sub(" ", mask_private(line))))
    found = [(m.start(), m.group().strip(",")) for m in _BARE.finditer(rest)]
    found += [(m.start(), m.group()) for m in _counted().finditer(rest) if not _is_idiom(m.group())]
    return [said for _, said in sorted(found)]


def _is_idiom(said: str) -> bool:
    """Whether 一 counts nothing that is held: 一个, 一项; 一场 does."""
    return (
        said[0] == "一"
        and said[1:] not in load_lexicon().event_units | {"", "人次"}
        and said[1:] in load_lexicon().unit_words
    )


@lru_cache(maxsize=1)
def _numbering() -> re.Pattern[str]:
    """A line's own number: 1., （一）, 三、; not (三十一)名."""
    number = rf"(?:\d{{1,2}}|[{NUMERAL_CHARS}](?:[{NUMERAL_CHARS}]{{1,2}}(?![)）]\s*(?:{load_lexicon().units})))?)"
    return re.compile(rf"^\s*[(（]?{number}(?:[)）]|[.．、](?!\d))")


@lru_cache(maxsize=1)
def _counted() -> re.Pattern[str]:
    """A number in words before a unit, or in a bracket: 三场, 四十五人, (三十一)."""
    units, numeral = load_lexicon().units, f"[{NUMERAL_CHARS}]{{1,8}}"
    return re.compile(
        rf"(?<![第\d{NUMERAL_CHARS}]){numeral}[余多]?(?:{units})|[(（]\s*{numeral}\s*[)）](?:\s*(?:{units}))?"
    )
