"""Heads put together from pieces of one blank's words: 隐患曝光 for 曝光问题隐患, 警示片 for 警示教育片, 应急演练 for the one 演练."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from etl.collected.columns.two_sided import is_two_sided
from etl.extract.slots import FormSlot
from etl.interpret.lexicon import load_lexicon
from etl.interpret.units import is_kin, same_unit

_LEAST = 3  # letters of a head that is looked at
_PIECE = 2  # letters of a piece; the last one may be the last letter of a name (片)
_ITEM_END = re.compile('[,、"《》/()|:—-]|等|和|及|与')
_HAN = re.compile('[\u4e00-\u9fff"]+')


def of_pieces(slots: Sequence[FormSlot], label: str, unit: str) -> FormSlot | None:
    """The one event whose words a head is put together from, at the end of a name and with the blank's own deed; None otherwise."""
    core = _core(label)
    if not unit or len(label) < _LEAST or len(core) < _PIECE or not _HAN.fullmatch(core):
        return None
    lex = load_lexicon()
    if label.startswith(tuple(lex.so_far)):
        return None
    events = [s for s in slots if s.kind == "count" and not s.is_dependent and is_kin(unit, s.unit, lex)]
    for said in dict.fromkeys((core, re.sub(f"^(?:{lex.plain_modifiers})+(?=..)", "", core))):
        holding = [s for s in events if _is_made_of(said, _words(s), is_whole=said == core)]
        if holding:
            slot = holding[0]
            is_sure = len(holding) == 1 and same_unit(unit, slot.unit) and _says_all(slot, said)
            return slot if is_sure and not is_two_sided(slots, slot, said) else None
    return None


def _core(label: str) -> str:
    """A head without the words that say nothing of what it counts: 开展…活动."""
    neutral = _neutral()
    return re.sub(f"^(?:{neutral})+|(?:{neutral})+$", "", label)


@lru_cache(maxsize=1)
def _neutral() -> str:
    return "|".join(word for word in load_lexicon().head_words.split("|") if len(word) > 1)


def _words(slot: FormSlot) -> tuple[str, ...]:
    return (slot.label, *slot.also)


def _is_made_of(said: str, words: Sequence[str], *, is_whole: bool) -> bool:
    """Whether a head is made of pieces of one name among a blank's words, or of their last name with others' before it."""
    return any(
        _cuts(said, item) or (is_whole and _ends_all(said, items)) for items in map(_items, words) for item in items
    )


def _cuts(said: str, name: str, shortest: int = 1) -> tuple[str, ...]:
    """A head cut into pieces of a name, the longest first, the last one perhaps the name's last letter; empty where it can't be."""
    if len(said) == shortest == 1 and name.endswith(said):
        return (said,)
    for n in range(len(said), _PIECE - 1, -1):
        rest = _cuts(said[n:], name, shortest) if said[:n] in name else ()
        if said[:n] in name and (rest or n == len(said)):
            return (said[:n], *rest)
    return ()


def _ends_all(said: str, items: Sequence[str]) -> bool:
    """Whether a head joins pieces of several names to the end of the last: 避险演练 of 避险逃生、自救互救演练."""
    pieces = _cuts(said, "|".join(items), _PIECE)
    return len(pieces) > 1 and items[-1].endswith(pieces[-1]) and items[-1] != pieces[-1]


def _ends_a_name(slot: FormSlot, said: str) -> bool:
    """Whether a piece of a head ends a name of the blank, and the head is not but one of several things that the blank counts."""
    listed = [_items(words) for words in _words(slot)]
    if any(_is_one_thing(said, items, words) for items, words in zip(listed, _words(slot), strict=True)):
        return False
    pieces = ((item, piece) for items in listed for item in items for piece in _cuts(said, item))
    return any(item.endswith(piece) for item, piece in pieces) or any(
        _ends_all(said, items) for items in listed if items
    )


def _is_one_thing(said: str, items: Sequence[str], words: str) -> bool:
    """Whether a head is made from but one of the things that words list: from one before the last, from all letters of the last, or
    from one of several names in quotes."""
    quoted = re.findall('"([^"]+)"', words)
    if len(quoted) > 1 and any(_cuts(said, name) for name in quoted):
        return True
    of_one = [item for item in items if _cuts(said, item)]
    return len(items) > 1 and any(item != items[-1] or len(item) == len(said) for item in of_one)


def _items(words: str) -> list[str]:
    """The names a blank's words list, without a 活动 behind them."""
    return [re.sub(f"(?:{_neutral()})+$", "", item) for item in _ITEM_END.split(words) if item]


def _says_all(slot: FormSlot, said: str) -> bool:
    """Whether a head holds the end of a name of the blank, and no other deed than the blank's; one name in quotes says it all."""
    if re.findall('"([^"]+)"', slot.label) == [said]:
        return True
    if not _ends_a_name(slot, said):
        return False
    lex = load_lexicon()
    deeds = set(re.findall(lex.deeds, said))
    owns = [set(re.findall(lex.deeds, one)) for one in (slot.label, *slot.also)]
    return any(deeds <= own and all(re.fullmatch(lex.head_words, d) for d in own - deeds) for own in owns)
