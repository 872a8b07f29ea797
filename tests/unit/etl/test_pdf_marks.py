"""Characters and lines of a PDF page that a reader of the paper tells apart: marks on words, copies, lowered and tiny digits."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from etl.read.layout import Word, line_text
from etl.read.pdf_looks import see
from etl.read.pdf_rules import rules_of


def char(text: str, x0: float, *, size: float = 10.0, top: float = 100.0, width: float = 5.0) -> dict[str, Any]:
    return {
        "text": text, "x0": x0, "x1": x0 + width, "top": top, "bottom": top + size, "size": size, "non_stroking_color": 0
    }  # fmt: skip


def page(*chars: dict[str, Any]) -> Any:
    return SimpleNamespace(chars=list(chars), lines=[], rects=[])


@pytest.mark.parametrize(
    ("case", "chars", "seen", "left_out"),
    [
        ("plain", [char("1", 0), char("2", 5)], "12", []),
        ("lowered", [char("1", 0), char("3", 5, size=6, top=105)], "1^3", []),
        ("raised", [char("1", 0), char("3", 5, size=6, top=99.5)], "1^3", []),
        ("printed twice for boldness", [char("1", 0), char("1", 0.4), char("2", 5), char("2", 5.4)], "12", []),
        ("the same digit twice", [char("1", 0), char("1", 5)], "11", []),
        (
            "another number over it",
            [char("1", 0), char("2", 5), char("3", 0.8), char("5", 5.8, top=102)],
            "1?2?3?5?",
            [],
        ),
        ("a mark over it", [char("8", 0), char("×", 1)], "8?×", []),
        ("the line below", [char("1", 0), char("2", 0, top=110)], "12", []),
        ("one point", [char("1", 0), char("9", 5, size=1, top=109)], "1", [("hidden_text", "9")]),
    ],
)
def test_what_is_seen(case: str, chars: list[dict[str, Any]], seen: str, left_out: list[tuple[str, str]]) -> None:
    found = see(page(*chars))
    assert ("".join(c["text"] for c in found.characters).replace("\ufffd", "?"), list(found.left_out)) == (
        seen,
        left_out,
    ), case


@pytest.mark.parametrize(("gap", "text"), [(0.0, "123"), (1.0, "123"), (3.0, "12 3"), (7.0, "12 3")])
def test_digits_with_a_space_between_them_stay_apart(gap: float, text: str) -> None:
    words = [Word("1", (0, 0, 5, 10)), Word("2", (5, 0, 10, 10)), Word("3", (10 + gap, 0, 15 + gap, 10))]
    assert line_text(words) == text


def rect(x0: float, top: float, x1: float, bottom: float, *, fill: bool = False) -> dict[str, Any]:
    return {"x0": x0, "top": top, "x1": x1, "bottom": bottom, "fill": fill, "stroke": not fill}


def line(x0: float, top: float, x1: float, bottom: float) -> dict[str, Any]:
    return {"x0": x0, "top": top, "x1": x1, "bottom": bottom, "object_type": "line"}


CELL = [line(0, 90, 200, 90), line(0, 150, 200, 150), line(0, 90, 0, 150), line(200, 90, 200, 150)]


@pytest.mark.parametrize(
    ("case", "rects", "lines", "added"),
    [
        ("highlighted words at the cell's top", [rect(50, 90.3, 80, 104, fill=True)], [], 0),
        ("two highlighted lines", [rect(50, 92, 80, 104, fill=True), rect(50, 104, 90, 116, fill=True)], [], 0),
        ("the ground of a cell", [rect(0, 90, 200, 110, fill=True)], [line(0, 110, 200, 110)], 5),
        ("a drawn check box", [rect(50, 95, 61, 106)], [], 0),
        ("a slanted tick", [], [line(50, 95, 61, 106)], 0),
        ("cells drawn as boxes", [rect(0, 150, 200, 165), rect(0, 165, 200, 180)], [], 8),
    ],
)
def test_marks_on_words_are_no_ruling_lines(
    case: str, rects: list[dict[str, Any]], lines: list[dict[str, Any]], added: int
) -> None:
    sides = [
        {"x0": x0, "x1": x1, "top": y0, "bottom": y1, "object_type": "rect_edge"}
        for r in rects
        for x0, y0, x1, y1 in (
            (r["x0"], r["top"], r["x1"], r["top"]),
            (r["x0"], r["bottom"], r["x1"], r["bottom"]),
            (r["x0"], r["top"], r["x0"], r["bottom"]),
            (r["x1"], r["top"], r["x1"], r["bottom"]),
        )
    ]
    drawn = SimpleNamespace(chars=[char("1", 50)], lines=[*CELL, *lines], rects=rects, edges=[*CELL, *lines, *sides])
    assert len(rules_of(drawn)) == len(CELL) + added, case
