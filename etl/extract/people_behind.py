"""Who took part, right behind the number of events, where only the word for taking part is gone: 37场4037人次."""

from __future__ import annotations

import re
from collections.abc import Sequence

from etl.extract.align import first_astray, is_enclosed
from etl.extract.candidates import Candidate
from etl.extract.certainty import Match, is_shared
from etl.extract.slots import FormSlot
from etl.interpret.lexicon import load_lexicon
from etl.interpret.units import is_kin

# What was handed out or shown in between, in a unit that no blank for events or people has: 发放宣传材料（800）份，
_THING = r"(?:,[^,.;:()\[\]\d]{2,12}[(\[_]?\d+[)\]_]?(?:份|册|张|幅|块|本))"
_GAP = re.compile(rf"{_THING}?[,/(\[]?共?")


def people_behind(
    text: str, counts: Sequence[FormSlot], candidates: Sequence[Candidate], matches: Sequence[Match]
) -> list[int | None]:
    """For each blank the candidate that touches the answer before it, where only the word for taking part is gone: 37场4037人次.

    What was handed out may stand between them: （5）场，发放宣传材料（800）份，（300）人次.
    """
    of_slot = {m.slot: m.candidate for m in matches if m.certainty != "uncertain"}
    taken = set(of_slot.values())
    heads = {j: i for i, j in of_slot.items() if not counts[i].is_dependent}
    astray = first_astray(counts, candidates, heads)
    found: list[int | None] = [None]
    for n, slot in enumerate(counts[1:], start=1):
        j = of_slot.get(n - 1, len(candidates)) + 1
        is_free = "人" in slot.unit and "人" not in counts[n - 1].unit and j < len(candidates) and j not in taken
        is_behind = is_free and _touches(text, candidates[j - 1], candidates[j], slot)
        # (17)人次参与宣讲(16)场, on a line of its own or behind one that went astray, is the next one's.
        is_behind = is_behind and not (candidates[j].begins_anew and candidates[j].right not in ("", slot.label))
        is_behind = is_behind and (j < astray or is_enclosed(candidates, j))
        found.append(j if is_behind and not is_shared(counts, candidates, {**of_slot, n: j}, n) else None)
    return found


def _touches(text: str, before: Candidate, candidate: Candidate, slot: FormSlot) -> bool:
    """Whether a number of people stands right behind the answer before it, with a comma, a slash or a bracket between at most."""
    gap = text[before.end + len(before.unit) : candidate.start]
    is_people = candidate.has_number and "人" in candidate.unit and is_kin(candidate.unit, slot.unit, load_lexicon())
    return is_people and _GAP.fullmatch(gap) is not None
