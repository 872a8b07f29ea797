"""The words above a column of a collected table: its path from the group words down, its label, unit and scale."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import lru_cache

from etl.collected.sheet.layout import Layout
from etl.document import Sheet
from etl.extract.scale import SCALE, SCALES
from etl.extract.squeeze import squeeze_text
from etl.interpret.lexicon import load_lexicon

_NUMBERED = re.compile(r'^\(?\d{1,2}(?:\.\d{1,2})?[).,](?=["《]|[^\d\W])')  # 12.参与, (3)公开课; not 6.16
# 1.1理论学习; 6.16咨询日, 6.5环境日 are days.
_NUMBERED_TWICE = re.compile(
    r"^(?:\d\.\d(?=[\u4e00-\u9fff])(?!.*日)|\d{1,2}-\d{1,2}(?=[\u4e00-\u9fff])(?![年月日号时点季周]))"
)
# (个)*, (个)①, (个)（必填）: signs and hints for who fills the table in.
_LISTED = re.compile(
    r"^(?:[①-⑳㈠-㈩]|\([一二三四五六七八九十]{1,3}\)|[一二三四五六七八九十]{1,3}[,.、])(?=[\"《\u4e00-\u9fff])"
)
_QUOTED = re.compile(r'^"([^"]*)"$|^"([^"]*\()"([^"]*)$')  # around a whole head, or up to its unit
_HELD = re.compile("^(?:开展|举办|组织|举行|活动|累计|总)+(?=..)")
_TO_FILL = "必填|选填|必填项|选填项|整数|填整数|填数字|请填数字|数字"
_MARKS = re.compile(rf"(?:[*①-⑳☆★※△▲]|\((?:{_TO_FILL})\))+$")


# (次,必填), (截至6月30日,次): what is said beside the unit in its bracket.
_BESIDE_UNIT = re.compile(
    rf"(?<=[^(,;:])[,;:](?:{_TO_FILL})(?=\)$)|(?<=\()(?:数据)?截[至止]6月(?:30日|底|末)[,;:](?=[^()]{{1,4}}\)$)"
)
_LEAD = re.compile(r"^[*★☆※△▲●■◆▪·]+(?=[\"《\u4e00-\u9fff])")
# Words that say nothing where most heads of a table have them: X合计(次), 累计X.
_SHARED = re.compile(
    r"^(?:(累计|共计)(?=.{3})(?P<front>.+)|(?P<back>.{3,}?)(合计|总计|总数|总量|\((?:本年|今年|本年度)\))(?P<unit>\([^()]{1,8}\))?)$"
)
_MOST_SHARED, _LEAST_SHARED = 0.6, 3
_HINTED = re.compile(rf"\((?:{_TO_FILL})[,;:]")  # (填数字,条)


def header_paths(sheet: Sheet, layout: Layout) -> dict[int, tuple[str, ...]]:
    """Per column the header words from top to bottom, repeated words once; group words are carried to the right."""
    name_column = layout.name_column
    paths: dict[int, list[str]] = {}
    for n, r in enumerate(layout.header):
        carried, above = "", [""]
        for c, value in enumerate(sheet.rows[r]):
            word = _plain(squeeze_text(str(value))) if value is not None else ""
            is_last = n == len(layout.header) - 1
            path = paths.setdefault(c, [])
            if word:
                carried, above = word, list(path)
            elif not is_last and c > name_column and len(layout.header) > 1 and path == above:
                # A group word reaches as far as the group above it does: not from 特色活动 into 备注.
                word = carried
            if word and (not path or path[-1] != word):
                path.append(word)
    return _without_shared({c: tuple(p) for c, p in paths.items() if c != name_column and p})


def _without_shared(paths: dict[int, tuple[str, ...]]) -> dict[int, tuple[str, ...]]:
    """The heads without one such word that most of them have, where no two become one by it."""
    said: dict[str, dict[int, str]] = {}
    for c, path in paths.items():
        if match := _SHARED.fullmatch(path[-1]):
            rest = match["front"] or match["back"] + (match["unit"] or "")
            said.setdefault(match[1] or match[4], {})[c] = rest
    word = max(said, key=lambda w: len(said[w]), default="")
    if not word or len(said[word]) < max(_LEAST_SHARED, _MOST_SHARED * len(paths)):
        return paths
    short = paths | {c: (*paths[c][:-1], rest) for c, rest in said[word].items()}
    return short if len(set(short.values())) == len(set(paths.values())) else paths


def _plain(word: str) -> str:
    """A head's word without its number in a list, marks for who fills the table in, and quotes around all of it."""
    word = re.sub("_{2,}", "()", word)  # 参与____人次, as the form prints its blanks
    for number in (_NUMBERED, _NUMBERED_TWICE, _LISTED):
        word = number.sub("", word)
    word = _MARKS.sub("", _BESIDE_UNIT.sub("", _HINTED.sub("(", _LEAD.sub("", word)))).rstrip(",;.:")
    word += ")" * (word.count("(") - word.count(")"))
    if match := _counted_first().fullmatch(word):
        word = f"{match[2]}({match[1]})"
    if match := _QUOTED.match(word):
        word = "".join(part for part in match.groups() if part)
    return re.sub(rf"(?<=[^(\[])[,;]?单位:((?:{SCALE})?(?:{load_lexicon().units}))$", r"(\1)", word)


