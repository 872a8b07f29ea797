"""PDF: pages, protection, limits, and files that are no sound PDF."""

from __future__ import annotations

from pathlib import Path

import pdfplumber
import pytest

import etl.read.pdf
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
