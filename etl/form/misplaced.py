"""Numbers typed into the requirements column: read where the progress column is silent, named in any case."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from etl.catalog.model import Activity
from etl.document import Cell
from etl.extract.activity import extract_activity
from etl.extract.candidates import Candidate, find_candidates
from etl.extract.fill import Fill
from etl.extract.squeeze import squeeze, squeeze_text
from etl.findings import Finding
from etl.form.prose import ActivityText


def take_misplaced(
    activity: Activity, gathered: ActivityText, fills: dict[str, Fill], unit_id: str | None
) -> tuple[dict[str, str], list[Finding]]:
    """Fills the silent blanks from the cells beside; returns their places and the findings for the rest.

    Only what the form does not print there, under a blank's own words, is an answer. Under a head of the clerk's own it is a
    proposal; where nothing tells two columns apart, answers that differ are withheld.
    """
    places: dict[str, str] = {}
    findings: list[Finding] = []
    for beside in gathered.requirement:
        cell = beside.cell
        typed = _typed(cell, gathered.plan.requirement)
        if not typed:
            findings += _bare_numbers(cell, gathered.plan.requirement, unit_id)
            continue
        taken = _answers(activity, gathered, cell, typed)
        read: set[Candidate | None] = set()
        for indicator_id, fill in taken.items():
            own = fills[indicator_id]
            if _is_silent(own):
                certainty = "uncertain" if beside.kind == "other" else fill.certainty
                fills[indicator_id] = fill._replace(flags=(*fill.flags, "wrong_column"), certainty=certainty)
                places[indicator_id] = cell.place
            elif beside.kind == "rival" and indicator_id not in places:
                if _are_two(own.raw, fill.raw, is_headed=beside.is_headed):
                    fills[indicator_id] = own._replace(certainty="twice", raw=f"{own.raw} / {fill.raw}")
            else:
                continue
            read.add(_holder(fill, typed))
        findings += [
            Finding("wrong_column", cell.place, replace(c, label=c.label[-20:]).said, unit_id=unit_id)
            for c in typed
            if c not in read
        ]
    return places, findings


def _are_two(own: str | None, other: str | None, *, is_headed: bool) -> bool:
    """Whether two columns' answers are two: they differ, or stand under heads of their own (5月 | 6月), both above zero."""
    first, second = squeeze_text(own or ""), squeeze_text(other or "")
    return first != second or (is_headed and first.strip("0()") != "")


def _is_silent(fill: Fill) -> bool:
    """Whether nothing was typed into a blank."""
    return fill.typed is None or not (fill.typed.before + fill.typed.inside + fill.typed.after).strip()


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
    found = extract_activity(gathered.plan, cell.text, strict=True).fills
    counts = {i.indicator_id for i in activity.indicators if i.kind == "count"}
    return {
        i: f
        for i, f in found.items()
        if i in counts and f.typed is not None and f.certainty == "sure" and _holder(f, typed) is not None
    }


def _holder(fill: Fill, typed: list[Candidate]) -> Candidate | None:
    """Which of the numbers in a cell a blank was filled with."""
    return next((c for c in typed if c.start <= fill.start < c.end), None)
