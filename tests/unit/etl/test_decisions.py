"""Decisions of the desk: taken down whole or not at all, applied with what was typed kept, lapsing with their source."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

import duckdb
import pytest

from dashboard.texts import read_texts
from etl.__main__ import main
from etl.blank.docx import write_docx
from etl.blank.fill import fill_progress
from etl.catalog import Catalog, load_catalog
from etl.decisions import read_decisions
from etl.decisions.decide import take_down
from etl.decisions.model import DecisionsUnread
from etl.errors import UsageError
from etl.interpret.lexicon import load_lexicon
from etl.run import Wanted, is_current, load

CAMPAIGN, UNIT_ID, COUNT, PEOPLE = "chongqing-2021", "500112", "theory_group_sessions", "theory_group_attendance"


@lru_cache(maxsize=1)
def catalog() -> Catalog:
    return load_catalog()


def form(path: Path, unit: str = "渝北区", day: str = "2021年7月1日", title: str = "", **typed: str) -> str:
    """A filled form; its digest."""
    activities = catalog().forms[CAMPAIGN].activities
    progress = [fill_progress(a, typed if a.position == 1 else {}) for a in activities]
    printed = catalog().forms[CAMPAIGN]
    data = write_docx(
        replace(printed, title_zh=title or printed.title_zh), progress, {"reporting_unit": unit, "report_date": day}
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    os.utime(path, (1_625_000_000, 1_625_000_000))
    return sha256(data).hexdigest()


class Desk:
    """A folder of files, the decisions about them, and the releases made of both."""

    def __init__(self, root: Path) -> None:
        self.inbox, self.file, self.releases = root / CAMPAIGN, root / "decisions.csv", root / "releases"

    @property
    def wanted(self) -> Wanted:
        return Wanted((self.inbox,), decisions_file=self.file)

    def decide(self, **fields: object) -> str:
        item = {"decided_by": "综合科", "form_id": CAMPAIGN, "unit_id": UNIT_ID, **fields}
        (made,) = take_down(catalog(), json.dumps([item]), self.file, datetime(2021, 7, 3, 9))
        return made.decision_id

    def load(self) -> None:
        assert load(self.wanted, self.releases).pointer

    def rows(self, query: str) -> list[tuple[object, ...]]:
        name = json.loads((self.releases / "CURRENT").read_text())["file"]
        with duckdb.connect(str(self.releases / name), read_only=True) as con:
            return con.execute(query).fetchall()

    def fact(self, indicator: str = COUNT) -> tuple[object, ...]:
        (row,) = self.rows(
            f"select value, qualifier, state, raw, decision_id is not null from current_fact where indicator_id = '{indicator}'"
        )
        return row


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_an_accepted_proposal_counts_and_the_typed_text_stays(desk: Desk) -> None:
    digest = form(desk.inbox / "a.docx", **{COUNT: "1O2", PEOPLE: "30"})
    desk.load()
    assert desk.fact() == (None, "exact", "unreadable", "1O2", False)
    ((proposal,),) = desk.rows(f"select proposal from finding where indicator_id = '{COUNT}' and proposal is not null")
    desk.decide(kind="accept", source_sha256=digest, indicator_id=COUNT, expect="1O2", value=proposal)
    desk.load()
    assert desk.fact() == (102.0, "exact", "reported", "1O2", True)
    states = dict(desk.rows(f"select rule, state from finding where indicator_id = '{COUNT}'"))
    assert states.pop("corrected") == "open"
    assert set(states.values()) == {"corrected"}


def test_a_correction_reads_like_a_blank_and_names_who_and_why(desk: Desk) -> None:
    digest = form(desk.inbox / "a.docx", **{COUNT: "12", PEOPLE: "3000"})
    desk.decide(
        kind="value", source_sha256=digest, indicator_id=PEOPLE, expect="3000", value="约3.5万余", reason="电话核实"
    )
    desk.load()
    assert desk.fact(PEOPLE) == (35000.0, "approx", "reported", "3000", True)
    ((message,),) = desk.rows("select message_zh from finding where rule = 'corrected'")
    assert all(word in str(message) for word in ("3000", "35,000", "综合科", "2021-07-03", "电话核实"))


@pytest.mark.parametrize("written", ["采纳建议", "proposal accepted"])
def test_a_reason_of_the_desks_own_is_said_in_both_languages(desk: Desk, written: str) -> None:
    digest = form(desk.inbox / "a.docx", **{COUNT: "1O2", PEOPLE: "30"})
    desk.decide(kind="accept", source_sha256=digest, indicator_id=COUNT, expect="1O2", value="102", reason=written)
    desk.load()
    ((zh, en),) = desk.rows("select message_zh, message_en from finding where rule = 'corrected'")
    assert "采纳建议" in str(zh) and "proposal accepted" in str(en) and "采纳" not in str(en)
    for lang, key in (("zh", "desk.reason.accepted"), ("en", "desk.reason.assigned")):
        lexicon = load_lexicon().desk_reasons
        assert read_texts()[key][lang] in {*lexicon, *lexicon.values()}, "the page writes what the lexicon knows"


def test_a_decision_lapses_when_the_file_is_another(desk: Desk) -> None:
    digest = form(desk.inbox / "a.docx", **{COUNT: "12"})
    desk.decide(kind="value", source_sha256=digest, indicator_id=COUNT, expect="12", value="15", reason="笔误")
    form(desk.inbox / "a.docx", **{COUNT: "14"})
    desk.load()
    assert desk.fact()[0] == 14.0
    assert desk.rows("select state, found from decision") == [("lapsed", "file")]


def test_a_decision_lapses_when_the_blank_says_something_else(desk: Desk) -> None:
    digest = form(desk.inbox / "a.docx", **{COUNT: "12"})
    desk.decide(kind="value", source_sha256=digest, indicator_id=COUNT, expect="11", value="15", reason="笔误")
    desk.load()
    assert desk.fact()[0] == 12.0
    assert desk.rows("select state, found from decision") == [("lapsed", "12")]
    assert desk.rows("select count(*) from finding where rule = 'decision_lapsed'") == [(1,)]


def test_the_last_of_two_decisions_holds_and_a_withdrawn_one_does_not(desk: Desk) -> None:
    digest = form(desk.inbox / "a.docx", **{COUNT: "12"})
    common = {"source_sha256": digest, "indicator_id": COUNT, "expect": "12", "reason": "核实"}
    desk.decide(kind="value", value="15", **common)
    last = desk.decide(kind="value", value="16", **common)
    desk.load()
    assert desk.fact()[0] == 16.0
    desk.decide(kind="withdraw", value=last, reason="误改")
    desk.load()
    assert desk.fact()[0] == 15.0


def test_a_unit_a_campaign_and_a_rejection(desk: Desk) -> None:
    unknown = form(desk.inbox / "a.docx", "渝贝区", **{COUNT: "12"})
    rejected = form(desk.inbox / "b.docx", "江北区", **{COUNT: "99"})
    elsewhere = form(desk.inbox.parent / "loose" / "c.docx", "巴南区", **{COUNT: "5"})
    desk.decide(kind="unit", source_sha256=unknown, expect="渝贝区", value=UNIT_ID)
    desk.decide(kind="reject", source_sha256=rejected, reason="未盖章")
    desk.decide(kind="campaign", source_sha256=elsewhere, value=CAMPAIGN)
    wanted = Wanted((desk.inbox, desk.inbox.parent / "loose"), decisions_file=desk.file)
    assert load(wanted, desk.releases).pointer
    query = f"select campaign_id, unit_id, value from current_fact where indicator_id = '{COUNT}' order by 2"
    assert desk.rows(query) == [(CAMPAIGN, UNIT_ID, 12.0), (CAMPAIGN, "500113", 5.0)]
    assert desk.rows("select count(*) from finding where rule = 'rejected_by_hand'") == [(1,)]


def test_an_explained_finding_is_settled(desk: Desk) -> None:
    digest = form(desk.inbox / "a.docx", **{COUNT: "约12", PEOPLE: "5"})
    rule = "fewer_people_than_events"
    desk.decide(kind="explain", source_sha256=digest, indicator_id=PEOPLE, expect="5", rule=rule, reason="一人多场")
    desk.load()
    assert desk.rows(f"select distinct state from finding where rule = '{rule}'") == [("explained",)]


@pytest.mark.parametrize(("typed", "n_named"), [("12", 1), ("14", 0)], ids=["same text again", "another text"])
def test_a_correction_of_a_replaced_file_is_not_in_force_and_named_where_the_new_one_says_the_same(
    desk: Desk, typed: str, n_named: int
) -> None:
    old = form(desk.inbox / "a.docx", **{COUNT: "12", PEOPLE: "300"})
    desk.decide(kind="value", source_sha256=old, indicator_id=COUNT, expect="12", value="15", reason="笔误")
    new = form(desk.inbox / "b.docx", day="2021年7月8日", **{COUNT: typed, PEOPLE: "310"})
    desk.load()
    assert desk.fact() == (float(typed), "exact", "reported", typed, False)
    assert desk.rows("select state, found from decision") == [("superseded", "b.docx")]
    named = "select source_sha256, message_zh from finding join submission using (submission_id) where rule = 'decision_superseded'"
    found = desk.rows(named)
    assert len(found) == n_named
    if found:
        ((digest, message),) = found
        assert digest == new and all(word in str(message) for word in ("a.docx", "综合科", "15", "笔误"))
        desk.decide(kind="value", source_sha256=new, indicator_id=COUNT, expect="12", value="15", reason="笔误")
        desk.load()
        assert desk.fact() == (15.0, "exact", "reported", "12", True)
        assert desk.rows("select state from finding where rule = 'decision_superseded'") == [("corrected",)]
        assert desk.rows("select state from decision order by decided_at, state") == [("applied",), ("superseded",)]


def test_a_unit_assigned_to_a_replaced_file_is_not_in_force_and_one_of_a_counted_file_is(desk: Desk) -> None:
    old = form(desk.inbox / "a.docx", "渝贝区", **{COUNT: "12"})
    desk.decide(kind="unit", source_sha256=old, expect="*", value=UNIT_ID, unit_id="")
    desk.load()
    assert desk.rows("select state from decision") == [("applied",)]
    form(desk.inbox / "b.docx", day="2021年7月8日", **{COUNT: "14"})
    desk.load()
    assert desk.rows("select state from decision") == [("superseded",)]


def test_a_correction_of_one_unit_of_a_table_stays_while_only_others_were_sent_again(desk: Desk) -> None:
    table = desk.inbox / "汇总.csv"
    table.parent.mkdir(parents=True)
    label = catalog().forms[CAMPAIGN].by_indicator[COUNT].label_zh
    people = catalog().forms[CAMPAIGN].by_indicator[PEOPLE].label_zh
    table.write_text(f"区县,{label},{people}\n渝北区,12,300\n江北区,7,80\n", encoding="utf-8")
    os.utime(table, (1_625_000_000, 1_625_000_000))
    digest = sha256(table.read_bytes()).hexdigest()
    for unit_id, typed in ((UNIT_ID, "12"), ("500105", "7")):
        common = {"source_sha256": digest, "indicator_id": COUNT, "expect": typed, "reason": "笔误", "value": "15"}
        desk.decide(kind="value", unit_id=unit_id, **common)
    form(desk.inbox / "b.docx", "江北区", day="2021年7月8日", **{COUNT: "9", PEOPLE: "80"})
    desk.load()
    assert dict(desk.rows("select unit_id, state from decision")) == {UNIT_ID: "applied", "500105": "superseded"}
    assert desk.rows("select count(*) from finding where rule = 'decision_superseded'") == [(0,)]


def test_a_remark_on_a_whole_file_can_be_explained(desk: Desk) -> None:
    digest = form(desk.inbox / "b.docx", day="2022年1月8日", **{COUNT: "14"})
    rule = "date_year_mismatch"
    desk.load()
    assert desk.rows(f"select unit_id, state from finding where rule = '{rule}'") == [(UNIT_ID, "open")]
    desk.decide(kind="explain", source_sha256=digest, rule=rule, reason="日期写错，已核实")
    desk.load()
    assert desk.rows(f"select state from finding where rule = '{rule}'") == [("explained",)]
    assert desk.rows("select state from decision") == [("applied",)]


@pytest.mark.parametrize(
    ("day", "title"),
    [
        ("2020年7月8日", ""),
        *(
            pytest.param(*told, marks=pytest.mark.slow)
            for told in (("2022年7月8日", ""), ("", "重庆市2020年“安全生产月”活动进展情况统计表"))
        ),
    ],
)
def test_another_years_form_counts_only_when_a_person_says_so(desk: Desk, day: str, title: str) -> None:
    form(desk.inbox / "a.docx", "江北区", **{COUNT: "3"})
    digest = form(desk.inbox / "b.docx", day=day, title=title, **{COUNT: "14"})
    desk.load()
    assert desk.rows("select status from submission order by source_name") == [("current",), ("refused",)]
    ((level, proposal, said),) = desk.rows("select level, proposal, message_zh from finding where rule = 'other_year'")
    # The next year's campaign asks for another form, and is none to propose.
    assert (level, proposal) == ("error", "chongqing-2020" if "2020" in day + title else None)
    assert "不是 2021 年" in str(said)
    desk.decide(kind="campaign", source_sha256=digest, value=CAMPAIGN)
    desk.load()
    assert desk.rows("select status from submission") == [("current",), ("current",)]
    assert desk.rows("select count(*) from finding where rule = 'other_year'") == [(0,)]
    assert (14.0,) in desk.rows(f"select value from current_fact where indicator_id = '{COUNT}'")


@pytest.mark.parametrize(
    "line", [pytest.param("填报日期：2020年7月8日", marks=pytest.mark.slow), "重庆市2020年安全生产月统计表"]
)
def test_a_collected_table_of_another_year_counts_only_when_a_person_says_so(desk: Desk, line: str) -> None:
    form(desk.inbox / "a.docx", "江北区", **{COUNT: "3"})
    heads = ",".join(catalog().forms[CAMPAIGN].by_indicator[i].label_zh for i in (COUNT, PEOPLE))
    table = desk.inbox / "汇总.csv"
    table.write_text(f"{line},,\n区县,{heads}\n渝北区,14,300\n南岸区,9,80\n", encoding="utf-8")
    digest = sha256(table.read_bytes()).hexdigest()
    desk.load()
    assert desk.rows("select distinct level from finding where rule = 'other_year'") == [("error",)]
    desk.decide(kind="campaign", source_sha256=digest, value=CAMPAIGN)
    desk.load()
    counted = f"select value from current_fact where indicator_id = '{COUNT}' order by value"
    assert desk.rows(counted) == [(3.0,), (9.0,), (14.0,)]


def test_a_form_of_two_years_is_nobodys_until_a_person_says_so(desk: Desk) -> None:
    root = desk.inbox.parent / "staged"
    form(root / "a.docx", "江北区", title="重庆市2021年“安全生产月”活动进展情况统计表", **{COUNT: "3"})
    form(root / "b.docx", day="2020年7月8日", title="重庆市2021年“安全生产月”活动进展情况统计表", **{COUNT: "14"})
    form(
        root / "c.docx",
        "南岸区",
        day="2022年1月8日",
        title="重庆市2021年“安全生产月”活动进展情况统计表",
        **{COUNT: "15"},
    )
    assert load(Wanted((root,), decisions_file=desk.file), desk.releases).pointer
    said = "select status, campaign_id from submission order by source_name"
    assert desk.rows(said) == [("current", CAMPAIGN), ("refused", None), ("current", CAMPAIGN)]
    assert desk.rows("select found from finding where rule = 'campaign_years_differ'") == [("2020、2021",)]


def test_the_day_a_file_was_published_says_nothing_of_its_year(desk: Desk) -> None:
    """What the desk showed as 2021 was filed as 2026, after the inbox's folder of the day."""
    root = desk.inbox.parent
    for place in ("staged", "inbox/2026-07-03", "inbox/2026-07-03/表.zip"):
        form(root / place / "a.docx", day="", **{COUNT: "12"})
        assert load(Wanted((root / place.split("/")[0],), decisions_file=desk.file), desk.releases).pointer
        assert desk.rows("select distinct campaign_id from submission") == [(CAMPAIGN,)]


