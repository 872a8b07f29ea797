"""The reminder of the desk: whom, what, when, where, politely, in the marks of each language."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from dashboard.desk.records import MissingUnit
from dashboard.desk.reminder import reminder_text
from dashboard.records import Campaign, Lang

CAMPAIGN = Campaign(
    "chongqing-2021", "chongqing", "重庆市", "Chongqing", "渝", 2021, "chongqing-2021", "重庆市2021年“安全生产月”活动",
    "Chongqing Work Safety Month 2021", "", "", "notice", date(2021, 6, 1), date(2021, 6, 30), date(2021, 7, 2), None, False, True, 41, 39,
)  # fmt: skip
FORM = ("重庆市“安全生产月”活动情况统计表", "Chongqing “Work Safety Month” activity statistics form")
UNITS = [MissingUnit("500112", "渝北区", "Yubei", *FORM), MissingUnit("500105", "江北区", "Jiangbei", *FORM)]
NEEDED: dict[Lang, tuple[str, ...]] = {
    "zh": ("渝北区", "江北区", "《重庆市“安全生产月”活动情况统计表》", "2021年7月2日", "2021年7月5日", "【待补充：收件邮箱或联系处室】", "谢谢", "请"),
    "en": ("Yubei", "Jiangbei", "activity statistics form", "2 Jul 2021", "5 Jul 2021", "[To be filled in: e-mail address or office]", "Thank you", "Please"),
}  # fmt: skip


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_it_says_who_owes_what_by_when_and_where_to_send_it(lang: Lang) -> None:
    said = reminder_text(lang, CAMPAIGN, UNITS, date(2021, 7, 5))
    assert [word for word in NEEDED[lang] if word not in said] == []


def test_the_chinese_text_has_chinese_marks_only_and_no_quotes_inside_quotes() -> None:
    for due in (None, date(2021, 7, 2), date(2021, 7, 9)):
        said = reminder_text("zh", replace(CAMPAIGN, table_due_on=due), UNITS, date(2021, 7, 5))
        assert not re.search(r"[,;:!?()\[\]\"'.]", said)
        depth = 0
        for mark in re.findall("[“”]", said):
            depth += 1 if mark == "“" else -1
            assert depth in (0, 1)
        assert depth == 0


def test_the_english_text_has_no_chinese_mark() -> None:
    assert not re.search(
        "[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef“”]", reminder_text("en", CAMPAIGN, UNITS, date(2021, 7, 5))
    )


@pytest.mark.parametrize(
    ("due", "zh", "en"), [(date(2021, 7, 9), "按时", "in time"), (date(2021, 7, 2), "尽快", "as soon as")]
)
def test_before_the_due_day_it_reminds_and_after_it_asks(due: date, zh: str, en: str) -> None:
    campaign = replace(CAMPAIGN, table_due_on=due)
    assert zh in reminder_text("zh", campaign, UNITS, date(2021, 7, 5))
    assert en in reminder_text("en", campaign, UNITS, date(2021, 7, 5))


def test_to_one_unit_it_speaks_of_that_unit() -> None:
    said = reminder_text("zh", CAMPAIGN, UNITS[:1], date(2021, 7, 5))
    assert said.startswith("渝北区：") and "你单位" in said and "江北区" not in said
