"""Columns whose heads no blank matches: named one by one with guesses, counted only as a person says, in every table of the campaign with that head."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from pathlib import Path

import duckdb
import openpyxl
import pytest

from etl.__main__ import main
from etl.catalog import load_catalog
from etl.decisions.decide import take_down
from etl.errors import UsageError
from etl.run import Wanted, load

CAMPAIGN = "chongqing-2021"
EVENTS, PEOPLE, CASES = "consultation_events", "consultation_participations", "typical_cases_exposed"
HEADS = ["区县", "现场咨询活动（场）", "典型案例（个）", "参与人数"]
ROWS: list[list[object]] = [["渝北区", 5, 3, 400], ["江北区", 3, 2, 200], ["南岸区", 1, 1, 30]]


class Tables:
    """Collected tables of one campaign, the decisions about them and the releases made of both."""

    def __init__(self, root: Path) -> None:
        self.folder, self.file, self.releases = root / CAMPAIGN, root / "decisions.csv", root / "releases"
        self.folder.mkdir()

    def save(self, name: str, heads: Sequence[object] = HEADS, rows: Sequence[Sequence[object]] = ROWS) -> str:
        """A workbook; its digest."""
        book = openpyxl.Workbook()
        for row in (heads, *rows):
            book.active.append(list(row))
        book.save(self.folder / name)
        return sha256((self.folder / name).read_bytes()).hexdigest()

    def save_known(self) -> None:
        """Another table, which is read without a word: without any there is no release."""
        heads = ["区县", "理论学习中心组学习（次）", "参与（人次）"]
        self.save("别的.xlsx", heads, [["万州区", 2, 20], ["涪陵区", 3, 30]])

    def say(self, digest: str, head: str, indicator: str, day: int = 3, **more: object) -> None:
        item = {
            "kind": "column", "decided_by": "综合科", "reason": "电话核实", "source_sha256": digest, "expect": head,
            "indicator_id": indicator, "value": CAMPAIGN, **more,
        }  # fmt: skip
        take_down(load_catalog(), json.dumps([item]), self.file, datetime(2021, 7, day, 9))

    def ask(self, query: str) -> list[tuple[object, ...]]:
        """The query's rows in a release made anew."""
        assert load(Wanted((self.folder,), decisions_file=self.file), self.releases)
        name = json.loads((self.releases / "CURRENT").read_text())["file"]
        with duckdb.connect(str(self.releases / name), read_only=True) as con:
            return con.execute(query).fetchall()

    def values(self, indicator: str) -> list[object]:
        said = f"select value from current_fact where indicator_id = '{indicator}' order by unit_id"
        return [value for (value,) in self.ask(said)]


@pytest.fixture
def tables(tmp_path: Path) -> Tables:
    return Tables(tmp_path)


def unread(tables: Tables) -> list[tuple[object, ...]]:
    return tables.ask("select found, proposal from finding where rule = 'column_unread' order by place")


def test_nothing_counts_before_it_is_said_and_likely_blanks_are_named_first(tables: Tables) -> None:
    tables.save_known()
    tables.save("册.xlsx")
    found = unread(tables)
    assert [head for head, _ in found] == ["现场咨询活动(场)", "典型案例(个)", "典型案例(个)→参与人数"]
    assert tables.ask("select distinct rule from finding where level = 'error'") == [("column_unread",)]
    firsts = [str(proposal).split(" / ")[0] for _, proposal in found]
    assert firsts == ["安全宣传咨询活动", "主流媒体曝光典型案例", "安全宣传咨询活动参与"]
    assert set(tables.values(EVENTS)) == {None}


def test_what_is_said_counts_with_who_when_and_why_and_the_rest_stays_an_error(tables: Tables) -> None:
    digest = tables.save("册.xlsx")
    tables.say(digest, "现场咨询活动(场)", EVENTS)
    assert tables.values(EVENTS) == [3.0, 1.0, 5.0]
    assert [head for head, _ in unread(tables)] == ["典型案例(个)", "典型案例(个)→参与人数"]
    ((zh, en, place),) = tables.ask("select message_zh, message_en, place from finding where rule = 'column_decided'")
    assert place == "Sheet!B1"
    assert all(word in str(zh) and word in str(en) for word in ("综合科", "2021-07-03", "电话核实"))
    assert tables.ask("select kind, state from decision") == [("column", "applied")]


def test_next_week_s_table_with_the_same_head_needs_it_not_again(tables: Tables) -> None:
    digest = tables.save("册.xlsx")
    tables.say(digest, "现场咨询活动(场)", EVENTS)
    (tables.folder / "册.xlsx").unlink()
    tables.save("第二周.xlsx", ["区县", "走访（家）", "现场咨询活动（场）"], [["渝北区", 1, 9], ["江北区", 2, 8]])
    assert tables.values(EVENTS) == [8.0, 9.0]
    assert tables.ask("select state from decision") == [("applied",)]


def test_another_head_is_asked_about_again(tables: Tables) -> None:
    digest = tables.save("册.xlsx")
    tables.say(digest, "现场咨询活动(场)", EVENTS)
    (tables.folder / "册.xlsx").unlink()
    tables.save("第二周.xlsx", ["区县", "走访（家）", "街头咨询台（场）"], [["渝北区", 1, 9], ["江北区", 2, 8]])
    tables.save_known()
    assert "街头咨询台(场)" in {head for head, _ in unread(tables)}
    assert not {8.0, 9.0} & set(tables.values(EVENTS))
    assert tables.ask("select state, found from decision") == [("lapsed", "file")]


