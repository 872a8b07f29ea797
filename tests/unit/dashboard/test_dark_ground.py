"""The dark ground: text, classes, no-data and outlines stay readable; a chart in two columns loses no bar."""

from __future__ import annotations

import json

import pytest

from dashboard.charts.bars import Bar, draw_bars
from dashboard.charts.stacked import Part, Stack, draw_stacks
from dashboard.reports.columns import MAX_ROWS, in_two_columns
from dashboard.theme import (
    CHANGE,
    DARK,
    INK,
    LINE,
    MUTED,
    NO_DATA,
    NO_DATA_LINE,
    PANEL,
    RAMPS,
    WHITE,
    contrast,
    ink_on,
    strong,
)

GROUND = DARK[WHITE]
CLASSES = sorted({*(colour for ramp in RAMPS.values() for colour in ramp), *CHANGE})


def on_dark(colour: str) -> str:
    return DARK.get(colour, colour)


def test_text_is_readable_on_the_dark_ground() -> None:
    for colour in (INK, MUTED):
        assert contrast(on_dark(colour), GROUND) >= 7
        assert contrast(on_dark(colour), on_dark(PANEL)) >= 7
    assert contrast(on_dark(INK), on_dark(NO_DATA)) >= 7, "names of districts without data"
    assert contrast(on_dark(LINE), GROUND) >= 1.3


@pytest.mark.parametrize("colour", CLASSES)
def test_a_class_stands_out_from_the_ground_and_bears_its_own_ink(colour: str) -> None:
    assert contrast(on_dark(colour), GROUND) >= 3
    ink = ink_on(colour)  # chosen for the colour on the light ground
    assert contrast(ink, on_dark(colour)) >= min(4.5, contrast(ink, colour))


def test_no_data_is_told_by_its_hatching_and_outline() -> None:
    assert contrast(on_dark(NO_DATA_LINE), GROUND) >= 4.5
    assert contrast(on_dark(NO_DATA_LINE), on_dark(NO_DATA)) >= 3
    assert on_dark(NO_DATA) not in {on_dark(colour) for colour in CLASSES}


def test_bars_of_the_measures_stand_out() -> None:
    for hue in RAMPS:
        assert contrast(on_dark(strong(hue)), GROUND) >= 3


@pytest.mark.parametrize("n", [1, MAX_ROWS, MAX_ROWS + 1, 41])
def test_many_bars_stand_in_two_columns_and_none_is_lost(n: int) -> None:
    bars = [Bar(f"u{i}", f"name {i}", float(i), f"text {i}", f"tip {i}") for i in range(n)]
    spec = in_two_columns(json.loads(draw_bars(bars, "#1F5FA8").to_json()))
    traces = spec["data"]
    assert len(traces) == (1 if n <= MAX_ROWS else 2)
    for field, wanted in (("text", "text"), ("hovertext", "tip"), ("customdata", "u")):
        told = [value for trace in traces for value in trace[field]]
        assert [v.replace(" ", "") for v in told] == [f"{wanted}{i}" for i in range(n)]
    assert [x for trace in traces for x in trace["x"]] == [float(i) for i in range(n)]
    names = [
        name for axis in ("yaxis", "yaxis2") if axis in spec["layout"] for name in spec["layout"][axis]["ticktext"]
    ]
    assert names == [bar.name for bar in bars]
    ranges = {tuple(spec["layout"][axis]["range"]) for axis in ("xaxis", "xaxis2") if axis in spec["layout"]}
    assert len(ranges) == 1, "both columns on one scale"


def test_words_at_the_bars_ends_follow_their_column() -> None:
    stacks = [Stack(f"u{i}", f"name {i}", (1, 2), f"{i}%", "") for i in range(30)]
    spec = in_two_columns(json.loads(draw_stacks(stacks, [Part("a", "#111111"), Part("b", "#222222")]).to_json()))
    places = {note["text"]: note.get("xref") for note in spec["layout"]["annotations"]}
    assert len(places) == 30 and places["14%"] != "x2" and places["15%"] == "x2"
    assert [trace.get("showlegend") for trace in spec["data"]] == [None, None, False, False]
