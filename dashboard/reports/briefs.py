"""District briefs: one page a unit with its figures, its table and what the checks found."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass, replace
from typing import Final

from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt

from dashboard import queries
from dashboard.components.facts_table import facts_table, provenance_table
from dashboard.components.page import View, for_all_activities, for_all_units, for_totals
from dashboard.components.parts import KeyFigure
from dashboard.format import NOTHING
from dashboard.records import RosterUnit, UnitFact, UnitReport
from dashboard.reports.data import need_figures
from dashboard.reports.docx import add_source, add_table, saved, write_cell
from dashboard.reports.docx_style import new_document, set_font, set_lines, tight
from dashboard.reports.opening import CannotReport
from dashboard.reports.stamp import Stamp, make_stamp
from dashboard.reports.xlsx import workbook
from dashboard.statements.district import (
    fill_words,
    finding_words,
    open_findings,
    read_facts,
    report_headline,
    unit_figures,
)
from dashboard.statements.duties import Duties, duties_in
from dashboard.tables import Cell, Column, Table

MAX_FINDINGS: Final = 4
MAX_ROWS: Final = 14
HEAD_SPACE_PT: Final = 4


@dataclass(frozen=True)
class Sizes:
    """Type in points, margin and the columns of half a table in millimetres: English needs more room for one page."""

    cell: float
    text: float
    title: float
    margin: float
    columns: tuple[float, float, float]


SIZES: Final = {
    "zh": Sizes(9, 11, 18, 20, (50, 20, 15)),
    "en": Sizes(8, 9.5, 15, 15, (58, 17, 15)),
}  # fmt: skip
ZIP_DATE: Final = (2020, 1, 1, 0, 0, 0)


def unit_view(view: View, unit_id: str) -> tuple[View, RosterUnit, UnitReport]:
    """The District page's view of a unit. Raises CannotReport."""
    view = for_all_units(for_totals(for_all_activities(view)))
    view = replace(view, filters=replace(view.filters, unit=unit_id))
    unit = next((u for u in view.choices.units_of(view.campaign) if u.unit_id == unit_id), None)
    reports = queries.query_unit_reports(view.source, view.campaign.campaign_id)
    report = next((r for r in reports if r.unit_id == unit_id), None)
    if unit is None or report is None:
        raise CannotReport("report.no_unit", unit=unit_id)
    return view, unit, report


def unit_stamp(view: View, report: UnitReport) -> Stamp:
    """The stamp of one unit's brief."""
    stamp = make_stamp(view, view.campaign.n_units_reported, view.campaign.n_units_expected)
    words = view.t("report.brief.words", name=view.pick(report.name_zh, report.name_en), year=view.filters.year)
    return replace(stamp, words=words)


def unit_brief(view: View, unit_id: str, duties: Duties | None = None) -> bytes:
    """The unit's brief as a Word document; `duties` where they are known already. Raises CannotReport."""
    need_figures(view)
    view, unit, report = unit_view(view, unit_id)
    sizes = SIZES[view.lang]
    document = new_document(view)
    section = document.sections[0]
    section.top_margin = section.bottom_margin = section.left_margin = section.right_margin = Mm(sizes.margin)
    title = document.add_paragraph(style="Title")
    set_lines(title.paragraph_format, 28)
    name = view.pick(unit.name_zh, unit.name_en)
    set_font(title.add_run(tight(view, view.t("report.brief.title", name=name, year=view.filters.year))), view, "title",
             sizes.title, bold=True)  # fmt: skip
    add_line(document, view, report_headline(view, report).sentence, "body")
    add_line(document, view, owed_words(duties or duties_in(for_all_units(view)), unit_id), "body")
    add_figures(document, view, unit_figures(view, unit))
    facts = read_facts(view, unit)
    add_line(document, view, view.t("district.table"), "black")
    note = view.t("district.silent") if report.state != "reported" else fill_words(view, report)
    add_line(document, view, note, "body")
    if facts:
        add_table(document, view, short_facts(view, facts), sizes.cell, 2 * sizes.columns)
    add_findings(document, view, unit)
    add_source(document, view, unit_stamp(view, report).line)
    return saved(document)


def owed_words(duties: Duties, unit_id: str) -> str:
    """What is due and has not come from the unit: plans, summaries, cases."""
    view = duties.view
    owed = next((duties.owed_words(unit) for unit in duties.owing if unit.unit_id == unit_id), "")
    label = view.t("reporting.missing.label")
    return view.t("report.brief.owed", label=label, what=owed or view.t("present.nothing"))


