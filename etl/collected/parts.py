"""A blank given in parts: columns 线上, 线下 under its name, or 6月, 7月 and 合计, of which only the last is the blank's figure."""

from __future__ import annotations

from collections.abc import Mapping

from etl.catalog.model import Form
from etl.collected.heads import split_leaf, without_unit
from etl.collected.layout import is_total
from etl.collected.named import exact_columns
from etl.extract.squeeze import squeeze_text
from etl.interpret.lexicon import load_lexicon

Path = tuple[str, ...]


def whole_columns(
    form: Form, data: Mapping[int, Path], totals: Mapping[int, Path], found: Mapping[str, int]
) -> dict[str, int]:
    """The columns headed 合计 under a blank's own name, where no column beside them is a blank's."""
    taken = {data[c][:-1] for c in found.values() if c in data}
    below = {c: p for c, p in totals.items() if len(p) > 1 and is_total(without_unit(p[-1])) and p[:-1] not in taken}
    named = {i: c for i, c in _named(form, below).items() if i not in found}
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
