"""The Word form pasted into the cells of a sheet -> the submission of its one unit."""

from __future__ import annotations

import re

from etl.catalog.model import Catalog
from etl.collected.sheet.one_unit import unit_of_sheet
from etl.document import Cell, CellValue, Paragraph, Sheet, Table
from etl.extract.squeeze import squeeze_text
from etl.facts import Submission
from etl.form.header import find_header
from etl.form.identity import Source
from etl.form.recognise import FormPart
from etl.form.word_form import read_part, refuse_other_years
from etl.resolve import Resolver

_SENTENCE = re.compile(r"[(_].*[)_].*[,;.]|\d.*[,;].*\d")
_LOOKED_AT = 2000  # letters of a cell that are looked at for it: the search takes their square


def read_pasted(catalog: Catalog, source: Source, sheet: Sheet, resolver: Resolver) -> Submission | None:
    """What the form in the cells says; None when no cell holds a sentence with blanks, or it is no known form."""
    table = _as_prose(sheet)
    if table is None:
        return None
    lines = [Paragraph(sheet.name, sheet.name)]
    if not find_header((*lines, table)).unit:
        unit = unit_of_sheet(sheet, resolver)
        lines += [Paragraph(f"填报单位：{unit.name}", sheet.name)] if unit.unit_id else []
    read = read_part(catalog, source, FormPart((*lines, table), ""), 0)
    if read.is_refused:
        return None
    refuse_other_years([read])
    return read


def _as_prose(sheet: Sheet) -> Table | None:
    """The sheet as the table of a Word form, when cells hold whole sentences with blanks."""
    rows: list[tuple[Cell, ...]] = []
    sentences = 0
    for r, row in enumerate(sheet.rows):
        cells = tuple(Cell(_words(v), sheet.place(r, c)) for c, v in enumerate(row) if _words(v))
        sentences += sum(len(c.text) >= 12 and bool(_SENTENCE.search(squeeze_text(c.text)[:_LOOKED_AT])) for c in cells)
        if cells:
            rows.append(cells)
    return Table(tuple(rows), 1) if sentences else None


def _words(value: CellValue) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value == int(value):
        return str(int(value))
    return str(value)
