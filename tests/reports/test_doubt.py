"""A figure that rests on one value which the release itself takes for a slip is never quoted without saying so."""

from __future__ import annotations

import io

import pytest
from docx import Document
from openpyxl import load_workbook
from pptx import Presentation

from dashboard import queries
from dashboard.components.attention import attention
from dashboard.components.changes import both_years_table, measure_changes, selected_change
from dashboard.components.doubt import (
    doubted_change,
    doubted_total,
    doubted_units,
    figure_delta,
    told_change,
    told_spread,
    total_words,
    value_words,
)
from dashboard.components.mapview import unit_values
from dashboard.components.page import View, for_measure, for_totals
from dashboard.components.unit_table import unit_table
from dashboard.components.year_basis import basis_lines
from dashboard.format import percent
from dashboard.records import Measure
from dashboard.release import Database
from dashboard.reports.blocks import Para
from dashboard.reports.data import gather
from dashboard.reports.deck import make_deck
from dashboard.reports.opening import view_of
from dashboard.reports.pptx import to_pptx
from dashboard.reports.template import fill_template
from dashboard.reports.words import outline
from dashboard.reports.xlsx import to_xlsx
from dashboard.running_order import SLIDE_ORDER
from dashboard.statements.hazards import figures

EVENTS = "events"
WORDS = {"zh": "核实前请勿引用", "en": "not to be quoted before"}


def view_for(source: Database, area: str, year: int, measure: str, base: str = "none", lang: str = "zh") -> View:
    return view_of(source, {"area": area, "year": str(year), "base": base, "measure": measure, "lang": lang})


def paragraphs(view: View) -> list[str]:
    return [block.text for block in outline(gather(view, ())) if isinstance(block, Para)]


def measure_of(view: View, measure_id: str) -> Measure:
    found = view.choices.measure(measure_id)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("area", "year", "base", "unit", "typed", "proposal"),
    [("chongqing", 2021, "2020", "荣昌", "9万", "疑为9"), ("chongqing", 2021, "2020", "武隆", "2万", "疑为2"),
     ("chongqing", 2022, "2021", "巫溪", "6万", "疑为6"), ("ningxia", 2021, "none", "固原", "147万", "疑为147")],
)  # fmt: skip
def test_every_weighty_slip_is_said_first_and_in_the_report(
    source: Database, area: str, year: int, base: str, unit: str, typed: str, proposal: str
) -> None:
    view = view_for(source, area, year, "participation", base)
    reports = queries.query_unit_reports(source, view.campaign.campaign_id)
    items = [str(item) for item in attention(view, reports, unit_values(view))]
    named = [place for place, item in enumerate(items) if unit in item and typed in item and WORDS["zh"] in item]
    assert named and all(WORDS["zh"] in item for item in items[: named[0]])
    texts = [t for t in paragraphs(view) if unit in t and typed in t and proposal in t and WORDS["zh"] in t]
    assert texts


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_percentage_is_printed_that_rests_on_a_slip(source: Database, lang: str) -> None:
    view = view_for(source, "chongqing", 2021, "participation", "2020", lang)
    doubted = [m for m in view.choices.measures if doubted_change(view, m, selected_change(view, m))]
    assert doubted
    text = "\n".join(paragraphs(view))
    slides = str(make_deck(view, SLIDE_ORDER).screens)
    for measure in doubted:
        change = selected_change(view, measure)
        assert change is not None and change.pct is not None
        bare = percent(abs(change.pct))
        assert bare not in figure_delta(view, measure, change) and WORDS[lang] in figure_delta(view, measure, change)
        label = view.pick(measure.label_zh, measure.label_en)
        lines = [line for line in text.splitlines() if line.startswith(label)]
        assert lines and all(bare not in line for line in lines) and any(WORDS[lang] in line for line in lines)
        assert f"+{bare}" not in slides
        own = for_totals(for_measure(view, measure.measure_id))
        found = told_change(own, measure_changes(own))
        assert WORDS[lang] in found.caveat and found.caveat.endswith(view.t("headline.stop"))


