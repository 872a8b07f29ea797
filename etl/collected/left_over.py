"""What a collected table holds beside the form's own columns: columns that are no blank's, and remarks. Named, never dropped silently."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from etl.catalog.model import Form, Indicator
from etl.collected.columns.guesses import guess_blanks
from etl.collected.columns.match import ColumnMap
from etl.collected.columns.said_heads import head_names
from etl.collected.sheet.doubts import is_doubt, is_harmless, is_remark_head
from etl.collected.sheet.heads import without_unit
from etl.collected.sheet.held_back import first_numbers
from etl.collected.sheet.layout import MAX_NAME, Layout, has_numbers, is_note, is_total
from etl.collected.sheet.lines import REPORTED_ON, is_unknown_line, kind_of_line, line_words
from etl.collected.sheet.periods import kind_of
from etl.collected.sheet.times import tells_other_time
from etl.document import CellValue, Sheet
from etl.extract.scale import scales_said
from etl.extract.squeeze import squeeze_text
from etl.findings import Finding
from etl.interpret.doubts import casts_doubt, limits_figures, says_scale
from etl.interpret.lexicon import load_lexicon
from etl.interpret.numerals import NUMERAL_CHARS
from etl.interpret.private import is_one_name, mask_office
from etl.resolve import Resolver

NO_HEAD = "—"
_FIRST = 5  # numbers shown of a column that is not read
_NO_COUNT = re.compile(
    r"\"[^\"]{0,4}\"|\d{1,2}月?[-—至]\d{1,2}月|20\d\d(?:年|[-/.]\d{1,2}(?:[-/.]\d{1,2})?)?|\d{1,2}(?:月|日|号|时|点)|\d{1,2}[.:]\d{1,2}|[-—至]\d{1,2}日|\d[\d-]{6,}|第?\d+(?:列|行|次|号|页|条|批)"
    r"|[a-z]+-20\d\d|附[件表]\d+|(?:^|[:;,.。])\(?\d{1,2}[.,、)]|12350|\[20\d\d\]\d+号"
)
PlaceOf = Callable[[int, int], str]


def left_columns(
    form: Form, sheet: Sheet, layout: Layout, columns: ColumnMap, heads: Mapping[int, tuple[str, ...]], place: PlaceOf
) -> list[Finding]:
    """One finding that names the columns which are no blank's, and one for each of them whose numbers may be lost."""
    rows = [sheet.rows[u.row] for u in layout.rows]
    above = max(layout.first_row - 1, 0)
    again = {c for _, c in columns.repeated}
    named = {c: "/".join(path) for c, path in columns.unmapped if c not in again}
    named |= dict.fromkeys(_headless(layout, rows, heads), NO_HEAD)
    plain: list[tuple[str, str, str]] = []
    lost: list[Finding] = []
    names = head_names(heads)
    times = load_lexicon().period_heads | load_lexicon().report_day_heads
    for column, name in sorted(named.items()):
        if any(is_filled(row[column]) for row in rows):
            numbers = [row[column] for row in rows if has_numbers(row[column : column + 1], -1)]
            if not any(numbers) and any(is_total(without_unit(word)) for word in heads.get(column, ())):
                continue  # a total of nothing
            tells_time = column in columns.aside or all(isinstance(v, str) and kind_of(v, 0) for v in numbers)
            if tells_time or heads.get(column, ("",))[-1] in times:
                plain.append((place(above, column), name, first_numbers([row[column] for row in rows])))
                continue
            likely = (
                [form.by_indicator[i] for i in guess_blanks(form, columns, heads, column)] if column in heads else []
            )
            lost.append(say_unread(place(above, column), names.get(column, NO_HEAD), numbers, likely))
    return [*say_columns("columns_aside", sheet.name, plain), *lost]


def say_unread(at: str, head: str, numbers: Sequence[CellValue], likely: Sequence[Indicator]) -> Finding:
    """That a column's numbers are not counted: how many, the first few, and the blanks they may belong to."""
    first = "、".join(_shown(v) for v in numbers[:_FIRST]) + ("……" if len(numbers) > _FIRST else "")
    words = {"count": str(len(numbers)), "value": first}
    if likely:
        zh, en = ("、".join(f"“{i.label_zh}”" for i in likely), ", ".join(f"“{i.label_en}”" for i in likely))
        words |= {"basis": f"（是否{zh}？）", "basis_en": f" ({en}?)"}
    elif head == NO_HEAD:
        words |= {"basis": "（没有列名，请让对方补上）", "basis_en": " (it has no head; please ask for one)"}
    return Finding("column_unread", at, head, proposal=" / ".join(i.label_zh for i in likely) or None, words=words)


