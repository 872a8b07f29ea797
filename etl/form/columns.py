"""Which columns of a form's table hold the answers: the heads name this campaign's, another year's, plans and examples."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from etl.document import Block, Cell, Table
from etl.extract.squeeze import squeeze_text
from etl.findings import Finding
from etl.interpret.lexicon import load_lexicon

_MOST_ROWS = 5  # of title and heads
_LONGEST_HEAD = 20  # letters
_SHOWN = 40  # numbers named of a column that is not read
_PLACE = re.compile(r"(?:列(\d+)|!([A-Z]{1,3})\d+)$")
_YEAR = re.compile(r"(?<!\d)(?:20)?(\d\d)年(?!\d)|(?<!\d)20(\d\d)(?![\d.])")


@dataclass(frozen=True)
class Columns:
    """What the columns of one table are, by their number. Without heads nothing is told."""

    rows: frozenset[int] = frozenset()  # those of the heads
    heads: Mapping[int, str] = field(default_factory=dict)
    kinds: Mapping[int, str] = field(
        default_factory=dict
    )  # progress, form (title, requirement), aside, other; '' untold
    is_placed: bool = True  # cells say by their place in which column they begin; else by their number in the row
    is_cut: bool = False  # columns of it were set aside

    def has_no_answers(self, kinds: Sequence[str]) -> bool:
        """Whether a row's cells are printed ones alone, because the column of the answers was set aside."""
        return self.is_cut and all(kind == "form" for kind in kinds)

    def kind(self, cell: Cell, n: int) -> str:
        """What the column of a row's n-th cell is."""
        return self._at(self.kinds, cell, n)

    def head(self, cell: Cell, n: int) -> str:
        """The words above it."""
        return self._at(self.heads, cell, n)

    def has(self, kind: str) -> bool:
        """Whether a head is of a kind."""
        return kind in self.kinds.values()

    def _at(self, said: Mapping[int, str], cell: Cell, n: int) -> str:
        at = _number(cell, n) if self.is_placed else n
        return said[max((c for c in said if c <= at), default=min(said))] if said else ""


@dataclass(frozen=True)
class Headed:
    """Blocks with what the columns of each are, and what is said of columns that were set aside."""

    blocks: Sequence[Block]
    columns: Sequence[Columns]
    findings: list[Finding]


def set_columns_aside(blocks: Sequence[Block], told: Sequence[Columns], year: int | None) -> Headed:
    """The blocks without columns of another year, of plans, examples or remarks; one finding names what stands there.

    `told`: what `columns_of` says of them.
    """
    if not any(c.has("aside") for c in told):
        return Headed(blocks, told, [])
    kept: list[Block] = []
    said: dict[str, list[str]] = {}
    place = ""
    for block, columns in zip(blocks, told, strict=True):
        if not isinstance(block, Table) or not columns.has("aside"):
            kept.append(block)
            continue
        rows = []
        for r, row in enumerate(block.rows):
            left_out = {n for n, c in enumerate(row) if len(row) > 1 and columns.kind(c, n) == "aside"}
            rows.append(tuple(c for n, c in enumerate(row) if n not in left_out))
            for n in left_out if r not in columns.rows else ():
                if numbers := re.findall(r"\d[\d,.]*", squeeze_text(row[n].text)):
                    said.setdefault(columns.head(row[n], n), []).extend(numbers)
                    place = place or row[n].place
        kept.append(replace(block, rows=tuple(r for r in rows if r)))
    words = "；".join(f"{head}：{'、'.join(numbers[:_SHOWN])}" for head, numbers in said.items())
    cut = [replace(c, is_cut=True) if t.has("aside") else c for c, t in zip(columns_of(kept, year), told, strict=True)]
    return Headed(kept, cut, [Finding("column_aside", place, words)] if words else [])


def columns_of(blocks: Sequence[Block], year: int | None) -> list[Columns]:
    """What the heads say of each block's columns; a table without heads that is as wide as the one before goes on under its heads.

    `year` is the campaign's.
    """
    found: list[Columns] = []
    last, width = Columns(), 0
    for block in blocks:
        columns = _read_heads(block, year) if isinstance(block, Table) else Columns()
        if isinstance(block, Table):
            own = max((len(row) for row in block.rows), default=0)
            if columns.heads:
                last, width = columns, own
            elif own == width:
                columns = replace(last, rows=frozenset())
        found.append(columns)
    return found


