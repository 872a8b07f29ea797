"""A list of blanks of one unit with several columns of answers (区级 | 镇街 | 合计, 6月 | 累计, 场次 | 参与人次), or with its second half
beside the first -> a table of one row, whose heads say what the rows and the columns of the list say."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from etl.collected.columns.people import counts_only
from etl.collected.long import plain_cell
from etl.collected.sheet.doubts import is_doubt, is_remark_head
from etl.collected.sheet.layout import has_numbers, is_note
from etl.collected.sheet.lines import is_told_line, kind_of_line, line_words
from etl.collected.sheet.whole_sheets import merged_cells
from etl.document import CellValue, Sheet
from etl.extract.squeeze import squeeze_text
from etl.interpret.lexicon import load_lexicon
from etl.resolve import Resolver

_HEAD_ROWS = 12
_UNIT_NAMES = "区县"
_UNIT_HEADS = frozenset({"单位", "计量单位", "数量单位"})


@dataclass(frozen=True)
class _Block:
    """A list's columns: those that say which blank a row is, that of the units counted in, those of the answers and of remarks."""

    labels: tuple[int, ...]
    unit: int | None
    answers: tuple[int, ...]
    remarks: tuple[int, ...]


@dataclass(frozen=True)
class _Answer:
    """A column of the table that is made: the words above it, and the cell it comes from."""

    path: tuple[str, ...]
    row: int
    column: int
    label: int  # the column that names the row
    doubt: CellValue = None  # the remark behind it that takes it back


def as_row(sheet: Sheet, resolver: Resolver, unit_name: str, year: int) -> Sheet | None:
    """The list as a table whose cells keep their places; None for a sheet that is no such list, or has a line that sets rows aside."""
    for top, heads in enumerate(sheet.rows[:_HEAD_ROWS]):
        bottom = _last_head(sheet, top)
        blocks = _blocks(sheet, heads, bottom)
        if len(blocks) > 1 or (blocks and len(blocks[0].answers) > 1):
            return _made(sheet, resolver, unit_name, year, (top, bottom), blocks)
    return None


def _last_head(sheet: Sheet, top: int) -> int:
    """The last row of heads: a second one has the same words above the rows' names, and others behind."""
    heads, below = sheet.rows[top], sheet.rows[top + 1] if top + 1 < len(sheet.rows) else ()
    named = [c for c, v in enumerate(heads) if isinstance(v, str) and squeeze_text(v) in load_lexicon().unit_headers]
    is_second = bool(named) and all(below[c : c + 1] == (heads[c],) for c in named) and not has_numbers(below, -1)
    return top + 1 if is_second else top


def _blocks(sheet: Sheet, heads: Sequence[CellValue], bottom: int) -> list[_Block]:
    """The lists beside each other below a row of heads; none where a column of figures is no list's."""
    lex = load_lexicon()
    said = [squeeze_text(v) if isinstance(v, str) else "" for v in heads]
    below = sheet.rows[bottom + 1 :]
    found: list[_Block] = []
    labels: list[int] = []
    unit: int | None = None
    answers: list[int] = []
    remarks: list[int] = []
    for c, word in enumerate([*said, None]):
        is_figures = word is not None and any(_is_figure(row[c]) for row in below)
        is_words = word is not None and not is_figures and any(isinstance(row[c], str) for row in below)
        if word is None or (is_words and answers and word in (said[b] for b in labels)):
            if labels and answers and any(said[b] in lex.unit_headers for b in labels):
                found.append(_Block(tuple(labels), unit, tuple(answers), tuple(remarks)))
            labels, unit, answers, remarks = [], None, [], []
        if word is not None and is_remark_head(word):
            remarks.append(c)
        if word is None or word in lex.side_headers - {"类别"} or is_remark_head(word):
            continue
        if is_words and word in _UNIT_HEADS and labels:
            unit = c
        elif is_words and word and not answers:
            labels.append(c)
        elif is_figures and word:
            answers.append(c)
        elif is_figures:
            return []
    return found


def _is_figure(value: CellValue) -> bool:
    """Whether a cell holds a number, in words of its unit or without: 145, 约1.2万人次."""
    if isinstance(value, str):
        return (
            re.fullmatch(rf"[约近超]?\d[\d,.]*[万千百余多+]*(?:{load_lexicon().units})?", squeeze_text(value))
            is not None
        )
    return isinstance(value, float)