def say_columns(rule: str, where: str, columns: Sequence[tuple[str, str, str]]) -> Iterator[Finding]:
    """One finding about all the columns, each with its place, head and first numbers; none where there are none."""
    if columns:
        said = "、".join(f"{at}“{name}”" + (f"（{numbers}）" if numbers else "") for at, name, numbers in columns)
        yield Finding(rule, where, said, words={"basis": said, "count": str(len(columns))})


def say_reworded(columns: ColumnMap, above: int, place: PlaceOf) -> list[Finding]:
    """One finding for each column read although its head is worded otherwise."""
    read = ((i, columns.of_indicator[i], "/".join(path)) for i, path in columns.reworded.items())
    return [Finding("column_reworded", place(above, c), head, indicator_id=i) for i, c, head in read]


def left_remarks(sheet: Sheet, layout: Layout, heads: Mapping[int, Sequence[str]], place: PlaceOf) -> list[Finding]:
    """What stands in a column of remarks, and the words beside the table, unit by unit."""
    rows = [(u.row, u.resolution.unit_id) for u in layout.rows] + [(r, None) for r, _ in layout.unresolved]
    titled = [c for c, path in heads.items() if is_remark_head(path[-1])]
    bare = _headless(layout, [sheet.rows[r] for r, _ in rows], heads)
    found: list[Finding] = []
    for r, unit_id in sorted(rows, key=lambda row: row[0]):
        found += say_remarks(((place(r, c), sheet.rows[r][c]) for c in titled), unit_id)
        # Words without a head may be a person's name.
        words = ((place(r, c), sheet.rows[r][c]) for c in bare)
        found += say_remarks(((at, _named(v)) for at, v in words if not has_numbers((v,), -1)), unit_id, is_loud=False)
    for r, row in enumerate(sheet.rows[layout.first_row :], start=layout.first_row):
        if is_remark_head(squeeze_text(str(row[layout.name_column] or ""))):
            # Of a turned table, one remark a blank; or one that goes across the columns.
            first = {v: c for c, v in reversed([*enumerate(row)][layout.name_column + 1 :])}
            found += say_remarks(((place(r, c), v) for v, c in sorted(first.items(), key=lambda x: x[1])), None)
    return found


def lines_beside(sheet: Sheet, layout: Layout, place: PlaceOf, *, is_turned: bool = False) -> Iterator[Finding]:
    """Sentences above and below a table that hold counts (沁水县补报志愿者参与320人次): read by nobody, so named.

    `is_turned`: what stood above and below stands among the heads.
    """
    taken = {u.row for u in layout.rows} | {t.row for t in layout.totals} | {r for r, _ in layout.unresolved}
    last = max(taken, default=0)
    yield from _counting_heads(sheet, layout, place, is_turned=is_turned)
    for r, row in enumerate(sheet.rows):
        if r in taken or r in layout.header:
            continue
        texts = [(c, v) for c, v in reversed([*enumerate(row)]) if isinstance(v, str)]
        said = {v: c for c, v in texts if holds_count(v) or _holds_number(v, is_below=r > last)}
        for words, column in said.items():
            yield Finding("remark_number", place(r, column), words.strip())


def _counting_heads(sheet: Sheet, layout: Layout, place: PlaceOf, *, is_turned: bool) -> Iterator[Finding]:
    """The notes of a turned table, whose rows are its columns: words with a number over a column that holds nothing."""
    for r in layout.header if is_turned else ():
        for column, words in enumerate(sheet.rows[r]):
            if not isinstance(words, str) or any(is_filled(sheet.rows[u.row][column]) for u in layout.rows):
                continue
            if holds_count(words) or _holds_number(words, is_below=True):
                yield Finding("remark_number", place(r, column), words.strip())


def holds_count(words: str) -> bool:
    """Whether a text counts something: 320人次."""
    number = rf"(?:\d[\d,，.]*|[{NUMERAL_CHARS}]{{2,}})"
    return re.search(rf"{number}\s*[万亿千百]?[余多]?\s*(?:{load_lexicon().units})", words) is not None


def _holds_number(words: str, *, is_below: bool = False) -> bool:
    """Whether a note (备注：黔江区参与人次应为180), or any line below the table, holds a number that is no date, no telephone and no paper's
    or row's own."""
    said = squeeze_text(words)
    return (is_below or is_note(said)) and re.search(r"\d", _NO_COUNT.sub("", said)) is not None


