"""What a report of a unit says otherwise than the one before it: changed numbers, and blanks filled for the first time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from etl.catalog.model import Form
from etl.facts import Fact, Submission, number_words
from etl.findings import Finding

_FIRST = 8  # changes put in words


def differing(older: Submission, newer: Submission, unit_id: str) -> Iterator[tuple[Fact, Fact]]:
    """The blanks for which two reports give different numbers, as each gives them."""
    return ((a, b) for a, b in _pairs(older, newer, unit_id) if a is not None and a.value is not None)


def _pairs(older: Submission, newer: Submission, unit_id: str) -> Iterator[tuple[Fact | None, Fact]]:
    """Each number of the newer report that the older one does not give; None where the older one has no such blank."""
    before = {f.indicator_id: f for f in older.facts if f.unit_id == unit_id}
    for fact in newer.facts:
        old = before.get(fact.indicator_id)
        if fact.unit_id == unit_id and fact.value is not None and (old is None or old.value != fact.value):
            yield old, fact


def changes(form: Form | None, older: Submission, newer: Submission, unit_id: str) -> Iterator[Finding]:
    """One finding about all of them, by name. A later table replaces the earlier one as a cumulative figure, so a fall is named by itself."""
    changed = list(_pairs(older, newer, unit_id))
    if not changed:
        return
    words = {
        "count": str(len(changed)),
        "basis": older.source_name,
        "value": _listed(form, changed, is_english=False),
        "value_en": _listed(form, changed, is_english=True),
    }
    shown = "，".join(_arrow(a, b) for a, b in changed[:5])
    yield Finding("value_corrected", newer.source_name, shown, older.source_name, unit_id, words=words)
    for a, b in changed:
        is_exact = a is not None and b.qualifier == a.qualifier == "exact"
        if is_exact and a is not None and a.value is not None and (b.value or 0.0) < a.value:
            yield Finding("value_fell", b.place, number_words(b.value), number_words(a.value), unit_id, b.indicator_id)


def _listed(form: Form | None, changed: Sequence[tuple[Fact | None, Fact]], *, is_english: bool) -> str:
    """理论学习中心组学习 10 → 25, the first few."""

    def label(fact: Fact) -> str:
        indicator = form.by_indicator.get(fact.indicator_id) if form else None
        return fact.indicator_id if indicator is None else indicator.label_en if is_english else indicator.label_zh

    glue, more = ("; ", "; …") if is_english else ("；", "；……")
    said = glue.join(f"{label(b)} {_arrow(a, b)}" for a, b in changed[:_FIRST])
    return said + more if len(changed) > _FIRST else said


def _arrow(older: Fact | None, newer: Fact) -> str:
    """10 → 25; — → 25 for a blank that gave no number before."""
    return f"{number_words(older.value if older else None) or '—'} → {number_words(newer.value)}"
