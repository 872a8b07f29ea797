"""A list with a row for each unit and blank (区县, 指标, 单位, 数值) -> the same as a table with a row for each unit."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from etl.collected.columns.people import counts_only
from etl.collected.sheet.doubts import is_doubt, is_remark_head
from etl.collected.sheet.layout import MAX_NAME, first_columns, is_total
from etl.collected.sheet.lines import is_told_line, line_words, told_by_lines
from etl.collected.sheet.whole_sheets import spread_down
from etl.document import CellValue, Sheet
from etl.extract.squeeze import squeeze_text
from etl.interpret.lexicon import load_lexicon
from etl.resolve import Resolver

Head = tuple[str, ...]
_FIGURE = re.compile(r"\s*\d[\d,.]*%?\s*")


@dataclass
class _List:
    """What stands where in such a list."""

    first_row: int
    names: int  # column of the units
    values: int  # column of the answers
    heads: tuple[int, ...]  # columns that together say which blank it is
    times: frozenset[int]  # those of them that say of which year or kind a figure is
    remarks: tuple[int, ...] = ()
    is_named: bool = False  # the columns of blanks are headed 指标, so that it is a list even of one blank
    cells: dict[tuple[str, Head], list[int]] = field(default_factory=dict)  # unit and blank -> rows


def as_table(sheet: Sheet, resolver: Resolver, year: int = 0) -> Sheet | None:
    """The list turned into a table whose cells keep their places in the file; None for a sheet that is no such list.

    A blank given twice with different answers holds both, which no reader takes for a number.
    """
    found = _find(sheet, resolver)
    if found is None:
        return None
    found.cells = _by_event(found.cells)
    taken = {r for rows in found.cells.values() for r in rows}
    below = range(found.first_row, len(sheet.rows))
    told = told_by_lines(((r, None if r in taken else line_words(sheet.rows[r])) for r in below), year)
    units = list(dict.fromkeys(unit for unit, _ in found.cells))
    heads = list(dict.fromkeys(head for _, head in found.cells))
    is_short = len(heads) < 2 or len(found.cells) < 2 * len(units)
    if (is_short and not found.is_named) or any(len(r) > 2 for r in found.cells.values()):
        return None
    width = max(len(heads) + 1, len(sheet.rows[0]))
    rows = [_padded(row, width) for row in sheet.rows[: found.first_row - 1]]
    rows += [_padded([None, *(h[n] or None for h in heads)], width) for n in range(len(found.heads))]
    rows[found.first_row - 1] = (sheet.rows[found.first_row - 1][found.names], *rows[found.first_row - 1][1:])
    places: dict[tuple[int, int], str] = {}
    uncached: set[tuple[int, int]] = set()
    spread, merged = spread_down(sheet, found.values), []

    def given(here: Sequence[int]) -> list[CellValue]:
        said = ((r, _said(sheet.rows[r], found, told.get(r))) for r in here)
        return [_with_more(sheet, found, r, v) for r, v in said if v is not None]

    # Where one answer given twice differs, the others given twice are no copies either.
    is_copy = all(len(set(given(here))) < 2 for here in found.cells.values())
    for unit in units:
        at = [found.cells.get((unit, head), []) for head in heads]
        places[len(rows), 0] = sheet.place(min(r for here in at for r in here), found.names)
        places |= {(len(rows), c): sheet.place(here[0], found.values) for c, here in enumerate(at, start=1) if here}
        uncached |= {(len(rows), c) for c, here in enumerate(at, start=1) if _is_uncached(sheet, here, found.values)}
        merged += [(len(rows), c) * 2 for c, here in enumerate(at, start=1) if not spread.isdisjoint(here)]
        answers = [_answer(given(here), is_copy=is_copy) for here in at]
        rows.append(_padded([unit, *answers], width))
    # How many fields its lines had is told of each value.
    return replace(
        sheet, rows=tuple(rows), merged=tuple(merged), uncached=frozenset(uncached), places=places, fields=()
    )


def _with_more(sheet: Sheet, found: _List, row: int, value: CellValue) -> CellValue:
    """A value of a delimited text; both where its line has fields behind the last head, 1,200 without quotes, which no reader takes for a number."""
    if not sheet.fields:
        return value
    last = max(c for c, v in enumerate(sheet.rows[found.first_row - 1]) if v is not None)
    behind = [v for v in sheet.rows[row][last + 1 :] if v is not None]
    return " / ".join(map(str, (value, *behind))) if behind else value


def _is_uncached(sheet: Sheet, rows: Sequence[int], column: int) -> bool:
    return any((r, column) in sheet.uncached for r in rows)


def _find(sheet: Sheet, resolver: Resolver) -> _List | None:
    lex = load_lexicon()
    columns = [(c, _unit_rows(sheet, c, resolver)) for c in first_columns(sheet)]
    names, rows = max(columns, key=lambda x: len(x[1]), default=(0, []))
    if len(rows) < 2 or rows[0] == 0:
        return None
    top = rows[0]
    while top > 1 and is_total(str(sheet.rows[top - 1][names] or "")):
        top -= 1
    said = [squeeze_text(str(v or "")) for v in sheet.rows[top - 1]]
    values = [c for c, word in enumerate(said) if word in lex.answer_headers]
    times = frozenset(c for c, word in enumerate(said) if word in lex.period_heads)
    beside = lex.side_headers | {w for w in said if is_remark_head(w) or re.fullmatch(lex.contact_heads, w)}
    heads = [c for c, word in enumerate(said) if c != names and c not in values and (c in times or word not in beside)]
    if any(word in lex.report_day_heads for word in said):
        return None
    heads = [c for c in heads if any(r[c] is not None for r in sheet.rows[top:])]
    if len(values) != 1 or not heads or any(said[c] in lex.department_headers for c in heads):
        return None
    remarks = tuple(c for c, word in enumerate(said) if is_remark_head(word) or word == "审核")
    is_named = all(said[c] in lex.unit_headers for c in heads)
    found = _List(top, names, values[0], tuple(heads), times, remarks, is_named)
    return found if _take(sheet, found) else None


def _take(sheet: Sheet, found: _List) -> bool:
    """Sort the rows by unit and blank; False when an answer's row does not tell both, or holds further numbers."""
    unit = ""
    head: Head = ()
    for r, row in enumerate(sheet.rows[found.first_row :], start=found.first_row):
        if len(words := line_words(row)) == 1 and is_told_line(words[0]):
            continue
        said = tuple(_word(row[c], is_time=c in found.times) for c in found.heads)
        if any(_is_figure(row[c]) for c in set(found.heads) - found.times):
            return False
        is_named, is_answered = row[found.names] is not None, row[found.values] is not None
        unit = str(row[found.names]) if is_named else unit
        if any(said):
            head = said
        elif not is_answered:
            continue
        elif not is_named or not head or (unit, head) in found.cells:
            # The blank's name stands once above its units; a unit that has this blank already is not given it again.
            if is_named and is_total(unit):
                continue
            return False
        found.cells.setdefault((unit, head), []).append(r)
    return bool(found.cells)


