"""Pictures among the text of a report: each on the first page that has room for it, in its part, numbered as they stand."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

import pytest

from dashboard.release import Database
from dashboard.reports.blocks import Annex, Block, Heading, Para, Picture
from dashboard.reports.data import gather
from dashboard.reports.docx_style import LINES_A_PAGE
from dashboard.reports.flow import FIRST_LINES, flowed
from dashboard.reports.opening import view_of
from dashboard.reports.page_lines import block_lines, text_lines
from dashboard.reports.words import outline

QUERIES = ({"area": "chongqing", "year": "2021"}, {"area": "jincheng", "year": "2022"})
FIFTH = LINES_A_PAGE / 5


def white(blocks: tuple[Block, ...], lines: dict[int, float]) -> list[float]:
    """Lines left white before each picture that goes to the next page."""
    left, found = float(LINES_A_PAGE - FIRST_LINES), []
    for n, block in enumerate(blocks):
        if isinstance(block, Picture) and lines[n] > left:
            found.append(left)
            left = LINES_A_PAGE
        left -= lines[n]
        while left <= 0:
            left += LINES_A_PAGE
    return found


@pytest.mark.parametrize("query", QUERIES, ids=["chongqing", "jincheng"])
def test_no_page_is_left_white_before_a_picture_by_more_than_a_fifth(source: Database, query: dict[str, str]) -> None:
    data = gather(view_of(source, query))
    blocks = outline(data)
    lines = {n: block_lines(data.view, block) for n, block in enumerate(blocks)}
    gaps = white(blocks, lines)
    assert max(gaps, default=0) < FIFTH and sum(gaps) < 2 * FIFTH, gaps
    assert all(block.scale > 0.8 for block in blocks if isinstance(block, Picture)), "words can still be read"
    parts: list[list[str]] = [[]]
    for block in blocks:
        if isinstance(block, Heading) and block.level == 1:
            parts.append([])
        if isinstance(block, Picture):
            parts[-1].append(block.chart.name)
    between = ["change", "change_map", "history"]
    assert sorted(parts[3]) == between and len(parts[2]) == len(data.charts) - 3
    after_heading = [b for a, b in pairwise(blocks) if isinstance(a, Heading)]
    assert not any(isinstance(block, Picture) for block in after_heading)
    captions = [block.caption for block in blocks if isinstance(block, Picture)]
    assert [c.partition("\u3000")[0] for c in captions] == [f"图{n}" for n in range(1, len(captions) + 1)]


def test_text_goes_on_where_a_picture_has_to_wait_and_never_past_its_part(source: Database) -> None:
    data = gather(view_of(source, QUERIES[0]))
    first, second = (Picture(replace(chart, name=name)) for chart, name in zip(data.charts, "ab", strict=False))
    blocks = (Heading(1, "一"), Para("1"), first, Para("2"), second, Heading(1, "二"), Para("3"))
    sizes = {"1": 10.0, "2": 3.0, "a": 12.0, "b": 4.0, "3": 1.0}

    def lines(block: Block) -> float:
        if isinstance(block, Picture):
            return sizes[block.chart.name]
        return sizes[block.text] if isinstance(block, Para) else 1.0

    found = flowed(data.view, blocks, lines)
    names = [b.chart.name if isinstance(b, Picture) else "" if isinstance(b, Annex) else b.text for b in found]
    assert names == ["一", "1（见图2）。", "2（见图1）。", "b", "a", "二", "3"], (
        "each names its own picture, wherever that stands"
    )


@pytest.mark.parametrize("query", [*QUERIES, QUERIES[0] | {"lang": "en"}], ids=["chongqing", "jincheng", "english"])
def test_a_picture_stays_in_its_section_and_the_text_before_it_names_it(
    source: Database, query: dict[str, str]
) -> None:
    view = view_of(source, query)
    asked: dict[str, str] = {}
    section = ""
    data = gather(view)
    blocks = outline(data)
    named: list[str] = []
    for block in blocks:
        if isinstance(block, Heading):
            section, named = block.text, []
        elif isinstance(block, Para):
            named += re.findall(r"图\d+|Figure \d+", block.text)
        elif isinstance(block, Picture):
            asked[block.chart.key] = section
            number = re.match(r"图\d+|Figure \d+", block.caption)
            assert number and number[0] in named, (block.caption, section)
    wanted = {
        "map:activity_coverage": "活动开展覆盖",
        "map:hazards_exposed": "问题隐患曝光",
        "map:participation": "宣传教育",
    }
    for key, title in wanted.items():
        assert view.lang == "en" or key not in asked or title in asked[key], (key, asked[key])
    assert len(asked) == len(data.charts)


def test_a_picture_does_not_pass_a_heading_of_any_level(source: Database) -> None:
    data = gather(view_of(source, QUERIES[0]))
    tall = Picture(replace(data.charts[0], name="tall"))
    blocks = (Heading(1, "一"), Heading(2, "甲"), Para("1"), tall, Heading(2, "乙"), Para("2"))
    found = flowed(data.view, blocks, lambda block: LINES_A_PAGE - 1.0 if isinstance(block, Picture) else 5.0)
    assert [type(b).__name__ for b in found] == ["Heading", "Heading", "Para", "Picture", "Heading", "Para"]


def test_lines_of_a_paragraph_keep_numbers_and_marks_together() -> None:
    assert text_lines("字" * 26) == 1 and text_lines("字" * 27) == 2 and text_lines("字" * 54) == 2
    assert text_lines("字" * 25 + "，" * 2) == 2, "a closing mark takes its character with it"
    assert text_lines("字" * 23 + "123456789" + "字" * 23) == 3, "a number goes to the next line whole"
