"""A collected table that asks only for some blanks: what it has no column for is no omission of its units, on any page."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from dashboard import queries
from dashboard.components.facts_table import state_words
from dashboard.release import open_pointed, read_pointer
from dashboard.reports.opening import view_of
from dashboard.statements.district import fill_words, read_facts
from etl.run import Wanted, load

CAMPAIGN = "jincheng-2022"
TABLE = "县区,专题研讨、集中宣讲、培训辅导等（场）,参与（人次）,集中曝光突出问题（个）\n城区,12,350,\n高平市,3,80,0\n"
LIST_OF_ONE = "县区,专题研讨、集中宣讲、培训辅导等（场）,参与（人次）\n泽州县,5,60\n"


@pytest.fixture(scope="module")
def releases(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("asked")
    folder = root / "in" / CAMPAIGN
    folder.mkdir(parents=True)
    (folder / "表.csv").write_text(TABLE, encoding="utf-8")
    (folder / "泽州.csv").write_text(LIST_OF_ONE, encoding="utf-8")
    assert load(Wanted((root / "in",)), root / "releases").pointer is not None
    return root / "releases"


@pytest.fixture(scope="module")
def made(releases: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    (file,) = releases.glob("*.duckdb")
    copy = shutil.copy(file, tmp_path_factory.mktemp("copy"))  # the pages open the file with settings of their own
    with duckdb.connect(copy, read_only=True) as con:
        yield con


def one(con: duckdb.DuckDBPyConnection, sql: str) -> tuple[object, ...]:
    (row,) = con.execute(sql).fetchall()
    return tuple(row)


def test_the_contract_of_facts_stays_and_the_view_tells_them_apart(made: duckdb.DuckDBPyConnection) -> None:
    where = "where unit_id = '140502' and indicator_id = 'lecture_sessions'"
    assert one(made, f"select state from current_fact {where}") == ("row_missing",)
    assert one(made, f"select state from current_blank {where}") == ("not_asked",)
    left_empty = "where unit_id = '140502' and indicator_id = 'problems_exposed'"
    assert one(made, f"select state from current_blank {left_empty}") == ("not_filled",)
    own_list = "where unit_id = '140525' and indicator_id = 'lecture_sessions'"
    assert one(made, f"select state from current_blank {own_list}") == ("row_missing",), "a unit's own file left it out"


def test_what_was_not_asked_lowers_neither_coverage_nor_completeness(made: duckdb.DuckDBPyConnection) -> None:
    report = one(
        made, "select n_blanks, n_reported, n_not_filled, n_not_asked from unit_report where unit_id = '140502'"
    )
    assert report == (3, 2, 1, 32)
    score = one(made, "select n_good, n_all from quality_score where unit_id = '140502' and dimension = 'completeness'")
    assert score == (2, 3)
    states = dict(
        made.execute("select unit_id, count(*) from activity_held where state = 'not_asked' group by 1").fetchall()
    )
    assert states.keys() == {"140502", "140581"}
    coverage = (
        "select value, state, n_expected from measure_value where measure_id = 'activity_coverage' and unit_id = "
    )
    # Study held and exposing left blank; of what was asked, both with a word that more was not asked.
    assert one(made, coverage + "'140502'") == (50.0, "partial", 2)
    assert one(made, coverage + "'140581'") == (50.0, "partial", 2), "held one, reported none of the other"
    reports = "select state from measure_value where measure_id = 'public_reports' and unit_id = '140581'"
    assert one(made, reports) == ("not_asked",)


def test_the_district_page_says_so(releases: Path) -> None:
    database = open_pointed(read_pointer(releases))
    view = view_of(database, {"area": "jincheng", "year": "2022", "lang": "zh"})
    unit = next(u for u in view.choices.units_of(view.campaign) if u.unit_id == "140502")
    report = next(r for r in queries.query_unit_reports(view.source, CAMPAIGN) if r.unit_id == "140502")
    assert (
        fill_words(view, report)
        == "共 3 个空，已填 2（其中为零 0），未填 1，不适用 0，有字无数 0；另有 32 个空汇总表没有列，不算未填"
    )
    said = {f.indicator_id: state_words(view, f) for f in read_facts(view, unit)}
    assert said["lecture_sessions"] == "表中无此项" and said["problems_exposed"] == "未填"
    database.connection.close()
