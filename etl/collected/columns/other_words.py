"""Heads near a blank's words which may mean something else: another unit, another deed, words of several blanks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from etl.collected.columns.two_sided import stands_in_several
from etl.extract.slots import FormSlot
from etl.interpret.lexicon import load_lexicon
from etl.interpret.units import is_kin, same_unit


def says_little(label: str, slot: FormSlot) -> bool:
    """Whether a head of people (观看) names no event: it is that of the column before it, or anybody's."""
    return label != slot.label and re.fullmatch(f"(?:{load_lexicon().head_words})+", label) is not None


def event_of(every: Sequence[FormSlot], slot: FormSlot) -> str:
    """The blank of the event whose people a blank counts."""
    return next((one.indicator_id for one, two in pairwise(every) if two.indicator_id == slot.indicator_id), "")


def may_be_other(inside: Sequence[FormSlot], slot: FormSlot, head: str) -> bool:
    """Whether a head that is worded otherwise is as much another blank's (警示教育), says another deed (移送 for 曝光) or leaves
    the blank's own out (媒体报道 for 媒体转发报道)."""
    if stands_in_several(inside, head):
        return True
    if head == re.split("[,、]", slot.label)[-1]:
        # The end of the form's own sentence, as where its pieces are the heads.
        return False
    lex = load_lexicon()
    said = set(re.findall(lex.deeds, head))
    owns = [set(re.findall(lex.deeds, words)) for words in (slot.label, *slot.also)]
    # 观看 is said of any film.
    return all(said - own or any(not re.fullmatch(lex.head_words, deed) for deed in own - said) for own in owns)


def counts_other(slot: FormSlot, head: str) -> bool:
    """Whether a head's unit counts another kind of thing than a blank's: 篇 over 理论学习中心组学习 in 次."""
    lex = load_lexicon()
    if "" in (slot.unit, head) or same_unit(head, slot.unit):
        return False
    is_event = slot.unit in lex.event_units and re.search(lex.press_words, slot.label) is None
    return not is_kin(head, slot.unit, lex) or (is_event and head not in lex.event_units)
