"""Heads that say how a thing is counted without brackets (演练场次, 知识竞赛人数, 举报数), made the same heads with them: 演练(场)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise

from etl.catalog.model import Form
from etl.collected.columns.named import exact_columns
from etl.collected.columns.people import counts_only, has_others_behind, without_taking_part
from etl.collected.columns.two_sided import is_one_of_several
from etl.collected.sheet.heads import group_of, split_leaf
from etl.extract.slots import FormSlot
from etl.interpret.lexicon import load_lexicon

Path = tuple[str, ...]
Single = Callable[[Form, Path], str]  # the blank that a table of this one column would be read into, '' for none
_PEOPLE = ("人次", "人")
_HEADCOUNT = "人数"
_LEAST = 3  # letters of an event's name that alone says whose people are counted
_END = 2  # letters that tell what kind of event a name is: 演练, 学习


def with_bracket_units(
    form: Form, slots: Sequence[FormSlot], data: Mapping[int, Path], single: Single
) -> tuple[dict[int, Path], frozenset[int]]:
    """The columns with X场次 as X(场), and those of them whose unit is another way to count: 人数 for 人次."""
    found = dict(data)
    for column, path in data.items():
        if counts_only(path) or (parts := _parts(path[-1])) is None or exact_columns(form, {0: path}):
            continue
        name, tail = parts
        if tail == _HEADCOUNT and not _are_takers_part(form, slots, data, column, single):
            continue
        if unit := _unit(form, (*path[:-1], name), tail, single):
            found[column] = (*path[:-1], f"{name}({unit})")
    return found, frozenset(c for c, path in data.items() if path != found[c] and path[-1].endswith(_HEADCOUNT))


def _parts(head: str) -> tuple[str, str] | None:
    """(演练, 场次) of 演练场次; None for a head that does not end so, or counts persons by what they are (宣讲员人数)."""
    match = _tails().fullmatch(head)
    if match is None:
        return None
    name, tail = match.groups()
    is_of_persons = tail == _HEADCOUNT and _is_of_persons(name)
    return None if is_of_persons or counts_only((name,)) else (name, tail)


def _is_of_persons(name: str) -> bool:
    return re.search(f"(?:{load_lexicon().person_ends})$", name) is not None


@lru_cache(maxsize=1)
def _tails() -> re.Pattern[str]:
    tails = sorted((_HEADCOUNT, "数", *load_lexicon().measure_heads), key=len, reverse=True)
    return re.compile(f"(.{{2,}}?)({'|'.join(tails)})")


def _are_takers_part(
    form: Form, slots: Sequence[FormSlot], data: Mapping[int, Path], column: int, single: Single
) -> bool:
    """Whether the persons whom a head counts took part in something: the head says so, the form counts the people of that name
    or of such an event, or the table has the event's column. 红袖章人数 are those who wear them."""
    path, name = data[column], data[column][-1].removesuffix(_HEADCOUNT)
    if without_taking_part(name) != name or _ends_an_event(slots, re.sub("等?活动$", "", name)[-_END:]):
        return True
    beside = (p for c, p in data.items() if c != column and p[:-1] == path[:-1])
    if any(name in ((_parts(p[-1]) or ("",))[0], split_leaf(p)[0]) for p in beside):
        return True
    people = single(form, _with_unit((*path[:-1], name), "人次"))
    return any(s.indicator_id == people and not s.is_dependent for s in slots)


def _unit(form: Form, path: Path, tail: str, single: Single) -> str:
    """The unit in which a head counts: the tail's own; of events the form's where it has that one only, of a bare 数 the one of
    the things the form counts under that name."""
    lex = load_lexicon()
    own = "人次" if tail == _HEADCOUNT else lex.measure_heads.get(tail, "")
    if own and (own not in lex.event_units or single(form, _with_unit(path, own))):
        return own
    units = {s for s in _units(form) if s != own and (s in lex.event_units) == (own in lex.event_units)}
    blanks = {blank: unit for unit in sorted(units) if (blank := single(form, _with_unit(path, unit)))}
    return next(iter(blanks.values())) if len(blanks) == 1 else own


