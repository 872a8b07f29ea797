"""Headlines: the finding first, its caveat with it; no figure without its basis."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dashboard.records import Change, Lang, Measure, Total, UnitValue
from dashboard.sentences import (
    change_headline,
    compact_or_mark,
    delta_text,
    join_names,
    missing_caveat,
    refusal_reasons,
    spread_headline,
    total_text,
    unit_delta_text,
    value_words,
)
from dashboard.totals import ChangeSet, per_10k, sum_values, total_of, weakest

MEASURE = Measure(
    "participation", "sum", "人次", "participations", "参与人次", "Participation", "participation", True, False, "", ""
)  # fmt: skip
COVERAGE = replace(MEASURE, measure_id="activity_coverage", kind="coverage", unit_zh="%", unit_en="%")


def unit(number: int, value: float | None, state: str = "reported", qualifier: str = "exact") -> UnitValue:
    return UnitValue(
        f"u{number}", f"甲{number}区", f"甲{number}", f"Unit {number}", "district", number, None, None, 20_000, None,
        None, value, state, qualifier, 1, 1,
    )  # fmt: skip


def change(number: int, base: float, now: float, grade: str = "same") -> Change:
    pct = 100 * (now - base) / base if base else None
    return Change(
        f"u{number}", f"甲{number}区", f"甲{number}", f"Unit {number}", "district", number, now, base, now - base, pct,
        grade, 1, 1, "活动清单不同", "other activities",
    )  # fmt: skip


def test_a_headline_gives_the_total_and_what_the_largest_hold() -> None:
    rows = [unit(1, 9000), unit(2, 8000), *(unit(n, 100) for n in range(3, 41))]
    found = spread_headline(rows, MEASURE, "zh", per_10k=False)
    assert found.finding == "参与人次合计 2.1万人次，甲1最多（9,000），前 6 个合占 84%"
    assert found.caveat == "。"


@pytest.mark.parametrize(("n_units", "is_said"), [(7, False), (17, False), (18, True)])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_the_largest_hold_is_said_of_many_units_only(n_units: int, is_said: bool, lang: Lang) -> None:
    """Six of seven units hold 97 % of anything: that tells nothing."""
    found = spread_headline([unit(n, 100 + n) for n in range(1, n_units + 1)], MEASURE, lang, per_10k=False).finding
    assert (("合占" in found) or ("top 6" in found)) is is_said and f"({100 + n_units})" in found.replace(
        "（", "("
    ).replace("）", ")")


def test_units_that_share_the_most_are_counted_not_named() -> None:
    rows = [*(unit(n, 4) for n in range(1, 23)), *(unit(n, 3) for n in range(23, 41))]
    assert spread_headline(rows, MEASURE, "zh", per_10k=False).finding == "参与人次合计 142人次，22 个单位并列最多（4）"
    assert "22 units share the most (4)" in spread_headline(rows, MEASURE, "en", per_10k=False).finding


def test_no_change_is_said_in_words() -> None:
    assert unit_delta_text(change(1, 50, 50), COVERAGE, 2025, "zh") == "与 2025 年持平"
    assert unit_delta_text(change(1, 50, 50), MEASURE, 2025, "en") == "the same as in 2025"


def test_units_that_share_an_end_are_counted_not_named() -> None:
    rows = [unit(1, 80), *(unit(n, 100) for n in range(2, 37))]
    found = spread_headline(rows, COVERAGE, "zh", per_10k=False).finding
    assert found == "参与人次最低 80%，最高是 35 个单位并列 100%"
    assert "35 units tied" in spread_headline(rows, COVERAGE, "en", per_10k=False).finding
    low = spread_headline([*(unit(n, 80) for n in range(1, 5)), unit(9, 90)], COVERAGE, "zh", per_10k=False).finding
    assert low == "参与人次最低是 4 个单位并列 80%，最高 90%（甲9）"


def test_one_unit_and_equal_units_are_no_range() -> None:
    assert spread_headline([unit(1, 189)], MEASURE, "zh", per_10k=False).finding == "甲1参与人次 189人次"
    alone = [unit(1, 189), unit(2, None, "no_value")]
    assert spread_headline(alone, MEASURE, "zh", per_10k=False).finding == "只有甲1有数：参与人次 189人次"
    same = [unit(1, 7), unit(2, 7), unit(3, None, "no_value")]
    assert spread_headline(same, MEASURE, "zh", per_10k=False).finding == "2 个单位的参与人次都是 7人次"


def test_a_rate_carries_its_unit() -> None:
    found = spread_headline([unit(1, 500), unit(2, 300)], MEASURE, "zh", per_10k=True).finding
    assert found == "参与人次最低 300人次/万人，最高 500人次/万人（甲1）"


def test_few_units_are_a_range() -> None:
    found = spread_headline([unit(1, 20_000), unit(2, 300)], MEASURE, "en", per_10k=False)
    assert found.finding == "Participation runs from 300 participations to 20k participations (Unit 1)"


def test_a_zero_is_the_lowest_value_and_a_blank_is_none() -> None:
    rows = [unit(1, 50), unit(2, 0), unit(3, None, "no_value"), unit(4, None, "not_reported")]
    found = spread_headline(rows, MEASURE, "zh", per_10k=False)
    assert "最低 0人次，" in found.finding and "甲2" not in found.finding
    assert found.caveat == "；甲4未报送；1 个单位此项无数。"


def test_nothing_to_show_is_said() -> None:
    rows = [unit(1, None, "not_reported")]
    assert spread_headline(rows, MEASURE, "zh", per_10k=False).finding == "还没有可以显示的数"
    assert missing_caveat(rows, "en") == "; not reported: Unit 1."


def test_no_list_of_names_runs_on() -> None:
    assert join_names(["甲", "乙", "丙", "丁"], "zh") == "甲、乙、丙等 4 个"
    assert join_names(["A", "B"], "en") == "A, B"


def test_changes_say_their_basis() -> None:
    rows = (change(1, 100, 150), change(2, 100, 90), change(3, 10, 20, "refuse"))
    total = replace(change(0, 200, 240), unit_id=None, n_units=2)
    found = change_headline(ChangeSet(rows, total), MEASURE, 2021, "zh")
    assert found.sentence == "1 个单位上升，1 个下降：同口径（2 个单位）净变化 +40人次。"
    total = replace(total, n_units_expected=3)
    assert delta_text(total, MEASURE, 2021, "zh") == "+20% 同口径 2/3 个单位"
    assert delta_text(replace(total, grade="close"), MEASURE, 2021, "zh") == "+20% 大体可比 2/3 个单位"


@pytest.mark.parametrize(
    ("grade", "word"), [("same", "同口径"), ("close", "大体可比"), ("close_after_sum", "相加后可比")]
)
def test_every_sentence_uses_the_true_grade_word(grade: str, word: str) -> None:
    row = change(1, 100, 150, grade)
    total = replace(row, unit_id=None)
    headline = change_headline(ChangeSet((row,), total), MEASURE, 2021, "zh").sentence
    for words in (headline, delta_text(total, MEASURE, 2021, "zh")):
        assert word in words
        assert grade == "same" or "同口径" not in words
    if grade != "same":
        assert word in unit_delta_text(row, MEASURE, 2021, "zh")


def test_a_refusal_is_short_and_its_reasons_stand_apart() -> None:
    refused = replace(change(1, 1, 1, "refuse"), unit_id=None, note_zh="甲；乙；丙；丁", note_en="a; b; c; d")
    found = change_headline(ChangeSet((), refused), MEASURE, 2021, "zh")
    assert found.sentence == "不与 2021 年比较。"
    assert refusal_reasons(refused, "zh") == "原因：甲；乙；等 4 条，见“同比”页。"
    assert refusal_reasons(refused, "en").startswith("Why: a; b; 4 in all")
    assert refusal_reasons(replace(refused, note_zh=""), "zh") == ""


def test_one_of_something_is_not_called_many() -> None:
    total = replace(change(1, 100, 150), unit_id=None, n_units=1)
    assert delta_text(total, MEASURE, 2021, "en") == "+50% same definition, 1/1 unit"
    assert delta_text(replace(total, n_units=2, n_units_expected=2), MEASURE, 2021, "en").endswith("2/2 units")


def test_a_refused_comparison_gives_no_number() -> None:
    refused = change(1, 100, 150, "refuse")
    for words in (delta_text(refused, MEASURE, 2021, "zh"), unit_delta_text(refused, MEASURE, 2021, "zh")):
        assert words == "不与 2021 年比较"
    assert delta_text(refused, MEASURE, None, "zh") == "无对比年份"
    assert unit_delta_text(None, MEASURE, 2021, "en") == "no comparable figure for 2021"


def test_a_change_from_zero_is_a_difference_not_a_percentage() -> None:
    assert unit_delta_text(change(1, 0, 12), MEASURE, 2021, "zh") == "+12 比 2021 年"


def test_coverage_changes_in_points() -> None:
    assert delta_text(change(1, 80, 90), COVERAGE, 2021, "zh").startswith("+10 个百分点")


@pytest.mark.parametrize(
    ("qualifier", "lang", "words"),
    [
        ("exact", "zh", "486.3万"),
        ("at_least", "zh", "486.3万+"),
        ("at_least", "en", "4.863M+"),
        ("approx", "zh", "约486.3万"),
    ],
)
def test_a_total_carries_its_mark(qualifier: str, lang: Lang, words: str) -> None:
    assert total_text(Total("participation", 4_863_000, qualifier, 3, 4), MEASURE, lang) == words


def test_a_total_of_nothing_is_no_zero() -> None:
    assert total_text(Total("participation", None, "exact", 0, 4), MEASURE, "zh") == "—"
    assert total_text(None, MEASURE, "zh") == "—"
    assert sum_values([None, None]) is None
    assert total_of([unit(1, None, "no_value")], "participation", "sum").value is None


def test_values_in_words() -> None:
    assert value_words(unit(1, 81_654, qualifier="at_least"), MEASURE, "zh") == "81,654+ 人次"
    assert value_words(unit(1, 91.94), COVERAGE, "en") == "91.9%"
    assert value_words(unit(1, None, "not_reported"), MEASURE, "zh") == "未报送"
    assert compact_or_mark(unit(1, 0.0), MEASURE, "zh") == "0"


def test_rates_need_a_population() -> None:
    known, unknown = per_10k([unit(1, 100), replace(unit(2, 100), population=None)])
    assert known.value == 50
    assert (unknown.value, unknown.state) == (None, "no_population")
    assert compact_or_mark(unknown, MEASURE, "zh") == "—"


@pytest.mark.parametrize(
    ("parts", "whole"),
    [
        ([], "exact"),
        (["exact", "at_least"], "at_least"),
        (["at_least", "at_most"], "approx"),
        (["range", "exact"], "approx"),
        (["at_most"], "at_most"),
    ],
)
def test_the_weakest_part_marks_the_sum(parts: list[str], whole: str) -> None:
    assert weakest(parts) == whole


def test_a_rate_over_an_estimated_population_has_the_mark_wherever_it_is_said() -> None:
    noted = replace(unit(1, 900), population_note_zh="约数", population_note_en="an estimate")
    rows = per_10k([noted, unit(2, 100)])
    assert (
        spread_headline(rows, MEASURE, "zh", per_10k=True).finding
        == "参与人次最低 50人次/万人，最高 450人次/万人*（甲1）"
    )
    assert [compact_or_mark(row, MEASURE, "en") for row in rows] == ["450*", "50"]
    assert value_words(rows[0], MEASURE, "en") == "450 participations per 10,000 people*"
    assert compact_or_mark(noted, MEASURE, "zh") == "900", "a count rests on no population"
