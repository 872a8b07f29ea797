"""What is typed into a count or a box, and what it says. Groups A and C of the reading cases."""

from __future__ import annotations

import random

import pytest

from etl.interpret.count import Typed, interpret_count
from etl.interpret.dates import interpret_date
from etl.interpret.flag import interpret_flag
from etl.interpret.numerals import parse_numeral

N = None
# typed, after the bracket, unit, value, qualifier, state, a flag it must carry ('' none needed)
COUNTS = [
    ("1200", "", "人次", 1200, "exact", "reported", ""),
    (" 1200\u3000", "", "人次", 1200, "exact", "reported", ""),
    ("１２００", "", "人次", 1200, "exact", "reported", ""),
    ("1,200", "", "人次", 1200, "exact", "reported", ""),
    ("1，200", "", "人次", 1200, "exact", "reported", "fullwidth_comma"),
    ("1 200", "", "人次", 1200, "exact", "reported", "inner_space"),
    ("1 2", "", "场", 12, "exact", "reported", "inner_space"),
    ("12 000 5", "", "人次", None, "exact", "unreadable", "two_values"),
    ("共12 000 5", "", "人次", None, "exact", "unreadable", "two_values"),
    ("7.7万", "", "人次", 77000, "exact", "reported", "rounded"),
    ("3.5", "万", "人次", 35000, "exact", "reported", "scale_outside"),
    ("3.5万余", "", "人次", 35000, "at_least", "reported", ""),
    ("1934余万", "", "人次", 19340000, "at_least", "reported", ""),
    ("1.5万余", "", "场次", 15000, "at_least", "reported", ""),
    ("5000余万", "", "份", 50000000, "at_least", "reported", ""),
    ("8.5亿", "", "次", 850000000, "exact", "reported", "rounded"),
    ("约3000余", "", "人次", 3000, "approx", "reported", "mixed_qualifier"),
    ("近60余", "", "幅", 60, "approx", "reported", "contradictory_qualifier"),
    ("近万", "", "份", 10000, "at_most", "reported", ""),
    ("近千", "", "条", 1000, "at_most", "reported", ""),
    ("上千余", "", "名", 1000, "at_least", "reported", "rounded_word"),
    ("上百万", "", "人", 1000000, "at_least", "reported", ""),
    ("百余", "", "场", 100, "at_least", "reported", ""),
    ("百来", "", "场", 100, "approx", "reported", ""),
    ("百十来", "", "场", N, "exact", "unreadable", ""),  # spoken: a hundred or so
    ("百八十", "", "场", N, "exact", "unreadable", ""),  # spoken: 100 to 180
    ("一百八十", "", "场", 180, "exact", "reported", ""),
    ("约10200（未完）", "", "人次", N, "exact", "unreadable", ""),
    ("超20万", "", "人次", 200000, "at_least", "reported", ""),
    ("2000+", "", "人次", 2000, "at_least", "reported", ""),
    ("≥5", "", "场", 5, "at_least", "reported", ""),
    (">1000", "", "人次", 1000, "at_least", "reported", ""),
    ("60多万", "", "条次", 600000, "at_least", "reported", ""),
    ("1095余", "", "人次", 1095, "at_least", "reported", ""),
    ("十二", "", "次", 12, "exact", "reported", ""),
    ("一百二十", "", "次", 120, "exact", "reported", ""),
    ("两千三百", "", "次", 2300, "exact", "reported", ""),
    ("壹佰贰拾", "", "次", 120, "exact", "reported", ""),
    ("1百23", "", "次", 123, "exact", "reported", "mixed_numeral"),
    ("二〇", "", "次", 20, "exact", "reported", ""),
    ("1.2w", "", "人次", 12000, "exact", "reported", "latin_scale"),
    ("12.0", "", "场", 12, "exact", "reported", ""),
    ("12.5", "", "场", N, "exact", "unreadable", "non_integer"),
    ("1.2E+04", "", "人次", 12000, "exact", "reported", "scientific"),
    ("0", "", "场", 0, "exact", "explicit_zero", ""),
    ("无", "", "场", 0, "exact", "explicit_zero", ""),
    ("没有", "", "场", 0, "exact", "explicit_zero", ""),
    ("没有开展", "", "场", 0, "exact", "explicit_zero", ""),
    ("12.000", "", "场", N, "exact", "unreadable", "non_integer"),
    ("1.200", "", "场", N, "exact", "unreadable", "non_integer"),
    ("3.500万", "", "场", 35000, "exact", "reported", "rounded"),
    ("12.00", "", "场", 12, "exact", "reported", ""),
    ("1200百", "", "场", N, "exact", "unreadable", "unreadable"),
    ("500百余", "", "场", N, "exact", "unreadable", ""),
    ("12百", "", "场", 1200, "exact", "reported", ""),
    ("100k", "", "场", 100000, "exact", "reported", "latin_scale"),
    ("未开展", "", "场", 0, "exact", "explicit_zero", ""),
    ("/", "", "场", N, "exact", "not_applicable", ""),
    ("—", "", "场", N, "exact", "not_applicable", ""),
    ("——", "", "场", N, "exact", "not_applicable", ""),
    ("-", "", "场", N, "exact", "not_applicable", ""),
    ("  ", "", "场", N, "exact", "not_filled", ""),
    ("", "", "场", N, "exact", "not_filled", ""),
    ("若干", "", "场", N, "exact", "unquantified", "unquantified"),
    ("数百", "", "场", N, "exact", "unquantified", "unquantified"),
    ("待统计", "", "场", N, "exact", "pending", "pending"),
    ("见附件", "", "场", N, "exact", "see_attachment", "see_attachment"),
    ("详见总结", "", "场", N, "exact", "see_attachment", "see_attachment"),
    ("同上", "", "场", N, "exact", "ditto", "ditto"),
    ("〃", "", "场", N, "exact", "ditto", "ditto"),
    ("3+5", "", "场", 8, "exact", "reported", "derived_sum"),
    ("线上3，线下5", "", "场", 8, "exact", "reported", "derived_sum"),
    ("8（其中线上3）", "", "场", 8, "exact", "reported", "text_in_number"),
    ("每周1次，共4", "", "次", 4, "exact", "reported", "text_in_number"),
    ("共计1200", "", "人次", 1200, "exact", "reported", "text_in_number"),
    ("参与1200人次", "", "人次", 1200, "exact", "reported", "text_in_number"),
    ("350人次", "", "人次", 350, "exact", "reported", "unit_inside"),
    ("12场", "", "场", 12, "exact", "reported", "unit_inside"),
    ("3场/次", "", "场/次", 3, "exact", "reported", "unit_inside"),
    ("  ", "12", "次", 12, "exact", "reported", "outside_blank"),
    ("12\n", "", "场", 12, "exact", "reported", ""),
    ("12350", "", "条次", 12350, "exact", "reported", "equals_hotline"),
    ("12350举报15起", "", "条次", 15, "exact", "reported", "hotline_ignored"),
    ("99%", "", "场", N, "exact", "unreadable", "percent_in_count"),
    ("-5", "", "场", N, "exact", "unreadable", "negative"),
    ("第3", "", "次", N, "exact", "unreadable", "ordinal"),
    ("1O0", "", "场", N, "exact", "unreadable", "letters_for_digits"),
    ("l2", "", "场", N, "exact", "unreadable", "letters_for_digits"),
    ("10方余", "", "人次", N, "exact", "unreadable", "ocr_suspect"),
    ("12、350", "", "次", N, "exact", "unreadable", "two_values"),
    ("3万5", "", "人次", N, "exact", "unreadable", "unreadable"),
    ("二三", "", "次", N, "exact", "unreadable", "unreadable"),
    ("去年3，今年5", "", "次", N, "exact", "unreadable", "unreadable"),
    ("计划12", "", "个", N, "exact", "unreadable", "unreadable"),
    ("人均2次", "", "次", N, "exact", "unreadable", "unreadable"),
    ("共开展12场，参与350人", "", "场", N, "exact", "unreadable", "two_values"),
    ("约1.2万人次", "", "人次", 12000, "approx", "reported", "unit_inside"),
    ("350人（次）", "", "人次", 350, "exact", "reported", "text_in_number"),
    ("120（户）", "", "人次", N, "exact", "unreadable", "unit_other"),
    ("0（未统计）", "", "人次", N, "exact", "unreadable", "unreadable"),
    ("500人左右", "", "人次", 500, "approx", "reported", "unit_changed"),
    ("2021-03-05", "", "场", N, "exact", "unreadable", "date_in_number"),
    ("None", "", "场", N, "exact", "not_filled", ""),
    ("#REF!", "", "场", N, "exact", "unreadable", "cell_error"),
]


