"""Words and short sentences that stand for a state, not for a number: 无, /, 数据正在统计中, 见第3页, 每周1次."""

from __future__ import annotations

import re

from etl.interpret.lexicon import Lexicon, load_lexicon
from etl.interpret.reading import (
    DITTO,
    NOT_APPLICABLE,
    NOT_FILLED,
    NOT_REPORTED,
    PENDING,
    SEE,
    UNQUANTIFIED,
    ZERO,
    Reading,
)

# Short sentences that say a state: 数据正在统计中, 本单位不涉及, 见第3页, 每周1次, 数百人.
_SENTENCES = (
    (
        re.compile(
            r"请?(?:单击|点击|点按|轻触)(?:或(?:单击|点击|点按|轻触))?(?:此处|这里)(?:以?输入|键入|选择|添加)\D{0,8}"
        ),
        NOT_FILLED,
        None,
    ),
    (re.compile(r"\(?(详?见|参见|请见|另见)(?:\D*|第\d{1,3}[页条项])\)?"), SEE, "see_attachment"),
    (re.compile(r"\D{0,4}(不涉及|不适用|无此项|无此类)\D{0,6}"), NOT_APPLICABLE, None),
    (
        re.compile(
            r"\D{0,6}(?:(待|正在|尚在|还在|仍在|后续|另行|随后|稍后)\D{0,2}(统计|汇总|核实|上报|补报|补充|收集|填报)"
            r"|统计中|汇总中|收集中|暂缺|待补|后补|尚未报)\D{0,4}"
        ),
        PENDING,
        "pending",
    ),
    (
        re.compile(
            r"每\D{1,6}[\d一二两三四五六七八九十]{1,4}\D{1,3}|全[体员部覆]\D{0,8}"
            r"|(?:[数几]|好几|若干|成[千百]|多)[上百千万十余多]{0,4}\D{0,3}"
        ),
        UNQUANTIFIED,
        "unquantified",
    ),
)


def whole_word(text: str) -> Reading | None:
    """What one word that stands for a whole text says: 无, 未开展, 待统计. A lone mark or figure says nothing."""
    is_word = bool(text) and text[0].isalpha() and not re.search(r"\d", text)
    return word_state(text.strip(",.;:").lower(), load_lexicon()) if is_word else None


def word_state(word: str, lex: Lexicon) -> Reading | None:
    """The state a folded, lower-case answer says; None when it says something else."""
    if word in lex.zero:
        return Reading(ZERO, 0.0)
    if word in lex.nothing:
        return Reading(NOT_FILLED)
    table = (
        (lex.not_applicable, NOT_APPLICABLE, None),
        (lex.pending, PENDING, "pending"),
        (lex.see, SEE, "see_attachment"),
        (lex.ditto, DITTO, "ditto"),
        (lex.not_reported, NOT_REPORTED, None),
        (lex.unquantified, UNQUANTIFIED, "unquantified"),
    )
    for words, state, rule in table:
        if word in words:
            return Reading(state, flags=(rule,) if rule else ())
    for pattern, state, rule in _SENTENCES:
        if pattern.fullmatch(word):
            return Reading(state, flags=(rule,) if rule else ())
    return None
