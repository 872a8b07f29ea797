"""How many units a part of the difference is of: one that reported 0 counts, one that reported nothing doesn't."""

from __future__ import annotations

from pathlib import Path

import duckdb

ROOT = Path(__file__).resolve().parents[2]
PARAMS = {"jurisdiction_id": "x", "measure_id": "m", "year": 2022, "base_year": 2021, "scope": ""}


def test_a_unit_that_reported_nought_is_counted() -> None:
    with duckdb.connect() as con:
        con.execute((ROOT / "etl" / "sql" / "schema.sql").read_text(encoding="utf-8"))
        for n, (value, base) in enumerate(((0, None), (5, None), (None, 0), (None, 7), (None, 9))):
            con.execute(
                "insert into unit (unit_id, jurisdiction_id, name, short_name, name_en, kind, position)"
                " values (?, 'x', '', '', '', 'district', ?)",
                [str(n), n],
            )
            con.execute(
                "insert into change_part values ('x', 'm', 2022, 2021, ?, 'units', ?, ?)", [str(n), value, base]
            )
        sql = (ROOT / "dashboard" / "queries" / "change_parts.sql").read_text(encoding="utf-8")
        assert con.execute(sql, PARAMS).fetchall() == [("units", 5, 16, 5, 2, 3)]
