"""A sentence that stands twice in one cell: the empty one gives way, two different answers are withheld."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from etl.extract.candidates import Candidate
from etl.extract.shares import find_earlier, find_parts
from etl.extract.slots import FormSlot
from etl.interpret.lexicon import load_lexicon


def find_repeats(
    slots: Sequence[FormSlot], candidates: Sequence[Candidate], placed: dict[int, int]
) -> dict[int, list[int]]:
    """Slot -> further candidates that stand behind just its own words and unit, 参与 behind its repeated sentence included."""
    used = set(placed.values()) | find_parts(candidates) | find_earlier(candidates)
    found: dict[int, list[int]] = {}
    for i, slot in enumerate(slots):
        if slot.is_dependent or i not in placed:
            continue
        for j, candidate in enumerate(candidates):
            are_parts = _is_part(candidate, slot) and _is_part(candidates[placed[i]], slot)
            if j in used or candidate.unit != slot.unit or not (are_parts or _says(candidate, slot)):
                continue
            found.setdefault(i, []).append(j)
            behind = j + 1
            for k in range(i + 1, len(slots)):
                if not slots[k].is_dependent or behind >= len(candidates) or behind in used or k not in placed:
                    break
                if candidates[behind].clause not in (slots[k].label, *slots[k].synonyms):
                    break
                found.setdefault(k, []).append(behind)
                behind += 1
    return found


def led_repeats(
    slots: Sequence[FormSlot],
    candidates: Sequence[Candidate],
    placed: Mapping[int, int],
    repeats: Mapping[int, list[int]],
) -> set[int]:
    """The slots of repeats where a word of its own stands before one (5月：…；6月：…): parts of a figure, perhaps, even where they are equal."""
    heads = [i for i in repeats if not slots[i].is_dependent]
    is_led = any(_lead(candidates[j], slots[i]) for i in heads for j in (placed[i], *repeats[i]))
    return set(repeats) if is_led else set()


def _lead(candidate: Candidate, slot: FormSlot) -> str:
    """The words before a blank's own."""
    words, own = candidate.label.replace('"', ""), slot.label.replace('"', "")
    return re.sub(r"[^\w]|\d(?!\d?月)", "", words[: -len(own)]) if words.endswith(own) else ""


def _says(candidate: Candidate, slot: FormSlot) -> bool:
    """Whether just the blank's own words stand before an answer: 去年… before them makes it another figure."""
    words, own = candidate.label.replace('"', ""), slot.label.replace('"', "")
    return words.endswith(own) and words[: -len(own)][-1:] in ("", ":", ",", ".", ";")


def _is_part(candidate: Candidate, slot: FormSlot) -> bool:
    """Whether a part's word or a month stands before the blank's own: 线上…, 6月…."""
    words, own = candidate.label.replace('"', ""), slot.label.replace('"', "")
    return words.endswith(own) and _part().fullmatch(words[: -len(own)]) is not None


@lru_cache(maxsize=1)
def _part() -> re.Pattern[str]:
    words = {word for family in load_lexicon().part_families for word in family}
    return re.compile(rf"(?:.*[,.;:])?(?:\d{{1,2}}月份?|{'|'.join(sorted(words))})(?:共|累计|开展|组织|举办)*")
