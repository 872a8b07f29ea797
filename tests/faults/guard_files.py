"""Files at and just past each limit of the guard I1 to I8: what must come of them, in what time, with how much memory."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable
from dataclasses import dataclass

import xlwt

from etl.guard.size import MAX_FILE_BYTES, MAX_PARTS, MAX_UNPACKED_BYTES
from tests.faults.test_bad_files import HEAD, bomb, good_form, lying_bomb, many_parts, ole, repacked, workbook

READ = "read"
TITLE = "晋城市2022年安全生产月活动汇总表"


@dataclass(frozen=True)
class GuardFile:
    """A file, how it must come out (`read`, or the rule of its refusal) and its bounds."""

    guard: str
    what: str
    make: Callable[[], bytes]
    outcome: str
    seconds: float = 1.0
    megabytes: int = 50
    is_slow: bool = False


def of_size(n_bytes: int) -> bytes:
    """A sound form of exactly so many bytes."""
    form = good_form()
    noise = random.Random(1).randbytes(n_bytes - len(form) - 400)
    return _padded(form, noise, n_bytes)


def _padded(form: bytes, noise: bytes, n_bytes: int) -> bytes:
    out = io.BytesIO(form)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_STORED) as archive:
        archive.writestr("customXml/noise.bin", noise)
        archive.comment = b" "
    short = n_bytes - len(out.getvalue())
    with zipfile.ZipFile(out, "a") as archive:
        archive.comment = b" " * (short + 1)
    assert len(out.getvalue()) == n_bytes
    return out.getvalue()


def of_unpacked(n_bytes: int) -> bytes:
    """A sound form that unpacks to exactly so many bytes, in parts none of which is too large by itself."""
    form = good_form()
    with zipfile.ZipFile(io.BytesIO(form)) as archive:
        left = n_bytes - sum(e.file_size for e in archive.infolist())
    parts = {}
    while left:
        size = min(left, 64 * 1024 * 1024)
        parts[f"customXml/{len(parts)}.xml"] = b" " * size
        left -= size
    return repacked(form, parts)


def of_parts(count: int) -> bytes:
    """A sound form of exactly so many parts."""
    form = good_form()
    with zipfile.ZipFile(io.BytesIO(form)) as archive:
        own = len(archive.namelist())
    return repacked(form, {f"customXml/{n}.xml": b"<a/>" for n in range(count - own)})


def nested() -> bytes:
    """A form that holds the zip bomb as a part."""
    return repacked(good_form(), {"word/embeddings/oleObject1.bin": bomb()})


def with_dtd(dtd: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(good_form())) as archive:
        head, mark, rest = archive.read("word/document.xml").partition(b"?>")
    return repacked(good_form(), {"word/document.xml": head + mark + dtd + rest})


def with_rows(more: str) -> bytes:
    """A small collected table with further rows as XML."""
    data = workbook(lambda b: None, [[TITLE], HEAD, ["沁水县", 3, 40]])
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        xml = archive.read("xl/worksheets/sheet1.xml")
    changed = xml.replace(b"</sheetData>", more.encode() + b"</sheetData>")
    return repacked(data, {"xl/worksheets/sheet1.xml": changed})


def empty_rows() -> bytes:
    return with_rows("".join(f'<row r="{n}" s="1" customFormat="1" ht="14"/>' for n in range(4, 1_048_577)))


def wide_row() -> bytes:
    """One row of 16,384 formatted cells without content."""
    return with_rows('<row r="4">' + '<c s="1"/>' * 16_384 + "</row>")


def filled(n_rows: int, n_columns: int) -> bytes:
    """A table of so many rows, each cell filled."""
    row = "<c><v>1</v></c>" * n_columns
    return with_rows("".join(f'<row r="{n}">{row}</row>' for n in range(4, n_rows + 1)))


def long_text(n_rows: int, columns: int = 3) -> bytes:
    row = ",".join(["x", "3", "40"] + ["1"] * (columns - 3))
    return "\r\n".join([TITLE, ",".join(HEAD), "沁水县,3,40", *[row] * (n_rows - 3)]).encode()


def old_rows() -> bytes:
    """An .xls whose last row is formatted and empty."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("表")
    for r, row in enumerate([[TITLE], HEAD, ["沁水县", 3, 40]]):
        for c, value in enumerate(row):
            sheet.write(r, c, value)
    sheet.write(65_535, 255, None, xlwt.easyxf("pattern: pattern solid, fore_colour red"))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


