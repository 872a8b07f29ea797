"""What a clerk puts over a PDF with a reader's tools: form fields, typed notes, lines through words, remarks."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Sequence
from pathlib import Path

import pdfplumber
import pytest

from etl.blank.docx import write_docx
from etl.blank.fill import fill_progress
from etl.catalog import Catalog
from etl.facts import Submission
from etl.ocr.pictures import _pdf_pages
from tests.cases.writing import stand_ins
from tests.formats.made import read_one, save_as

CAMPAIGN, COUNT, NEXT = "jincheng-2022", "seminar_training_attendance", "lecture_sessions"
WORDS = "培训辅导等（20007）场，参与"
Rect = tuple[float, float, float, float]


@pytest.fixture(scope="module")
def blank(catalog: Catalog, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A form as PDF in which one blank is empty and wide."""
    form = catalog.forms[CAMPAIGN]
    typed = {**stand_ins(form), COUNT: "\u3000" * 4}
    head = {"reporting_unit": "城区", "report_date": "2022年7月1日"}
    source = tmp_path_factory.mktemp("fields") / "form.docx"
    source.write_bytes(write_docx(form, [fill_progress(a, typed) for a in form.activities], head))
    return save_as(source, "pdf").read_bytes()


def place_of(data: bytes, words: str) -> Rect:
    """Where the bracket behind some words stands, in the coordinates of the file."""
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        page = pdf.pages[0]
        text = "".join(c["text"] for c in page.chars)
        start = next(m.end() for m in re.finditer("参与", text) if text[m.end()] in "(（")
        assert words[:5] in text[:start]
        first, last = page.chars[start], page.chars[start + re.search("[)）]", text[start:]).start()]  # type: ignore[union-attr]
        height = float(page.height)
        return first["x1"], height - first["bottom"], last["x0"], height - first["top"]


def with_notes(data: bytes, notes: Sequence[str]) -> bytes:
    """The PDF with annotations on its first page, added as a program that saves only what changed."""
    number, page = next(
        (m[1], m[2]) for m in re.finditer(rb"(\d+) 0 obj\s*<<(/Type/Page/.*?)>>\s*endobj", data, re.DOTALL)
    )
    size = int(re.findall(rb"/Size (\d+)", data)[-1])
    root = re.findall(rb"/Root (\d+ 0 R)", data)[-1]
    before = int(re.findall(rb"startxref\s+(\d+)", data)[-1])
    links = " ".join(f"{size + n} 0 R" for n in range(len(notes))).encode()
    objects = {int(number): b"<<" + re.sub(rb"/Annots\s*\[.*?\]", b"", page) + b"/Annots[" + links + b"]>>"}
    objects |= {size + n: f"<</Type/Annot {note}>>".encode("latin-1") for n, note in enumerate(notes)}
    out, entries = bytearray(data), []
    for name, body in objects.items():
        entries.append(b"%d 1\n%010d 00000 n \n" % (name, len(out)))
        out += b"%d 0 obj\n%s\nendobj\n" % (name, body)
    start = len(out)
    out += b"xref\n" + b"".join(entries)
    out += b"trailer\n<</Size %d/Root %s/Prev %d>>\nstartxref\n%d\n%%%%EOF\n" % (size + len(notes), root, before, start)
    return bytes(out)


def note(kind: str, rect: Rect, more: str) -> str:
    return f"/Subtype/{kind}/Rect[{' '.join(f'{x:.2f}' for x in rect)}]{more}"


def hexed(text: str) -> str:
    return f"<feff{text.encode('utf-16-be').hex()}>"


def read(catalog: Catalog, folder: Path, data: bytes) -> Submission:
    path = folder / "form.pdf"
    path.write_bytes(data)
    (submission,) = read_one(catalog, path, CAMPAIGN)
    return submission


def value(submission: Submission, name: str) -> float | None:
    return next(f.value for f in submission.facts if f.indicator_id == name)


def field(text: str) -> Callable[[Rect], str]:
    return lambda rect: note("Widget", rect, f"/FT/Tx/T(a)/F 4/V{hexed(text)}")


READ = {
    "field": (field("1200"), 1200.0),
    "choice": (lambda rect: note("Widget", rect, "/FT/Ch/T(a)/F 4/V(35)"), 35.0),
    "typed note": (lambda rect: note("FreeText", rect, f"/DA(/F 12 Tf)/Contents{hexed('１２00')}"), 1200.0),
    "empty field": (lambda rect: note("Widget", rect, "/FT/Tx/T(a)/F 4"), None),
    "hidden field": (lambda rect: note("Widget", rect, "/FT/Tx/T(a)/F 6/V(77)"), None),
}


@pytest.mark.parametrize("case", READ)
def test_a_value_over_a_blank_is_read_there(catalog: Catalog, blank: bytes, tmp_path: Path, case: str) -> None:
    make, expected = READ[case]
    got = read(catalog, tmp_path, with_notes(blank, [make(place_of(blank, WORDS))]))
    assert value(got, COUNT) == expected
    assert value(got, NEXT) == 20021
    assert [f.found for f in got.findings if f.rule == "hidden_text"] == (["77"] if case == "hidden field" else [])
    assert not [f for f in got.findings if f.rule == "note_text"]


