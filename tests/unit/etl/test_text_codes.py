"""Tables saved as plain text in any code a spreadsheet program offers."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

import pytest

from etl.catalog import load_catalog
from etl.files.intake import Job
from etl.guard.kind import sniff
from etl.read.text import read_delimited
from etl.read_file import read_job

CAMPAIGN = "chongqing-2021"
TABLE = "填报单位,理论学习中心组学习（次）,理论学习中心组学习参与（人次）\r\n渝北区,7,1200\r\n江北区,3,90\r\n"


@pytest.mark.parametrize("code", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("mark", [",", "\t"])
def test_a_table_is_read_in_every_code(tmp_path: Path, code: str, mark: str) -> None:
    path = tmp_path / "汇总.csv"
    path.write_bytes(TABLE.replace(",", mark).encode(code))
    (got,) = read_job(load_catalog(), Job(path, path.name, CAMPAIGN, datetime(2021, 7, 1), is_sample=False))
    assert not got.is_refused, got.findings
    assert {f.value for f in got.facts if f.unit_id == "500112" and f.value is not None} == {7.0, 1200.0}


def test_bytes_that_are_no_text_are_of_unknown_kind() -> None:
    assert {sniff(b"\x00\x01" + os.urandom(1000)) for _ in range(20)} == {"unknown"}
    assert sniff(b"\x00" * 500) == "unknown"


def test_heads_of_two_lines_are_one_row_of_a_table() -> None:
    text = '区县,"理论学习中心组学习\n（次）","参与\n（人次）","咨询活动\n（场）"\n渝北区,3,40,2\n'
    read = read_delimited(text)
    assert read is not None
    assert [len(row) for row in read.sheets[0].rows] == [4, 4]
