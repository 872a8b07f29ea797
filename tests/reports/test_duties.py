"""Reports on reporting: a campaign without a table has whole ones, one with a table says its duties as the page does."""

from __future__ import annotations

import io
import re

import pytest
from docx import Document
from openpyxl import load_workbook

from dashboard.format import percent
from dashboard.release import Database
from dashboard.reports.data import gather
from dashboard.reports.docx import to_docx
from dashboard.reports.docx_columns import column_widths, table_size
from dashboard.reports.docx_style import TEXT_WIDTH_MM, tight
from dashboard.reports.duty_words import all_reports_words
from dashboard.reports.making import make_report
from dashboard.reports.opening import CannotReport, view_of
from dashboard.reports.template import fill_template
from dashboard.reports.words import contents
from dashboard.statements.duties import Duties, duties_in
from dashboard.statements.duty_tables import marks_table, rate_table
from dashboard.statements.reporting import figures
from dashboard.tables import Cell, Column, Table

JILIN = {"area": "jilin", "year": "2021"}
CHONGQING = {"area": "chongqing", "year": "2021"}
NUMBER = re.compile(r"\d+(?:\.\d+)?%?")


def duties_of_query(source: Database, query: dict[str, str]) -> Duties:
    return duties_in(view_of(source, query))


def page_numbers(duties: Duties) -> set[str]:
    """The rates' numbers as the Reporting page's key figures say them."""
    shown = figures(duties.view, dict(duties.rates), duties.rows, duties.dues)[:2]
    return {number for figure in shown for number in NUMBER.findall(f"{figure.value} {figure.note}")}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_campaign_without_a_table_has_a_word_report_on_reporting(source: Database, lang: str) -> None:
    view = view_of(source, JILIN | {"lang": lang})
    duties, data = duties_in(view), gather(view)
    document = Document(io.BytesIO(to_docx(data, {})))
    texts = [p.text for p in document.paragraphs]
    found = set(NUMBER.findall(" ".join(texts)))
    assert page_numbers(duties) <= found
    for unit in duties.owing:
        name, what = view.pick(unit.first.name_zh, unit.first.name_en), duties.owed_words(unit)
        assert any(tight(view, name) in t and tight(view, what) in t for t in texts), name
    assert [len(t.rows) - 1 for t in document.tables] == [
        1 + len(duties.groups),
        11,
        len(duties.owing),
        len(duties.dues),
    ]
    assert data.charts and data.charts[0].key == "arrivals:reporting"
    assert any(view.t("report.section.rates") in line for line in contents(data))


def test_its_workbook_holds_every_state_typed(source: Database) -> None:
    duties = duties_of_query(source, JILIN)
    book = load_workbook(io.BytesIO(make_report(view_of(source, JILIN), "xlsx").content))
    view = duties.view
    rates = list(book[view.t("reporting.by_duty")].iter_rows(min_row=2, values_only=True))
    whole = duties.rate("")
    assert rates[0][1] == pytest.approx(whole.received or 0) and rates[0][3:5] == (
        whole.n_expected,
        whole.n_received,
    )
    assert len(list(book[view.t("reporting.states")].iter_rows(min_row=2))) == len(duties.rows)
    states = list(book[view.t("reporting.states")].iter_rows(min_row=2, values_only=True))
    assert [row[3] for row in states] == [row.due_at.replace(second=0) for row in duties.rows]
    assert [row[5] for row in states] == [row.met_at and row.met_at.replace(second=0) for row in duties.rows]
    matrix = book[f"{view.t('reporting.matrix')} 2"]
    words = [cell.value for row in matrix.iter_rows(min_row=2, min_col=2) for cell in row]
    missing = sum(len(unit.missing) for unit in duties.units)
    assert words.count(view.t("reporting.state.missing")) == missing > 0
    marks = marks_table(duties)
    assert sum(int(str(row[-1].value)) for row in marks.rows) == missing
    assert sum(cell.text.count(view.t("reporting.mark.missing")) for row in marks.rows for cell in row[1:-1]) == missing


def test_a_report_with_a_table_has_a_paragraph_and_an_annex_on_duties(source: Database) -> None:
    view = view_of(source, CHONGQING)
    duties, data = duties_in(view), gather(view, ())
    texts = [p.text for p in Document(io.BytesIO(to_docx(data, {}))).paragraphs]
    line = next(t for t in texts if percent(duties.rate("").received) in t)
    assert page_numbers(duties) <= set(NUMBER.findall(line))
    for group in duties.groups:
        name, rate = group[0].short_zh, duties.rate(group[0].duty_id)
        said = next(part for t in texts for part in re.split("[。；]", t) if part.startswith(name))
        assert {str(rate.n_expected), str(rate.n_received)} <= set(NUMBER.findall(said)), said
    named = f"附件{data.annex_numbers['duties']}"
    assert any(named in t for t in texts) and data.tables[data.annex_numbers["duties"] - 1] == rate_table(
        duties, for_paper=True
    )
    book = load_workbook(io.BytesIO(make_report(view, "xlsx").content))
    assert {view.t("reporting.by_duty"), view.t("reporting.owing"), view.t("reporting.calendar")} <= set(
        book.sheetnames
    )


