"""Heads that say a name and how it is counted (演练场次, 知识竞赛人数), rows of hints, and heads that mean no one blank."""

from __future__ import annotations

from functools import lru_cache

import pytest

from etl.catalog import Catalog, load_catalog
from etl.collected.columns import ColumnMap, map_columns
from etl.collected.heads import header_paths
from etl.collected.layout import Layout
from etl.document import Sheet


@lru_cache(maxsize=1)
def catalog() -> Catalog:
    return load_catalog()


def mapped(heads: list[list[str | None]], form_id: str = "chongqing-2021") -> ColumnMap:
    """What the columns below these heads mean."""
    rows = tuple(("区县" if n == 0 else None, *row) for n, row in enumerate(heads))
    paths = header_paths(Sheet("表", rows), Layout(0, len(rows), tuple(range(len(rows))), (), (), ()))
    return map_columns(catalog().forms[form_id], paths, 0)


def blanks(heads: list[list[str | None]], form_id: str = "chongqing-2021") -> list[str]:
    """Blank by blank what the columns mean, from left to right; '' for one that is not known."""
    columns = {c: i for i, c in mapped(heads, form_id).of_indicator.items()}
    return [columns.get(c, "") for c in range(1, 1 + len(heads[-1]))]


@pytest.mark.parametrize(
    "head", ["培训（场）", "培训（人次）", "安全培训（人次）", "警示教育（场）", "警示教育（人次）", "警示教育参与（人次）", "答题（人次）", "参与答题（人次）"]
)  # fmt: skip
def test_a_head_that_two_blanks_may_mean_is_nobody_s(head: str) -> None:
    assert blanks([["曝光问题隐患（条）", head]]) == ["hazards_exposed", ""]


def test_a_pledge_is_the_paper_it_is_written_on() -> None:
    assert blanks([["倡议（人次）"]], "jincheng-2022") == ["first_responsible_pledge_participations"]
