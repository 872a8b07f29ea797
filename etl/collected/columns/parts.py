"""A blank given in parts: columns 线上, 线下 under its name, or 6月, 7月 and 合计, of which only the last is the blank's figure."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from etl.catalog.model import Form
from etl.collected.columns.named import exact_columns
from etl.collected.columns.people import counts_only
from etl.collected.sheet.heads import split_leaf, without_unit
from etl.collected.sheet.layout import is_total
from etl.extract.squeeze import squeeze_text
from etl.interpret.lexicon import load_lexicon

Path = tuple[str, ...]
Alone = Callable[[Form, Path], str]  # the blank that a table of one column headed so would be read into
_WITH_PART = 3  # an event, its part, how it is counted


def with_parts_last(data: Mapping[int, Path]) -> dict[int, Path]:
    """The heads with 线上, 线下 below what they part, where they stand between an event and how it is counted: 咨询活动 over 线上 over
    场次 is 咨询活动（场） over 线上, and no 线上活动 of the form's."""
    families = load_lexicon().part_families
    measures = load_lexicon().measure_heads
    found = dict(data)
    for column, path in data.items():
        if len(path) < _WITH_PART or not counts_only(path[-1:]):
            continue
        *above, event, part, last = path
        beside = {p[-2] for p in data.values() if len(p) == len(path) and (*p[:-2], p[-1]) == (*above, event, last)}
        if len(beside) > 1 and any(beside <= family for family in families):
            label, unit, _ = split_leaf((last,))
            unit = measures.get(label, unit)
            found[column] = (*above, f"{event}({unit})" if label in measures else f"{event}参与(人次)", part)
    return found


def with_people_of_groups(data: Mapping[int, Path]) -> dict[int, Path]:
    """The heads, a bare 参与（人次） behind an event that has columns below it (本周, 累计) named as the event's: it follows none of these."""
    found = dict(data)
    for column, path in data.items():
        unit = split_leaf(path[:1])[1]
        if not counts_only(path[:1]) or unit not in ("人次", "人"):
            continue
        before = next((p for c in range(column - 1, -1, -1) if (p := data.get(c, ())) and p[:1] != path[:1]), ())
        label, counted, _ = split_leaf(before[:1]) if len(before) > 1 else ("", "", 1)
        if counted in load_lexicon().event_units and not counts_only(before[:1]):
            found[column] = (f"{label}参与({unit})", *path[1:])
    return found


def lone_parts(form: Form, data: Mapping[int, Path]) -> frozenset[int]:
    """The columns headed but 线上 or 企业 under a blank's own name, and the bare 参与 behind them: a part of that blank, and no blank that
    is called so itself (线上活动)."""
    words = frozenset().union(*load_lexicon().part_families)
    inside = {c: p for c, p in data.items() if len(p) > 1 and without_unit(p[-1]) in words}
    parts = {c for c, p in inside.items() if exact_columns(form, {0: p[:-1]})}
    behind = {c + 1 for c in parts if (p := data.get(c + 1, ())) and p[:-1] == data[c][:-1] and counts_only(p[-1:])}
    return frozenset(parts | behind)


def whole_columns(
    form: Form, data: Mapping[int, Path], totals: Mapping[int, Path], found: Mapping[str, int], alone: Alone
) -> dict[str, int]:
    """The columns headed 合计 under a blank's own name, or under words that mean it alone, where no column beside them is a blank's."""
    taken = {data[c][:-1] for c in found.values() if c in data}
    below = {c: p for c, p in totals.items() if len(p) > 1 and is_total(without_unit(p[-1])) and p[:-1] not in taken}
    named = {i: c for i, c in _named(form, below).items() if i not in found}
    named |= {
        i: c for c, p in reversed(below.items()) if (i := alone(form, p[:-1])) and i not in found and i not in named
    }
    return {i: c for i, c in named.items() if _says_nothing_else(form.by_indicator[i].unit, totals[c][-1])}


def parts_of_wholes(
    data: Mapping[int, Path], wholes: Mapping[str, int], heads: Mapping[int, Path]
) -> dict[str, tuple[int, ...]]:
    """Per blank given by its 合计 the columns beside it under the same words: what the total must add up."""
    beside = {i: tuple(c for c, p in sorted(data.items()) if p[:-1] == heads[at][:-1]) for i, at in wholes.items()}
    return {i: columns for i, columns in beside.items() if columns}


def _says_nothing_else(unit: str, word: str) -> bool:
    """Whether 合计, 合计（场） may head a blank's figure: in the blank's own unit, and not in ten thousands."""
    _, said, scale = split_leaf((word,))
    return scale == 1 and said in ("", squeeze_text(unit))


def part_columns(form: Form, data: Mapping[int, Path], found: Mapping[str, int]) -> dict[str, tuple[int, ...]]:
    """The columns under a count's own name that part it in one way (线上, 线下), each part once; two at least."""
    families = load_lexicon().part_families
    groups: dict[Path, list[int]] = {}
    for column, path in sorted(data.items()):
        if len(path) > 1 and column not in found.values():
            groups.setdefault(path[:-1], []).append(column)
    parts = {
        columns[0]: tuple(columns)
        for columns in groups.values()
        if len(said := {data[c][-1] for c in columns}) == len(columns) > 1 and any(said <= f for f in families)
    }
    named = _named(form, {c: data[c] for c in parts})
    return {i: parts[c] for i, c in named.items() if i not in found and form.by_indicator[i].kind == "count"}


def _named(form: Form, columns: Mapping[int, Path]) -> dict[str, int]:
    """The columns whose heads above the last word are a blank's own name."""
    return exact_columns(form, {c: p[:-1] for c, p in columns.items()})
