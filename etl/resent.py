"""What a report of a unit says otherwise than the one before it: changed numbers, blanks filled for the first time, or no more."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from etl.catalog.model import Form
from etl.facts import Fact, Submission, number_words
from etl.findings import Finding, shorten
from etl.interpret.reading import EMPTY, NOT_REPORTED, WITHHELD

_FIRST = 8  # changes put in words
_FIRST_TEXT = 20  # characters of a text that is gone


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
    glue, more = ("; ", "; …") if is_english else ("；", "；……")
    said = glue.join(f"{_label(form, b, is_english=is_english)} {_arrow(a, b)}" for a, b in changed[:_FIRST])
    return said + more if len(changed) > _FIRST else said


def _arrow(older: Fact | None, newer: Fact) -> str:
    """10 → 25; — → 25 for a blank that gave no number before."""
    return f"{number_words(older.value if older else None) or '—'} → {number_words(newer.value)}"


def _label(form: Form | None, fact: Fact, *, is_english: bool) -> str:
    indicator = form.by_indicator.get(fact.indicator_id) if form else None
    return fact.indicator_id if indicator is None else indicator.label_en if is_english else indicator.label_zh


def lost_words(form: Form | None, lost: Mapping[str, Fact], now: Mapping[str, Fact]) -> dict[str, str]:
    """Of blanks that an older report answered and the newer one does not: how many say nothing, could not be read, say something
    else (待统计, /), and what each was before. All are named, for their figures are in no total any more."""
    states = [now[i].state if i in now else NOT_REPORTED for i in lost]
    blank, unread = sum(s in EMPTY for s in states), sum(s in WITHHELD for s in states)
    counts = (
        (blank, "没填", "left blank"),
        (unread, "填了但读不出", "filled in but unreadable"),
        (len(states) - blank - unread, "填的不是数", "answered otherwise"),
    )
    said = [(f"{zh} {n} 项", f"{n} {en}") for n, zh, en in counts if n]
    old = sorted(lost.values(), key=lambda f: form.by_indicator[f.indicator_id].position if form else 0)
    return {
        "value": "，".join(zh for zh, _ in said),
        "value_en": ", ".join(en for _, en in said),
        "basis": "；".join(f"{_label(form, f, is_english=False)} {_before(f)}" for f in old),
        "basis_en": "; ".join(f"{_label(form, f, is_english=True)} {_before(f)}" for f in old),
    }


def _before(fact: Fact) -> str:
    """What a blank said: its number, else the beginning of what was typed."""
    return number_words(fact.value) or shorten(fact.raw or fact.text or "", _FIRST_TEXT)