def test_a_total_with_a_slip_says_so_above_its_map_and_a_sound_one_does_not(source: Database) -> None:
    view = view_for(source, "ningxia", 2021, EVENTS)
    events = measure_of(view, EVENTS)
    assert [(r.unit_id, r.value) for r in doubted_total(view, events)] == [("640400", 1_470_000)]
    assert "固原" in told_spread(view, unit_values(view)).caveat
    assert "固原" in figure_delta(view, events, None)
    sound = for_measure(view, "hazards_exposed")
    assert not doubted_total(sound, sound.measure) and WORDS["zh"] not in told_spread(sound, unit_values(sound)).caveat


def test_only_what_the_filters_show_is_doubted(source: Database) -> None:
    view = view_of(source, {"area": "ningxia", "year": "2021", "measure": EVENTS, "units": "640100,640200"})
    assert not doubted_total(view, measure_of(view, EVENTS))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_tables_by_unit_give_no_percentage_of_a_slip(source: Database, lang: str) -> None:
    """On the pages, in the downloads and in the annexes: Wulong's 20,000 tours for 2."""
    view = for_measure(view_for(source, "chongqing", 2021, EVENTS, "2020", lang), EVENTS)
    changes = measure_changes(view)
    doubted = doubted_units(view, changes)
    (spoiled,) = [row for row in changes.comparable if (row.pct or 0) > 5000]
    assert doubted == {spoiled.unit_id}
    name = view.pick(spoiled.name_zh, spoiled.name_en)
    mark = view.t("doubt.mark")
    tables = (unit_table(view, changes, doubted), both_years_table(view, "t", changes.comparable, doubted))
    for table in tables:
        (row,) = [cells for cells in table.rows if cells[0].text == name]
        assert [c.exported for c in row].count(mark) == 1 and not [c for c in row if "%" in c.text]
        assert not [cells for cells in table.rows if cells is not row and mark in [c.text for c in cells]]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_total_stands_bare_in_a_template_or_a_workbook(source: Database, lang: str) -> None:
    view = view_for(source, "ningxia", 2021, EVENTS, lang=lang)
    data = gather(view, ())
    doubted = data.number(EVENTS)
    assert doubted is not None and doubted.doubt
    template = Document()
    for name in ("total", "exact", "doubt"):
        template.add_paragraph(f"{{{{{EVENTS}.{name}}}}}")
    sound_one = next(n for n in data.numbers if n.total and n.total.value is not None and not n.doubt)
    template.add_paragraph(f"{{{{{sound_one.measure.measure_id}.total}}}}")
    stream = io.BytesIO()
    template.save(stream)
    *bare, sound = [p.text for p in Document(io.BytesIO(fill_template(stream.getvalue(), data, {}))).paragraphs]
    assert all(WORDS[lang] in text for text in bare) and WORDS[lang] not in sound
    sheet = load_workbook(io.BytesIO(to_xlsx(data)))[view.t("report.section.totals")]
    said = {row[0]: row[-1] or "" for row in sheet.iter_rows(min_row=2, values_only=True)}
    for number in data.numbers:
        label = view.pick(number.measure.label_zh, number.measure.label_en)
        assert (WORDS[lang] in str(said[label])) == bool(number.doubt or number.change_doubt)


def test_a_workbook_has_no_percentage_that_rests_on_a_slip(source: Database) -> None:
    data = gather(view_for(source, "chongqing", 2021, "participation", "2020"), ())
    sheet = load_workbook(io.BytesIO(to_xlsx(data)))[data.view.t("report.section.totals")]
    shown = {row[0]: (row[7], row[-1]) for row in sheet.iter_rows(min_row=2, values_only=True)}
    doubted = [n for n in data.numbers if n.change_doubt]
    assert doubted and all(shown[n.measure.label_zh][0] == "—" for n in doubted)
    assert all(WORDS["zh"] in str(shown[n.measure.label_zh][1]) for n in doubted)


