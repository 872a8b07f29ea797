"""Of which campaign a collected table is where no folder and no title says so, and the blank workbook that says it itself."""

from __future__ import annotations

from datetime import datetime
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
    assert "--campaign" in finding.message_zh and "数据导入" in finding.message_zh
    assert loaded.n_readable == 0


def test_a_table_in_word_says_what_to_do_and_is_read_once_its_campaign_is_said(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    word_table(folder / "表.docx", [HEADS, ["渝北区", "5", "40"], ["江北区", "3", "20"]])
    loaded = read(folder)
    (finding,) = said(loaded, "campaign_unknown")
    assert not said(loaded, "form_not_recognised")
    assert "重庆市2021年" in finding.message_zh and "Chongqing Work Safety Month 2021" in finding.message_en
    assert "--campaign" in finding.message_en and "Load" in finding.message_en
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
    for row in sheet.iter_rows(min_row=5, max_row=6):
        for n in counts:
            row[2 + n].value = 10 + n
    sheet.title = "Sheet1"
    sheet["A1"] = "汇总"  # even without its title
    book.save(path)
    loaded = read(tmp_path)
    assert {s.submission.campaign_id for s in loaded.assembly.standings} == {campaign_id}
    first, second = (u.unit_id for u in catalog().roster(campaign)[:2])
    assert values(loaded) == {(u, form.indicators[n].indicator_id): 10 + n for u in (first, second) for n in counts}
    assert not [f for f in loaded.assembly.findings if f.level != "note" and "活动编号" in f.found]


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
    book.active["C5"] = 7
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
        datetime(2021, 7, 3),
    )
    assert values(read(folder, decisions_file=decisions))["500112", "theory_group_sessions"] == 5
