"""Heads as offices shorten them: units apart from their words, people before events, names that end like a unit."""

from __future__ import annotations

import hashlib
import io

import openpyxl
import pytest

from etl.catalog import Catalog, load_catalog
from etl.collected.table import read_collected
from etl.form.identity import Source
from etl.guard.package import open_package
from etl.read.xlsx import read_xlsx
from tests.cases.tables import COLLECTED_HEADS, numbers, read_rows, rules

STUDY = "学习习近平总书记关于安全生产重要论述"


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load_catalog()


def read(catalog: Catalog, heads: list[list[str]], values: list[int], form: str = "chongqing-2021") -> dict[str, float]:
    """What is read of the first unit's row."""
    campaign = catalog.campaigns[form]
    unit = catalog.roster(campaign)[0]
    book = openpyxl.Workbook()
    for row in [["汇总表"], *(["区县" if n == 0 else None, *h] for n, h in enumerate(heads)), [unit.name, *values]]:
        book.worksheets[0].append(row)
    stream = io.BytesIO()
    book.save(stream)
    data = stream.getvalue()
    source = Source("t.xlsx", hashlib.sha256(data).hexdigest(), "xlsx", campaign)
    (submission,) = read_collected(catalog, source, read_xlsx(open_package(data)))
    return {f.indicator_id: f.value for f in submission.facts if f.value is not None and f.unit_id == unit.unit_id}


def test_people_follow_the_words_of_their_event(catalog: Catalog) -> None:
    heads = ["组织集中学习观看（场）", "组织集中学习观看参与（人次）", "理论学习中心组学习（次）", "参与（人次）"]
    assert read(catalog, [heads], [1, 2, 3, 4]) == {
        "feature_film_screenings": 1,
        "feature_film_attendance": 2,
        "theory_group_sessions": 3,
        "theory_group_attendance": 4,
    }


def test_people_may_stand_before_their_event(catalog: Catalog) -> None:
    heads = ["大讲堂、公开课等宣讲（人次）", "大讲堂、公开课等宣讲（场）"]
    assert read(catalog, [heads], [200, 6]) == {"lecture_attendance": 200, "lecture_sessions": 6}


def test_two_columns_of_the_same_people_are_not_guessed(catalog: Catalog) -> None:
    heads = ["组织集中学习观看（场）", "曝光问题隐患", "组织集中学习观看（人次）", "组织集中学习观看参与（人次）"]
    assert read(catalog, [heads], [6, 1, 200, 300]) == {"feature_film_screenings": 6, "hazards_exposed": 1}


def test_three_rows_of_heads_with_the_units_last(catalog: Catalog) -> None:
    heads = [
        [STUDY] * 4,
        ["理论学习中心组学习", "理论学习中心组学习", "专题片", "专题片"],
        ["次数", "人次", "场次", "人次"],
    ]
    assert read(catalog, heads, [1, 2, 3, 4]) == {
        "theory_group_sessions": 1,
        "theory_group_attendance": 2,
        "feature_film_screenings": 3,
        "feature_film_attendance": 4,
    }


def test_every_catalogue_label_is_a_head_of_its_own(catalog: Catalog) -> None:
    """A head is the label, alone and under its activity, in each form with a roster."""
    for campaign in catalog.campaigns.values():
        form = catalog.forms.get(campaign.form_id or "")
        if form is None or form.completeness == "published" or not catalog.roster(campaign):
            continue
        counts = [(a, i) for a in form.activities for i in a.indicators if i.kind == "count"]
        values = list(range(101, 101 + len(counts)))
        truth = dict(zip((i.indicator_id for _, i in counts), values, strict=True))
        groups = [a.title_zh for a, _ in counts]
        assert read(catalog, [groups, [i.label_zh for _, i in counts]], values, campaign.campaign_id) == truth
        units = [i.unit for _, i in counts]
        heads = [groups, [i.label_zh for _, i in counts], units]
        assert read(catalog, heads, values, campaign.campaign_id) == truth


@pytest.mark.parametrize("head", ["人次", "参与人次", "参加人数（人）", "参与（人）"])
def test_a_bare_head_of_people_follows_the_event_before_it(catalog: Catalog, head: str) -> None:
    assert read(catalog, [["理论学习中心组学习（次）", head, "咨询活动（场）"]], [3, 400, 5]) == {
        "theory_group_sessions": 3,
        "theory_group_attendance": 400,
        "consultation_events": 5,
    }


@pytest.mark.parametrize(
    ("head", "scale"), [("参与（百人）", 100), ("参与人数（万人）", 10_000), ("参与（百人次）", 100)]
)
def test_people_are_counted_in_hundreds_too(catalog: Catalog, head: str, scale: int) -> None:
    got = read(catalog, [["理论学习中心组学习（次）", head]], [3, 4])
    assert got == {"theory_group_sessions": 3, "theory_group_attendance": 4 * scale}


def test_a_table_of_people_only(catalog: Catalog) -> None:
    heads = ["理论学习中心组学习（人次）", "组织集中学习观看参与（人次）", "警示教育展览（人次）", "知识竞赛（人次）"]
    assert read(catalog, [heads], [3, 4, 5, 6]) == {
        "theory_group_attendance": 3,
        "feature_film_attendance": 4,
        "warning_exhibition_attendance": 5,
        "quiz_participations": 6,
    }


