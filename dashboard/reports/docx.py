"""The summary report as a Word document: real headings, captions and tables, every text still to be edited."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any, Final

from docx.document import Document as Doc
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_COLOR_INDEX
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from dashboard.charts.frame import width_px
from dashboard.components.page import View
from dashboard.reports.blocks import Annex, Block, Heading, Para, Picture
from dashboard.reports.chart import Chart
from dashboard.reports.data import ReportData
from dashboard.reports.docx_columns import MM_PER_PT, column_widths, head_parts, table_size
from dashboard.reports.docx_style import (
    BODY_PT,
    NOTE_PT,
    SIGNED_CHARS,
    TABLE_PT,
    TEXT_WIDTH_MM,
    TITLE_PT,
    WIDE_SPACE,
    add_field,
    free_lines,
    indent,
    keep_whole,
    narrow_cells,
    new_document,
    off_grid,
    repeat_head,
    set_font,
    set_grid,
    set_lines,
    tight,
)
from dashboard.reports.page_lines import MAX_MAP_MM, MAX_PICTURE_MM
from dashboard.reports.words import outline
from dashboard.tables import Table

KEPT_ROWS: Final = 2
QUOTE: Final = chr(0x201C)
# Chart key -> PNG; a chart without one is named with the reason.
Pictures = Mapping[str, bytes]


def to_docx(data: ReportData, pictures: Pictures, trouble: str = "") -> bytes:
    """The report; `trouble` says why pictures are missing."""
    view = data.view
    document = new_document(view)
    if view.lang == "zh":
        set_grid(document)
    document.core_properties.title = data.title
    document.core_properties.author = view.t("app.name")
    document.core_properties.comments = data.stamp.property_line
    document.add_paragraph(broken_title(tight(view, data.title)), style="Title")
    if view.campaign.is_sample:
        mark = document.add_paragraph(view.t("picture.sample").strip())
        mark.alignment = WD_ALIGN_PARAGRAPH.CENTER
    document.add_paragraph()
    annexes = []
    for block in outline(data):
        if isinstance(block, Annex):
            annexes.append(block)
        else:
            add_block(document, view, block, pictures, trouble)
    add_end(document, data, annexes)
    for annex in annexes:
        add_annex(document, view, annex, data.stamp.line)
    return saved(document)


def broken_title(title: str) -> str:
    """The title, broken before its quotation where it is too long for a line: the shorter line first."""
    first, quote, rest = title.partition(QUOTE)
    return (
        f"{first}\n{quote}{rest}"
        if first and quote and width_px(title, TITLE_PT) * MM_PER_PT > TEXT_WIDTH_MM
        else title
    )


def saved(document: Doc) -> bytes:
    """The document's bytes."""
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def add_block(document: Doc, view: View, block: Block, pictures: Pictures, trouble: str) -> None:
    """A heading, a paragraph or a picture."""
    if isinstance(block, Heading):
        document.add_heading(tight(view, block.text), block.level)
    elif isinstance(block, Para):
        add_text(document, view, block.text, is_blank=block.is_blank)
    elif isinstance(block, Picture):
        add_picture(document, view, block, pictures.get(block.chart.key), trouble)


def add_text(document: Doc, view: View, text: str, *, is_blank: bool = False) -> Any:
    """A paragraph, two characters in; a blank for the writer is marked."""
    paragraph = document.add_paragraph()
    indent(paragraph._p.get_or_add_pPr())
    run = paragraph.add_run(tight(view, text))
    if is_blank:
        run.font.highlight_color = WD_COLOR_INDEX.YELLOW
    return paragraph


def add_picture(document: Doc, view: View, block: Picture, png: bytes | None, trouble: str) -> None:
    """The chart and its caption below it, or the place where it should stand."""
    if png is None:
        reason = view.t(trouble) if trouble else ""
        add_text(document, view, view.t("report.blank.picture", title=block.caption, reason=reason), is_blank=True)
        return
    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.keep_with_next = True
    free_lines(paragraph)
    shape = paragraph.add_run().add_picture(io.BytesIO(png), width=Mm(block.scale * picture_width(block.chart, png)))
    shape._inline.docPr.set("descr", f"{block.chart.title} {block.chart.found.sentence}")
    add_caption(document, view, block.caption)


def picture_width(chart: Chart, png: bytes) -> float:
    """As wide as the text, less where the picture would be higher than it may be."""
    from PIL import Image

    wide, high = Image.open(io.BytesIO(png)).size
    highest = MAX_MAP_MM if chart.boundaries else MAX_PICTURE_MM
    return min(TEXT_WIDTH_MM, highest * wide / high)


