"""Files that no program writes: absurd numbers, depths, sizes, names and loops. Each maker gives the bytes of one file."""

from __future__ import annotations

import functools
import io
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping

from tests.faults.test_bad_files import good_form, repacked, workbook

GOOD = good_form("沁水县")
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def part(data: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name).decode()


DOCUMENT = part(GOOD, "word/document.xml")
BOOK = workbook(lambda book: None)
SHEET, STYLES, LISTED = (part(BOOK, f"xl/{n}.xml") for n in ("worksheets/sheet1", "styles", "workbook"))


def form(xml: str) -> bytes:
    return repacked(GOOD, {"word/document.xml": xml.encode()})


def in_form(xml: str) -> bytes:
    return form(DOCUMENT.replace("<w:body>", f"<w:body>{xml}", 1))


def in_cells(xml: str) -> bytes:
    return form(DOCUMENT.replace("<w:tcPr>", f"<w:tcPr>{xml}"))


def in_text(old: str, new: str) -> bytes:
    return form(DOCUMENT.replace(old, new, 1))


def sheet(old: str, new: str) -> bytes:
    return repacked(BOOK, {"xl/worksheets/sheet1.xml": SHEET.replace(old, new, 1).encode()})


def rows(xml: str, behind: str = "") -> bytes:
    return sheet("</sheetData>", f"{xml}</sheetData>{behind}")


def first_cell(text: str) -> bytes:
    """The workbook with this text in B3, where a number is expected."""
    cell = f'<c r="B3" t="inlineStr"><is><t>{text}</t></is></c>'
    xml = re.sub(r'<c r="B3"[^>]*>.*?</c>', lambda _: cell, SHEET, flags=re.DOTALL)
    return repacked(BOOK, {"xl/worksheets/sheet1.xml": xml.encode()})


