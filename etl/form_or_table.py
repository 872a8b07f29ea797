"""A document that may hold a form, a table of many units, or a form with such a table annexed: which of them it reports."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from etl.catalog.model import Catalog
from etl.document import Document, Table, Workbook
from etl.facts import Submission
from etl.findings import Finding
from etl.form.identity import Source
from etl.form.said_lines import said_lines
from etl.form.told import read_told
from etl.form.word_form import read_word_form

_FIGURE = re.compile(r"\d[\d,，]*(?:\.\d+)?")
_KNOWN_TABLE = frozenset({"other_year", "table_aside"})  # why a table that was understood is not this campaign's report
_FIRST = 10  # names and numbers shown of an annex

ReadTable = Callable[[Workbook], list[Submission]]


def read_document(catalog: Catalog, source: Source, document: Document, read_table: ReadTable) -> list[Submission]:
    """The submissions of a document, its tables read by `read_table` where they may hold rows of units.

    A form that is filled in wins over a table annexed to it, which is named.
    """
    book = document.collected
    table = read_table(book) if book is not None else None
    if book is not None and table and len(_units(table)) > 1:
        return _form_with_annex(catalog, source, document, book, read_table) or table
    form = read_word_form(catalog, source, document)
    if not _is_form(form) or any(f.rule == "form_year_mismatch" for s in form for f in s.findings):
        form = _in_lines(source, document, read_table, form) or form
    # No form: one unit's row of a table, its list of blanks, or a table whose campaign a person must say.
    said = [f for s in table or () for f in s.findings]
    is_asking = any((f.rule == "campaign_unknown" and f.proposal) or f.rule in _KNOWN_TABLE for f in said)
    if _is_form(form) or not table or (all(s.is_refused for s in table) and not is_asking):
        told = None if _is_form(form) else read_told(catalog, source, document)
        return [told] if told else form
    return table


def _in_lines(
    source: Source, document: Document, read_table: ReadTable, form: Sequence[Submission]
) -> list[Submission] | None:
    """The report that was written in lines without a table; None where it says no more than the form that was found."""
    said = said_lines(document, source.name.rsplit("/", 1)[-1].rsplit(".", 1)[0])
    read = read_table(said.book) if said else []
    if said is None or not read or all(s.is_refused for s in read) or _n_values(read) <= _n_values(form):
        return None
    read[0].findings += said.left
    return read


def _n_values(submissions: Sequence[Submission]) -> int:
    return sum(f.value is not None for s in submissions if not s.is_refused for f in s.facts)


@dataclass(frozen=True)
class _Annex:
    """A table of units beside a form."""

    number: int
    units: Collection[str]


def _form_with_annex(
    catalog: Catalog, source: Source, document: Document, book: Workbook, read_table: ReadTable
) -> list[Submission] | None:
    """The forms of a document without its tables of units, which are named; None where no form with answers is left."""

    def form_of(tables: Collection[int]) -> list[Submission] | None:
        blocks = tuple(b for b in document.blocks if not isinstance(b, Table) or b.number in tables)
        found = read_word_form(catalog, source, replace(document, blocks=blocks, collected=None))
        return found if _is_form(found) and _has_answers(found) else None

    tables = {b.number: b for b in document.blocks if isinstance(b, Table)}
    annexes = []
    for number, sheet in enumerate(book.sheets, start=1):
        units = _units(read_table(replace(book, sheets=(sheet,))))
        if number in tables and (len(units) > 1 or (units and form_of({number}) is None)):
            annexes.append(_Annex(number, units))
    form = form_of(tables.keys() - {a.number for a in annexes}) if annexes else None
    if form:
        form[0].findings += [_say(catalog, a, tables[a.number]) for a in annexes]
    return form


def _say(catalog: Catalog, annex: _Annex, table: Table) -> Finding:
    """That an annex was not read: how many units it names and which numbers it holds."""
    names = [catalog.units[u].name if u in catalog.units else u for u in sorted(annex.units)]
    numbers = list(_numbers(table))
    words = {"count": str(len(numbers)), "basis": _first(names), "value": _first(numbers)}
    return Finding("annex_unread", f"表{annex.number}", "、".join(numbers), str(len(names)), words=words)


def _numbers(table: Table) -> Iterator[str]:
    """The figures of a table's rows below the head and behind the first cell."""
    for row in table.rows[1:]:
        for cell in row[1:]:
            yield from _FIGURE.findall(cell.text)


def _first(words: Sequence[str]) -> str:
    return "、".join(words[:_FIRST]) + ("……" if len(words) > _FIRST else "")


def _units(submissions: Sequence[Submission]) -> set[str]:
    return {f.unit_id for s in submissions for f in s.facts if f.unit_id is not None}


def _is_form(submissions: Sequence[Submission]) -> bool:
    """Whether a known form was found."""
    return not any(f.rule == "form_not_recognised" for s in submissions if s.is_refused for f in s.findings)


def _has_answers(submissions: Sequence[Submission]) -> bool:
    """Whether anything was typed into its blanks."""
    return any(f.value is not None or f.text or f.proposal for s in submissions for f in s.facts)
