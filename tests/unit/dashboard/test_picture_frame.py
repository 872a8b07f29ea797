"""The frame of a saved picture: every word in it, nothing over the edge."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import dashboard
from dashboard.charts.frame import (
    BOTTOM_PX,
    CHART_WIDTH_PX,
    MAP_WIDTH_PX,
    NOTE_SIZE,
    SIDE_PX,
    TOP_PX,
    PictureFrame,
    Swatch,
    frame_layout,
    width_px,
    wrap_text,
)

LONG = "参与人次合计 约338.8万 人次，渝北最多（25.6万），前 6 个合占 35%；江北、北碚、合川未报送。" * 3
ENGLISH = (
    "Participation: ~3.4M participations; most in Yubei (256.1k), the top 6 units hold 35%; not reported: Jiangbei. "
    * 3
)
LEGEND = (
    Swatch("人次", kind="words"),
    *(Swatch(f"{n}万–{n + 1}万", "#1F5FA8") for n in range(14)),
    Swatch("未报送", kind="hatch"),
    Swatch("功能区（无边界）", kind="circle"),
)


@pytest.mark.parametrize("text", [LONG, ENGLISH, "短", ""])
def test_wrapped_lines_fit_and_lose_nothing(text: str) -> None:
    lines = wrap_text(text, 600, 15)
    assert all(width_px(line, 15) <= 600 + 2 * 15 for line in lines)
    assert re.sub(r"\s", "", "".join(lines)) == re.sub(r"\s", "", text)


def test_words_are_not_broken() -> None:
    assert set(" ".join(wrap_text(ENGLISH, 500, 15)).split()) == set(ENGLISH.split())


def test_a_legend_wraps_inside_the_picture() -> None:
    layout = frame_layout(PictureFrame("甲", LONG, ("乙", "丙"), LEGEND), MAP_WIDTH_PX)
    shapes, notes = layout["shapes"], layout["annotations"]
    assert isinstance(shapes, list) and isinstance(notes, list)
    assert all(shape["x0"] >= 0 and shape["x1"] <= MAP_WIDTH_PX for shape in shapes)
    assert all(note["xshift"] + width_px(note["text"], NOTE_SIZE) <= MAP_WIDTH_PX for note in notes[:-1])
    lowest = min(note["yshift"] for note in notes)
    assert -lowest + 3 * NOTE_SIZE * 1.35 <= BOTTOM_PX, "sources stand inside the margin"
    assert [entry.label for entry in LEGEND] == [note["text"] for note in notes[:-1]]


def test_texts_of_a_frame_are_no_markup() -> None:
    layout = frame_layout(PictureFrame("<b>x</b>", "<i>", ("<a>",), (Swatch("<u>", "#000000"),)), CHART_WIDTH_PX)
    assert isinstance(layout["title"], dict) and isinstance(layout["annotations"], list)
    said = layout["title"]["text"] + "".join(note["text"] for note in layout["annotations"])
    assert "<b>&lt;b&gt;x" in said and "<i>" not in said and "<a>" not in said and "<u>" not in said


def test_the_style_cuts_exactly_the_frame_off() -> None:
    style = (Path(str(dashboard.__file__)).parent / "static" / "atlas.css").read_text(encoding="utf-8")
    assert f"--frame-top: {TOP_PX}px; --frame-bottom: {BOTTOM_PX}px;" in style
    assert SIDE_PX > 0