def test_an_exact_number_in_a_template_keeps_its_bound(source: Database) -> None:
    data = gather(view_for(source, "chongqing", 2022, "participation"), ())
    bounded = next(n for n in data.numbers if n.total and n.total.qualifier in ("at_least", "at_most"))
    assert bounded.total is not None and bounded.total.value is not None
    template = Document()
    template.add_paragraph(f"{{{{{bounded.measure.measure_id}.exact}}}}")
    stream = io.BytesIO()
    template.save(stream)
    text = Document(io.BytesIO(fill_template(stream.getvalue(), data, {}))).paragraphs[0].text
    assert text.startswith("不") and f"{bounded.total.value:,.0f}" in text


@pytest.mark.parametrize(("area", "year", "base"), [("chongqing", 2022, "2021"), ("chongqing", 2021, "2020")])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_a_comparison_rests_on_stands_on_the_notes_of_slides_and_presentation(
    source: Database, area: str, year: int, base: str, lang: str
) -> None:
    view = view_for(source, area, year, "participation", base, lang)
    own = for_totals(view)
    wanted = basis_lines(own, measure_changes(own))
    assert len(wanted) >= 5
    assert [screen.more for screen in make_deck(view, ("notes",)).screens] == [wanted]
    slides = Presentation(io.BytesIO(to_pptx(make_deck(view, ("notes",)), {}))).slides
    text = "\n".join(s.text_frame.text for slide in slides for s in slide.shapes if s.has_text_frame)
    assert all(line in text for line in wanted)


def test_without_a_base_year_there_is_nothing_to_rest_on(source: Database) -> None:
    screens = make_deck(view_for(source, "chongqing", 2022, "participation"), ("notes",)).screens
    assert screens and not screens[0].more


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("zh", "其中沙坪坝4、九龙坡4等3个数有提醒待核对，核实前请勿引用"),
        ("en", "it holds 3 figures still to be checked (the largest: Shapingba 4, Jiulongpo 4), not to be quoted before that"),
    ],
)  # fmt: skip
def test_what_a_warning_names_and_weighs_is_said_beside_the_total_as_the_preview_does(
    source: Database, lang: str, said: str
) -> None:
    view = view_for(source, "chongqing", 2020, "typical_cases", lang=lang)
    cases = measure_of(view, "typical_cases")
    assert not doubted_total(view, cases)
    shown = next(
        figure for figure in figures(view) if figure.help == view.pick(cases.definition_zh, cases.definition_en)
    )
    card = "沙坪坝4、九龙坡4等3个数待核对" if lang == "zh" else "3 figures to be checked (Shapingba 4, Jiulongpo 4 …)"
    assert card in shown.note and WORDS[lang] in shown.note
    assert said in told_spread(view, unit_values(view)).sentence
    assert any(said in text for text in paragraphs(view))
    one = view_of(
        source, {"area": "chongqing", "year": "2020", "measure": "typical_cases", "units": "500112", "lang": lang}
    )
    assert total_words(one, cases).count("4") == 1


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_caveat_is_said_once_on_the_overview_and_short_on_the_card(source: Database, lang: str) -> None:
    view = view_for(source, "ningxia", 2021, EVENTS, lang=lang)
    found, rows = told_spread(view, unit_values(view)), unit_values(view)
    reports = queries.query_unit_reports(source, view.campaign.campaign_id)
    (doubt,) = doubted_total(view, view.measure)
    words = value_words(view, doubt)
    assert words in found.below and words not in figure_delta(view, view.measure, None)
    assert any(words in str(item) for item in attention(view, reports, rows))
    assert not any(words in str(item) for item in attention(view, reports, rows, found.below))
    # A headline states facts: what was probably meant stands below it, with the reason.
    usual = "常值约" if lang == "zh" else "is usual"
    assert value_words(view, doubt, is_guessing=False) in found.sentence and usual in found.below
    assert doubt.proposal and ("疑为" if lang == "zh" else "perhaps") not in found.sentence
    # A value that weighs in other measures too is said of them.
    other = for_measure(view, "participation")
    assert any(words in str(item) for item in attention(other, reports, unit_values(other), found.below))
