"""Slots of an activity against candidates of a typed cell: the alignment that never shifts a neighbour.

First the cell is matched as a whole against the untouched printed text (the common case). If anything was changed, text
and yes/no answers are cut out by the words around them, the rest is aligned by dynamic programming over labels, units and
order, and what is left over is placed only where label and unit leave one choice. What can't be placed is reported,
never pushed into a blank.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from etl.extract.candidates import Candidate
from etl.extract.slots import FormSlot

SURE, LIKELY, POSSIBLE = 0.60, 0.42, 0.28


@dataclass(frozen=True)
class Match:
    """Slot number and candidate number; `certainty` is sure, likely (wording changed) or uncertain (withhold)."""

    slot: int
    candidate: int
    certainty: str


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
    close = (
        {"人次", "人", "名", "人员"},
        {"场", "次", "场次", "场/次"},
        {"条", "条次", "项", "个", "起", "件", "条/份", "份"},
        {"篇", "条", "次"},
        {"部", "个", "件", "份", "条"},
    )
    return 0.5 if any(slot.unit in group and candidate.unit in group for group in close) else 0.0


def likeness(slot: FormSlot, candidate: Candidate) -> float:
    """How alike the slot's label and the candidate's words are: all of them, or their last clause."""
    whole = max(similarity(label, candidate.label) for label in (slot.label, *slot.also))
    return (
        whole
        if whole >= 0.9 or candidate.clause == candidate.label
        else max(whole, 0.98 * similarity(slot.label, candidate.clause))
    )


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


def align(slots: Sequence[FormSlot], candidates: Sequence[Candidate], *, strict: bool = False) -> list[Match]:
    """The matches of count slots with candidates, each slot and candidate at most once.

    `strict` (another year's form): only labels that are nearly the same count.
    """
    pairs = _order_preserving(slots, candidates)
    pairs = [(i, j) for i, j in pairs if not strict or likeness(slots[i], candidates[j]) >= 0.9]
    pairs = _without_orphans(slots, candidates, pairs)
    pairs += _left_over(slots, candidates, pairs)
    found = []
    for i, j in sorted(pairs):
        certainty = _certainty(slots[i], candidates[j])
        if strict and certainty != "sure":
            continue
        found.append(Match(i, j, certainty))
    return found


def _certainty(slot: FormSlot, candidate: Candidate) -> str:
    if unit_score(slot, candidate) == 0.0:
        return "uncertain"
    alike = max(likeness(slot, candidate), similarity(slot.label, candidate.right) if candidate.right else 0.0)
    if alike >= SURE:
        return "sure" if alike >= 0.9 else "likely"
    if alike >= LIKELY and unit_score(slot, candidate) == 1.0:
        return "likely"
    return "uncertain"


def _order_preserving(slots: Sequence[FormSlot], candidates: Sequence[Candidate]) -> list[tuple[int, int]]:
    """Needleman-Wunsch with free gaps and a bonus for neighbours that stay neighbours."""
    n, m = len(slots), len(candidates)
    bonus = 0.30
    worth = [[score(s, c) for c in candidates] for s in slots]
    # best[i][j] = (value with a match at i, j; value with anything), over prefixes of length i, j
    matched = [[-1.0] * (m + 1) for _ in range(n + 1)]
    free = [[0.0] * (m + 1) for _ in range(n + 1)]
    for i in range(1, n + 1):
        row, row_free, above, above_match = matched[i], free[i], free[i - 1], matched[i - 1]
        for j in range(1, m + 1):
            w = worth[i - 1][j - 1]
            if w > 0:
                orphan = 0.35 if slots[i - 1].is_dependent else 0.0
                alone = above[j - 1] + w - orphan
                paired = above_match[j - 1] + w + bonus if above_match[j - 1] >= 0 else -1.0
                row[j] = max(alone, paired)
            row_free[j] = max(row[j], above[j], row_free[j - 1])
    return _trace(slots, worth, matched, free, bonus)


def _trace(
    slots: Sequence[FormSlot],
    worth: list[list[float]],
    matched: list[list[float]],
    free: list[list[float]],
    bonus: float,
) -> list[tuple[int, int]]:
    pairs: list[tuple[int, int]] = []
    i, j = len(matched) - 1, len(matched[0]) - 1
    forced = False
    while i > 0 and j > 0:
        if not forced and matched[i][j] < free[i][j] - 1e-9:
            if free[i - 1][j] >= free[i][j - 1]:
                i -= 1
            else:
                j -= 1
            continue
        pairs.append((i - 1, j - 1))
        w = worth[i - 1][j - 1]
        forced = matched[i - 1][j - 1] >= 0 and abs(matched[i][j] - (matched[i - 1][j - 1] + w + bonus)) < 1e-9
        i, j = i - 1, j - 1
    return pairs[::-1]


def _without_orphans(
    slots: Sequence[FormSlot], candidates: Sequence[Candidate], pairs: list[tuple[int, int]]
) -> list[tuple[int, int]]:
    """Drop a 参与 that lost its own clause when it might belong to several missing ones."""
    taken = {i for i, _ in pairs}
    have = set(pairs)
    kept = []
    for i, j in pairs:
        slot = slots[i]
        if slot.is_dependent and (i - 1, j - 1) not in have:
            earlier = max((k for k in taken if k < i), default=-1)
            later = min((k for k in taken if k > i), default=len(slots))
            rivals = [
                k
                for k in range(earlier + 1, later)
                if k != i and slots[k].label == slot.label and slots[k].unit == slot.unit
            ]
            # The candidate before it is matched to a slot with its own 参与 still open: that one is meant.
            if rivals:
                taken.discard(i)
                continue
        kept.append((i, j))
    return kept


def _left_over(
    slots: Sequence[FormSlot], candidates: Sequence[Candidate], pairs: list[tuple[int, int]]
) -> list[tuple[int, int]]:
    """Sentences in another order, and 120人次参与: label and unit must leave one choice."""
    slot_of = {j: i for i, j in pairs}
    candidate_of = dict(pairs)
    extra: list[tuple[int, int]] = []

    def take(i: int, j: int) -> None:
        slot_of[j], candidate_of[i] = i, j
        extra.append((i, j))

    for i, slot in enumerate(slots):
        if i in candidate_of or slot.is_dependent:
            continue
        fits = [
            j
            for j, c in enumerate(candidates)
            if j not in slot_of and likeness(slot, c) >= 0.85 and unit_score(slot, c) > 0
        ]
        if len(fits) == 1:
            take(i, fits[0])
    for i, slot in enumerate(slots):
        if i in candidate_of or i == 0:
            continue
        head = candidate_of.get(i - 1)
        if head is None:
            continue
        after, before = head + 1, head - 1
        if (
            after < len(candidates)
            and after not in slot_of
            and likeness(slot, candidates[after]) >= 0.85
            and unit_score(slot, candidates[after]) > 0
        ):
            take(i, after)
        elif (
            before >= 0
            and before not in slot_of
            and candidates[before].right == slot.label
            and candidates[before].unit == slot.unit
        ):
            take(i, before)
    return extra
