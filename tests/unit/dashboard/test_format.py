"""Numbers the Chinese way and the English way; missing marks stay apart."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard import format as fmt
from dashboard.records import Lang


@pytest.mark.parametrize(
    ("value", "zh", "en"),
    [
        (None, "—", "—"),
        (0, "0", "0"),
        (7.25, "7.3", "7.3"),
        (1946, "1,946", "1,946"),
        (9999, "9,999", "9,999"),
        (9999.96, "1万", "10k"),
        (10_000, "1万", "10k"),
        (32_000, "3.2万", "32k"),
        (342_449, "34.2万", "342.4k"),
        (999_960, "100万", "1M"),
        (4_863_000, "486.3万", "4.863M"),
        (5_929_400, "592.9万", "5.929M"),
        (19_342_000, "1,934万", "19.34M"),
        (99_999_999, "1亿", "100M"),
        (114_000_000, "1.14亿", "114M"),
        (1_411_778_724, "14.12亿", "1.412B"),
        (-5_929_400, "−592.9万", "−5.929M"),
        (-8489, "−8,489", "−8,489"),
        (-23_000, "−2.3万", "−23k"),
    ],
)
def test_short_numbers(value: float | None, zh: str, en: str) -> None:
    assert (fmt.compact(value, "zh"), fmt.compact(value, "en")) == (zh, en)


@given(st.floats(min_value=10_000, max_value=9e11))
def test_english_is_as_precise_as_chinese(value: float) -> None:
    units = {"万": 10**4, "亿": 10**8, "k": 10**3, "M": 10**6, "B": 10**9}
    zh, en = fmt.compact(value, "zh"), fmt.compact(value, "en")
    far, near = (abs(float(Decimal(text[:-1].replace(",", "")) * units[text[-1]]) - value) for text in (zh, en))
    assert far <= max(500, value * 5e-4)
    assert near <= max(50, value * 5e-4)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "—"),
        (12.34, "+12.3%"),
        (-4.06, "−4.1%"),
        (0.0, "0%"),
        (0.01, "<+0.1%"),
        (-0.01, ">−0.1%"),
        (250, "+250%"),
    ],
)
def test_signed_percent(value: float | None, text: str) -> None:
    assert fmt.signed_percent(value) == text


def test_half_is_rounded_up_not_to_even() -> None:
    assert fmt.plain(2.5, 0) == "3"
    assert fmt.plain(0.25) == "0.3"
    assert fmt.plain(1234567.0) == "1,234,567"


def test_points_are_not_percent() -> None:
    assert fmt.signed_points(3.1, "zh") == "+3.1 个百分点"
    assert fmt.signed_points(-2.0, "en") == "−2 pp"


@pytest.mark.parametrize(
    ("qualifier", "zh", "en"),
    [("exact", "5万", "5万"), ("at_least", "5万+", "5万+"), ("at_most", "≤5万", "≤5万"), ("approx", "约5万", "~5万")],
)
def test_qualifiers(qualifier: str, zh: str, en: str) -> None:
    assert fmt.qualified("5万", qualifier, "zh") == zh
    assert fmt.qualified("5万", qualifier, "en") == en
    assert fmt.qualified(fmt.NOTHING, qualifier, "zh") == fmt.NOTHING


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_kind_of_missing_has_its_own_mark(lang: Lang) -> None:
    kinds = ("not_reported", "not_filled", "not_applicable", "pending", "unquantified", "row_missing", "unreadable")
    marks = [fmt.state_mark(kind, lang) for kind in kinds]
    assert len(set(marks)) == len(kinds)
    assert not {"0", "", fmt.NOTHING} & set(marks)


def test_an_unknown_state_is_never_zero() -> None:
    assert fmt.state_mark("brand_new_state", "zh") == "brand_new_state"


@pytest.mark.parametrize(
    ("value", "qualifier", "place", "zh", "en"),
    [
        (0, "approx", "页1表1行5列3 空24 框1:522,518,933,663", "0（OCR，待确认）", "0 (OCR, to be confirmed)"),
        (0, "approx", "表1行5列3 空24", "0（待确认）", "0 (to be confirmed)"),
        (0, "exact", "表1行5列3 空24", "0", "0"),
        (12, "approx", "页1表1行5列3 空24 框1:522,518,933,663", "约12", "~12"),
    ],
)
def test_nothing_is_about_nought(value: float, qualifier: str, place: str, zh: str, en: str) -> None:
    assert fmt.read_number(value, qualifier, place, "zh") == zh
    assert fmt.read_number(value, qualifier, place, "en") == en
