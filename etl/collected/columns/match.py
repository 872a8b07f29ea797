"""Header cells of a collected table -> which column holds which blank, and in what scale."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache, partial
from typing import TypeVar

from etl.catalog.model import Form
from etl.collected.columns.counted import add_lone, add_people_of_events
from etl.collected.columns.data_heads import DataHeads, data_heads
from etl.collected.columns.form_slots import form_slots
from etl.collected.columns.group_words import odd_group, part_group
from etl.collected.columns.named import columns_by_number, exact_columns, named_activity
from etl.collected.columns.other_words import counts_other, event_of, may_be_other, says_little
from etl.collected.columns.parts import (
    lone_parts,
    part_columns,
    parts_of_wholes,
    whole_columns,
)
from etl.collected.columns.people import (
    add_followers,
    add_people,
    adds_words,
    before_their_events,
    counts_only,
    is_bare_again,
)
from etl.collected.columns.shortened import add_shortened
from etl.collected.columns.twins import group_twins, worded_twins
from etl.collected.columns.two_sided import counts_the_next, is_one_of_several, is_two_sided
from etl.collected.columns.whole_groups import rival_groups
from etl.collected.sheet.heads import is_beside, split_leaf, without_unit
from etl.collected.sheet.layout import is_total
from etl.extract.align import align
from etl.extract.candidates import Candidate
from etl.extract.likeness import likeness
from etl.extract.slots import FormSlot
from etl.interpret.count import Typed

Path = tuple[str, ...]
_Columns = TypeVar("_Columns", int, tuple[int, ...])
NOTHING_SAID: Mapping[int, str] = {}


@dataclass(frozen=True)
class TotalColumn:
    """A column that adds up others: `indicators` are those of its group and unit."""

    column: int
    path: tuple[str, ...]
    indicators: tuple[str, ...]
    scale: int


@dataclass(frozen=True)
class ColumnMap:
    """Column per indicator, scale (10,000 under 万) per indicator, and the columns that match nothing."""

    of_indicator: dict[str, int]
    scale: dict[str, int]
    unmapped: tuple[tuple[int, tuple[str, ...]], ...]
    reworded: dict[str, tuple[str, ...]]  # matched although the header's words differ
    totals: tuple[TotalColumn, ...] = ()
    repeated: tuple[tuple[str, int], ...] = ()  # (blank, column) of further columns with the very same header
    # A blank in parts: the columns that make it together; those that its 合计 must add up, each with its word.
    parts: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    checked: Mapping[str, Mapping[int, str]] = field(default_factory=dict)
    aside: frozenset[int] = frozenset()  # columns of another year or week, of plans, of growth, of parts of a whole
    unlike: frozenset[int] = frozenset()  # further columns of a blank that are no copies of the first


def map_columns(
    form: Form,
    paths: dict[int, tuple[str, ...]],
    name_column: int,
    names: Sequence[str] = (),
    year: int = 0,
    decided: Mapping[int, str] = NOTHING_SAID,
) -> ColumnMap:
    """First the headers that say exactly activity, label and unit; the rest by label, unit and order, only when sure.

    `names` (of the table, of the sheet) stand in for the activity where one names it. Columns of totals are kept apart, and so are those of
    another year or week, of plans and of growth. `decided`: column -> blank, said by hand, whatever its head says.
    """
    heads = data_heads(form, paths, name_column, names, year, {c: paths[c] for c in decided}, blank_alone)
    matched = _Matched.of(form, heads, decided)
    return _column_map(form, heads, matched, decided)


@dataclass(frozen=True)
class _Matched:
    """Blank -> its column (of a blank in parts the first of them), by what it was found, and the heads that then name it."""

    found: dict[str, int]
    likely: dict[str, Path]
    wholes: dict[str, int]  # in the column headed 合计
    parts: dict[str, tuple[int, ...]]
    data: dict[int, Path]
    rivals: tuple[tuple[str, int], ...]

    @classmethod
    def of(cls, form: Form, heads: DataHeads, decided: Mapping[int, str]) -> _Matched:
        """By words first, then the totals and parts that make a blank; what may be another thing is taken out."""
        data = heads.data
        found, likely = _match(form, data, heads.doubtful, decided)
        unsure = _unsure(form, data) - decided.keys()
        found = {i: c for i, c in found.items() if c not in unsure}
        likely |= {i: data[c] for i, c in found.items() if c in heads.renamed and c not in decided}
        totals = {c: heads.period[c] for c in heads.totals}
        wholes = _undecided(whole_columns(form, data, totals, found, blank_alone), decided)
        parts = _undecided(part_columns(form, data, found | wholes), decided)
        found |= wholes | {i: columns[0] for i, columns in parts.items()}
        data = data | {found[i]: heads.period[found[i]][:-1] for i in (*wholes, *parts)}
        by_words = {i: c for i, c in found.items() if c not in decided}
        rivals = rival_groups(form, data, by_words)
        lone = {i: c for i, c in by_words.items() if i not in dict(rivals)}
        twins = group_twins(form, data, lone, blank_alone) | worded_twins(form, data, lone, likely, blank_alone)
        found = {i: c for i, c in found.items() if c not in twins}
        alone = {i: data[c] for i, c in by_words.items() if i not in {*dict(rivals), *wholes, *parts}}
        # Nobody knows the whole of which 企业 above a blank's head is a part.
        of_part = {i for i, path in alone.items() if part_group(form, i, path)}
        found = {i: c for i, c in found.items() if i not in of_part}
        likely |= {i: path for i, path in alone.items() if odd_group(form, i, path)}
        return cls(found, {i: path for i, path in likely.items() if i in found}, wholes, parts, data, rivals)


def _column_map(form: Form, heads: DataHeads, matched: _Matched, decided: Mapping[int, str]) -> ColumnMap:
    """The columns of the blanks, what adds them up, and what is left."""
    found, data, wholes = matched.found, matched.data, matched.wholes
    scale = {i: split_leaf(data[c])[2] for i, c in found.items()}
    of_totals = sorted(heads.totals - set(wholes.values()))
    totals = tuple(_total_column(form, c, heads.period[c], heads.period, found, scale) for c in of_totals)
    # A total that nothing is compared with is named.
    lone = {t.column: t.path for t in totals if not t.indicators}
    known = {*found.values(), *of_totals, *(c for columns in matched.parts.values() for c in columns)} - lone.keys()
    unmapped = tuple((c, p) for c, p in sorted(heads.form.items()) if c not in known)
    header_of = {data[c]: i for i, c in found.items() if c not in decided}
    # A bare 参与人次 again is the people of another column, whose words are not known.
    again = (c for c, _ in unmapped if c in data and data[c] in header_of and not is_bare_again(data, c))
    repeated = tuple((header_of[data[c]], c) for c in again) + _also(form, data, found, decided) + matched.rivals
    return ColumnMap(
        found,
        {i: s for i, s in scale.items() if s != 1},
        unmapped,
        matched.likely,
        totals,
        repeated,
        matched.parts,
        _checked(heads, matched, decided),
        _aside(heads, wholes, unmapped, lone),
    )


def _checked(heads: DataHeads, matched: _Matched, decided: Mapping[int, str]) -> dict[str, Mapping[int, str]]:
    """Blank -> the columns that its own must add up, each with its word."""
    beside = parts_of_wholes(heads.data, matched.wholes, heads.period)
    checked: dict[str, Mapping[int, str]] = {i: {c: heads.period[c][-1] for c in of} for i, of in beside.items()}
    by_words = matched.found.keys() - matched.wholes.keys() - matched.parts.keys()
    of_groups = {i: c for i, c in matched.found.items() if i in by_words and c in heads.parts_of and c not in decided}
    return checked | {i: heads.parts_of[c] for i, c in of_groups.items()}


def _aside(
    heads: DataHeads, wholes: Mapping[str, int], unmapped: Sequence[tuple[int, Path]], lone: Mapping[int, Path]
) -> frozenset[int]:
    """The columns that nobody misses: of other years and plans, totals of nothing, and the parts of a whole that counts."""
    summed = {heads.period[c][:-1] for c in wholes.values()}
    return (
        frozenset(heads.form) - frozenset(heads.period)
        | {c for c, path in lone.items() if is_total(without_unit(path[-1])) or counts_only(path[-1:])}
        | {c for c, p in unmapped if len(p) > 1 and heads.period.get(c, p)[:-1] in summed}
    )


def _unsure(form: Form, data: Mapping[int, tuple[str, ...]]) -> frozenset[int]:
    """The columns that may be another blank's than their words say. A mark under 使用平台（否） is no answer to 使用平台."""
    noes = {c for c, path in data.items() if path[-1].endswith("(否)")}
    return before_their_events(data) | lone_parts(form, data) | noes


