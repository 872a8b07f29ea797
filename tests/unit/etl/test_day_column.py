"""A table that gives the day of reporting in a column has a report date by which it is ordered among others."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from etl.catalog import load_catalog
from tests.formats.made import read_one

HEAD = "宁夏回族自治区2021年安全生产月统计表,,\n"


@pytest.mark.parametrize(
    ("days", "told"),
    [
        (("2021-07-02", "2021年7月3日"), date(2021, 7, 3)),
        (("2021/7/2", ""), date(2021, 7, 2)),
        (("7月2日", "7月1日"), date(2021, 7, 2)),
        (("2021-07-02", "2012-07-03"), None),
        (("2021-07-02", "上周"), None),
        (("", ""), None),
    ],
)
@pytest.mark.parametrize("head", ["填报日期", "上报时间"])
def test_the_last_day_of_the_column_is_the_tables(
    tmp_path: Path, days: tuple[str, str], told: date | None, head: str
) -> None:
    path = tmp_path / "a.csv"
    rows = [f"地市,理论学习中心组学习,{head}", f"石嘴山市,31,{days[0]}", f"吴忠市,32,{days[1]}"]
    path.write_text(HEAD + "\n".join(rows), encoding="utf-8")
    (submission,) = read_one(load_catalog(), path, "ningxia-2021")
    assert submission.report_date == told
    assert not submission.is_refused