@lru_cache(maxsize=32)
def _units(form: Form) -> frozenset[str]:
    """The units of a form's counts but those of people."""
    return frozenset(i.unit for i in form.indicators if i.kind == "count") - {*_PEOPLE}


def _with_unit(path: Path, unit: str) -> Path:
    return (*path[:-1], f"{path[-1]}({unit})")


def add_people_of_events(
    form: Form,
    slots: Sequence[FormSlot],
    data: Mapping[int, Path],
    found: dict[str, int],
    likely: dict[str, Path],
    single: Single,
) -> None:
    """The people behind the event that a head over people names (公开课(人次)), where 公开课(场) would be read into it and no
    other blank of people has these words."""
    taken = set(found.values())
    claims: dict[str, list[int]] = {}
    for column, path in data.items():
        label, unit, _ = split_leaf(path)
        name = without_taking_part(label)
        if column in taken or unit not in _PEOPLE or len(name) < _LEAST or (name == label and _is_of_persons(name)):
            continue
        behind = _people_behind(form, slots, (*group_of(path), name), single)
        people = next((s for s in slots if s.indicator_id == behind), None)
        if people is not None and name == label and has_others_behind(slots, people):
            continue
        # 中心组学习(人) are its people, 红袖章(人) those who wear them.
        if behind and (unit == "人次" or name != label or _ends_an_event(slots, name)):
            claims.setdefault(behind, []).append(column)
    for indicator_id, columns in claims.items():
        if len(columns) == 1 and indicator_id not in found:
            found[indicator_id], likely[indicator_id] = columns[0], data[columns[0]]


def _people_behind(form: Form, slots: Sequence[FormSlot], path: Path, single: Single) -> str:
    """The blank of the people behind the one event of this name; '' where there is none, or other people have the name too."""
    behind = {one.indicator_id: two for one, two in pairwise(slots) if two.is_dependent and two.unit == "人次"}
    units = dict.fromkeys(s.unit for s in slots if s.indicator_id in behind and s.unit not in _PEOPLE)
    events = {single(form, _with_unit(path, unit)) for unit in units} - {""}
    people = behind.get(next(iter(events))) if len(events) == 1 else None
    others = (s for s in slots if s.unit in _PEOPLE and s is not people)
    return people.indicator_id if people and not any(path[-1] in w for s in others for w in (s.label, *s.also)) else ""


def _ends_an_event(slots: Sequence[FormSlot], name: str) -> bool:
    """Whether the words of an event end so."""
    events = (s for s in slots if s.kind == "count" and not s.is_dependent and s.unit not in _PEOPLE)
    return any(re.sub('"|等?活动$', "", words).endswith(name) for s in events for words in (s.label, *s.also))


def add_lone(
    data: Mapping[int, Path],
    slots: Sequence[FormSlot],
    found: dict[str, int],
    likely: dict[str, Path],
    single: Callable[[Path], str],
) -> None:
    """The columns left over that would be read into a blank without a column if they stood alone: heads in another order than the
    form's. None where several claim a blank, or where a head is one of several things that have columns of their own."""
    taken = set(found.values())
    so_far = tuple(load_lexicon().so_far)
    claims: dict[str, list[int]] = {}
    for column, path in data.items():
        is_said = not counts_only(path) and not split_leaf(path)[0].startswith(
            so_far
        )  # 累计 beside a month is another figure
        if column not in taken and is_said and (blank := single(path)):
            claims.setdefault(blank, []).append(column)
    leaves = {c: split_leaf(path)[:2] for c, path in data.items()}
    for slot in slots:
        columns = claims.get(slot.indicator_id, [])
        if len(columns) == 1 and slot.indicator_id not in found and not slot.is_dependent:
            others = {label for c, (label, unit) in leaves.items() if c != columns[0] and unit == leaves[columns[0]][1]}
            if not is_one_of_several(slot, leaves[columns[0]][0], others):
                found[slot.indicator_id], likely[slot.indicator_id] = columns[0], data[columns[0]]
