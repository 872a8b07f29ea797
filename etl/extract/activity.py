"""One activity's typed text -> what was typed into each of its blanks, and what was typed besides."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from etl.extract.added_words import AddedWords, find_added_words
from etl.extract.align import align
from etl.extract.between_words import between_words
from etl.extract.candidates import Candidate, find_candidates
from etl.extract.fill import Fill
from etl.extract.joint import part_joint
from etl.extract.lines import end_lines, words_instead
from etl.extract.matched import Matched, fill_with
from etl.extract.odd_brackets import as_round
from etl.extract.own_name import without_own_name
from etl.extract.people_behind import people_behind
from etl.extract.repeats import find_repeats, led_repeats
from etl.extract.said_instead import said_instead
from etl.extract.shares import find_notes, find_shares
from etl.extract.slots import ActivityPlan, FormSlot
from etl.extract.spans import MASK
from etl.extract.squeeze import Squeezed, squeeze
from etl.extract.whole_match import exact_fills, loose_fills
from etl.extract.worded import find_flag, find_text
from etl.interpret.count import Typed
from etl.interpret.lexicon import load_lexicon
from etl.interpret.reading import ZERO
from etl.interpret.states import whole_word


@dataclass
class Extraction:
    """All fills of an activity, and the candidates that belong to no blank."""

    fills: dict[str, Fill]
    extras: list[Candidate] = field(default_factory=list)
    is_exact: bool = False
    beside: dict[str, str] = field(default_factory=dict)  # blank -> words around its answer that change nothing
    instead: dict[str, str] = field(default_factory=dict)  # blank whose sentence is missing -> the clause in its place


# （12）（万）人次: the scale in a bracket of its own belongs to the number before it. Same length, so that places hold.
_SCALE_ALONE = re.compile(r"([)）]\s*)[(（]([万亿千百])[)）]")
# 120人(次) is 120人次.
_UNIT_ALONE = re.compile(r"[(（]次[)）](?<=[\d)）][人场条件]...)")
# 中心组（扩大）学习: a word in brackets inside printed ones.
_WORD_ALONE = re.compile(r"(?<=([\u4e00-\u9fff]{3}))[(（][\u4e00-\u9fff]{1,6}[)）](?=([\u4e00-\u9fff]{2}))")
# …火灾事故),曝光企业(12: what a text took in behind the bracket that ends it.
_ANSWER_BEHIND = re.compile(r"^[^()]*\)[^()]{1,20}\(\d[\d,.]*[万千百余多]*\)")
_LONGEST_WORD = 12  # letters of one word for a whole row


def extract_activity(
    plan: ActivityPlan,
    typed_text: str,
    *,
    strict: bool = False,
    year: int | None = None,
    others: frozenset[str] = frozenset(),
    own: frozenset[str] = frozenset(),
) -> Extraction:
    """Read one activity's progress text. Every slot of the plan gets a Fill.

    `others`: names of units whose figures are not meant; `own`: those of the form's own, which say nothing new.
    """
    if plan.plain is not None and (plain := plan.plain.fullmatch((whole := squeeze(typed_text)).text)) is not None:
        return Extraction(exact_fills(plan, whole, plain), is_exact=True)
    if any(name in typed_text for name in own):
        typed_text = without_own_name(typed_text, own)
    typed_text = as_round(typed_text)
    typed_text = part_joint(_UNIT_ALONE.sub("次  ", _SCALE_ALONE.sub(r"\1\2  ", typed_text)))
    typed_text, instead = words_instead(plan, typed_text)
    typed_text = end_lines(plan, typed_text)
    if instead:
        found = extract_activity(plan, typed_text, strict=strict, year=year, others=others)
        found.fills |= instead
        found.instead = {i: words for i, words in found.instead.items() if i not in instead}
        return found
    cell = squeeze(_WORD_ALONE.sub(lambda m: _without_insert(plan, m), typed_text))
    if len(cell.text) <= _LONGEST_WORD and (said := whole_word(cell.text)) is not None:
        return Extraction(_word_fills(plan, typed_text.strip(), is_none=said.state == ZERO))
    exact = plan.exact.fullmatch(cell.text)
    if exact is not None and not _swallows(plan, exact):
        return Extraction(exact_fills(plan, cell, exact), is_exact=True)
    loose = plan.loose.fullmatch(cell.text)
    if loose is not None and not _swallows(plan, loose):
        return Extraction(loose_fills(plan, cell, loose))
    return _aligned(plan, cell, strict, year, others)


def _without_insert(plan: ActivityPlan, match: re.Match[str]) -> str:
    """A bracket's room, empty, where the words on both sides are printed without it; else the bracket."""
    is_inside = any(f"{match.group(1)}{match.group(2)}" in s.label for s in plan.slots)
    return " " * len(match.group()) if is_inside else match.group()


def _word_fills(plan: ActivityPlan, word: str, *, is_none: bool) -> dict[str, Fill]:
    """无 or 待统计 instead of all sentences answers each count; only 无 answers what is no count as well."""
    typed = {s.indicator_id: word if is_none or s.kind == "count" else "" for s in plan.slots}
    return {i: Fill(i, Typed(t), t) for i, t in typed.items()}


def _swallows(plan: ActivityPlan, match: re.Match[str]) -> bool:
    """Whether a blank took in other sentences, the form's own (its text stands twice in the cell) or added ones."""
    for n, slot in enumerate(plan.slots, start=1):
        content = match.group(n)
        if slot.kind == "text" and (
            _ANSWER_BEHIND.search(content) or (len(content) > 20 and any(a in content for a in plan.anchors))
        ):
            return True
        if slot.kind != "count" or len(content) <= 4 or content.isdigit():
            continue
        if ";" in content or any(s.label and s.label in content for s in plan.slots):
            return True
        if (slot.unit and _goes_on(content, slot.unit)) or content.endswith(_rate_words()):
            return True
    return False