LAUGHS = (
    b'<!DOCTYPE d [<!ENTITY a "ha">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 50) for n in range(8))
    + b"]>"
)

GUARD_FILES = [
    GuardFile("I1", "0 bytes", lambda: b"", "file_empty"),
    GuardFile("I1", "exactly 20 MB", lambda: of_size(MAX_FILE_BYTES), READ, 2),
    GuardFile("I1", "20 MB and a byte", lambda: of_size(MAX_FILE_BYTES) + b"\0", "file_too_large", 1, 5),
    GuardFile("I2", "a page as .docx", lambda: b"<html><body><table><tr><td>1</td></tr></table>", "form_not_recognised"),
    GuardFile("I3", "macros and an object", lambda: repacked(good_form(), {"word/vbaProject.bin": b"\0" * 10**6, "word/embeddings/oleObject1.bin": ole("x")}), READ),
    GuardFile("I4", "protected", lambda: ole("EncryptedPackage"), "encrypted"),
    GuardFile("I5", "exactly 200 MB unpacked", lambda: of_unpacked(MAX_UNPACKED_BYTES), READ, is_slow=True),
    GuardFile("I5", "200 MB and a byte", lambda: of_unpacked(MAX_UNPACKED_BYTES + 1), "zip_too_large", is_slow=True),
    GuardFile("I5", "a part of 210 MB", bomb, "zip_too_large"),
    GuardFile("I5", "exactly 2,000 parts", lambda: of_parts(MAX_PARTS), READ),
    GuardFile("I5", "2,001 parts", lambda: of_parts(MAX_PARTS + 1), "zip_too_large"),
    GuardFile("I5", "2,100 parts", many_parts, "zip_too_large"),
    GuardFile("I5", "sizes that lie", lying_bomb, "file_damaged"),
    GuardFile("I5", "a bomb inside a form", nested, READ, is_slow=True),
    GuardFile("I6", "billion laughs", lambda: with_dtd(LAUGHS), "dtd_refused"),
    GuardFile("I6", "an entity of 1 MB", lambda: with_dtd(b'<!DOCTYPE d [<!ENTITY a "' + b"x" * 10**6 + b'">]>'), "dtd_refused"),
    GuardFile("I7", "parts that climb out", lambda: repacked(good_form(), {"../../evil.xml": b"<a/>", "/etc/evil": b"x", "C:\\x": b"x", "a.docx:evil.exe": b"x", "x" * 300: b"x"}), READ),
    GuardFile("I8", "a far cell", lambda: workbook(lambda b: b.worksheets[0].__setitem__("XFD1048576", "x")), READ, 2),
    GuardFile("I8", "1,048,576 empty formatted rows", empty_rows, READ, 2, 300),
    GuardFile("I8", "16,384 columns", wide_row, READ, 2),
    GuardFile("I8", "5,000 rows of 40 filled cells", lambda: filled(5000, 40), READ, 6, 300, is_slow=True),
    GuardFile("I8", "5,000 × 200 filled cells", lambda: filled(5000, 200), "file_too_large", 3, 300),
    GuardFile("I8", "an empty row 65,536 in .xls", old_rows, READ, 2),
    GuardFile("I8", "20,000 rows of .csv", lambda: long_text(20_000), READ, 12, 300, is_slow=True),
    GuardFile("I8", "30,000 rows of .csv", lambda: long_text(30_000), "table_too_large", 2, 300),
]  # fmt: skip
