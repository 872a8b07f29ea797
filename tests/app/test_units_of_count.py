"""A value is shown in the unit that its year's form prints; of two years that count in different ones, both are said."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook

from dashboard.components.change_map import both_years, tip
from dashboard.components.change_table import change_table
from dashboard.components.changes import basis_words, both_years_table, figure_label, measure_changes
from dashboard.components.doubt import told_change
from dashboard.components.mapview import shared_classes, to_map_unit, unit_values, value_legend, values_table
from dashboard.components.page import View
from dashboard.components.unit_table import unit_table
from dashboard.components.year_basis import basis_lines
from dashboard.components.year_history import history_drawing
from dashboard.components.year_maps import mapped_years, maps_drawing
from dashboard.release import Database, open_pointed, read_pointer
from dashboard.reports.data import gather
from dashboard.reports.docx import to_docx
from dashboard.reports.opening import view_of
from dashboard.reports.xlsx import to_xlsx
from dashboard.statements.year_over_year import both_years_drawing
from dashboard.views.year_over_year import figures
from tests.app.running import CJK

# measure, its unit in 2021 and in 2022, as the two forms print it
CHANGED = (("hazards_exposed", "条", "个"), ("public_reports", "条次", "项"), ("media_articles", "篇", "条"))


@pytest.fixture(scope="module")
def source(sample_releases: Path) -> Iterator[Database]:
    found = open_pointed(read_pointer(sample_releases))
    yield found
    found.connection.close()


def view(source: Database, measure: str, year: int, **more: str) -> View:
    return view_of(source, {"area": "chongqing", "year": str(year), "measure": measure} | more)


@pytest.mark.parametrize(("lang", "words"), [("zh", "条 → 个"), ("en", "entries → items")])
def test_a_changed_unit_is_named_in_the_readers_language(source: Database, lang: str, words: str) -> None:
    found = view(source, "hazards_exposed", 2022, base="2021", lang=lang)
    lines = basis_lines(found, measure_changes(found))
    assert any(words in line for line in lines), lines
    assert lang == "zh" or not any(CJK.search(line) for line in lines)


@pytest.mark.parametrize(("measure", "before", "after"), CHANGED)
def test_one_years_values_are_in_the_unit_of_its_form(source: Database, measure: str, before: str, after: str) -> None:
    """Key figure, map's tip, legend and table."""
    for year, unit in ((2021, before), (2022, after), (2025, after)):
        found = view(source, measure, year)
        rows = unit_values(found)
        row = next(r for r in rows if r.value)
        told = to_map_unit(found, row).hover
        assert figure_label(found, found.measure).endswith(f"（{unit}）")
        assert told.split("<br>")[1].endswith(unit), told
        assert values_table(found, rows, {}).columns[1].unit == unit


@pytest.mark.parametrize(("measure", "before", "after"), CHANGED)
def test_two_years_are_each_in_their_unit_and_a_difference_in_both(
    source: Database, measure: str, before: str, after: str
) -> None:
    """Columns, tips, key figures, headline and basis of a comparison; inside one form there is no arrow."""
    found = view(source, measure, 2022, base="2021")
    changes, years = measure_changes(found), both_years(found)
    arrow = f"{before}→{after}"
    wanted = [before, after, arrow, "%"]
    assert [c.unit for c in change_table(found, changes, years).columns[1:5]] == wanted
    assert [c.unit for c in both_years_table(found, "", changes.comparable, ()).columns[1:]] == wanted
    shown = [c.unit for c in unit_table(found, changes, ()).columns if c.unit]
    assert shown[0] == after and shown[-4:] == [after, before, arrow, "%"]
    row = next(r for r in changes.comparable if r.value and r.base_value)
    then, now = tip(found, row, years).split("<br>")[1].split(" → ")
    assert then.endswith(before) and now.endswith(after)
    assert changes.total is not None
    cards = figures(found, changes.total)
    assert f"（{before}）" in cards[0].label and f"（{after}）" in cards[1].label
    assert arrow in cards[2].note or "疑" in cards[2].note
    assert arrow in told_change(found, changes).sentence or "疑" in told_change(found, changes).sentence
    basis = basis_words(found, found.measure, changes.total)
    assert f"{before} → " in basis and f"{after}（" in basis
    same = view(source, measure, 2025, base="2022")
    assert [c.unit for c in change_table(same, measure_changes(same), both_years(same)).columns[1:4]] == [after] * 3


def test_years_on_one_scale_say_every_unit_and_each_figure_its_own(source: Database) -> None:
    found = view(source, "hazards_exposed", 2022, base="2021")
    drawing = history_drawing(found)
    assert drawing is not None and drawing.table is not None
    assert drawing.table.columns[1].unit == "条/个"
    by_year = {row[0].value: row[1].text for row in drawing.table.rows}
    assert by_year[2021].endswith("条") and by_year[2022].endswith("个")
    maps = maps_drawing(found, mapped_years(found))
    assert maps.swatches[0].label == "条/个"
    assert maps.table is not None
    units = {c.label: c.unit for c in maps.table.columns}
    assert (units["2021"], units["2022"]) == ("条", "个")


def test_the_map_of_a_rate_keeps_the_forms_unit(source: Database) -> None:
    found = view(source, "hazards_exposed", 2022, per10k="1")
    rows = unit_values(found)
    assert value_legend(found, shared_classes(found, rows), rows)[0].label == "个/万人"


def test_reports_write_the_forms_unit(source: Database) -> None:
    """Word's sentences and Excel's columns: 个 for 2022, never 2021's 条."""
    found = view(source, "hazards_exposed", 2022, base="2021")
    data = gather(found)
    number = data.number("hazards_exposed")
    assert number is not None and number.measure.unit_zh == "个" and "（个）" in number.label
    text = "\n".join(p.text for p in Document(BytesIO(to_docx(data, {}))).paragraphs)
    told = next(line for line in text.splitlines() if line.startswith("曝光问题隐患") and "单位" in line)
    assert "个（" in told and "条（" not in told, told
    book = load_workbook(BytesIO(to_xlsx(data)))
    heads = [str(cell.value) for sheet in book for row in sheet.iter_rows(max_row=1) for cell in row if cell.value]
    assert any("2021" in head and "条" in head for head in heads), heads
    assert not any("2022" in head and "（条）" in head for head in heads)


def test_both_years_on_one_line_say_each_unit(source: Database) -> None:
    found = view(source, "hazards_exposed", 2022, base="2021")
    changes = measure_changes(found)
    drawing = both_years_drawing(found, changes, both_years(found), list(changes.comparable))
    tips = [t for trace in drawing.figure.data if trace.hovertext for t in trace.hovertext]
    assert tips and all("条 → 2022: " in t and "个" in t.split("2022: ")[1] for t in tips), tips[:2]
