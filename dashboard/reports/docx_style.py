"""The page of GB/T 9704: sizes, fonts with their fallbacks, headings, numbers of pages, cells of tables."""

from __future__ import annotations

import math
import re
from typing import Any, Final

from docx import Document
from docx.document import Document as Doc
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from dashboard.components.page import View

LATIN: Final = "Times New Roman"
EAST_ASIAN: Final = "zh-CN"
BODY_PT, LINE_PT, TITLE_PT, LINE_TITLE_PT = 16, 28.9, 22, 34
TEXT_WIDTH_MM: Final = 156
LINES_A_PAGE, CHARS_A_LINE = 22, 28
TABLE_PT, NOTE_PT, PAGE_PT = 10.5, 9, 14
SIGNED_CHARS: Final = 4  # office and date, in from the right
INDENT_CHARS: Final = 200  # hundredths of a character
WIDE_RANGES: Final = ((0x2E80, 0x9FFF), (0xFF00, 0xFFEF), (0x201C, 0x201D))
WIDE: Final = "".join(f"{chr(first)}-{chr(last)}" for first, last in WIDE_RANGES)
WIDE_SPACE: Final = chr(0x3000)
BESIDE_WIDE: Final = re.compile(f"(?<=[{WIDE}]) +(?=\\S)|(?<=\\S) +(?=[{WIDE}])")
# What stands behind w:snapToGrid in a paragraph's properties.
AFTER_SNAP: Final = ("w:spacing", "w:ind", "w:contextualSpacing", "w:jc", "w:outlineLvl", "w:rPr", "w:sectPr")
XML_FORBIDDEN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def tight(view: View, text: str) -> str:
    """The text without the spaces that screens put between Chinese characters and numbers."""
    clean = XML_FORBIDDEN.sub("", text)
    return BESIDE_WIDE.sub("", clean) if view.lang == "zh" else clean


def set_font(target: Any, view: View, name: str, size: float, *, bold: bool = False, latin: str = LATIN) -> None:
    """Size and fonts of a run or a style: the office's Chinese font, Times New Roman for digits."""
    font = target.font
    font.size, font.bold, font.color.rgb, font.name = Pt(size), bold, RGBColor(0, 0, 0), latin
    fonts = target.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    fonts.set(qn("w:eastAsia"), view.t(f"report.font.{name}"))
    fonts.set(qn("w:hAnsi"), latin)


def new_document(view: View) -> Doc:
    """An empty document with the page, the styles and the page numbers."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.footer_distance = Mm(24)
    styles = document.styles
    set_font(styles["Normal"], view, "body", BODY_PT)
    set_lines(styles["Normal"].paragraph_format, LINE_PT)
    # A page has 22 lines, whatever paragraph they are of: no line waits for the next one.
    styles["Normal"].paragraph_format.widow_control = False
    for name, font, size in (
        ("Title", "title", TITLE_PT), ("Heading 1", "black", BODY_PT), ("Heading 2", "kai", BODY_PT), ("Caption", "black", 12),
    ):  # fmt: skip
        style = styles[name]
        set_font(style, view, font, size)
        style.font.italic = False
        set_lines(style.paragraph_format, LINE_TITLE_PT if name == "Title" else LINE_PT)
        remove_border(style)
    styles["Title"].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    styles["Caption"].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for name in ("Heading 1", "Heading 2"):
        indent(styles[name].element.get_or_add_pPr())
    set_languages(document)
    number_pages(document, view)
    embed_fallbacks(document, view)
    return document


def set_languages(document: Doc) -> None:
    """Chinese is mainland Chinese: programs choose glyphs, places of marks and line breaks by it."""
    for found in (
        *document.styles.element.iter(qn("w:lang")),
        *document.settings.element.iter(qn("w:themeFontLang")),
    ):
        found.set(qn("w:eastAsia"), EAST_ASIAN)


def set_grid(document: Doc) -> None:
    """22 lines a page, 28 characters a line: the lines as a grid, the characters drawn together by a fifth of a point.

    A grid of characters would do the same in Word, and set them far apart in LibreOffice.
    """
    section = document.sections[0]
    grid = section._sectPr.find(qn("w:docGrid"))
    if grid is None:
        grid = OxmlElement("w:docGrid")
        section._sectPr.append(grid)
    sides = (section.page_height, section.top_margin, section.bottom_margin)
    page, top, bottom = (side / Pt(1) if side is not None else 0.0 for side in sides)
    grid.set(qn("w:type"), "lines")
    grid.set(qn("w:linePitch"), str(int((page - top - bottom) / LINES_A_PAGE * 20)))
    spacing = OxmlElement("w:spacing")
    spacing.set(qn("w:val"), str(math.floor((Mm(TEXT_WIDTH_MM) / Pt(1) / CHARS_A_LINE - BODY_PT) * 20)))
    document.styles["Normal"].element.get_or_add_rPr().append(spacing)


def set_lines(paragraph: Any, points: float) -> None:
    """Fixed lines without room around paragraphs."""
    paragraph.line_spacing_rule, paragraph.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(points)
    paragraph.space_before = paragraph.space_after = Pt(0)


def free_lines(paragraph: Any) -> None:
    """Lines as high as what stands in them, for pictures."""
    paragraph.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
    off_grid(paragraph)


def off_grid(paragraph: Any) -> None:
    """The paragraph keeps its own line height: notes, cells and pictures are not set on the page's lines."""
    found = OxmlElement("w:snapToGrid")
    found.set(qn("w:val"), "0")
    properties = paragraph._p.get_or_add_pPr()
    properties.insert_element_before(found, *AFTER_SNAP)