def test_a_decision_taken_twice_about_the_same_bytes_is_one(desk: Desk) -> None:
    digest = form(desk.inbox / "a.docx", **{COUNT: "12"})
    common = {"kind": "value", "source_sha256": digest, "indicator_id": COUNT, "expect": "12", "reason": "核实"}
    first = desk.decide(value="15", **common)
    assert desk.decide(value="15", **common, decided_by="另一科") == first
    assert len(read_decisions(desk.file)) == 1
    # Back to an earlier value is another decision than the one before it.
    desk.decide(value="16", **common)
    assert desk.decide(value="15", **common, decided_by="另一科") != first
    assert [d.value for d in read_decisions(desk.file)] == ["15", "16", "15"]
    desk.load()
    assert desk.fact()[0] == 15.0
    assert [desk.decide(kind="unit", source_sha256=digest, expect="*", value=UNIT_ID) for _ in "ab"] == [
        read_decisions(desk.file)[3].decision_id
    ] * 2


def test_a_correction_stays_when_the_form_turns_out_to_be_another_units(desk: Desk) -> None:
    form(desk.inbox / "b.docx", "江北区", **{COUNT: "3"})
    digest = form(desk.inbox / "a.docx", "渝贝区", **{COUNT: "1O2"})
    desk.decide(kind="accept", source_sha256=digest, unit_id="", indicator_id=COUNT, expect="1O2", value="102")
    for day, unit_id in enumerate((UNIT_ID, "500113"), start=1):
        desk.decide(kind="unit", source_sha256=digest, expect="*", value=unit_id, reason=f"第{day}次")
        desk.load()
        assert (unit_id, 102.0) in desk.rows(
            f"select unit_id, value from current_fact where indicator_id = '{COUNT}' and decision_id is not null"
        )
        assert desk.rows("select unit_id, state from decision where kind = 'accept'") == [(unit_id, "applied")]
        assert not desk.rows("select 1 from finding where rule = 'decision_lapsed'")
    assert desk.rows("select state from decision where kind = 'unit' order by value desc") == [
        ("applied",),
        ("withdrawn",),
    ]


