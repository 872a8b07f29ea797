"""Of which campaign a collected table is where no folder and no title says so, and the blank workbook that says it itself."""

from __future__ import annotations

import datetime
import os
from functools import lru_cache
from pathlib import Path

import docx
import openpyxl
import pytest

from etl.__main__ import main
from etl.catalog import Catalog, load_catalog
from etl.decisions.decide import take_down
from etl.findings import FindingRow
from etl.run import Loaded, Wanted, read_inputs

HEADS = ["区县", "理论学习中心组学习（次）", "参与（人次）"]


@lru_cache(maxsize=1)
def catalog() -> Catalog:
    return load_catalog()


def workbook(path: Path, rows: list[list[object]]) -> None:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)


def word_table(path: Path, rows: list[list[str]]) -> None:
    document = docx.Document()
    document.add_paragraph("各区县开展活动情况")
    table = document.add_table(rows=len(rows), cols=len(rows[0]))
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            table.cell(r, c).text = text
    document.save(str(path))


def read(folder: Path, **wanted: object) -> Loaded:
    return read_inputs(Wanted((folder,), **wanted))  # type: ignore[arg-type]


def said(loaded: Loaded, rule: str) -> list[FindingRow]:
    return [f for f in loaded.assembly.findings if f.rule == rule]


def values(loaded: Loaded) -> dict[tuple[str | None, str], float | None]:
    return {
        (f.unit_id, f.indicator_id): f.value
        for s in loaded.assembly.standings
        for f in s.submission.facts
        if f.value is not None
    }


@pytest.mark.parametrize(
    ("units", "campaigns"),
    [
        # 江北区 and 渝北区 are units until the autumn of 2025; which of the years it is, a person must say.
        (["渝北区", "江北区"], "chongqing-2021 / chongqing-2020"),
        (["泽州县", "高平市"], "jincheng-2022"),
        (["某某区", "另一区"], None),
    ],
)
def test_units_and_heads_propose_the_campaign(tmp_path: Path, units: list[str], campaigns: str | None) -> None:
    heads = (
        ["县区", "集中曝光突出问题（个）", "公开课、大家谈、班组会（场）"] if campaigns == "jincheng-2022" else HEADS
    )
    workbook(tmp_path / "册.xlsx", [heads, [units[0], 5, 40], [units[1], 3, 20]])
    loaded = read(tmp_path)
    (finding,) = said(loaded, "campaign_unknown")
    assert finding.proposal == campaigns
    assert "文件夹" in finding.message_zh and "数据导入" in finding.message_zh
    assert loaded.n_readable == 0


