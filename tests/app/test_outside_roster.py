"""A municipal department's form is kept, is in no total of the districts, and page and summary say so."""

from __future__ import annotations

from pathlib import Path

import pytest

from etl.report import summary_lines
from etl.run import Wanted, load
from tests.app.running import run, words
from tests.unit.etl.test_decisions import CAMPAIGN, COUNT, PEOPLE, form


def test_a_department_outside_the_roster_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    inbox, releases = tmp_path / "inbox", tmp_path / "releases"
    form(inbox / CAMPAIGN / "渝北区.docx", "渝北区", **{COUNT: "7", PEOPLE: "210"})
    form(inbox / CAMPAIGN / "市教委.docx", "市教委", **{COUNT: "3", PEOPLE: "5432"})
    loaded = load(Wanted((inbox,), decisions_file=tmp_path / "none.csv"), releases)
    (line,) = [line for line in summary_lines(loaded) if CAMPAIGN in line]
    assert "1/41 个单位" in line and line.endswith("；名单外 1 个，不计入合计：市教委")
    for lang, said in (
        ("zh", "应报名单之外有 1 个单位报送，其数保留但不计入合计：市教委"),
        ("en", "1 unit outside the roster reported; kept, but in no total: 市教委"),
    ):
        app = run(releases, monkeypatch, "overview", area="chongqing", year="2021", lang=lang)
        shown = words(app)
        assert said in shown
        assert "210" in shown and "5,642" not in shown
