"""What a cell's number format shows beside the number that is stored."""

from __future__ import annotations

import pytest

from etl.read.number_format import shown
from tests.cases.tables import COLLECTED_HEADS, numbers, read_rows

A, B, C = COLLECTED_HEADS
IN_TEN_THOUSANDS = "公开课、大家谈、班组会参与(万人次)"


def read(stored: float, code: str, head: str = B) -> tuple[float, ...]:
    rows = [["区县", A, head, C], ["万州区", 3, stored, 7], ["黔江区", 4, 1, 8]]
    return numbers(read_rows(rows, formats={"C2": code})).get("500101", ())


@pytest.mark.parametrize(
    "code",
    ['0!.0000"万"', '0"."0000"万"', '0\\.0000"万"', '#!.0000"万"', '[>=10000]0!.0000"万";0', '0!.0,"万"', "0!.0000",
     '0!.000"千"', '0!.0,"w"', '0"万"0000', '#,##0', '0_ ;[红色]-0 ', '0"人次"', '0"*"', '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ '],
)  # fmt: skip
def test_the_stored_number_is_meant(code: str) -> None:
    assert read(12000, code) == (3, 12000, 7)


@pytest.mark.parametrize("code", ['0!.0,"万"', "0!.0,", "0!.0000", '0!.0000"万"'])
def test_a_head_in_ten_thousands_does_not_raise_what_the_format_divides(code: str) -> None:
    assert read(12000, code, IN_TEN_THOUSANDS) == (3, 12000, 7)


@pytest.mark.parametrize(("stored", "code", "meant"), [(3, '0"万"', 30000), (3, '0"w"', 30000), (12, '0"00"', 1200), (12, '0"000"', 12000), (20, '"1"0', 120)])  # fmt: skip
def test_what_is_shown_is_meant(stored: float, code: str, meant: float) -> None:
    assert read(stored, code) == (3, meant, 7)


@pytest.mark.parametrize(
    ("stored", "code"),
    [(0, '0;-0;"/"'), (0, '0;-0;"未统计"'), (120, '0"?"'), (120, "-0"), (120, '"-"0'), (120, '"无"'), (120, '"¥"0'), (1215, '0"-"0'),
     (50, '[>100]0"人次";[<=100]"若干"'), (12000, '0!.00,"万"'), (12, "0!.0")],
)  # fmt: skip
def test_what_shows_something_else_is_withheld(stored: float, code: str) -> None:
    assert read(stored, code) == (3, 7)


def test_nought_in_the_format_of_money_is_nought() -> None:
    money = '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ '
    assert read(0, money) == (3, 0, 7)
    assert shown(0, '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ') is None


def test_old_workbooks_read_formats_alike() -> None:
    assert shown(12000, '0!.0000"万"') == "1.2万"
    assert shown(0.125, "0.0%") is None
    assert shown(120, "General") is None
    assert shown(120, "# ?/?") is None
    assert shown(120, "0.00E+00") is None
    assert shown(-5, '0"万"') is None


@pytest.mark.parametrize(("stored", "meant"), [(28.999999999999996, 29), (110.00000000000001, 110)])
def test_what_a_sum_leaves_behind_the_fifteenth_digit_is_not_shown(stored: float, meant: float) -> None:
    assert read(stored, "General") == (3, meant, 7)
