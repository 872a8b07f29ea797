"""Which blanks a column may mean whose head no blank matches: only to be offered, never counted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise

from etl.catalog.model import Form
from etl.collected.columns.form_slots import form_slots
from etl.collected.columns.match import ColumnMap, as_candidates
from etl.collected.columns.people import counts_only
from etl.extract.candidates import Candidate
from etl.extract.likeness import likeness, unit_score
from etl.extract.slots import FormSlot

_MOST = 3
_ALIKE = 0.5  # below it a head has a character or two in common with a blank's words


def guess_blanks(form: Form, columns: ColumnMap, heads: Mapping[int, tuple[str, ...]], column: int) -> tuple[str, ...]:
    """The blanks without a column that this one may be, likeliest first, at most three; empty where none is like it."""
    slots = form_slots(form, "")
    if counts_only(heads[column]):
        behind = {one.indicator_id: two.indicator_id for one, two in pairwise(slots) if two.is_dependent}
        found = [behind[event] for event in _events_before(form, columns, heads, column) if event in behind]
    else:
        candidate = as_candidates([heads[column]])[0]
        worth = {s.indicator_id: _worth(s, candidate) for s in slots if s.kind == "count"}
        found = sorted((i for i, points in worth.items() if points), key=lambda i: -worth[i])
    return tuple(i for i in dict.fromkeys(found) if i not in columns.of_indicator)[:_MOST]


def _worth(slot: FormSlot, candidate: Candidate) -> float:
    alike = likeness(slot, candidate)
    return 0.75 * alike + 0.25 * unit_score(slot, candidate) if alike >= _ALIKE and unit_score(slot, candidate) else 0.0


def _events_before(form: Form, columns: ColumnMap, heads: Mapping[int, tuple[str, ...]], column: int) -> Iterator[str]:
    """What the columns before one of people are, or may be, from the nearest to the first."""
    blank_of = {c: i for i, c in columns.of_indicator.items()}
    for before in sorted((c for c in heads if c < column and not counts_only(heads[c])), reverse=True):
        yield from (blank_of[before],) if before in blank_of else guess_blanks(form, columns, heads, before)
