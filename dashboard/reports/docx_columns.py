"""How wide the columns of a printed table are: no number and no word is broken, long texts are."""

from __future__ import annotations

from typing import Final

from dashboard.reports.docx_style import NOTE_PT, TABLE_PT, TEXT_WIDTH_MM
from dashboard.reports.page_lines import unbroken
from dashboard.tables import Column, Table

WHOLE_CHARS, LONG_SHARE, MAX_CHARS = 14.0, 0.4, 30.0
LATIN_CHARS: Final = 0.62  # of a digit in the widest font that may stand in for the office's
CELL_CHARS: Final = 0.8  # left and right of a cell's text
LEAST_CHARS: Final = 2.0
HEAD_CHARS: Final = 6.0  # of a head that is not broken
MANY_ROWS: Final = 34
MM_PER_PT: Final = 25.4 / 72


def column_widths(table: Table, size: float = TABLE_PT) -> tuple[float, ...]:
    """The text's width shared out by what stands in the columns: no number and no word is broken, long texts are.

    Heads stay whole where that takes no room from the texts.
    """
    room, least = TEXT_WIDTH_MM / (size * MM_PER_PT), least_widths(table, has_whole_heads=True)
    wanted = wanted_widths(table, least)
    if sum(wanted) > room:
        least = least_widths(table)
        wanted = wanted_widths(table, least)
    if sum(wanted) > room:
        more = [wish - low for wish, low in zip(wanted, least, strict=True)]
        share = max(room - sum(least), 0) / (sum(more) or 1)
        wanted = [low + share * extra for low, extra in zip(least, more, strict=True)]
    return tuple(TEXT_WIDTH_MM * width / sum(wanted) for width in wanted)


def wanted_widths(table: Table, least: list[float]) -> list[float]:
    """How wide each column would be, in characters, none narrower than it may be."""
    return [
        max(wanted_chars(max(chars(text) for text in (column.head[: len(column.head) // 2], *texts))) + CELL_CHARS, low)
        for column, texts, low in zip(table.columns, column_texts(table), least, strict=True)
    ]


def column_texts(table: Table) -> list[list[str]]:
    """What stands in each column, without its head."""
    return [[row[place].text for row in table.rows] for place in range(len(table.columns))]


def head_parts(column: Column) -> tuple[str, ...]:
    """A head's lines: its unit goes below a name that leaves it no room."""
    name = column.head.removesuffix(f"（{column.unit}）") if column.unit else column.head
    return (column.head,) if name == column.head or chars(column.head) <= HEAD_CHARS else (name, f"（{column.unit}）")


def least_widths(table: Table, *, has_whole_heads: bool = False) -> list[float]:
    """How narrow each column may be, in characters: numbers, short texts and words of Latin letters stay whole.

    So do short heads where it is asked; a long one may be broken in two.
    """
    found = []
    for column, texts in zip(table.columns, column_texts(table), strict=True):
        is_whole = column.is_number or column.is_short
        widths = [whole_chars(text, is_whole=is_whole) for text in texts]
        head = max(chars(piece) for piece in unbroken(column.head))  # a date stays whole
        if has_whole_heads:
            head = max(head, *(min(chars(part), max(HEAD_CHARS, chars(part) / 2)) for part in head_parts(column)))
        found.append(max(head, *widths, LEAST_CHARS) + CELL_CHARS)
    return found


def whole_chars(text: str, *, is_whole: bool) -> float:
    """The widest part of a text that may not be broken."""
    if any(ord(char) > 0x2E7F for char in text):
        return chars(text) if is_whole else LEAST_CHARS
    return max((chars(word) for word in text.split()), default=0.0)


def table_size(table: Table) -> float:
    """The size at which the table's words stay whole and the units of a large city fit a page."""
    is_wide = sum(least_widths(table)) * TABLE_PT * MM_PER_PT > TEXT_WIDTH_MM
    return NOTE_PT if is_wide or len(table.rows) > MANY_ROWS else TABLE_PT


def wanted_chars(longest: float) -> float:
    """How wide a column would be: short texts on one line, long ones on several."""
    return longest if longest <= WHOLE_CHARS else min(WHOLE_CHARS + (longest - WHOLE_CHARS) * LONG_SHARE, MAX_CHARS)


def chars(text: str) -> float:
    """How many Chinese characters wide a text is in the office's fonts, which set marks such as ● and × as wide as those."""
    wide = sum(ord(char) >= 0x2190 or char == chr(0xD7) for char in text)
    return wide + LATIN_CHARS * (len(text) - wide)
