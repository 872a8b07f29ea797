"""Figures of a refused text that have no unit or no digits are quoted; days, telephones and numbering are none."""

from __future__ import annotations

import pytest

from etl.form.figures_quoted import figures_quoted


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("公开课三场，参与四十五人。演练十二次，参与三百人次。", ["三场", "四十五人", "十二次", "三百人次"]),
        ("高平市 6 / 城区5", ["6", "5"]),
        ("阳城县7、沁水县 18\n陵川县：19", ["7", "18", "19"]),
        ("公开课32场（线上），整改隐患34项，(三十一)名同志参加", ["32场", "34项", "(三十一)名"]),
        ("公开课32场（线上） 34项 共56", ["32", "34", "56"]),
        ("另有 (三十三) 人，三十六", ["(三十三) 人", "三十六"]),
        ("举办了一场公开课，参加人数1,204", ["一场", "1,204"]),
    ],
)
def test_each_figure_is_quoted(text: str, figures: list[str]) -> None:
    said = figures_quoted([text])["basis"]
    assert not [f for f in figures if f not in said], said


@pytest.mark.parametrize(
    "text",
    [
        "一、总体情况",
        "（一）开展宣传",
        "1.组织领导",
        "2021年6月16日 10:32",
        "联系电话：023-12345678",
        "举报电话12350",
        "晋安办〔2022〕37号",
        "见附件2",
        "6·16安全宣传咨询日",
        "第12届运动会第三次会议",
        "这是一个重要的月份，大家一起努力",
    ],
)
def test_what_is_no_figure_is_not(text: str) -> None:
    assert figures_quoted([text]) == {}
