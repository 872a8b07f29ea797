"""A sentence that stands twice with the same number: one figure where its row was pasted twice, perhaps parts where words lead it."""

from __future__ import annotations

import pytest

from tests.unit.etl.test_alignment import read_cell

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