def test_a_table_in_word_says_what_to_do_and_is_read_once_its_campaign_is_said(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    word_table(folder / "表.docx", [HEADS, ["渝北区", "5", "40"], ["江北区", "3", "20"]])
    loaded = read(folder)
    (finding,) = said(loaded, "campaign_unknown")
    assert not said(loaded, "form_not_recognised")
    assert "重庆市2021年" in finding.message_zh and "Chongqing Work Safety Month 2021" in finding.message_en
    assert "folder" in finding.message_en and "Load" in finding.message_en
    asked = read(folder, campaign_id="chongqing-2021")
    assert values(asked)["500112", "theory_group_sessions"] == 5
    assert values(asked)["500105", "theory_group_attendance"] == 20


@pytest.mark.parametrize("campaign_id", ["chongqing-2026", "chongqing-2025", "jincheng-2022", "ningxia-2021"])
def test_the_blank_workbook_comes_back_without_help(tmp_path: Path, campaign_id: str) -> None:
    campaign = catalog().campaigns[campaign_id]
    form = catalog().forms[str(campaign.form_id)]
    path = tmp_path / "Book1.xlsx"
    assert main(["form", form.form_id, "--campaign", campaign_id, "--xlsx", str(path)]) == 0
    book = openpyxl.load_workbook(path)
    sheet = book.active
    texts = [str(v) for row in sheet.iter_rows(values_only=True) for v in row if v]
    assert any(campaign_id in text and str(campaign.year) in text for text in texts)
    counts = [n for n, i in enumerate(form.indicators) if i.kind == "count"]
    for row in sheet.iter_rows(min_row=6, max_row=7):
        for n in counts:
            row[2 + n].value = 10 + n
    sheet.title = "Sheet1"
    sheet["A1"] = "汇总"  # even without its title
    book.save(path)
    loaded = read(tmp_path)
    assert {s.submission.campaign_id for s in loaded.assembly.standings} == {campaign_id}
    # Nothing is said of a date that nobody typed.
    assert [s.submission.report_date for s in loaded.assembly.standings] == [None]
    first, second = (u.unit_id for u in catalog().roster(campaign)[:2])
    assert values(loaded) == {(u, form.indicators[n].indicator_id): 10 + n for u in (first, second) for n in counts}
    assert not [f for f in loaded.assembly.findings if f.level != "note" and "活动编号" in f.found]


def dated_workbook(path: Path, day: object, count: int) -> None:
    """A blank workbook with a report date and one unit's first counts."""
    assert main(["form", "chongqing-2021", "--campaign", "chongqing-2021", "--xlsx", str(path)]) == 0
    book = openpyxl.load_workbook(path)
    sheet = book.active
    (label,) = [c for row in sheet.iter_rows() for c in row if c.value == "填报日期："]
    sheet.cell(label.row, 3).value = day
    for column in (3, 4):
        sheet.cell(label.row + 4, column).value = count
    book.save(path)


@pytest.mark.parametrize(
    ("typed", "rules"),
    [
        (datetime.date(2021, 7, 5), []),
        ("2021年7月5日", []),
        ("2021 年 7 月 5 日", []),
        ("2021.7.5", []),
        ("7月5日", ["date_without_year"]),
    ],
)
def test_the_report_date_of_a_blank_workbook_comes_back(tmp_path: Path, typed: object, rules: list[str]) -> None:
    dated_workbook(tmp_path / "b.xlsx", typed, 5)
    loaded = read(tmp_path)
    (standing,) = loaded.assembly.standings
    assert (standing.submission.report_date, standing.submission.is_date_doubtful) == (datetime.date(2021, 7, 5), False)
    assert len(values(loaded)) == 2
    assert [f.rule for f in loaded.assembly.findings if f.rule.startswith("date_")] == rules


def test_a_report_date_of_another_year_or_none_is_named(tmp_path: Path) -> None:
    dated_workbook(tmp_path / "b.xlsx", "2022年7月5日", 5)
    (finding,) = said(read(tmp_path), "date_year_mismatch")
    assert finding.place.endswith("!C2") and "2022-07-05" in finding.message_zh
    dated_workbook(tmp_path / "b.xlsx", "2021年13月45日", 5)
    assert [f.found for f in read(tmp_path).assembly.findings if f.rule == "bad_date"] == ["2021年13月45日"]


def test_the_newest_of_two_workbooks_is_told_by_its_report_date(tmp_path: Path) -> None:
    # That of the later day arrived first.
    for name, day, count, arrival in (("a.xlsx", 8, 30, 1_625_900_000), ("b.xlsx", 5, 20, 1_626_000_000)):
        dated_workbook(tmp_path / name, datetime.date(2021, 7, day), count)
        os.utime(tmp_path / name, (arrival, arrival))
    loaded = read(tmp_path)
    counted = [s for s in loaded.assembly.standings if s.current_units]
    assert [s.submission.source_name for s in counted] == ["a.xlsx"]


def test_a_date_with_spaces_in_its_own_line_is_read(tmp_path: Path) -> None:
    line = ["填报日期：2021年 7月 5日　填表人：", None, None]
    workbook(tmp_path / "册.xlsx", [line, HEADS, ["渝北区", 5, 40], ["江北区", 3, 20]])
    (standing,) = read(tmp_path, campaign_id="chongqing-2021").assembly.standings
    assert standing.submission.report_date == datetime.date(2021, 7, 5)


def test_the_newest_campaign_of_the_form_is_meant_where_none_is_named(tmp_path: Path) -> None:
    path = tmp_path / "b.xlsx"
    assert main(["form", "chongqing-2022", "--xlsx", str(path)]) == 0
    texts = " ".join(
        str(v) for row in openpyxl.load_workbook(path).active.iter_rows(values_only=True) for v in row if v
    )
    assert "chongqing-2026" in texts
    assert main(["form", "chongqing-2022", "--campaign", "jincheng-2022", "--xlsx", str(path)]) == 2


def test_a_workbook_of_another_year_in_this_year_s_folder_is_asked_about(tmp_path: Path) -> None:
    path = tmp_path / "b.xlsx"
    assert main(["form", "chongqing-2022", "--campaign", "chongqing-2025", "--xlsx", str(path)]) == 0
    book = openpyxl.load_workbook(path)
    book.active["A1"] = "汇总"
    book.active["C6"] = 7
    book.save(path)
    loaded = read(tmp_path, campaign_id="chongqing-2022")
    (finding,) = said(loaded, "other_year")
    assert finding.proposal == "chongqing-2025" and loaded.n_readable == 0


def test_a_campaign_said_by_hand_reads_the_table(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    workbook(folder / "册.xlsx", [HEADS, ["渝北区", 5, 40], ["江北区", 3, 20]])
    digest = read(folder).assembly.standings[0].submission.sha256
    decisions = tmp_path / "decisions.csv"

    take_down(
        catalog(),
        f'[{{"kind": "campaign", "value": "chongqing-2021", "source_sha256": "{digest}", "decided_by": "综合科"}}]',
        decisions,
        datetime.datetime(2021, 7, 3),
    )
    assert values(read(folder, decisions_file=decisions))["500112", "theory_group_sessions"] == 5