def _goes_on(content: str, unit: str) -> bool:
    """Whether a bracket, its unit and more stand in what a blank took in: （120）人次，其中（50）."""
    return any(
        re.search(r"[,.(\[]", content[at + len(unit) + 1 :]) for mark in ")]" if (at := content.find(mark + unit)) >= 0
    )


@lru_cache(maxsize=1)
def _rate_words() -> tuple[str, ...]:
    return tuple(load_lexicon().rate.split("|"))


def _aligned(plan: ActivityPlan, cell: Squeezed, strict: bool, year: int | None, others: frozenset[str]) -> Extraction:
    text = cell.text
    fills: dict[str, Fill] = {}
    for n, slot in enumerate(plan.slots):
        if slot.kind == "count":
            continue
        found = find_text(plan, n, cell, text) if slot.kind == "text" else find_flag(slot, cell, text, plan, year)
        if found is not None:
            fill, start, end = found
            fills[slot.indicator_id] = fill
            text = text[:start] + MASK * (end - start) + text[end:]
    counts = [s for s in plan.slots if s.kind == "count"]
    candidates = find_candidates(cell, text, plan.brackets, year)
    notes = find_notes(candidates, counts)
    candidates = _without_notes(candidates, notes) if notes else candidates
    matches = align(counts, candidates, strict=strict)
    placed = {m.slot: m.candidate for m in matches if m.certainty != "uncertain"}
    repeats = find_repeats(counts, candidates, placed)
    shares = find_shares(counts, candidates, matches, repeats)
    taken = frozenset(m.candidate for m in matches)
    # What may stand for one blank is proposed for no other.
    matches = [m for m in matches if not any(m.candidate in js for i, js in shares.items() if i != m.slot)]
    matched = Matched(cell, text, counts, candidates, matches, taken, repeats, shares)
    answered, used = matched.answers(led_repeats(counts, candidates, placed, repeats), set(placed.values()))
    fills |= answered
    for n, j in enumerate(people_behind(text, counts, candidates, matches)):
        if j is not None and counts[n].indicator_id not in fills:
            fills[counts[n].indicator_id] = fill_with(counts[n], candidates[j], "likely")
            used.add(j)
    rest = _fill_missing(plan, cell, text, candidates, fills)
    extras = [c for n, c in enumerate(candidates) if n not in used and not c.is_empty]
    slot_of = {m.candidate: counts[m.slot] for m in matches}
    added = find_added_words(plan, text, candidates, slot_of, others, year)
    missing = [s for s in counts if fills[s.indicator_id].typed is None]
    instead = said_instead(plan, rest, missing) if missing else {}
    return Extraction(fills, [*extras, *notes], beside=_judge_added(cell, added, slot_of, fills), instead=instead)


def _fill_missing(
    plan: ActivityPlan, cell: Squeezed, text: str, candidates: Sequence[Candidate], fills: dict[str, Fill]
) -> str:
    """Give each blank that has none its fill: empty, in words, or missing. The text without its answers."""
    rest = _without_answers(text, candidates) if len(fills) < len(plan.slots) else text
    for n, slot in enumerate(plan.slots):
        if slot.indicator_id not in fills:
            head = fills.get(plan.slots[n - 1].indicator_id) if n else None
            found = _unmatched(slot, text, head)
            fills[slot.indicator_id] = found if found.typed is not None else between_words(slot, cell, rest, head)
    return rest


def _without_answers(text: str, candidates: Sequence[Candidate]) -> str:
    """The text with every answer masked."""
    for c in candidates:
        text = text[: c.start] + MASK * (c.end - c.start) + text[c.end :]
    return text


def _without_notes(candidates: list[Candidate], notes: list[Candidate]) -> list[Candidate]:
    """The other candidates; what goes on behind a note's unit (覆盖12个镇街，参与…) is no word of the next answer's."""
    kept = []
    for n, candidate in enumerate(candidates):
        before = candidates[n - 1] if n else None
        if before in notes and before.right and candidate.label.startswith(before.right):
            candidate = replace(candidate, label=candidate.clause)  # noqa: PLW2901 - the same answer
        if candidate not in notes:
            kept.append(candidate)
    return kept


def _judge_added(
    cell: Squeezed, added: dict[int, AddedWords], slot_of: dict[int, FormSlot], fills: dict[str, Fill]
) -> dict[str, str]:
    """Withhold the fills whose words around them cast doubt; the other words, by blank."""
    told = {}
    for j, words in added.items():
        blank = slot_of[j].indicator_id
        if fills[blank].certainty not in ("sure", "likely"):
            continue
        if words.is_doubt:
            fills[blank] = fills[blank]._replace(certainty="doubted", raw=cell.raw(words.start, words.end))
        else:
            told[blank] = cell.raw(words.start, words.end)
    return told


def _unmatched(slot: FormSlot, text: str, head: Fill | None) -> Fill:
    """A slot without an answer: the blank itself was deleted (sentence kept: not filled), or the sentence is gone."""
    if slot.is_dependent:
        behind = text[head.start :] if head is not None and head.typed is not None else ""
        clause = re.split("[;.]", behind)[0]
        return (
            Fill(slot.indicator_id, Typed(""), "")
            if slot.label + slot.unit in clause
            else Fill(slot.indicator_id, None, None)
        )
    if slot.unit and len(slot.label) >= 3 and slot.label + slot.unit in text:
        return Fill(slot.indicator_id, Typed(""), "")
    return Fill(slot.indicator_id, None, None)
