"""How sure a placed answer is: sure, likely (wording changed) or uncertain (withheld)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from etl.extract.candidates import Candidate
from etl.extract.likeness import likeness, similarity, unit_score
from etl.extract.slots import FormSlot
from etl.interpret.lexicon import load_lexicon

SURE, LIKELY = 0.62, 0.42
_FILLERS = "共计已了"


@dataclass(frozen=True)
class Match:
    """Slot number and candidate number; `certainty` is sure, likely (wording changed) or uncertain (withhold)."""

    slot: int
    candidate: int
    certainty: str


def judged(slots: Sequence[FormSlot], candidates: Sequence[Candidate], placed: dict[int, int]) -> list[Match]:
    """The placed matches with their certainty; a 参与 is no more certain than its own sentence."""
    found: dict[int, str] = {}
    for i, j in sorted(placed.items()):
        certainty = _certainty(slots[i], candidates[j])
        if certainty == "likely" and not slots[i].is_dependent:
            alike = likeness(slots[i], candidates[j])
            rivals = (s for k, s in enumerate(slots) if k != i and not s.is_dependent)
            certainty = "uncertain" if any(likeness(s, candidates[j]) > alike for s in rivals) else certainty
        if slots[i].is_dependent and (found.get(i - 1) == "uncertain" or is_shared(slots, candidates, placed, i)):
            certainty = "uncertain"
        units = (slots[i].unit, candidates[j].unit)
        others = [s for k, s in enumerate(slots) if k != i and k not in placed and s.unit in units]
        if not slots[i].is_dependent and is_joint(slots[i], candidates[j], others):
            certainty = "uncertain"
        found[i] = certainty
    return [Match(i, placed[i], certainty) for i, certainty in found.items()]


def is_shared(slots: Sequence[FormSlot], candidates: Sequence[Candidate], placed: dict[int, int], i: int) -> bool:
    """Whether a 参与 stands behind two sentences at once: 观看教育片（11）场、参观展览（5）场，参与（600）人次.

    共参与 may reach over a semicolon.
    """
    head = placed.get(i - 1, 0)
    before = next((k for k, j in placed.items() if j == head - 1), None)
    is_apart = candidates[head].starts_clause and not _says_total(candidates[placed[i]])
    if before is None or is_apart or before + 1 >= len(slots):
        return False
    other = slots[before + 1]
    return other.is_dependent and before + 1 not in placed and other.unit == slots[i].unit


def _says_total(candidate: Candidate) -> bool:
    return re.match(rf"(?:{load_lexicon().total})", candidate.clause) is not None


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
    if _is_another_deed(slot, candidate) or not _names_last(slot, candidate):
        return "uncertain"
    # Few words, those the label ends with: 共学习 for 理论学习中心组学习.
    words = candidate.clause.lstrip(_FILLERS)
    is_ending = len(words) >= 2 and slot.label.endswith(words)
    return "likely" if alike >= SURE or (alike >= LIKELY and is_ending) else "uncertain"


def _is_another_deed(slot: FormSlot, candidate: Candidate) -> bool:
    """Whether reworded words tell of something else that was done: 整改问题隐患 for 曝光问题隐患."""
    return any(deed not in slot.label for deed in re.findall(load_lexicon().deeds, candidate.clause))


def _names_last(slot: FormSlot, candidate: Candidate) -> bool:
    """Whether the last words of a label stand behind its first ones, where anything does: …建设情况，建设10个 is not the 新建."""
    head, _, last = slot.label.rpartition(",")
    return not head or f"{head}," not in candidate.label or last in candidate.label


def _says_otherwise(slot: FormSlot, candidate: Candidate) -> bool:
    """Whether words around a blank's own make a number another figure: 计划…学习12次, …学习计划12次, …隐患覆盖3个."""
    at = candidate.label.rfind(slot.label)
    if at < 0:
        return False
    lex = load_lexicon()
    before = re.sub(lex.harmless, "", re.split("[,.;:]", candidate.label[:at])[-1])
    if re.search(f"{lex.not_done}|{lex.cancelled}|{lex.rate}|(?:{lex.negations})$", before):
        return True
    # 120人次/天
    per = re.match(rf"/({lex.rate_ends})", candidate.right)
    if per and f"{candidate.unit}/{per.group(1)}" not in ("人/次", *lex.unit_words):
        return True
    # 参与人次：4037 and 参与人员4037人 are the blank's own words.
    is_own = candidate.clause in (slot.label + slot.unit, *slot.synonyms)
    between = "" if is_own else candidate.label[at + len(slot.label) :]
    doubt = f"{lex.not_done}|{lex.rate}|{lex.negations}|{lex.doubtful}"
    is_other_unit = not candidate.bracket and candidate.unit != slot.unit
    return bool(between) and (is_other_unit or re.search(doubt, re.sub(lex.harmless, "", between)) is not None)
