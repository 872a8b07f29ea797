"""A collected workbook counts for one unit and not for another: the district page says what it is for its own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from dashboard import queries
from dashboard.release import Database, open_pointed, read_pointer
from etl.blank.docx import write_docx
from etl.blank.fill import fill_progress
from etl.catalog import load_catalog
from etl.run import Wanted, load

CAMPAIGN = "jincheng-2022"
TABLE = "县区,专题研讨、集中宣讲、培训辅导等（场）,参与（人次）\n城区,12,350\n高平市,3,80\n泽州县,,\n"


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    root = tmp_path_factory.mktemp("standing")
    folder = root / "in" / CAMPAIGN
    folder.mkdir(parents=True)
    form = load_catalog().forms[CAMPAIGN]
    progress = [fill_progress(a, {i.indicator_id: "4" for i in form.indicators}) for a in form.activities]
    header = {"reporting_unit": "高平市", "report_date": "2022年7月1日"}
    (folder / "高平.docx").write_bytes(write_docx(form, progress, header))
    (folder / "表.csv").write_text(TABLE, encoding="utf-8")
    arrivals = "file,received_at\n表.csv,2022-06-20T10:00:00\n高平.docx,2022-07-01T10:00:00\n"
    (folder / "received.csv").write_text(arrivals, encoding="utf-8")
    assert load(Wanted((root / "in",)), root / "releases").pointer is not None
    database = open_pointed(read_pointer(root / "releases"))
    yield database
    database.connection.close()


@pytest.mark.parametrize(
    ("unit_id", "want"),
    [
        ("140502", {"表.csv": "current"}),
        ("140581", {"高平.docx": "current", "表.csv": "superseded"}),
        ("140525", {"表.csv": "empty"}),
    ],
)
def test_a_file_is_listed_as_what_it_is_for_the_unit(source: Database, unit_id: str, want: dict[str, str]) -> None:
    files = queries.query_submissions(source, CAMPAIGN, unit_id)
    assert {f.source_name.rsplit("/", 1)[-1]: f.status for f in files} == want


def test_what_is_said_of_a_replaced_row_is_not_said_of_the_workbook(source: Database) -> None:
    (found,) = [f for f in queries.query_findings(source, CAMPAIGN, "140581") if f.rule == "superseded"]
    assert found.message_zh.endswith("替代；表中这一单位的数保留不计") and "this unit's row is kept" in found.message_en
    assert not found.is_current
    assert all(f.is_current for f in queries.query_findings(source, CAMPAIGN, "140502"))
