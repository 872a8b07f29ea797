"""参与（40）人次，学习（3）次; 参与（60）人次，观看（5）场: people before their events, in all forms, in every mixture."""

from __future__ import annotations

import itertools
import re

import pytest

from etl.catalog.model import Activity, Indicator
from etl.extract.activity import extract_activity
from etl.extract.slots import plan_activity
from etl.form.read_fill import read_fill
from tests.unit.etl.test_alignment import activity_of, catalog, counts, filled, numbered, read_cell

# 学习（11）次，参与（12）人次 inside one sentence; the words of the first may hold marks of their own.
PAIR = re.compile(
    r"(?P<head>[^；。;，,\n（()）]*[（(]\d+[)）](?:次|场|场次)[^，,；。;\n（(]*)[，,](?P<people>[^（(，,；。;\n]{0,8}[（(]\d+[)）]人次?)"
)
CELLS = [(f.form_id, a.activity_id) for f in catalog().forms.values() for a in f.activities]
BREAKS = {"as printed": lambda t: t, "full stops": lambda t: re.sub("[；;]", "。", t), "lines": lambda t: re.sub("[；;。]\n?", "\n", t), "commas": lambda t: re.sub("[；;。]\n?", "，", t), "no marks": lambda t: re.sub("[；;。]\n?", "", t)}  # fmt: skip
JOINTS = ("，", "", "、", "：")  # between the people and their events


def turned(text: str, which: set[int], joint: str = "，", *, is_number_first: bool = False) -> str:
    """The text with some of its pairs turned round: 参与（40）人次，学习（3）次, or, the number first, （40）人次参与，学习（3）次."""
    number = itertools.count()

    def turn(match: re.Match[str]) -> str:
        if next(number) not in which:
            return match[0]
        bare = re.search(r"[（(]\d+[)）]人次?", match["people"])
        people = f"{bare[0]}参与" if is_number_first and bare else match["people"]
        return f"{people}{joint}{match['head']}"

    return PAIR.sub(turn, text)


def judged(form_id: str, activity_id: str, text: str, typed: dict[str, str]) -> tuple[list[str], list[str]]:
    """Blanks read right, and those that are wrong or whose number is quoted nowhere."""
    form, activity = activity_of(form_id, activity_id)
    extraction = extract_activity(plan_activity(form, activity), text)
    readings = {i: read_fill(activity_by(activity, i), fill) for i, fill in extraction.fills.items()}
    told = [extraction.fills[i].raw or "" for i, r in readings.items() if r.value is None]
    told += [c.raw for c in extraction.extras]
    right, bad = [], []
    for indicator_id, number in counts(typed).items():
        got = readings[indicator_id].value
        if got == number:
            right.append(indicator_id)
        elif got is not None or not any(re.search(rf"(?<!\d){number:.0f}(?!\d)", t) for t in told):
            bad.append(f"{indicator_id}: {got} for {number} in {text}")
    return right, bad


def activity_by(activity: Activity, indicator_id: str) -> Indicator:
    return next(i for i in activity.indicators if i.indicator_id == indicator_id)


@pytest.mark.parametrize("how", BREAKS)
@pytest.mark.parametrize(("form_id", "activity_id"), CELLS)
def test_a_turned_sentence_moves_no_number(form_id: str, activity_id: str, how: str) -> None:
    typed = numbered(form_id, activity_id)
    text = BREAKS[how](filled(form_id, activity_id, **typed))
    n_pairs = len(PAIR.findall(text))
    for size in range(1, n_pairs + 1):
        for which in itertools.combinations(range(n_pairs), size):
            for joint, is_number_first in itertools.product(JOINTS, (False, True)):
                written = turned(text, set(which), joint, is_number_first=is_number_first)
                assert judged(form_id, activity_id, written, typed)[1] == []


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("参与(40)人次\n{study}(3)次\n参与(80)人次\n{lecture}(7)场\n{film}(50)人次", {3, 7, 50}),
        ("(40)人次参与{study}(3)次;(50)人次{film};(80)人次参与{lecture}(7)场", {3, 7}),
        ("{study}和{lecture}共(10)次，参与(120)人次;{film}(50)人次", {50}),
        ("{study}(3)次\n参与(40)人次\n{film}(50)人次\n{lecture}(7)场\n参与(80)人次", {3, 40, 50, 7, 80}),
    ],
)
def test_halves_on_lines_of_their_own_and_numbers_first(typed: str, read: set[int]) -> None:
    names = {
        "study": "理论学习中心组学习",
        "lecture": "组织安全生产“大家谈”“公开课”“微课堂”和在线访谈、基层宣讲",
        "film": "专题学习《生命重于泰山——学习习近平总书记重要论述》电视专题片",
    }
    values, _, _ = read_cell("ningxia-2021", "study", typed.format(**names))
    assert {v for v in values.values() if isinstance(v, float)} == read


