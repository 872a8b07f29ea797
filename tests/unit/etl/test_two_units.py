"""Columns of two numbers each (场/人次 over 5/120), lists that number their units, codes below the heads, heads on a new page."""

from __future__ import annotations

import hashlib
import io

import openpyxl
import pytest

from etl.catalog import Catalog, load_catalog
from etl.collected.table import read_collected
from etl.facts import Submission
from etl.form.identity import Source
from etl.guard.package import open_package
from etl.read.xlsx import read_xlsx

FILM = "组织集中学习观看"


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load_catalog()


def read(catalog: Catalog, *rows: list[object]) -> Submission:
    book = openpyxl.Workbook()
    for row in [["2021年安全生产月活动汇总表"], *rows]:
        book.worksheets[0].append(row)
    stream = io.BytesIO()
    book.save(stream)
    data = stream.getvalue()
    source = Source("t.xlsx", hashlib.sha256(data).hexdigest(), "xlsx", catalog.campaigns["chongqing-2021"])
    (submission,) = read_collected(catalog, source, read_xlsx(open_package(data)))
    return submission


def values(submission: Submission) -> dict[tuple[str | None, str], tuple[float, str]]:
    return {(f.unit_id, f.indicator_id): (f.value, f.place) for f in submission.facts if f.value is not None}


@pytest.mark.parametrize("head", [f"{FILM}（场/人次）", f"{FILM}场次/人次", f"{FILM}\n（场、人次）"])
def test_two_numbers_in_a_cell_are_two_blanks(catalog: Catalog, head: str) -> None:
    found = values(read(catalog, ["区县", head], ["万州区", "5/1,200"], ["黔江区", "3场/ 90人次"], ["涪陵区", None]))
    assert found == {
        ("500101", "feature_film_screenings"): (5.0, "Sheet!B3"),
        ("500101", "feature_film_attendance"): (1200.0, "Sheet!B3"),
        ("500114", "feature_film_screenings"): (3.0, "Sheet!B4"),
        ("500114", "feature_film_attendance"): (90.0, "Sheet!B4"),
    }


def test_a_column_where_one_cell_holds_one_number_is_named_and_not_split(catalog: Catalog) -> None:
    found = read(
        catalog, ["区县", f"{FILM}（场/人次）", "曝光问题隐患（条）"], ["万州区", "5/1200", 7], ["黔江区", "90", 8]
    )
    assert {i for _, i in values(found)} == {"hazards_exposed"}
    assert [f.words["value"] for f in found.findings if f.rule == "column_unread"] == ["5/1200、90"]


@pytest.mark.parametrize("names", [["1.万州区", "2.黔江区"], ["01 万州区", "02 黔江区"], ["①万州区", "②黔江区"], ["（1）万州区", "（2）黔江区"], ["1、万州区", "2、黔江"]])  # fmt: skip
def test_a_list_may_number_its_units(catalog: Catalog, names: list[str]) -> None:
    found = values(read(catalog, ["区县", f"{FILM}（场）"], [names[0], 5], [names[1], 6]))
    assert {unit: value for (unit, _), (value, _) in found.items()} == {"500101": 5.0, "500114": 6.0}


@pytest.mark.parametrize(
    "codes", [["代码", "A01", "A02"], ["甲", "1", "2"], ["栏次", 1, 2], ["指标代码", "X-1", "X-2"]]
)
def test_codes_below_the_heads_are_no_part_of_them(catalog: Catalog, codes: list[object]) -> None:
    found = read(catalog, ["区县", f"{FILM}（场）", f"{FILM}（人次）"], codes, ["万州区", 5, 90])
    assert {i: v for (_, i), (v, _) in values(found).items()} == {
        "feature_film_screenings": 5.0,
        "feature_film_attendance": 90.0,
    }


def test_heads_repeated_on_a_new_page_are_no_unit(catalog: Catalog) -> None:
    heads: list[object] = ["区县", f"{FILM}（场）", "12350举报隐患（个）"]
    found = read(catalog, heads, ["万州区", 5, 1], ["（续表）"], heads, ["黔江区", 6, 2])
    assert {u for u, _ in values(found)} == {"500101", "500114"}
    assert all(f.unit_id for f in found.facts)
    assert not [f for f in found.findings if f.rule == "unit_unresolved"]


@pytest.mark.parametrize(
    ("head", "typed"), [("制作公益广告、海报等（条/份）", "12/30"), (f"{FILM}平均（人次/场）", "120/3")]
)
def test_a_unit_of_two_names_or_a_rate_is_no_pair(catalog: Catalog, head: str, typed: str) -> None:
    found = read(catalog, ["区县", head, "曝光问题隐患（条）"], ["万州区", typed, 7], ["黔江区", typed, 8])
    assert {i for _, i in values(found)} == {"hazards_exposed"}


@pytest.mark.parametrize("words", ["未开展", "拟开展", "下月", "取消", "企业", "其中", "观摩"])
@pytest.mark.parametrize("where", ["before", "behind"])
def test_a_head_that_says_more_asks_for_something_else(catalog: Catalog, words: str, where: str) -> None:
    head = f"{words}{FILM}（场）" if where == "before" else f"{FILM}{words}（场）"
    found = read(catalog, ["区县", head, "曝光问题隐患（条）"], ["万州区", 5, 7], ["黔江区", 6, 8])
    assert "feature_film_screenings" not in {i for _, i in values(found)}
    assert any(f.rule in ("column_unread", "columns_aside") for f in found.findings)


@pytest.mark.parametrize("head", [f"开展{FILM}（场）", f"各级{FILM}活动（场）"])
def test_a_head_may_say_what_changes_nothing(catalog: Catalog, head: str) -> None:
    found = values(read(catalog, ["区县", head], ["万州区", 5], ["黔江区", 6]))
    assert found["500101", "feature_film_screenings"][0] == 5.0
