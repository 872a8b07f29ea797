"""Answers in brackets and signs that no form prints, in numerals of every kind, in sentences that were reworded: read or quoted."""

from __future__ import annotations

from pathlib import Path

import pytest

from etl.catalog.model import Activity
from etl.extract.activity import extract_activity
from etl.extract.odd_brackets import as_round
from etl.extract.slots import plan_activity
from etl.form.read_fill import read_fill
from etl.interpret.count import Typed, interpret_count
from etl.interpret.reading import Reading
from tests.cases.writing import catalog
from tests.unit.etl.test_said_lines import read, values

FORM = catalog().forms["chongqing-2021"]
DAY: Activity = next(a for a in FORM.activities if a.activity_id == "consultation_day")
STUDY: Activity = FORM.activities[0]


def said(activity: Activity, text: str, blank: str) -> Reading:
    fill = extract_activity(plan_activity(FORM, activity), text, year=2021).fills[blank]
    return read_fill(FORM.by_indicator[blank], fill, 2021)


@pytest.mark.parametrize(
    "typed",
    [
        "<12>",
        "＜12＞",
        "《12》",
        "〈12〉",
        "«12»",
        "‹12›",
        "⟦12⟧",
        "﴾12﴿",
        "|12|",
        "/12/",
        "…12…",
        "12（12）",
        "（12）12",
    ],
)
def test_a_number_between_odd_signs_is_exact(typed: str) -> None:
    reading = interpret_count(Typed(typed), "场")
    assert (reading.value, reading.qualifier) == (12, "exact")


@pytest.mark.parametrize(("typed", "qualifier"), [("<12", "at_most"), (">12", "at_least"), ("<约12>", "approx")])
def test_one_sign_alone_still_says_more_or_less(typed: str, qualifier: str) -> None:
    assert interpret_count(Typed(typed), "场").qualifier == qualifier


def test_an_apostrophe_between_thousands() -> None:
    assert [interpret_count(Typed(t), "场").value for t in ("12'192", "1’234’567")] == [12192, 1234567]
    assert interpret_count(Typed("12'19"), "场").value is None


@pytest.mark.parametrize(
    "text",
    [
        "“119”消防宣传",
        "开展“12345”热线",
        "《安全生产法》",
        "〈2021年方案〉",
        "“6·16”咨询日",
        "a/b/c",
        "3/4/5",
        "活动“12”",
    ],
)
def test_names_in_such_signs_stay_names(text: str) -> None:
    assert as_round(text) == text


# The first line is reworded, so that the text is aligned and does not match as printed.
@pytest.mark.parametrize(
    ("typed", "value", "qualifier"),
    [("<六百九十>", 690, "exact"), ("两百", 200, "exact"), ("“0.1万”", 1000, "exact"), ("「260000人次以上」", 260000, "at_least"), ("|300余|", 300, "at_least"),
     ("<线上4人次；线下7人次>", 11, "exact"), ("12'192", 12192, "exact")],
)  # fmt: skip
def test_answers_in_a_reworded_row(typed: str, value: int, qualifier: str) -> None:
    reading = said(
        DAY,
        f"举办了安全宣传的咨询活动（5）场，参与{typed}人次；\n参与网上展览{typed}人次。",
        "online_exhibition_participations",
    )
    assert (reading.value, reading.qualifier) == (value, qualifier)


@pytest.mark.parametrize("typed", ["6月8日", "Ⅶ", "⁸⁹⁸", "（⑱）", "8几"])
def test_what_is_no_plain_number_is_withheld_and_quoted(typed: str) -> None:
    plan = plan_activity(FORM, DAY)
    found = extract_activity(plan, f"举办了咨询（5）场；\n创新开展线上活动{typed}场。", year=2021)
    fill = found.fills["online_events"]
    assert read_fill(FORM.by_indicator["online_events"], fill, 2021).value is None
    assert typed.strip("（）")[0] in f"{fill.raw}{[c.said for c in found.extras]}"


def test_an_answer_before_its_empty_bracket() -> None:
    assert said(DAY, "举办了咨询（5）场；\n创新开展线上活动无（  ）场。", "online_events").state == "explicit_zero"


def test_two_ways_that_part_a_whole_are_no_answer_alone() -> None:
    text = "举办了咨询（5）场；\n参与网上展览——线上：30人次；线下：40人次——人次。"
    assert said(DAY, text, "online_exhibition_participations").value is None


@pytest.mark.parametrize("boxes", ["■是□否", "√是 □否", "☑是□否"])
def test_boxes_behind_a_label_with_a_word_left_out(boxes: str) -> None:
    text = f"理论学习中心组学习（4）次，参与（9）人次；\n专题学习《生命重于泰山——学习习近平总书记关于安全重要论述》电视专题片{boxes}；组织集中学习观看（5）场，参与（8）人次。"
    assert said(STUDY, text, "feature_film_studied").value == 1


def test_lines_without_a_table(tmp_path: Path) -> None:
    lines = ["大讲堂、公开课等宣讲：20场，参与2600人次", "主要负责人专题培训731场次", "曝光问题隐患__45__条", "媒体报道集中攻坚〈5〉次", "消防演练7（  ）场", "安全宣传咨询日：举办-8场"]  # fmt: skip
    found = read(tmp_path, lines)
    assert values(found) == {"lecture_sessions": 20, "lecture_attendance": 2600, "hazards_exposed": 45, "campaign_media_reports": 5}  # fmt: skip
    told = " ".join(f"{f.found} {f.words}" for f in found.findings)
    assert all(number in told for number in ("731", "7", "-8"))


@pytest.mark.parametrize("mark", ["；", "，", "\n", "；\n"])
def test_answers_before_their_words(mark: str) -> None:
    tour = next(a for a in FORM.activities if a.activity_id == "tour")
    text = mark.join(("98条曝光问题隐患", "7个典型案例", "4篇媒体转发报道", "6次专题行", "5次区域行", "3次网上行"))
    plan = plan_activity(FORM, tour)
    fills = extract_activity(plan, text, year=2021).fills
    read_as = {i: read_fill(FORM.by_indicator[i], f, 2021).value for i, f in fills.items()}
    assert {i: v for i, v in read_as.items() if v is not None}.items() <= {
        "hazards_exposed": 98, "typical_cases_exposed": 7, "media_reposts": 4, "thematic_tours": 6, "regional_tours": 5, "online_tours": 3,
    }.items()  # fmt: skip
    assert read_as["hazards_exposed"] == 98 and read_as["regional_tours"] == 5
