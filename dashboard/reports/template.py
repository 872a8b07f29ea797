"""An office's own Word template: marked places such as {{participation.total}} are filled, all else stays as it is.

A place may be broken over several runs, as Word likes to do; it takes the look of its first character.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from typing import Any, Final

from docx import Document
from docx.document import Document as Doc
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.shared import Mm
from docx.text.paragraph import Paragraph

from dashboard.format import NOTHING, percent, plain
from dashboard.reports.blocks import Annex
from dashboard.reports.data import ReportData
from dashboard.reports.docx import add_block, add_table, picture_width, saved
from dashboard.reports.docx_style import tight
from dashboard.reports.duty_words import all_reports_words, by_duty
from dashboard.reports.number_words import amount_words, bare_words, change_words, in_words, number_words
from dashboard.reports.opening import CannotReport
from dashboard.reports.words import (
    finding_words,
    outline,
    reporting_words,
    theme_words,
)
from dashboard.sentences import join_names
from dashboard.statements.reporting import missing_headline
from dashboard.tables import Table

PLACE: Final = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")
MAX_BYTES: Final = 20 * 1024 * 1024
MAX_UNPACKED: Final = 200 * 1024 * 1024
MAX_SILENT: Final = 60


def fill_template(content: bytes, data: ReportData, pictures: Mapping[str, bytes]) -> bytes:
    """The template with its places filled. Raises CannotReport for a file that is no template or has unknown places."""
    document = open_template(content)
    words = place_words(data)
    unknown = sorted({n for p in paragraphs(document) for n in PLACE.findall(p.text) if not is_known(n, words, data)})
    if unknown:
        raise CannotReport("report.bad_template", what=", ".join(f"{{{{{name}}}}}" for name in unknown[:8]))
    for paragraph in list(paragraphs(document)):
        fill_paragraph(document, paragraph, data, words, pictures)
    document.core_properties.comments = data.stamp.property_line
    return saved(document)


def open_template(content: bytes) -> Doc:
    """The document. Raises CannotReport."""
    try:
        if len(content) > MAX_BYTES:
            raise ValueError("> 20 MB")
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(info.file_size for info in archive.infolist()) > MAX_UNPACKED:
                raise ValueError("> 200 MB")
        document = Document(io.BytesIO(content))
        add_styles(document)
        return document
    except Exception as error:
        raise CannotReport("report.bad_template", what=f"{type(error).__name__}: {error}"[:120]) from error


def add_styles(document: Doc) -> None:
    """The styles that the report's text uses, where the template has none of that name."""
    text, table = WD_STYLE_TYPE.PARAGRAPH, WD_STYLE_TYPE.TABLE
    for name, kind in (("Heading 1", text), ("Heading 2", text), ("Caption", text), ("Table Grid", table)):
        if name not in document.styles:
            document.styles.add_style(name, kind, builtin=True)


def is_known(name: str, words: Mapping[str, str], data: ReportData) -> bool:
    """Whether the place has something to stand in it."""
    kind, _, rest = name.partition(".")
    if kind == "chart":
        return any(chart.key == rest.replace(".", ":") for chart in data.charts)
    if kind == "annex":
        return annex_table(data, rest) is not None
    return name == "body" or name in words


def annex_table(data: ReportData, name: str) -> Table | None:
    """The annex of this name or number; numbers go on through the workbook's further tables."""
    if name.isdigit() and 1 <= int(name) <= len(data.tables):
        return data.tables[int(name) - 1]
    return data.annexes.get(name)


