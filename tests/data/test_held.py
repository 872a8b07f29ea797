"""What counts as an activity that was held: counts and ticks. A blank form has no coverage, and somebody is told."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from etl.blank.docx import write_docx
from etl.blank.fill import fill_progress
from etl.catalog import load_catalog
from etl.run import Wanted, load

CAMPAIGN = "chongqing-2021"


def loaded(tmp_path: Path, filled: dict[str, dict[str, str]], rest: str = "") -> duckdb.DuckDBPyConnection:
    """A release of one form a unit; every count that is not named says `rest`."""
    form = load_catalog().forms[CAMPAIGN]
    for unit, typed in filled.items():
        said = {i.indicator_id: rest for i in form.indicators if i.kind == "count"} | typed
        progress = [
            fill_progress(a, {i.indicator_id: said.get(i.indicator_id, "") for i in a.indicators})
            for a in form.activities
        ]
        path = tmp_path / "inbox" / CAMPAIGN / f"{unit}.docx"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(write_docx(form, progress, {"reporting_unit": unit, "report_date": "2021年7月1日"}))
    load(Wanted((tmp_path / "inbox",), decisions_file=tmp_path / "none.csv"), tmp_path / "releases")
    (release,) = (tmp_path / "releases").glob("*.duckdb")
    return duckdb.connect(str(release), read_only=True)


def held(con: duckdb.DuckDBPyConnection, unit_id: str) -> dict[str, str]:
    return dict(con.execute("select activity_id, state from activity_held where unit_id = ?", [unit_id]).fetchall())


def coverage(con: duckdb.DuckDBPyConnection, unit_id: str) -> tuple[float | None, str]:
    sql = "select value, state from measure_value where measure_id = 'activity_coverage' and unit_id = ?"
    found = con.execute(sql, [unit_id]).fetchone()
    assert found is not None
    return found


@pytest.mark.parametrize("typed", [{"bases_planned": "3"}, {"typical_case_details": "某企业违章动火案例"}])
def test_a_plan_or_a_text_is_no_activity_held(tmp_path: Path, typed: dict[str, str]) -> None:
    con = loaded(tmp_path, {"万州区": typed}, rest="0")
    assert set(held(con, "500101").values()) == {"zero"}
    assert coverage(con, "500101") == (0.0, "reported")


def test_a_count_of_the_same_activity_is(tmp_path: Path) -> None:
    con = loaded(tmp_path, {"万州区": {"bases_planned": "3", "bases_new": "1"}}, rest="0")
    assert held(con, "500101")["five_entries"] == "held"
    assert coverage(con, "500101") == (20.0, "reported")


def test_a_blank_form_has_no_coverage_weighs_nothing_and_is_named(tmp_path: Path) -> None:
    some = dict.fromkeys(("theory_group_sessions", "drill_events"), "5")
    con = loaded(tmp_path, {"万州区": some, "巫山县": {}})
    assert coverage(con, "500237") == (None, "not_reported")
    assert coverage(con, "500101") == (40.0, "partial")
    total = con.execute(
        "select value, n_units_reported from measure_total where measure_id = 'activity_coverage'"
    ).fetchone()
    assert total == (40.0, 1)
    said = con.execute("select unit_id, level, found, expected from finding where rule = 'form_empty'").fetchall()
    assert said == [("500237", "error", "0", "46")]
    report = con.execute("select state, source_name, days_late from unit_report where unit_id = '500237'").fetchone()
    assert report is not None and report[0] == "not_reported" and report[1].endswith("巫山县.docx")
    duty = "select state from duty_status where unit_id = ? and kind = 'table'"
    assert con.execute(duty, ["500237"]).fetchall() == [("missing",)]
    assert con.execute(duty, ["500101"]).fetchall() != [("missing",)]