@pytest.mark.parametrize(("typed", "state"), [("12", "withdrawn"), ("13", "lapsed")], ids=["same text", "another"])
def test_a_lapsed_decision_that_was_taken_anew_about_the_file_sent_again_is_no_longer_open(
    desk: Desk, typed: str, state: str, capsys: pytest.CaptureFixture[str]
) -> None:
    old = form(desk.inbox / "a.docx", **{COUNT: "12"})
    common = {"kind": "value", "indicator_id": COUNT, "reason": "笔误", "value": "15"}
    desk.decide(source_sha256=old, source_name="staged/a.docx", expect="12", **common)
    new = form(desk.inbox / "a.docx", **{COUNT: typed, PEOPLE: "300"})
    desk.load()
    assert desk.rows("select state, found from decision") == [("lapsed", "file")]
    anew = desk.decide(source_sha256=new, source_name="inbox/2021-07-03/a (2).docx", expect=typed, **common)
    desk.load()
    states = dict(desk.rows("select source_sha256, state from decision"))
    assert states == {old: state, new: "applied"}
    found = desk.rows(f"select found from decision where source_sha256 = '{old}'")
    assert found == [(anew if state == "withdrawn" else "file",)]


REFUSED = [
    ({"kind": "guess"}, "kind"),
    ({"kind": "value", "source_sha256": "0", "indicator_id": COUNT, "value": "5"}, "reason"),
    ({"kind": "value", "source_sha256": "0", "indicator_id": COUNT, "value": "1O2", "reason": "x"}, "1O2"),
    ({"kind": "value", "source_sha256": "0", "indicator_id": "nothing", "value": "5", "reason": "x"}, "blank"),
    ({"kind": "unit", "source_sha256": "0", "value": "999999"}, "999999"),
    ({"kind": "campaign", "source_sha256": "0", "value": "atlantis-2021"}, "atlantis-2021"),
    ({"kind": "withdraw", "value": "nothing", "reason": "x"}, "nothing"),
]