def test_where_only_the_table_was_asked_the_report_says_it_once(source: Database) -> None:
    data = gather(view_of(source, {"area": "chongqing", "year": "2022"}), ())
    assert not {"duties", "matrix"} & set(data.annexes)


def test_templates_know_duties_by_name(source: Database) -> None:
    template = Document()
    template.add_paragraph("{{duties.rate}} {{duties.missing}}")
    template.add_paragraph("{{annex.matrix}}")
    stream = io.BytesIO()
    template.save(stream)
    for query in (JILIN, CHONGQING):
        data = gather(view_of(source, query), ())
        made = Document(io.BytesIO(fill_template(stream.getvalue(), data, {})))
        assert made.paragraphs[0].text.startswith(percent(data.duties.rate("").received)) and len(made.tables) == 1
    with pytest.raises(CannotReport):
        fill_template(stream.getvalue(), gather(view_of(source, {"area": "chongqing", "year": "2022"}), ()), {})


def test_briefs_of_a_table_that_nobody_asked_for_are_refused(source: Database) -> None:
    with pytest.raises(CannotReport):
        make_report(view_of(source, JILIN), "zip")


def test_numbers_are_never_broken_by_narrow_columns() -> None:
    columns = (Column("事项"), *(Column("迟到", is_number=True) for _ in range(8)), Column("依据"))
    row = (Cell("每月", "每月" * 8), *(Cell(287, "287") for _ in range(8)), Cell("x", "长" * 80))
    widths = column_widths(Table("t", columns, (row,)), 9)
    assert sum(widths) == pytest.approx(TEXT_WIDTH_MM)
    margins = 2  # a millimetre on each side
    assert min(widths[1:9]) >= 3 * 0.62 * 9 * 25.4 / 72 + margins


@pytest.mark.parametrize(("area", "year"), [("jincheng", "2022"), ("chongqing", "2021"), ("jilin", "2021")])
def test_days_and_names_of_the_printed_matrix_stay_whole(source: Database, area: str, year: str) -> None:
    table = gather(view_of(source, {"area": area, "year": year}), ()).annexes["matrix"].on_screen
    size = table_size(table)
    char_mm = size * 25.4 / 72
    for place, (column, width) in enumerate(zip(table.columns, column_widths(table, size), strict=True)):
        texts = [row[place].text for row in table.rows]
        days = re.findall(r"\d+/\d+", column.head)
        widest = max(*(len(text) for text in texts), *(0.62 * len(day) for day in days), 0)
        assert width >= (widest + 0.8) * char_mm - 0.01, column.head
        assert not days or "（" not in column.head


def test_what_nobody_registers_is_not_called_zero(source: Database) -> None:
    """Jincheng keeps no register of liaisons: 0 of 0 would read as if nobody had one."""
    view = view_of(source, {"area": "jincheng", "year": "2022"})
    duties = duties_in(view)
    unkept = next(g[0] for g in duties.groups if duties.rate(g[0].duty_id).n_no_evidence)
    texts = [p.text for p in Document(io.BytesIO(to_docx(gather(view, ()), {}))).paragraphs]
    said = next(part for t in texts for part in re.split("[。；]", t) if part.startswith(unkept.short_zh))
    assert "不能判断" in said and "0份" not in said


@pytest.mark.parametrize("query", [JILIN, CHONGQING, {"area": "jincheng", "year": "2022"}])
def test_soft_evidence_is_neither_received_nor_missing_wherever_it_is_said(
    source: Database, query: dict[str, str]
) -> None:
    duties = duties_of_query(source, query)
    rates = [duties.rate(group[0].duty_id) for group in duties.groups]
    assert all(rate.n_expected == rate.n_received + rate.n_missing for rate in (*rates, duties.rate("")))
    assert sum(rate.n_soft for rate in rates) == sum(r.state == "soft" for u in duties.units for r in u.rows)
    said = [figure.note for figure in figures(duties.view, dict(duties.rates), duties.rows, duties.dues)]
    if soft := duties.rate("").n_soft:
        aside = duties.view.t("reporting.rate.soft", n=soft)
        assert aside in said[0] and f"{soft}份只有旁证" in all_reports_words(duties)
    by_group = {row[0].text: row for row in rate_table(duties).rows}
    for group, rate in zip(duties.groups, rates, strict=True):
        expected, received = (int(str(cell.value)) for cell in by_group[group[0].label_zh][3:5])
        assert (expected, received) == (rate.n_received + rate.n_missing, rate.n_received)
