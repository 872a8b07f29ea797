"""Words of a group above the heads of columns which make them other figures: 示例, 5月, 增减 set them aside; 线上 is a part of the
blank's figure; 上报 is told."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from etl.catalog.model import Form
from etl.collected.sheet.heads import group_of, split_leaf, without_unit
from etl.collected.sheet.layout import is_total
from etl.collected.sheet.times import time_told
from etl.extract.squeeze import squeeze_text
from etl.interpret.lexicon import load_lexicon

Path = tuple[str, ...]
_PART_OF_MONTH = re.compile("旬|半月|周")
_HAN = re.compile("[\u4e00-\u9fff]")
_LIST_NUMBER = re.compile(r"^[(\[]?(?:[一二三四五六七八九十]{1,3}|\d{1,2})[)\],、.]+")


def without_other_groups(paths: Mapping[int, Path], year: int, printed: str) -> dict[int, Path]:
    """The columns without those below a group's word that is another time, a plan, a change, an example or 备注.

    `printed`: the words of the form's blanks; 计划 above 新建体验基地 is a blank's own.
    """
    return {
        c: path for c, path in paths.items() if not any(_is_other(w, path, year, printed) for w in group_of(path) if w)
    }


def _is_other(word: str, path: Path, year: int, printed: str) -> bool:
    """Whether a group's word sets a column aside."""
    lex, plain = load_lexicon(), without_unit(word).strip("()[]")
    if plain in lex.remark_headers or re.fullmatch(f"(?:{lex.aside_words})(?:数据?|情况)?", plain):
        return True
    if plain in lex.other_period:
        return f"{plain}{split_leaf(path)[0]}" not in printed
    told = time_told(plain, year)
    return told == "other" or (told == "part" and _PART_OF_MONTH.search(plain) is not None)


def part_group(form: Form, indicator_id: str, path: Path) -> bool:
    """Whether a group's word above a blank's head names a part of it (线上, 企业) and stands in no word of the blank's activity."""
    parts = frozenset().union(*load_lexicon().part_families)
    own = _words_of(form, form.by_indicator[indicator_id].activity_id)
    return any(without_unit(w) in parts and without_unit(w) not in own for w in group_of(path))


def odd_group(form: Form, indicator_id: str, path: Path) -> bool:
    """Whether a group's word above a blank's head shares no two letters with the words of the form and says something: 上报, 核定."""
    pairs = _pairs(form)
    neutral = load_lexicon().head_words
    for group in group_of(path):
        word = _LIST_NUMBER.sub("", without_unit(group))
        says_time = word in load_lexicon().this_period or time_told(word, 0) != ""
        if is_total(word) or says_time or not _HAN.search(word) or re.fullmatch(f"(?:{neutral}|[^\\w])*", word):
            continue
        if not any(word[n : n + 2] in pairs for n in range(len(word) - 1)):
            return True
    return False


@lru_cache(maxsize=256)
def _words_of(form: Form, activity_id: str) -> str:
    """An activity's titles and what its blanks are called."""
    activity = next(a for a in form.activities if a.activity_id == activity_id)
    return squeeze_text("|".join((activity.title_zh, activity.short_zh, *(i.label_zh for i in activity.indicators))))


@lru_cache(maxsize=32)
def _pairs(form: Form) -> frozenset[str]:
    """Any two letters that stand beside each other in the form."""
    text = squeeze_text(
        "|".join((form.title_zh, *(w for a in form.activities for w in (_words_of(form, a.activity_id), a.blank_text))))
    )
    return frozenset(text[n : n + 2] for n in range(len(text) - 1))
