"""Heads that as well mean another blank of the form, or none: 警示教育 over people, 答题 beside 知识竞赛, 培训 out of “我是安全培训师”."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from itertools import pairwise

from etl.extract.slots import FormSlot
from etl.interpret.lexicon import load_lexicon

_ITEM = re.compile(r"[,、/]|等$")
_QUOTED = re.compile('"([^"]+)"')


def is_two_sided(slots: Sequence[FormSlot], slot: FormSlot, head: str) -> bool:
    """Whether a head worded otherwise than a blank can't be that blank's for sure."""
    return (
        is_torn(slot, head) or is_partial(slot, head) or _is_loose(slots, slot, head) or _are_others(slots, slot, head)
    )


def stands_in_several(slots: Sequence[FormSlot], head: str) -> bool:
    """Whether a head's words stand in more than one event of these."""
    counts = (s for s in slots if s.kind == "count" and not s.is_dependent)
    return sum(any(head in words for words in (s.label, *s.also)) for s in counts) > 1


def is_torn(slot: FormSlot, head: str) -> bool:
    """Whether a head stands in a blank's words only in the midst of a name of persons: 培训 in "我是安全培训师"."""
    words = (slot.label, *slot.also)
    names = [name for said in words for name in _QUOTED.findall(said) if head in name]
    if not names or any(head in _QUOTED.sub("|", said) for said in words):
        return False
    return all(re.search(f"{re.escape(head)}(?:{load_lexicon().person_ends})", name) for name in names)


def is_partial(slot: FormSlot, head: str) -> bool:
    """Whether a head names one of two things to which a blank's deed is done: 举报重大隐患 of 举报重大隐患和违法违规行为."""
    found = []
    for words in (slot.label, *slot.also):
        match = re.search(f"(?:{load_lexicon().deeds})([^,;.]+)$", words)
        things = re.split("[和及与]", match[1]) if match else []
        shared = [any(thing[n : n + 2] in head for n in range(len(thing) - 1)) for thing in things]
        found.append(any(shared) and not all(shared))
    return all(found)


def counts_the_next(slots: Sequence[FormSlot], slot: FormSlot, unit: str) -> bool:
    """Whether a unit in a head is that of the blank which belongs to this one: 媒体报道…(篇) are the reports that were printed."""
    behind = next((two for one, two in pairwise(slots) if one.indicator_id == slot.indicator_id), None)
    return behind is not None and behind.is_dependent and unit == behind.unit != slot.unit


def _are_others(slots: Sequence[FormSlot], slot: FormSlot, head: str) -> bool:
    """Whether the people of a head's name are as well those of an event that is called so: 展览参与 of 网上展览 and 警示教育展览."""
    name = re.sub("^(?:参与|参加)|(?:参与|参加)$", "", head)
    if (
        slot.unit != "人次"
        or slot.is_dependent
        or len(name) < 2
        or any(name == re.sub("参与", "", w) for w in (slot.label, *slot.also))
    ):
        return False
    events = (one for one, two in pairwise(slots) if two.is_dependent and two.unit == "人次")
    return any(name in words for event in events for words in (event.label, *event.also))


def _is_loose(slots: Sequence[FormSlot], slot: FormSlot, head: str) -> bool:
    """Whether a head is a word for what another blank of the same unit asks for in other words."""
    lex = load_lexicon()
    others = lex.loose_heads.get(re.sub(f"^(?:{lex.head_words})+|(?:{lex.head_words})+$", "", head), ())
    return any(
        word in words
        for other, behind in pairwise((*slots, slots[-1]))
        if other.indicator_id != slot.indicator_id
        and slot.unit in (other.unit, behind.unit if behind.is_dependent else "")
        for words in (other.label, *other.also)
        for word in others
    )


def is_one_of_several(slot: FormSlot, head: str, others: Set[str]) -> bool:
    """Whether a column names but one thing of those a blank adds up: 班组会 of 公开课、大家谈、班组会.

    The first one alone stands for all of them, as offices shorten it; not beside a column of another one.
    """
    labels = (slot.label, *slot.also)
    pieces = [[piece for piece in _ITEM.split(label) if piece] for label in labels]
    items, firsts = {i for found in pieces for i in found}, {found[0] for found in pieces if found}
    if head not in items or head in labels:
        return False
    return head not in firsts or not others.isdisjoint(items)
