"""What a leader would otherwise not learn: blanks that were 0, forms nobody saw, unclear coverage, nothing due, a day chosen, rare sizes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from dashboard.components.bounds import bounds_words, zero_words
from dashboard.components.mapview import unit_values
from dashboard.components.parts import about
from dashboard.components.year_basis import shared_lines
from dashboard.format import compact
from dashboard.queries import query_activities, query_held_states
from dashboard.records.changes import PairCount
from dashboard.release import Database, open_pointed, read_pointer
from dashboard.reports.opening import view_of
from dashboard.reports.screen import basis_of
from dashboard.reports.screens import missing
from dashboard.reports.tables import part_cell
from dashboard.statements.coverage import by_unit, gap_headline

YEARS = {"area": "chongqing", "year": "2026", "base": "2025"}


@pytest.fixture(scope="module")
def source(sample_releases: Path) -> Iterator[Database]:
    found = open_pointed(read_pointer(sample_releases))
    yield found
    found.connection.close()


def test_what_blanks_that_were_0_come_to_is_said_where_it_weighs(source: Database) -> None:
    view = view_of(source, YEARS)
    (n, total), = source.connection.execute(
        "select count(*), sum(value) from comparison_detail where jurisdiction_id = 'chongqing' and year = 2026"
        " and base_year = 2025 and measure_id = 'participation' and base_value = 0 and value > 0"
    ).fetchall()  # fmt: skip
    assert n > 0 and f"2025 年报 0 的 {n} 处，本年共 {compact(total, 'zh')}" in bounds_words(view, view.measure)
    light = PairCount("participation", 1, 1, 0, 0, 0, 3, 99.0, 2, 99.0, 1000.0)
    assert zero_words(view, light) == ""
    assert "本年报 0 的 2 处，2025 年共 100" in zero_words(view, replace(light, to_zero=100.0))


def test_a_form_that_nobody_saw_is_said_in_word_and_in_every_workbook(source: Database) -> None:
    view = view_of(source, YEARS)
    assert any("没有见到原件" in line for line in shared_lines(view))
    assert any("未见原件" in words for _, words in about(view).pairs)
    seen = view_of(source, {"area": "chongqing", "year": "2021", "base": "none"})
    assert not any("未见原件" in words for _, words in about(seen).pairs)


def test_units_whose_coverage_is_unclear_are_named_so_that_all_add_up(source: Database) -> None:
    view = view_of(source, {"area": "chongqing", "year": "2022", "base": "2021"})
    rows = query_held_states(view.source, "chongqing-2022", "")
    activities = query_activities(view.source, str(view.campaign.form_id))
    asked = {a.activity_id for a in activities if not a.is_optional}
    states = [{r.state for r in group if r.activity_id in asked} for group in by_unit(rows)]
    gaps = sum(bool(s & {"zero", "not_filled"}) for s in states)
    unclear = sum("unclear" in s and not s & {"zero", "not_filled"} for s in states)
    found = gap_headline(view, activities, rows)
    assert unclear > 0 and f"{gaps} 个单位" in found.finding and f"另有 {unclear} 个单位填得不清" in found.caveat


def test_a_day_chosen_rules_who_is_missing(source: Database) -> None:
    view = view_of(source, {"area": "chongqing", "year": "2021", "base": "2020", "as_of": "2021-07-01"})
    screen = missing(basis_of(view))
    told = " ".join(f"{line.text} {line.name}" for line in screen.lines) if screen else ""
    assert "迟报" not in told, "tables were not due yet"


def test_a_unit_s_part_says_of_how_many_blanks(source: Database) -> None:
    view = view_of(source, YEARS)
    parts = [row for row in unit_values(view) if row.value is not None and row.n_reported < row.n_expected]
    assert parts
    for row in parts:
        assert f"只有 {row.n_expected} 空中 {row.n_reported} 空的数" in part_cell(view, row).text