def _by_event(cells: Mapping[tuple[str, Head], list[int]]) -> dict[tuple[str, Head], list[int]]:
    """The cells, a 参与 that stands several times for a unit parted by the event before it, where all units have the same rows.

    The event's words follow those of the head; nothing is written of them.
    """
    heads = {r: head for (_, head), rows in cells.items() for r in rows}
    of_unit: dict[str, list[int]] = {}
    for (unit, _), rows in cells.items():
        of_unit.setdefault(unit, []).extend(rows)
    orders = {tuple(heads[r] for r in sorted(rows)) for rows in of_unit.values()}
    bare = {head for head in heads.values() if counts_only((squeeze_text(head[-1]),))}
    first = next(iter(orders), ())
    if len(orders) != 1 or not bare or first[0] in bare or all(len(rows) == 1 for rows in cells.values()):
        return dict(cells)
    found: dict[tuple[str, Head], list[int]] = {}
    for unit, rows in of_unit.items():
        event: Head = ()
        for r in sorted(rows):
            event = event if heads[r] in bare else heads[r]
            found.setdefault((unit, (*heads[r], *event) if heads[r] in bare else heads[r]), []).append(r)
    return found


def _is_figure(value: CellValue) -> bool:
    return isinstance(value, float) or (isinstance(value, str) and _FIGURE.fullmatch(value) is not None)


def _word(value: CellValue, *, is_time: bool) -> str:
    """A cell as a word of a head; a year may stand there as a number."""
    if is_time and isinstance(value, float):
        return f"{value:.0f}年" if value > 12 else f"{value:.0f}月"
    return value if isinstance(value, str) else ""


def _unit_rows(sheet: Sheet, column: int, resolver: Resolver) -> list[int]:
    """Rows whose cell names a unit of the roster."""
    texts = ((r, row[column]) for r, row in enumerate(sheet.rows))
    said = {r: v for r, v in texts if isinstance(v, str) and 0 < len(v) < MAX_NAME and not is_total(v)}
    return [r for r, name in said.items() if (u := resolver.resolve(name).unit_id) and resolver.unit(u) is not None]


def _said(row: Sequence[CellValue], found: _List, line: str | None) -> CellValue:
    """The answer of a row, with a remark or a line that takes it back."""
    value = row[found.values]
    doubt = next((row[c] for c in found.remarks if is_doubt(row[c])), line)
    return value if doubt is None or value is None else f"{plain_cell(value)}（存疑：{doubt}）"


def plain_cell(value: CellValue) -> str:
    """A cell's content as it is shown, a whole number without its point."""
    return f"{value:.0f}" if isinstance(value, float) and value == int(value) else str(value)


def _answer(given: Sequence[CellValue], *, is_copy: bool) -> CellValue:
    """One answer; two that are no copies of each other stand beside each other."""
    if len(set(given)) == 1 and (is_copy or len(given) == 1 or given[0] == 0):
        return given[0]
    return " / ".join(map(plain_cell, given)) or None


def _padded(row: Sequence[CellValue], width: int) -> tuple[CellValue, ...]:
    return (*row, *[None] * (width - len(row)))
