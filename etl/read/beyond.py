"""How far a table is read, and what stands beyond: a few stray cells are quoted, a table that goes on is refused as a whole.

A table cut at its last row would give sums of a part of what was reported.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from etl.document import CellValue, column_name
from etl.errors import FileRefused

MAX_ROWS, MAX_COLUMNS = 20_000, 200
MAX_CELLS = 250_000  # of all sheets together
MAX_QUOTED = 40  # letters of one cell
MAX_STRAY = 20  # cells; more of them are a table


@dataclass
class Beyond:
    """The cells of one sheet beyond the limits."""

    sheet: str
    found: list[tuple[int, int, str, CellValue]] = field(default_factory=list)  # row, column, place, content

    def add(self, row: int, column: int, value: CellValue, reference: str = "") -> None:
        """Note a cell that holds something. Raises FileRefused when there are too many to be strays."""
        place = f"{self.sheet}!{reference}" if reference else cell_place(self.sheet, row, column)
        self.found.append((row, column, place, value))
        if len(self.found) > MAX_STRAY:
            self.refuse()

    def refuse(self) -> None:
        """Raise FileRefused: the table goes on beyond the limits."""
        found = with_content(self.found[0][2], self.found[0][3]).replace("\t", "：") if self.found else self.sheet
        limits = f"{MAX_ROWS:,} × {MAX_COLUMNS}"
        raise FileRefused(
            "table_too_large",
            f"表超过 {MAX_ROWS:,} 行或 {MAX_COLUMNS} 列，整个文件未读入",
            f"the table has more than {MAX_ROWS:,} rows or {MAX_COLUMNS} columns; nothing of the file was read",
            found=found,
            expected=limits,
        )

    def remarks(self, goes_on: bool = False) -> list[tuple[str, str]]:
        """(rule, place and content) of each stray cell. Raises FileRefused where the cell at the limit itself is filled too (`goes_on`)."""
        if goes_on:
            self.refuse()
        return [("far_number" if has_digit(v) else "far_cell", with_content(place, v)) for _, _, place, v in self.found]


def has_digit(value: CellValue) -> bool:
    """Whether a cell holds an answer: white heads may stand on a ground that the table's own style gives."""
    return value is not None and (not isinstance(value, str) or any(c.isdigit() for c in value))


def cell_place(sheet: str, row: int, column: int) -> str:
    """Sheet and cell for people: 汇总表!D5."""
    return f"{sheet}!{column_name(column)}{row + 1}"


def with_content(place: str, value: CellValue) -> str:
    """A cell's place and, behind a tab, what stands there and is not read."""
    said = f"{value:.15g}" if isinstance(value, float) else str(value)
    return place if value is None else f"{place}\t{said}"


def with_figures(name: str, rows: Iterable[Sequence[CellValue]]) -> str:
    """A hidden sheet's name and, behind a tab, what its cells hold that may be figures; none of them is read."""
    cells = [v for row in rows for v in row if not isinstance(v, bool) and has_digit(v)]
    said = [f"{v:.15g}" if isinstance(v, float) else " ".join(str(v).split())[:MAX_QUOTED] for v in cells]
    return f"{name}\t{'、'.join(said)}" if said else name
