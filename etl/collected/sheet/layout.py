"""Where things stand in a sheet of a collected table: units, departments, header rows, totals, notes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from etl.document import CellValue, Sheet
from etl.extract.squeeze import squeeze_text
from etl.interpret.lexicon import load_lexicon
from etl.resolve import Resolution

MAX_NAME = 40
_MAX_HEAD = 12
NO_UNIT = Resolution(None, "unit_unresolved")
_NAME_COLUMNS = 12


@dataclass(frozen=True)
class UnitRow:
    """A row of data: its unit, and the department it stands for ('' when the table has none)."""

    row: int
    resolution: Resolution
    department: str = ""


@dataclass(frozen=True)
class TotalRow:
    """A row that adds others up: all of them, those above it since the last 小计, or one unit's departments.

    `near`: of a grand one, those since the last total; where more follow below, it may be their total alone (县区合计, a month's).
    """

    row: int
    rows: tuple[int, ...]
    is_grand: bool
    near: tuple[int, ...] = ()
    owner: str | None = None  # the unit whose own total it is, of its departments or parts


@dataclass(frozen=True)
class Layout:
    """Columns and rows by what they hold; `unresolved` are rows with numbers whose name is not known."""

    name_column: int
    first_row: int
    header: tuple[int, ...]
    rows: tuple[UnitRow, ...]
    totals: tuple[TotalRow, ...]
    unresolved: tuple[tuple[int, Resolution], ...]


def is_total(text: str) -> bool:
    """Whether a name or a header word says total: 合计, 县区小计, 总计（全市）, 全市."""
    return bool(load_lexicon().total_name.fullmatch(squeeze_text(text)))


def is_subtotal(text: str) -> bool:
    """Whether a total's name says that it adds up a part only."""
    return "小计" in squeeze_text(text)


def says_unit(text: str) -> bool:
    """Whether a text heads a column of units: 区县, 上报单位名称; no line that names one (填报单位：城区)."""
    known = load_lexicon().unit_headers
    said = squeeze_text(text)
    return said in known or (":" not in said and len(said) < _MAX_HEAD and any(w in said for w in known if len(w) > 1))


def is_note(text: str) -> bool:
    """Whether a text is a remark below or above the table: 注：…, 填表人：…."""
    return bool(load_lexicon().note_line.match(squeeze_text(text)))


def first_columns(sheet: Sheet) -> range:
    """The columns where names may stand: the first dozen of those that hold anything."""
    width = len(sheet.rows[0]) if sheet.rows else 0
    firsts = (next((c for c, v in enumerate(row) if v is not None), width) for row in sheet.rows)
    first = min(firsts, default=0) % max(width, 1)  # 0 where nothing stands anywhere
    return range(first, min(width, first + _NAME_COLUMNS))


def has_numbers(row: Sequence[CellValue], column: int) -> bool:
    """Whether anything behind the column may be a number."""
    return any(
        (isinstance(v, float) and not isinstance(v, bool)) or (isinstance(v, str) and re.search(r"\d", v))
        for v in row[column + 1 :]
    )
