"""A table is read to 20,000 rows and 200 columns: strays beyond are quoted, a table that goes on is refused as a whole."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
import xlwt

from etl.read.beyond import MAX_COLUMNS, MAX_ROWS, MAX_STRAY
from tests.faults.test_misleading_files import COUNT, read, rules, values
from tests.faults.test_table_looks import sheet_of

HEADS = ["区县", "理论学习中心组学习（次）", "参与（人次）"]
Rows = dict[int, Sequence[object]]


def as_csv(rows: Rows) -> bytes:
    out = io.StringIO()
    write = csv.writer(out)
    for r in range(max(rows) + 1):
        write.writerow(rows.get(r, ()))
    return out.getvalue().encode()


def as_xlsx(rows: Rows) -> bytes:
    def cell(value: object) -> str:
        if isinstance(value, str) and value:
            return f'<c t="inlineStr"><is><t>{value}</t></is></c>'
        return "<c/>" if value in ("", None) else f"<c><v>{value}</v></c>"

    xml = "".join(f'<row r="{r + 1}">{"".join(map(cell, row))}</row>' for r, row in sorted(rows.items()))
    return sheet_of(f"<sheetData>{xml}</sheetData>")


def as_html(rows: Rows) -> bytes:
    every = (rows.get(r, ()) for r in range(max(rows) + 1))
    body = "".join(f"<tr>{''.join(f'<td>{v}</td>' for v in row)}</tr>" for row in every)
    return f"<html><body><table>{body}</table></body></html>".encode()


def as_xls(rows: Rows) -> bytes:
    book = xlwt.Workbook()
    sheet = book.add_sheet("Sheet")
    for r, row in rows.items():
        for c, value in enumerate(row):
            if value != "":
                sheet.write(r, c, value)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


KINDS: dict[str, Callable[[Rows], bytes]] = {"csv": as_csv, "xlsx": as_xlsx, "html": as_html, "xls": as_xls}
ROW, OTHER = ["渝北区", 5, 50], ["巴南区", 7, 70]


@pytest.mark.parametrize("kind", KINDS)
def test_all_rows_of_a_long_list_count(tmp_path: Path, kind: str) -> None:
    """One unit with 6,000 departments, and another one behind them."""
    departments: Rows = {r: ["", f"部门{r}", 1, 2] for r in range(2, 6001)}
    rows = {
        0: ["区县", "部门", *HEADS[1:]],
        1: ["渝北区", "部门1", 1, 2],
        **departments,
        6001: ["巴南区", "办公室", 7, 70],
    }
    found = read(tmp_path, f"a.{kind}", KINDS[kind](rows))
    by_unit = {f.unit_id: f.value for f in found.facts if f.indicator_id == COUNT}
    assert (by_unit["500112"], by_unit["500113"]) == (6000, 7)


@pytest.mark.parametrize("kind", KINDS)
def test_a_table_that_goes_on_beyond_the_rows_is_refused(tmp_path: Path, kind: str) -> None:
    rows: Rows = {0: HEADS, 1: ROW, **{r: ["某单位", 1, 2] for r in range(2, MAX_ROWS)}, MAX_ROWS: OTHER}
    found = read(tmp_path, f"a.{kind}", KINDS[kind](rows))
    assert found.is_refused and rules(found) == {"table_too_large"}
    assert found.facts == []


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("n_beyond", [1, MAX_STRAY + 1])
def test_a_table_that_goes_on_beyond_the_columns_is_refused(tmp_path: Path, kind: str, n_beyond: int) -> None:
    wide = MAX_COLUMNS + n_beyond
    rows: Rows = {0: [HEADS[0], *range(1, wide)], 1: [HEADS[1], *range(1, wide)]}
    found = read(tmp_path, f"a.{kind}", KINDS[kind](rows))
    assert found.is_refused and rules(found) == {"table_too_large"}


@pytest.mark.parametrize("kind", ["csv", "xlsx", "xls"])
def test_stray_cells_far_below_are_quoted(tmp_path: Path, kind: str) -> None:
    found = read(tmp_path, f"a.{kind}", KINDS[kind]({0: HEADS, 1: ROW, MAX_ROWS + 3000: ["", "", 86]}))
    assert values(found)[COUNT] == 5.0
    assert [f.found for f in found.findings if f.rule == "far_number"] == ["86"]


@pytest.mark.parametrize("kind", KINDS)
def test_empty_rows_and_columns_beyond_are_nothing(tmp_path: Path, kind: str) -> None:
    empty = [""] * MAX_COLUMNS
    rows: Rows = {0: [*HEADS, *empty], 1: [*ROW, *empty], MAX_ROWS + 2000: ["", ""]}
    found = read(tmp_path, f"a.{kind}", KINDS[kind](rows))
    assert values(found)[COUNT] == 5.0
    assert not {"far_cell", "far_number", "table_too_large"} & rules(found)