def _made(
    sheet: Sheet, resolver: Resolver, unit_name: str, year: int, heads: tuple[int, int], blocks: Sequence[_Block]
) -> Sheet | None:
    answers: list[_Answer] = []
    listed: set[int] = set()
    for block in blocks:
        read = _answers_of(sheet, resolver, heads, block)
        if read is None:
            return None
        answers += read
        listed |= {a.row for a in read}
    second = [counts_only((squeeze_text(a.path[-1]),)) for a in answers if a.label != blocks[0].labels[-1]]
    if second and all(second):
        # The people of an event stand beside it.
        answers.sort(key=lambda a: (a.row, a.column))
    lines = [r for r in range(len(sheet.rows)) if r not in listed and not heads[0] <= r <= heads[1]]
    below = (w for r in lines if r > heads[1] for w in line_words(sheet.rows[r])[:1] if not is_note(w))
    if not answers or any(
        kind_of_line(w, year) == "other" or (is_told_line(w) and not kind_of_line(w, 0)) for w in below
    ):
        return None
    others = (resolver.unit(resolver.resolve(w).unit_id or "") for r in lines for w in _texts(sheet, r))
    if any(other is not None and other.name != unit_name for other in others):
        return None
    depth, width = max(len(a.path) for a in answers), len(answers) + 1
    spread = merged_cells(sheet)
    rows: list[tuple[CellValue, ...]] = []
    places: dict[tuple[int, int], str] = {}

    def add_lines(which: Sequence[int]) -> None:
        for r in which:
            words = [w for w in _texts(sheet, r) if resolver.resolve(w).unit_id is None]
            if words:
                places[len(rows), 0] = sheet.place(r, next(c for c, v in enumerate(sheet.rows[r]) if v is not None))
                rows.append((" ".join(words), *[None] * (width - 1)))

    add_lines([r for r in lines if r < heads[0]])
    for level in range(depth):
        places |= {(len(rows), n): sheet.place(a.row, a.label) for n, a in enumerate(answers, start=1)}
        rows.append((_UNIT_NAMES, *(a.path[level] if level < len(a.path) else a.path[-1] for a in answers)))
    at = len(rows)
    places |= {(at, n): sheet.place(a.row, a.column) for n, a in enumerate(answers, start=1)}
    rows.append((unit_name, *(_said(sheet.rows[a.row][a.column], a.doubt) for a in answers)))
    add_lines([r for r in lines if r > heads[1]])
    cells = [((at, n), (a.row, a.column)) for n, a in enumerate(answers, start=1)]
    return replace(
        sheet,
        rows=tuple(rows),
        merged=tuple(new * 2 for new, old in cells if old in spread),
        uncached=frozenset(new for new, old in cells if old in sheet.uncached),
        fields=(),
        places=places,
    )


def _answers_of(sheet: Sheet, resolver: Resolver, heads: tuple[int, int], block: _Block) -> list[_Answer] | None:
    """A block's answers in the order of the table: all rows of a column together, or, where the columns say how a row is counted, all
    columns of a row; None where an answer's row has no name, or a unit's."""
    rows: dict[int, tuple[str, ...]] = {}
    for r in range(heads[1] + 1, len(sheet.rows)):
        row = sheet.rows[r]
        if not any(row[c] is not None and str(row[c]).strip() for c in block.answers):
            continue
        words = tuple(str(row[c]).strip() for c in block.labels if row[c] is not None)
        if len({row[c] for c in (*block.labels, *block.answers)}) == 1 or is_note(words[0] if words else ""):
            continue
        if not words or row[block.labels[-1]] is None or any(resolver.resolve(w).unit_id for w in words):
            return None
        counted = row[block.unit] if block.unit is not None else None
        rows[r] = (*words[:-1], f"{words[-1]}（{counted}）") if isinstance(counted, str) else words
    above = {
        c: tuple(dict.fromkeys(str(sheet.rows[h][c]) for h in range(heads[0], heads[1] + 1))) for c in block.answers
    }
    doubts = {r: next((sheet.rows[r][c] for c in block.remarks if is_doubt(sheet.rows[r][c])), None) for r in rows}

    def answer(path: tuple[str, ...], r: int, c: int) -> _Answer:
        return _Answer(path, r, c, block.labels[-1], doubts[r])

    if len(block.answers) == 1:
        return [answer(words, r, block.answers[0]) for r, words in rows.items()]
    if all(counts_only((squeeze_text(words[-1]),)) for words in above.values()):
        return [answer((*above[c][:-1], *w, above[c][-1]), r, c) for r, w in rows.items() for c in block.answers]
    return [answer((*above[c], *words), r, c) for c in block.answers for r, words in rows.items()]


def _said(value: CellValue, doubt: CellValue) -> CellValue:
    return value if doubt is None or value is None else f"{plain_cell(value)}（存疑：{doubt}）"


def _texts(sheet: Sheet, row: int) -> list[str]:
    return list(dict.fromkeys(str(v).strip() for v in sheet.rows[row] if v is not None and str(v).strip()))
