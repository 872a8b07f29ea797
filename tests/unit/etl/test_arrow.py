"""Values reach the release's tables exactly, whatever they hold."""

from __future__ import annotations

from datetime import date, datetime

import duckdb
import pyarrow as pa
import pytest

from etl.release.arrow import number_column, text_column

TEXTS = ["渝北区", None, "", "a\0b", "😀 “引号”", "x" * 3000, "\ud800"]


def stored(kind: str, column: pa.Array) -> list[object]:
    """The column as a table of that type holds it."""
    con = duckdb.connect()
    con.execute(f"create table t (v {kind})")
    con.register("rows_in", pa.table({"v": column}))
    con.execute("insert into t select v from rows_in")
    return [row[0] for row in con.execute("select v from t").fetchall()]


@pytest.mark.parametrize("texts", [TEXTS, TEXTS[:3], ["only"], [None], [], [""], ["", ""], [None, "a", None]])
def test_texts(texts: list[str | None]) -> None:
    assert stored("varchar", text_column(texts)) == [t if t is None else t.replace("\ud800", "?") for t in texts]


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        ("double", [0.1, 1e300, -3, 12345678901.0, None]),
        ("integer", [1, None, -7]),
        ("boolean", [True, None, False]),
        ("date", [date(2021, 6, 1), None]),
        ("timestamp", [datetime(2021, 7, 1, 23, 59, 59, 123456), None]),
        ("varchar[]", [["a", 'b,]"c', "中 文"], [], None]),
        ("varchar[]", [("x",), (), None]),
    ],
)
def test_values_of_every_type_come_back(kind: str, values: list[object]) -> None:
    assert stored(kind, text_column(values)) == [list(v) if isinstance(v, tuple) else v for v in values]


def test_numbers() -> None:
    assert stored("double", number_column([0.1, None, 3, 1e15 + 1])) == [0.1, None, 3.0, 1e15 + 1]
