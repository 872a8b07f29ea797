"""Lines beside a Word form, or in its cells, that take its figures back (以上为2020年数据, 更正：参与人次应为350): what they speak of is held back."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from etl.catalog.model import Form
from etl.document import Block, Paragraph, Table
from etl.extract.slots import plan_activity
from etl.extract.squeeze import squeeze_text
from etl.facts import Fact
from etl.findings import Finding
from etl.form.lines_beside import is_form_head, told_in_head
from etl.interpret.reading import GIVEN, UNREADABLE
from etl.interpret.retracted import (
    begins_correction,
    is_correction,
    looks,
    may_retract,
    retracts,
    takes_all_back,
    tells_figure,
)

RULE = "form_doubted"
_ABOUT_LINES = ("doubt_line", "line_beside", "text_after_form")
_NOTE = "note"
_CLAUSES = re.compile("[,;.、]")
_LIST_MARK = re.compile(r"(?:^|(?<=[:;,.]))\(?\d{1,2}[.、)](?=[\u4e00-\u9fff])")  # 1.公开课场次应为20;2.…
_LONGEST = 60  # letters of a line that speaks of the figures; a notice's paragraphs are longer
_SHARED = 4  # blanks whose names may have two letters in common that still tell them apart


class TakenBack(NamedTuple):
    """A line as typed, and what it holds back: the blanks it names (None: all), those that stand in one cell only ('': anywhere)."""

    line: str
    indicators: frozenset[str] | None
    cell: str
    is_quoted: bool = False  # by a finding of its own, as notes and margins are

    def holds(self, fact: Fact) -> bool:
        """Whether the line speaks of a fact."""
        is_here = not self.cell or fact.place.startswith(f"{self.cell} ")
        return is_here and (self.indicators is None or fact.indicator_id in self.indicators)


def taken_back(
    form: Form, blocks: Sequence[Block], answers: Collection[str], year: int | None, notes: Sequence[str] = ()
) -> list[TakenBack]:
    """The lines of a form's part that take figures back; `answers`: the places of its cells of answers, which speak of themselves.

    `notes`: what stands in margins, boxes and notes.
    """
    return [
        TakenBack(line, named_blanks(form, said, year), place if is_cell and place in answers else "", place == _NOTE)
        for place, line, is_cell in (*_lines(blocks, answers, year), *((_NOTE, note.strip(), False) for note in notes))
        if len(line) <= _LONGEST
        and (said := squeeze_text(line)) not in _printed(form)
        # What a sentence of answers corrects is judged with its answers.
        and (_takes_back_in_cell(said, year) if is_cell and place in answers else retracts(said, year))
    ]


def _takes_back_in_cell(line: str, year: int | None) -> bool:
    """Whether a line among sentences of answers does: of the whole cell, or as a correction of its own (更正：…)."""
    return takes_all_back(line, year) or (begins_correction(line) and is_correction(line))


def hold_back(facts: Iterable[Fact], lines: Sequence[TakenBack]) -> list[Fact]:
    """The facts, those that a line speaks of withheld, with what was typed as the proposal."""
    return [_held(f) if any(line.holds(f) for line in lines) else f for f in facts]


def say_taken_back(findings: Iterable[Finding], lines: Sequence[TakenBack]) -> list[Finding]:
    """The findings, those about such a line by the rule that says that it holds figures back; a line that nobody named has its own."""
    named, told = [], set[TakenBack]()
    for finding in findings:
        about = {t for t in lines if t.line in finding.found or (finding.found and finding.found in t.line)}
        is_about = finding.rule in _ABOUT_LINES and bool(about)
        named.append(replace(finding, rule="line_retracts") if is_about else finding)
        told |= about if is_about else set()
    return [*named, *(Finding("line_retracts", t.cell, t.line) for t in lines if t not in told and not t.is_quoted)]


def _lines(blocks: Sequence[Block], answers: Collection[str], year: int | None) -> Iterator[tuple[str, str, bool]]:
    """Place and text of the lines around the tables that point to no other table than the form's, and of those in cells of rows of answers (True)."""
    tables = {n: _is_own(b, answers) for n, b in enumerate(blocks) if isinstance(b, Table)}
    for n, block in enumerate(blocks):
        if isinstance(block, Paragraph):
            line = block.text.strip()
            if is_form_head(block):
                yield from ((block.place, words, False) for words in told_in_head(line, year))
            elif may_retract(line) and not _is_elsewhere(looks(squeeze_text(line)), n, tables):
                yield block.place, line, False
            continue
        for row in block.rows:
            # A row that holds nothing else speaks of the table.
            is_cell = len({text for c in row if (text := c.text.strip())}) > 1
            for cell in (c for c in row if may_retract(c.text)):
                yield from ((cell.place, line.strip(), is_cell) for line in cell.text.splitlines())


def _is_own(table: Table, answers: Collection[str]) -> bool:
    """Whether a table holds answers of the form."""
    return any(c.place in answers for row in table.rows for c in row)


def _is_elsewhere(way: str, at: int, tables: Mapping[int, bool]) -> bool:
    """Whether a line that points ahead or back has only tables on that side that are not the form's (`tables`: those that are)."""
    there = [is_own for n, is_own in tables.items() if (n > at if way == "ahead" else n < at)]
    return way != "" and bool(there) and not any(there)


def named_blanks(form: Form, line: str, year: int | None) -> frozenset[str] | None:
    """The blanks that a correction names, clause by clause (公开课应为20场，演练应为30场); None where one names none or it speaks of all."""
    if not is_correction(line) or takes_all_back(line, year):
        return None
    named = [_named_in(form, clause) for clause in _CLAUSES.split(_LIST_MARK.sub("", line)) if tells_figure(clause)]
    return None if not named or None in named else frozenset().union(*(n for n in named if n is not None))


def _named_in(form: Form, clause: str) -> frozenset[str] | None:
    """The blanks a clause names by most letters of their own (演练); None where it names none."""
    hits = {i: sum(p in clause for p in pairs) for i, pairs in _own_pairs(form).items()}
    most = max(hits.values(), default=0)
    best = frozenset(i for i, n in hits.items() if n == most) if most else frozenset()
    # 专题研讨应为37场 speaks of no people.
    counted = (
        i for i in best if re.search(rf"\d{re.escape(form.by_indicator[i].unit)}", clause) and form.by_indicator[i].unit
    )
    return frozenset(counted) or best or None


@lru_cache(maxsize=32)
def _own_pairs(form: Form) -> dict[str, frozenset[str]]:
    """Blank -> two letters beside each other in its name that few others have."""
    pairs = {i.indicator_id: _pairs(squeeze_text(i.label_zh)) for i in form.indicators}
    n_held = Counter(p for own in pairs.values() for p in own)
    return {i: frozenset(p for p in own if n_held[p] <= _SHARED) for i, own in pairs.items()}


def _pairs(words: str) -> frozenset[str]:
    return frozenset(p for n in range(len(words) - 1) if re.fullmatch("[\u4e00-\u9fff]{2}", p := words[n : n + 2]))


@lru_cache(maxsize=32)
def _printed(form: Form) -> str:
    """All that the form prints in its cells."""
    return "\n".join(
        w for a in form.activities for w in (plan_activity(form, a).requirement, squeeze_text(a.blank_text))
    )


def _held(fact: Fact) -> Fact:
    if fact.state not in GIVEN:
        return fact
    return fact._replace(
        value=None, text=None, low=None, high=None, qualifier="exact", state=UNREADABLE, flags=(RULE,), proposal=fact.raw or None
    )  # fmt: skip