def renamed(change: Callable[[str], str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(GOOD)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(change(name), old.read(name))
    return out.getvalue()


def doubled() -> bytes:
    out = io.BytesIO(GOOD)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("Word/document.xml", DOCUMENT.replace("12", "99"))
    return out.getvalue()


def zipped(files: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def pdf(objects: Mapping[int, str | bytes], trailer: str = "") -> bytes:
    out, at = b"%PDF-1.7\n", {}
    for n, body in objects.items():
        at[n] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (n, body if isinstance(body, bytes) else body.encode("latin1"))
    start, size = len(out), max(objects) + 1
    table = b"".join(b"%010d 00000 n \n" % at.get(n, 0) for n in range(1, size))
    out += b"xref\n0 %d\n0000000000 65535 f \n" % size + table
    return out + f"trailer\n<< /Size {size} /Root 1 0 R {trailer} >>\nstartxref\n{start}\n%%EOF".encode()


def stream(data: bytes, words: str = "") -> bytes:
    packed = zlib.compress(data, 9)
    return b"<< /Length %d /Filter /FlateDecode %s >>\nstream\n%s\nendstream" % (len(packed), words.encode(), packed)


def page(
    content: bytes = b"BT /F1 12 Tf 72 700 Td (hello) Tj ET", more: Mapping[int, str | bytes] | None = None, **said: str
) -> bytes:
    kids, box = said.get("kids", "[3 0 R]"), said.get("box", "[0 0 612 792]")
    fonts = "/Resources << /Font << /F1 5 0 R >> >>"
    objects: dict[int, str | bytes] = {
        1: f"<< /Type /Catalog /Pages 2 0 R {said.get('catalog', '')} >>",
        2: f"<< /Type /Pages /Kids {kids} /Count 1 >>",
        3: f"<< /Type /Page /Parent 2 0 R /MediaBox {box} /Contents 4 0 R {fonts} {said.get('page', '')} >>",
        4: stream(content),
        5: "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    }
    return pdf(objects | dict(more or {}))


def png(width: int, height: int) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 99)) + chunk(b"IEND", b"")


def overlapping() -> bytes:
    """One packed stretch of bytes under thirty names."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.csv", b"0" * 5_000_000)
        first = archive.filelist[0]
        for n in range(30):
            copy = zipfile.ZipInfo(f"{n}.csv")
            for name in ("compress_type", "header_offset", "CRC", "compress_size", "file_size"):
                setattr(copy, name, getattr(first, name))
            archive.filelist.append(copy)
    return out.getvalue()


def _relations(target: str) -> bytes:
    return (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="x" Target="{target}"/></Relationships>'
    ).encode()


def _targeting(target: str) -> bytes:
    return repacked(BOOK, {"xl/_rels/workbook.xml.rels": _relations(target)})


def _styled(xml: str) -> bytes:
    return repacked(BOOK, {"xl/styles.xml": xml.encode()})


P = functools.partial
READ, SCAN, ARCHIVE, NO_FORM = "read", "scan", "archive", "form_not_recognised"
TABLE = "<table>{}</table>"
# name -> (maker, what must come of it: read, the step it takes next, or the rule that refuses it)
FORMS: dict[str, tuple[Callable[[], bytes], str]] = {
    "span.docx": (P(in_cells, '<w:gridSpan w:val="999999999"/>'), READ),
    "span-negative.docx": (P(in_cells, '<w:gridSpan w:val="-7"/>'), READ),
    "span-raised.docx": (P(in_cells, '<w:gridSpan w:val="²"/>'), READ),
    "span-long.docx": (P(in_cells, f'<w:gridSpan w:val="{"9" * 5000}"/>'), READ),
    "merge-without-start.docx": (P(in_cells, "<w:vMerge/>"), READ),
    "deep.docx": (lambda: form(f"<w:document {W}>" + "<w:p>" * 100_000 + "</w:p>" * 100_000), "file_damaged"),
    "nested-tables.docx": (
        P(in_form, "<w:tbl><w:tr><w:tc>" * 80 + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * 80),
        READ,
    ),
    "nested-boxes.docx": (
        P(
            in_form,
            "<w:p><w:r><w:pict><w:txbxContent>" * 60 + "<w:p/>" + "</w:txbxContent></w:pict></w:r></w:p>" * 60,
        ),
        READ,
    ),
    "long-text.docx": (P(in_form, f"<w:p><w:r><w:t>{'参与（12）人次' * 200_000}</w:t></w:r></w:p>"), "file_too_large"),
    "brackets.docx": (P(in_text, "参与", "参与" + "（" * 20_000), READ),
    "digits.docx": (P(in_text, "12", "1" * 30_000), READ),
    "mail.docx": (P(in_text, "12", "139-" * 8_000), READ),
    "many-answers.docx": (P(in_text, "参与", "参与（3）人次，" * 2_000 + "参与"), READ),
    "paragraphs.docx": (P(in_form, "<w:p><w:r><w:t>安全</w:t></w:r></w:p>" * 21_000), "file_too_large"),
    "no-body.docx": (P(form, f"<w:document {W}/>"), NO_FORM),
    "other-root.docx": (P(form, "<a/>"), NO_FORM),
    "empty-part.docx": (P(form, ""), "file_damaged"),
    "entity.docx": (P(in_form, "<w:p><w:r><w:t>&foo;</w:t></w:r></w:p>"), "file_damaged"),
    "bad-sign.docx": (P(in_form, '<w:p><w:r><w:sym w:font="Wingdings" w:char="D800"/><w:sym/></w:r></w:p>'), READ),
    "side-parts.docx": (
        lambda: repacked(GOOD, dict.fromkeys(("word/numbering.xml", "docProps/core.xml"), b"\0<x")),
        READ,
    ),
    "upper-case.docx": (P(renamed, lambda n: n.replace("word/document", "Word/Document")), READ),
    "backslashes.docx": (P(renamed, lambda n: n.replace("/", "\\")), READ),
    "numbered.docx": (P(renamed, lambda n: n.replace("document.xml", "document2.xml")), READ),
    "two-main-parts.docx": (doubled, "file_damaged"),
    "no-main-part.docx": (P(renamed, lambda n: n.replace("document", "dokument")), "unsupported_format"),
    "slides.pptx": (
        lambda: zipped({"[Content_Types].xml": b"<a/>", "ppt/presentation.xml": b"<a/>"}),
        "unsupported_format",
    ),
    "drawing.odg": (
        lambda: zipped({"mimetype": b"application/vnd.oasis.opendocument.graphics", "content.xml": b"<a/>"}),
        "unsupported_format",
    ),
    "old.odt": (
        lambda: zipped(
            {
                "mimetype": b"application/vnd.oasis.opendocument.text-template",
                "content.xml": b"<a/>",
                "META-INF/manifest.xml": b"<!DOCTYPE manifest><manifest/>",
            }
        ),
        "office",
    ),
}
TABLES: dict[str, tuple[Callable[[], bytes], str]] = {
    "row.xlsx": (P(rows, '<row r="9999999999"><c><v>1</v></c></row>'), READ),
    "row-long.xlsx": (P(rows, f'<row r="{"9" * 6000}"><c><v>1</v></c></row>'), READ),
    "row-raised.xlsx": (P(rows, '<row r="²"><c t="s" s="²"><v>²</v></c></row>'), READ),
    "styles-raised.xlsx": (lambda: _styled(re.sub(r'numFmtId="\d+"', 'numFmtId="²"', STYLES)), READ),
    "columns.xlsx": (
        P(
            sheet,
            "<sheetData>",
            "<cols>" + '<col min="1" max="99999999999" hidden="1"/>' * 50_000 + "</cols><sheetData>",
        ),
        READ,
    ),
    "strings.xlsx": (P(rows, '<row r="9"><c t="s"><v>-1</v></c><c t="s"><v>999999999999</v></c></row>'), READ),
    "no-number.xlsx": (P(rows, '<row r="9"><c><v>nan</v></c><c><v>inf</v></c><c><v>1e999</v></c></row>'), READ),
    "merged-all.xlsx": (P(rows, "", '<mergeCells><mergeCell ref="A4:XFD1048576"/></mergeCells>'), READ),
    "merged-often.xlsx": (
        P(
            rows,
            "".join(f'<row r="{n}"><c r="Z{n}"><v>1</v></c></row>' for n in range(4, 2000)),
            "<mergeCells>" + '<mergeCell ref="A4:Z2000"/>' * 20_000 + "</mergeCells>",
        ),
        "file_too_large",
    ),
    "sheets.xlsx": (
        lambda: repacked(BOOK, {"xl/workbook.xml": re.sub(r"(<sheet [^>]*/>)", r"\1" * 20_000, LISTED).encode()}),
        READ,
    ),
    "itself.xlsx": (P(_targeting, "workbook.xml"), NO_FORM),
    "outside.xlsx": (P(_targeting, "../../../../etc/passwd"), NO_FORM),
    "format.xlsx": (
        lambda: _styled(
            STYLES.replace("<fonts", f'<numFmts><numFmt numFmtId="164" formatCode="{"[" * 900_000}"/></numFmts><fonts')
        ),
        READ,
    ),
    "far-down.xlsx": (
        lambda: rows("".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in range(5_001, 60_000))),
        "table_too_large",
    ),
    "wide.xlsx": (P(rows, '<row r="9">' + "<c><v>1</v></c>" * 50_000 + "</row>"), "table_too_large"),
    "full.xlsx": (
        lambda: rows("".join(f'<row r="{n}">{"<c><v>1</v></c>" * 200}</row>' for n in range(4, 1_300))),
        "file_too_large",
    ),
    "long-text.xlsx": (P(first_cell, "专题研讨" * 20_000), "file_too_large"),
    "digits.xlsx": (P(first_cell, "9" * 32_000), READ),
    "mail.xlsx": (P(first_cell, "139-" * 8_000), READ),
    "brackets.xlsx": (P(first_cell, "(1" * 16_000), READ),
    "sum.xlsx": (P(first_cell, "1+" * 16_000 + "1"), READ),
    "numerals.xlsx": (P(first_cell, "一百二十" * 8_000), READ),
    "other-digits.xlsx": (P(first_cell, "²³٣٤𝟏"), READ),
    "exponent.xlsx": (P(first_cell, "1e99999999"), READ),
    "deep.xlsx": (lambda: sheet("<sheetData>", "<a>" * 100_000 + "</a>" * 100_000 + "<sheetData>"), "file_damaged"),
    "field.csv": (lambda: ('区县,参与\n"' + "x" * 500_000 + '",3\n').encode() * 3, "file_too_large"),
    "columns.csv": (lambda: ("甲," * 100_000 + "\n").encode() * 2, NO_FORM),
    "half.csv": (lambda: "区县,参与,场\n城区,1,2\n".encode("utf-16")[:-1], "file_damaged"),
    "all-bytes.csv": (lambda: bytes(range(1, 256)) * 40, "file_damaged"),
    "commas.txt": (lambda: b"," * 3_000_000, "file_too_large"),
    "rare.csv": (
        lambda: "县区,专题研讨、集中宣讲、培训辅导等（场）,参与（人次）,备注\n沁水县,3,40,㐀䶵龥𠀀𠮷镕喆".encode(
            "gb18030"
        ),
        READ,
    ),
    "deep.html": (lambda: b"<html>" + b"<div>" * 200_000, NO_FORM),
    "span.html": (
        lambda: b"<table><tr><td colspan=999999999 rowspan=999999999>x</td><td>1</td></tr></table>",
        NO_FORM,
    ),
    "tables.html": (
        lambda: (
            b"<table><tr><td>a</td><td>1</td><td>2</td></tr><tr><td>b</td><td>1</td><td>2</td></tr></table>" * 2_000
        ),
        "file_too_large",
    ),
    "style.html": (lambda: b"<style>" + b".a," * 100_000 + b"</style><table><tr><td>1</td></tr></table>", NO_FORM),
}
OTHERS: dict[str, tuple[Callable[[], bytes], str]] = {
    "plain.pdf": (page, SCAN),
    "own-parent.pdf": (P(page, kids="[2 0 R]"), SCAN),
    "page-loop.pdf": (P(page, kids="[6 0 R 3 0 R]", more={6: "<< /Type /Pages /Kids [2 0 R 6 0 R] /Count 9 >>"}), SCAN),
    "box.pdf": (P(page, box="[0 0 1e30 1e30]"), "file_damaged"),
    "box-words.pdf": (P(page, box="[0 0 (a) /b]"), "file_damaged"),
    "form-loop.pdf": (
        P(
            page,
            b"/X Do",
            page="/Resources << /XObject << /X 6 0 R >> >>",
            more={6: stream(b"/X Do /X Do", "/Type /XObject /Subtype /Form /BBox [0 0 1 1]")},
        ),
        SCAN,
    ),
    "commands.pdf": (P(page, b"0 0 9 9 re S\n" * 500_000), "file_too_large"),
    "array.pdf": (P(page, b"[" * 100_000), SCAN),
    "many-streams.pdf": (
        P(page, more={3: f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents [{'4 0 R ' * 5_000}] >>"}),
        "file_too_large",
    ),
    "numbers.pdf": (P(page, b"BT /F1 1e400 Tf 1e308 1e308 Td (a) Tj ET"), SCAN),
    "table-before-itself.pdf": (lambda: page().replace(b"/Root 1 0 R", b"/Root 1 0 R /Prev 9"), SCAN),
    "no-table.pdf": (lambda: page().split(b"xref")[0], "file_damaged"),
    "length.pdf": (lambda: page().replace(b"/Length ", b"/Length 99999999999"), SCAN),
    "locked.pdf": (lambda: page().replace(b"/Root 1 0 R", b"/Root 1 0 R /Encrypt 9 0 R"), "file_damaged"),
    "wide.png": (P(png, 60_000, 60_000), SCAN),
    "empty.ofd": (lambda: zipped({"OFD.xml": b"<ofd/>"}), "file_damaged"),
    "up.ofd": (
        lambda: zipped(
            {
                "OFD.xml": b'<o:OFD xmlns:o="http://www.ofdspec.org/2016"><o:DocBody>'
                b"<o:DocRoot>../../../etc/passwd</o:DocRoot></o:DocBody></o:OFD>"
            }
        ),
        "file_damaged",
    ),
    "overlap.zip": (overlapping, ARCHIVE),
    "lzma.zip": (lambda: zipped({"a.csv": b"\0" * 9_000_000}, zipfile.ZIP_LZMA), ARCHIVE),
    "end-only.zip": (lambda: b"PK\x05\x06" + b"\xff" * 18, "file_damaged"),
}
# Loops inside the parser that only the worker's deadline ends.
ENDLESS: dict[str, Callable[[], bytes]] = {
    "box-loop.pdf": P(page, box="6 0 R", more={6: "6 0 R"}),
    "root-loop.pdf": P(page, more={1: "1 0 R"}),
    "signs.pdf": P(
        page,
        more={
            5: "<< /Type /Font /Subtype /Type0 /BaseFont /A /Encoding /Identity-H /DescendantFonts [6 0 R] /ToUnicode 7 0 R >>",
            6: "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /A >>",
            7: stream(b"begincmap 1 beginbfrange <00000000> <ffffffff> <0000> endbfrange endcmap"),
        },
    ),
}
