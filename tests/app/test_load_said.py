"""What the Load page says is true, and said in the reader's words: reasons, reminders, confirmations, states, days of arrival."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from dashboard.desk.loader import read_candidate
from dashboard.desk.places import Desk
from dashboard.desk.staging import read_arrivals, stage
from etl.blank.docx import write_docx
from etl.blank.fill import fill_progress
from tests.app.running import plain_words
from tests.app.test_load import UNIT_ID, Var, confirmation, page, table
from tests.unit.etl.test_decisions import CAMPAIGN, COUNT, PEOPLE, catalog, form

THIS_YEAR = "chongqing-2022"


@pytest.fixture
def var(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Var:
    monkeypatch.setenv("ATLAS_VAR", str(tmp_path))
    return Var(tmp_path)


def whole_form(path: Path, form_id: str, unit: str, day: str, title: str = "") -> None:
    """Every blank of the form filled in."""
    printed = catalog().forms[form_id]
    progress = [fill_progress(a, {i.indicator_id: "7" for i in a.indicators}) for a in printed.activities]
    path.parent.mkdir(parents=True, exist_ok=True)
    header = {"reporting_unit": unit, "report_date": day}
    path.write_bytes(write_docx(replace(printed, title_zh=title or printed.title_zh), progress, header))


@pytest.mark.slow
def test_last_years_form_is_named_first_nothing_untrue_is_said_and_its_consequences_fold(
    var: Var, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole_form(var.inbox / THIS_YEAR / "江北.docx", THIS_YEAR, "江北区", "2022年7月1日")
    whole_form(var.inbox / THIS_YEAR / "璧山.docx", CAMPAIGN, "璧山区", "2022年7月1日")
    var.load()
    app = page(var, monkeypatch)
    row = next(r for r in table(app, "检查所见") if r["文件"] == "璧山.docx")
    assert row["性质"] == "未计入" and str(row["检查所见"]).startswith("填的是别次活动的《")
    words = plain_words(app)
    assert "没有读出可计入的数；该表式是 2021、2020 年活动的" in words and "已读取" not in words
    folded = [e.label for e in app.expander if e.label.startswith("另有")]
    assert len(folded) == 1 and words.index("填的是别次活动的《") < words.index("表内")
    # Who is missing: its table came, and can't be used.
    assert "璧山区（已收到，但无法使用：用了别年的表）" in words


def reminder(var: Var, monkeypatch: pytest.MonkeyPatch, lang: str) -> str:
    told = {"zh": "收件邮箱", "en": "e-mail address"}[lang]
    return next(c.value for c in page(var, monkeypatch, lang).code if told in c.value)


@pytest.mark.slow
def test_who_sent_a_file_that_cannot_be_used_is_told_so_and_not_that_nothing_came(
    var: Var, monkeypatch: pytest.MonkeyPatch
) -> None:
    form(var.inbox / CAMPAIGN / "a.docx", **{COUNT: "7"})
    (var.inbox / CAMPAIGN / "万州区.docx").write_bytes(b"PK\x03\x04 broken")
    digest = form(var.inbox / CAMPAIGN / "涪陵.docx", "涪陵区", **{COUNT: "7"})
    about = {"source_sha256": digest, "source_name": f"inbox/{CAMPAIGN}/涪陵.docx"}
    var.decide(kind="value", unit_id="500102", indicator_id=COUNT, expect="7", value="8", **about)
    var.decide(kind="reject", **about | {"reason": "未盖章"})
    var.load()
    zh, en = reminder(var, monkeypatch, "zh"), reminder(var, monkeypatch, "en")
    silent, unusable = zh.split("\n\n")
    assert "万州区" not in silent and "涪陵区" not in silent and "尚未收到" in silent
    assert "尚未收到" not in unusable and unusable.startswith("万州区、涪陵区：")
    assert "万州区“万州区.docx”：文件损坏。" in unusable and "涪陵区“涪陵.docx”：未盖章。" in unusable
    assert 'Wanzhou, "万州区.docx": ' in en and "could not use it" in en
    # What was decided about the blanks of the rejected file is no doubt about anything.
    app = page(var, monkeypatch)
    next(s for s in app.selectbox if str(s.key).startswith("desk_scope_")).set_value(CAMPAIGN).run()
    row = next(r for r in table(app, "性质") if r["文件"] == "涪陵.docx")
    assert (row["性质"], row["提醒"]) == ("已退回", 0)
    assert {r["状态"] for r in table(app, "状态") if r["类别"] == "更正"} == {"文件已退回，不计入"}


def test_a_file_that_names_no_campaign_is_a_units_by_a_guess_and_that_is_said(
    var: Var, monkeypatch: pytest.MonkeyPatch
) -> None:
    form(var.inbox / CAMPAIGN / "a.docx", **{COUNT: "7"})
    broken = var.inbox / "万州区.docx"
    broken.write_bytes(b"PK\x03\x04 broken")
    os.utime(broken, (1_625_000_000, 1_625_000_000))  # it came in June 2021
    var.load()
    app = page(var, monkeypatch)
    words = plain_words(app)
    assert (
        "万州区（收到一个无法使用的文件：文件损坏；没写清是哪次活动的，按同批文件、收到日期或表样估计是本次的）"
        in words
    )
    assert "万州区“万州区.docx”：文件损坏。【没写清是哪次活动的，估计是本次的" in reminder(var, monkeypatch, "zh")


def test_a_decision_that_changes_nothing_is_a_confirmation(var: Var, monkeypatch: pytest.MonkeyPatch) -> None:
    digest = form(var.inbox / CAMPAIGN / "a.docx", **{COUNT: "303", PEOPLE: "30"})
    about = {"source_sha256": digest, "unit_id": UNIT_ID, "source_name": f"inbox/{CAMPAIGN}/a.docx"}
    var.decide(kind="value", indicator_id=COUNT, expect="303", value="303", **about)
    var.decide(kind="value", indicator_id=PEOPLE, expect="30", value="待统计", **about)
    var.load()
    app = page(var, monkeypatch)
    assert {r["指标"]: r["类别"] for r in table(app, "类别")} == {
        catalog().forms[CAMPAIGN].by_indicator[COUNT].label_zh: "确认",
        catalog().forms[CAMPAIGN].by_indicator[PEOPLE].label_zh: "更正",
    }
    rows = {str(r["原文"]): r for r in table(app, "读作")}
    assert (rows["303"]["级别"], rows["30"]["级别"]) == ("已确认", "已更正")
    said = {raw: str(row["检查所见"]) for raw, row in rows.items()}
    assert "确认" in said["303"] and "更正为 待统计" in said["30"]
    assert "303" not in confirmation(var, monkeypatch, "zh") and "现计 待统计" in confirmation(var, monkeypatch, "zh")


def test_typing_what_was_read_corrects_nothing(var: Var, monkeypatch: pytest.MonkeyPatch) -> None:
    form(var.inbox / CAMPAIGN / "a.docx", **{COUNT: "303"})
    var.load()
    app = page(var, monkeypatch)
    app.text_input(key="desk_by").set_value("综合科").run()
    next(t for t in app.text_input if t.label == "更正为").set_value("303")
    next(t for t in app.text_input if t.placeholder.startswith("如：7月5日电话")).set_value("核对")
    next(b for b in app.button if b.label == "更正").click().run()
    assert [i.value for i in app.info] == ["与读出的数相同，没有要更正的。"]
    assert not Desk(var.root).decisions.exists()


def test_the_list_of_decisions_names_blanks_though_their_file_is_gone(
    var: Var, monkeypatch: pytest.MonkeyPatch
) -> None:
    form(var.inbox / CAMPAIGN / "a.docx", **{COUNT: "7"})
    var.decide(kind="value", source_sha256="0" * 64, unit_id=UNIT_ID, indicator_id=COUNT, expect="7", value="8")
    var.load()
    app = page(var, monkeypatch)
    (offer,) = app.selectbox(key="desk_withdraw_zh").options
    assert catalog().forms[CAMPAIGN].by_indicator[COUNT].label_zh in offer and COUNT not in offer


def test_brackets_of_the_form_are_no_part_of_what_was_typed(var: Var, monkeypatch: pytest.MonkeyPatch) -> None:
    typed = {COUNT: "1O2", PEOPLE: "若干", "lecture_sessions": "（12）"}
    form(var.inbox / CAMPAIGN / "a.docx", **typed)
    var.load()
    raws = {str(r["原文"]) for r in table(page(var, monkeypatch), "读作") if r["原文"]}
    assert {"1O2", "若干"} <= raws and not any(raw.startswith("(") for raw in raws)


def test_what_is_settled_stands_last(var: Var, monkeypatch: pytest.MonkeyPatch) -> None:
    form(var.inbox / CAMPAIGN / "a.docx", day="2021年7月8日", **{COUNT: "12", PEOPLE: "300"})
    form(var.inbox / CAMPAIGN / "b.docx", **{COUNT: "1O2", PEOPLE: "3O0"})
    rejected = form(var.inbox / CAMPAIGN / "c.docx", "江北区", **{COUNT: "1O2"})
    var.decide(kind="reject", source_sha256=rejected)
    form(var.inbox / CAMPAIGN / "d.docx", "万州区", **{COUNT: "2"})
    var.load()
    rows = [(r["文件"], r["性质"]) for r in table(page(var, monkeypatch), "性质")]
    assert rows[:2] == [("a.docx", "更正"), ("d.docx", "新报")] or rows[:2] == [("d.docx", "新报"), ("a.docx", "更正")]
    assert dict(rows[2:]) == {"b.docx": "已被替代", "c.docx": "已退回"}


@pytest.mark.parametrize(
    ("is_one", "days"),
    [
        (False, {"甲.docx": "2021-06-28", "乙.docx": "2021-07-05"}),
        pytest.param(True, {"甲.docx": "2021-07-05", "乙.docx": "2021-07-05"}, marks=pytest.mark.slow),
    ],
)
def test_each_late_file_keeps_a_day_of_its_own_or_all_get_one(
    var: Var, monkeypatch: pytest.MonkeyPatch, is_one: bool, days: dict[str, str]
) -> None:
    form(var.inbox / CAMPAIGN / "b.docx", "江北区", **{COUNT: "3"})
    var.load()
    desk = Desk(var.root)
    for name, unit, day in (("甲.docx", "万州区", "2021年6月28日"), ("乙.docx", "渝北区", "2021年7月5日")):
        form(var.root / name, unit, day=day, **{COUNT: "7"})
        stage(desk, [(name, (var.root / name).read_bytes())], datetime(2021, 11, 22, 9))
    assert read_candidate(desk).is_done
    app = page(var, monkeypatch)
    # The button stands with the days that it sets.
    (box,) = (e for e in app.expander if e.label.startswith("改收到日期（2 个文件"))
    assert [b.key for b in box.button] == ["desk_late_change"] and [c.key for c in box.checkbox] == ["desk_late_all"]
    if is_one:
        app.checkbox(key="desk_late_all").check().run()
    app.button(key="desk_late_change").click().run()
    assert {name: at[:10] for name, at in read_arrivals(desk.staged)} == days
