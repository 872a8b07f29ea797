"""The heads of a table that may be a form's blanks: those of this year, whole, with the words that stand for their activity and unit."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from etl.catalog.model import Form
from etl.collected.columns.column_times import of_this_period
from etl.collected.columns.counted import with_bracket_units
from etl.collected.columns.form_slots import form_slots
from etl.collected.columns.group_words import without_other_groups
from etl.collected.columns.named import named_activity
from etl.collected.columns.parts import Alone, with_parts_last, with_people_of_groups
from etl.collected.columns.whole_groups import Parts, so_far_beside_months, without_whole_groups
from etl.collected.sheet.heads import split_leaf, with_topics, without_unit
from etl.collected.sheet.layout import is_note, is_total
from etl.extract.squeeze import squeeze_text
from etl.interpret.lexicon import load_lexicon

Path = tuple[str, ...]


@dataclass(frozen=True)
class DataHeads:
    """Column -> head: `form` of all that the table says beside names and remarks, `period` without other years, weeks and plans, `data`
    without totals and with the words of activity and unit."""

    form: dict[int, Path]
    period: dict[int, Path]
    data: dict[int, Path]
    totals: frozenset[int]
    doubtful: Mapping[int, str]  # column -> the words it must share with its blank
    parts_of: Parts  # a whole's column -> those of its parts, whose sum it must be
    renamed: Collection[int]  # columns whose unit was taken from brackets in their words


def data_heads(
    form: Form,
    paths: Mapping[int, Path],
    name_column: int,
    names: Sequence[str],
    year: int,
    said: dict[int, Path],
    alone: Alone,
) -> DataHeads:
    """The heads by what may stand below them. `said`: the columns of which somebody said what they are; they stay as they are."""
    slots = form_slots(form, "")
    of_form = with_people_of_groups(with_parts_last(_columns_of_form(paths, name_column) | said)) | said
    printed = "".join(s.label for s in slots)
    period, doubtful = of_this_period(so_far_beside_months(of_form, year), year, printed)
    period, parts_of = without_whole_groups(form, without_other_groups(period, year, printed))
    period |= said
    totals = {c for c, p in period.items() if any(is_total(without_unit(word)) for word in p)} - said.keys()
    data = {c: p for c, p in period.items() if c not in totals}
    named = next((squeeze_text(n) for n in names if named_activity(form, n)), None)
    if named:
        data = {c: p if len(p) > 1 else (named, *p) for c, p in data.items()}
    data = with_topics(data, {i.unit for i in form.indicators})
    data, renamed = with_bracket_units(form, slots, data, alone)
    return DataHeads(of_form, period, data, frozenset(totals), doubtful, parts_of, renamed)


def _columns_of_form(paths: Mapping[int, tuple[str, ...]], name_column: int) -> dict[int, tuple[str, ...]]:
    """The columns that are no remarks, numbers of rows, codes or contacts; before the names only those that count something."""
    lex = load_lexicon()
    beside = lex.unit_headers | lex.department_headers | lex.side_headers | lex.remark_headers
    parts = frozenset().union(*lex.part_families)  # 镇街 below a blank's name is a part of it, alone a column of names
    persons = re.compile(rf"(?:{lex.contact_heads})(?:\((?:签字|签名|盖章|姓名|手写)\)|及电话|签字|签名|姓名)?")
    return {
        c: p
        for c, p in paths.items()
        if (c > name_column or split_leaf(p)[1])
        and (p[-1] not in beside or (len(p) > 1 and p[-1] in parts))
        and not persons.fullmatch(p[-1])
        # 注：… below a table is a head of the turned one.
        and not (":" in p[-1] and is_note(p[-1]))
    }