@pytest.mark.parametrize(("item", "word"), REFUSED)
def test_what_cannot_be_meant_is_not_taken_down(desk: Desk, item: dict[str, object], word: str) -> None:
    good = {"kind": "reject", "source_sha256": "0", "reason": "x", "decided_by": "d"}
    with pytest.raises(UsageError, match=word):
        take_down(
            catalog(),
            json.dumps([good, {"decided_by": "d", "form_id": CAMPAIGN, **item}]),
            desk.file,
            datetime(2021, 7, 3),
        )
    assert read_decisions(desk.file) == ()


def test_a_damaged_file_of_decisions_stops_the_load_with_its_line(desk: Desk) -> None:
    digest = form(desk.inbox / "a.docx", **{COUNT: "12"})
    desk.load()
    desk.decide(kind="reject", source_sha256=digest, reason="x")
    text = desk.file.read_text(encoding="utf-8-sig").replace(",reject,", ",rejekt,")
    desk.file.write_text(text, encoding="utf-8-sig")
    with pytest.raises(DecisionsUnread, match=r"decisions\.csv line 2"):
        load(desk.wanted, desk.releases)
    assert desk.fact()[0] == 12.0


def test_the_command_line_takes_decisions_from_a_file(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    listed = desk.file.parent / "list.json"
    listed.write_text(
        json.dumps([{"kind": "reject", "source_sha256": "0", "reason": "x", "decided_by": "综合科 13812345678"}])
    )
    assert main(["decide", str(listed), "--decisions", str(desk.file)]) == 0
    (kept,) = read_decisions(desk.file)
    assert kept.kind == "reject" and "138" not in kept.decided_by
    listed.write_text("[1]")
    assert main(["decide", str(listed), "--decisions", str(desk.file)]) == 2
    assert "JSON" in capsys.readouterr().err


def test_a_release_is_current_until_a_file_or_a_decision_changes(desk: Desk) -> None:
    digest = form(desk.inbox / "a.docx", **{COUNT: "12"})
    assert not is_current(desk.wanted, desk.releases)
    desk.load()
    assert is_current(desk.wanted, desk.releases)
    desk.decide(kind="reject", source_sha256=digest, reason="x")
    assert not is_current(desk.wanted, desk.releases)
    desk.file.unlink()
    assert is_current(desk.wanted, desk.releases)
    form(desk.inbox / "b.docx", "江北区", **{COUNT: "3"})
    assert not is_current(desk.wanted, desk.releases)


def said(desk: Desk, capsys: pytest.CaptureFixture[str]) -> str:
    """What a check of the desk's files prints."""
    assert main(["check", str(desk.inbox), "--decisions", str(desk.file), "--releases", str(desk.releases)]) == 0
    return capsys.readouterr().out


@pytest.mark.parametrize(
    "decision", [{"kind": "value", "value": "102"}, {"kind": "explain"}], ids=["corrected", "explained"]
)
def test_a_settled_finding_is_no_longer_listed(
    desk: Desk, capsys: pytest.CaptureFixture[str], decision: dict[str, object]
) -> None:
    digest = form(desk.inbox / "a.docx", **{COUNT: "1O2", PEOPLE: "3O0"})
    desk.load()
    ((rule,),) = desk.rows(f"select distinct rule from finding where indicator_id = '{COUNT}' and level = 'error'")
    before = said(desk, capsys)
    assert "1O2" in before and "3O0" in before
    desk.decide(source_sha256=digest, indicator_id=COUNT, expect="1O2", rule=rule, reason="电话核实", **decision)
    after = said(desk, capsys)
    assert "1O2" not in after and "3O0" in after


def test_a_file_sent_back_is_no_error(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    form(desk.inbox / "b.docx", "江北区", **{COUNT: "3"})
    digest = form(desk.inbox / "a.docx", **{COUNT: "12"})
    desk.decide(kind="reject", source_sha256=digest, reason="未盖章")
    shown = said(desk, capsys)
    assert "a.docx：已退回 / rejected" in shown and "✗" not in shown and "错误 0" in shown
