"""A form whose printed sentences were all replaced by the clerk's own: nothing of it is counted, everything is named."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from rapidfuzz import fuzz

from etl.catalog.model import Form
from etl.document import Cell, Table
from etl.extract.candidates import Candidate, find_candidates
from etl.extract.slots import ActivityPlan, FormSlot, plan_activity
from etl.extract.squeeze import squeeze, squeeze_text
from etl.findings import Finding
from etl.form.recognise import FormPart

_LIKE_TITLE = 78  # of 100
_LEAST_ROWS = 2  # one activity's name may stand in any table
_LONGEST = 40  # characters of a sentence that are quoted


def find_own_words(forms: Iterable[Form], part: FormPart) -> tuple[Form, list[Finding]] | None:
    """The form whose activities name the rows of a table, and what is said of it and of each number; None without such rows.

    A number whose unit is that of one blank of its row alone, and of no other number there, is proposed for that blank.
    """
    tables = [b for b in part.blocks if isinstance(b, Table)]
    named = [(form, [*_rows(form, tables)]) for form in forms]
    form, rows = max(named, key=lambda pair: len({p.title for p, _ in pair[1]}), default=(None, []))
    if form is None or len({plan.title for plan, _ in rows}) < min(_LEAST_ROWS, len(form.activities)) or not rows:
        return None
    said = [f for plan, cells in rows for f in _numbers(plan, cells)]
    first = Finding(
        "sentences_replaced", part.title or rows[0][1][0].place, form.title_zh, words={"count": str(len(said))}
    )
    return form, [first, *said]


def _rows(form: Form, tables: Sequence[Table]) -> Iterable[tuple[ActivityPlan, list[Cell]]]:
    """The rows whose first cells name an activity, with their cells but the name and the requirement."""
    plans = [plan_activity(form, a) for a in form.activities]
    for row in (r for table in tables for r in table.rows):
        texts = [squeeze_text(c.text) for c in row]
        scored = [(fuzz.ratio(t, p.title), -n, p) for n, t in enumerate(texts[:2]) for p in plans if 2 <= len(t) <= 60]
        score, at, plan = max(scored, key=lambda s: s[:2], default=(0.0, 0, plans[0]))
        cells = [c for n, c in enumerate(row) if n > -at and fuzz.ratio(texts[n], plan.requirement) < _LIKE_TITLE]
        if score >= _LIKE_TITLE and any(c.text.strip() for c in cells):
            yield plan, cells


def _numbers(plan: ActivityPlan, cells: Sequence[Cell]) -> Iterable[Finding]:
    found = [(cell, c) for cell in cells for c in _candidates(cell)]
    units = Counter(c.unit for _, c in found)
    for cell, candidate in found:
        blanks = [s for s in plan.slots if s.kind == "count" and s.unit == candidate.unit]
        is_plain = re.fullmatch(r"[1-9]\d{0,8}", candidate.answer) is not None
        blank = blanks[0] if len(blanks) == 1 and units[candidate.unit] == 1 and is_plain else None
        yield _finding(plan, cell, candidate, blank)


def _candidates(cell: Cell) -> list[Candidate]:
    text = squeeze(cell.text)
    return [c for c in find_candidates(text, text.text) if c.has_number]


def _finding(plan: ActivityPlan, cell: Cell, candidate: Candidate, blank: FormSlot | None) -> Finding:
    words = f"{candidate.label[-_LONGEST:]}{candidate.answer}{candidate.unit}"
    title = plan.activity.title_zh
    if blank is None:
        return Finding("own_sentence", cell.place, words, title)
    return Finding(
        "own_sentence_likely",
        cell.place,
        words,
        title,
        proposal=candidate.answer,
        indicator_id=blank.indicator_id,
    )
