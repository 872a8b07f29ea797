"""Slots of an activity against candidates of a typed cell: an alignment made so that no number shifts to a neighbour.

First the cell is matched as a whole against the untouched printed text (the common case). If anything was changed, text
and yes/no answers are cut out by the words around them, the rest is aligned by dynamic programming over labels, units and
order, and what is left over is placed only where label and unit leave one choice; a 参与 only follows its own sentence.
What can't be placed is reported, never pushed into a blank.

Where people stand before their events (参与（40）人次，学习（3）次), which 参与 is whose is told by the first one of the cell and by
the marks between; from one that belongs to neither side on, none is taken for the sentence before it. A cell that was turned round
and lost a sentence besides can read as another one in order: nothing in it says so.
"""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence

from etl.extract.candidates import Candidate
from etl.extract.certainty import Match, judged, siblings
from etl.extract.likeness import LAST_CLAUSE, likeness, score, similarity, unit_score
from etl.extract.shares import find_earlier, find_parts
from etl.extract.slots import FormSlot


def align(slots: Sequence[FormSlot], candidates: Sequence[Candidate], *, strict: bool = False) -> list[Match]:
    """The matches of count slots with candidates, each slot and candidate at most once.

    First the blanks whose label says what they are; then each 参与 behind the candidate of its own sentence, and nowhere
    else. A 参与 that lost its sentence is at most a proposal. `strict` (another year's form): only labels that are nearly
    the same count.
    """
    heads = [i for i, slot in enumerate(slots) if not slot.is_dependent]
    generic = _taking_part(slots)
    parts = find_parts(candidates)
    left_out = parts | find_earlier(candidates)
    own = [j for j, c in enumerate(candidates) if j not in left_out and not _is_generic(c, generic)]
    if candidates and _is_people(slots, candidates[0], generic):
        # (50)人次观看专题片;(80)人次参与…: the words of the clause before are not the 80's.
        own = [j for j in own if not candidates[j].is_cut]
    placed = _literal(slots, candidates, heads, own)
    heads = [i for i in heads if i not in placed]
    own = [j for j in own if j not in placed.values()]
    pairs = _order_preserving([slots[i] for i in heads], [candidates[j] for j in own])
    placed |= {heads[i]: own[j] for i, j in pairs}
    _place_left_over(slots, candidates, own, placed)
    astray = first_astray(slots, candidates, {j: i for i, j in placed.items()})
    _place_dependents(slots, candidates, placed, left_out, astray)
    found = judged(slots, candidates, placed)
    slot_of = {j: i for i, j in placed.items()}
    leading = {j for j in range(len(candidates)) if _leads(slots, candidates, j, slot_of)}
    leading |= {k for m in found if m.certainty == "listed" for k in siblings(slots[m.slot], candidates, m.candidate)}
    found += _orphans(slots, candidates, placed, parts, leading)
    found += _only_parts(slots, candidates, placed, parts)
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


def _place_dependents(
    slots: Sequence[FormSlot],
    candidates: Sequence[Candidate],
    placed: dict[int, int],
    left_out: set[int],
    astray: int,
) -> None:
    """Each 参与 is the next answer behind its sentence's own, or the one before it, inside one sentence.

    （28）人次参与 belongs to the sentence it stands in: behind the head, or, where the head follows, before it. From an answer
    that went `astray` on, one behind a head is the head's only where marks on both sides say so.
    """
    slot_of = {j: i for i, j in placed.items()}
    if not candidates:
        return
    # Where people stand at the end as well, the first ones lost their sentence.
    last = max((j for j, c in enumerate(candidates) if c.unit and not c.is_aside and j not in left_out), default=0)
    ends = last not in slot_of and _is_people(slots, candidates[last], _taking_part(slots))
    is_inverted = 0 not in slot_of and not ends and _leads(slots, candidates, 0, slot_of)
    for i, slot in enumerate(slots):
        head = placed.get(i - 1)
        if not slot.is_dependent or head is None:
            continue
        taken = set(placed.values()) | left_out
        behind, before = head + 1, head - 1
        is_next = behind < len(candidates) and behind not in taken and _follows(slot, candidates[behind])
        is_next = is_next and (behind < astray or is_enclosed(candidates, behind))
        if is_next and not _leads(slots, candidates, behind, slot_of):
            placed[i] = behind
            continue
        if before < 0 or before in taken:
            continue
        leads = (
            is_inverted and _leads(slots, candidates, before, slot_of) and likeness(slot, candidates[before]) >= 0.85
        )
        if leads or _precedes(slot, candidates[before], candidates[head]):
            placed[i] = before


def _is_people(slots: Sequence[FormSlot], candidate: Candidate, generic: set[str]) -> bool:
    """Whether an answer only says that people took part: a bare 参与（60）人次, （60）人次参与…."""
    is_bare = not candidate.clause or _is_generic(candidate, generic)
    return is_bare and any(s.is_dependent and s.unit == candidate.unit for s in slots)


