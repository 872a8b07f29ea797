"""Under every chart stands the table of what it draws, in the numbers of the release."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import duckdb
import openpyxl
import pytest
from streamlit.testing.v1 import AppTest

from dashboard.clock import office_now
from dashboard.components import parts
from dashboard.components.mapview import unit_values, values_table
from dashboard.components.page import View
from dashboard.components.value_cells import with_qualifiers
from dashboard.components.year_history import history_drawing
from dashboard.release import Database, open_pointed, read_pointer
from dashboard.reports.data import gather
from dashboard.reports.opening import view_of
from dashboard.reports.xlsx import to_xlsx as to_workbook
from dashboard.statements.hazards import unit_drawing
from dashboard.statements.participation import activity_drawing
from dashboard.tables import Table, to_csv, to_xlsx
from tests.app.running import chart_keys, run

QUERY = {"area": "chongqing", "year": "2022", "base": "2021"}
# Bars of all units stand in three charts; the page's own table follows right below them. Classes: shown at once.
HAVE_A_TABLE_BELOW = re.compile(r"^(units_\d|units|\d|classes|parts)$")


def rows(app: AppTest) -> dict[str, list[str]]:
    """First cell -> the other cells, of all tables on the page."""
    html = " ".join(str(e.proto.body) for e in app.get("html"))
    found: dict[str, list[str]] = {}
    for row in re.findall(r"<tr>(.*?)</tr>", html):
        cells = [re.sub(r"<[^>]+>", "", cell) for cell in re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", row)]
        if cells:
            found[cells[0]] = cells[1:]
    return found


@pytest.mark.parametrize(
    "page", ["overview", "participation", "hazards", "coverage", "year_over_year", "reporting", "data_quality"]
)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_chart_has_its_table(
    sample_releases: Path, monkeypatch: pytest.MonkeyPatch, page: str, lang: str
) -> None:
    app = run(sample_releases, monkeypatch, page, **QUERY, lang=lang)
    word = "图注与数据表" if lang == "zh" else "Caption and table"
    charts = [key for key in chart_keys(app) if not HAVE_A_TABLE_BELOW.match(key)]
    tables = [e for e in app.expander if e.label == word]
    assert len(tables) >= len(charts) > 0, (charts, len(tables))


def test_an_opened_table_holds_what_the_map_shows(
    sample_releases: Path, release: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = run(sample_releases, monkeypatch, "overview", **QUERY, measure="participation")
    assert "万州区" not in rows(app)
    app.session_state["behind_map"] = True
    app.run()
    shown = rows(app)
    known = release.execute(
        "select u.name, v.value, v.qualifier from measure_value v join unit u using (unit_id)"
        " where v.campaign_id = 'chongqing-2022' and v.measure_id = 'participation'"
    ).fetchall()
    assert len(known) > 30
    for name, value, qualifier in known:
        if value is None:
            assert not re.search(r"\d", shown[name][0]), (name, shown[name])
        elif qualifier == "exact":
            assert shown[name][0] == f"{value:,.0f}人次"
        else:
            assert f"{value:,.0f}" in shown[name][0]


@pytest.fixture(scope="module")
def source(sample_releases: Path) -> Iterator[Database]:
    """The samples' release, open; closed after the last test."""
    database = open_pointed(read_pointer(sample_releases))
    yield database
    database.connection.close()


def view_in(source: Database, **query: str) -> View:
    """The samples' view under this link."""
    return view_of(source, {**QUERY, **query})


def downloaded(view: View, table: Table) -> list[list[str]]:
    """The rows of the table's CSV, what it says of itself last."""
    content = to_csv(with_qualifiers(view, table), parts.about(view)).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(content, newline="")))


@pytest.mark.parametrize("query", [{"kind": "district"}, {"kind": "zone"}, {"units": "500101,500102,500229"}, {}])
def test_a_downloaded_table_counts_the_units_chosen(
    source: Database, release: duckdb.DuckDBPyConnection, query: dict[str, str]
) -> None:
    view = view_in(source, **query)
    states = release.execute(
        "select p.unit_id, u.kind, p.state from unit_report p join unit u using (unit_id)"
        " where campaign_id = 'chongqing-2022'"
    ).fetchall()
    of_kind = [
        state for unit, kind, state in states
        if unit in query.get("units", unit).split(",") and query.get("kind", kind) in (kind, "zone" if kind == "zone" else "district")
    ]  # fmt: skip
    want = f"{of_kind.count('reported')} / {len(of_kind)}"
    table = values_table(view, unit_values(view), {})
    assert len(table.rows) == len(of_kind)
    assert [row for row in downloaded(view, table) if row[:1] == ["已报 / 应报单位"]] == [["已报 / 应报单位", want]]
    assert dict(parts.about(view).pairs)["已报 / 应报单位"] == want


@pytest.mark.parametrize("name", ["map", "bars", "activities", "history"])
def test_a_chart_s_table_says_in_words_what_its_marks_say(source: Database, name: str) -> None:
    view = view_in(source, measure="participation")
    rows = unit_values(view)
    drawings = {"bars": lambda: unit_drawing(view, rows), "activities": lambda: activity_drawing(view),
                "history": lambda: history_drawing(view)}  # fmt: skip
    drawn = None if name == "map" else drawings[name]()
    table = values_table(view, rows, {}) if drawn is None else drawn.table
    assert table is not None
    found = downloaded(view, table)
    number = next(n for n, column in enumerate(table.columns) if column.is_number and column.unit)
    assert found[0][number + 1].endswith("数的性质")
    words = {row[number + 1] for row in found[1 : len(table.rows) + 1]}
    assert words & {"不少于", "不多于", "约数", "区间"}
    for row, cells in zip(found[1:], table.rows, strict=False):
        mark = re.sub(r"[^+≤约]", "", cells[number].text)
        assert {"+": "不少于", "≤": "不多于"}.get(mark, row[number + 1]) == row[number + 1], row
        assert bool(mark) == (row[number + 1] not in ("", "准确")), (row, cells[number].text)
    assert not any("数的性质" in column.label for column in with_qualifiers(view, table).on_screen.columns)


def test_a_table_without_marks_gets_no_column_for_them(source: Database) -> None:
    view = view_in(source, measure="activity_coverage", year="2021", base="none")
    table = values_table(view, unit_values(view), {})
    assert with_qualifiers(view, table) == table


def test_a_file_says_when_it_was_made_and_from_which_release(source: Database) -> None:
    view = view_in(source)
    for content in (to_xlsx(values_table(view, unit_values(view), {}), parts.about(view)), to_workbook(gather(view))):
        sheet = next(s for s in openpyxl.load_workbook(io.BytesIO(content)).worksheets if s.title == "说明")
        said = {str(row[0]): str(row[1]) for row in sheet.iter_rows(values_only=True) if row[0]}
        made = datetime.strptime(said["生成时间"], "%Y-%m-%d %H:%M")
        assert abs(office_now() - made) < timedelta(minutes=5)
        assert said["数据性质"] == "示例数据，非真实填报"
        assert view.source.release_id in said["数据版本"] and view.source.built_at in said["数据版本"]
