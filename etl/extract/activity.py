"""One activity's typed text -> what was typed into each of its blanks, and what was typed besides."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz import fuzz

from etl.extract.align import align
from etl.extract.candidates import MASK, Candidate, find_candidates
from etl.extract.repeats import find_repeats
from etl.extract.shares import find_shares, goes_on, is_amended, is_beside, said_total
from etl.extract.slots import ActivityPlan, FormSlot
from etl.extract.squeeze import Squeezed, squeeze
from etl.interpret.count import Typed
from etl.interpret.lexicon import load_lexicon
from etl.interpret.numerals import NUMERAL_CHARS, SCALES
from etl.interpret.reading import ZERO
from etl.interpret.states import whole_word


class Fill(NamedTuple):
    """What was typed into one blank (a tuple: made for every blank of every form). `typed` is None when the sentence is missing.

    `certainty` is sure, likely, uncertain, twice (the sentence stands twice, with two answers) or listed (one of several numbers
    that the blank counts together); the last three are withheld. `start` is the place in the squeezed text.
    """

    indicator_id: str
    typed: Typed | None
    raw: str | None
    certainty: str = "sure"
    flags: tuple[str, ...] = ()
    label: str = ""
    unit: str = ""
    start: int = 0
    proposal: str = ""  # what a listed answer may add up to


@dataclass
class Extraction:
    """All fills of an activity, and the candidates that belong to no blank."""

    fills: dict[str, Fill]
    extras: list[Candidate] = field(default_factory=list)
    is_exact: bool = False


# （12）（万）人次: the scale in a bracket of its own belongs to the number before it. Same length, so that places hold.
_SCALE_ALONE = re.compile(r"([)）]\s*)[(（]([万亿千百])[)）]")
# 120人(次) is 120人次.
_UNIT_ALONE = re.compile(r"[(（]次[)）](?<=[\d)）][人场条件]...)")
_LONGEST_WORD = 12  # letters of one word for a whole row


def extract_activity(
    plan: ActivityPlan, typed_text: str, *, strict: bool = False, year: int | None = None
) -> Extraction:
    """Read one activity's progress text. Every slot of the plan gets a Fill."""
    cell = squeeze(_UNIT_ALONE.sub("次  ", _SCALE_ALONE.sub(r"\1\2  ", typed_text)))
    if len(cell.text) <= _LONGEST_WORD and (said := whole_word(cell.text)) is not None:
        return Extraction(_word_fills(plan, typed_text.strip(), is_none=said.state == ZERO))
    exact = plan.exact.fullmatch(cell.text)
    if exact is not None and not _swallows(plan, exact):
        return Extraction(_exact_fills(plan, cell, exact), is_exact=True)
    loose = plan.loose.fullmatch(cell.text)
    if loose is not None and not _swallows(plan, loose):
        return Extraction(_loose_fills(plan, cell, loose))
    return _aligned(plan, cell, strict, year)


def _word_fills(plan: ActivityPlan, word: str, *, is_none: bool) -> dict[str, Fill]:
    """无 or 待统计 instead of all sentences answers each count; only 无 answers what is no count as well."""
    typed = {s.indicator_id: word if is_none or s.kind == "count" else "" for s in plan.slots}
    return {i: Fill(i, Typed(t), t) for i, t in typed.items()}


def _swallows(plan: ActivityPlan, match: re.Match[str]) -> bool:
    """Whether a blank took in other sentences, the form's own (its text stands twice in the cell) or added ones."""
    for n, slot in enumerate(plan.slots, start=1):
        content = match.group(n)
        if slot.kind == "text" and len(content) > 20 and any(a in content for a in plan.anchors):
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


_BRACKETED = re.compile(r"([^()\[\]]*)[(\[](.*)[)\]]([^()\[\]]*)", re.DOTALL)


def _loose_fills(plan: ActivityPlan, cell: Squeezed, match: re.Match[str]) -> dict[str, Fill]:
    """What stands between the printed words, brackets or none: read like the content of a bracket."""
    fills = {}
    for n, slot in enumerate(plan.slots, start=1):
        start, end = match.span(n)
        typed = cell.between(start, end)
        around = _BRACKETED.fullmatch(cell.text[start:end])
        flags: tuple[str, ...] = ()
        if slot.kind == "text":
            typed = typed.strip(" \u3000\n:：")
            is_bracketed = around is not None and around.group(1) in ("", ":") and not around.group(3)
            answer = Typed(typed[1:-1] if is_bracketed else typed)
        elif slot.kind == "count" and around is not None and _is_one_bracket(around):
            (left, _), (inner, stop), (right, _) = (around.span(g) for g in (1, 2, 3))
            answer = Typed(
                cell.between(start + inner, start + stop),
                cell.raw(start + left, start + inner - 1),
                cell.raw(start + right, end),
            )
            flags = ("other_bracket",) if cell.text[start + inner - 1] == "[" else ()
        else:
            answer = Typed(_bare(typed) if slot.kind == "count" else typed)
        fills[slot.indicator_id] = Fill(slot.indicator_id, answer, cell.raw(start, end), flags=flags, start=start)
    return fills


