"""Which states of a blank are an answer is said once in SQL, and Python says the same."""

from __future__ import annotations

import re

import duckdb

from etl.interpret import reading
from etl.interpret.reading import EMPTY
from etl.release.build import SQL


def test_sql_and_python_call_the_same_states_an_answer() -> None:
    states = [v for k, v in vars(reading).items() if k.isupper() and isinstance(v, str) and v.isascii()]
    assert set(states) > EMPTY
    with duckdb.connect() as con:
        con.execute((SQL / "schema.sql").read_text(encoding="utf-8"))
        for state in states:
            assert con.execute("select is_answer(?)", [state]).fetchall() == [(state not in EMPTY,)], state


def test_no_other_sql_lists_the_states_without_an_answer() -> None:
    listed = re.compile(r"\bin \([^)]*'row_missing'[^)]*\)")
    files = [path for path in SQL.rglob("*.sql") if len(listed.findall(path.read_text(encoding="utf-8"))) > 0]
    # 20_activity_held asks which states can be told apart from an unclear answer, which is another list.
    assert {path.name for path in files} == {"schema.sql", "20_activity_held.sql"}
