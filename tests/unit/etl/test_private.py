"""What is kept of typed text: no number, address, account or name of a contact."""

from __future__ import annotations

import pytest

from etl.catalog import load_catalog
from etl.facts import interpret, make_fact
from etl.findings import Finding, word_finding
from etl.interpret.count import Typed
from etl.interpret.private import mask_private

PRIVATE = [
    ("+8613800001234", "13800001234"),
    ("+86 138-0000-1234", "0000"),
    ("8613800001234", "13800001234"),
    ("008613800001234", "13800001234"),
    ("13800001234", "13800001234"),
    ("+86-23-67651234", "67651234"),
    ("QQ 123456789", "123456789"),
    ("qq：12345", "12345"),
    ("微信号 wx_abc", "wx_abc"),
    ("微信：zhangsan88", "zhangsan88"),
    ("QQ 123456789 微信号 wx_abc", "wx_abc"),
    ("联系人张三", "张三"),
    ("联系人 张三", "张三"),
    ("姓名张三", "张三"),
    ("联络员是王小明，电话见后", "王小明"),
    ("负责人张三，另见", "张三"),
    ("联系人张三 13800001234", "张三"),
    ("王小明，13912345678", "王小明"),
    ("王小明13912345678", "王小明"),
    ("联系电话：58123456", "58123456"),
    ("座机58123456", "58123456"),
]


@pytest.mark.parametrize(("typed", "secret"), PRIVATE)
@pytest.mark.parametrize("indicator_id", ["theory_group_sessions", "typical_case_details"])
def test_nothing_private_is_kept_of_a_blank(typed: str, secret: str, indicator_id: str) -> None:
    catalog = load_catalog()
    indicator = catalog.forms["chongqing-2021"].by_indicator[indicator_id]
    fact = make_fact("500112", indicator, interpret(indicator, Typed(typed)), typed, "表1")
    said = word_finding(catalog, Finding("unreadable", "表1", typed, typed, proposal=typed), None, None, None)
    assert fact.value is None
    for kept in (fact.text, fact.raw, fact.proposal, *map(str, said)):
        assert secret not in (kept or "")


@pytest.mark.parametrize(
    "text",
    [
        "负责人高度重视",
        "填报人数1200",
        "审核人员12名",
        "通过微信公众号推送12条",
        "微信、QQ群各3个",
        "联络员会议3场",
        "1200人次",
        "参与58123456人次",
    ],
)
def test_plain_words_are_kept(text: str) -> None:
    assert mask_private(text) == text


@pytest.mark.parametrize(
    ("typed", "proposal", "quoted"),
    [
        ("余北", "渝北区", "余北"), ("重庆", None, "重庆"), ("黔江正阳", None, "黔江正阳"), ("永川 区安办", None, "永川 ***"),
        ("綦江区、万盛经开区", None, "綦江区、万盛经开区"), ("江北区 张三", None, "江北区 ***"), ("张三", None, "***"),
        ("张三 李四", None, "***"), ("余北 张三", "渝北区", "***"), ("渝贝区，张三", "渝北区", "渝贝区，***"),
        ("渝北区 局长李四", None, "渝北区 ***"), ("渝北区 王区长", None, "渝北区 ***"), ("渝北区，渝北李四", None, "渝北区，***"), ("渝北区应急局，联系人王五", None, "渝北区应急局，***"),
    ],
)  # fmt: skip
def test_a_name_that_is_no_units_is_quoted_where_it_is_a_place(typed: str, proposal: str | None, quoted: str) -> None:
    finding = Finding("unit_unresolved", "段1", typed, proposal=proposal)
    assert word_finding(load_catalog(), finding, None, None, None).found == quoted
