"""OFD files: forms and tables of full truth, and files that are no sound OFD."""

from __future__ import annotations

from pathlib import Path

import pytest

from etl.catalog import Catalog
from tests.faults.test_bad_files import repacked
from tests.formats.conftest import FORMS, Made
from tests.formats.made import compare, read_one
from tests.formats.ofd_writer import ofd_of_pdf


@pytest.mark.parametrize("campaign_id", FORMS)
def test_forms_come_back(catalog: Catalog, made: Made, tmp_path: Path, campaign_id: str) -> None:
    path = tmp_path / "报表.ofd"
    path.write_bytes(ofd_of_pdf(made.form(campaign_id, "pdf")))
    submissions = read_one(catalog, path, campaign_id)
    found = compare(made.truths[campaign_id], submissions, made.units[campaign_id])
    assert (found.wrong, found.lost, found.withheld) == ([], [], []), [f for s in submissions for f in s.findings]
    assert {s.source_format for s in submissions} == {"ofd"}


@pytest.mark.parametrize("campaign_id", ["jincheng-2022", "ningxia-2021"])
def test_tables_come_back(catalog: Catalog, made: Made, tmp_path: Path, campaign_id: str) -> None:
    path = tmp_path / "汇总.ofd"
    path.write_bytes(ofd_of_pdf(made.table(campaign_id, "pdf")))
    submissions = read_one(catalog, path, campaign_id)
    for unit_id, truth in made.tables[campaign_id].items():
        found = compare(truth, submissions, unit_id)
        assert (found.wrong, found.lost, found.withheld) == ([], [], []), unit_id


def test_no_sound_ofd(catalog: Catalog, made: Made, tmp_path: Path) -> None:
    good = ofd_of_pdf(made.form("ningxia-2021", "pdf"))
    entity = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><ofd:OFD xmlns:ofd="http://www.ofdspec.org/2016"/>'
    cases = {
        "pictures.ofd": (ofd_of_pdf(made.form("ningxia-2021", "pdf"), with_text=False), "needs_ocr"),
        "dtd.ofd": (repacked(good, {"OFD.xml": entity}), "dtd_refused"),
        "empty.ofd": (repacked(good, {"OFD.xml": b"<x/>"}), "file_damaged"),
        "lost.ofd": (
            repacked(
                good, {"Doc_0/Document.xml": b"<Document><Pages><Page BaseLoc='../../../etc/x'/></Pages></Document>"}
            ),
            "file_damaged",
        ),
    }
    for name, (data, rule) in cases.items():
        (tmp_path / name).write_bytes(data)
        (refused,) = read_one(catalog, tmp_path / name, "ningxia-2021")
        assert refused.is_refused and [f.rule for f in refused.findings] == [rule], name
