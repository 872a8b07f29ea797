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


@pytest.mark.parametrize("typed", ["3 100", "12 400", "3\u00a0100", "1 2", "5 0 5"])
def test_a_space_may_part_the_thousands_or_single_digits(typed: str) -> None:
    found = read_rows([["区县", *COLLECTED_HEADS], ["万州区", 3, typed, 7], ["黔江区", 4, 150, 8]])
    assert numbers(found)["500101"] == (3, int("".join(typed.split())), 7)
    assert rules(found)["inner_space"] == typed


def test_a_blanks_own_name_without_an_answer_is_no_line() -> None:
    # 测试 alone would say that what follows is no real data.
    rows = [
        ["指标", "万州区", "黔江区"],
        ["知识、技能趣味测试参与（人次）", None, None],
        ["集中曝光突出问题（个）", 7, 8],
    ]
    assert numbers(read_rows(rows)) == {"500101": (7,), "500114": (8,)}


@pytest.mark.parametrize("typed", ["3 100 200", "1 20", "350 120"])
def test_other_numbers_apart_are_two(typed: str) -> None:
    found = read_rows([["区县", *COLLECTED_HEADS], ["万州区", 3, typed, 7], ["黔江区", 4, 150, 8]])
    assert numbers(found)["500101"] == (3, 7)


@pytest.mark.parametrize("note", ["2021年", "2021年数", "渝北区", "未核", "同上", "户", "家", "未统计", "无"])
def test_a_note_that_makes_it_another_figure_withholds_it(note: str) -> None:
    typed = f"120（{note}）"
    found = read_rows([["区县", *COLLECTED_HEADS], ["万州区", 3, typed, 7], ["黔江区", 4, 150, 8]])
    assert numbers(found)["500101"] == (3, 7)
    assert [f.proposal for f in found.findings if f.found == typed] == ["120"]


@pytest.mark.parametrize("note", ["2022年", "全区", "人", "含线上", "较去年增长20%"])
def test_a_note_that_changes_nothing_does_not(note: str) -> None:
    found = read_rows([["区县", *COLLECTED_HEADS], ["万州区", 3, f"120（{note}）", 7], ["黔江区", 4, 150, 8]])
    assert numbers(found)["500101"] == (3, 120, 7)


def test_an_arrow_is_told() -> None:
    found = read_rows([["区县", *COLLECTED_HEADS], ["万州区", 3, "120↑", 7], ["黔江区", 4, 150, 8]])
    assert rules(found)["rise_mark"] == "120↑"


def test_a_number_behind_one_name_only_is_told() -> None:
    rows: list[list[object]] = [["区县", *COLLECTED_HEADS], ["万州区2", 3, 120, 7], ["黔江区", 4, 150, 8]]
    assert rules(read_rows(rows))["remark_unclear"] == "万州区2"
    assert "remark_unclear" not in rules(read_rows([rows[0], rows[1], ["黔江区3", 4, 150, 8]]))
