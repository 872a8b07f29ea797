"""What a form's line of who and when says: the reporting unit and the date, as typed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from etl.document import Block, Paragraph, Table


@dataclass(frozen=True)
class Header:
    """The header line: who and when, as typed. Contacts are not kept."""

    unit: str
    date: str
    place: str


# What begins behind the unit's name in the line of who and when; names of persons are never a part of the unit.
_NEXT = (
    r"联\s*系\s*[人电方]|电\s*话|填\s*[报表]\s*(?:日\s*期|时\s*间|人)|制\s*表\s*人|报\s*送\s*(?:日\s*期|时\s*间|人)|上\s*报\s*(?:日\s*期|时\s*间|人)|日\s*期[:：]"
    r"|(?:单\s*位|分\s*管|主\s*要)?\s*(?:负\s*责\s*人|领\s*导\s*(?:签\s*[字名])?\s*[:：])"
    r"|(?:审\s*[核批]|签\s*发|经\s*办)\s*人?\s*(?:签\s*[字名])?\s*[:：]|活动项目|(?<=\s)20\d\d\s*[年./-]"
)
_UNIT = re.compile(
    r"(?:填\s*[报表]|报\s*送|上\s*报)\s*(?:单\s*位|地\s*区|部\s*门)\s*(?:名\s*称)?\s*(?:[（(]([^（）()]{0,10})[)）])?\s*[:：]?"
    rf"\s*(.*?)\s*(?={_NEXT}|$)",
    re.DOTALL,
)
_SEAL = r"(?:[（(](?:盖\s*章|公\s*章|印\s*章|签\s*章|加盖公章)[)）])"
_OFFICE = r"([\u4e00-\u9fff]{1,20}[区县市州旗盟局委办会府])"
# 单位：江北区应急局, without 填报 and with an area's or office's name; 单位：万人次 is no such line. 万州区（盖章）.
_UNIT_SHORT = re.compile(
    rf"\s*(?:制\s*表)?\s*(?:单\s*位(?:名\s*称)?|区\s*县|县\s*区|地\s*区)\s*{_SEAL}?\s*[:：]\s*{_OFFICE}(?=\s|$|[（(,，])"
)
_UNIT_SEALED = re.compile(rf"\s*{_OFFICE}\s*{_SEAL}\s*")
_DATE = re.compile(
    r"(?:填\s*[报表]|报\s*送|上\s*报)\s*(?:日\s*期|时\s*间)\s*[:：]?\s*([0-9０-９〇零一二三四五六七八九十年月日号.．\-/—\s_]{0,40})"
)


def find_header(blocks: Sequence[Block]) -> Header:
    """Reporting unit and date as typed, '' when blank; looked for in paragraphs, then in table rows."""
    unit, date, place = "", "", ""
    for text, where in _lines(blocks):
        if not unit and (match := _UNIT.search(text)):
            unit, place = match.group(2).strip(" _\t\u3000:："), where
            if not unit and match.group(1) and re.search("[区县市州旗盟]", match.group(1)):
                unit = match.group(1)  # 填报单位（万州区）
        if not date and (match := _DATE.search(text)):
            date = match.group(1).strip(" _\t\u3000-—")
    short = ((_UNIT_SHORT.match(t) or _UNIT_SEALED.fullmatch(t), w) for t, w in _lines(blocks)) if not place else ()
    unit, place = next(((m.group(1), w) for m, w in short if m), (unit, place))
    return Header(unit, date, place)


def _lines(blocks: Sequence[Block]) -> Iterable[tuple[str, str]]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block.text, block.place
    for block in blocks:
        if isinstance(block, Table):
            for row in block.rows:
                if any("填" in c.text and re.search(r"填\s*[报表]", c.text) for c in row):
                    yield "\t".join(c.text for c in row), row[0].place
