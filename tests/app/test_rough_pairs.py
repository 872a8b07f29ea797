"""A unit whose one year is about so much, or a bound, says so in its own pair: tables, tips, dumbbell, Word and slides."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from dashboard.components.change_map import both_years, shown, tip
from dashboard.components.change_table import change_table
from dashboard.components.changes import both_years_table, change_bar, measure_changes
from dashboard.components.page import View
from dashboard.components.unit_table import unit_table
from dashboard.records import Change
from dashboard.release import Database, open_pointed, read_pointer
from dashboard.reports.number_words import change_words
from dashboard.reports.opening import view_of
from dashboard.sentences import delta_text, unit_delta_text
from dashboard.statements.year_over_year import both_years_drawing

QUERY = {"area": "chongqing", "year": "2022", "base": "2021", "measure": "participation"}
MARKS = {"approx": "约{}", "at_least": "{}+", "at_most": "≤{}", "exact": "{}"}


@pytest.fixture(scope="module")
def source(sample_releases: Path) -> Iterator[Database]:
    found = open_pointed(read_pointer(sample_releases))
    yield found
    found.connection.close()


def rough(view: View) -> list[Change]:
    """Units with a year that is not exact, as the files say."""
    facts = view.source.connection.execute(
        "select d.unit_id from comparison_detail d cross join unnest(d.indicator_ids || d.base_indicator_ids) as x(blank)"
        " join current_fact f on f.unit_id = d.unit_id and f.indicator_id = x.blank"
        " and ((f.campaign_id = 'chongqing-2022' and list_contains(d.indicator_ids, x.blank))"
        " or (f.campaign_id = 'chongqing-2021' and list_contains(d.base_indicator_ids, x.blank)))"
        " where d.jurisdiction_id = 'chongqing' and d.measure_id = 'participation' and d.year = 2022 and d.base_year = 2021"
        " group by d.unit_id having bool_or(f.value is not null and f.qualifier <> 'exact')"
    ).fetchall()
    found = [row for row in measure_changes(view).comparable if (row.unit_id,) in facts]
    assert len(found) >= 2
    return found


def test_rows_carry_what_their_facts_are(source: Database) -> None:
    view = view_of(source, QUERY)
    inexact = {row.unit_id for row in rough(view)}
    for row in measure_changes(view).comparable:
        assert (row.own_qualifier == "approx") == (row.unit_id in inexact), row.unit_id


def test_a_rough_pair_is_marked_wherever_it_is_shown(source: Database) -> None:
    view = view_of(source, QUERY)
    changes, years = measure_changes(view), both_years(view)
    tables = {
        "changes": (change_table(view, changes, years), (1, 2, 3)),
        "both": (both_years_table(view, "", changes.comparable, ()), (1, 2, 3)),
        "units": (unit_table(view, changes, ()), (-6, -7, -5)),
    }
    drawing = both_years_drawing(view, changes, years, list(changes.comparable))
    dots = [t for t in drawing.figure.data if t.mode == "markers" and t.hovertext]
    places = {row.unit_id: n for n, row in enumerate(changes.comparable)}
    for row in rough(view):
        base, now = MARKS[row.base_qualifier], MARKS[row.qualifier]
        for name, (table, (then_at, now_at, change_at)) in tables.items():
            cells = next(r for r in table.rows if r[0].text == row.name_zh)
            heads = table.columns
            assert "2021" in heads[then_at].label and "2022" in heads[now_at].label, name
            assert cells[then_at].text == base.format(f"{row.base_value:,.0f}")
            assert cells[now_at].text == now.format(f"{row.value:,.0f}")
            assert cells[change_at].text.startswith("约"), name
        assert re.search(r"2021: .*人次 → 2022: ", tip(view, row, years))
        pieces = tip(view, row, years).split("<br>")[1].split(" → ")
        for piece, mark in zip(pieces, (base, now), strict=True):
            assert ("约" in piece, "+" in piece, "≤" in piece) == ("约" in mark, "+" in mark, "≤" in mark)
        assert shown(view, row).startswith("约") and "约" in change_bar(view, row, is_doubted=False).text
        shapes = [trace.marker.symbol[places[row.unit_id]] for trace in dots]
        assert shapes == ["circle" if kind == "exact" else "diamond" for kind in (row.base_qualifier, row.qualifier)]
        if row.pct is not None:
            assert unit_delta_text(row, view.measure, 2021, "zh").startswith("约")
            assert "约" in change_words(row, view.measure, view)


@pytest.mark.parametrize(("lang", "named"), [("zh", "菱形"), ("en", "diamond")])
def test_the_legend_names_the_diamonds_where_there_are_some(source: Database, lang: str, named: str) -> None:
    view = view_of(source, QUERY | {"lang": lang})
    changes, years = measure_changes(view), both_years(view)
    exact = [r for r in changes.comparable if r.base_qualifier == r.qualifier == "exact"]
    assert exact and len(exact) < len(changes.comparable)
    for rows, n_named in ((list(changes.comparable), 1), (exact, 0)):
        drawing = both_years_drawing(view, changes, years, rows)
        legend = [t for t in drawing.figure.data if t.showlegend is not False and named in str(t.name)]
        assert [t.marker.symbol for t in legend] == ["diamond"] * n_named


def test_an_exact_pair_has_no_mark(source: Database) -> None:
    view = view_of(source, QUERY)
    exact = next(r for r in measure_changes(view).comparable if r.own_qualifier == "exact" and r.pct)
    words = (tip(view, exact, both_years(view)), shown(view, exact), change_bar(view, exact, is_doubted=False).text)
    assert not any("约" in text or "≤" in text for text in words)


def test_one_chosen_unit_is_marked_in_the_key_figure_and_many_by_their_basis(source: Database) -> None:
    view = view_of(source, QUERY)
    row = next(r for r in rough(view) if r.pct is not None)
    one = replace(view, filters=replace(view.filters, units=(str(row.unit_id),)))
    total = measure_changes(one).total
    assert total is not None and delta_text(total, view.measure, 2021, "zh").startswith("约")
    assert not delta_text(measure_changes(view).total, view.measure, 2021, "zh").startswith("约")
