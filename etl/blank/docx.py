"""The official Word form: title, header line and the table 活动项目 | 内容要求 | 进展情况."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from etl.blank.zips import rewrite_zip
from etl.catalog.model import Form
from etl.interpret.doubts import SAMPLE_MARK

BODY_FONT = "仿宋"
TITLE_FONT = "宋体"
LATIN_FONT = "Times New Roman"
FONT_FALLBACKS = {
    "仿宋": "FangSong;仿宋_GB2312;STFangsong;Noto Serif CJK SC",
    "宋体": "SimSun;STSong;Noto Serif CJK SC",
}

HEADER_BLANKS = {"reporting_unit": 10, "contact_name": 4, "contact_phone": 5, "report_date": 5}
COLUMN_CM = (4.2, 9.3, 12.2)
MADE_AT = datetime(2000, 1, 1)

_FIELD = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class _Look:
    """How a line of text is set."""

    font: str = BODY_FONT
    points: float = 12
    is_centred: bool = False
    is_bold: bool = False


_TITLE = _Look(TITLE_FONT, 18, is_centred=True, is_bold=True)
_HEADING = _Look(is_centred=True, is_bold=True)
_NAME = _Look(is_centred=True)
_PROSE = _Look(points=10.5)
_FOOTER = _Look(points=9, is_centred=True)


def header_line(form: Form, header: Mapping[str, str] | None = None) -> str:
    """The line above the table with the given fields; a field not given stays blank."""
    given = header or {}
    return _FIELD.sub(lambda m: given.get(m.group(1)) or "\u3000" * HEADER_BLANKS.get(m.group(1), 4), form.header)


def write_docx(
    form: Form,
    progress: Sequence[str] | None = None,
    header: Mapping[str, str] | None = None,
    is_sample: bool = False,
) -> bytes:
    """The form as a Word file, blank or with one progress text per activity; equal arguments give equal bytes."""
    texts = list(progress) if progress is not None else [a.blank_text for a in form.activities]
    if len(texts) != len(form.activities):
        raise ValueError(f"{form.form_id}: {len(texts)} progress texts for {len(form.activities)} activities")
    document = Document()
    _set_up(document, form)
    _line(document.add_paragraph(), form.title_zh, _TITLE)
    _line(document.add_paragraph(), header_line(form, header), _Look())
    table = document.add_table(rows=1, cols=len(form.columns), style="Table Grid")
    _set_widths(table)
    for cell, name in zip(table.rows[0].cells, form.columns, strict=True):
        cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
        _line(cell.paragraphs[0], name, _HEADING)
    repeat_header(table.rows[0]._tr)
    for activity, text in zip(form.activities, texts, strict=True):
        title, requirement, progress_cell = table.add_row().cells
        title.vertical_alignment = requirement.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
        _line(title.paragraphs[0], activity.title_zh, _NAME)
        _line(requirement.paragraphs[0], activity.requirement_zh, _PROSE)
        for number, line in enumerate(text.split("\n")):
            _line(progress_cell.paragraphs[0] if number == 0 else progress_cell.add_paragraph(), line, _PROSE)
    _set_widths(table)
    if is_sample:
        _line(document.sections[0].footer.paragraphs[0], SAMPLE_MARK, _FOOTER)
    out = io.BytesIO()
    document.save(out)
    return rewrite_zip(out.getvalue(), {"word/fontTable.xml": _with_fallbacks})


def repeat_header(row: Any) -> None:
    """Mark a table row (its XML element) as header, repeated on every page."""
    properties = row.get_or_add_trPr()
    if properties.find(qn("w:tblHeader")) is None:
        properties.append(OxmlElement("w:tblHeader"))


def _set_up(document: Any, form: Form) -> None:
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(29.7), Cm(21.0)
    section.left_margin = section.right_margin = Cm(2.0)
    section.top_margin = section.bottom_margin = Cm(1.8)
    style = document.styles["Normal"]
    style.font.size = Pt(12)
    _set_fonts(style.element.get_or_add_rPr(), BODY_FONT)
    core = document.core_properties
    core.title, core.author, core.last_modified_by, core.comments = form.title_zh, "", "", ""
    core.created = core.modified = MADE_AT
    core.revision = 1


def _set_fonts(properties: Any, east_asian: str) -> None:
    fonts = properties.get_or_add_rFonts()
    for attribute, name in (("ascii", LATIN_FONT), ("hAnsi", LATIN_FONT), ("eastAsia", east_asian)):
        fonts.set(qn(f"w:{attribute}"), name)


def _line(paragraph: Any, text: str, look: _Look) -> None:
    run = paragraph.add_run(text)
    run.font.size = Pt(look.points)
    run.bold = look.is_bold or None
    _set_fonts(run._r.get_or_add_rPr(), look.font)
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER if look.is_centred else None
    paragraph.paragraph_format.space_after = Pt(0)


def _set_widths(table: Any) -> None:
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    for column, width in zip(table.columns, COLUMN_CM, strict=True):
        column.width = Cm(width)
    for row in table.rows:
        for cell, width in zip(row.cells, COLUMN_CM, strict=True):
            cell.width = Cm(width)


def _with_fallbacks(xml: bytes) -> bytes:
    fonts = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{alternatives}"/><w:charset w:val="86"/></w:font>'
        for name, alternatives in FONT_FALLBACKS.items()
    )
    return xml.replace(b"</w:fonts>", fonts.encode() + b"</w:fonts>")