def add_caption(document: Doc, view: View, text: str) -> None:
    """A caption whose number the office program counts by itself."""
    name, _, rest = text.partition(WIDE_SPACE) if WIDE_SPACE in text else text.partition(". ")
    word = name.rstrip("0123456789")
    paragraph = document.add_paragraph(style="Caption")
    paragraph.add_run(word)
    run = paragraph.add_run()
    add_field(run, f"SEQ {word.strip()} \\* ARABIC")
    paragraph.add_run((WIDE_SPACE if view.lang == "zh" else ". ") + rest)


def add_end(document: Doc, data: ReportData, annexes: list[Annex]) -> None:
    """List of annexes, signature and date for the writer, and what the figures are; the last of them on one page, no name alone."""
    view = data.view
    document.add_paragraph()
    begin = len(document.paragraphs)
    for place, annex in enumerate(annexes):
        begin = len(document.paragraphs)
        entry = view.t("report.annex.entry", n=annex.number, title=annex.table.title)
        add_text(document, view, (view.t("report.annex.list") if place == 0 else 3 * WIDE_SPACE) + entry)
    document.add_paragraph()
    for key in ("report.blank.office", "report.blank.date"):
        paragraph = add_text(document, view, view.t(key), is_blank=True)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        paragraph.paragraph_format.right_indent = Pt(SIGNED_CHARS * BODY_PT)
    for paragraph in document.paragraphs[begin:]:
        paragraph.paragraph_format.keep_with_next = True
    add_source(document, view, data.stamp.line)


def add_note(document: Doc, view: View, text: str) -> Paragraph:
    """A small line."""
    paragraph = document.add_paragraph()
    set_lines(paragraph.paragraph_format, 14)
    off_grid(paragraph)
    set_font(paragraph.add_run(tight(view, text)), view, "song", NOTE_PT)
    return paragraph


def add_source(document: Doc, view: View, stamp: str) -> None:
    """What the figures are, as a sentence: the stamp's parts with semicolons between them."""
    add_note(document, view, view.t("report.source", line=stamp.replace(" · ", view.t("reason.glue"))))


def add_annex(document: Doc, view: View, annex: Annex, stamp: str) -> None:
    """A table on a page of its own: number at the left, title in the middle, head repeated on every page."""
    head = document.add_paragraph()
    head.paragraph_format.page_break_before = True
    set_font(head.add_run(view.t("report.annex.head", n=annex.number)), view, "black", 16)
    title = document.add_paragraph(style="Caption")
    title.add_run(tight(view, annex.table.title))
    table = annex.table.on_screen
    add_table(document, view, table, table_size(table))
    if annex.note:
        add_note(document, view, annex.note).paragraph_format.keep_with_next = True
    add_source(document, view, stamp)


def add_table(
    document: Doc, view: View, table: Table, size: float = TABLE_PT, widths_mm: tuple[float, ...] = ()
) -> None:
    """The table with a full grid; numbers at the right, units in the heads."""
    made = document.add_table(rows=1, cols=len(table.columns), style="Table Grid")
    made.alignment = WD_TABLE_ALIGNMENT.CENTER
    narrow_cells(made)
    for cell, column in zip(made.rows[0].cells, table.columns, strict=True):
        write_cell(cell, view, "\n".join(head_parts(column)), size, "black", WD_ALIGN_PARAGRAPH.CENTER)
    repeat_head(made.rows[0])
    for row in table.rows:
        added = made.add_row()
        keep_whole(added)
        for cell, column, content in zip(added.cells, table.columns, row, strict=True):
            side = WD_ALIGN_PARAGRAPH.RIGHT if column.is_number else WD_ALIGN_PARAGRAPH.LEFT
            write_cell(cell, view, content.text, size, "song", side)
    for last in made.rows[-KEPT_ROWS:]:  # so that the note below never stands alone on a page
        last.cells[0].paragraphs[0].paragraph_format.keep_with_next = True
    widths = widths_mm if len(widths_mm) == len(table.columns) else column_widths(table, size)
    made.autofit = False
    for made_column, width in zip(made.columns, widths, strict=True):
        made_column.width = Mm(width)
        for cell in made_column.cells:
            cell.width = Mm(width)


def write_cell(cell: Any, view: View, text: str, size: float, font: str, side: WD_ALIGN_PARAGRAPH) -> None:
    """A cell's text."""
    paragraph = cell.paragraphs[0]
    paragraph.alignment = side
    off_grid(paragraph)
    set_lines(paragraph.paragraph_format, size * (1.35 if size > NOTE_PT else 1.22))
    set_font(paragraph.add_run(tight(view, text)), view, font, size)
