"""Heads of columns as a person names them on the desk, and the columns whose heads a decision speaks of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping

from etl.collected.columns.people import counts_only
from etl.decisions.files import ColumnDecision
from etl.findings import Finding, shorten
from etl.interpret.private import mask_private

_LONGEST = 400  # as much of a head as a finding keeps


def head_names(heads: Mapping[int, tuple[str, ...]]) -> dict[int, str]:
    """Column -> its head, group words first (宣传咨询/咨询活动(场)).

    A head that only says how something is counted means nothing by itself: it is named with the one before it
    (咨询活动(场)→参与人数), so that it is another head where another column stands there.
    """
    names: dict[int, str] = {}
    for column, path in sorted(heads.items()):
        name = "/".join(path)
        if counts_only(path) and (before := names.get(column - 1)):
            name = f"{before}→{name}"
        names[column] = shorten(mask_private(name), _LONGEST)
    return names


def decided_columns(
    heads: Mapping[int, tuple[str, ...]], said: Mapping[str, ColumnDecision]
) -> dict[int, ColumnDecision]:
    """The columns whose head was decided; of a head that stands twice in the table nobody knows which is meant."""
    if not said:
        return {}
    names = head_names(heads)
    times = Counter(names.values())
    return {c: said[name] for c, name in names.items() if name in said and times[name] == 1}


def say_decided(
    heads: Mapping[int, tuple[str, ...]], decided: Mapping[int, ColumnDecision], place: Callable[[int], str]
) -> Iterator[Finding]:
    """Who said of each column what it is."""
    for column, d in decided.items():
        words = {"by": d.by, "at": d.on, "reason": d.reason}
        yield Finding(
            "column_decided", place(column), "/".join(heads[column]), indicator_id=d.indicator_id, words=words
        )
