"""A second number right behind an answer, a tick behind both boxes, a name as long as a page: withheld or refused, never guessed."""

from __future__ import annotations

import time
from datetime import date

import pytest

from etl.catalog import load_catalog
from etl.extract.activity import extract_activity
from etl.extract.slots import plan_activity
from etl.form.read_fill import read_fill
from etl.interpret.count import Typed, interpret_count
from etl.interpret.flag import interpret_flag
from etl.interpret.reading import Reading
from etl.read.text import decode
from etl.resolve import Resolver

CATALOG = load_catalog()


def read(form_id: str, number: int, text: str) -> dict[str, Reading]:
    form = CATALOG.forms[form_id]
    activity = form.activities[number]
    fills = extract_activity(plan_activity(form, activity), text, year=2021).fills
    return {i.indicator_id: read_fill(i, fills[i.indicator_id]) for i in activity.indicators}


ANEW = [
    "更正为（24）场",
    "，应为24场",
    "改为24",
    "，核实后为（24）场",
    "；补报（24）场",
    "，另有24场",
    "，累计（24）场",
    "错，（24）场",
    "/（24）场",
    "→（24）场",
    "、（24）场",
    "（24）",
    "(误)24",
    " 24",
]
NOT_ANEW = [
    "（举报电话12350）",
    "，发放资料（24）份",
    "，其中线上（24）场",
    "，比去年增加24场",
    "（930户）",
    "，历时24小时",
    "，原计划（24）场",
]


@pytest.mark.parametrize("behind", ANEW)
def test_another_number_behind_an_answer(behind: str) -> None:
    text = f"开展安全宣传咨询活动（120）场{behind}，参与（3000）人次；创新开展线上活动（7）场，参与（800）人次。"
    found = read("chongqing-2021", 3, text)
    assert (found["consultation_events"].value, found["consultation_events"].state) == (None, "unreadable")
    assert found["consultation_participations"].value in (None, 3000.0)
    assert (found["online_events"].value, found["online_event_participations"].value) == (7.0, 800.0)


@pytest.mark.parametrize("behind", NOT_ANEW)
def test_numbers_of_other_things_behind_an_answer(behind: str) -> None:
    text = f"开展安全宣传咨询活动（120）场{behind}；创新开展线上活动（7）场，参与（800）人次。"
    assert read("chongqing-2021", 3, text)["consultation_events"].value == 120.0


@pytest.mark.parametrize("typed", ["□是□否√", "□是□否 √", "☐是☐否 ✓", "□是☑\n□否", "□是√\n□否"])
def test_a_tick_that_may_be_of_either_option(typed: str) -> None:
    assert interpret_flag(typed).flags == ("ambiguous_tick",)


@pytest.mark.parametrize(
    ("typed", "value"), [("□是□否（√）", 0.0), ("☑是\n□否", 1.0), ("是☑\n否□", 1.0), ("□是\n☑否", 0.0)]
)
def test_a_tick_that_is_one_options(typed: str, value: float) -> None:
    assert interpret_flag(typed).value == value


@pytest.mark.parametrize(
    ("behind", "value"),
    [
        ("（2020年）", None),
        ("，计划7月", None),
        ("，去年已使用", None),
        ("（2021年）", 1.0),
        ("，每日使用", 1.0),
        ("", 1.0),
    ],
)
def test_words_behind_a_tick(behind: str, value: float | None) -> None:
    found = read("chongqing-2021", 4, f"使用全国安全宣教和应急科普平台 ☑是 □否{behind}")
    assert found["national_platform_used"].value == value


def test_a_name_as_long_as_a_page_is_none() -> None:
    resolver = Resolver(CATALOG, "chongqing", date(2021, 6, 1))
    before = time.perf_counter()
    assert resolver.resolve("（" * 100_000 + "万州区").rule == "unit_unresolved"
    assert time.perf_counter() - before < 1


@pytest.mark.parametrize(
    "people",
    [
        "参与人次3000",
        "参与人次：3000",
        "参与人员3000人",
        "吸引3000人次参与",
        "共吸引（3000）人次",
        "3000人次参与",
        "参与人次（3000）",
    ],
)
def test_people_said_in_plain_words(people: str) -> None:
    text = f"开展安全宣传咨询活动（120）场，{people}；创新开展线上活动（7）场，参与（800）人次。"
    found = read("chongqing-2021", 3, text)
    assert [found[b].value for b in ("consultation_events", "consultation_participations")] == [120.0, 3000.0]
    assert [found[b].value for b in ("online_events", "online_event_participations")] == [7.0, 800.0]


@pytest.mark.parametrize("typed", ["万21", "万3034", "亿3", "万三千"])
def test_a_scale_without_its_number_is_none(typed: str) -> None:
    found = read("chongqing-2021", 3, f"开展安全宣传咨询活动（{typed}）场，参与（3000）人次。")
    assert found["consultation_events"].value is None


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("（800", None),
        ("（800<table>", None),
        ("（800人次", 800.0),
        ("（800）", 800.0),
        ("（800\n区领导出席", 800.0),
    ],
)
def test_an_open_bracket_at_the_end_of_all_text(typed: str, value: float | None) -> None:
    found = read(
        "chongqing-2021", 3, f"开展安全宣传咨询活动（12）场，参与（300）人次；创新开展线上活动（7）场，参与{typed}"
    )
    assert found["online_event_participations"].value == value
    assert found["online_events"].value == 7.0


def test_a_damaged_sign_in_a_text_is_no_nothing() -> None:
    words = "组织观看警示教育片（30）场，参与（4000）人次；" * 20
    assert decode(f"{words}开展活动（\x124）场\f，\x1a".encode()) == f"{words}开展活动（\ufffd4）场\f，\x1a"


@pytest.mark.parametrize(
    ("typed", "value"), [("5\t9", None), ("1 \t200", None), ("\t59", 59.0), ("59\t", 59.0), ("5 9", 59.0)]
)
def test_digits_at_two_tab_stops_are_two_answers(typed: str, value: float | None) -> None:
    assert interpret_count(Typed(typed), "场").value == value
