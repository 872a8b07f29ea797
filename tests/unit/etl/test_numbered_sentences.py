"""Numbers before sentences, and texts whose sentences were moved: none of them is an answer, none swallows one."""

from __future__ import annotations

import re

import pytest

from tests.unit.etl.test_alignment import filled, numbered, read_cell


@pytest.mark.parametrize("sign", ["{}）", "（{}）", "{})", "({})"])
@pytest.mark.parametrize("joint", ["；", "，", "。", "\n"])
def test_a_sentence_number_is_no_answer(sign: str, joint: str) -> None:
    typed = numbered("jincheng-2021", "rectification")
    sentences = [s for s in re.split("[；;。]\n?", filled("jincheng-2021", "rectification", **typed)) if s.strip()]
    text = joint.join(sign.format(n) + s for n, s in enumerate(sentences, 1))
    values, _, extras = read_cell("jincheng-2021", "rectification", text)
    assert {k: values[k] for k in typed} == {k: float(v) for k, v in typed.items()}
    assert extras == []


def test_a_number_between_a_turned_pair_says_that_a_sentence_begins() -> None:
    text = "刊发新闻报道（63）篇，（1）组织媒体报道（56）次；刊发新闻报道（77）篇，（2）宣传推广经验做法（70）个；（3）企业开展活动（84）场，参与（91）人次。"
    values, _, _ = read_cell("jincheng-2021", "rectification", text)
    assert values["good_practices_promoted"] == 70.0
    assert not isinstance(values["campaign_news_articles"], float)
    assert not isinstance(values["good_practice_news_articles"], float)


def test_numbers_before_words_that_have_no_other_answer_are_quoted() -> None:
    values, _, extras = read_cell("jincheng-2021", "tour", "（3）曝光问题隐患；（4）媒体转发报道。")
    read = {values["hazards_exposed"], values["media_reposts"]}
    assert read == {3.0, 4.0} or {"（3）", "（4）"} <= set(extras)


def test_a_moved_description_takes_no_sentence_along() -> None:
    text = (
        "媒体转发报道（12）篇；典型案例具体为（某厂火灾事故）；组织参观警示教育展览（47）场，参与（54）人次；"
        "组织观看典型事故警示教育片（33）场，参与（40）人次；在县（市、区）政府常务会和安全生产工作例会通报（26）次；曝光问题隐患（98）条。"
    )
    values, _, _ = read_cell("jincheng-2021", "tour", text)
    assert values["typical_case_details"] == "某厂火灾事故"
    assert (values["warning_exhibition_visits"], values["warning_exhibition_attendance"]) == (47.0, 54.0)
    assert (values["warning_film_screenings"], values["warning_film_attendance"]) == (33.0, 40.0)


def test_numbers_before_sentences_of_people_alone_are_quoted() -> None:
    text = "（3）专题研讨、集中宣讲、培训辅导等，参与（41）人次；（4）开展安全生产“公开课”“大家谈”“班组会”等学习活动，参与（83）人次"
    values, _, extras = read_cell("jincheng-2022", "study", text)
    assert {"（3）", "（4）"} <= set(extras)
    assert not isinstance(values["seminar_training_sessions"], float)
    assert not isinstance(values["lecture_sessions"], float)


def test_people_of_a_sentence_without_a_count_are_not_the_next_one_s() -> None:
    text = "专题研讨若干次，有41人次参与，开展安全生产“公开课”“大家谈”“班组会”等学习活动7场。"
    assert not isinstance(read_cell("jincheng-2022", "study", text)[0]["lecture_attendance"], float)
