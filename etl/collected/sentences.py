"""A table whose cells hold the form's sentences, one unit a row and one activity a column -> a submission of all its units."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from rapidfuzz import fuzz

from etl.catalog.model import Form
from etl.collected.left_over import NO_HEAD, say_columns, say_remarks
from etl.collected.sheet.doubts import is_remark_head
from etl.collected.sheet.held_back import first_numbers
from etl.collected.sheet.layout import MAX_NAME, is_note, is_total, says_unit
from etl.collected.sheet.whole_sheets import transposed
from etl.document import Cell, CellValue, Paragraph, Sheet, Table
from etl.extract.slots import plan_activity
from etl.extract.squeeze import squeeze_text
from etl.facts import Submission
from etl.findings import Finding
from etl.form.activities import read_activities
from etl.form.recognise import FormPart
from etl.held_facts import say_held
from etl.resolve import Resolver, hint_words

_HEAD_ROWS = 6
_ALIKE = 78  # of 100: a head that is an activity's title, however it is spelt
_LONGEST_TITLE = 40
_SHORTEST = 12  # letters of a sentence
_SENTENCE = re.compile(r"[(_].*\d.*[)_].*[,;.、]|\d.*[,;、].*\d|:\D{0,3}\d.*:\D{0,3}\d")
_SAID = re.compile(r"(?:活动|工作)?(?:进展|完成|开展|落实|填报)(?:情况|内容)?")
_LOOKED_AT = 2000  # letters of a cell that are looked at for it: the search takes their square


@dataclass(frozen=True)
class _Heads:
    """Where the activities and the units stand in a sheet."""

    row: int
    names: int
    titles: dict[int, str]  # column -> the activity's own title


def read_sentences(form: Form, sheet: Sheet, resolver: Resolver, blank: Submission) -> Submission | None:
    """What every unit's sentences say; None where the sheet is no such table, either way round. `sheet` has its merged areas filled."""
    for seen, is_turned in ((sheet, False), (transposed(sheet), True)):
        heads = _find_heads(form, seen) or (None if is_turned else _find_lone(seen))
        if heads is not None and _holds_sentences(seen, heads, resolver):
            return _Rows(form, seen, heads, resolver, is_turned=is_turned).read(blank)
    return None


def _find_heads(form: Form, sheet: Sheet) -> _Heads | None:
    plans = [plan_activity(form, a) for a in form.activities]
    for r, row in enumerate(sheet.rows[:_HEAD_ROWS]):
        titles: dict[int, str] = {}
        for c, value in enumerate(row):
            said = squeeze_text(value) if isinstance(value, str) and len(value) <= _LONGEST_TITLE else ""
            title = next((p.title for p in plans if said and fuzz.ratio(said, p.title) >= _ALIKE), None)
            if title is not None and title not in titles.values():
                titles[c] = title
        if len(titles) >= 2 and (first := min(titles)) > 0:
            return _Heads(r, first - 1, titles)
    return None


def _find_lone(sheet: Sheet) -> _Heads | None:
    """The one column of sentences beside the units', headed 进展情况 or 完成情况."""
    for r, row in enumerate(sheet.rows[:_HEAD_ROWS]):
        names = [c for c, v in enumerate(row) if isinstance(v, str) and says_unit(v)]
        said = [c for c, v in enumerate(row) if isinstance(v, str) and _SAID.fullmatch(squeeze_text(v))]
        if len(said) == 1 and names and names[0] < said[0]:
            return _Heads(r, names[0], {said[0]: ""})
    return None


def _holds_sentences(sheet: Sheet, heads: _Heads, resolver: Resolver) -> bool:
    """Whether most of what units say under the activities is sentences, not bare numbers."""
    rows = sheet.rows[heads.row + 1 :]
    own = [row for row in rows if resolver.resolve(_words(row[heads.names])[:MAX_NAME]).unit_id is not None]
    said = [text for row in own for c in heads.titles if (text := squeeze_text(_words(row[c])))]
    return sum(len(t) >= _SHORTEST and _SENTENCE.search(t[:_LOOKED_AT]) is not None for t in said) * 2 > len(said)