def _read_heads(table: Table, year: int | None) -> Columns:
    words: dict[int, dict[int, str]] = {}
    is_placed = True
    for r, row in enumerate(table.rows[:_MOST_ROWS]):
        texts = [squeeze_text(c.text) for c in row]
        is_head = is_head_row(texts)
        if not is_head and sum(map(bool, texts)) > 1 and max(map(len, texts)) > _LONGEST_HEAD:
            break
        if is_head or _are_heads(texts, year) or (r - 1 in words and _part_heads(texts)):
            # The cells of a turned table stand below one another.
            is_placed = is_placed and len({_number(c, n) for n, c in enumerate(row)}) == len(row)
            words[r] = {_number(c, n) if is_placed else n: t for n, (c, t) in enumerate(zip(row, texts, strict=True))}
    if not words:
        return Columns()
    starts = sorted({c for w in words.values() for c in w})
    heads = {c: "".join(w[max((k for k in w if k <= c), default=min(w))] for w in words.values()) for c in starts}
    kinds = {c: _kind(head, year) for c, head in heads.items()}
    # Remarks beside the answers are none; a form's only column may be headed so.
    remark = "aside" if "progress" in kinds.values() else ""
    return Columns(
        frozenset(words), heads, {c: remark if k == "remark" else k for c, k in kinds.items()}, is_placed=is_placed
    )


def is_head_row(texts: Sequence[str]) -> bool:
    """Whether a row holds the heads of a form's columns: 活动项目 stands in it."""
    if any(len(t) <= 12 and "活动项目" in t for t in texts):
        return True
    return sum(map(len, texts)) <= 30 and "活动项目" in "".join(texts)


def _are_heads(texts: Sequence[str], year: int | None) -> bool:
    """Whether a row holds only short words, most of which say what a column is, and no number but years and months."""
    said = [t for t in texts if t]
    joined = "".join(said)
    if len(texts) < 2 or re.search(r"填报|[。.;(_]", joined) or max(map(len, texts)) > _LONGEST_HEAD // 2:
        return False
    if re.search(r"\d", _YEAR.sub("", re.sub(r"\d{1,2}月", "", joined))):
        return False
    kinds = [_kind(t, year) for t in said]
    return ("progress" in kinds or "aside" in kinds) and 2 * sum(k != "other" for k in kinds) >= len(kinds)


def _part_heads(texts: Sequence[str]) -> bool:
    """Whether a row below the heads parts the last one: nothing under the first two, short words behind (5月 | 6月)."""
    said = texts[2:]
    return (
        len(said) > 1
        and not any(texts[:2])
        and all(0 < len(t) <= _LONGEST_HEAD // 2 for t in said)
        and not any(re.search(r"[(_\d]", re.sub(r"\d{1,2}月", "", t)) for t in said)
    )


@lru_cache(maxsize=512)
def _kind(head: str, year: int | None) -> str:
    lex = load_lexicon()
    if re.search("活动项目|序号", head):
        return "form"
    years = {int(a or b) for a, b in _YEAR.findall(head)}
    if year is not None and years and year % 100 not in years:
        return "aside"
    if re.search(f"{lex.aside_words}|{lex.aside_heads}", head) or any(w in head for w in lex.other_period):
        return "aside"
    if head in lex.remark_headers:
        return "remark"
    is_this_year = bool(year and years) and "月" not in head
    if re.search(lex.progress_heads, head) or head in lex.answer_headers | lex.this_period or is_this_year:
        return "progress"
    return "form" if re.search("项目|内容|要求", head) else "other" if head else ""


def _number(cell: Cell, n: int) -> int:
    """The column that a cell begins in, from 0; its number in the row where its place doesn't say."""
    at = _column_of(cell.place)
    return n if at is None else at


@lru_cache(maxsize=4096)
def _column_of(place: str) -> int | None:
    match = _PLACE.search(place)
    if match is None:
        return None
    if match.group(1):
        return int(match.group(1)) - 1
    number = 0
    for letter in match.group(2):
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1
