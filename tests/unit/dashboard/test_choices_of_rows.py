"""Which rows a chart shows, round ticks, plural words, brackets, places in words, names that lean."""

from __future__ import annotations

import pytest

from dashboard.charts.breaks import nice_ticks
from dashboard.charts.geometry import Shape, pixels_per_degree
from dashboard.charts.map_labels import LARGE, LINE_PX, SMALL, Fitted, MapLabel, fit_labels
from dashboard.charts.map_marks import MapUnit
from dashboard.charts.map_places import Dot as Circle
from dashboard.charts.map_places import apart, lean
from dashboard.charts.strip import Dot, named_ends, stack_dots
from dashboard.components.changes import largest_changes, most_changed
from dashboard.format import place_words
from dashboard.records import Change
from dashboard.tables import Column
from dashboard.texts import choose, text
from dashboard.totals import ChangeSet


def change(number: int, size: float) -> Change:
    return Change(f"u{number}", "", "", "", "district", number, 100 + size, 100, size, size, "same", 1, 1, "", "")


@pytest.mark.parametrize(
    ("rises", "falls", "shown"), [(32, 3, (11, 3)), (20, 20, (7, 7)), (2, 30, (2, 12)), (3, 4, (3, 4))]
)
def test_both_sides_of_a_change_are_shown(rises: int, falls: int, shown: tuple[int, int]) -> None:
    rows = [change(n, 1000 + n) for n in range(rises)] + [change(100 + n, -1 - n) for n in range(falls)]
    found = largest_changes(ChangeSet(tuple(rows), None))
    assert (sum((r.change or 0) > 0 for r in found), sum((r.change or 0) < 0 for r in found)) == shown
    sizes = [r.change or 0 for r in found]
    assert sizes == sorted(sizes, reverse=True)
    assert len({r.unit_id for r in found}) == len(found)
    assert max(sizes) == max(r.change or 0 for r in rows) and min(sizes) == min(r.change or 0 for r in rows)


def test_the_most_changed_are_so_by_size() -> None:
    found = most_changed(ChangeSet((change(1, 5), change(2, -50), change(3, 40)), None), 2)
    assert [row.change for row in found] == [40, -50]


@pytest.mark.parametrize(("top", "ticks"), [
    (256_137, (0, 50_000, 100_000, 150_000, 200_000, 250_000)), (7, (0, 2, 4, 6)), (0.9, (0, 0.2, 0.4, 0.6, 0.8)),
    (0, (0,)), (1_000_000, (0, 200_000, 400_000, 600_000, 800_000, 1_000_000)),
])  # fmt: skip
def test_ticks_are_round(top: float, ticks: tuple[float, ...]) -> None:
    assert nice_ticks(top) == pytest.approx(ticks)


def test_a_name_stands_over_every_dot_near_it() -> None:
    dots = [Dot(str(n), str(n), value, "") for n, value in enumerate((10, 50, 96, 97, 98, 100))]
    heights = stack_dots([dot.value for dot in dots])
    for _, height in named_ends(dots, heights):
        assert height == max(heights)


def test_words_agree_with_their_number() -> None:
    assert text("en", "delta.basis", grade="same", n=1, m=1) == "same, 1/1 unit"
    assert text("en", "delta.basis", grade="same", n=12, m=41) == "same, 12/41 units"
    assert text("en", "head.reported", n=1, m=1) == "1 of 1 unit reported"


def test_quotes_are_straight_in_english_only() -> None:
    assert choose("en", "“甲”", "“93%” isn’t") == '"93%" isn\'t'
    assert choose("zh", "“甲”", "x") == "“甲”"


@pytest.mark.parametrize(("column", "head"), [
    (Column("2022, comparable part", "participations"), "2022, comparable part (participations)"),
    (Column("2022 年可比部分", "%"), "2022 年可比部分（%）"), (Column("单位"), "单位"),
])  # fmt: skip
def test_brackets_are_of_the_head_s_language(column: Column, head: str) -> None:
    assert column.head == head


@pytest.mark.parametrize(("place", "english"), [
    ("表1行5列3 空17", "table 1 row 5 column 3 blank 17"), ("表2行1列4", "table 2 row 1 column 4"),
    ("段12", "paragraph 12"), ("汇总表!AB7", "汇总表!AB7"), ("samples/甲.docx", "samples/甲.docx"),
])  # fmt: skip
def test_places_are_in_the_reader_s_language(place: str, english: str) -> None:
    assert place_words(place, "en") == english
    assert place_words(place, "zh") == place


def test_a_scanned_cell_s_place_leaves_out_where_it_lies_on_the_page() -> None:
    assert place_words("页1表1行2列3 空3 框1:522,178,933,302", "zh") == "页1表1行2列3 空3"
    assert place_words("页1表1行2列3 空3 框1:522,178,933,302", "en") == "page 1 table 1 row 2 column 3 blank 3"


def unit(name: str, value: str) -> MapUnit:
    return MapUnit(name, name, name, 1.0, value, "", False, None, None)


def square(unit_id: str, west: float, side: float) -> Shape:
    ring = ((west, 30.0), (west, 30.0 + side), (west + side, 30.0 + side), (west + side, 30.0), (west, 30.0))
    return Shape(unit_id, west + side / 2, 30.0 + side / 2, side, side, (ring,))


def test_a_district_too_narrow_for_its_name_is_named_where_nothing_is_covered() -> None:
    # A wide district, a narrow one with free land beside it, and two narrow ones side by side.
    shapes = [
        square("Wide", 105.5, 1.2),
        square("Dianjiang", 107.5, 0.5),
        square("Left", 109.0, 0.1),
        square("Right", 109.1, 0.1),
    ]
    units = [unit("Wide", "1"), unit("Dianjiang", "135.1k"), unit("Left", "999.9k"), unit("Right", "999.9k")]
    boxes, frame = list(zip(units, shapes, strict=True)), ((105.0, 29.0, 110.0, 33.0), (SMALL, LARGE))
    found = lean(boxes, fit_labels(boxes, *frame), *frame)
    labels = {label.unit_id: label for label in (*found.first, *found.more)}
    assert labels["Wide"].is_inside
    assert "Dianjiang" in labels["Dianjiang"].text and not labels["Dianjiang"].is_inside
    assert not {"Left", "Right"} <= set(labels)


def test_of_labels_that_lie_on_one_another_the_value_goes_first_and_then_the_later_name() -> None:
    bounds, sizes = (105.0, 29.0, 110.0, 33.0), (SMALL, LARGE)
    step = LINE_PX / pixels_per_degree(bounds, SMALL.width, SMALL.height)

    def label(name: str, rows: float, text: str = "{}<br>9.9k") -> MapLabel:
        return MapLabel(name, 107.0, 31.0 - rows * step, text.format(name))

    over, under, same = label("Over", 0), label("Under", 1.4), label("Same", 1.4)
    found = apart(Fitted((over, under, same), ()), (), bounds, sizes, are_dots_named=True)
    assert [u.text for u in found.first] == ["Over<br>9.9k", "Under"], found
    lone = label("Same", 1.4, "\u00a0<br>{}")
    assert apart(Fitted((over, under), (lone,)), (), bounds, sizes, are_dots_named=True).more == (), (
        "no value without its name"
    )
    dot = Circle(over.lon, over.lat, "Zone", "middle right")
    assert [u.unit_id for u in apart(Fitted((over, under), ()), (dot,), bounds, sizes, are_dots_named=True).first] == [
        "Under"
    ]
