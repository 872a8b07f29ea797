"""One row's figure for a blank that is given in parts: their sum, or a total that they must add up to."""

from __future__ import annotations

import re
from collections.abc import Sequence

from etl.collected.sheet.departments import Part, put_together
from etl.extract.squeeze import squeeze_text
from etl.facts import Fact
from etl.interpret.lexicon import load_lexicon
from etl.interpret.reading import NOT_FILLED, NOT_REPORTED, ROW_MISSING, UNREADABLE

_TIME = re.compile(r"\d{1,2}月(?:份)?")


def add_parts(kind: str, parts: Sequence[Part]) -> Fact:
    """The parts' sum, flagged; withheld where one can't be read or was not reported, and no more than a lower bound where one is blank."""
    if any(f.state == NOT_REPORTED for _, f in parts) and any(f.value is not None for _, f in parts):
        parts = [(name, f._replace(state=UNREADABLE) if f.state == NOT_REPORTED else f) for name, f in parts]
    fact = put_together(kind, parts, summed="derived_sum", withheld="part_unreadable")
    is_short = fact.value is not None and any(f.state in (NOT_FILLED, ROW_MISSING) for _, f in parts)
    return fact._replace(qualifier="at_least") if is_short and fact.qualifier == "exact" else fact


def check_whole(kind: str, whole: Fact, parts: Sequence[Part]) -> Fact:
    """The total beside its parts: their sum where it is blank, withheld where they contradict it.

    Parts that may not be all of it (其中…) contradict only a total that is smaller than they are, those that may overlap only
    one that is smaller than one of them.
    """
    given = [(name, f) for name, f in parts if f.state != NOT_FILLED]
    if not given:
        return whole
    if whole.state == NOT_FILLED:
        return whole if any(map(_of_which, dict(parts))) else add_parts(kind, parts)
    if whole.value is None or any(f.value is None for _, f in given):
        return whole
    values = [f.value or 0.0 for _, f in given]
    added, are_all = sum(values), _are_all(list(dict(parts)))
    is_above = added > whole.value and (are_all or max(values) > whole.value or _are_all([_plain(n) for n, _ in parts]))
    if added == whole.value or not (is_above or (are_all and added < whole.value)):
        return whole
    shown = "；".join(f"{name} {f.raw}" for name, f in given)
    return whole._replace(
        value=None, low=None, high=None, qualifier="exact", state=UNREADABLE, flags=("parts_contradict",),
        raw=f"{whole.raw}（{shown}）", proposal=f"{added:.0f}",
    )  # fmt: skip


def _are_all(words: Sequence[str]) -> bool:
    """Whether the parts' names part the whole in one way: 线上, 线下; 6月, 7月."""
    names = {squeeze_text(word) for word in words}
    families = load_lexicon().part_families
    return len(names) > 1 and (
        any(names <= family for family in families) or all(_TIME.fullmatch(name) for name in names)
    )


def _of_which(word: str) -> bool:
    """Whether a part's name says that there may be others: 其中：企业, #企业."""
    return _plain(word) != squeeze_text(word)


def _plain(word: str) -> str:
    """A part's name without 其中."""
    return re.sub(rf"^(?:#|其?中:|(?:{load_lexicon().part_words})[:,]?)", "", squeeze_text(word))
