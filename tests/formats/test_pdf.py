"""PDF: pages, protection, limits, and files that are no sound PDF."""

from __future__ import annotations

import io
import re
from pathlib import Path

import docx
import docx.shared
import pdfplumber
import pytest

import etl.read.pdf
from etl.blank.docx import write_docx
from etl.blank.fill import fill_progress
from etl.catalog import Catalog
from etl.document import Document, Table
from etl.errors import FileRefused
from etl.read.pdf import read_pdf
from tests.formats.conftest import FORMS, Made
from tests.formats.made import read_one, save_as


@pytest.mark.parametrize("campaign_id", FORMS)
def test_a_table_over_pages_is_one(made: Made, campaign_id: str) -> None:
    path = made.form(campaign_id, "pdf")
    with pdfplumber.open(path) as pdf:
        n_pages = len(pdf.pages)
    document = read_pdf(path.read_bytes())
    assert isinstance(document, Document)
    tables = [b for b in document.blocks if isinstance(b, Table)]
    assert len(tables) == 1
    assert n_pages > 1 or campaign_id != "chongqing-2021"
    heads = [r for r in tables[0].rows if "活动项目" in "".join(c.text for c in r)]
    assert len(heads) == 1
    places = [c.place for r in tables[0].rows for c in r]
    assert len(places) == len(set(places)) and all(p.startswith("页") or not p for p in places)


def test_a_protected_pdf_is_named_as_such(catalog: Catalog, made: Made, tmp_path: Path) -> None:
    source = tmp_path / "a.odt"
    source.write_bytes(made.form("ningxia-2021", "odt").read_bytes())
    locked = '{"EncryptFile":{"type":"boolean","value":"true"},"DocumentOpenPassword":{"type":"string","value":"x"}}'
    path = save_as(source, "pdf", f"writer_pdf_Export:{locked}")
    (refused,) = read_one(catalog, path, "ningxia-2021")
    assert [f.rule for f in refused.findings] == ["encrypted"]


def test_too_many_pages_are_refused(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(etl.read.pdf, "MAX_PAGES", 0)
    with pytest.raises(FileRefused) as refused:
        read_pdf(made.form("ningxia-2021", "pdf").read_bytes())
    assert refused.value.rule == "file_too_large"


@pytest.mark.parametrize(
    "data", [b"%PDF-1.4\n", b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer<</Root 1 0 R>>"], ids=["bare", "no pages"]
)
def test_no_pdf_at_all(data: bytes) -> None:
    with pytest.raises(FileRefused) as refused:
        read_pdf(data)
    assert refused.value.rule == "file_damaged"


def marked_form(catalog: Catalog, folder: Path) -> Path:
    """A Jincheng form as PDF: 12 struck and 13 behind it, 5 underlined, 7 with a raised 2 behind it, a white 99 behind 8."""
    form = catalog.forms["jincheng-2022"]
    progress = [
        fill_progress(a, {i.indicator_id: "8" for i in a.indicators if i.kind == "count"}) for a in form.activities
    ]
    data = write_docx(form, progress, {"reporting_unit": "城区", "report_date": "2022年7月1日"})
    document = docx.Document(io.BytesIO(data))
    looks = iter(
        [
            (("12", "strike"), ("13", "")),
            (("5", "underline"),),
            (("7", ""), ("2", "superscript")),
            (("8", ""), ("99", "white")),
        ]
    )
    for paragraph in (p for row in document.tables[0].rows for c in row.cells for p in c.paragraphs):
        if "8" not in paragraph.text:
            continue
        pieces = re.split(r"(?<=[（(])8(?=[）)])", paragraph.text)
        paragraph.clear()
        paragraph.add_run(pieces[0])
        for piece in pieces[1:]:
            for text, look in next(looks, (("8", ""),)):
                run = paragraph.add_run(text)
                if look == "white":
                    run.font.color.rgb = docx.shared.RGBColor(255, 255, 255)
                elif look:
                    setattr(run.font, look, True)
            paragraph.add_run(piece)
    source = folder / "marked.docx"
    document.save(str(source))
    return save_as(source, "pdf")


def test_what_paper_does_not_count_is_not_read_into_a_number(catalog: Catalog, tmp_path: Path) -> None:
    (read,) = read_one(catalog, marked_form(catalog, tmp_path), "jincheng-2022")
    counts = [f for f in read.facts if catalog.forms["jincheng-2022"].by_indicator[f.indicator_id].kind == "count"]
    assert [f.value for f in counts[:4]] == [13, 5, None, 8]  # 7 with a note's number: withheld, never 72
    assert {f.value for f in counts[4:]} == {8.0}
    said = {(f.rule, f.found) for f in read.findings}
    assert ("struck_text", "12") in said
    assert ("hidden_text", "99") in said


def test_white_words_on_a_dark_ground_and_lines_of_the_table_are_no_such_thing(made: Made) -> None:
    for campaign_id in FORMS:
        document = read_pdf(made.form(campaign_id, "pdf").read_bytes())
        assert isinstance(document, Document)
        assert document.left_out == ()
