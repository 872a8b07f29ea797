"""A matrix of marks: units down, activities or months across; each state has its own colour and its own mark."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from dashboard.charts.frame import width_px
from dashboard.components.markup import esc, show, tag, wrap
from dashboard.components.page import View
from dashboard.filters import to_query

NAME_PX, NAME_PAD_PX = 13, 14


@dataclass(frozen=True)
class Mark:
    """How a state is shown: its class in atlas.css, its mark, its words."""

    css: str
    mark: str
    words: str


@dataclass(frozen=True)
class Head:
    """A column: name, and a small line below it."""

    name: str
    below: str = ""


@dataclass(frozen=True)
class MatrixRow:
    """A unit with the state of each column, and a tip for each."""

    unit_id: str
    name: str
    states: tuple[str, ...]
    tips: tuple[str, ...]


def district_href(view: View, unit_id: str) -> str:
    """The address of a unit's District page with the filters of this page."""
    return "district?" + urlencode(to_query(replace(view.filters, unit=unit_id)))


def matrix_html(
    view: View, heads: Sequence[Head], rows: Sequence[MatrixRow], marks: Mapping[str, Mark], label: str
) -> str:
    """The matrix as markup; names lead to the District page."""
    top = wrap("th", "") + "".join(
        wrap("th", esc(head.name) + (wrap("small", esc(head.below)) if head.below else "")) for head in heads
    )
    body = "".join(_row_html(view, row, marks) for row in rows)
    columns = even_columns([row.name for row in rows], len(heads))
    table = wrap("table", columns + wrap("thead", wrap("tr", top)) + wrap("tbody", body), "even")
    return f'<div class="atlas-matrix" tabindex="0" role="region" aria-label="{esc(label)}">{table}</div>'


def even_columns(names: Sequence[str], n_columns: int) -> str:
    """The names' column as wide as the longest; the others of one width, whatever their heads say (class `even`)."""
    width = max((width_px(name, NAME_PX) for name in names), default=0) + NAME_PAD_PX
    return wrap("colgroup", f'<col style="width:{width:.0f}px">' + "<col>" * n_columns)


def _row_html(view: View, row: MatrixRow, marks: Mapping[str, Mark]) -> str:
    link = f'<a href="{esc(district_href(view, row.unit_id))}" target="_self">{esc(row.name)}</a>'
    cells = "".join(
        f'<td class="m {esc(marks[state].css)}" title="{esc(tip)}">{esc(marks[state].mark)}</td>'
        for state, tip in zip(row.states, row.tips, strict=True)
    )
    return wrap("tr", wrap("th", link) + cells)


def marks_legend(marks: Mapping[str, Mark], present: Sequence[str]) -> str:
    """One line: each mark that is in the matrix, in the order of the marks."""
    parts = [
        f'<span><i class="m {esc(mark.css)}">{esc(mark.mark)}</i>{esc(mark.words)}</span>'
        for state, mark in marks.items()
        if state in set(present)
    ]
    return f'<p class="atlas-legend">{"".join(parts)}</p>'


def show_matrix(
    view: View, heads: Sequence[Head], rows: Sequence[MatrixRow], marks: Mapping[str, Mark], label: str
) -> None:
    """Legend and matrix on the page."""
    show(marks_legend(marks, [state for row in rows for state in row.states]))
    if rows:
        show(matrix_html(view, heads, rows, marks, label))
    else:
        show(tag("p", view.t("matrix.empty"), "atlas-note"))
