"""How alike a blank's printed words and the words around an answer are."""

from __future__ import annotations

from rapidfuzz import fuzz

from etl.extract.candidates import Candidate
from etl.extract.slots import FormSlot
from etl.interpret.lexicon import load_lexicon
from etl.interpret.units import is_kin

POSSIBLE = 0.28
LAST_CLAUSE = 0.6


def similarity(label: str, typed: str) -> float:
    """How alike a printed label and the words before an answer are, 0 to 1."""
    if label == typed:
        return 1.0
    if not label or not typed:
        return 0.0
    if len(label) >= 2 and typed.endswith(label):
        return 0.97
    plain_label, plain_typed = label.replace('"', ""), typed.replace('"', "")
    if len(plain_label) >= 2 and plain_typed.endswith(plain_label):
        return 0.96
    # Words before the label belong to a clause whose own blank is gone: compare with the tail as well.
    tail = plain_typed[-(len(plain_label) + 2) :]
    best = max(fuzz.ratio(plain_label, plain_typed), fuzz.ratio(plain_label, tail)) / 100
    if len(plain_typed) >= 2 and len(plain_label) > len(plain_typed):
        best = max(best, 0.72 * fuzz.partial_ratio(plain_typed, plain_label) / 100)
    return best


def unit_score(slot: FormSlot, candidate: Candidate) -> float:
    """Whether the typed unit is the printed one: 1 same, 0.5 close or missing, 0 another."""
    if slot.unit == candidate.unit:
        return 1.0
    if not candidate.unit:
        return 0.5
    return 0.5 if is_kin(candidate.unit, slot.unit, load_lexicon()) else 0.0


def likeness(slot: FormSlot, candidate: Candidate) -> float:
    """How alike the slot's label and the candidate's words are: all of them, or their last clause.

    The last clause says what is counted: where it is another (工作成效等次，刊发新闻报道), the words before it don't help.
    """
    if slot.is_dependent and candidate.clause == slot.label + slot.unit and not candidate.is_open:
        return 0.95  # 参与人次（4037）, 参与人次：4037
    if slot.unit and slot.label + slot.unit in candidate.label:
        # The label with its unit and no blank between: what follows answers something else.
        return 0.0
    whole = max(similarity(label, candidate.label) for label in (slot.label, *slot.also, *slot.synonyms))
    if whole >= 0.9 and candidate.label.endswith(slot.label):
        return whole
    last = slot.label.rsplit(",", 1)[-1]
    clause = similarity(last, candidate.clause)
    if (last != slot.label or candidate.clause != candidate.label) and clause < LAST_CLAUSE:
        whole = 0.0 if not slot.also else max(similarity(label, candidate.label) for label in slot.also)
    return max(whole, 0.98 * similarity(slot.label, candidate.clause))


def score(slot: FormSlot, candidate: Candidate) -> float:
    """The worth of a match, 0 when it can't be one."""
    alike = likeness(slot, candidate)
    unit = unit_score(slot, candidate)
    if unit == 0.0 and alike < 0.9:
        return 0.0
    if slot.is_dependent and alike < 0.5:
        return 0.0
    if alike < POSSIBLE:
        return 0.0
    return 0.75 * alike + 0.25 * unit
