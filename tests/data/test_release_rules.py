"""Rules of a release as SQL: each file selects rows that break one; none may be found."""

from __future__ import annotations

import json
from pathlib import Path

import duckdb
import pytest

RULES = sorted((Path(__file__).parent / "sql").glob("*.sql"))


@pytest.mark.parametrize("path", RULES, ids=lambda p: p.stem)
def test_no_row_breaks_the_rule(release: duckdb.DuckDBPyConnection, path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.startswith("-- ")
    assert release.execute(text).fetchall() == []


def test_the_built_tables_are_those_of_the_schema(release: duckdb.DuckDBPyConnection) -> None:
    """The schema file is the contract: same tables, columns and types."""
    schema = (Path(__file__).resolve().parents[2] / "etl" / "sql" / "schema.sql").read_text(encoding="utf-8")
    query = "select table_name, column_name, data_type from duckdb_columns() where schema_name = 'main' order by 1, column_index"
    with duckdb.connect() as fresh:
        fresh.execute(schema)
        assert release.execute(query).fetchall() == fresh.execute(query).fetchall()


def test_published_figures_are_read_as_printed(release: duckdb.DuckDBPyConnection) -> None:
    query = "select value, qualifier, raw from current_fact where campaign_id = 'china-2021' and indicator_id = 'lecture_attendance'"
    assert release.execute(query).fetchall() == [(19_340_000.0, "at_least", "1934余万")]
    grades = dict(
        release.execute(
            "select measure_id, grade from comparison where jurisdiction_id = 'china' and year = 2022 and base_year = 2021 and unit_id is null"
        ).fetchall()
    )
    assert grades["hazards_exposed"] == "refuse"
    row = release.execute(
        "select pct from comparison where jurisdiction_id = 'china' and year = 2022 and base_year = 2021"
        " and unit_id is null and measure_id = 'public_reports'"
    ).fetchone()
    assert row is not None and round(row[0], 1) == 27.2


def test_a_contradiction_among_published_figures_is_found(release: duckdb.DuckDBPyConnection) -> None:
    """Shandong 2023 prints 32 major hazards, and 192 of them under listed supervision."""
    query = "select campaign_id, indicator_id, found, expected from finding where rule = 'part_exceeds_whole'"
    assert release.execute(query).fetchall() == [("shandong-2023", "hazards_listed", "192", "32")]
    row = release.execute(
        "select f.value, f.qualifier, s.url from current_fact f join fact_source s using (submission_id, indicator_id)"
        " where f.campaign_id = 'shandong-2023' and f.indicator_id = 'shift_talk_attendance'"
    ).fetchone()
    assert row is not None and row[:2] == (47_730_000.0, "at_least") and row[2].startswith("https://")


def test_every_expected_unit_is_on_its_map(release: duckdb.DuckDBPyConnection) -> None:
    """A unit has a polygon in its campaign's layer, or (a zone) a point to draw a circle at."""
    geo = Path(__file__).resolve().parents[2] / "dashboard" / "static" / "geo"
    rows = release.execute(
        "select l.file_name, r.unit_id, u.kind, u.lon is not null and u.lat is not null from roster r join campaign c using (campaign_id)"
        " join map_layer l using (layer_id) join unit u using (unit_id)"
    ).fetchall()
    drawn = {
        name: {
            str(f["properties"]["unit_id"]) for f in json.loads((geo / name).read_text(encoding="utf-8"))["features"]
        }
        for name in {r[0] for r in rows}
    }
    assert [r for r in rows if r[1] not in drawn[r[0]] and not (r[2] == "zone" and r[3])] == []
    assert len(rows) > 200