def indent(properties: Any) -> None:
    """Two characters at the first line."""
    found = properties.get_or_add_ind()
    found.set(qn("w:firstLineChars"), str(INDENT_CHARS))
    found.set(qn("w:firstLine"), str(int(BODY_PT * 20 * INDENT_CHARS / 100)))


def remove_border(style: Any) -> None:
    """Word's own title has a rule below it."""
    for border in style.element.findall(".//" + qn("w:pBdr")):
        border.getparent().remove(border)


def embed_fallbacks(document: Doc, view: View) -> None:
    """What stands in for the office's fonts where they are not installed."""
    part = next((p for p in document.part.package.iter_parts() if str(p.partname) == "/word/fontTable.xml"), None)
    if part is None:
        return
    from lxml import etree

    root = etree.fromstring(part.blob)
    known = {found.get(qn("w:name")) for found in root.findall(qn("w:font"))}
    for name in ("title", "black", "kai", "body", "song"):
        font, other = view.t(f"report.font.{name}"), view.t(f"report.alt.{name}")
        if font in known or font == other:
            continue
        entry = etree.SubElement(root, qn("w:font"))
        entry.set(qn("w:name"), font)
        etree.SubElement(entry, qn("w:altName")).set(qn("w:val"), other)
        known.add(font)
    part._blob = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def number_pages(document: Doc, view: View) -> None:
    """— 1 — at the right of odd pages, at the left of even ones."""
    document.settings.odd_and_even_pages_header_footer = True
    section = document.sections[0]
    for footer, side in (
        (section.footer, WD_ALIGN_PARAGRAPH.RIGHT),
        (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT),
    ):
        footer.is_linked_to_previous = False
        paragraph = footer.paragraphs[0]
        paragraph.alignment = side
        for part in ("— ", None, " —"):
            run = paragraph.add_run(part or "")
            set_font(run, view, "song", PAGE_PT, latin=view.t("report.alt.song"))
            if part is None:
                add_field(run, "PAGE")


def add_field(run: Any, code: str) -> None:
    """A field that the office program computes, such as the page's number."""
    for kind, text in (("begin", ""), (None, code), ("end", "")):
        if kind is None:
            element = OxmlElement("w:instrText")
            element.set(qn("xml:space"), "preserve")
            element.text = text
        else:
            element = OxmlElement("w:fldChar")
            element.set(qn("w:fldCharType"), kind)
        run._r.append(element)


def repeat_head(row: Any) -> None:
    """The row stands at the top of every page of its table; no row breaks over two pages."""
    properties = row._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:tblHeader"))


def keep_whole(row: Any) -> None:
    """The row does not break over two pages."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def narrow_cells(table: Any) -> None:
    """A millimetre left and right of a cell's text, instead of two."""
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), str(int(Mm(1) / Pt(1) * 20)))
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    properties = table._tbl.tblPr
    look = properties.find(qn("w:tblLook"))
    if look is None:
        properties.append(margins)
    else:
        look.addprevious(margins)