def doubt_lines(sheet: Sheet, layout: Layout, place: PlaceOf, year: int) -> Iterator[Finding]:
    """Titles, notes and a sheet's name which may say that the figures are not this campaign's (以上均为去年数据, 样表), and lines between
    rows that are not understood: named."""
    taken = {u.row for u in layout.rows} | {t.row for t in layout.totals} | {r for r, _ in layout.unresolved}
    above = {v for row in sheet.rows[: layout.first_row] for v in row}
    last = max(taken, default=0)
    if may_be_other(sheet.name, year) or re.search(load_lexicon().sheet_doubts, squeeze_text(sheet.name)):
        yield Finding("doubt_line", sheet.name, sheet.name)
    yield from _beside_heads(sheet, layout, place, year)
    for r, row in enumerate(sheet.rows):
        if r in taken or r in layout.header or is_remark_head(squeeze_text(str(row[layout.name_column] or ""))):
            continue
        is_between = layout.first_row < r < last and bool(line_words(row))
        said = {v: c for c, v in reversed([*enumerate(row)]) if isinstance(v, str) and v.strip()}
        if is_between and any(words not in above and is_unknown_line(words, year) for words in said):
            yield Finding(
                "doubt_line",
                place(r, min(said.values())),
                " ".join(w.strip() for w in sorted(said, key=said.__getitem__)),
            )
            continue
        for words, column in said.items():
            if may_be_other(words, year):
                yield Finding("doubt_line", place(r, column), words.strip())


def _beside_heads(sheet: Sheet, layout: Layout, place: PlaceOf, year: int) -> Iterator[Finding]:
    """The same of words in the rows of the heads that have no figures under them: 单位：万人次 in the last column."""
    for r in layout.header:
        for column, words in enumerate(sheet.rows[r]):
            if not isinstance(words, str) or any(is_filled(sheet.rows[u.row][column]) for u in layout.rows):
                continue
            if may_be_other(words, year) or says_scale(squeeze_text(words)):
                yield Finding("doubt_line", place(r, column), words.strip())


def may_be_other(words: str, year: int) -> bool:
    """Whether a title, a note or a name speaks of another time or kind of figures than this campaign's."""
    said, lex = squeeze_text(words), load_lexicon()
    # A scale that is understood has scaled the figures, and says so.
    is_scale = 0 not in (scales := scales_said(words)).values() and scales and not re.search(lex.doubt_lines, said)
    return (
        (casts_doubt(said) and not is_scale)
        or tells_other_time(said, year)
        or re.search(f"{lex.table_doubts}|(?<!变动,)(?<!出入,){REPORTED_ON}", said) is not None
        or limits_figures(said, year)
    )


def listed_remarks(sheet: Sheet, resolver: Resolver) -> Iterator[Finding]:
    """The remarks of a list with one answer a row, which the table made of it leaves out."""
    columns: list[int] = []
    for r, row in enumerate(sheet.rows):
        names = [v for v in row if isinstance(v, str) and len(v) < MAX_NAME]
        unit_id = next((u for v in names if (u := resolver.resolve(v).unit_id)), None) if columns else None
        yield from say_remarks(((sheet.place(r, c), row[c]) for c in columns), unit_id)
        columns = columns or [c for c, v in enumerate(row) if isinstance(v, str) and is_remark_head(squeeze_text(v))]


def listed_lines(sheet: Sheet, resolver: Resolver, year: int) -> Iterator[Finding]:
    """The lines between the rows of such a list that tell another time or are not understood."""
    is_started = False
    for r, row in enumerate(sheet.rows):
        is_started = is_started or any(
            isinstance(v, str) and len(v) < MAX_NAME and resolver.resolve(v).unit_id for v in row
        )
        words = line_words(row)
        if not is_started or len(words) != 1 or is_note(words[0]) or resolver.resolve(words[0][:MAX_NAME]).unit_id:
            continue
        if kind_of_line(words[0], year) == "other" or is_unknown_line(words[0], year):
            column = next(c for c, v in enumerate(row) if v is not None)
            yield Finding("doubt_line", sheet.place(r, column), str(row[column]).strip())


def say_remarks(
    cells: Iterable[tuple[str, CellValue]], unit_id: str | None, *, is_loud: bool = True
) -> Iterator[Finding]:
    """A finding for each cell with something in it: louder where it holds a number, or (if `is_loud`) says what is not understood."""
    for at, value in cells:
        if is_filled(value):
            said = _shown(value)
            is_plain = not is_loud or is_harmless(said) or is_doubt(said)
            rule = "remark_number" if re.search(r"\d", said) else "remark_kept" if is_plain else "remark_unclear"
            yield Finding(rule, at, said, unit_id=unit_id)


def _shown(value: CellValue) -> str:
    """A cell's content as typed."""
    return str(int(value)) if isinstance(value, float) and value == int(value) else str(value).strip()


def is_filled(value: CellValue) -> bool:
    """Whether anything stands in a cell."""
    return value is not None and (not isinstance(value, str) or value.strip() != "")


def _named(value: CellValue) -> CellValue:
    """The words of a cell that nothing heads, without what may be a name."""
    return mask_office(value) if isinstance(value, str) and (len(value) < 5 or not is_one_name(value)) else value


def _headless(layout: Layout, rows: Sequence[Sequence[CellValue]], heads: Mapping[int, Sequence[str]]) -> list[int]:
    """Columns with nothing above them."""
    width = max((len(r) for r in rows), default=0)
    return [c for c in range(layout.name_column + 1, width) if c not in heads]
