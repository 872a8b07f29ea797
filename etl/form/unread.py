"""Numbers in cells that belong to no activity: named one by one in the form's own table, table by table in any other."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace

from etl.catalog.model import Form
from etl.document import Cell, Table
from etl.extract.candidates import Candidate, find_candidates
from etl.extract.slots import plan_activity
from etl.extract.squeeze import squeeze, squeeze_text
from etl.findings import Finding
from etl.form.aside import MIN_WORDS
from etl.form.head_figures import head_figures
from etl.form.recognise import FormPart
from etl.held_facts import first_of
from etl.interpret.lexicon import load_lexicon
from etl.interpret.private import mask_private

_HEADER = re.compile("填报(?:单位|日期|人|时间)|填表|报送(?:单位|日期)|联系(?:人|电话)|审核|负责人|盖章")
_NO_FIGURES = re.compile("序号|编号|电话|手机|联系方式|传真|身份证")
_BARE = re.compile(r"[(（]?\d[\d,.]*(?:[万千百亿余多+]{0,3}[^\d\s]{0,3})[)）]?")
_NUMBERING = re.compile(r"\(?\d{1,2}\)?[.,]?")
_BARE_NUMBER = re.compile(r"[(（]?\d[\d,.]*[万千百亿余多+]{0,3}[)）]?")
_DATE = re.compile(r"\d{4}[年./-]|\d{1,2}月\d{1,2}日")
_MASKED = re.compile(r"\*|X{4}")


def name_unread(
    form: Form, part: FormPart, read: Collection[str], rest: Sequence[Cell], unit_id: str | None, *, has_answers: bool
) -> list[Finding]:
    """What is said of the cells that belong to no activity. `read`: places that were read all the same.

    A table that is not the form's has one finding for all its numbers: an error where the form itself has no answer.
    """
    left = {c.place: c for c in rest if c.place not in read}
    if not left:
        return []
    own = {a for activity in form.activities for a in plan_activity(form, activity).anchors}
    found: list[Finding] = []
    for table in (b for b in part.blocks if isinstance(b, Table)):
        text = squeeze_text("\n".join(c.text for row in table.rows for c in row))
        if sum(a in text for a in own) >= MIN_WORDS:
            found += [f for row in table.rows for c in row if c.place in left for f in _stray(left[c.place], unit_id)]
            found += (f for row in table.rows for f in _bare_answers(row, left, unit_id))
        elif numbers := [*_numbers(table, left)]:
            said, words = first_of(numbers)
            rule = "table_unread" if has_answers else "only_table_unread"
            found.append(Finding(rule, f"表{table.number}", said, unit_id=unit_id, words=words))
    return found


def _numbers(table: Table, left: Collection[str]) -> Iterator[str]:
    """The figures in a table's unread cells as typed; no dates, row numbers or telephones."""
    heads = {n for row in table.rows for n, c in enumerate(row) if _NO_FIGURES.search(squeeze_text(c.text))}
    for row in table.rows:
        if any(_HEADER.search(squeeze_text(c.text)) for c in row):
            continue
        for n, cell in enumerate(row):
            if cell.place in left and n not in heads:
                yield from _figures(cell.text)


def _figures(text: str) -> Iterable[str]:
    """The bare figures, one a line, or the figures with a unit that a cell holds."""
    lines = [squeeze_text(line) for line in text.splitlines() if line.strip()]
    if lines and all(_BARE.fullmatch(line) for line in lines):
        return [line for line in lines if not _DATE.search(line) and not _MASKED.search(mask_private(line))]
    squeezed = squeeze(text)
    return [f"{c.raw}{c.unit}" for c in find_candidates(squeezed, squeezed.text) if c.has_number and c.unit]


def _bare_answers(row: Sequence[Cell], left: Collection[str], unit_id: str | None) -> Iterator[Finding]:
    """Bare numbers in a row of the form's table that is no activity's, nor numbers the columns (1 | 2 | 3): 合计 | | 4037."""
    texts = [squeeze_text(c.text) for c in row]
    if any(_HEADER.search(t) for t in texts):
        said = ((c, head_figures(c.text)) for c in row if c.place in left)
        yield from (Finding("text_after_form", c.place, "、".join(f), unit_id=unit_id) for c, f in said if f)
        return
    if all(_NUMBERING.fullmatch(t) for t in texts if t):
        return
    for cell, text in zip(row, texts, strict=True):
        if cell.place in left and _BARE_NUMBER.fullmatch(text) and not (cell is row[0] and _NUMBERING.fullmatch(text)):
            yield Finding("extra_value", cell.place, text, unit_id=unit_id)


def _stray(cell: Cell, unit_id: str | None) -> list[Finding]:
    """Numbers with a unit in rows that belong to no activity."""
    text = squeeze(cell.text)
    if re.search("填报单位|填报日期", text.text):
        return []
    return [
        Finding("extra_value", cell.place, replace(c, label=c.label[-20:]).said, unit_id=unit_id)
        for c in find_candidates(text, text.text)
        if c.has_number and (c.unit or _is_total(c))
    ]


def _is_total(candidate: Candidate) -> bool:
    """Whether a number without a unit is called a total or stands behind the name of a measure: 合计8888, 参与人次8888."""
    lex = load_lexicon()
    words = rf"(?:{lex.total}|{lex.units}|人数|场数|次数|数量)[:为是达约]*$"
    return bool(re.fullmatch(r"\d[\d,]*", candidate.answer)) and re.search(words, candidate.label) is not None
