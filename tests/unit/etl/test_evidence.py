"""Registers and case logs: what offices write, read back; blank rows passed over; mistakes named with their cell."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook

from etl.__main__ import main
from etl.blank.evidence import blank_evidence
from etl.catalog.load import load_catalog
from etl.facts import Submission
from etl.files.intake import Job
from etl.read_file import read_job
from etl.register.evidence import duty_kind, parse_period

CATALOG = load_catalog()


def read(path: Path, campaign_id: str) -> Submission:
    (submission,) = read_job(CATALOG, Job(path, path.name, campaign_id, datetime(2022, 1, 5, 9), False))
    return submission


def write(path: Path, rows: list[list[str]], encoding: str = "utf-8") -> Path:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    path.write_bytes(out.getvalue().encode(encoding))
    return path


@pytest.mark.parametrize(
    ("typed", "want"),
    [("6月", "2021-06"), ("六月", "2021-06"), ("十二月", "2021-12"), ("2021-06", "2021-06"), ("2021年7月", "2021-07"),
     ("7", "2021-07"), (8.0, "2021-08"), (date(2021, 9, 1), "2021-09"), ("第2周", "W2"), ("第十周", "W10"), ("", ""),
     (None, ""), ("13月", ""), ("上半年", ""), (0.5, "")],
)  # fmt: skip
def test_periods(typed: str | float | date | None, want: str) -> None:
    assert parse_period(typed, 2021) == want


def test_exposing_and_reporting_a_case_are_two_things() -> None:
    assert duty_kind("6月典型案例曝光情况") == "case_exposed"
    assert duty_kind("上报典型案例（6月）") == "case_reported"
    assert duty_kind("报送典型案例") == "case_reported"
    assert duty_kind("天气") is None


@pytest.mark.parametrize("campaign_id", sorted({c for d in CATALOG.duties for c in d.campaigns}))
def test_a_blank_is_read_as_nothing_and_filled_as_filled(tmp_path: Path, campaign_id: str) -> None:
    campaign = CATALOG.campaigns[campaign_id]
    path = tmp_path / "登记.xlsx"
    path.write_bytes(blank_evidence(CATALOG, campaign))
    assert blank_evidence(CATALOG, campaign) == path.read_bytes(), "equal content, equal bytes"
    empty = read(path, campaign_id)
    assert empty.evidence == [] and [f.rule for f in empty.findings] == ["register_empty"]
    book = load_workbook(path)
    n = 0
    for sheet in book:
        for row in range(3, sheet.max_row + 1):
            is_log = sheet.title == "典型案例月报"
            sheet.cell(row, 3 if is_log else 5, datetime(campaign.year, 6, 9, 8, 30) if row % 2 else "2021年6月9日")
            n += 1
    book.save(path)
    filled = read(path, campaign_id)
    assert len(filled.evidence) == n and (not n or filled.findings == [])
    wanted = {(d.kind, u) for d in CATALOG.duties if campaign_id in d.campaigns and d.kind not in ("table", "field", "case_reported")
              for u in ([CATALOG.jurisdictions[campaign.jurisdiction_id].unit_id] if d.owed_by == "office" else
                        [x.unit_id for x in CATALOG.roster(campaign) if not d.applies_to or x.kind in d.applies_to])}  # fmt: skip
    assert {(e.kind, e.unit_id) for e in filled.evidence} == wanted


def test_a_case_log(tmp_path: Path) -> None:
    head = ["填报单位", "月份", "曝光日期（刊播日）", "媒体", "典型案例", "上报日期"]
    rows = [
        head,
        ["长春市安委办", "6月", "2021-06-09", "本地日报", "某煤矿瞒报", "2021/6/12"],
        ["吉林市", "2021-07", "", "本地电视台", "某商场，联系人：张三 13812345678", ""],
        ["四平市", "8月", "", "", "", "2021-09-02"],
        ["辽源市", "9月", "", "", "", ""],
        ["通化市", "10月", "待定", "", "", ""],
        ["某地", "6月", "2021-06-01", "", "", ""],
        ["松原市", "上半年", "2021-06-02", "", "", ""],
    ]
    found = read(write(tmp_path / "月报.csv", rows, "gb18030"), "jilin-2021")
    told = [(e.unit_id, e.kind, e.at, e.period) for e in found.evidence]
    assert told == [
        ("220100", "case_exposed", datetime(2021, 6, 9), "2021-06"),
        ("220100", "case_reported", datetime(2021, 6, 12), "2021-06"),
        ("220200", "case_exposed", None, "2021-07"),
        ("220300", "case_reported", datetime(2021, 9, 2), "2021-08"),
        ("220700", "case_exposed", datetime(2021, 6, 2), ""),
    ]
    assert "13812345678" not in found.evidence[2].note
    assert [(f.rule, f.place.rsplit("!", 1)[-1]) for f in found.findings] == [
        ("bad_date", "C6"), ("unit_unresolved", "A7"), ("bad_date", "B8")
    ]  # fmt: skip


def test_a_register_names_its_mistakes(tmp_path: Path) -> None:
    rows = [
        ["2021年报送登记"],
        ["单位名称", "材料名称", "收到日期", "备注"],
        ["长春市", "活动方案", "5月28日", ""],
        ["长春市", "打卡照片", "2021-05-28", ""],
        ["火星市", "活动方案", "2021-05-28", ""],
        ["长春市", "活动方案", "", "没有收到"],
        ["长春市", "活动方案", "2021-05-28 09:00", "好"],
    ]
    found = read(write(tmp_path / "登记.csv", rows), "jilin-2021")
    assert [(e.kind, e.at, e.note) for e in found.evidence] == [("plan", datetime(2021, 5, 28, 9), "好")]
    assert [f.rule for f in found.findings] == ["bad_date", "column_unmapped", "unit_unresolved"]


def test_the_office_is_looked_for_only_where_it_owes_something(tmp_path: Path) -> None:
    rows = [
        ["填报单位", "报送事项", "报送时间"],
        ["吉林省安委会办公室", "启动仪式", "2021-05-30"],
        ["吉林省", "总结", "2021-06-30"],
    ]
    found = read(write(tmp_path / "登记.csv", rows), "jilin-2021")
    assert [(e.unit_id, e.kind) for e in found.evidence] == [("220000", "opening")]
    assert [f.rule for f in found.findings] == ["unit_unresolved"]


def test_the_command_writes_the_blank(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "b.xlsx"
    assert main(["form", "duties", "--xlsx", str(path)]) == 0
    assert load_workbook(path).sheetnames == ["报送登记", "典型案例月报"]
    assert main(["form", "duties", "--xlsx", str(path), "--campaign", "jincheng-2022"]) == 0
    names = {row[0] for row in load_workbook(path)["典型案例月报"].iter_rows(min_row=3, values_only=True)}
    assert "城区" in names and "晋城开发区" not in names
    assert main(["form", "duties", "--xlsx", str(path), "--campaign", "china-2021"]) == 2
    assert main(["form", "duties", "--docx", str(path)]) == 2
    assert "jilin-2021" in capsys.readouterr().err