def test_what_is_turned_from_the_first_on_is_read() -> None:
    n_pairs, n_read = 0, 0
    for form_id, activity_id in CELLS:
        typed = numbered(form_id, activity_id)
        text = filled(form_id, activity_id, **typed)
        found = PAIR.findall(text)
        if found and text.startswith(found[0][0]):
            n_pairs += 1
            right, _ = judged(form_id, activity_id, turned(text, set(range(len(found)))), typed)
            n_read += len(right) == len(counts(typed))
    assert n_read == n_pairs > 3


@pytest.mark.parametrize(
    ("typed", "moved"),
    [
        ("理论学习中心组学习(3)次；吸引(80)人次参与{lecture}(7)场；", "theory_group_attendance"),
        ("理论学习中心组学习(3)次\n参与(80)人次，{lecture}(7)场\n", "theory_group_attendance"),
        ("理论学习中心组学习(3)次；{lecture}(7)场，共参与(80)人次；", "lecture_attendance"),
        ("理论学习中心组学习(3)次；{lecture}(7)场，共(80)人次参与；", "lecture_attendance"),
    ],
)
def test_people_between_two_sentences_are_withheld(typed: str, moved: str) -> None:
    lecture = "组织安全生产“大家谈”“公开课”“微课堂”和在线访谈、基层宣讲"
    values, flags, extras = read_cell("ningxia-2021", "study", typed.format(lecture=lecture))
    assert 80.0 not in values.values()
    assert values[moved] == "unreadable" or "80" in str(extras), (values, flags, extras)


def test_what_is_told_of_one_sentence_stays_its_own() -> None:
    lecture = "组织安全生产“大家谈”“公开课”“微课堂”和在线访谈、基层宣讲"
    for said in ("共参与(80)人次", "参与(80)人次，发放资料(500)份"):
        values, _, _ = read_cell(
            "ningxia-2021", "study", f"理论学习中心组学习(3)次，参与(40)人次；{lecture}(7)场；{said}。"
        )
        assert (values["theory_group_attendance"], values["lecture_attendance"]) == (40, 80)


@pytest.mark.parametrize(
    "months",
    [
        "1月至6月",
        "1-6月",
        "一至六月",
        "2021年1至6月",
        "上半年",
        "1月—6月份",
        "1月1日至6月30日",
        "2021.1-2021.6",
        "前六个月",
        "6个月来",
        "半年来",
        "今年以来",
        "年初至今",
        "元月至六月",
        "一季度",
        "近三年",
        "8月份",
    ],
)
def test_what_counts_earlier_months_as_well_is_withheld(months: str) -> None:
    typed = f"{months}理论学习中心组学习(13)次，参与(140)人次；其中6月理论学习中心组学习(3)次，参与(40)人次；"
    values, flags, _ = read_cell("ningxia-2021", "study", typed)
    for blank in ("theory_group_sessions", "theory_group_attendance"):
        assert values[blank] == "unreadable", (months, values, flags)


@pytest.mark.parametrize("months", ["6月", "6月1日至6月30日", "6月1-30日", "5月至6月", "安全生产月期间"])
def test_the_time_of_the_campaign_withholds_nothing(months: str) -> None:
    typed = f"{months}理论学习中心组学习(13)次，参与(140)人次；"
    values, _, _ = read_cell("ningxia-2021", "study", typed)
    assert (values["theory_group_sessions"], values["theory_group_attendance"]) == (13, 140)


@pytest.mark.parametrize(("one", "other"), [("线上", "线下"), ("职工", "群众"), ("市级", "县级"), ("现场", "线上")])
@pytest.mark.parametrize("mark", ["，", "、", "；", ""])
def test_a_part_of_the_people_is_not_the_whole(one: str, other: str, mark: str) -> None:
    typed = f"理论学习中心组学习(3)次，{one}参与(60)人次{mark}{other}参与(40)人次；"
    values, flags, extras = read_cell("ningxia-2021", "study", typed)
    assert values["theory_group_sessions"] == 3 and 60.0 not in values.values() and 40.0 not in values.values()
    assert values["theory_group_attendance"] == "unreadable" and values["lecture_attendance"] == "row_missing"
    # Listed with the other part in the blank's own finding, or named by itself.
    assert "parts_listed" in flags["theory_group_attendance"] or "40" in str(extras)


@pytest.mark.parametrize("count", ["", "多场", "若干场"])
@pytest.mark.parametrize("people", ["。", ",参与人次未统计。", ",参与若干人次。"])
def test_people_behind_the_words_of_a_sentence_without_its_count_are_its_own(count: str, people: str) -> None:
    text = f"专题研讨、集中宣讲、培训辅导等{count},参与(41)人次，开展安全生产“公开课”“大家谈”“班组会”等学习活动(7)场{people}"
    values = read_cell("jincheng-2022", "study", text)[0]
    assert not isinstance(values["lecture_attendance"], float)
    assert values["seminar_training_attendance"] in (41.0, "unreadable")