def place_words(data: ReportData) -> dict[str, str]:
    """Every text place and what stands in it."""
    view, stamp = data.view, data.stamp
    found = {
        "title": data.title, "area": view.area, "year": str(view.filters.year),
        "base_year": str(view.filters.base_year or NOTHING), "theme": theme_words(view),
        "stamp": stamp.line, "release": stamp.release, "filters": stamp.words, "sample": stamp.sample,
    }  # fmt: skip
    if data.has_table:
        silent = [view.pick(r.short_zh, r.name_en) for r in data.silent]
        found |= {
            "reporting.reported": str(data.n_reported), "reporting.expected": str(len(data.reports)),
            "reporting.sentence": reporting_words(data),
            "reporting.missing": join_names(silent, view.lang, MAX_SILENT) or NOTHING,
            "problems": "\n".join(data.attention),
        }  # fmt: skip
    if "duties" in data.annexes:
        rate = data.duties.rate("")
        found |= {
            "duties.sentence": all_reports_words(data.duties), "duties.rate": percent(rate.received),
            "duties.on_time": percent(rate.on_time), "duties.sent": by_duty(data.duties, is_report=True),
            "duties.done": by_duty(data.duties, is_report=False) or NOTHING,
            "duties.missing": missing_headline(data.duties.view, data.duties.owing, len(data.duties.units)).sentence,
        }  # fmt: skip
    for number in data.numbers:
        name, total, change = number.measure.measure_id, number.total, number.change
        exact = in_words(view, plain(total.value), total.qualifier) if total else plain(None)
        found |= {
            f"{name}.total": bare_words(view, number, amount_words(view, number)),
            f"{name}.exact": bare_words(view, number, exact), f"{name}.doubt": number.doubt,
            f"{name}.units": str(total.n_units_reported if total else 0), f"{name}.sentence": number_words(view, number),
            f"{name}.change": change_words(change, number.measure, view, number.change_doubt_told),
        }  # fmt: skip
        if name in data.headlines:
            found[f"{name}.finding"] = finding_words(data, name)
    return {name: tight(view, text) for name, text in found.items()}


def paragraphs(document: Doc) -> Iterator[Paragraph]:
    """Every paragraph: body, tables, text boxes, all heads and feet of the pages."""
    owners: list[Any] = [document._body]
    for section in document.sections:
        kinds = ("header", "first_page_header", "even_page_header", "footer", "first_page_footer", "even_page_footer")
        owners += [part for kind in kinds if not (part := getattr(section, kind)).is_linked_to_previous]
    for owner in owners:
        for found in owner._element.iter(qn("w:p")):
            yield Paragraph(found, owner)


def fill_paragraph(
    document: Doc, paragraph: Paragraph, data: ReportData, words: Mapping[str, str], pictures: Mapping[str, bytes]
) -> None:
    """Text places in the paragraph; a chart, table or the body in the place of the whole paragraph."""
    names = PLACE.findall(paragraph.text)
    for name in names:
        kind, _, rest = name.partition(".")
        if kind == "chart":
            png = pictures.get(rest.replace(".", ":"))
            chart = next(c for c in data.charts if c.key == rest.replace(".", ":"))
            replace_text(paragraph, name, "" if png else chart.title)
            if png:
                paragraph.add_run().add_picture(io.BytesIO(png), width=Mm(picture_width(chart, png)))
        elif kind == "annex" or name == "body":
            replace_text(paragraph, name, "")
            move_after(document, paragraph, name, data, pictures)
        else:
            replace_text(paragraph, name, words[name])


def move_after(document: Doc, paragraph: Paragraph, name: str, data: ReportData, pictures: Mapping[str, bytes]) -> None:
    """The report's text or a table, written at the document's end and moved behind the paragraph."""
    body = document.element.body
    # The section's properties stay last; what is written comes before them.
    end = len(body) - (1 if body[-1].tag.endswith("sectPr") else 0)
    if name == "body":
        for block in outline(data):
            if not isinstance(block, Annex):
                add_block(document, data.view, block, pictures, "")
    else:
        table = annex_table(data, name.partition(".")[2])
        if table is not None:
            add_table(document, data.view, table.on_screen)
    place = paragraph._p
    for element in list(body)[end:]:
        if not element.tag.endswith("sectPr"):
            place.addnext(element)
            place = element


def replace_text(paragraph: Paragraph, name: str, text: str) -> None:
    """The first place of this name in the paragraph, whatever runs it lies in."""
    runs = paragraph.runs
    found = re.search(r"\{\{\s*" + re.escape(name) + r"\s*\}\}", "".join(run.text for run in runs))
    if found is None:
        return
    start, end, offset = found.start(), found.end(), 0
    is_first = True
    for run in runs:
        low, high = max(start - offset, 0), min(end - offset, len(run.text))
        length = len(run.text)
        if low < high:
            run.text = run.text[:low] + (text if is_first else "") + run.text[high:]
            is_first = False
        offset += length
