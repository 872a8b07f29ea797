"""Columns that are no blank's are named together, those with numbers one by one; remarks are kept, without personal data."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from etl.findings import FindingRow
from etl.run import Wanted, read_inputs

HEADS: list[object] = ["区县", "理论学习中心组学习（次）", "参与（人次）"]


def findings(folder: Path, rows: list[list[object]]) -> list[FindingRow]:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(folder / "册.xlsx")
    return list(read_inputs(Wanted((folder,), campaign_id="chongqing-2021")).assembly.findings)


def of(found: list[FindingRow], rule: str) -> list[FindingRow]:
    return [f for f in found if f.rule == rule]


def test_columns_that_are_not_the_form_s_are_one_warning_and_each_with_numbers_an_error(tmp_path: Path) -> None:
    found = findings(
        tmp_path,
        [
            [*HEADS, "牵头科室", "2020年学习（次）", "慰问活动（场）", "走访（家）", "联系电话"],
            ["渝北区", 5, 40, "综合科", 4, 3, 2, "67890123"],
            ["江北区", 3, 20, "办公室", 2, 1, None, "67890124"],
        ],
    )
    (aside,) = of(found, "columns_aside")
    lost = of(found, "column_unread")
    assert (aside.level, {f.level for f in lost}) == ("warning", {"error"})
    for name in ("Sheet!D1“牵头科室”", "Sheet!E1“2020年学习(次)”"):
        assert name in aside.message_zh and name in aside.message_en
    assert [(f.place, f.found) for f in lost] == [("Sheet!F1", "慰问活动(场)"), ("Sheet!G1", "走访(家)")]
    for said, numbers in zip(lost, (("2", "3", "1"), ("1", "2")), strict=True):
        assert all(word in said.message_zh and word in said.message_en for word in (said.found, *numbers))
    assert "电话" not in aside.message_zh + "".join(f.message_zh for f in lost)


@pytest.mark.parametrize(
    ("typed", "rule", "kept"),
    [
        ("已上报系统", "remark_kept", "已上报系统"),
        ("另有线上3000人", "remark_number", "另有线上3000人"),
        (12, "remark_number", "12"),
        ("联系人：张三丰 13912345678", "remark_number", "联系人：*** 1XXXXXXXXXX"),
    ],
)
def test_a_remark_is_kept_with_its_unit_and_cell(tmp_path: Path, typed: object, rule: str, kept: str) -> None:
    found = findings(tmp_path, [[*HEADS, "备注"], ["渝北区", 5, 40, typed], ["江北区", 3, 20, None]])
    (said,) = [f for f in found if f.rule.startswith("remark_")]
    assert (said.rule, said.place, said.unit_id, said.found) == (rule, "Sheet!D2", "500112", kept)


def test_words_beside_the_table_are_remarks_and_no_names(tmp_path: Path) -> None:
    found = findings(tmp_path, [HEADS, ["渝北区", 5, 40, "已上报系统"], ["江北区", 3, 20, "张三丰"]])
    assert [(f.place, f.found) for f in of(found, "remark_kept")] == [("Sheet!D2", "已上报系统"), ("Sheet!D3", "***")]


def test_a_remark_in_a_list_with_one_answer_a_row_is_kept(tmp_path: Path) -> None:
    rows: list[list[object]] = [["区县", "指标", "单位", "数值", "备注"]]
    for unit in ("渝北区", "江北区"):
        rows += [
            [unit, "理论学习中心组学习", "次", 5, "已上报系统"],
            [unit, "理论学习中心组学习参与", "人次", 40, None],
        ]
    found = findings(tmp_path, rows)
    assert [(f.place, f.unit_id, f.found) for f in of(found, "remark_kept")] == [
        ("Sheet!E2", "500112", "已上报系统"),
        ("Sheet!E4", "500105", "已上报系统"),
    ]
    assert not of(found, "unit_unresolved") and not of(found, "column_unread")


def test_remarks_of_a_turned_table_are_kept(tmp_path: Path) -> None:
    label, people = "理论学习中心组学习（次）", "理论学习中心组学习参与（人次）"
    rows: list[list[object]] = [
        ["指标", "渝北区", "江北区", "备注"],
        [label, 5, 3, "已上报系统"],
        [people, 40, 20, "线上30人"],
    ]
    found = findings(tmp_path, rows)
    assert [(f.rule, f.place, f.found) for f in found if f.rule.startswith("remark_")] == [
        ("remark_kept", "Sheet!D2", "已上报系统"),
        ("remark_number", "Sheet!D3", "线上30人"),
    ]


def test_words_in_a_blank_are_said_of_that_blank(tmp_path: Path) -> None:
    found = findings(tmp_path, [HEADS, ["渝北区", "已上报系统", 40], ["江北区", 3, 20]])
    (said,) = [f for f in found if f.indicator_id == "theory_group_sessions"]
    assert (said.level, said.found, said.place) == ("error", "已上报系统", "Sheet!B2")


def test_a_remark_in_a_table_of_sentences_is_kept(tmp_path: Path) -> None:
    from etl.catalog import load_catalog

    one, two = load_catalog().forms["chongqing-2021"].activities[:2]
    text = one.blank_text.replace("（", "（5", 1)
    found = findings(
        tmp_path,
        [
            ["区县", one.title_zh, two.title_zh, "备注"],
            ["渝北区", text, two.blank_text.replace("（", "（6", 1), "已上报系统"],
        ],
    )
    assert [(f.unit_id, f.found) for f in of(found, "remark_kept")] == [("500112", "已上报系统")]
