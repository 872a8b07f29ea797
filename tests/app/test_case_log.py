"""A typical case entered on the Load page: a case log of one row that counts for its month once it is published."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from dashboard.desk.case_log import ExposedCase, case_file
from dashboard.desk.places import Desk
from dashboard.desk.publishing import publish
from dashboard.desk.staging import staged_files
from dashboard.release import open_pointed, read_pointer
from etl.run import Wanted, load
from tests.app.running import run
from tests.unit.etl.test_decisions import form

YUBEI = "500112"


def states(releases: Path) -> dict[str, str]:
    """Month -> state of Yubei's monthly case."""
    query = "select period, state from duty_status where campaign_id = 'chongqing-2021' and unit_id = $u and kind = 'case_exposed'"
    return dict(open_pointed(read_pointer(releases)).fetch(query, {"u": YUBEI})[1])


def test_a_case_entered_on_the_page_counts_for_its_month(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ATLAS_VAR", str(tmp_path))
    form(tmp_path / "inbox" / "chongqing-2021" / "a.docx", lecture_sessions="7")
    assert load(Wanted((tmp_path / "inbox",)), tmp_path / "releases").pointer
    assert "met" not in states(tmp_path / "releases").values()
    app = run(tmp_path / "releases", monkeypatch, "load")
    app.selectbox(key="desk_case_campaign_zh").select("chongqing-2021").run()
    app.selectbox(key="desk_case_unit_chongqing-2021_zh").select(YUBEI)
    app.text_input(key="desk_case_medium").set_value("渝北日报")
    (add,) = [b for b in app.button if b.label == "加入"]
    add.click().run()
    assert any("请填曝光日期" in e.value for e in app.error) and not staged_files(Desk(tmp_path))
    app.text_input(key="desk_by").set_value("综合科")
    app.date_input(key="desk_case_day_chongqing-2021").set_value(date(2021, 8, 3))
    (add,) = [b for b in app.button if b.label == "加入"]
    add.click().run()
    assert not app.exception and len(staged_files(Desk(tmp_path))) == 1
    assert states(tmp_path / "desk" / "candidate")["2021-08"] == "met"
    assert publish(Desk(tmp_path), "2021-08-04").is_done
    found = states(tmp_path / "releases")
    assert [month for month, state in found.items() if state == "met"] == ["2021-08"]


def test_a_text_that_a_spreadsheet_would_run_stays_text() -> None:
    _, content = case_file("chongqing-2021", ExposedCase("渝北区", date(2021, 8, 3), "=1+1", "a,b", None, ""))
    assert "'=1+1" in content.decode("utf-8-sig") and '"a,b"' in content.decode("utf-8-sig")
