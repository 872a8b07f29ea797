"""Heads that say less than a blank's words and can mean no other: 咨询活动 for 安全宣传咨询活动, 6·16咨询日活动 for the one count of it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from etl.catalog.model import Form
from etl.collected.columns.named import named_activity
from etl.collected.columns.pieces import of_pieces
from etl.collected.columns.two_sided import is_two_sided
from etl.collected.sheet.heads import group_of, split_leaf
from etl.extract.slots import FormSlot
from etl.extract.squeeze import squeeze_text
from etl.interpret.lexicon import load_lexicon
from etl.interpret.units import same_unit

Path = tuple[str, ...]
_LEAST = 4
_LONG = 6
_DAY = re.compile(r"^\"?\d{1,2}[.·]\d{1,2}\"?")


def add_shortened(
    form: Form, slots: Sequence[FormSlot], data: Mapping[int, Path], found: dict[str, int], likely: dict[str, Path]
) -> None:
    """The columns of events whose head is the end of one blank's words, or its activity's name; named in `likely`."""
    taken = set(found.values())
    for column, path in sorted(data.items()):
        label, unit, _ = split_leaf(path)
        if column in taken:
            continue
        slot = _ends_with(slots, label) or _begins_with(slots, label, unit) or _of_activity(form, slots, label)
        slot = slot or of_pieces(slots, label, unit) or _said_enough(slots, label, unit)
        if slot is None or is_two_sided(slots, slot, label) or not _is_below(form, slot, group_of(path)):
            continue
        if slot.indicator_id not in found and (not unit or same_unit(unit, slot.unit)):
            found[slot.indicator_id], likely[slot.indicator_id] = column, path


def _is_below(form: Form, slot: FormSlot, groups: Path) -> bool:
    """Whether a column stands below no group's word, or below the name of the blank's own activity."""
    return not groups or named_activity(form, groups[0]) == form.by_indicator[slot.indicator_id].activity_id


def _events(slots: Sequence[FormSlot]) -> list[FormSlot]:
    return [s for s in slots if s.kind == "count" and not s.is_dependent]


def _ends_with(slots: Sequence[FormSlot], label: str) -> FormSlot | None:
    """The only event in whose words these stand, at their end and without a deed left out (曝光 before 问题隐患)."""
    holding = [s for s in _events(slots) if any(label in words for words in (s.label, *s.also))]
    if len(label) < _LEAST or len(holding) != 1:
        return None
    rests = [words.removesuffix(label) for words in (holding[0].label, *holding[0].also) if words.endswith(label)]
    deeds = load_lexicon().deeds
    return holding[0] if rests and not any(re.search(f"{deeds}|[,、/]", rest) for rest in rests) else None


def _begins_with(slots: Sequence[FormSlot], label: str, unit: str) -> FormSlot | None:
    """The only event of this very unit whose words begin with these, where no further thing is listed or done in the rest."""
    if len(label) < _LONG or not unit:
        return None
    deeds = load_lexicon().deeds
    fits = {
        s.indicator_id: (s, words[len(label) :])
        for s in _events(slots)
        for words in (s.label, *s.also)
        if s.unit == unit and words.startswith(label)
    }
    found = list(fits.values())
    return found[0][0] if len(found) == 1 and not re.search(f"{deeds}|[,、/]|[和及与]", found[0][1]) else None


def _said_enough(slots: Sequence[FormSlot], label: str, unit: str) -> FormSlot | None:
    """The only count in whose words a head stands that needs no more of them (典型案例, 转发), in the blank's own unit."""
    if label not in load_lexicon().short_heads:
        return None
    holding = [s for s in _events(slots) if any(label in words for words in (s.label, *s.also))]
    return holding[0] if len(holding) == 1 and holding[0].unit == unit else None


def _of_activity(form: Form, slots: Sequence[FormSlot], label: str) -> FormSlot | None:
    """The event of the activity whose short name a head says, where one shares its words: 咨询日活动."""
    said = _DAY.sub("", label).removesuffix("活动")
    for activity in form.activities:
        name, own = squeeze_text(activity.short_zh), {i.indicator_id for i in activity.indicators}
        if said == name:
            alike = [s for s in _events(slots) if s.indicator_id in own and _shares(name, s.label)]
            return alike[0] if len(alike) == 1 else None
    return None


def _shares(one: str, other: str) -> bool:
    """Whether two letters in a row stand in both."""
    return any(one[n : n + 2] in other for n in range(len(one) - 1))
