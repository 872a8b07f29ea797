"""Numbers typed into the requirements column: read where the progress column is silent, named in any case."""

from __future__ import annotations

import re
from collections import Counter

from etl.catalog.model import Activity
from etl.document import Cell
from etl.extract.activity import Fill, extract_activity
from etl.extract.candidates import Candidate, find_candidates
from etl.extract.squeeze import squeeze, squeeze_text
from etl.findings import Finding
from etl.form.prose import ActivityText


def take_misplaced(
    activity: Activity, gathered: ActivityText, fills: dict[str, Fill], unit_id: str | None
) -> tuple[dict[str, str], list[Finding]]:
    """Fills the silent blanks from the requirements column; returns their places and the findings for the rest.

    Only what the form does not print there, under a blank's own words, is an answer.
    """
    places: dict[str, str] = {}
    findings: list[Finding] = []
    for cell in gathered.requirement:
        typed = _typed(cell, gathered.plan.requirement)
        if not typed:
            findings += _bare_numbers(cell, gathered.plan.requirement, unit_id)
            continue
        taken = _answers(activity, gathered, cell, typed)
        for indicator_id, fill in taken.items():
            silent = fills[indicator_id].typed
            if indicator_id not in places and (
                silent is None or not (silent.before + silent.inside + silent.after).strip()
            ):
                fills[indicator_id] = fill._replace(flags=(*fill.flags, "wrong_column"))
                places[indicator_id] = cell.place
        read = {taken[i].start for i in places if i in taken}
        findings += [
            Finding("wrong_column", cell.place, f"{c.label[-16:]}{c.raw}{c.unit}", unit_id=unit_id)
            for c in typed
            if c.start not in read
        ]
    return places, findings


def _bare_numbers(cell: Cell, printed: str, unit_id: str | None) -> list[Finding]:
    """Numbers without a unit that the form does not print there: nobody can tell which blank they answer."""
    text = squeeze_text(cell.text)
    if text == printed or not Counter(re.findall(r"\d+", text)) - Counter(re.findall(r"\d+", printed)):
        return []
    return [Finding("wrong_column", cell.place, cell.text.strip()[:80], unit_id=unit_id)]


def _typed(cell: Cell, printed: str) -> list[Candidate]:
    """Answers in the cell that the form does not print there."""
    if squeeze_text(cell.text) == printed:
        return []
    text = squeeze(cell.text)
    return [
        c
        for c in find_candidates(text, text.text)
        if c.has_number and c.unit and text.text[max(0, c.start - 4) : c.end + 2] not in printed
    ]


def _answers(activity: Activity, gathered: ActivityText, cell: Cell, typed: list[Candidate]) -> dict[str, Fill]:
    """The cell's own answers by blank, only those whose words leave no doubt."""
    starts = {c.start for c in typed}
    found = extract_activity(gathered.plan, cell.text, strict=True).fills
    counts = {i.indicator_id for i in activity.indicators if i.kind == "count"}
    return {
        i: f
        for i, f in found.items()
        if i in counts and f.typed is not None and f.certainty == "sure" and f.start in starts
    }
