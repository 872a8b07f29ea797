"""Columns of people (参与人次): those behind the column of their event, and those whose head names the event itself."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from etl.collected.columns.two_sided import is_two_sided, stands_in_several
from etl.collected.sheet.heads import group_of, is_beside, split_leaf
from etl.extract.candidates import Candidate
from etl.extract.certainty import LIKELY, SURE
from etl.extract.likeness import likeness
from etl.extract.slots import FormSlot
from etl.interpret.count import Typed
from etl.interpret.lexicon import load_lexicon

Path = tuple[str, ...]
_PIECE = 2  # letters of a blank's words at least on either side of what is put between them
_PEOPLE = ("人次", "人")
_BARE = ("人次", "人数")  # heads that say no more than that people are counted
_JOINING = re.compile("^参[与加]|参[与加]$")
_TAKING_PART = re.compile("(?:的?(?:参与|参加|参学|参训)(?:总|总计|累计)?(?:人数|人员)?)$")


def add_followers(
    slots: Sequence[FormSlot], data: dict[int, Path], found: dict[str, int], likely: dict[str, Path]
) -> None:
    """The people of a sentence whose event has a column: a bare 参与（人次） right behind it, or its own words with 人次.

    A column found by other words than the form's is named in `likely`.
    """
    leaves = {c: split_leaf(path)[:2] for c, path in data.items()}
    for slot, behind in pairwise(slots):
        at = found.get(slot.indicator_id)
        if at is None or not behind.is_dependent or behind.indicator_id in found:
            continue
        event, taken = leaves[at][0], set(found.values())
        says = {(event + behind.label, behind.unit)} | (
            {(event, behind.unit)} if not has_others_behind(slots, behind) else set()
        )
        own = [c for c, leaf in leaves.items() if leaf in says and c not in taken]
        own = [c for c in own if group_of(data[c]) == group_of(data[at])]
        is_next = at + 1 in leaves and at + 1 not in taken and is_beside(data[at], data[at + 1])
        if is_next and leaves[at + 1] == (behind.label, behind.unit):
            found[behind.indicator_id] = at + 1
        elif len(own) == 1:
            found[behind.indicator_id] = own[0]
        elif is_next and _is_bare(behind, *leaves[at + 1]):
            found[behind.indicator_id] = at + 1
            likely[behind.indicator_id] = data[at + 1]


def has_others_behind(slots: Sequence[FormSlot], people: FormSlot) -> bool:
    """Whether an event counts further people behind those who took part (受众人次): its name with 人次 is none of them for sure."""
    behind = next((two for one, two in pairwise(slots) if one.indicator_id == people.indicator_id), None)
    return behind is not None and behind.is_dependent and behind.unit == people.unit


def _is_bare(behind: FormSlot, label: str, unit: str) -> bool:
    """Whether a head only says that people are counted: 人次, 参加人数（人）."""
    if behind.unit != "人次" or unit not in ("", *_PEOPLE):
        return False
    return label in _BARE or (unit != "" and label in (behind.label, *behind.synonyms))


def counts_only(path: Path) -> bool:
    """Whether a head only says how something is counted: 参与人数, 场次."""
    label = re.sub("^(?:开展|举办|组织)(?=..)", "", split_leaf(path)[0])
    return label in (*_BARE, *load_lexicon().measure_heads) or _TAKING_PART.fullmatch(label) is not None


def before_their_events(data: Mapping[int, Path]) -> frozenset[int]:
    """The bare 参与（人次） of a run of two or more that begins behind no event (first of all, behind 隐患（条）) and has an event right
    behind each: whether they belong to the event before or behind them can't be told."""
    bare = {c for c in data if counts_only(data[c]) and split_leaf(data[c])[1] in ("", *_PEOPLE)}
    found: set[int] = set()
    for first in sorted(bare):
        if first in found or not _is_orphan(data, first):
            continue
        run = [first]
        while run[-1] + 2 in bare and _counts_events(data, run[-1] + 1):
            run.append(run[-1] + 2)
        if len(run) > 1 and _counts_events(data, run[-1] + 1):
            found.update(run)
    return frozenset(found)