def test_people_behind_a_column_that_is_not_known_are_nobody_s(catalog: Catalog) -> None:
    heads = ["理论学习中心组学习（次）", "参与人次", "座谈会（场）", "参与人次", "咨询活动（场）"]
    assert read(catalog, [heads], [3, 4, 5, 6, 7]) == {
        "theory_group_sessions": 3,
        "theory_group_attendance": 4,
        "consultation_events": 7,
    }


@pytest.mark.parametrize(
    "head",
    [
        "使用全国安全宣教和应急科普平台", "是否使用全国安全宣教和应急科普平台", "使用全国安全宣教和应急科普平台（是/否）",
        "使用全国宣教和科普平台",
    ],
)  # fmt: skip
def test_a_question_is_known_by_the_forms_own_words(catalog: Catalog, head: str) -> None:
    assert read(catalog, [["曝光问题隐患（条）", head]], [5, "是"]) == {  # type: ignore[list-item]
        "hazards_exposed": 5,
        "national_platform_used": 1,
    }


@pytest.mark.parametrize(
    ("heads", "is_read"),
    [
        (("参与（人次）", "安全宣传咨询活动（场）", "参与（人次）", "应急演练（场）"), False),
        (("曝光问题隐患（条）", "参与人次", "安全宣传咨询活动（场）", "参与人次", "应急演练（场）"), False),
        (("参与（人次）", "安全宣传咨询活动（场）", "参与（人次）", "应急演练（场）", "参与（人次）"), True),
        (("安全宣传咨询活动（场）", "参与（人次）", "应急演练（场）", "曝光问题隐患（条）"), True),
    ],
)
def test_people_before_each_event_are_not_given_to_the_event_before(
    catalog: Catalog, heads: tuple[str, ...], is_read: bool
) -> None:
    found = read(catalog, [[*heads]], list(range(11, 11 + len(heads))))
    at = heads.index("安全宣传咨询活动（场）")
    assert found["consultation_events"] == 11 + at
    assert found.get("consultation_participations") == (12 + at if is_read else None)


def test_numbered_heads(catalog: Catalog) -> None:
    heads = ["1.理论学习中心组学习（次）", "2、参与（人次）", "（3）知识竞赛参与（人次）", "6.16安全宣传咨询活动（场）"]
    got = read(catalog, [heads], [3, 4, 5, 6])
    assert {i: got.get(i) for i in ("theory_group_sessions", "theory_group_attendance", "quiz_participations")} == {
        "theory_group_sessions": 3,
        "theory_group_attendance": 4,
        "quiz_participations": 5,
    }


@pytest.mark.parametrize(
    ("head", "is_read"), [("篇", False), ("条", False), ("场", True), ("期", True), ("场次", True)]
)
def test_a_unit_of_another_kind_in_a_head(catalog: Catalog, head: str, is_read: bool) -> None:
    found = read(catalog, [[f"理论学习中心组学习（{head}）", "曝光问题隐患（处）"]], [3, 45])
    assert found == ({"theory_group_sessions": 3} if is_read else {}) | {"hazards_exposed": 45}


@pytest.mark.parametrize(
    ("head", "indicator"),
    [
        ("2021年理论学习中心组学习（次）", "theory_group_sessions"),
        ("1.1理论学习中心组学习（次）", "theory_group_sessions"),
        ("咨询活动", "consultation_events"),
        ("咨询活动（场）", "consultation_events"),
        ("6·16咨询日活动场次", "consultation_events"),
        ("移送问题隐患（条）", ""),
        ("曝光重大问题隐患（条）", ""),
        ("媒体报道（篇）", ""),
        ("警示教育（场）", ""),
        ("6.16理论学习中心组学习日（次）", ""),
    ],
)
def test_heads_that_are_another_way_to_say_it_or_another_thing(catalog: Catalog, head: str, indicator: str) -> None:
    found = read(catalog, [[head, "参与（人次）", "举报重大隐患和违法违规行为（条次）"]], [3, 120, 12])
    assert {i for i in found if i not in ("public_reports", *PEOPLE)} == ({indicator} if indicator else set())
    assert found["public_reports"] == 12
    assert bool(found.keys() & PEOPLE) == bool(indicator)


PEOPLE = {"theory_group_attendance", "consultation_participations", "warning_film_attendance"}


def test_a_question_is_asked_in_either_order(catalog: Catalog) -> None:
    found = read(catalog, [["电视专题片是否学习", "观看（场）", "观看（人次）", "曝光问题隐患"]], [1, 2, 300, 4])
    assert found == {"feature_film_studied": 1, "hazards_exposed": 4}


@pytest.mark.parametrize("at", [1, 2, 3])
def test_the_column_of_units_may_stand_behind_columns_of_blanks(at: int) -> None:
    lines: list[list[object]] = [[*COLLECTED_HEADS], [3, 120, 7], [4, 150, 8]]
    for line, name in zip(lines, ("区县", "万州区", "黔江区"), strict=True):
        line.insert(at, name)
    assert numbers(read_rows(lines)) == {"500101": (3, 120, 7), "500114": (4, 150, 8)}


def test_a_column_of_figures_before_the_units_that_is_no_blank_is_named() -> None:
    lines = [
        ["序号", "乡镇数（个）", "区县", *COLLECTED_HEADS],
        [1, 41, "万州区", 3, 120, 7],
        [2, 30, "黔江区", 4, 150, 8],
    ]
    found = read_rows(lines)
    assert numbers(found) == {"500101": (3, 120, 7), "500114": (4, 150, 8)}
    assert rules(found)["column_unread"] == "乡镇数(个)"
