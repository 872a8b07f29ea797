"""One pass over a sheet of a collected table: which column names the units, which rows are theirs, totals, heads."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from etl.collected.sheet.departments import department_column, period_column
from etl.collected.sheet.layout import (
    MAX_NAME,
    NO_UNIT,
    Layout,
    TotalRow,
    UnitRow,
    first_columns,
    has_numbers,
    is_note,
    is_subtotal,
    is_total,
    says_unit,
)
from etl.collected.sheet.numbering import are_no_figures, is_hint_row, is_numbering
from etl.document import CellValue, Sheet
from etl.extract.scale import scales_said
from etl.extract.squeeze import squeeze_text
from etl.interpret.lexicon import load_lexicon
from etl.resolve import Resolution, Resolver

_FIGURE = re.compile(r"\d[\d,，]*(?:\.\d+)?")
_TOTAL = re.compile("(?:的?数据)?(?:合计|小计|总计|共计|总数)数?$")


def find_layout(sheet: Sheet, resolver: Resolver) -> Layout | None:
    """The column with most unit names and what stands beside it; None when there is no such column.

    A table of departments or firms alone has no unit of the roster; then the column with most of their names, two at least.
    """
    best: tuple[int, int] | None = None
    outside: tuple[int, int] | None = None
    firsts = first_columns(sheet)
    # Names behind all figures: the last column, looked at where no first one holds any.
    lasts = range(max(firsts.stop, len(sheet.rows[0]) - 1), len(sheet.rows[0])) if sheet.rows else range(0)
    for column in (*firsts, *lasts):
        if column in lasts and best is not None:
            break
        names = {
            resolver.resolve(_TOTAL.sub("", v) if is_total(v) else v).unit_id
            for v in (r[column] for r in sheet.rows)
            if isinstance(v, str) and len(v) < MAX_NAME
        }
        known = sum(1 for n in names if n is not None and resolver.unit(n) is not None)
        if known >= 1 and (best is None or known > best[0]):
            best = (known, column)
        others = len(names - {None}) - known
        if others >= 2 and (outside is None or others > outside[0]):
            outside = (others, column)
    if best is not None:
        return _Scan(sheet, resolver, best[1]).layout()
    return _Scan(sheet, resolver, outside[1], only_outside=True).layout() if outside is not None else None


class _Scan:
    """One pass over the rows of a sheet whose unit column is known."""

    def __init__(self, sheet: Sheet, resolver: Resolver, column: int, *, only_outside: bool = False) -> None:
        self.sheet, self.resolver, self.column, self.only_outside = sheet, resolver, column, only_outside
        self.period = period_column(sheet, column)
        self.department = self.period if self.period is not None else department_column(sheet, column)
        self.rows: list[UnitRow] = []
        self.totals: list[TotalRow] = []
        self.unresolved: list[tuple[int, Resolution]] = []
        self.own_totals: list[tuple[int, Resolution]] = []
        self.last = NO_UNIT  # the unit named last, whose departments' rows may leave its name out
        self.since: list[int] = []
        self.is_open = False  # the last total is a 小计 whose parts stand below it

    def layout(self) -> Layout | None:
        early: list[int] = []
        first: int | None = None
        for r, row in enumerate(self.sheet.rows):
            if first is not None and self._is_head_again(first, row):
                continue
            if (own := self._own_total(row)) is not None:
                self.own_totals.append((r, own))
                self.last = own
                self.since.append(r)
                first = r if first is None else first
            elif self._is_total_row(row):
                if first is None and not any(is_subtotal(_text(v)) for v in row[: self.column + 1]):
                    early.append(r)
                else:
                    self._add_total(r, row)
            elif self._take(r, row, started=first is not None) and first is None:
                first = r
        if first is None:
            return None
        self._close()
        self._place_own_totals()
        header: list[int] = []
        above: list[tuple[int, Resolution]] = []
        summed = {t.row for t in self.totals} | {*early}
        for r in range(first):
            if r in summed:
                continue
            if header and self._is_figures(r):
                above.append((r, self.resolver.resolve(_lead(self.sheet.rows[r]))))
            elif self._is_header(r, is_below=bool(header)):
                header.append(r)
        self.unresolved = above + self.unresolved
        self._sum_up(early)
        return Layout(self.column, first, tuple(header), tuple(self.rows), tuple(self.totals), tuple(self.unresolved))

    def _sum_up(self, early: Sequence[int]) -> None:
        """Give each total the rows it adds up, known units' and others': the grand ones all, those above all units among them."""
        data = dict.fromkeys([u.row for u in self.rows] + [r for r, _ in self.unresolved])
        self.totals += [TotalRow(r, tuple(data), is_grand=True) for r in early]
        self.totals = [
            replace(t, rows=tuple(data) if t.is_grand else tuple(r for r in t.rows if r in data)) for t in self.totals
        ]

    def _take(self, r: int, row: Sequence[CellValue], *, started: bool) -> bool:
        """Whether the row is a row of data; it is then remembered."""
        text, department = _text(row[self.column]), self._beside(row)
        is_name = 0 < len(text) < MAX_NAME
        resolution = self.resolver.resolve(text) if is_name else Resolution(None, "unit_unresolved", name=text)
        is_unit = resolution.unit_id is not None and self.resolver.unit(resolution.unit_id) is not None
        said = {v for v in row if v is not None}
        # 2021年数据 in a cell merged across the columns, or in a column of numbers, is a line and no figure.
        is_line = len(said) == 1 and isinstance(one := next(iter(said)), str) and not _FIGURE.fullmatch(one.strip())
        behind = [] if is_line else [v for v in row[self.column + 1 :] if v is not None]
        is_outside = resolution.unit_id is not None and self.only_outside and has_numbers(row, self.column)
        is_sentence = resolution.kind is not None and (
            is_note(text)
            or re.match("以[上下]|上述|下列", text) is not None
            or (is_line and re.match("其中[:：]", text) is not None)
        )
        if is_unit or is_outside or (started and resolution.unit_id is not None and not is_sentence):
            self.rows.append(UnitRow(r, resolution, department))
        elif started and not text and department and self.last.unit_id and has_numbers(row, self.column):
            self.rows.append(UnitRow(r, self.last, department))
        elif started and behind and has_numbers(row, self.column) and not is_note(text or _lead(row)):
            self.unresolved.append((r, self._unknown(row, resolution)))
        else:
            return False
        self.last = resolution if text else self.last
        self.since.append(r)
        return True

    def _unknown(self, row: Sequence[CellValue], resolution: Resolution) -> Resolution:
        """Whose a row is that no known name leads: as typed; a number in the place of the name (a row moved aside) with what leads the row."""
        text, lead = _text(row[self.column]), _lead(row)
        if _FIGURE.fullmatch(text) and lead != text:
            return replace(resolution, name=f"{lead} {text}")
        return resolution if text else self.resolver.resolve(lead)

    def _is_head_again(self, first: int, row: Sequence[CellValue]) -> bool:
        """Whether a row repeats the heads above the first unit, as on a new page."""
        above = {v for head in self.sheet.rows[:first] for v in head}
        return says_unit(_text(row[self.column])) and all(
            isinstance(v, str) and v in above for v in row if v is not None
        )

    def _is_total_row(self, row: Sequence[CellValue]) -> bool:
        names = [_text(v) for v in row[: self.column + 1] if v is not None] + [self._beside(row)]
        if not any(map(is_total, names)) and not self.resolver.is_whole(_text(row[self.column])):
            return False
        return bool(self.rows) or has_numbers(row, max(self.column, self.department or 0))

    def _add_total(self, r: int, row: Sequence[CellValue]) -> None:
        self._close()
        is_part = any(is_subtotal(_text(v)) for v in row[: self.column + 1] if v is not None)
        if is_part and not self.since:
            # A 小计 above its parts: the rows below it, up to the next total, are known later.
            self.totals.append(TotalRow(r, (), is_grand=False))
            self.is_open = True
            return
        self.totals.append(TotalRow(r, tuple(self.since), is_grand=not is_part, near=tuple(self.since)))
        self.since = []

    def _without_total(self, name: str) -> Resolution:
        """The unit of whose total a name speaks: 万州区合计."""
        return self.resolver.resolve(_TOTAL.sub("", name)) if _TOTAL.sub("", name) else Resolution(None)

    def _beside(self, row: Sequence[CellValue]) -> str:
        return _text(row[self.department]) if self.department is not None else ""

    def _own_total(self, row: Sequence[CellValue]) -> Resolution | None:
        """The unit whose own total a row with numbers is: 万州区合计, 万州区 beside 小计, 小计 below its departments."""
        name, beside = _text(row[self.column]), self._beside(row)
        if is_total(name):
            own = self._without_total(name)
        elif name and is_total(beside):
            own = self.resolver.resolve(name)
        elif not name and (is_subtotal(beside) or (self.period is not None and is_total(beside))):
            own = self.last
        else:
            return None
        return own if own.unit_id and has_numbers(row, max(self.column, self.department or 0)) else None

    def _place_own_totals(self) -> None:
        """Give each unit's own total the unit's rows; where it has no other row, it is the unit's row."""
        rows_of: dict[str | None, list[int]] = {}
        for unit in self.rows:
            rows_of.setdefault(unit.resolution.unit_id, []).append(unit.row)
        for r, own in self.own_totals:
            if (rows := rows_of.get(own.unit_id)) or self.resolver.unit(own.unit_id or "") is None:
                self.totals.append(TotalRow(r, tuple(rows or ()), is_grand=False, owner=own.unit_id))
            else:
                self.rows.append(UnitRow(r, own))
        self.rows.sort(key=lambda u: u.row)

    def _close(self) -> None:
        """Give the rows since a 小计 that stands above its parts to it."""
        if self.is_open:
            self.totals[-1] = replace(self.totals[-1], rows=tuple(self.since))
            self.since, self.is_open = [], False

    def _is_figures(self, r: int) -> bool:
        """Whether a row below the heads and above the first known unit is some unit's all the same: a name, then mostly numbers."""
        row = self.sheet.rows[r]
        name, behind = _text(row[self.column]), [v for v in row[self.column + 1 :] if v is not None]
        if not name and all(isinstance(v, float) for v in row if v is not None):
            return len(behind) > 1 and not are_no_figures(behind)
        if not 0 < len(name) < MAX_NAME or is_note(name) or is_numbering(squeeze_text(name)):
            return False
        if says_unit(name) and are_no_figures(behind):
            return False
        numbers = [v for v in behind if isinstance(v, float) or (isinstance(v, str) and _FIGURE.fullmatch(v.strip()))]
        return len(numbers) * 2 > len(behind)

    def _is_header(self, r: int, *, is_below: bool) -> bool:
        """Rows with several different words, and all that stands below one; no title, no remark, no row of numbers."""
        row = self.sheet.rows[r]
        words = [squeeze_text(_text(v)) for v in row if _text(v)]
        if not words or all(map(is_numbering, words)) or is_note(words[0]) or scales_said(words[0]):
            return False
        name, behind = squeeze_text(_text(row[self.column])), row[self.column + 1 :]
        if name in load_lexicon().side_headers and all(is_numbering(_text(v)) for v in behind if v is not None):
            # 序号, 1, 2, 3 of a turned table.
            return False
        is_numbered = says_unit(words[0]) and len(words) > 1 and all(map(is_numbering, words[1:]))
        if is_below and (is_numbered or is_hint_row(words)):
            return False
        if is_below and len(set(words)) <= 2 and any(re.match(r"\(?单位:", w) for w in words):
            return False
        if is_below or len(set(words)) >= 3:
            return True
        return len(set(words)) == 2 and says_unit(_text(row[self.column]))


def _text(value: CellValue) -> str:
    if isinstance(value, float) and value == int(value):
        return str(int(value))
    return str(value).strip() if value is not None else ""


def _lead(row: Sequence[CellValue]) -> str:
    return next((_text(v) for v in row if v is not None), "")
