"""Heads that say a name and how it is counted (演练场次, 知识竞赛人数), rows of hints, and heads that mean no one blank."""

from __future__ import annotations

from functools import lru_cache

import pytest

from etl.catalog import Catalog, load_catalog
from etl.collected.columns.match import ColumnMap, map_columns
from etl.collected.sheet.heads import header_paths
from etl.collected.sheet.layout import Layout
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


@pytest.mark.parametrize(
    ("head", "blank"),
    [
        ("演练场次", "drill_events"),
        ("避险逃生演练人数", "drill_participations"),
        ("应急演练（场）", "drill_events"),
        ("警示片场次", "warning_film_screenings"),
        ("专题片观看场次", "feature_film_screenings"),
        ("专题片观看人数", "feature_film_attendance"),
        ("知识竞赛人数", "quiz_participations"),
        ("咨询日参与人数", "consultation_participations"),
        ("咨询日（人次）", "consultation_participations"),
        ("咨询活动人数", "consultation_participations"),
        ("中心组学习（人）", "theory_group_attendance"),
        ("中心组学习场次", "theory_group_sessions"),
        ("公开课（人次）", "lecture_attendance"),
        ("举报数", "public_reports"),
        ("隐患曝光数", "hazards_exposed"),
        ("隐患曝光条数", "hazards_exposed"),
        ("曝光问题隐患单位：条", "hazards_exposed"),
        ("（五）避险逃生演练参与（人次）", "drill_participations"),
        ("“避险逃生演练参与（人次）”", "drill_participations"),
        ("主播走一线（场）", "anchor_frontline_events"),
    ],
)
def test_a_name_and_how_it_is_counted(head: str, blank: str) -> None:
    assert blanks([[head]]) == [blank]


@pytest.mark.parametrize(
    "head",
    [
        "桌面演练场次", "宣传产品份数", "警示教育片数", "专题片数", "吹哨人人数", "红袖章人数", "红袖章（人）", "宣讲员人数", "举报重大隐患数",
        "展览人次", "展览参与人次", "参观（人次）", "大扫除（场）", "隐患数", "隐患整改数", "演练企业数", "知识竞赛获奖人数", "典型案例数", "媒体报道数",
        "媒体报道集中攻坚进展成效（篇）",
    ],
)  # fmt: skip
def test_a_count_of_something_else(head: str) -> None:
    assert blanks([["网上展览参与（人次）", head]]) == ["online_exhibition_participations", ""]


@pytest.mark.parametrize(
    "head",
    [
        "警示片（场）",
        "全员演练（场）",
        "专家会诊（场）",
        "语音提示（条）",
        "体验（人次）",
        "专题片观看（场）",
        "安全知识测试（人次）",
        "公益广告（条）",
        "其它特色活动组织（人次）",
    ],
)
def test_one_of_several_things_is_not_all_of_them(head: str) -> None:
    assert blanks([[head]], "jincheng-2022") == [""]


def test_heads_that_say_the_forms_words_are_sure_and_others_are_told() -> None:
    found = mapped([["安全宣传咨询活动场次", "演练场次", "曝光问题隐患数", "知识竞赛人数"]])
    assert set(found.reworded) == {"drill_events", "quiz_participations"}


def test_the_measure_below_the_name() -> None:
    heads: list[list[str | None]] = [
        ["咨询日活动", None, "隐患曝光", "应急演练", None, "公开课", None],
        ["场次", "人次", "条数", "场次", "人次", "场次", "人数"],
    ]
    assert blanks(heads) == [
        "consultation_events", "consultation_participations", "hazards_exposed", "drill_events", "drill_participations",
        "lecture_sessions", "lecture_attendance",
    ]  # fmt: skip


def test_three_levels_with_the_unit_last() -> None:
    heads: list[list[str | None]] = [
        ["咨询日", None, "五进", None], ["开展场次", "参与人次", "开展演练", "参与"], ["场", "人次", "场", "万人次"],
    ]  # fmt: skip
    found = mapped(heads)
    assert blanks(heads) == [
        "consultation_events",
        "consultation_participations",
        "drill_events",
        "drill_participations",
    ]
    assert found.scale == {"drill_participations": 10_000}