@pytest.mark.parametrize(("typed", "after", "unit", "value", "qualifier", "state", "flag"), COUNTS)
def test_count(typed: str, after: str, unit: str, value: float | None, qualifier: str, state: str, flag: str) -> None:
    reading = interpret_count(Typed(typed, after=after), unit)
    assert (reading.value, reading.qualifier, reading.state) == (value, qualifier, state)
    assert not flag or flag in reading.flags


@pytest.mark.parametrize(("typed", "low", "high"), [("3-5", 3, 5), ("30～40", 30, 40), ("3-5万", 30000, 50000)])
def test_range_has_no_point(typed: str, low: float, high: float) -> None:
    reading = interpret_count(Typed(typed), "场")
    assert (reading.value, reading.qualifier, reading.low, reading.high) == (None, "range", low, high)


@pytest.mark.parametrize(
    ("typed", "proposal"), [("1O0", "100"), ("l2", "12"), ("10方余", "100000+"), ("12、350", "12 / 350")]
)
def test_a_guess_is_a_proposal_only(typed: str, proposal: str) -> None:
    reading = interpret_count(Typed(typed), "场")
    assert reading.value is None and reading.proposal == proposal


@pytest.mark.parametrize("value", [1, 7, 12, 99, 100, 999, 1000, 12345, 99999, 100000, 7_654_321])
def test_formats_of_one_number_read_alike(value: int) -> None:
    for text in (
        str(value),
        f"{value:,}",
        f" {value} ",
        str(value).translate(str.maketrans("0123456789", "０１２３４５６７８９")),
    ):
        assert interpret_count(Typed(text), "人次").value == value, text


