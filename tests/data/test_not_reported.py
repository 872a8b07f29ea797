"""A row of 未报 in a collected table is no report: it meets no duty and replaces nothing."""

from __future__ import annotations

import csv
from pathlib import Path

import duckdb
import pytest

from etl.blank.docx import write_docx
from etl.blank.fill import fill_progress
from etl.blank.xlsx import write_csv
from etl.catalog import load_catalog
from etl.run import Wanted, load

CAMPAIGN = "jincheng-2022"
FEW = "县区,专题研讨、集中宣讲、培训辅导等（场）,参与（人次）\n城区,12,350\n高平市,未报,未报\n"


def whole_table() -> str:
    catalog = load_catalog()
    campaign = catalog.campaigns[CAMPAIGN]
    form = catalog.forms[CAMPAIGN]
    words = {"140502": "12", "140581": "未报"}
    units = [u for u in catalog.roster(campaign) if u.unit_id in words]
    rows = {u.unit_id: {i.indicator_id: words[u.unit_id] for i in form.indicators} for u in units}
    return write_csv(form, units, rows, with_total=False).decode("gb18030")


@pytest.mark.parametrize("table", [FEW, whole_table()], ids=["few columns", "all columns"])
def test_a_row_of_not_reported(tmp_path: Path, table: str) -> None:
    folder = tmp_path / "in" / CAMPAIGN
    folder.mkdir(parents=True)
    form = load_catalog().forms[CAMPAIGN]
    progress = [fill_progress(a, {"seminar_training_sessions": "7"}) for a in form.activities]
    arrivals = [["file", "received_at"], ["表.csv", "2022-07-05T10:00:00"]]
    (folder / "表.csv").write_text(table, encoding="utf-8")
    (folder / "received.csv").write_text("\n".join(map(",".join, arrivals)), encoding="utf-8")

    def rows(query: str) -> list[tuple[object, ...]]:
        loaded = load(Wanted((tmp_path / "in",)), tmp_path / "releases")
        assert loaded.pointer is not None
        with duckdb.connect(str(tmp_path / "releases" / loaded.pointer.file), read_only=True) as con:
            return con.execute(query).fetchall()

    assert rows("select unit_id from unit_report where state = 'reported'") == [("140502",)]
    assert rows("select unit_id from duty_status where duty_id = 'JC-06' and met_at is not null") == [("140502",)]
    # An earlier form of that unit goes on counting.
    (folder / "高平.docx").write_bytes(
        write_docx(form, progress, {"reporting_unit": "高平市", "report_date": "2022年6月30日"})
    )
    arrivals.append(["高平.docx", "2022-06-30T10:00:00"])
    with (folder / "received.csv").open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows(arrivals)
    query = "select value from current_fact where unit_id = '140581' and indicator_id = 'seminar_training_sessions'"
    assert rows(query) == [(7.0,)]