@lru_cache(maxsize=1)
def _counted_first() -> re.Pattern[str]:
    """A head that says first how something is counted: 场次:宣讲."""
    lex = load_lexicon()
    return re.compile(rf"(?:参与)?({'|'.join(lex.measure_heads)}|{lex.units}):([\"\u4e00-\u9fff][^:]+)")


def unit_cell(words: Sequence[str]) -> re.Match[str] | None:
    """The last word of a head where it is but a unit: 万人次."""
    units = load_lexicon().units
    return re.fullmatch(rf"[(\[]?(?:单位:)?({SCALE})?({units})[)\]]?", words[-1]) if len(words) > 1 else None


def split_leaf(path: tuple[str, ...]) -> tuple[str, str, int]:
    """(label, unit, scale) of a column: its last words without the unit."""
    lex = load_lexicon()
    words = list(path)
    unit, scale = "", 1
    whole = unit_cell(words)
    if whole:
        unit, scale = whole.group(2), SCALES.get(whole.group(1) or "", 1)
        words.pop()
    # 参与人次 above 人次 says its unit twice.
    label = (words[-1].removesuffix(unit) or words[-1]) if whole else words[-1]
    behind = re.search(rf"[(\[](?:单位:)?({SCALE})[)\]]$|,({SCALE})(?=\)$)", label)
    if behind and not whole:
        # 参与(人次)(万), 参与(人次,万).
        scale, label = SCALES[behind.group(1) or behind.group(2)], label[: behind.start()] + label[behind.end() :]
    before = re.match(rf"({SCALE})({lex.units}):", label)
    inner = re.search(rf"[(\[](?:单位:)?({SCALE})?({lex.units})[)\]]$", label)
    if before:
        unit, scale, label = unit or before.group(2), SCALES[before.group(1)], label[before.end() :]
    elif inner:
        unit = unit or inner.group(2)
        scale = SCALES.get(inner.group(1) or "", scale)
        # 参与人次（人次） says its unit twice.
        label = label[: inner.start()].removesuffix(unit) or label[: inner.start()]
    elif not unit:
        tail = re.search(rf"(千|万|亿)?({lex.units})(数)?$", label)
        if tail and tail.start() > 0:
            unit, label = tail.group(2), label[: tail.start()].rstrip("/,:;-_|·")
            scale = SCALES.get(tail.group(1) or "", scale)
    return re.split(r"[|]", label)[-1], unit, scale


def without_unit(word: str) -> str:
    """A header word without its unit, so that 小计(场) is seen to be a total."""
    return re.sub(rf"\((?:{SCALE})?[^()]{{1,4}}\)$", "", word)


def with_topics(data: dict[int, tuple[str, ...]], units: Collection[str]) -> dict[int, tuple[str, ...]]:
    """Where a head only says how something is counted (公开课 over 场次, 参与人次), what is counted becomes the label.

    The 参与人次 behind another column of its topic stays as it is: it follows that one. 场次 is 场 unless the form has that unit.
    """
    measures = load_lexicon().measure_heads
    found = dict(data)
    for column, path in data.items():
        cell = unit_cell(path)
        words = path[:-1] if cell else path
        if len(words) < 2 and not cell:
            continue
        label = _HELD.sub("", without_unit(words[-1]))
        _, unit, scale = split_leaf(path)
        times = next((word for word, times in SCALES.items() if times == scale), "")
        if len(words) < 2:
            unit = measures.get(unit, unit) if unit not in units else unit
            found[column] = (f"{words[0]}({times}{unit})",) if unit != split_leaf(path)[1] else path
            continue
        is_first = data.get(column - 1, ())[: len(words) - 1] != words[:-1]
        if label in measures:
            unit = measures[label] if unit in ("", "场次") else unit
            found[column] = (*words[:-2], words[-2] + (f"({times}{unit})" if unit else ""))
        elif cell and unit not in units and measures.get(unit, unit) != unit:
            found[column] = (*words[:-1], f"{words[-1]}({times}{measures[unit]})")
        elif is_first and label in ("参与人次", "参与人数", "人数") and not unit_cell(words[:-1]):
            found[column] = (*words[:-2], f"{words[-2]}参与({times}{unit})")
    return found


def group_of(path: tuple[str, ...]) -> tuple[str, ...]:
    """The words above a column's own ones."""
    return path[: -2 if unit_cell(path) else -1]


def is_beside(before: tuple[str, ...], path: tuple[str, ...]) -> bool:
    """Whether a column stands under the same group words as the one before it."""
    group = group_of(path)
    # 公开课(场) was 公开课 above 场次.
    return before[: len(group)] == group or (bool(group) and (*before[:-1], split_leaf(before)[0]) == group)