def test_a_head_that_only_counts_means_what_stands_before_it(tables: Tables) -> None:
    digest = tables.save("册.xlsx")
    tables.say(digest, "典型案例(个)→参与人数", PEOPLE)
    assert tables.values(PEOPLE) == [200.0, 30.0, 400.0]
    (tables.folder / "册.xlsx").unlink()
    # The same words behind another column are another thing.
    tables.save("第二周.xlsx", ["区县", "走访（家）", "参与人数"], [["渝北区", 1, 900], ["江北区", 2, 800]])
    tables.save_known()
    assert not {800.0, 900.0} & set(tables.values(PEOPLE))
    assert "走访(家)→参与人数" in {head for head, _ in unread(tables)}


def test_the_unit_in_the_head_still_counts(tables: Tables) -> None:
    digest = tables.save("册.xlsx", ["区县", "到场群众（万人次）"], [["渝北区", 1.5], ["江北区", 2]])
    tables.say(digest, "到场群众(万人次)", PEOPLE)
    assert tables.values(PEOPLE) == [20000.0, 15000.0]


def test_the_people_behind_a_decided_event_are_its_own(tables: Tables) -> None:
    digest = tables.save("册.xlsx", ["区县", "街头咨询台（场）", "参与人数"], [["渝北区", 5, 40], ["江北区", 3, 20]])
    tables.say(digest, "街头咨询台(场)", EVENTS)
    assert (tables.values(EVENTS), tables.values(PEOPLE)) == ([3.0, 5.0], [20.0, 40.0])
    assert tables.ask("select count(*) from finding where rule = 'column_reworded'") == [(1,)]


def test_two_columns_of_one_blank_that_differ_are_withheld(tables: Tables) -> None:
    heads = ["区县", "安全宣传咨询活动（场）", "街头咨询台（场）"]
    digest = tables.save("册.xlsx", heads, [["渝北区", 5, 5], ["江北区", 3, 4]])
    tables.say(digest, "街头咨询台(场)", EVENTS)
    # Where one row differs the columns are no copies, and equal ones may be parts.
    assert tables.values(EVENTS) == [None, None]
    assert tables.ask("select count(*) from finding where rule = 'column_repeated'") == [(2,)]


def test_a_head_that_stands_twice_is_nobody_s(tables: Tables) -> None:
    heads = ["区县", "安全宣传咨询活动（场）", "街头咨询台（家）", "街头咨询台（家）"]
    digest = tables.save("册.xlsx", heads, [["渝北区", 5, 5, 6], ["江北区", 3, 4, 7]])
    tables.say(digest, "街头咨询台(家)", CASES)
    assert not any(tables.values(CASES))
    assert len(unread(tables)) == 2
    assert tables.ask("select state from decision") == [("lapsed",)]
    ((said,),) = tables.ask("select message_zh from finding where rule = 'decision_lapsed'")
    assert "主流媒体曝光典型案例" in str(said)


def test_the_last_of_two_decisions_about_a_head_holds(tables: Tables) -> None:
    digest = tables.save("册.xlsx")
    tables.say(digest, "典型案例(个)", EVENTS)
    tables.say(digest, "典型案例(个)", CASES, day=4)
    assert tables.values(CASES) == [2.0, 1.0, 3.0]
    assert tables.values(EVENTS) != [2.0, 1.0, 3.0]
    assert tables.ask("select state from decision order by decided_at") == [("withdrawn",), ("applied",)]


def test_a_turned_table(tables: Tables) -> None:
    heads = ["指标", "渝北区", "江北区"]
    digest = tables.save("册.xlsx", heads, [["现场咨询活动（场）", 5, 3], ["典型案例（个）", 3, 2]])
    tables.say(digest, "典型案例(个)", CASES)
    assert tables.values(CASES) == [2.0, 3.0]


def test_another_campaign_s_table_is_not_touched(tables: Tables) -> None:
    digest = tables.save("册.xlsx")
    tables.say(digest, "现场咨询活动(场)", EVENTS, value="chongqing-2020")
    tables.save_known()
    assert set(tables.values(EVENTS)) == {None}


@pytest.mark.parametrize("wrong", [{"indicator_id": "nothing"}, {"value": "atlantis-2021"}, {"expect": ""}])
def test_what_cannot_be_meant_is_not_taken_down(tables: Tables, wrong: dict[str, str]) -> None:
    with pytest.raises(UsageError):
        tables.say("0", "现场咨询活动(场)", EVENTS, **wrong)
    assert not tables.file.exists()


def test_the_command_line_takes_it_from_a_file(tables: Tables) -> None:
    digest = tables.save("册.xlsx")
    listed = tables.file.parent / "list.json"
    item = {"kind": "column", "source_sha256": digest, "indicator_id": EVENTS, "value": CAMPAIGN}
    listed.write_text(json.dumps([{**item, "expect": "现场咨询活动(场)", "decided_by": "综合科"}]))
    assert main(["decide", str(listed), "--decisions", str(tables.file)]) == 0
    assert tables.values(EVENTS) == [3.0, 1.0, 5.0]


def test_columns_that_were_looked_at_are_settled(tables: Tables) -> None:
    digest = tables.save("册.xlsx", ["区县", "街头咨询台（场）", "参与人数"], [["渝北区", 5, 40], ["江北区", 3, 20]])
    tables.say(digest, "街头咨询台(场)", EVENTS)
    about = {"rule": "column_reworded", "indicator_id": PEOPLE, "expect": "", "value": ""}
    tables.say(digest, "", PEOPLE, **about, kind="explain")
    said = "select state from finding where rule = 'column_reworded'"
    assert tables.ask(said) == [("explained",)]
    assert tables.ask("select distinct state from decision") == [("applied",)]