def first_astray(slots: Sequence[FormSlot], candidates: Sequence[Candidate], slot_of: Mapping[int, int]) -> int:
    """The first answer of people before which no sentence's own (`slot_of`, its slot) stands that people took part in, but one behind:
    from there on each may stand before its own."""
    generic = _taking_part(slots)
    for j, candidate in enumerate(candidates[:-1]):
        before, behind = (_has_people(slots, slot_of.get(k)) for k in (j - 1, j + 1))
        # （3）场，应参与（500）人次，实际参与（480）人次；
        is_lone = j not in slot_of and not before and behind and (j == 0 or not is_enclosed(candidates, j))
        if is_lone and _is_people(slots, candidate, generic):
            return j
    return len(candidates)


def is_enclosed(candidates: Sequence[Candidate], j: int) -> bool:
    """Whether an answer goes on with the one before it, and what follows begins anew."""
    return not candidates[j].begins_anew and (j + 1 == len(candidates) or candidates[j + 1].begins_anew)


def _has_people(slots: Sequence[FormSlot], i: int | None) -> bool:
    """Whether a blank's next one counts who took part."""
    return i is not None and not slots[i].is_dependent and i + 1 < len(slots) and slots[i + 1].is_dependent


def _taking_part(slots: Sequence[FormSlot]) -> set[str]:
    """The words that only say that people take part."""
    return {w for slot in slots if slot.is_dependent for w in (slot.label, *slot.synonyms)} | {"参与", "受众"}


def _leads(slots: Sequence[FormSlot], candidates: Sequence[Candidate], j: int, slot_of: Mapping[int, int]) -> bool:
    """Whether an answer begins anew and a sentence's own follows it there: 参与（60）人次，观看（5）场.

    It is the 参与 of what follows, or of what went before; the first one of a cell tells which. Behind words of its own (专题研讨等，参与
    （60）人次) it is that of a sentence whose count was left out.
    """
    head = slot_of.get(j + 1)
    if head is None or head + 1 >= len(slots) or not slots[head + 1].is_dependent:
        return False
    is_new = (j == 0 or candidates[j].begins_anew) and candidates[j].label == candidates[j].clause
    return is_new and not candidates[j + 1].begins_anew and unit_score(slots[head + 1], candidates[j]) > 0


def _follows(slot: FormSlot, candidate: Candidate) -> bool:
    """Whether the answer behind a sentence's own is its 参与, said before or behind the number."""
    if candidate.starts_sentence or unit_score(slot, candidate) == 0:
        return False
    if candidate.right == slot.label:
        is_bare = candidate.clause in ("", *slot.synonyms)  # 吸引（28）人次参与
        return is_bare and not candidate.starts_clause and slot.unit == candidate.unit
    # Other words between the two are another sentence's, whose own blank is gone.
    is_bare = candidate.clause == candidate.label and len(candidate.label) <= len(slot.label) + 4
    return is_bare and likeness(slot, candidate) >= 0.5


def _precedes(slot: FormSlot, candidate: Candidate, head: Candidate) -> bool:
    """Whether the answer before a sentence's own is its 参与: 120人次参与，学习共3次; not 研讨若干次，有41人次参与，宣讲7场."""
    return (
        candidate.label == candidate.clause
        and candidate.right == slot.label
        and candidate.unit == slot.unit
        and not head.starts_clause
    )


def _orphans(
    slots: Sequence[FormSlot],
    candidates: Sequence[Candidate],
    placed: dict[int, int],
    parts: set[int],
    leading: Container[int],
) -> list[Match]:
    """A 参与 without its sentence, where only one blank is open between its neighbours: a proposal, never a value.

    One that leads a sentence is not even proposed. Behind a part (其中线上3场，参与120人次) it may be that of the whole before it, and
    of nothing else.
    """
    slot_of = {j: i for i, j in placed.items()}
    found: list[Match] = []
    for j, candidate in enumerate(candidates):
        if j in slot_of or j in leading:
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
            and (j - 1 not in parts or i == low + 1)
        ]
        if len(open_slots) == 1 and not any(m.slot == open_slots[0] for m in found):
            found.append(Match(open_slots[0], j, "uncertain"))
    return found


def _only_parts(
    slots: Sequence[FormSlot], candidates: Sequence[Candidate], placed: dict[int, int], parts: set[int]
) -> list[Match]:
    """A blank of which only a part behind 其中 is said: a proposal, never a value."""
    found = []
    for i, slot in enumerate(slots):
        fits = [j for j in parts if likeness(slot, candidates[j]) >= 0.85 and unit_score(slot, candidates[j]) > 0]
        if i not in placed and not slot.is_dependent and len(fits) == 1:
            found.append(Match(i, fits[0], "uncertain"))
    return found


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
