"""Property: a head made from a blank's own words is read into that blank or not at all, in every form."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

import pytest

from etl.catalog import load_catalog
from etl.catalog.model import Form
from etl.collected.columns.form_slots import form_slots
from etl.collected.columns.match import map_columns
from etl.collected.sheet.heads import header_paths
from etl.collected.sheet.layout import Layout
from etl.document import Sheet
from etl.extract.slots import FormSlot
from etl.extract.squeeze import squeeze_text

FORMS = load_catalog().forms
TAILS = {
    "场": ("场次", "场数", "次数"), "次": ("次数", "场次"), "场/次": ("场次", "次数"), "条": ("条数", "数"), "条次": ("条次", "条数", "数"),
    "人次": ("人次", "人数", "参与人数", "参与人次"), "个": ("个数", "数"), "篇": ("篇数", "数"), "部": ("部数", "数"), "项": ("项数", "数"),
    "份": ("份数", "数"), "件": ("件数", "数"), "条/份": ("条数", "份数", "数"),
}  # fmt: skip
SHARE = 60  # of the heads the ordinary run takes each 60th
Heads = tuple[tuple[str, ...], ...]


def names(*said: str) -> Iterator[str]:
    """What an office may make of a blank's words: all of them, each thing they list, their first and their last ones."""
    for words in (re.sub("^(?:组织|开展|举办|参与)|(?:参与|受众|参加)$", "", w) for w in said):
        plain = re.sub('等?活动$|"', "", words)
        yield from (words, *re.split('[,、"《》()]|等|和|及', words), plain[:4], plain[:2] + plain[-2:])
        yield from (text[-n:] for n in (2, 3, 4, 5, 6) for text in (words.replace('"', ""), plain))


def heads(name: str, unit: str) -> Iterator[Heads]:
    """A name and how it is counted: in brackets, right behind it, below it."""
    for tail in (unit, *TAILS.get(unit, ())):
        yield ((name,), (tail,))
        yield ((f"{name}（{tail}）" if tail == unit else f"{name}{tail}",),)
    if unit == "人次":
        yield ((f"{name}（人）",),)


def read(form: Form, rows: Heads) -> str:
    """The blank that a table with this one column is read into."""
    cells = tuple(("区县" if n == 0 else None, *row) for n, row in enumerate(rows))
    paths = header_paths(Sheet("表", cells), Layout(0, len(cells), tuple(range(len(cells))), (), (), ()))
    return next(iter(map_columns(form, paths, 0).of_indicator), "")


def made_from(form: Form) -> dict[Heads, tuple[set[str], set[str]]]:
    """Head -> the blanks it was made from, and those of them whose words it holds in full."""
    found: dict[Heads, tuple[set[str], set[str]]] = {}
    event: FormSlot | None = None
    for slot in (s for s in form_slots(form, "") if s.kind == "count"):
        is_of_event = slot.is_dependent and slot.unit == "人次"
        source = event if is_of_event and event is not None else slot
        event = event if is_of_event else slot
        label = squeeze_text(form.by_indicator[slot.indicator_id].label_zh)
        full = {source.label, label}
        for name in {n for n in names(source.label, label) if len(n) > 1 and not n.startswith("的")}:
            for rows in heads(name, slot.unit):
                blanks, wholes = found.setdefault(rows, (set(), set()))
                blanks.add(slot.indicator_id)
                # 经验做法数 counts what is called so, not the reports of it.
                is_whole = name in full or rows[-1][-1].endswith(("参与人数", "参与人次")) or rows[0][0] == f"{name}数"
                wholes |= {slot.indicator_id} if is_whole else set()
    return found


def misread(form: Form, share: int) -> list[tuple[str, str]]:
    """The heads that were read into a blank they were not made from, or into one of several."""
    wrong = []
    for rows, (blanks, wholes) in made_from(form).items():
        if zlib.crc32(repr(rows).encode()) % share:
            continue
        got = read(form, rows)
        if got and (got not in blanks or (len(blanks) > 1 and got not in wholes)):
            wrong.append(("/".join(row[0] for row in rows), got))
    return wrong


@pytest.mark.parametrize("form_id", sorted(FORMS))
def test_a_head_is_read_into_the_blank_it_was_made_from_or_not_at_all(form_id: str) -> None:
    assert misread(FORMS[form_id], SHARE) == []


@pytest.mark.slow
@pytest.mark.parametrize("form_id", sorted(FORMS))
def test_every_such_head(form_id: str) -> None:
    assert misread(FORMS[form_id], 1) == []


@pytest.mark.parametrize("form_id", sorted(FORMS))
def test_an_activitys_short_name_with_a_measure_is_no_blank_of_another(form_id: str) -> None:
    form = FORMS[form_id]
    for activity in form.activities:
        own = {"", *(i.indicator_id for i in activity.indicators)}
        for unit in ("场", "人次", "条", "个"):
            got = {read(form, rows) for rows in heads(squeeze_text(activity.short_zh), unit)}
            assert got <= own, (activity.short_zh, unit)
