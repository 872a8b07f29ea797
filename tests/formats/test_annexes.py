"""A filled form with a table of other units behind it, as a PDF and as a web page: the form counts, the annex is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from etl.catalog import Catalog
from tests.formats.made import read_one, save_as
from tests.unit.etl.test_annexes import CAMPAIGN, OWN, UNITS, annex, counts, with_annex

KINDS = {"pdf": "", "html": "HTML (StarWriter)", "odt": ""}


@pytest.mark.parametrize("kind", KINDS)
def test_the_form_counts_and_its_annex_is_named(catalog: Catalog, tmp_path: Path, kind: str) -> None:
    typed = {i: str(10 + n) for n, i in enumerate(counts())}
    with_annex(tmp_path / "a.docx", annex(UNITS), typed)
    read = read_one(catalog, save_as(tmp_path / "a.docx", kind, KINDS[kind]), CAMPAIGN)
    assert [(s.is_refused, s.is_collected, s.unit_id) for s in read] == [(False, False, OWN)]
    assert {f.indicator_id: f.value for f in read[0].facts if f.value is not None} == {
        i: float(v) for i, v in typed.items()
    }
    said = [f for f in read[0].findings if f.rule == "annex_unread"]
    assert [f.words["count"] for f in said] == [str(2 * len(UNITS))]
