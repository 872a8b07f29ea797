"""Delimited text whose rows have other numbers of fields than its heads; cells that hold two numbers or a scale of their own."""

from __future__ import annotations

import pytest

from tests.cases.tables import COLLECTED_HEADS, numbers, read_csv, read_rows, rules

HEADS = "区县," + ",".join(f'"{h}"' for h in COLLECTED_HEADS)
OTHERS = {"500114": (4, 150, 8), "500102": (5, 160, 9)}


@pytest.mark.parametrize("row", ["万州区,3,7", "万州区,120,7", "万州区,3,1,200,7"])
def test_a_row_with_other_fields_than_the_heads_is_withheld(row: str) -> None:
    found = read_csv(f"{HEADS}\n{row}\n黔江区,4,150,8\n涪陵区,5,160,9\n")
    assert numbers(found) == OTHERS
    assert "row_shifted" in rules(found)


def test_rows_that_are_all_short_are_read() -> None:
    assert numbers(read_csv(f"{HEADS},备注\n黔江区,4,150,8\n涪陵区,5,160,9\n")) == OTHERS


@pytest.mark.parametrize("row", ["万州区,3,120,7,数据已核,无误", "万州区,3,120,7", "万州区,3,120,7,含线上,含企业"])
def test_a_comma_inside_the_last_remark_moves_nothing(row: str) -> None:
    found = read_csv(f"{HEADS},备注\n{row}\n黔江区,4,150,8,\n涪陵区,5,160,9,\n")
    assert numbers(found) == {"500101": (3, 120, 7), **OTHERS}


@pytest.mark.parametrize("row", ["万州区,3,1,200,7", "万州区,3,1,200,7,已核", "万州区,3,120"])
def test_a_number_in_the_remark_moved_the_row(row: str) -> None:
    assert numbers(read_csv(f"{HEADS},备注\n{row}\n黔江区,4,150,8,\n涪陵区,5,160,9,\n")) == OTHERS


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("8千", 8000), ("八千", 8000), ("8k", 8000), ("1.2w", 12000), ("0.8", 8000), ("1.2万人次", 12000)],
)
def test_a_scale_in_the_cell_is_its_own_under_a_head_in_ten_thousands(typed: str, meant: int) -> None:
    heads = ["区县", COLLECTED_HEADS[0], "公开课、大家谈、班组会参与(万人次)"]
    assert numbers(read_rows([heads, ["万州区", 3, typed], ["黔江区", 4, 1.5]])) == {
        "500101": (3, meant),
        "500114": (4, 15000),
    }


def test_two_numbers_in_a_cell_are_withheld() -> None:
    found = read_rows([["区县", *COLLECTED_HEADS], ["万州区", 3, "350 120", 7], ["黔江区", 4, 150, 8]])
    assert numbers(found) == {"500101": (3, 7), "500114": (4, 150, 8)}
    assert rules(found)["two_values"] == "350 120"
