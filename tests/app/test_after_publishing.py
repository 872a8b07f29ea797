"""After publishing: the desk says which campaign's figures are shown now and leads there; a year without figures says which have some."""

from __future__ import annotations

from datetime import datetime

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.components.page import SAVED_QUERY
from dashboard.desk.loader import read_candidate
from dashboard.desk.places import Desk
from dashboard.desk.staging import stage
from tests.app.running import ROOT, plain_words, words
from tests.app.test_load import Var, page, run, var  # noqa: F401 - a fixture
from tests.unit.etl.test_decisions import CAMPAIGN, COUNT, form


def test_the_desk_leads_to_what_it_published(var: Var, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811
    form(var.inbox / CAMPAIGN / "a.docx", **{COUNT: "12"})
    var.load()
    form(var.root / "b.docx", "江北区", **{COUNT: "3"})
    desk = Desk(var.root)
    stage(desk, [("b.docx", (var.root / "b.docx").read_bytes())], datetime(2021, 7, 3, 9))
    assert read_candidate(desk).is_done
    app = page(var, monkeypatch)
    # The reader had looked at another year, compared with one that has nothing any more.
    app.session_state[SAVED_QUERY] = {"area": "chongqing", "year": "2022", "base": "2021", "measure": "participation"}
    next(b for b in app.button if b.label == "发布").click().run()
    assert not app.exception and not app.error
    said = [t.value for t in app.text if t.value.startswith("重庆市 2021 年")]
    # At the page's head, and where the button was.
    assert len(said) == 2 and all("2 个已报，计入 2 个值" in words for words in said)
    links = [e.proto for e in app.get("page_link")]
    assert [link.label for link in links] == ["总览 →", "参与 →", "区县 →", "报送 →"] * 2
    assert all("year=2021" in link.query_string for link in links)
    assert app.session_state[SAVED_QUERY] == {"area": "chongqing", "year": "2021"}


@pytest.mark.parametrize(("name", "way"), [("overview", "./?"), ("participation", "./participation?")])
def test_a_year_without_figures_names_those_with_some(
    var: Var,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    way: str,
) -> None:
    form(var.inbox / CAMPAIGN / "a.docx", **{COUNT: "12"})
    var.load()
    app = run(var.releases, monkeypatch, name, area="chongqing", year="2022")
    assert "有数的年份： 2021 年 →" in " ".join(plain_words(app).split())
    assert f'href="{way}area=chongqing&amp;year=2021' in words(app)


def test_what_a_page_of_this_session_kept_is_no_link_with_a_mistake(
    var: Var,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    form(var.inbox / CAMPAIGN / "a.docx", **{COUNT: "12"})
    var.load()
    monkeypatch.setenv("ATLAS_RELEASES", str(var.releases))
    link = {"area": "chongqing", "year": "2021", "base": "2020", "measure": "participation"}

    def asked(kept: dict[str, str] | None) -> bool:
        app = AppTest.from_file(str(ROOT / "dashboard" / "app.py"), default_timeout=60)
        for key, value in link.items():
            app.query_params[key] = value
        if kept:
            app.session_state[SAVED_QUERY] = kept
        app.run()
        assert not app.exception and not app.error
        return any("链接要求与 2020 年对比" in box.value for box in app.info)

    assert asked(None)
    assert not asked(link)
