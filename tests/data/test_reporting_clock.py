"""Up to when duties are told: silence after a due date is missing; no other campaign's file and no sample's age says so."""

from __future__ import annotations

import shutil
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest

import etl.run
from etl.blank.docx import write_docx
from etl.blank.fill import fill_progress
from etl.catalog import load_catalog
from etl.files.intake import MARKER
from etl.run import Wanted, is_current, load

ROOT = Path(__file__).resolve().parents[2]
IN_JULY = datetime(2026, 7, 15, 9)
Counts = dict[str, int]


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    return tmp_path / "inbox"


def wanted(inbox: Path) -> Wanted:
    return Wanted((inbox,), decisions_file=inbox.parent / "none.csv")


def send(inbox: Path, campaign: str, unit: str, received: str) -> None:
    """One filled form that came at a moment."""
    catalog = load_catalog()
    form = catalog.forms[str(catalog.campaigns[campaign].form_id)]
    progress = [fill_progress(a, dict.fromkeys((i.indicator_id for i in a.indicators), "5")) for a in form.activities]
    folder = inbox / campaign
    folder.mkdir(parents=True, exist_ok=True)
    head = {"reporting_unit": unit, "report_date": f"{campaign[-4:]}年6月29日"}
    (folder / f"{unit}.docx").write_bytes(write_docx(form, progress, head))
    (folder / "received.csv").write_text(f"file,received_at\n{unit}.docx,{received}\n", encoding="utf-8")


def load_at(inbox: Path, moment: datetime, patch: pytest.MonkeyPatch, name: str = "out") -> duckdb.DuckDBPyConnection:
    """The release of a load at a moment."""
    patch.setattr(etl.run, "office_now", lambda: moment)
    pointer = load(wanted(inbox), inbox.parent / name).pointer
    assert pointer is not None
    return duckdb.connect(str(inbox.parent / name / pointer.file), read_only=True)


def clock(con: duckdb.DuckDBPyConnection, campaign: str) -> datetime:
    found: list[Any] = con.execute("select as_of from reporting_clock where campaign_id = ?", [campaign]).fetchall()
    moment: datetime = found[0][0]
    return moment


def tables(con: duckdb.DuckDBPyConnection, campaign: str, day: str | None = None) -> Counts:
    """How many tables of the units are in each state, as known at the end of a day; by default at the campaign's clock."""
    moment = datetime.fromisoformat(f"{day}T23:59:59") if day else None
    sql = "select state, count(*) from duty_status_at($m) where campaign_id = $c and kind = 'table' group by 1"
    return dict(con.execute(sql, {"m": moment, "c": campaign}).fetchall())


def test_who_is_silent_after_the_due_date_is_missing(inbox: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    send(inbox, "chongqing-2021", "奉节县", "2021-06-30 10:00")
    con = load_at(inbox, IN_JULY, monkeypatch)
    assert tables(con, "chongqing-2021") == {"met": 1, "missing": 40}
    assert tables(con, "chongqing-2021", "2021-07-10") == {"met": 1, "missing": 40}
    assert tables(con, "chongqing-2021", "2021-06-30") == {"met": 1, "not_due": 40}
    assert clock(con, "chongqing-2021") == datetime(2021, 12, 31, 23, 59, 59), "the last month's cases were due"
    scores = "select sum(n_good), sum(n_all) from quality_score where campaign_id = 'chongqing-2021' and dimension = 'timeliness'"
    assert con.execute(scores).fetchall() == [(1, 41)]


def test_another_campaigns_later_file_makes_nothing_due(inbox: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    send(inbox, "chongqing-2026", "奉节县", "2026-06-30 10:00")
    alone = load_at(inbox, IN_JULY, monkeypatch, "alone")
    states = "select * from duty_status where campaign_id = 'chongqing-2026' order by all"
    shutil.copytree(
        ROOT / "data" / "published" / "shandong-2023", inbox / "shandong-2023"
    )  # looked up in November 2026
    beside = load_at(inbox, IN_JULY, monkeypatch, "beside")
    assert clock(alone, "chongqing-2026") == clock(beside, "chongqing-2026") == datetime(2026, 7, 2, 23, 59, 59)
    assert alone.execute(states).fetchall() == beside.execute(states).fetchall() != []
    due = "select count(*) from duty_status where campaign_id = 'chongqing-2026' and state = 'missing' and due_at > ?"
    assert beside.execute(due, [IN_JULY]).fetchall() == [(0,)]


def test_a_later_load_of_the_same_files_is_another_release_only_once_something_fell_due(
    inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    send(inbox, "chongqing-2026", "奉节县", "2026-06-30 10:00")
    early = load_at(inbox, datetime(2026, 7, 2, 10), monkeypatch)
    assert tables(early, "chongqing-2026") == {"met": 1, "not_due": 38}
    monkeypatch.setattr(etl.run, "office_now", lambda: datetime(2026, 7, 2, 18))
    assert is_current(wanted(inbox), inbox.parent / "out"), "nothing fell due that day yet"
    monkeypatch.setattr(etl.run, "office_now", lambda: datetime(2026, 7, 3, 9))
    assert not is_current(wanted(inbox), inbox.parent / "out")
    late = load_at(inbox, datetime(2026, 7, 3, 9), monkeypatch)
    assert tables(late, "chongqing-2026") == {"met": 1, "missing": 38}


def test_an_arrival_named_after_the_load_counts_as_there_and_makes_nothing_due(
    inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    send(inbox, "chongqing-2026", "奉节县", "2027-06-30 10:00")
    con = load_at(inbox, datetime(2026, 6, 29, 10), monkeypatch)
    assert clock(con, "chongqing-2026") == datetime(2026, 6, 29, 10)
    assert tables(con, "chongqing-2026") == {"met": 1, "not_due": 38}


def test_samples_speak_up_to_the_last_of_them_whenever_they_are_loaded(
    inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    send(inbox, "chongqing-2026", "奉节县", "2026-06-30 10:00")
    (inbox / MARKER).write_text("synthetic", encoding="utf-8")
    con = load_at(inbox, datetime(2027, 3, 1), monkeypatch)
    assert clock(con, "chongqing-2026") == datetime(2026, 6, 30, 10)
    assert tables(con, "chongqing-2026") == {"met": 1, "not_due": 38}