FLAGS = [
    ("☑是□否", 1.0, "reported", ""),
    ("□是☑否", 0.0, "reported", ""),
    ("■是□否", 1.0, "reported", ""),
    ("√是□否", 1.0, "reported", ""),
    ("☒是☐否", 1.0, "reported", ""),
    ("□是□否", None, "not_filled", ""),
    ("☑是☑否", None, "unreadable", "conflict"),
    ("□√是□否", 1.0, "reported", "tick_beside"),
    ("是（√）否（ ）", 1.0, "reported", "tick_beside"),
    ("是√", 1.0, "reported", "tick_beside"),
    ("【是】否", None, "unreadable", "ambiguous_tick"),
    ("是[否]", None, "unreadable", "ambiguous_tick"),
    ("□是√□否", None, "unreadable", "ambiguous_tick"),
    ("是", 1.0, "reported", ""),
    ("否", 0.0, "reported", ""),
    ("是否使用平台 □是☑否", 0.0, "reported", ""),
]


@pytest.mark.parametrize(("typed", "value", "state", "flag"), FLAGS)
def test_flag(typed: str, value: float | None, state: str, flag: str) -> None:
    reading = interpret_flag(typed)
    assert (reading.value, reading.state) == (value, state)
    assert not flag or flag in reading.flags


DATES = [
    ("2021.7.1", "2021-07-01", None),
    ("2021年7月1日", "2021-07-01", None),
    ("二〇二一年七月一日", "2021-07-01", None),
    ("44378", "2021-07-01", None),
    ("7月1日", "2021-07-01", "date_without_year"),
    ("6.30", "2021-06-30", "date_without_year"),
    ("531日", None, "bad_date"),
    ("2021年13月1日", None, "bad_date"),
    ("", None, None),
]


