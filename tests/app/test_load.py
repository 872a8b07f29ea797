"""The Load page over a release read from real files: what it says about files, values and decisions."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from etl.decisions.decide import take_down
from etl.run import Wanted, load
from tests.app.running import run
from tests.unit.etl.test_decisions import CAMPAIGN, COUNT, PEOPLE, catalog, form

UNIT_ID = "500112"


class Var:
    """A folder of the installation: inbox, decisions, release."""

    def __init__(self, root: Path) -> None:
        self.root, self.inbox, self.releases = root, root / "inbox", root / "releases"
        self.decisions = root / "decisions.csv"

    def load(self) -> None:
        wanted = Wanted((self.inbox,), decisions_file=self.decisions)
        assert load(wanted, self.releases).pointer

    def decide(self, **fields: object) -> None:
        item = {"decided_by": "综合科", "form_id": CAMPAIGN, "reason": "电话核实", **fields}
        take_down(catalog(), json.dumps([item]), self.decisions, datetime(2021, 7, 3, 9))


@pytest.fixture
def var(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Var:
    monkeypatch.setenv("ATLAS_VAR", str(tmp_path))
    return Var(tmp_path)


def page(var: Var, monkeypatch: pytest.MonkeyPatch, lang: str = "zh") -> AppTest:
    return run(var.releases, monkeypatch, "load", lang=lang)


def test_a_file_sent_back_is_called_so_and_is_no_error(var: Var, monkeypatch: pytest.MonkeyPatch) -> None:
    form(var.inbox / CAMPAIGN / "a.docx", **{COUNT: "12"})
    digest = form(var.inbox / CAMPAIGN / "b.docx", "江北区", **{COUNT: "3"})
    var.decide(kind="reject", source_sha256=digest)
    var.load()
    files = page(var, monkeypatch).dataframe[0].value
    row = files[files["文件"].str.endswith("b.docx")].iloc[0]
    assert row["性质"] == "已退回" and row["差错"] == 0


def buttons(app: AppTest, words: str) -> list[str]:
    return [b.label for b in app.button if b.label.startswith(words)]


def test_two_numbers_in_one_blank_are_proposed_one_by_one(var: Var, monkeypatch: pytest.MonkeyPatch) -> None:
    form(var.inbox / CAMPAIGN / "a.docx", **{COUNT: "7", PEOPLE: "7场2800人次"})
    var.load()
    assert buttons(page(var, monkeypatch), "采纳建议") == ["采纳建议：7", "采纳建议：2800"]


def test_the_desk_speaks_of_itself_not_of_the_command_line(var: Var, monkeypatch: pytest.MonkeyPatch) -> None:
    form(var.inbox / CAMPAIGN / "a.docx", "", **{COUNT: "7"})
    form(var.inbox / CAMPAIGN / "b.docx", **{COUNT: "3"})
    var.load()
    rows = page(var, monkeypatch).dataframe[0].value.to_dict("records")
    row = next(r for r in rows if r["文件"].endswith("a.docx"))
    assert row["检查所见"].startswith("填报单位没有填") and row["活动"] == "重庆市 2021 年"
