"""A later report that answers far less than the one it would replace: set aside, and what it says otherwise asked about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from etl.catalog.model import Form
from etl.facts import Fact, Submission, number_words
from etl.findings import Finding
from etl.interpret.reading import EMPTY, GIVEN, NOT_APPLICABLE

_BEFORE = {"exact": "", "approx": "约", "at_least": "≥", "at_most": "≤"}
_UNSEEN = EMPTY | {"needs_ocr"}


def count_answered(facts: Iterable[Fact], unit_id: str) -> int:
    """How many blanks of the unit were answered in any way."""
    return sum(f.unit_id == unit_id and f.state not in _UNSEEN for f in facts)


def count_given(facts: Iterable[Fact], unit_id: str) -> int:
    """How many blanks of the unit hold a value that was read."""
    return sum(f.unit_id == unit_id and f.state in GIVEN for f in facts)


def later_values(form: Form | None, aside: Submission, counted: Submission, unit_id: str) -> Iterator[Finding]:
    """The blanks of which a report that was set aside says something else than the one that counts, each with its proposal.

    A scan says something else only where the electronic file says nothing: its figures are read less surely.
    """
    mine = {f.indicator_id: f for f in counted.facts if f.unit_id == unit_id}
    for fact in aside.facts:
        now = mine.get(fact.indicator_id)
        if (
            fact.unit_id != unit_id
            or now is None
            or fact.state not in (*GIVEN, NOT_APPLICABLE)
            or _says_same(fact, now)
        ):
            continue
        if aside.is_scan and not counted.is_scan and now.state not in EMPTY:
            continue
        indicator = form.by_indicator.get(fact.indicator_id) if form else None
        said = _as_typed(fact, indicator.kind if indicator else "")
        words = {"basis": aside.source_name}
        shown = said or number_words(fact.low) + "–" + number_words(fact.high)
        yield Finding("later_value", now.place, shown, now.raw or "", unit_id, fact.indicator_id, said or None, words)


def _says_same(fact: Fact, other: Fact) -> bool:
    return (fact.value, fact.text, fact.low, fact.high) == (other.value, other.text, other.low, other.high) and (
        fact.value is not None or fact.text is not None or fact.state == other.state
    )


def _as_typed(fact: Fact, kind: str) -> str:
    """The answer as a clerk would type it; '' for a range, which is no value."""
    if kind == "flag" and fact.value is not None:
        return "是" if fact.value else "否"
    if fact.value is not None:
        return f"{_BEFORE.get(fact.qualifier, '')}{fact.value:.0f}"
    return "/" if fact.state == NOT_APPLICABLE else fact.text or ""
