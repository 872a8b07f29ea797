"""The activities of a form as typed -> facts and findings of a submission whose unit is known."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from etl.catalog.model import Campaign, Form
from etl.extract.activity import Extraction, extract_activity
from etl.extract.added_words import says_scope
from etl.extract.squeeze import squeeze_text
from etl.facts import Fact, Submission, flag_findings, judge_together
from etl.findings import Finding
from etl.form.columns import columns_of
from etl.form.lines_beside import doubts_in_cells
from etl.form.misplaced import take_misplaced
from etl.form.prose import ActivityText
from etl.form.read_fill import Asked, facts_of
from etl.form.recognise import FormPart, gather
from etl.form.scale_lines import scale_lines, scale_told
from etl.form.taken_back import TakenBack, hold_back, taken_back
from etl.form.title_words import added_findings, head_findings, scaled_heads
from etl.form.unit_names import NO_NAMES, UnitNames
from etl.form.unread import name_unread
from etl.interpret.doubts import casts_doubt, limits_figures
from etl.interpret.reading import ROW_MISSING
from etl.next_blank import name_next_blank

_SHORT_LINE = 40  # letters; a printed sentence with its answers is longer
_PIECE = re.compile(r"[,;。，；()（）\n]")


def read_activities(
    form: Form,
    submission: Submission,
    part: FormPart,
    *,
    strict: bool,
    campaign: Campaign | None = None,
    names: UnitNames = NO_NAMES,
    notes: Sequence[str] = (),
) -> list[TakenBack]:
    """Add the facts and findings of all activities to a submission whose unit is known; the lines that hold figures back.

    `strict`: another form's words; `names`: those of its unit, and of the campaign's others; `notes`: what margins, boxes and notes say.
    """
    year = campaign.year if campaign else None
    told = columns_of(part.blocks, year)
    said = gather(form, part.blocks, told, year)
    facts: list[Fact] = []
    instead: dict[str, str] = {}
    findings = [
        replace(f, unit_id=submission.unit_id)
        for f in (*said.findings, *head_findings(form, part.blocks, told), *added_findings(said.added, year))
    ]
    scaled = scale_told([*scaled_heads(told), *scale_lines(part.blocks)])
    for activity in form.activities:
        gathered = said.texts[activity.activity_id]
        extraction = extract_activity(
            gathered.plan, gathered.text, strict=strict, year=year, others=names.others, own=names.own
        )
        lengths = [len(squeeze_text(c.text)) for c in gathered.cells]
        # What another form prints beside its answers is no answer of this one's that was typed there.
        elsewhere, misplaced = (
            ({}, []) if strict else take_misplaced(activity, gathered, extraction.fills, submission.unit_id)
        )
        asked = Asked(submission.unit_id, year, scaled, names)
        read_here, has_words = facts_of(asked, gathered, extraction, lengths, elsewhere)
        facts += read_here
        findings += _extras(gathered, extraction, lengths, submission.unit_id)
        instead |= extraction.instead
        findings += misplaced
        if has_words:
            findings += _doubts(gathered, submission.unit_id, year)
    read = {c.place for t in said.texts.values() for c in (*t.cells, *(b.cell for b in t.requirement))}
    left = ((c.place, c.text) for c in said.rest if c.place not in read)
    findings += [replace(f, unit_id=submission.unit_id) for f in doubts_in_cells(left, year)]
    has_answers = strict or any(f.value is not None or f.text for f in facts)
    findings += name_unread(form, part, read, said.rest, submission.unit_id, has_answers=has_answers)
    findings += [
        Finding("said_instead", f.place, instead[f.indicator_id], indicator_id=f.indicator_id, unit_id=f.unit_id)
        if f.indicator_id in instead
        else Finding("row_missing", f.place, indicator_id=f.indicator_id, unit_id=f.unit_id)
        for f in facts
        if f.state == ROW_MISSING
    ]
    lines = taken_back(form, part.blocks, {c.place for t in said.texts.values() for c in t.cells}, year, notes)
    facts, more = judge_together(form, hold_back(facts, lines))
    submission.facts = facts
    submission.findings += name_next_blank(form, facts, flag_findings(facts)) + findings + more
    return lines


def _doubts(gathered: ActivityText, unit_id: str | None, year: int | None) -> Iterator[Finding]:
    """Words in a cell of answers which may say that its figures are not this campaign's (以上为去年数据, 均为计划): named."""
    for cell in gathered.cells:
        if casts_doubt(cell.text):
            pieces = (p.strip() for p in _PIECE.split(cell.text) if casts_doubt(p))
            said = "；".join(p for p in pieces if p not in gathered.plan.requirement)
            if said:
                yield Finding("doubt_line", cell.place, said[:120], unit_id=unit_id)
        for line in cell.text.splitlines():
            if len(line) <= _SHORT_LINE and limits_figures(squeeze_text(line), year):
                yield Finding("doubt_line", cell.place, line.strip(), unit_id=unit_id)


def _extras(gathered: ActivityText, extraction: Extraction, lengths: list[int], unit_id: str | None) -> list[Finding]:
    """Words around answers, and answers that belong to no blank of the form."""
    found = []
    for blank, words in extraction.beside.items():
        place = gathered.place_of(extraction.fills[blank].start, lengths)
        found.append(
            Finding(
                "scope_beside" if says_scope(words) else "words_beside",
                place,
                words,
                unit_id=unit_id,
                indicator_id=blank,
            )
        )
    for candidate in extraction.extras:
        if not candidate.has_number:
            continue
        place = gathered.place_of(candidate.start, lengths)
        found.append(Finding("extra_value", place, candidate.said, unit_id=unit_id))
    return found
