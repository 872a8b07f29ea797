"""Slots of an activity against candidates of a typed cell: the alignment that never shifts a neighbour.

First the cell is matched as a whole against the untouched printed text (the common case). If anything was changed, text
and yes/no answers are cut out by the words around them, the rest is aligned by dynamic programming over labels, units and
order, and what is left over is placed only where label and unit leave one choice; a 参与 only follows its own sentence.
What can't be placed is reported, never pushed into a blank.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from etl.extract.candidates import Candidate
from etl.extract.slots import FormSlot
from etl.interpret.lexicon import load_lexicon

SURE, LIKELY, POSSIBLE = 0.62, 0.42, 0.28
LAST_CLAUSE = 0.6
_FILLERS = "共计已了"


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
    """How alike the slot's label and the candidate's words are: all of them, or their last clause.

    The last clause says what is counted: where it is another (工作成效等次，刊发新闻报道), the words before it don't help.
    """
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


def align(slots: Sequence[FormSlot], candidates: Sequence[Candidate], *, strict: bool = False) -> list[Match]:
    """The matches of count slots with candidates, each slot and candidate at most once.

    First the blanks whose label says what they are; then each 参与 behind the candidate of its own sentence, and nowhere
    else. A 参与 that lost its sentence is at most a proposal. `strict` (another year's form): only labels that are nearly
    the same count.
    """
    heads = [i for i, slot in enumerate(slots) if not slot.is_dependent]
    generic = {w for slot in slots if slot.is_dependent for w in (slot.label, *slot.synonyms)} | {"参与", "受众"}
    own = [j for j, c in enumerate(candidates) if not _is_generic(c, generic)]
    placed = _literal(slots, candidates, heads, own)
    heads = [i for i in heads if i not in placed]
    own = [j for j in own if j not in placed.values()]
    pairs = _order_preserving([slots[i] for i in heads], [candidates[j] for j in own])
    placed |= {heads[i]: own[j] for i, j in pairs}
    _place_left_over(slots, candidates, own, placed)
    _place_dependents(slots, candidates, placed)
    found = _judged(slots, candidates, placed)
    found += _orphans(slots, candidates, placed)
    if strict:
        return [m for m in found if m.certainty == "sure" and likeness(slots[m.slot], candidates[m.candidate]) >= 0.9]
    return found


def _is_generic(candidate: Candidate, generic: set[str]) -> bool:
    """Whether the words before an answer are a bare 参与, mistyped or not: never a sentence with words of its own."""
    return any(
        len(candidate.clause) <= len(label) + 2 and similarity(label, candidate.clause) >= LAST_CLAUSE
        for label in generic
    )


def _literal(
    slots: Sequence[FormSlot], candidates: Sequence[Candidate], heads: Sequence[int], own: Sequence[int]
) -> dict[int, int]:
    """Labels that stand there word for word, each once: placed wherever they stand, in whatever order."""
    fits = {
        i: [j for j in own if likeness(slots[i], candidates[j]) >= 0.95 and unit_score(slots[i], candidates[j])]
        for i in heads
    }
    wanted = [j for js in fits.values() for j in js]
    return {i: js[0] for i, js in fits.items() if len(js) == 1 and wanted.count(js[0]) == 1}


def _place_left_over(
    slots: Sequence[FormSlot], candidates: Sequence[Candidate], own: Sequence[int], placed: dict[int, int]
) -> None:
    """Sentences in another order: label and unit must leave one choice."""
    for i, slot in enumerate(slots):
        if i in placed or slot.is_dependent:
            continue
        taken = set(placed.values())
        fits = [
            j
            for j in own
            if j not in taken and likeness(slot, candidates[j]) >= 0.85 and unit_score(slot, candidates[j]) > 0
        ]
        if len(fits) == 1:
            placed[i] = fits[0]


def _place_dependents(slots: Sequence[FormSlot], candidates: Sequence[Candidate], placed: dict[int, int]) -> None:
    """Each 参与 is the next answer behind its sentence's own, or the one before it, inside one sentence.

    （28）人次参与 belongs to the sentence it stands in: behind the head, or, where the head follows, before it.
    """
    for i, slot in enumerate(slots):
        head = placed.get(i - 1)
        if not slot.is_dependent or head is None:
            continue
        taken = set(placed.values())
        if head + 1 < len(candidates) and head + 1 not in taken and _follows(slot, candidates[head + 1]):
            placed[i] = head + 1
        elif head > 0 and head - 1 not in taken and _precedes(slot, candidates[head - 1], candidates[head]):
            placed[i] = head - 1


def _follows(slot: FormSlot, candidate: Candidate) -> bool:
    """Whether the answer behind a sentence's own is its 参与, said before or behind the number."""
    if candidate.starts_sentence or unit_score(slot, candidate) == 0:
        return False
    if candidate.right == slot.label:
        return candidate.clause == "" and not candidate.starts_clause and slot.unit == candidate.unit
    # Other words between the two are another sentence's, whose own blank is gone.
    is_bare = candidate.clause == candidate.label and len(candidate.label) <= len(slot.label) + 4
    return is_bare and likeness(slot, candidate) >= 0.5


def _precedes(slot: FormSlot, candidate: Candidate, head: Candidate) -> bool:
    """Whether the answer before a sentence's own is its 参与: 120人次参与，学习共3次."""
    return candidate.right == slot.label and candidate.unit == slot.unit and not head.starts_clause


def _orphans(slots: Sequence[FormSlot], candidates: Sequence[Candidate], placed: dict[int, int]) -> list[Match]:
    """A 参与 without its sentence, where only one blank is open between its neighbours: a proposal, never a value."""
    slot_of = {j: i for i, j in placed.items()}
    found: list[Match] = []
    for j, candidate in enumerate(candidates):
        if j in slot_of:
            continue
        low = max((slot_of[k] for k in range(j) if k in slot_of), default=-1)
        high = min((slot_of[k] for k in range(j + 1, len(candidates)) if k in slot_of), default=len(slots))
        open_slots = [
            i
            for i in range(low + 1, high)
            if slots[i].is_dependent
            and i not in placed
            and likeness(slots[i], candidate) >= 0.85
            and slots[i].unit == candidate.unit
        ]
        if len(open_slots) == 1 and not any(m.slot == open_slots[0] for m in found):
            found.append(Match(open_slots[0], j, "uncertain"))
    return found


def _judged(slots: Sequence[FormSlot], candidates: Sequence[Candidate], placed: dict[int, int]) -> list[Match]:
    """The placed matches with their certainty; a 参与 is no more certain than its own sentence."""
    found: dict[int, str] = {}
    for i, j in sorted(placed.items()):
        certainty = _certainty(slots[i], candidates[j])
        if certainty == "likely" and not slots[i].is_dependent:
            alike = likeness(slots[i], candidates[j])
            rivals = (s for k, s in enumerate(slots) if k != i and not s.is_dependent)
            certainty = "uncertain" if any(likeness(s, candidates[j]) > alike for s in rivals) else certainty
        if slots[i].is_dependent and found.get(i - 1) == "uncertain":
            certainty = "uncertain"
        others = [s for k, s in enumerate(slots) if k != i and k not in placed and s.unit == slots[i].unit]
        if not slots[i].is_dependent and is_joint(slots[i], candidates[j], others):
            certainty = "uncertain"
        found[i] = certainty
    return [Match(i, placed[i], certainty) for i, certainty in found.items()]


def is_joint(slot: FormSlot, candidate: Candidate, others: Iterable[FormSlot]) -> bool:
    """Whether one number answers several blanks together: 新建和改扩建（9）个 is neither the new nor the extended ones."""
    words = re.split("[;.]", candidate.label)[-1].replace('"', "")
    return candidate.has_number and any(_is_named(other, slot, words) or _is_led_by(other, words) for other in others)


def _is_led_by(other: FormSlot, words: str) -> bool:
    """Whether the words begin with a bare 参与 joined to what follows: 参加和专题学习…（40）人次 counts both."""
    own = "|".join(map(re.escape, (other.label, *other.synonyms)))
    return other.is_dependent and re.match(rf"[,:]?(?:{own})(?:以及|并且|和|及|与|并|暨|、|,)", words) is not None


def _is_named(other: FormSlot, slot: FormSlot, words: str) -> bool:
    """Whether the words hold the end of another blank's name that is no part of this one's and has no answer's unit behind it."""
    name = other.label.rsplit(",", 1)[-1].replace('"', "")
    shortest = len(name) if len(name) <= 3 else max(3, -(-len(name) // 3))
    own = slot.label.replace('"', "")
    end = next((name[-k:] for k in range(len(name), shortest - 1, -1) if name[-k:] in words), "")
    return bool(end) and end not in own and end + other.unit not in words


def _certainty(slot: FormSlot, candidate: Candidate) -> str:
    if unit_score(slot, candidate) == 0.0 or candidate.is_open or _says_otherwise(slot, candidate):
        return "uncertain"
    alike = max(likeness(slot, candidate), similarity(slot.label, candidate.right) if candidate.right else 0.0)
    if alike >= 0.9:
        return "sure"
    if unit_score(slot, candidate) < 1.0:
        # Other words and another unit: too much has changed.
        return "uncertain"
    # Few words, those the label ends with: 共学习 for 理论学习中心组学习.
    words = candidate.clause.lstrip(_FILLERS)
    is_ending = len(words) >= 2 and slot.label.endswith(words)
    return "likely" if alike >= SURE or (alike >= LIKELY and is_ending) else "uncertain"


def _says_otherwise(slot: FormSlot, candidate: Candidate) -> bool:
    """Whether words between a blank's own and a number make it another figure: …学习计划12次, …隐患覆盖3个."""
    at = candidate.label.rfind(slot.label)
    between = candidate.label[at + len(slot.label) :] if at >= 0 else ""
    if not between:
        return False
    lex = load_lexicon()
    doubt = f"{lex.not_done}|{lex.rate}|{lex.negations}|{lex.doubtful}"
    is_other_unit = not candidate.bracket and candidate.unit != slot.unit
    return is_other_unit or re.search(doubt, re.sub(lex.harmless, "", between)) is not None


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
                alone = above[j - 1] + w
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