def _undecided(found: Mapping[str, _Columns], decided: Mapping[int, str]) -> dict[str, _Columns]:
    """What was found of blanks of which nobody said where they stand."""
    return {i: columns for i, columns in found.items() if i not in decided.values()}


def _also(
    form: Form, data: dict[int, tuple[str, ...]], found: Mapping[str, int], decided: Mapping[int, str]
) -> tuple[tuple[str, int], ...]:
    """Further columns of a blank that was said to stand in one: said of several, or headed by the blank's own name."""
    if not decided:
        return ()
    named = exact_columns(form, {c: p for c, p in data.items() if c not in decided})
    also = [(i, c) for c, i in decided.items()] + [(i, c) for i, c in named.items() if i in decided.values()]
    return tuple((i, c) for i, c in also if found[i] != c)


def _match(
    form: Form, data: dict[int, tuple[str, ...]], doubtful: Mapping[int, str], decided: Mapping[int, str]
) -> tuple[dict[str, int], dict[str, tuple[str, ...]]]:
    """Blank -> its column, and of those read although their words differ the words."""
    found = exact_columns(form, {c: p for c, p in data.items() if c not in decided})
    found |= {i: c for c, i in sorted(decided.items(), reverse=True)}
    likely: dict[str, tuple[str, ...]] = {}
    if not found and (numbered := columns_by_number(form, data)):
        return numbered, {i: data[c] for i, c in numbered.items()}
    every = form_slots(form, "")
    add_followers(every, data, found, likely)
    for activity_id, columns in _by_activity(form, data).items():
        inside = form_slots(form, activity_id)
        slots = [s for s in inside if s.indicator_id not in found]
        left = [c for c in columns if c not in found.values()]
        candidates = as_candidates([data[c] for c in left])
        passed: set[int] = set()  # what means something else, and the people behind it
        for match in align(slots, candidates) if slots and left else ():
            slot, column = slots[match.slot], left[match.candidate]
            candidate = candidates[match.candidate]
            if match.certainty == "uncertain" or (match.certainty == "likely" and slot.unit != candidate.unit):
                continue
            is_other = adds_words(slot, candidate.label) or counts_other(slot, candidate.unit)
            is_other |= match.certainty == "likely" and may_be_other(inside, slot, candidate.label)
            is_other |= candidate.label != slot.label and is_two_sided(every, slot, candidate.label)
            is_other |= counts_the_next(every, slot, candidate.unit)
            if is_other or (slot.is_dependent and column - 1 in passed):
                passed.add(column)
                continue
            if _has_rival(every, slot, candidate) or doubtful.get(column, "") not in slot.label:
                continue
            is_vague = slot.is_dependent and says_little(split_leaf(data[column])[0], slot)
            if is_vague and found.get(event_of(every, slot)) != column - 1:
                continue
            others = {c.label for c in candidates if c is not candidate and c.unit == candidate.unit}
            if is_one_of_several(slot, candidate.label, others):
                continue
            if match.certainty == "likely":
                likely[slot.indicator_id] = data[column]
            found[slot.indicator_id] = column
    add_shortened(form, every, data, found, likely)
    if len(data) > 1 and not any(doubtful.values()):
        add_lone(data, every, found, likely, partial(blank_alone, form))
    add_followers(every, data, found, likely)
    add_people(every, data, found, likely)
    add_people_of_events(form, every, data, found, likely, blank_alone)
    return found, likely


