"""States of all duties and both rates, as known on many days, equal to the oracle's."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import duckdb
import pytest

from dashboard.queries import read_sql
from tests.oracle import duties as plain
from tests.oracle.oracle import Oracle, read

Truth = dict[str, Any]
NOTICES = ("chongqing-2021", "ningxia-2021", "jilin-2021", "jincheng-2022")
STATES = {"met", "met_late", "missing", "not_due", "soft", "not_applicable", "no_evidence"}
# Before anything, on due days and after them, between a table and its correction, at a week's hour, in autumn.
DAYS = (
    "2021-05-20", "2021-05-24", "2021-05-29", "2021-06-03", "2021-06-10", "2021-06-30", "2021-07-01", "2021-07-02",
    "2021-07-03", "2021-07-05", "2021-07-06", "2021-08-31", "2021-10-15", "2022-01-02", "2022-05-30", "2022-06-16",
    "2022-06-30", "2022-07-01", "2022-07-02", "2022-09-30", "2022-12-31",
)  # fmt: skip


@pytest.fixture(scope="module")
def oracle() -> Oracle:
    return Oracle({})


@pytest.fixture(scope="module")
def clocks(release: duckdb.DuckDBPyConnection, truth: Truth, oracle: Oracle) -> dict[str, datetime]:
    """Each campaign's clock: its own last arrival, or what fell due by the last sample's."""
    arrived = dict(
        release.execute("select campaign_id, max(received_at) from submission where is_sample group by 1").fetchall()
    )
    newest = max(arrived.values())
    due = [(key[0], at) for key, (_, _, at) in plain.states(truth, oracle, newest).items() if at <= newest]
    want = {c: max(came, *(at for campaign, at in due if campaign == c)) for c, came in arrived.items()}
    found = dict(release.execute("select campaign_id, as_of from reporting_clock").fetchall())
    assert {c: found[c] for c in want} == want and len(want) == 9
    return want


def end_of(day: str) -> datetime:
    return datetime.fromisoformat(f"{day}T23:59:59")


def test_the_table_of_states(
    truth: Truth, oracle: Oracle, release: duckdb.DuckDBPyConnection, clocks: dict[str, datetime]
) -> None:
    rows = release.execute("select campaign_id, unit_id, duty_id, due_at, state, met_at from duty_status").fetchall()
    want = {
        (c, u, d, due): (s, met)
        for campaign, clock in clocks.items()
        for (c, u, d, _), (s, met, due) in plain.states(truth, oracle, clock).items()
        if c == campaign
    }
    assert {r[:4]: r[4:] for r in rows} == want and len(rows) == len(want)
    assert {s for s, _ in want.values()} == STATES


@pytest.mark.parametrize("day", DAYS)
def test_states_as_known_on_a_day(truth: Truth, oracle: Oracle, release: duckdb.DuckDBPyConnection, day: str) -> None:
    rows = release.execute(
        "select campaign_id, unit_id, duty_id, due_no, state, met_at, due_at from duty_status_at($m)",
        {"m": end_of(day)},
    ).fetchall()
    assert {r[:4]: r[4:] for r in rows} == plain.states(truth, oracle, end_of(day))


@pytest.mark.parametrize("campaign_id", NOTICES)
def test_both_rates_on_every_day(
    truth: Truth, oracle: Oracle, release: duckdb.DuckDBPyConnection, clocks: dict[str, datetime], campaign_id: str
) -> None:
    seen = set()
    for moment in (*map(end_of, DAYS), clocks[campaign_id]):
        want = plain.rates(plain.states(truth, oracle, moment), campaign_id, moment)
        cursor = release.execute(
            read_sql("reporting_rates"), {"campaign_id": campaign_id, "as_of": moment, "scope": ""}
        )
        names = [c[0] for c in cursor.description]
        (row,) = [r for r in (dict(zip(names, r, strict=True)) for r in cursor.fetchall()) if r["duty_id"] == ""]
        assert (row["n_expected"], row["n_received"], row["n_on_time"]) == want, moment
        seen.add(want)
    assert len(seen) > 5 and any(e > r > o for e, r, o in seen)


@pytest.mark.parametrize("campaign_id", NOTICES)
def test_every_notice_shows_every_state_on_some_day(
    release: duckdb.DuckDBPyConnection, clocks: dict[str, datetime], campaign_id: str
) -> None:
    found = set()
    for moment in (*map(end_of, DAYS), clocks[campaign_id]):
        rows = release.execute("select distinct campaign_id, state from duty_status_at($m)", {"m": moment}).fetchall()
        found |= {s for c, s in rows if c == campaign_id}
    wanted = {"met", "met_late", "missing", "not_due", "soft"}
    wanted |= {"not_applicable", "no_evidence"} if campaign_id == "jincheng-2022" else set()
    assert found >= wanted


def test_a_duty_without_a_date_is_never_late_and_a_number_that_cannot_be_read_is_soft(
    truth: Truth, release: duckdb.DuckDBPyConnection
) -> None:
    """NX-01: Wuzhong typed two numbers; Guyuan's and Zhongwei's tables came after the tables' due date."""
    rows = release.execute("select unit_id, state, met_at, due_at from duty_status where duty_id = 'NX-01'").fetchall()
    states = {unit: state for unit, state, _, _ in rows}
    assert states["640300"] == "soft" and states["640400"] == states["640500"] == "met"
    assert "met_late" not in states.values() and any(met and met > due for _, _, met, due in rows)
    table = next(
        f["units"]["640300"]["facts"]["theory_group_sessions"]
        for f in truth["campaigns"]["ningxia-2021"]["files"]
        if f["kind"] == "form" and "640300" in f["units"]
    )
    assert table["value"] is None and "，" in table["typed"]


def test_the_28_duties_of_the_notices_are_data() -> None:
    from collections import Counter

    quoted = [d for d in read("duties.yaml")["duties"] if d.get("basis", "notice") == "notice"]
    assert Counter(d["duty_id"][:2] for d in quoted) == {"CQ": 4, "NX": 9, "JL": 7, "JC": 8}
    assert all(d["quote"] for d in quoted)
    assert [d["duty_id"] for d in quoted if d.get("owed_by") == "office"] == ["NX-05", "NX-06", "JL-07", "JC-09"]