@pytest.mark.parametrize(("typed", "day", "rule"), DATES)
def test_date(typed: str, day: str | None, rule: str | None) -> None:
    reading = interpret_date(typed, 2021)
    assert (reading.day.isoformat() if reading.day else None, reading.rule) == (day, rule)


NOTES = ("（线上）", "(区级)", "[其他]", "（含视频会）", "（上半月）", "（月）", "（场）")


@pytest.mark.parametrize(
    "typed",
    [
        "300（线上）200（线下）", "3（城区）4（乡镇）5（村）", "12（上半月）15（下半月）", "300（线上），200（线下）",
        "20（场）30", "300余（线上）200余（线下）", "6（月）16（日）", "1（含视频会）0", "三（线上）五（线下）",
        "3（已取消）", "12场（其中1场取消）", "3无", "线上300，线下200，共600",
    ],
)  # fmt: skip
def test_what_a_note_parts_or_takes_back_is_withheld(typed: str) -> None:
    reading = interpret_count(Typed(typed), "场")
    assert (reading.value, reading.low) == (None, None)
    assert reading.state == "unreadable"


def test_a_value_is_never_glued_from_digits_that_stood_apart() -> None:
    rng = random.Random(20)
    for _ in range(3_000):
        runs = [str(rng.randint(1, 999)) for _ in range(rng.choice((2, 2, 3)))]
        between = [rng.choice((*NOTES, "次", "人次", "、线下", "及", "（线上）场，")) for _ in runs[1:]]
        typed = (
            runs[0]
            + "".join(b + r for b, r in zip(between, runs[1:], strict=True))
            + rng.choice(("", "场", "（线下）"))
        )
        reading = interpret_count(Typed(typed), "场")
        assert reading.value in (None, float(sum(map(int, runs)))), (typed, reading)


@pytest.mark.parametrize("typed", ["×", "x", "（×）", "✗"])
def test_a_lone_cross_says_neither_yes_nor_not_applicable(typed: str) -> None:
    reading = interpret_flag(typed)
    assert (reading.value, reading.state, reading.flags) == (None, "unreadable", ("ambiguous_tick",))


@pytest.mark.parametrize(("typed", "value"), [("Y", 1.0), ("n", 0.0), ("yes", 1.0), ("No", 0.0)])
def test_a_lone_letter_of_another_system_is_yes_or_no(typed: str, value: float) -> None:
    assert interpret_flag(typed).value == value


def test_a_length_of_time_is_no_total() -> None:
    """5场次共2天: the two days are none of the events."""
    reading = interpret_count(Typed("5场次共2天"), "场")
    assert reading.value is None and reading.state == "unreadable"


_NINES = "9" * 20


@pytest.mark.parametrize(
    "typed", [f"{_NINES}+2", f"线上{_NINES}，线下3", f"{_NINES}以上", f"5-{_NINES}", f"共{_NINES}（其中线上{_NINES}）"]
)
def test_a_number_beyond_all_reason_is_withheld_however_it_is_said(typed: str) -> None:
    reading = interpret_count(Typed(typed), "场")
    assert (reading.value, reading.high, reading.flags) == (None, None, ("too_large",))


@pytest.mark.parametrize(
    "said", ["{}", "{}+2", "线上{}，线下3", "1、{}", "（{}）", "6月{}日", "2021年{}月", "①{}", "{}/2", "{}万"]
)
@pytest.mark.parametrize("digits", ["9" * 5000, "９" * 5000, "0" * 5000 + "7", "٣" * 5000])
def test_thousands_of_digits_are_withheld(said: str, digits: str) -> None:
    reading = interpret_count(Typed(said.format(digits)), "人次")
    assert (reading.state, reading.value, reading.flags) == ("unreadable", None, ("too_large",))


def test_a_scale_behind_a_larger_one_needs_a_number_of_its_own() -> None:
    assert parse_numeral("12亿万") is None
    assert parse_numeral("1亿2万") is not None