@lru_cache(maxsize=4096)
def blank_alone(form: Form, path: tuple[str, ...]) -> str:
    """The blank that a table of this one column would be read into; '' for none."""
    return next(iter(_match(form, {1: path}, NOTHING_SAID, NOTHING_SAID)[0]), "")


def _has_rival(every: list[FormSlot], slot: FormSlot, candidate: Candidate) -> bool:
    """Whether another blank's words are as close to a column's: 体验基地其它 is none of 新建, 计划 and 其他 for sure."""
    if slot.is_dependent and candidate.label == slot.label:
        return False
    own = likeness(slot, candidate)
    return any(
        likeness(other, candidate) >= own
        for other in every
        if other.indicator_id != slot.indicator_id and other.kind == "count" and candidate.unit in ("", other.unit)
    )


def _total_column(
    form: Form,
    column: int,
    path: tuple[str, ...],
    data: dict[int, tuple[str, ...]],
    found: dict[str, int],
    scale: dict[str, int],
) -> TotalColumn:
    """What a total column adds: the blanks of its group (of all groups when it has none) that share its unit."""
    _, unit, own_scale = split_leaf((*path[:-1], without_unit(path[-1]) + path[-1][len(without_unit(path[-1])) :]))
    at = next(n for n, word in enumerate(path) if is_total(without_unit(word)))
    group = path[:at]
    inside = [i for i, c in found.items() if data[c][: len(group)] == group]
    kinds = {form.by_indicator[i].unit for i in inside}
    if not unit and len(kinds) != 1:
        return TotalColumn(column, path, (), own_scale)
    same = tuple(i for i in inside if not unit or form.by_indicator[i].unit == unit)
    return TotalColumn(column, path, same, own_scale)


def _by_activity(form: Form, data: dict[int, tuple[str, ...]]) -> dict[str, list[int]]:
    """Columns by the activity their group word names; under '' those without one, to be matched over the whole form."""
    groups: dict[str, list[int]] = {}
    for column, path in sorted(data.items()):
        named = named_activity(form, path[0]) if len(path) > 1 else ""
        groups.setdefault(named, []).append(column)
    # Named groups first, so that the rest is matched against what they leave over.
    return dict(sorted(groups.items(), key=lambda g: g[0] == ""))


def as_candidates(paths: list[tuple[str, ...]]) -> list[Candidate]:
    """Columns as candidates; under one label, the column of people is its 参与. Other group words begin another sentence."""
    found: list[Candidate] = []
    before = ("", "")
    labels = {split_leaf(path)[0] for path in paths}
    for number, path in enumerate(paths):
        label, unit, _ = split_leaf(path)
        is_other = number > 0 and not is_beside(paths[number - 1], path)
        is_people = label == before[0] and unit != before[1] and unit in ("人次", "人")
        words = "参与" if is_people and f"{label}参与" not in labels else label
        found.append(Candidate(number, number + 1, Typed(""), unit, words, words, "", "", words, is_other, is_other))
        before = (label, unit)
    return found