def _bare(typed: str) -> str:
    """What was typed beside an empty bracket, behind a colon or before half a bracket."""
    text = re.sub(r"[(（]\s*[)）]", "", typed).strip(" \u3000\n\t_:：")
    return text if re.search(r"[(（\[［【]", text) else text.rstrip(")）]］】 ")


def _is_one_bracket(around: re.Match[str]) -> bool:
    """Whether one bracket holds the answer: not 12)和(5, and not a number with another in a bracket behind it."""
    before, inner, after = around.groups()
    if inner.strip("_") and re.search(rf"[\d{NUMERAL_CHARS}]", before + re.sub(f"^[{SCALES}余多]+", "", after)):
        return False
    depth = 0
    for char in inner:
        depth += (char in "([") - (char in ")]")
        if depth < 0:
            return False
    return depth == 0


def _exact_fills(plan: ActivityPlan, cell: Squeezed, match: re.Match[str]) -> dict[str, Fill]:
    fills = {}
    for n, slot in enumerate(plan.slots, start=1):
        start, end = match.span(n)
        raw = cell.raw(start, end)
        fills[slot.indicator_id] = Fill(
            slot.indicator_id, Typed(cell.between(start, end) if slot.kind == "text" else raw), raw, start=start
        )
    return fills


def _aligned(plan: ActivityPlan, cell: Squeezed, strict: bool, year: int | None) -> Extraction:
    text = cell.text
    fills: dict[str, Fill] = {}
    for n, slot in enumerate(plan.slots):
        if slot.kind == "count":
            continue
        found = _find_text(plan, n, cell, text) if slot.kind == "text" else _find_flag(slot, cell, text, plan)
        if found is not None:
            fill, start, end = found
            fills[slot.indicator_id] = fill
            text = text[:start] + MASK * (end - start) + text[end:]
    counts = [s for s in plan.slots if s.kind == "count"]
    candidates = find_candidates(cell, text, plan.brackets, year)
    matches = align(counts, candidates, strict=strict)
    taken = {m.candidate for m in matches}
    repeats = find_repeats(counts, candidates, {m.slot: m.candidate for m in matches if m.certainty != "uncertain"})
    shares = find_shares(counts, candidates, matches, repeats)
    # What may stand for one blank is proposed for no other.
    matches = [m for m in matches if not any(m.candidate in js for i, js in shares.items() if i != m.slot)]
    used = {j for js in shares.values() for j in js}
    for match in matches:
        slot, candidate = counts[match.slot], candidates[match.candidate]
        used.add(match.candidate)
        if match.slot in shares:
            fills[slot.indicator_id] = _listed(slot, candidates, match.candidate, shares[match.slot])
            continue
        said = [candidate, *(candidates[j] for j in repeats.get(match.slot, ()))]
        behind = candidates[match.candidate + 1] if match.candidate + 1 < len(candidates) else None
        is_part = behind is not None and match.candidate + 1 not in taken and goes_on(slot, candidate, behind)
        if behind is not None and is_amended(candidate, behind):
            raw = cell.raw(candidate.start, behind.end)
            fills[slot.indicator_id] = _fill(slot, candidate, "twice")._replace(raw=raw)
            used.add(match.candidate + 1)
            continue
        if behind is not None and match.candidate + 1 not in taken and is_beside(candidate, behind):
            raw = cell.raw(candidate.start, behind.end)
            fills[slot.indicator_id] = _fill(slot, candidate, "twice")._replace(raw=raw)
            continue
        fills[slot.indicator_id] = _one_of(slot, said, "uncertain" if is_part else match.certainty)
    for n, slot in enumerate(plan.slots):
        if slot.indicator_id not in fills:
            head = fills.get(plan.slots[n - 1].indicator_id) if n else None
            fills[slot.indicator_id] = _unmatched(slot, text, head)
    extras = [c for n, c in enumerate(candidates) if n not in used and not c.is_empty]
    return Extraction(fills, extras)


def _one_of(slot: FormSlot, said: list[Candidate], certainty: str) -> Fill:
    """The one answer of a sentence that stands once or several times; two different ones are no answer."""
    typed = {c.answer: c for c in said if not c.is_empty}
    if len(typed) < 2:
        return _fill(slot, next(iter(typed.values()), said[0]), certainty)
    fill = _fill(slot, said[0], "twice")
    return fill._replace(raw=" / ".join(typed))


def _listed(slot: FormSlot, candidates: list[Candidate], own: int, shares: list[int]) -> Fill:
    """No answer: a number that is one of several, with what they come to."""
    raw = " / ".join(candidates[j].answer for j in shares)
    certainty = "listed" if len(shares) > 1 else "uncertain"
    proposal = said_total(candidates, shares)
    return _fill(slot, candidates[own], certainty)._replace(raw=raw, proposal=proposal)


