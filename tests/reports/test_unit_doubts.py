"""A doubtful value is named where a unit's own figure stands too: groups, small maps, the District page, tables by unit."""

from __future__ import annotations

import pytest

from dashboard.components.doubt import doubts_shown, told_spread
from dashboard.components.mapview import unit_values, values_table
from dashboard.components.page import View, for_totals
from dashboard.components.pivot import cell_doubts
from dashboard.components.unit_choice import group_doubts, group_row
from dashboard.components.unit_table import unit_table
from dashboard.components.value_doubt import doubts_by_year
from dashboard.components.year_maps import mapped_years, maps_drawing
from dashboard.records import RosterUnit
from dashboard.release import Database
from dashboard.reports.opening import view_of
from dashboard.statements.district import unit_figures
from dashboard.totals import ChangeSet

CHONGQING = {"area": "chongqing", "year": "2022", "base": "2021"}
WUXI, WANZHOU, FENGDU = "500238", "500101", "500230"
WORDS = {"zh": "核实前请勿引用", "en": "not to be quoted before"}
both_languages = pytest.mark.parametrize("lang", ["zh", "en"])


def view_for(source: Database, lang: str = "zh", **query: str) -> View:
    return view_of(source, {**CHONGQING, "lang": lang, **query})


def unit_of(view: View, unit_id: str) -> RosterUnit:
    return next(unit for unit in view.choices.units_of(view.campaign) if unit.unit_id == unit_id)


@both_languages
def test_a_group_with_a_slip_is_marked_and_gets_no_ratio(source: Database, lang: str) -> None:
    view = view_for(source, lang, units=WUXI, vs=WANZHOU)
    events = next(m for m in view.choices.measures if m.measure_id == "events")
    row, mark = group_row(view, events), view.t("doubt.mark")
    assert mark in row[1].text and mark not in row[4].text
    assert row[-1].value is None and row[-1].text == mark
    (words,) = [line for line in group_doubts(view) if "6" in line]
    assert WORDS[lang] in words and view.pick(events.label_zh, events.label_en) in words
    sound = view_for(source, lang, units=WANZHOU, vs="500102")
    assert not group_doubts(sound) and mark not in "".join(cell.text for cell in group_row(sound, events))


@both_languages
def test_small_maps_say_which_years_hold_a_slip(source: Database, lang: str) -> None:
    view = view_for(source, lang, measure="events")
    doubts = doubts_by_year(view)
    assert WUXI in doubts[2022] and "500156" in doubts[2021] and WUXI not in doubts.get(2020, {})
    drawing = maps_drawing(view, mapped_years(view))
    assert WORDS[lang] in drawing.found.caveat
    panels = [str(note["text"]) for note in drawing.figure.to_dict()["layout"]["annotations"]]
    told = view.t("maps.doubt", n=len(doubts[2022]))
    assert [told in text for text in panels if text.startswith("<b>2022")] == [True]
    tips = [tip for trace in drawing.figure.to_dict()["data"] for tip in trace.get("text") or ()]
    assert sum(view.t("doubt.mark") in tip for tip in tips) == sum(map(len, doubts.values()))
    assert drawing.table is not None
    (wuxi,) = [row for row in drawing.table.rows if row[0].text == view.pick("巫溪县", unit_of(view, WUXI).name_en)]
    assert view.t("doubt.column") == drawing.table.columns[-1].label and wuxi[-1].text
    sound = maps_drawing(chosen := view_for(source, lang, measure="events", units=WANZHOU), mapped_years(chosen))
    assert WORDS[lang] not in sound.found.caveat


@both_languages
def test_the_district_page_says_it_of_the_unit_and_of_no_other(source: Database, lang: str) -> None:
    view = for_totals(view_for(source, lang))
    fengdu, wanzhou = (unit_figures(view, unit_of(view, unit)) for unit in (FENGDU, WANZHOU))
    assert WORDS[lang] in fengdu[0].note and "13,200" in fengdu[0].note
    assert not any(WORDS[lang] in figure.note for figure in wanzhou)


def test_a_units_value_is_marked_on_the_map_and_in_every_table(source: Database) -> None:
    view = view_for(source, measure="events")
    rows = unit_values(view)
    doubts = doubts_shown(view, rows)
    assert set(doubts) == {WUXI}
    table = values_table(view, rows, doubts)
    assert [row[0].text for row in table.rows if row[-1].text] == ["巫溪县"]
    exported = unit_table(for_totals(view), ChangeSet((), None), frozenset())
    assert exported.columns[-1].is_export_only and [row[0].text for row in exported.rows if row[-1].text] == ["巫溪县"]
    assert any("6万" in words for words in cell_doubts(view, [view.measure]))


def test_rates_name_the_slip_of_the_unit_they_put_first(source: Database) -> None:
    view = view_for(source, measure="events", per10k="1")
    rows = unit_values(view)
    top = max(rows, key=lambda row: row.value or 0)
    assert top.unit_id == WUXI and WUXI in doubts_shown(view, rows)
    assert "巫溪" in told_spread(view, rows).caveat