def add_line(document: object, view: View, text: str, font: str) -> None:
    """A line of text, or in black a head above what follows."""
    from docx.document import Document as Doc

    if not isinstance(document, Doc):
        raise TypeError("document")
    paragraph = document.add_paragraph()
    size, is_head = SIZES[view.lang].text, font == "black"
    set_lines(paragraph.paragraph_format, size * 1.5)
    if is_head:
        paragraph.paragraph_format.space_before, paragraph.paragraph_format.keep_with_next = Pt(HEAD_SPACE_PT), True
    set_font(paragraph.add_run(tight(view, text)), view, font, size, bold=is_head)


def add_figures(document: object, view: View, figures: list[KeyFigure]) -> None:
    """Label, value and change side by side."""
    from docx.document import Document as Doc

    if not isinstance(document, Doc) or not figures:
        return
    sizes = SIZES[view.lang]
    made = document.add_table(rows=3, cols=len(figures), style="Table Grid")
    made.alignment = WD_TABLE_ALIGNMENT.CENTER
    for place, figure in enumerate(figures):
        for row, (text, size, font) in enumerate(
            (
                (figure.label, sizes.cell, "song"),
                (figure.value, sizes.title, "black"),
                (figure.note, sizes.cell, "song"),
            )
        ):
            write_cell(made.cell(row, place), view, text, size, font, WD_ALIGN_PARAGRAPH.CENTER)


def short_facts(view: View, facts: tuple[UnitFact, ...]) -> Table:
    """The unit's table in two halves side by side, so that a long form stays on one page; texts are left to the file."""
    table = facts_table(view, tuple(fact for fact in facts if fact.kind != "text")).on_screen
    half = -(-len(table.rows) // 2)
    if half <= MAX_ROWS:
        return table
    kept = [n for n, column in enumerate(table.columns) if n in (1, 2, 3)] if len(table.columns) > 4 else [0, 1, 2]
    blank = tuple(Cell("", "") for _ in kept)
    pairs = []
    for place in range(half):
        left = tuple(table.rows[place][n] for n in kept)
        right = tuple(table.rows[place + half][n] for n in kept) if place + half < len(table.rows) else blank
        pairs.append((*left, *right))
    columns: tuple[Column, ...] = tuple(table.columns[n] for n in kept)
    return Table(table.title, (*columns, *columns), tuple(pairs))


def add_findings(document: object, view: View, unit: RosterUnit) -> None:
    """The first findings about the unit, and how many there are."""
    found = open_findings(view, unit)
    add_line(document, view, view.t("district.findings", n=len(found)), "black")
    for finding in found[:MAX_FINDINGS]:
        add_line(document, view, finding_words(view, finding), "body")
    if not found:
        add_line(document, view, view.t("district.findings.none"), "body")
    elif len(found) > MAX_FINDINGS:
        add_line(document, view, view.t("report.brief.more", n=len(found) - MAX_FINDINGS), "body")


def unit_workbook(view: View, unit_id: str) -> bytes:
    """The unit's table and where each value was read, as a workbook. Raises CannotReport."""
    view, unit, report = unit_view(view, unit_id)
    facts = read_facts(view, unit)
    tables = (facts_table(view, facts), provenance_table(view, facts))
    title = view.t("report.brief.title", name=view.pick(unit.name_zh, unit.name_en), year=view.filters.year)
    return workbook(view, title, unit_stamp(view, report), tables, ())


def all_briefs(view: View) -> bytes:
    """The briefs of every unit chosen, in one zip; names are numbered in administrative order."""
    need_figures(view)
    duties = duties_in(for_all_units(view))
    stream = io.BytesIO()
    units = [u for u in view.choices.units_of(view.campaign) if view.has_unit(u.unit_id, u.kind)]
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, unit in enumerate(units, 1):
            name = (
                "".join(c if c not in '\\/:*?"<>|' else "_" for c in view.pick(unit.name_zh, unit.name_en)) or NOTHING
            )
            info = zipfile.ZipInfo(f"{number:02d}-{name}-{view.filters.year}.docx", ZIP_DATE)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, unit_brief(view, unit.unit_id, duties))
    return stream.getvalue()
