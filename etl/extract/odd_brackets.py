"""Brackets that no form prints, typed around an answer: 活动<12>场, 参与“300余”人次, as the round ones they stand for."""

from __future__ import annotations

import re

from etl.interpret.count import APOSTROPHE, Typed, interpret_count
from etl.interpret.fold import fold
from etl.interpret.lexicon import load_lexicon
from etl.interpret.numerals import NUMERAL_CHARS, ODD_NUMERALS
from etl.interpret.states import whole_word

_RARE = tuple("<＜‹«〈⟦﴾❬|｜/／'’＇")
# Printed words stand in these; an answer begins otherwise.
_COMMON = re.compile(
    rf"[《“\"＂「『〝]\s*[\d{NUMERAL_CHARS}{ODD_NUMERALS}约大近超共总不至达≥>＞~～+＋无没未待零线直镇部企同见若多几-]"
)
_PAIR = re.compile(
    "[<＜]([^<>＜＞\n]{1,40})[>＞]|‹([^‹›\n]{1,40})›|«([^«»\n]{1,40})»|〈([^〈〉\n]{1,40})〉|⟦([^⟦⟧\n]{1,40})⟧|﴾([^﴾﴿\n]{1,40})﴿|❬([^❬❭\n]{1,40})❭|《([^《》\n]{1,40})》"
    "|(?<![\\d|｜])[|｜]([^|｜\n]{1,20})[|｜](?![\\d|｜])|(?<![\\d/／])[/／]([\\d０-９][^/／\n]{0,12})[/／](?![\\d/／])"
)
_QUOTED = re.compile('[“"＂「『〝]([^“”"＂「」『』〝〞\n]{1,20})[”"＂」』〞](?=([^\n]{0,4}))')


def as_round(text: str) -> str:
    """The text with “(” and “)” in the place of such signs around an answer: as long as before, so that places hold."""
    if not (any(sign in text for sign in _RARE) or _COMMON.search(text)):
        return text
    text = APOSTROPHE.sub(",", text)
    text = _PAIR.sub(
        lambda m: f"({m.group(m.lastindex or 0)})" if _is_answer(m.group(m.lastindex or 0)) else m.group(), text
    )
    return _QUOTED.sub(_unquoted, text)


def _unquoted(match: re.Match[str]) -> str:
    """A quoted number before its unit; “119”消防宣传 is a name."""
    inside, behind = match.groups()
    is_before_unit = re.match(rf"\s*(?:{load_lexicon().units})(?![\u4e00-\u9fff])", fold(behind))
    return f"({inside})" if is_before_unit and _is_answer(inside) else match.group()


def _is_answer(inside: str) -> bool:
    """Whether a number, a range or a word for none or for later is all that stands there."""
    said = fold(inside).strip()
    if re.fullmatch(f"[{ODD_NUMERALS}]{{1,9}}", inside.strip()):
        return True
    reading = interpret_count(Typed(re.sub(load_lexicon().units, "", said)), "")
    return reading.value is not None or reading.low is not None or whole_word(said) is not None
