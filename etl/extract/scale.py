"""What the words of a table say about its numbers' scale: 万人次 in a head, 单位：场、万人次 above it, 人次以万计 below."""

from __future__ import annotations

import re
from collections.abc import Sequence

from etl.extract.squeeze import squeeze_text

SCALES = {"百": 100, "千": 1_000, "万": 10_000, "十万": 100_000, "百万": 1_000_000, "亿": 100_000_000}
SCALE = "百万|十万|万|亿|千|百"
_UNIT = "人次|人|条次|条|场次|场|次|个|份|篇|部|项"
_END = r"(?=$|[^\w]|计|为单位|统计)"
# A number before it makes 万人次 an amount: 共3万人次.
_WITH_UNIT = re.compile(rf"(?:^|(?<=[(\[,/:;以按用为是]))({SCALE})({_UNIT}){_END}")
_ALONE = re.compile(rf"(?:单位|以|按|用)(?:均|都)?[:为是]?\(?({SCALE}){_END}")
_UNIT_FIRST = re.compile(rf"(?:^|[(\[,])({_UNIT})(?:单位)?:({SCALE})(?=$|[)\],;])")
_ABOUT_PEOPLE = re.compile("人次|人数|人员|参与")
_IS_ABOUT_SCALE = re.compile(rf"单位|[以按用](?:{SCALE})|[(\[](?:{SCALE})(?:{_UNIT})[)\]]$|^(?:{SCALE})(?:{_UNIT})$")
_IN_HEAD = re.compile(rf"(?<![\d一二三四五六七八九十几数余])(?:{SCALE})(?:{_UNIT})?(?:为单位|计)?(?=$|[)\],;/])")
# What else may stand in the line, once its spaces are gone.
_OTHER_WORDS = re.compile(r"(?<=.)(填报|填表|制表|日期|时间|截至|联系|20\d\d)")
_PEOPLE = ("人次", "人")


def scales_said(text: str) -> dict[str, int]:
    """Unit -> scale as a line gives it; under '' a scale without a unit. Empty when it speaks of none.

    0 where the line speaks of a scale in words of its own.
    """
    line = _OTHER_WORDS.sub(r",\1", squeeze_text(text))
    if first := {m.group(1): SCALES[m.group(2)] for m in _UNIT_FIRST.finditer(line)}:
        return first
    if not _IS_ABOUT_SCALE.search(line):
        return {}
    said = {m.group(2): SCALES[m.group(1)] for m in _WITH_UNIT.finditer(line)}
    alone = None if said else _ALONE.search(line)
    if alone:
        said["人次" if _ABOUT_PEOPLE.search(line) else ""] = SCALES[alone.group(1)]
    if not said and "单位" in line and _IN_HEAD.search(line):
        said["人次" if _ABOUT_PEOPLE.search(line) else ""] = 0
    return said


def scale_of(unit: str, lines: Sequence[str]) -> int:
    """The scale that lines around a table give a column of `unit`: 1 when they give none, 0 when it is unclear."""
    found = {_for(unit, said, scale) for line in lines for said, scale in scales_said(line).items()} - {1}
    return found.pop() if len(found) == 1 else int(not found)


def _for(unit: str, said: str, scale: int) -> int:
    if said == "" or (said == "次" and unit in ("次", *_PEOPLE)):
        # 万次 may be 万人次 as well.
        return 0
    is_same = (
        said == unit or (said in _PEOPLE and unit in _PEOPLE) or said.removesuffix("次") == unit.removesuffix("次")
    )
    return scale if is_same else 1


def has_scale(words: Sequence[str], label: str) -> bool:
    """Whether the words of a head speak of a scale in any way, beside those of the blank itself."""
    return any(m not in label for word in words for m in _IN_HEAD.findall(word))
