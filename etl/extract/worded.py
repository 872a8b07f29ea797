"""Blanks that are answered in words: where a text blank's answer begins and ends, and which boxes answer a yes/no blank."""

from __future__ import annotations

import re

from rapidfuzz import fuzz

from etl.extract.added_words import takes_back
from etl.extract.fill import Fill
from etl.extract.slots import ActivityPlan, FormSlot
from etl.extract.squeeze import Squeezed
from etl.interpret.count import Typed
from etl.interpret.lexicon import load_lexicon
from etl.interpret.times import is_earlier

_NEAR_END = 5  # letters of a label that a clerk may leave out


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
    # The stretch is as long as the label: where a word of it was left out it reaches into the answer.
    end = int(near.dest_end)
    lex = load_lexicon()
    answer = re.search(rf"[(\[_{re.escape(lex.ticked + lex.ticks + lex.boxes)}]", text[end - _NEAR_END : end])
    return end - _NEAR_END + answer.start() if answer and answer.group() not in label[-_NEAR_END:] else end


_SHORT_LEAD = 8  # letters before a label that speak of it


def find_text(plan: ActivityPlan, number: int, cell: Squeezed, text: str) -> tuple[Fill, int, int] | None:
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
        end = _own_end(text, start)
    elif (other := _other_sentence(plan, number, text[start:end])) >= 0:
        # Sentences in another order: the words behind the blank are further on than its own.
        end = min(_own_end(text, start), start + other)
    stop = end
    while stop > start and text[stop - 1] in ",;.":
        stop -= 1
    inner_start, inner_end = start, stop
    if stop - start >= 2 and text[start] in "([_" and text[stop - 1] in ")]_":
        inner_start, inner_end = start + 1, stop - 1
    raw = cell.between(inner_start, inner_end).strip()
    return Fill(slot.indicator_id, Typed(raw), raw, start=start), start, stop


def _other_sentence(plan: ActivityPlan, number: int, text: str) -> int:
    """Where another count's printed words with their answer stand in what a text blank would take; -1 where none do."""
    labels = [
        s.label for n, s in enumerate(plan.slots) if n != number and s.kind == "count" and s.label in plan.anchors
    ]
    found = [m.start() for label in labels if (m := re.search(rf"{re.escape(label)}:?[(\[_\d]", text))]
    return min(found, default=-1)


def _own_end(text: str, start: int) -> int:
    """Where a text ends by itself: with its bracket, else with its clause."""
    close = _balanced_end(text, start)
    return close if close > 0 else _clause_end(text, start)


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


def _flag_fill(slot: FormSlot, cell: Squeezed, text: str, start: int, match: re.Match[str], year: int | None) -> Fill:
    """The answer behind a label; withheld where words around it say otherwise: 未使用…平台☑是, ☑是（7月起使用）."""
    raw = cell.raw(*match.span(1))
    fill = Fill(slot.indicator_id, Typed(raw), raw, start=start)
    label_at = text.rfind(slot.label[:2], 0, start)
    lead = re.split("[,.;:()]", text[: max(label_at, 0)])[-1]
    negation = re.search(rf"(?:{load_lexicon().negations})$", lead)
    behind = _words_behind(slot, text[match.end() :])
    is_planned = len(lead) <= _SHORT_LEAD and re.search(f"{load_lexicon().not_yet}|计划|拟", lead) is not None
    if negation is None and not is_planned and not (takes_back(behind) or is_earlier(behind, year)):
        return fill
    if negation and not re.search(f"[{re.escape(load_lexicon().ticked + load_lexicon().ticks)}]", raw):
        # 未使用…平台□是□否 says no, whatever box was left open.
        return fill._replace(typed=Typed(negation.group()), raw=cell.raw(label_at - 1, match.end()))
    return fill._replace(
        certainty="uncertain",
        raw=cell.raw(max(label_at - (len(lead) if is_planned else 1), 0), match.end() + len(behind)),
    )


def _words_behind(slot: FormSlot, text: str) -> str:
    """What stands behind the boxes in their sentence, before the words printed there: （2020年）, ，计划7月."""
    following = text.find(slot.next_text) if slot.next_text else -1
    found = re.match(r"[^.;]{0,24}", text[:following] if following >= 0 else text)
    return found.group() if found else ""


def bare_flag(slot: FormSlot, cell: Squeezed, start: int) -> Fill:
    """The answer of a sentence whose boxes are gone: 未使用…平台 says no, 已使用 yes; the printed words alone are withheld.

    A question (是否使用…) without an answer was not filled in.
    """
    text = cell.text
    label_at = max(text.rfind(slot.label[:2], 0, start), 0)
    lead = re.split("[,.;:]", text[:label_at])[-1]
    raw = cell.raw(label_at - len(lead), min(start, len(text)))
    if re.search("是否|有无|是不是", lead + text[label_at:start]):
        return Fill(slot.indicator_id, Typed(""), "", start=start)
    said = re.search(rf"(已|已经|{load_lexicon().negations})$", lead)
    if said is None:
        return Fill(slot.indicator_id, Typed("是"), raw, "uncertain", start=start)
    word = "是" if said.group(1).startswith("已") else "否"
    return Fill(slot.indicator_id, Typed(word), raw, "likely", ("reworded",), start=start)


def find_flag(
    slot: FormSlot, cell: Squeezed, text: str, plan: ActivityPlan, year: int | None = None
) -> tuple[Fill, int, int] | None:
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
            again = re.compile(rf"[,;./]?[{marks}()]*是[{marks}()]*否[{marks}]?").match(text, match.end())
            if again and re.search("[是否]", match.group()):
                # ☑是□否；□是☑否: answered twice.
                raw = cell.raw(match.start(), again.end())
                twice = Fill(slot.indicator_id, Typed(raw), raw, "twice", start=start)
                return twice, match.start(), again.end()
            return _flag_fill(slot, cell, text, start, match, year), match.start(), match.end()
        if start >= len(text) or text[start] in ",;.":
            return bare_flag(slot, cell, start), start, start
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