def _fill(slot: FormSlot, candidate: Candidate, certainty: str) -> Fill:
    flags = []
    if certainty == "likely":
        flags.append("reworded")
    if candidate.unit and candidate.unit != slot.unit and not _same_unit(slot.unit, candidate.unit):
        flags.append("unit_changed")
    if candidate.bracket == "[":
        flags.append("other_bracket")
    return Fill(
        slot.indicator_id,
        candidate.typed,
        candidate.answer,
        certainty,
        tuple(flags),
        candidate.label,
        candidate.unit,
        candidate.start,
    )


def _same_unit(printed: str, typed: str) -> bool:
    return typed in printed.split("/") or (printed in ("场", "次") and typed in ("场次", "场/次"))


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


def _locate(label: str, text: str) -> int:
    """Index behind the label in the text, found exactly or nearly; -1 when it is not there."""
    at = text.find(label)
    if at >= 0:
        return at + len(label)
    if len(label) < 6:
        return -1
    near = fuzz.partial_ratio_alignment(label, text, score_cutoff=80)
    if near is None or near.score < 80:
        return -1
    return int(near.dest_end)


def _find_text(plan: ActivityPlan, number: int, cell: Squeezed, text: str) -> tuple[Fill, int, int] | None:
    """The stretch a text blank was filled with. Where its words stand again behind an empty one, the filled one counts."""
    label = plan.slots[number].label
    start = _locate(label, text)
    found = _text_from(plan, number, cell, text, start) if start >= 0 else None
    if found is not None and not found[0].raw and (again := text.find(label, found[2])) >= 0:
        return _text_from(plan, number, cell, text, again + len(label))
    return found


def _text_from(plan: ActivityPlan, number: int, cell: Squeezed, text: str, start: int) -> tuple[Fill, int, int]:
    """The text from `start` up to the printed words behind the blank, else to the end of its bracket, else of its clause."""
    slot = plan.slots[number]
    while start < len(text) and text[start] in ":,":
        start += 1
    following = plan.slots[number + 1].label if number + 1 < len(plan.slots) else ""
    end = text.find(following, start) if following else -1
    if end < 0 and following:
        near = fuzz.partial_ratio_alignment(following, text[start:], score_cutoff=85)
        end = start + int(near.dest_start) if near is not None and near.score >= 85 else -1
    if end < 0:
        close = _balanced_end(text, start)
        end = close if close > 0 else _clause_end(text, start)
    stop = end
    while stop > start and text[stop - 1] in ",;.":
        stop -= 1
    inner_start, inner_end = start, stop
    if stop - start >= 2 and text[start] in "([_" and text[stop - 1] in ")]_":
        inner_start, inner_end = start + 1, stop - 1
    raw = cell.between(inner_start, inner_end).strip()
    return Fill(slot.indicator_id, Typed(raw), raw, start=start), start, stop


def _balanced_end(text: str, start: int) -> int:
    if start >= len(text) or text[start] not in "([":
        return -1
    depth = 0
    for i in range(start, len(text)):
        depth += (text[i] in "([") - (text[i] in ")]")
        if depth == 0:
            return i + 1
    return -1


def _clause_end(text: str, start: int) -> int:
    match = re.search(r"[;.]", text[start:])
    return start + match.start() if match else len(text)


def _find_flag(slot: FormSlot, cell: Squeezed, text: str, plan: ActivityPlan) -> tuple[Fill, int, int] | None:
    """The stretch a yes/no blank was answered in: boxes, ticks and 是/否 right behind its label."""
    lex = load_lexicon()
    marks = re.escape(lex.ticked + lex.ticks + lex.boxes + lex.crosses)
    answer = re.compile(
        rf"[:,]?((?:[{marks}是否()\[\]/_]|:(?=[是否√☑])|已使用|未使用|已学习|未学习|已开展|未开展|没有|有|无)+(?:,(?:[已未]使用|[已未]学习|[已未]开展))?)"
    )
    start = _locate(slot.label, text)
    if start >= 0:
        match = answer.match(text, start)
        if match:
            return (
                Fill(slot.indicator_id, Typed(cell.raw(*match.span(1))), cell.raw(*match.span(1)), start=start),
                match.start(),
                match.end(),
            )
        if start >= len(text) or text[start] in ",;.":
            return Fill(slot.indicator_id, Typed(""), "", start=start), start, start
    clusters = list(re.finditer(rf"[{marks}()]*[{marks}][{marks}()]*是[{marks}()]*否[{marks}]?", text))
    flags = [s for s in plan.slots if s.kind == "flag"]
    if len(clusters) == 1 and len(flags) == 1:
        found = clusters[0]
        flagged = Fill(
            slot.indicator_id,
            Typed(cell.raw(*found.span())),
            cell.raw(*found.span()),
            "likely",
            ("reworded",),
            start=found.start(),
        )
        return flagged, found.start(), found.end()
    return None
