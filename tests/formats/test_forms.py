"""Each format with a filled form or table of full truth: nothing wrong, nothing lost."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from etl.catalog import Catalog
from tests.formats.conftest import FORMS, Made
from tests.formats.made import compare, read_one

FORM_SUFFIXES = ["docx", "doc", "odt", "rtf", "html"]
TABLE_SUFFIXES = ["xlsx", "xls", "ods", "html"]


@pytest.mark.parametrize("campaign_id", FORMS)
@pytest.mark.parametrize("suffix", FORM_SUFFIXES)
def test_forms_come_back(catalog: Catalog, made: Made, campaign_id: str, suffix: str) -> None:
    submissions = read_one(catalog, made.form(campaign_id, suffix), campaign_id)
    assert [s.source_format for s in submissions] == [suffix], [f for s in submissions for f in s.findings]
    found = compare(made.truths[campaign_id], submissions, made.units[campaign_id])
    print(campaign_id, suffix, found)
    assert (found.wrong, found.lost, found.withheld) == ([], [], [])
    assert all(f.place.startswith("表1行") for s in submissions for f in s.facts if f.state != "row_missing")


@pytest.mark.parametrize("campaign_id", ["jincheng-2022", "ningxia-2021"])
@pytest.mark.parametrize("suffix", TABLE_SUFFIXES)
def test_tables_come_back(catalog: Catalog, made: Made, campaign_id: str, suffix: str) -> None:
    submissions = read_one(catalog, made.table(campaign_id, suffix), campaign_id)
    assert [s.is_collected for s in submissions] == [True], [f for s in submissions for f in s.findings]
    for unit_id, truth in made.tables[campaign_id].items():
        found = compare(truth, submissions, unit_id)
        assert (found.wrong, found.lost, found.withheld) == ([], [], []), unit_id


@pytest.mark.parametrize(
    ("suffix", "other"), [("doc", "wps"), ("doc", "docx"), ("html", "doc"), ("docx", "pdf"), ("rtf", "doc")]
)
def test_the_content_tells_the_format_not_the_name(
    catalog: Catalog, made: Made, tmp_path: Path, suffix: str, other: str
) -> None:
    path = tmp_path / f"表.{other.upper()}"
    shutil.copyfile(made.form("ningxia-2021", suffix), path)
    found = compare(made.truths["ningxia-2021"], read_one(catalog, path, "ningxia-2021"), made.units["ningxia-2021"])
    assert (found.wrong, found.lost, found.withheld) == ([], [], [])


@pytest.mark.parametrize(("suffix", "other"), [("xls", "et"), ("html", "xls"), ("ods", "xlsx")])
def test_the_content_tells_the_format_of_tables(
    catalog: Catalog, made: Made, tmp_path: Path, suffix: str, other: str
) -> None:
    path = tmp_path / f"表.{other}"
    shutil.copyfile(made.table("ningxia-2021", suffix), path)
    submissions = read_one(catalog, path, "ningxia-2021")
    for unit_id, truth in made.tables["ningxia-2021"].items():
        assert compare(truth, submissions, unit_id).exact == len(truth)
