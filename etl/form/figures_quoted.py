"""The figures of a file that is none of the known forms, for the finding that says so: what stands there must not go unsaid."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from etl.document import CellValue
from etl.form.head_figures import head_figures
from etl.form.lone_figures import lone_figures
from etl.held_facts import first_of
from etl.interpret.numerals import NUMERAL_CHARS

_LONE = re.compile(r"[(（\s]*[\d０-９][\d０-９,，.．]{0,8}[万亿余多+]{0,3}[)）\s]*")
# 3（待核实）, 三场: no number alone, and a figure all the same.
_NOTED = re.compile(r"\d[\d,.]{0,8}[(（][^()（）\d]{1,8}[)）]")
_LONE_NUMERAL = re.compile(rf"[(（]?[{NUMERAL_CHARS}]{{2,8}}[)）]?")
_OF_BOTH = re.compile(r"(?<=[场次])/(?=\d+人)")  # 3场/90人次
_DATED = re.compile("[年月日]|电话|手机|联系")
MOST_QUOTED = 40  # nothing else of such a file is read
_FIELD = re.compile(r"[\n\t|;；、]|[,，](?!\d{3})")


def figures_quoted(cells: Iterable[CellValue], *, are_proposed: bool = False) -> Mapping[str, str]:
    """The first figures of lines or cells as words of a message; nothing where there are none. No dates, telephones or long codes.

    `are_proposed`: some of them are, so that not all of them are lost.
    """
    said = [*_figures(cells)]
    if not said:
        return {}
    shown, more = first_of(said, MOST_QUOTED)
    zh, en = f"{shown}{more.get('basis', '')}", f"{shown.replace('、', ', ')}{more.get('basis_en', '')}"
    if are_proposed:
        return {"basis": f"（文字里的数：{zh}）", "basis_en": f" (its numbers: {en})"}
    return {"basis": f"（文件里的数 {zh} 都没有读取）", "basis_en": f" (none of its numbers is read: {en})"}


def _figures(cells: Iterable[CellValue]) -> Iterator[str]:
    for value in cells:
        if isinstance(value, float):
            yield f"{value:.15g}"
        elif isinstance(value, str):
            for line in _FIELD.split(value):
                is_lone = _LONE.fullmatch(line) or _LONE_NUMERAL.fullmatch(line.strip())
                yield from [line.strip()] if is_lone else _in_words(line[:300])


def _in_words(line: str) -> list[str]:
    """The figures of a line of words; those of 城区  5  3, a table's row that lost its lines, have no unit behind them."""
    line = _OF_BOTH.sub("、", line)
    fields = [] if _DATED.search(line) else [f for f in line.split() if _LONE.fullmatch(f) or _NOTED.fullmatch(f)]
    said = fields or head_figures(line)
    rest = lone_figures(line)
    return [*said, *(f for f in rest if not any(re.search(rf"(?<!\d){re.escape(f)}(?!\d)", one) for one in said))]
