"""A sentence that stands twice with the same number: one figure where its row was pasted twice, perhaps parts where words lead it."""

from __future__ import annotations

import pytest

from etl.catalog import load_catalog
from tests.unit.etl.test_alignment import read_cell

FORM = load_catalog().forms["jincheng-2022"]

ONCE = "专题研讨、集中宣讲、培训辅导等（3）场,参与（41）人次；开展安全生产“公开课”“大家谈”“班组会”等学习活动（7）场,参与（83）人次"
BLANKS = ("seminar_training_sessions", "seminar_training_attendance", "lecture_sessions", "lecture_attendance")


def read(text: str) -> list[object]:
    values, _, _ = read_cell("jincheng-2022", "study", text)
    return [values[blank] for blank in BLANKS]


@pytest.mark.parametrize(
    ("first", "second"),
    [("5月：", "6月："), ("县级：", "企业："), ("", "线上："), ("5月", "6月"), ("线上", "线下"), ("机关", "企业")],
)
@pytest.mark.parametrize("joint", ["；", "。\n", "\n"])
def test_equal_sentences_behind_words_of_their_own_may_be_parts(first: str, second: str, joint: str) -> None:
    assert read(f"{first}{ONCE}{joint}{second}{ONCE}。") == ["unreadable"] * 4


def test_a_row_pasted_twice_counts_once_and_is_told() -> None:
    assert read(f"{ONCE}。\n{ONCE}。") == [3.0, 41.0, 7.0, 83.0]
    assert set(read_cell("jincheng-2022", "study", f"{ONCE}。\n{ONCE}。")[2]) == {"（3）", "（41）", "（7）", "（83）"}


def test_equal_zeros_are_none() -> None:
    none = ONCE.replace("（3）", "（0）").replace("（41）", "（0）")
    assert read(f"5月：{none}；6月：{none}。")[:2] == [0.0, 0.0]


@pytest.mark.parametrize("second", [3, 4])
@pytest.mark.parametrize(
    ("sentence", "unit"),
    [
        ("机关理论学习中心组学习（3）次、企业（{n}）次", "次"),
        ("党员理论学习中心组学习（3）次、群众（{n}）次", "次"),
        ("党员理论学习中心组学习3次、群众理论学习中心组学习{n}次", "次"),
        ("理论学习中心组学习机关3次、理论学习中心组学习企业{n}次", "次"),
        ("教委理论学习中心组学习（3）次、经信委理论学习中心组学习（{n}）次", "次"),
        ("理论学习中心组学习机关3次 企业{n}次", "次"),
    ],
)
def test_two_bodies_numbers_are_parts_though_they_are_equal(sentence: str, unit: str, second: int) -> None:
    typed = f"{sentence.format(n=second)}，参与（91）人次"
    values, _, _ = read_cell("chongqing-2021", "study", typed)
    assert values["theory_group_sessions"] == "unreadable", typed
    # Whose people they are is not sure either.
    assert values["theory_group_attendance"] in ("unreadable", "row_missing")


@pytest.mark.parametrize(
    "typed",
    [
        "我区组织开展理论学习中心组学习（3）次，参与（91）人次",
        "理论学习中心组学习（3）次，其中机关（2）次，参与（91）人次",
        "全区共开展理论学习中心组学习（3）次，参与（91）人次",
    ],
)
def test_words_that_any_sentence_may_have_make_no_parts(typed: str) -> None:
    values, _, _ = read_cell("chongqing-2021", "study", typed)
    assert values["theory_group_sessions"] == 3.0


def test_equal_parts_of_a_unit_with_a_stroke_are_parts() -> None:
    typed = "制作公益广告、海报、短视频、提示语音等机关（3）条/份、企业（3）条/份,宣传受众（91）人次"
    activity = next(a for a in FORM.activities if "publicity_products_made" in {i.indicator_id for i in a.indicators})
    values, _, _ = read_cell("jincheng-2022", activity.activity_id, typed)
    assert values["publicity_products_made"] == "unreadable"


@pytest.mark.parametrize(
    "parts", [("线上", "线下"), ("国企", "民企"), ("区直部门", "乡镇街道"), ("上半月", "下半月"), ("东片区", "西片区")]
)
@pytest.mark.parametrize("joint", ["；", "，", "、"])
@pytest.mark.parametrize("is_behind", [True, False])
def test_a_second_part_with_its_people_is_no_other_activity(
    parts: tuple[str, str], joint: str, is_behind: bool
) -> None:
    one, two = parts
    before, behind = ("", one) if is_behind else (one, "")
    typed = f"{before}理论学习中心组学习{behind}（3）次，参与（41）人次{joint}{two}（5）次，参与（60）人次"
    values, _, _ = read_cell("chongqing-2021", "study", typed)
    assert values["theory_group_sessions"] == "unreadable" and values["theory_group_attendance"] == "unreadable", typed


@pytest.mark.parametrize("one", ["5月", "6月1日", "6月上旬"])
def test_months_and_days_in_one_sentence_are_parts(one: str) -> None:
    typed = f"理论学习中心组学习{one}（3）次、6月{'16日' if '日' in one else ''}（8）次，参与（60）人次"
    values, _, _ = read_cell("chongqing-2021", "study", typed)
    assert values["theory_group_sessions"] == "unreadable", typed


@pytest.mark.parametrize("other", ["其他活动（5）次", "另印发资料（5）次", "累计（5）次", "观看直播（5）次"])
def test_a_number_of_something_else_is_no_part(other: str) -> None:
    values, _, _ = read_cell("chongqing-2021", "study", f"理论学习中心组学习（3）次，参与（41）人次；{other}")
    assert values["theory_group_sessions"] == 3.0 and values["theory_group_attendance"] == 41.0