@dataclass(frozen=True)
class _Rows:
    """The rows below the heads."""

    form: Form
    sheet: Sheet
    heads: _Heads
    resolver: Resolver
    is_turned: bool

    def place(self, row: int, column: int) -> str:
        """Row and column as seen -> place in the file."""
        return self.sheet.place(column, row) if self.is_turned else self.sheet.place(row, column)

    def read(self, blank: Submission) -> Submission:
        """All units' facts in one submission; a unit that stands twice is withheld."""
        whole = replace(blank, facts=[], findings=[*blank.findings], outside_units=[])
        found = list(self.units(blank))
        for one in found:
            if one.unit_id is not None and sum(o.unit_id == one.unit_id for o in found) > 1:
                whole.findings.append(Finding("repeated_in_table", one.source_name, one.source_name))
                one.facts = [f._replace(unit_id=None) for f in one.facts]
            whole.facts += one.facts
            whole.findings += one.findings
            whole.outside_units += one.outside_units
        whole.findings += self.left_over()
        return whole

    def units(self, blank: Submission) -> Iterator[Submission]:
        """One submission a row, its name the row's place."""
        for r, row in enumerate(self.sheet.rows[self.heads.row + 1 :], start=self.heads.row + 1):
            name, texts = _words(row[self.heads.names]), [_words(row[c]) for c in self.heads.titles]
            if not any(texts) or is_total(name) or is_note(name):
                continue
            one = replace(blank, facts=[], findings=[], outside_units=[], source_name=self.place(r, self.heads.names))
            self.tell_unit(one, name)
            titled = zip(self.heads.titles.items(), texts, strict=True)
            cells = tuple((Cell(title, ""), Cell(text, self.place(r, c))) for (c, title), text in titled if text)
            blocks = (Table(cells, 1),) if all(self.heads.titles.values()) else tuple(self.lines(r, texts[0]))
            read_activities(self.form, one, FormPart(blocks, ""), strict=False)
            one.findings = say_held(one.findings, one.facts)
            yield one

    def lines(self, row: int, text: str) -> Iterator[Paragraph]:
        """What one cell says of all activities, line by line."""
        place = self.place(row, min(self.heads.titles))
        yield from (Paragraph(line, place) for line in re.split(r"[\r\n]+", text) if line.strip())

    def tell_unit(self, one: Submission, name: str) -> None:
        """Whose row it is, with a finding where that can't be told."""
        said = self.resolver.resolve(name[:MAX_NAME])
        one.unit_id = said.unit_id
        if said.unit_id is None:
            rule, proposal = said.rule or "unit_unresolved", said.proposal or None
            one.findings.append(Finding(rule, one.source_name, name, proposal=proposal, words=hint_words(said)))
        elif said.kind:
            one.outside_units.append((said.unit_id, name, said.kind))
            one.findings.append(Finding("unit_not_in_roster", one.source_name, name, unit_id=said.unit_id))

    def left_over(self) -> Iterator[Finding]:
        """Columns with numbers beside those of the activities, but for 序号 before the names; then the remarks."""
        width = max((len(row) for row in self.sheet.rows), default=0)
        others = [c for c in range(self.heads.names + 1, width) if c not in self.heads.titles]
        heads = {c: _words(self.sheet.rows[self.heads.row][c]) for c in others}
        below = [*enumerate(self.sheet.rows)][self.heads.row + 1 :]
        remarks = [c for c in others if is_remark_head(squeeze_text(heads[c]))]
        lost = [c for c in others if c not in remarks and any(re.search(r"\d", _words(row[c])) for _, row in below)]
        places = [
            (self.place(self.heads.row, c), heads[c] or NO_HEAD, first_numbers([row[c] for _, row in below]))
            for c in lost
        ]
        yield from say_columns("columns_unread", self.sheet.name, places)
        for r, row in below:
            unit_id = self.resolver.resolve(_words(row[self.heads.names])[:MAX_NAME]).unit_id
            yield from say_remarks(((self.place(r, c), row[c]) for c in remarks), unit_id)


def _words(value: CellValue) -> str:
    if isinstance(value, float) and value == int(value):
        return str(int(value))
    return str(value).strip() if value is not None else ""
