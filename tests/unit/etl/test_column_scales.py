"""Figures in 万 or 千 however a table says so: in a head, above, beside or below. Unclear words withhold, never divide by 10,000."""

from __future__ import annotations

import hashlib
import io

import openpyxl
import pytest

from etl.catalog import Catalog, load_catalog
from etl.collected.table import read_collected
from etl.extract.scale import scale_of
from etl.facts import Fact
from etl.form.identity import Source
from etl.guard.package import open_package
from etl.read.xlsx import read_xlsx

CAMPAIGN = "chongqing-2021"
EVENTS, PEOPLE = "theory_group_sessions", "theory_group_attendance"
HEAD = ["序号", "区县", "理论学习中心组学习", "理论学习中心组学习参与"]


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load_catalog()


def read(catalog: Catalog, rows: list[list[object]]) -> dict[str, Fact]:
    book = openpyxl.Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    stream = io.BytesIO()
    book.save(stream)
    data = stream.getvalue()
    source = Source("t.xlsx", hashlib.sha256(data).hexdigest(), "xlsx", catalog.campaigns[CAMPAIGN])
    (submission,) = read_collected(catalog, source, read_xlsx(open_package(data)))
    return {f.indicator_id: f for f in submission.facts if f.unit_id == "500101"}


@pytest.mark.parametrize(
    ("line", "times"),
    [
        ("单位：场、万人次", 10_000),
        ("计量单位：次/万人次", 10_000),
        ("（单位：场次、万人次、篇）", 10_000),
        ("单位：万人次  填报日期：2021年7月1日", 10_000),
        ("参与人次单位为万", 10_000),
        ("注：人次以万计", 10_000),
        ("单位: 千人次", 1_000),
        ("单位：场、人次", 1),
        ("填报单位：万州区", 1),
        ("注：全市共3万人次参加", 1),
    ],
)
@pytest.mark.parametrize("is_below", [False, True])
def test_a_line_about_people_scales_their_columns(catalog: Catalog, line: str, times: int, is_below: bool) -> None:
    table: list[list[object]] = [HEAD, [1, "万州区", 5, 3]]
    got = read(catalog, [["汇总表"], *table, [line]] if is_below else [["汇总表"], [line], *table])
    assert (got[EVENTS].value, got[PEOPLE].value) == (5, 3 * times)


@pytest.mark.parametrize("line", ["单位：人次（万）", "参与人次的单位：场、万"])
def test_unclear_words_withhold_the_columns_of_people(catalog: Catalog, line: str) -> None:
    got = read(catalog, [["汇总表"], [line], HEAD, [1, "万州区", 5, 3]])
    assert (got[EVENTS].value, got[PEOPLE].value) == (5, None)
    assert "scale_unclear" in got[PEOPLE].flags


def test_the_head_of_the_names_may_give_the_scale(catalog: Catalog) -> None:
    got = read(catalog, [["汇总表"], ["序号", "区县（万人次）", *HEAD[2:]], [1, "万州区", 5, 3]])
    assert (got[EVENTS].value, got[PEOPLE].value) == (5, 30_000)


@pytest.mark.parametrize(
    ("tail", "times"),
    [("/万人次", 10_000), ("，万人次", 10_000), ("（千人次）", 1_000), ("（单位：万）", 10_000), ("/人次", 1)],
)
def test_the_head_of_a_column_gives_its_own_scale(catalog: Catalog, tail: str, times: int) -> None:
    got = read(catalog, [["汇总表"], [*HEAD[:3], HEAD[3] + tail], [1, "万州区", 5, 3]])
    assert (got[EVENTS].value, got[PEOPLE].value) == (5, 3 * times)


def test_a_scale_in_a_head_that_is_not_understood_withholds(catalog: Catalog) -> None:
    got = read(
        catalog, [["汇总表"], [*HEAD[:2], "学习活动（人次、万）", None], [*HEAD[:2], *HEAD[2:]], [1, "万州区", 5, 3]]
    )
    assert got[PEOPLE].value is None and "scale_unclear" in got[PEOPLE].flags


def test_ten_thousand_times_may_be_people_or_events() -> None:
    assert [scale_of(unit, ["单位：万次"]) for unit in ("次", "人次", "场")] == [0, 0, 1]


@pytest.mark.parametrize("typed", [15_000, "15000", "15,000"])
def test_more_people_than_can_be_are_no_ten_thousands(catalog: Catalog, typed: object) -> None:
    got = read(
        catalog,
        [["汇总表"], [*HEAD[:3], "理论学习中心组学习参与（万人次）"], [1, "万州区", 5, typed], [2, "涪陵区", 5, 2.6]],
    )
    assert (got[EVENTS].value, got[PEOPLE].value, got[PEOPLE].proposal) == (5, None, str(typed))
    assert "scale_unclear" in got[PEOPLE].flags


@pytest.mark.parametrize(("typed", "meant"), [(1.5, 15_000), (150, 1_500_000), ("15000万", 150_000_000)])
def test_a_number_that_can_be_in_ten_thousands_is(catalog: Catalog, typed: object, meant: int) -> None:
    got = read(
        catalog,
        [["汇总表"], [*HEAD[:3], "理论学习中心组学习参与（万人次）"], [1, "万州区", 5, typed], [2, "涪陵区", 5, 2.6]],
    )
    assert got[PEOPLE].value == meant
