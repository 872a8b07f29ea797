"""A collected table saved as a page, with one unit's row below its title and heads."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from etl.catalog import load_catalog
from etl.document import Document
from etl.files.intake import Job
from etl.read.html import read_html
from etl.read_file import read_job

CAMPAIGN = "chongqing-2021"
TITLE = ["重庆市“安全生产月”活动情况统计表（2021年）"]
HEADS = ["序号", "区县", "理论学习中心组学习（次）", "理论学习中心组学习参与（人次）"]


def page(*rows: list[str]) -> str:
    cells = "".join("<tr>" + "".join(f"<td>{c}</td>" for c in row) + "</tr>" for row in rows)
    return f'<html><head><meta charset="utf-8"></head><body><table>{cells}</table></body></html>'


@pytest.mark.parametrize(
    "rows",
    [
        [TITLE, HEADS, ["1", "渝北区", "7", "1,200"]],
        [HEADS, ["1", "渝北区", "7", "1,200"]],
        [TITLE, HEADS, ["1", "渝北区", "7", "1,200"], ["2", "江北区", "3", "90"]],
    ],
)
def test_one_row_below_a_title_is_a_collected_table(tmp_path: Path, rows: list[list[str]]) -> None:
    path = tmp_path / "汇总.xls"
    path.write_text(page(*rows), encoding="utf-8")
    (got,) = read_job(load_catalog(), Job(path, path.name, CAMPAIGN, datetime(2021, 7, 1), is_sample=False))
    assert got.is_collected and not got.is_refused, [f.rule for f in got.findings]
    assert {f.value for f in got.facts if f.unit_id == "500112" and f.value is not None} == {7.0, 1200.0}


def test_a_form_of_sentences_is_no_collected_table() -> None:
    prose = ["学习", "要求", "理论学习中心组学习（7）次，参与（1200）人次；宣讲（3）场。"]
    assert isinstance(read_html(page(TITLE, ["项目", "内容", "进展"], prose, ["电话", "023", "12350"])), Document)