def _is_orphan(data: Mapping[int, Path], column: int) -> bool:
    """Whether nothing that people take part in stands before a column: no column, or one that counts things."""
    unit = split_leaf(data[column - 1])[1] if column - 1 in data else "-"
    return unit != "" and unit not in load_lexicon().event_units


def _counts_events(data: Mapping[int, Path], column: int) -> bool:
    return (
        column in data and not counts_only(data[column]) and split_leaf(data[column])[1] in load_lexicon().event_units
    )


def without_taking_part(label: str) -> str:
    """A head of people without its 参与."""
    return _TAKING_PART.sub("", label)


def adds_words(slot: FormSlot, head: str) -> bool:
    """Whether a head says more than a blank's own words and what changes nothing: 未开展…, 拟开展…, 企业…, …经费, …时长."""
    names = {
        words for said in (slot.label, *slot.also) for words in (said, _JOINING.sub("", said)) if len(words) >= _PIECE
    }
    own = max((words for words in names if words in head), key=len, default="")
    added = head.replace(own, "", 1) if own else _put_between(slot.label, head)
    return bool(added) and re.fullmatch(f"(?:{load_lexicon().head_words}|[^\\w])*", added) is None


def _put_between(label: str, head: str) -> str:
    """What a head puts between the words of a blank: 重大 in 曝光重大问题隐患; '' where it does not hold them in two pieces."""
    ends = range(_PIECE, len(label) - _PIECE + 1)
    cuts = (n for n in ends if head.startswith(label[:n]) and head.endswith(label[n:]))
    return next((head[n : n + len(head) - len(label)] for n in cuts if len(head) > len(label)), "")


def is_bare_again(data: dict[int, Path], column: int) -> bool:
    """Whether a column says only that people are counted, behind a column with words of its own."""
    label = split_leaf(data[column])[0]
    return (label in _BARE or _TAKING_PART.fullmatch(label) is not None) and data.get(column - 1) != data[column]


def add_people(
    slots: Sequence[FormSlot], data: dict[int, Path], found: dict[str, int], likely: dict[str, Path]
) -> None:
    """The people of a sentence whose event has no column: 公开课参与（人次）, where no other blank is as close."""
    taken = set(found.values())
    claims: dict[str, list[int]] = {}
    for column, path in data.items():
        label, unit, _ = split_leaf(path)
        event = _TAKING_PART.sub("", label)
        if column in taken or unit not in _PEOPLE or len(event) < 2 or (unit == "人" and event == label):
            continue
        behind = _people_of(slots, event)
        if behind is not None and event == label and has_others_behind(slots, behind):
            continue
        if behind is not None and behind.indicator_id not in found:
            claims.setdefault(behind.indicator_id, []).append(column)
    for indicator_id, columns in claims.items():
        if len(columns) == 1:
            found[indicator_id] = columns[0]
            likely[indicator_id] = data[columns[0]]


def _people_of(slots: Sequence[FormSlot], event: str) -> FormSlot | None:
    """The 参与 behind the one sentence whose words these are."""
    candidate = Candidate(0, 1, Typed(""), "", event, event, "", "", event, False, False)
    alike = sorted(((likeness(s, candidate), n) for n, s in enumerate(slots) if s.kind == "count"), reverse=True)
    (best, at), (second, _) = alike[0], alike[1]
    behind = slots[at + 1] if at + 1 < len(slots) else None
    is_sure = best >= SURE or (best >= LIKELY and event in slots[at].label)
    if adds_words(slots[at], event) or stands_in_several(slots, event) or is_two_sided(slots, slots[at], event):
        return None
    if behind is None or not behind.is_dependent or behind.unit != "人次" or slots[at].unit == "人次":
        return None
    return behind if is_sure and second < best else None
