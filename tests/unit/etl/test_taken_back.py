"""A line beside a Word form that takes its figures back holds them, each with its proposal: another year, a correction, a plan."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import docx
import pytest

from etl.blank.docx import write_docx
from etl.blank.fill import fill_progress
from etl.catalog import load_catalog
from etl.extract.squeeze import squeeze_text
from etl.facts import Submission
from etl.files.intake import Job
from etl.interpret.retracted import retracts
from etl.read_file import read_job

CATALOG = load_catalog()
FORM = CATALOG.forms["chongqing-2021"]
COUNTS = [i.indicator_id for i in FORM.indicators if i.kind == "count"]


def form(typed: str = "12", unit: str = "万州区") -> Any:
    progress = [fill_progress(a, dict.fromkeys(COUNTS, typed)) for a in FORM.activities]
    return docx.Document(
        io.BytesIO(write_docx(FORM, progress, {"reporting_unit": unit, "report_date": "2021年7月1日"}))
    )


def read(folder: Path, document: Any) -> list[Submission]:
    path = folder / "表.docx"
    document.save(str(path))
    return read_job(CATALOG, Job(path, path.name, "chongqing-2021", datetime(2021, 7, 1), is_sample=False))


def below(document: Any, line: str) -> None:
    document.add_paragraph(line)


def above(document: Any, line: str) -> None:
    document.tables[0]._tbl.addprevious(document.add_paragraph(line)._p)


def before_the_title(document: Any, line: str) -> None:
    document.paragraphs[0]._p.addprevious(document.add_paragraph(line)._p)


def in_the_foot(document: Any, line: str) -> None:
    document.sections[0].footer.paragraphs[0].text = line


WHERE = [below, above, before_the_title, in_the_foot]


@pytest.mark.parametrize("where", WHERE)
@pytest.mark.parametrize(
    "line",
    ["更正：应急演练参与人次应为350，上表有误", "以下为2020年数据", "以上为2020年数据", "以上均为预计数", "作废", "注：表内数据为去年同期", "本表数据为1-5月", "该表为5月数据", "以上是五月份数", "以上为全年数据"],
)  # fmt: skip
def test_the_figures_are_held_and_the_line_is_quoted(
    tmp_path: Path, where: Callable[[Any, str], None], line: str
) -> None:
    document = form()
    where(document, line)
    (found,) = read(tmp_path, document)
    held = [f for f in found.facts if "form_doubted" in f.flags]
    assert not any(f.value is not None for f in found.facts)
    assert {f.indicator_id for f in held} == set(COUNTS) and all(f.proposal == "12" for f in held)
    assert line in [f.found for f in found.findings if f.rule in ("line_retracts", "note_text")]
    assert {f.indicator_id for f in found.findings if f.rule == "form_doubted" and f.found == "12"} == set(COUNTS)


@pytest.mark.parametrize("where", WHERE)
@pytest.mark.parametrize(
    "line",
    ["以上数据如有变动，以7月10日上报为准", "以上数据如有误请与我办联系", "以上数据较2020年增长5%", "原报送表作废，以本表为准", "此表为更正后的表", "去年无此项活动", "附2020年方案", "请如实填写，数据不得有误", "本单位对数据错误负责", "以上为6月数据", "统计时间：2021年5月25日至6月30日", "公开课改为线上举办", "宣传咨询日活动改为6月20日举办"],
)  # fmt: skip
def test_a_line_that_takes_nothing_back_holds_nothing(
    tmp_path: Path, where: Callable[[Any, str], None], line: str
) -> None:
    document = form()
    where(document, line)
    (found,) = read(tmp_path, document)
    assert sum(f.value == 12 for f in found.facts) == len(COUNTS)


def test_a_correction_of_one_figure_holds_what_it_names(tmp_path: Path) -> None:
    document = form()
    below(document, "更正：应急演练参与人次应为350")
    (found,) = read(tmp_path, document)
    assert [f.indicator_id for f in found.facts if f.value is None and f.indicator_id in COUNTS] == [
        "drill_participations"
    ]
    (said,) = (f for f in found.findings if f.rule == "line_retracts")
    assert "350" in said.found


def test_a_line_in_a_cell_of_answers_holds_that_cell(tmp_path: Path) -> None:
    document = form()
    document.tables[0].rows[2].cells[-1].add_paragraph("以上为2020年数据")
    (found,) = read(tmp_path, document)
    held = {f.place.split(" ")[0] for f in found.facts if "form_doubted" in f.flags}
    assert len(held) == 1 and sum(f.value == 12 for f in found.facts) > 30


def test_a_line_before_another_table_speaks_of_that(tmp_path: Path) -> None:
    document = form()
    document.add_paragraph("以下为2020年数据")
    table = document.add_table(rows=2, cols=2)
    for cell, text in zip((c for row in table.rows for c in row.cells), ("项目", "数量", "演练", "771"), strict=True):
        cell.text = text
    (found,) = read(tmp_path, document)
    assert sum(f.value == 12 for f in found.facts) == len(COUNTS)
    assert any("771" in f.found for f in found.findings)


def test_a_line_between_two_forms_speaks_of_the_one_it_points_to(tmp_path: Path) -> None:
    for line, is_first in (("以上为2020年数据", True), ("以下为2020年数据", False)):
        document = form("12")
        document.add_paragraph(line)
        for element in form("13", "涪陵区").element.body.iterchildren():
            if not element.tag.endswith("sectPr"):
                document.element.body.insert(len(document.element.body) - 1, element)
        counted = {f.value for s in read(tmp_path, document) if not s.is_refused for f in s.facts} - {None}
        assert counted == ({13.0} if is_first else {12.0})


def test_no_form_prints_such_a_line() -> None:
    for one in CATALOG.forms.values():
        for activity in one.activities:
            for text in (activity.title_zh, activity.blank_text, activity.requirement_zh):
                assert not [t for t in text.splitlines() if retracts(squeeze_text(t), None)], one.form_id


@pytest.mark.parametrize(
    ("line", "held"),
    [
        ("更正：公开课应为20场，应急演练应为30场", {"lecture_sessions", "drill_events"}),
        (
            "更正：1.公开课场次应为20；2.演练参与应为350人次",
            {"lecture_sessions", "lecture_attendance", "drill_participations"},
        ),
    ],
)
def test_a_correction_of_several_figures_holds_each(tmp_path: Path, line: str, held: set[str]) -> None:
    document = form()
    below(document, line)
    (found,) = read(tmp_path, document)
    assert {f.indicator_id for f in found.facts if "form_doubted" in f.flags} == held


def test_a_correction_in_the_cell_holds_what_it_names(tmp_path: Path) -> None:
    document = form()
    document.tables[0].rows[1].cells[-1].add_paragraph("更正：理论学习中心组学习参与应为350人次")
    (found,) = read(tmp_path, document)
    assert "theory_group_attendance" in {f.indicator_id for f in found.facts if "form_doubted" in f.flags}


@pytest.mark.parametrize("place", ["row", "cell"])
def test_a_row_of_its_own_in_the_table_speaks_of_all(tmp_path: Path, place: str) -> None:
    document = form()
    cells = document.tables[0].add_row().cells
    if place == "row":
        cells[0].merge(cells[-1]).text = "以上为2020年数据"
    else:
        cells[-1].text = "以上为2020年数据"
    (found,) = read(tmp_path, document)
    assert not any(f.value is not None for f in found.facts)


HOLDING = (
    "以上数字为去年的",
    "此数据为2020年度",
    "以上数据错位",
    "以上数据撤回",
    "以上数据仅供参考，不作上报",
    "本表停用",
    "以上为填写范例",
    "上述数据为历年累计",
    "以上数据无效",
    "以上数据不对",
    "以上数据写错了",
    "以上全错",
    "此表无效",
    "此表废弃",
    "以上数据不要用",
    "以上暂不统计",
    "以上为上月数",
    "以上为今年累计",
    "上面是去年的数据",
    "上面的数填错了",
    "前面的数作废",
    "以上不是最终数据，作废",
    "去年数据",
    "公开课应该是20场",
    "公开课实际为20场",
    "参与人次调整为350",
    "更正：以350为准",
    "以上为去年数据",
    "作废",
    "上表有误",
    "以上均为计划数",
    "以上数据为初步统计，有误，待更正后另行报送",
    "上述数据有误，请不要采用",
    "本表数据作废，以后报为准",
)
PLAIN = (
    "以上数据已剔除重复统计",
    "上述数据高于去年",
    "以上数据非预计数，为实际完成数",
    "本表格式错误请忽略",
    "以上预计7月2日前完成",
    "如以上数据填错可重新上报",
    "下表为工作计划，请审阅",
    "请按下表模板填报",
    "更正日期：2021年7月3日",
    "更正人：张三",
    "联系电话更正为67891234",
    "备注：联系人改为李四",
    "特此更正",
    "7月1日更正",
    "（更正）",
    "以上数据没有错误",
    "以上数据不存在重复统计",
    "说明：本表不含去年数据",
    "本表不含计划数",
    "注：数据应为整数",
    "填报说明：本表数据应为6月份累计数",
    "数据有误的退回重报",
    "填报说明：请如实填报，数据有误的退回重报",
    "表格模板请从网站下载",
    "以上工作完成全年目标的80%",
    "上述活动均按照年初计划开展",
    "以下为下一步工作计划",
    "附：2020年数据",
    "附：2021年下半年工作计划",
    "以上数据已更正",
    "以下是照片",
    "填表说明：如数据有误，请及时更正后重新报送",
    "以上数据经核实无错误",
    "数据无误，无重复计算",
    "本表按计划于7月5日前报送",
    "以上活动为年度计划内活动",
    "数据以人次计",
    "请核对以上数据，如有错误请于7月3日前更正",
)


@pytest.mark.parametrize("line", HOLDING)
def test_a_line_that_takes_figures_back(line: str) -> None:
    assert retracts(squeeze_text(line), 2021)


@pytest.mark.parametrize("line", PLAIN)
def test_a_line_that_takes_none_back(line: str) -> None:
    assert not retracts(squeeze_text(line), 2021)
