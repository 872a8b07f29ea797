"""One sheet an activity: heads that say only how something is counted (场次, 参与人次) under a sheet's name or title that says what."""

from __future__ import annotations

import re
from collections.abc import Iterable

from etl.catalog.model import Form
from etl.collected.columns.match import blank_alone
from etl.collected.columns.people import counts_only
from etl.collected.sheet.heads import header_paths, split_leaf
from etl.collected.sheet.layout import Layout
from etl.document import Sheet
from etl.extract.squeeze import squeeze_text
from etl.interpret.lexicon import load_lexicon

Path = tuple[str, ...]
_PAPER = re.compile(
    r"^(?:附[件表]?\d{0,2}[:.,]?)?(?:\(?[一二三四五六七八九十\d]{1,3}[).,、])?|(?:活动)?(?:开展|进展|完成)?(?:情况)?(?:统计|汇总|一览|明细)?表?$"
)
_LISTED = re.compile("[,和及与/]")
_HELD = ("举办", "开展", "组织", "举行", "活动", "")
_LEAST = 3  # letters of what a sheet may be about


def heads_of(form: Form, sheet: Sheet, layout: Layout) -> dict[int, Path]:
    """Column -> its head from the group words down; bare ones have the sheet's topic above them."""
    heads = header_paths(sheet, layout)
    bare = {c: path for c, path in heads.items() if c > layout.name_column and _is_bare(path)}
    topic = _topic(form, bare[min(bare)], _names(sheet, layout)) if bare else ""
    return heads | {c: _under(form, topic, path) for c, path in bare.items()} if topic else heads


def _topic(form: Form, first: Path, names: Iterable[str]) -> str:
    """The name that with the first bare head is a blank's; '' where none is, or several are of several blanks."""
    blanks = {name: _blank_of(form, name, first) for name in names}
    known = {blank for blank in blanks.values() if blank}
    return next(name for name, blank in blanks.items() if blank) if len(known) == 1 else ""


def _blank_of(form: Form, name: str, first: Path) -> str:
    """The blank whose name holds a sheet's, as no other of its unit does, and that counts what the first bare head counts; '' for none.

    线上公开课 and 计划公开课 are in no blank's name; 公开课 is but one of 公开课、大家谈、班组会.
    """
    under = _under(form, name, first)
    found = form.by_indicator.get(blank_alone(form, under))
    if found is None or found.kind != "count":
        return ""
    unit, words = split_leaf(under)[1], squeeze_text(name)
    label = squeeze_text(found.label_zh)
    if words != label and re.search(_LISTED, label):
        return ""
    holding = [i for i in form.indicators if i.unit == found.unit and words in squeeze_text(i.label_zh)]
    is_counted = unit == found.unit or (unit == "" and words == label)
    return found.indicator_id if holding == [found] and is_counted else ""


def _names(sheet: Sheet, layout: Layout) -> list[str]:
    """What a sheet calls itself: its name, its caption, and the lines above its heads, without the words of any table."""
    above = sheet.rows[: min(layout.header, default=layout.first_row)]
    lines = [{v for v in row if v is not None} for row in above]
    titles = [str(v) for line in lines if len(line) == 1 for v in line]
    said = (_PAPER.sub("", squeeze_text(name)).strip("()[]:\"'") for name in (sheet.name, sheet.caption, *titles))
    return [name for name in dict.fromkeys(said) if len(name) >= _LEAST]


def _is_bare(path: Path) -> bool:
    """Whether a head of one word says only how something is counted: 举办场次, 参与人次, 举办(场), 数量."""
    return len(path) == 1 and (counts_only(path) or (split_leaf(path)[0] in _HELD and split_leaf(path)[1] != ""))


def _under(form: Form, topic: str, path: Path) -> Path:
    """A bare head with what it counts; the 参与人次 behind it stays a head below the topic."""
    label, unit, _ = split_leaf(path)
    word = label.removeprefix(next((h for h in _HELD if h and label.startswith(h)), ""))
    measures = load_lexicon().measure_heads
    if word and word not in measures:
        return (topic, path[0])
    unit = unit or word
    if measures.get(unit, unit) == "":
        return (topic,)
    printed = {i.unit for i in form.indicators}
    # 场次 counts 场 or 次: as the blank of that name does.
    ways = [u for u in (unit, measures.get(unit, unit), *(("次",) if unit == "场次" else ())) if u in printed]
    known = [w for w in (f"{topic}({u})" for u in ways) if blank_alone(form, (w,))]
    return (known[0],) if known else (topic, path[0])
