"""Lines between the rows of a collected table: what they say of the rows below them, or (以上…) above them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import TypeVar

from etl.collected.sheet.doubts import is_doubt
from etl.collected.sheet.times import time_told, with_digits
from etl.document import CellValue
from etl.extract.scale import scales_said
from etl.extract.squeeze import squeeze_text
from etl.interpret.lexicon import load_lexicon
from etl.interpret.retracted import without_condition

_MOST_WORDS = 2
_NUMBER = re.compile(
    r"^\(?(?:[一二三四五六七八九十]{1,3}|\d{1,2})[,.)、]+|^第[一二三四五六七八九十\d]+(?:部分|批|组|页)[,:]?|^[A-Z]组|^其中[:]?"
)
_TALK = re.compile(
    r"^(?:以上|上述|上列|以下|下列|下面|上面)(?:各)?(?:区县|县区|单位|区域|数据|数字|数|行|人次)*(?:均|都|全部)?(?:为|是|系)?"
)
REPORTED_ON = r"以(?:20\d\d年)?\d{1,2}月\d{1,2}日(?:上报|报送|填报|报来)的?(?:数据|数字|数|表|情况)?为准"
_UPWARDS = re.compile("^[(（\\[]?(?:以上|上述|上列|上面)")
# Words that say nothing by themselves beside a time, a plan: 5月份数据, 计划开展情况.
_BARE = "数据|数值|数字|数量|情况|统计|汇总|活动|安全生产月|开展|完成|组织|举办|安排|任务|指标|部分|年度|全年|份|值|数|表|的|为|是|均|同期|其他|[-()\\[\\],.:;!]"
_DONE = re.compile("(?:已)?(?:开展|完成|举办|组织|落实)(?:情况|数|部分)?")
# An area, an office, a kind of units; or what a page says of itself: 渝东北, 主城片区, 市级部门, 续表, 附件2.
_AREA = re.compile(
    r"(?:[^\d;:]{0,16}(?:片区?|区域|地区|组团?|区|县|市|州|盟|乡镇|镇街?|街道|部门|单位|企业|板块|系统|类|群|批|[东西南北中]部?|主城)"
    r"|其[他它余].{0,4}|\(?续表?\)?|附[件表]?\d{0,2}|第\d+页|补报)(?:\([^()\d]*\))?:?"
)
_NO_AREA = re.compile("^(?:以[上下]|上述|下列)|数据|[已不未无拟]|应(?!急)|目标|计划|上年|去年|同比|推迟|延期")
_UNIT_LINE = re.compile(r"\(?单位:")
_Key = TypeVar("_Key")


def line_words(row: Sequence[CellValue]) -> tuple[str, ...]:
    """The words of a row that is a line: one or two texts and no number; empty for any other row."""
    words = dict.fromkeys(squeeze_text(v) if isinstance(v, str) else v for v in row if v is not None and v != "")
    said = tuple(w for w in words if isinstance(w, str) and w)
    return said if 0 < len(said) == len(words) <= _MOST_WORDS else ()


def told_by_lines(items: Iterable[tuple[_Key, Sequence[str] | None]], year: int) -> dict[_Key, str]:
    """Of rows of data and lines in their order (a line has its words, data None) the data that a line says is of another time,
    a plan or void, with that line."""
    found: dict[_Key, str] = {}
    block: list[_Key] = []
    said = ""
    for key, words in items:
        if words is None:
            block.append(key)
            found |= {key: said} if said else {}
            continue
        for word in words:
            kind = kind_of_line(word, year)
            if kind == "other" and _UPWARDS.match(word):
                found |= dict.fromkeys(block, word)
                said, block = "", []
            elif kind:
                said, block = word if kind == "other" else "", []
    return found


def points_up(line: str) -> bool:
    """Whether a line speaks of the rows above it: 以上人次单位为万."""
    return _UPWARDS.match(squeeze_text(line)) is not None


@lru_cache(maxsize=2048)
def kind_of_line(line: str, year: int) -> str:
    """`this` or `other` by what a line says of the rows it speaks of; '' where it tells nothing of the kind.

    A time or a plan must be all that the line says (5月数据, 以下为2021年数, 拟开展): 拟表彰区县 and a title with its month are none.
    """
    lex = load_lexicon()
    plain = with_digits(without_condition(line)).strip("()[]:")
    core = re.sub(lex.harmless, "", _TALK.sub("", _NUMBER.sub("", plain))).strip("()[]:")
    if scales_said(line):
        return ""
    if re.match("其中:", plain) and core in frozenset().union(*lex.part_families):
        # Parts of the figures above: 其中：企业.
        return "other"
    if re.search(rf"\((?:{lex.units})(?:/(?:{lex.units}))?\)$", with_digits(line)):
        # A blank's own name without an answer (技能趣味测试参与（人次）) is no line.
        return ""
    # 如有变动，以7月10日上报为准 names the day of a report.
    if is_doubt(re.sub(f"计划|预计|取消|{REPORTED_ON}", "", core)):
        return "other"
    time = core
    while time and not (kind := time_told(time.strip("()"), year)):
        # 2021年同期数据, 5月份数据: what is left of the words is the time.
        shorter = re.sub(f"(?:{_BARE})$|^(?:{_BARE})", "", time)
        time = shorter if shorter != time else ""
    if time:
        # 5月—7月 is more than this campaign's time and no other one; 6月上旬 is a part of it.
        return "other" if kind == "part" and re.search("旬|半月|周", time) else {"part": ""}.get(kind, kind)
    marks = "|".join(sorted(map(re.escape, lex.other_period), key=len, reverse=True))
    others = re.compile(f"{marks}|{lex.no_report}|{lex.aside_words}|{lex.not_done}|预报|预估")
    rest = re.sub(_BARE, "", re.sub(r"20\d\d年?|\d{1,2}月份?", "", others.sub("", core)))
    if others.search(core) and not rest:
        return "other"
    return (
        "this"
        if core in lex.this_period or re.fullmatch(f"(?:{lex.held})(?:情况|部分|数|的)?", core) or _DONE.fullmatch(core)
        else ""
    )


def is_unknown_line(line: str, year: int) -> bool:
    """Whether a line between rows is neither an area, a kind of units, a number in a list, a scale nor a time of this campaign."""
    said = squeeze_text(line)
    rest = _NUMBER.sub("", said).removesuffix(":")
    rest = rest[1:-1] if rest.startswith("(") and rest.endswith(")") else rest
    is_area = _AREA.fullmatch(rest) is not None and _NO_AREA.search(rest) is None
    is_signed = (
        re.match(
            rf"\(?(?:{load_lexicon().contact_heads})|[^:]{{0,3}}人:|(?:填[报表]|报送|上报|制表)(?:日期|时间|截止)?:",
            said,
        )
        is not None
    )
    return (
        bool(rest)
        and not is_area
        and not is_signed
        and not scales_said(line)
        and kind_of_line(said, year) == ""
        and not _UNIT_LINE.match(said)
    )


def is_told_line(line: str) -> bool:
    """Whether a text is a line about rows and no name of a unit or a blank: it tells a time or a plan, or speaks of 以下, 以上."""
    said = squeeze_text(line)
    return _TALK.match(said) is not None or kind_of_line(said, 0) != ""