@pytest.mark.parametrize("broken", ["/Subtype/FreeText/Contents(9)", "/Subtype/Widget/FT/Tx/F(x)/V(9)/Rect[1 1 9 9]"])
def test_a_broken_note_costs_nothing_else(catalog: Catalog, blank: bytes, tmp_path: Path, broken: str) -> None:
    got = read(catalog, tmp_path, with_notes(blank, [broken]))
    assert value(got, NEXT) == 20021
    assert [f.found for f in got.findings if f.rule == "note_text"] == ["?"]


def test_a_field_beside_a_blank_is_named(catalog: Catalog, blank: bytes, tmp_path: Path) -> None:
    x0, y0, x1, y1 = place_of(blank, WORDS)
    got = read(catalog, tmp_path, with_notes(blank, [field("88人次")((x0, y0 - 400, x1 + 60, y1 - 400))]))
    assert value(got, COUNT) is None
    assert any("88" in f.found for f in got.findings)


def test_a_remark_is_named_and_a_line_through_a_number_takes_it_away(
    catalog: Catalog, blank: bytes, tmp_path: Path
) -> None:
    with pdfplumber.open(io.BytesIO(blank)) as pdf:
        page = pdf.pages[0]
        text = "".join(c["text"] for c in page.chars)
        digits = page.chars[text.index("20007") : text.index("20007") + 5]
        top, bottom = page.height - digits[0]["top"], page.height - digits[0]["bottom"]
        x0, x1 = digits[0]["x0"], digits[-1]["x1"]
    quads = f"/QuadPoints[{x0} {top} {x1} {top} {x0} {bottom} {x1} {bottom}]"
    notes = [
        note("StrikeOut", (x0, bottom, x1, top), quads),
        note("Text", (10, 10, 30, 30), f"/Contents{hexed('实为66场')}"),
    ]
    got = read(catalog, tmp_path, with_notes(blank, notes))
    assert value(got, "seminar_training_sessions") is None
    said = {(f.rule, f.found) for f in got.findings}
    assert {("struck_text", "20007"), ("note_text", "实为66场")} <= said


def test_what_was_typed_over_a_scan_is_drawn_for_the_ocr() -> None:
    stream = b"0 g 0 0 50 50 re f"
    bodies = [
        b"<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[4 0 R]>>>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Annots[4 0 R]>>",
        b"<</Type/Annot/Subtype/Widget/FT/Tx/T(a)/F 4/V(1)/Rect[50 50 100 100]/AP<</N 5 0 R>>>>",
        b"<</Type/XObject/Subtype/Form/BBox[0 0 50 50]/Length %d>>stream\n%s\nendstream" % (len(stream), stream),
    ]
    data = b"%PDF-1.7\n" + b"".join(b"%d 0 obj\n%s\nendobj\n" % (n, b) for n, b in enumerate(bodies, start=1))
    data += b"trailer\n<</Size 6/Root 1 0 R>>\n%%EOF\n"
    (page,) = _pdf_pages(data)
    width, height = page.size
    assert page.getpixel((int(width * 0.375), int(height * 0.625))) == (0, 0, 0)


def digits_of(data: bytes, digits: str) -> Rect:
    """Where printed digits stand, in the coordinates of the file."""
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        page = pdf.pages[0]
        at = "".join(c["text"] for c in page.chars).index(digits)
        first, last, height = page.chars[at], page.chars[at + len(digits) - 1], float(page.height)
        return first["x0"], height - first["bottom"], last["x1"], height - first["top"]


@pytest.mark.parametrize("shift", [0.0, -3.0, 5.0, 20.0])
def test_a_note_over_a_printed_number_is_never_spliced_into_it(
    catalog: Catalog, blank: bytes, tmp_path: Path, shift: float
) -> None:
    x0, y0, x1, y1 = digits_of(blank, "20021")
    over = note("FreeText", (x0 + shift, y0, x1 + shift, y1), f"/DA(/F 12 Tf)/Contents{hexed('1300')}")
    got = read(catalog, tmp_path, with_notes(blank, [over]))
    assert value(got, NEXT) is None
    assert [f.found for f in got.findings if f.rule == "note_text"] == ["1300"]
    assert any(f.rule == "struck_text" for f in got.findings)


@pytest.mark.parametrize("kind", ["Ink", "Line", "Square"])
def test_what_is_drawn_through_a_number_takes_it_away(
    catalog: Catalog, blank: bytes, tmp_path: Path, kind: str
) -> None:
    drawn = note(kind, digits_of(blank, "20021"), "/IC[1 1 1]/InkList[[1 1 2 2]]/L[1 1 2 2]")
    got = read(catalog, tmp_path, with_notes(blank, [drawn]))
    assert value(got, NEXT) is None
    assert [f.found for f in got.findings if f.rule == "struck_text"] == ["20021"]
