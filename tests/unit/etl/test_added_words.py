"""Words written around an answer, outside its blank: those that take it back withhold it, others are told, none vanishes."""

from __future__ import annotations

import io
from datetime import datetime
from pathlib import Path

import docx
import pytest

from etl.blank.docx import write_docx
from etl.blank.fill import fill_progress
from etl.catalog import load_catalog
from etl.facts import Submission
from etl.files.intake import Job
from etl.read_file import read_job

CATALOG = load_catalog()
FORM = CATALOG.forms["chongqing-2022"]
EVENTS, PEOPLE = "drill_events", "drill_participations"


def read(folder: Path, text: str) -> Submission:
    """A form of 万州区 whose drill sentence was replaced by the text; every other blank holds 12."""
    progress = [fill_progress(a, {i.indicator_id: "12" for i in a.indicators}) for a in FORM.activities]
    head = {"reporting_unit": "万州区", "report_date": "2022年7月1日"}
    document = docx.Document(io.BytesIO(write_docx(FORM, progress, head)))
    cells = [c for row in document.tables[0].rows for c in row.cells]
    paragraph = next(p for c in cells for p in c.paragraphs if "各类应急演练体验活动" in p.text and "12" in p.text)
    at = paragraph.text.index("各类应急演练体验活动")
    end = paragraph.text.index("人次", at) + 2
    paragraph.text = paragraph.text[:at] + text + paragraph.text[end:]
    path = folder / "表.docx"
    document.save(str(path))
    (submission,) = read_job(CATALOG, Job(path, path.name, "chongqing-2022", datetime(2022, 7, 1), is_sample=False))
    return submission


def values(submission: Submission) -> tuple[float | None, float | None]:
    found = {f.indicator_id.rsplit(".", 1)[-1]: f.value for f in submission.facts}
    return found[EVENTS], found[PEOPLE]


DRILL = "各类应急演练体验活动"


@pytest.mark.parametrize(
    "text",
    [
        f"{DRILL}（5）场未开展，参与（300）人次",
        f"{DRILL}（5）场（推迟），参与（300）人次",
        f"{DRILL}（5）场，取消，参与（300）人次",
        f"{DRILL}（5）场因疫情取消，参与（300）人次",
        f"{DRILL}（5）场（正在组织），参与（300）人次",
        f"{DRILL}（5）场正在筹备，参与（300）人次",
        f"7月份将开展{DRILL}（5）场，参与（300）人次",
        f"准备开展{DRILL}（5）场，参与（300）人次",
        f"督促企业开展{DRILL}（5）场，参与（300）人次",
        f"明年{DRILL}（5）场，参与（300）人次",
        f"未能开展{DRILL}（5）场，参与（300）人次",
        f"涪陵区{DRILL}（5）场，参与（300）人次",
        "计划开展应急演练活动（5）场，参与（300）人次",
    ],
)
def test_words_that_take_an_answer_back_withhold_it(tmp_path: Path, text: str) -> None:
    submission = read(tmp_path, text)
    assert values(submission)[0] is None
    said = [f.proposal for f in submission.findings if f.indicator_id and f.indicator_id.endswith(EVENTS)]
    assert "5" in said


@pytest.mark.parametrize(
    "text", ["（300）人次（不含学生）", "（300）人次，尚未开展", "（300）人次有待核实", "（300）人次，均为计划数"]
)
def test_words_behind_the_last_answer(tmp_path: Path, text: str) -> None:
    assert values(read(tmp_path, f"{DRILL}（5）场，参与{text}")) == (5, None)


def test_a_word_right_before_the_printed_ones(tmp_path: Path) -> None:
    assert values(read(tmp_path, f"{DRILL}（5）场，可参与（300）人次")) == (5, None)
    assert values(read(tmp_path, f"{DRILL}（5）场，未参与（300）人次")) == (5, None)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (f"{DRILL}（5）场（已报市局），参与（300）人次", "（已报市局）"),
        (f"{DRILL}（5）场，参与（300）人次（由应急局统计）", "（由应急局统计）"),
        (f"{DRILL}（5）场，参与（300）人次，同比增长20%", "同比增长20%"),
    ],
)
def test_other_words_are_told_and_change_nothing(tmp_path: Path, text: str, told: str) -> None:
    submission = read(tmp_path, text)
    assert values(submission) == (5, 300)
    assert [told in f.found for f in submission.findings if f.rule == "words_beside"] == [True]


@pytest.mark.parametrize(
    "text",
    [
        f"全区共开展{DRILL}（5）场，参与（300）人次",
        f"{DRILL}（5）场（线上），参与（300）人次（含线上）",
        f"群众积极响应，{DRILL}（5）场，参与（300）人次",
        f"模拟{DRILL}（5）场，参与（300）人次",
    ],
)
def test_plain_words_withhold_nothing(tmp_path: Path, text: str) -> None:
    assert values(read(tmp_path, text)) == (5, 300)


@pytest.mark.parametrize(
    "text",
    [
        f"{DRILL}（5）场，覆盖企业30家，参与（300）人次",
        f"{DRILL}（5）场，参与（300）人次，下一步将持续加强",
        f"按照计划开展{DRILL}（5）场，参与（300）人次",
        f"{DRILL}（5）场，参与（300）人次，创历年之最，较去年有所增加",
    ],
)
def test_talk_of_reach_plans_kept_and_the_future_withholds_nothing(tmp_path: Path, text: str) -> None:
    submission = read(tmp_path, text)
    assert values(submission) == (5, 300)
    assert not [f for f in submission.findings if f.rule == "doubt_line"]


def test_another_activity_between_parts_the_people_from_their_sentence(tmp_path: Path) -> None:
    assert values(read(tmp_path, f"{DRILL}（5）场，举办知识竞赛4场，参与（300）人次")) == (5, None)


@pytest.mark.parametrize(
    "text", ["（300）人次？", "（300）人次（此数不准）", "（300）人次（数字偏大，请核）", "（300）人次（重复计算）"]
)
def test_a_clerk_who_is_not_sure(tmp_path: Path, text: str) -> None:
    assert values(read(tmp_path, f"{DRILL}（5）场，参与{text}")) == (5, None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{DRILL}（0）场，参与（0）人次，因暴雨取消", (0, 0)),
        (f"{DRILL}（无人参加）场，参与（没人）人次", (0, 0)),
        (f"{DRILL}（5）场，参与（300）人次，7月还将开展2场", (5, 300)),
        (f"{DRILL}（5）场（与去年持平），参与（300）人次", (5, 300)),
        (f"{DRILL}（5）场，发放资料（800）份，参与（300）人次", (5, 300)),
        (f"{DRILL}（5）场，覆盖（12）个镇街，参与（300）人次", (5, 300)),
        (f"{DRILL}（5）场，参与（120人/次）人次", (5, 120)),
        (f"{DRILL}（5）场，其中镇街（3）场、部门（2）场", (5, None)),
    ],
)
def test_plain_answers_with_more_said(tmp_path: Path, text: str, expected: tuple[float | None, float | None]) -> None:
    assert values(read(tmp_path, text)) == expected


def test_no_proposal_adds_a_rate_or_takes_another_unit(tmp_path: Path) -> None:
    shown = read(tmp_path, f"{DRILL}（5）场，参与率（95）%，参与（300）人次")
    assert {f.proposal for f in shown.findings if f.proposal} <= {"300"}
    turned = read(tmp_path, f"（5）场{DRILL}，（300）人次参与")
    assert not [f for f in turned.findings if f.indicator_id and f.indicator_id.endswith(EVENTS) and f.proposal]


@pytest.mark.parametrize(
    "said",
    ["（37场）场，参与（4037人次）人次", "（37场），参与（4037人次）", "（37场），（4037人次）", "（37场）（4037人次）", "（37场/4037人次）",
     "（37场，4037人次）", "37场/4037人次", "（37）场/（4037）人次", "（37场）/（4037人次）", "（37）场（4037人次）", "（37）场，参与人次（4037）",
     "（37）场，发放宣传材料（800）份，（4037）人次"],
)  # fmt: skip
def test_number_and_unit_in_the_bracket_and_joint_answers(tmp_path: Path, said: str) -> None:
    assert values(read(tmp_path, f"{DRILL}{said}")) == (37, 4037)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("（37）场（930户）", (37, None)),
        ("（37）场，参与人次（ ）", (37, None)),
        ("（37）场（4037人次），参与（50）人次", (37, 50)),
        ("（37）场，参与（4037）人次/（3）次", (37, None)),
        ("（37场/4037人次）场，参与（ ）人次", (None, None)),
        ("（37）场，参会企业（80）家，（4037）人次", (37, None)),
    ],
)
def test_what_only_looks_like_a_joint_answer(tmp_path: Path, said: str, expected: tuple[float, float]) -> None:
    assert values(read(tmp_path, f"{DRILL}{said}")) == expected


@pytest.mark.parametrize("unit", ["平方米", "㎡", "课时", "小时", "天", "亩", "倍", "站", "批", "点击", "观看量"])
def test_a_word_that_nobody_knows_in_the_place_of_the_unit_withholds_the_number(tmp_path: Path, unit: str) -> None:
    assert values(read(tmp_path, f"{DRILL}（5）{unit}，参与（300）人次"))[0] is None


@pytest.mark.parametrize("unit", ["场", "", "场次", "场左右", "余场"])
def test_the_printed_unit_and_what_goes_with_it_change_nothing(tmp_path: Path, unit: str) -> None:
    assert values(read(tmp_path, f"{DRILL}（5）{unit}，参与（300）人次")) == (5, 300)


@pytest.mark.parametrize("unit", ["堂", "节", "座"])
def test_a_counter_that_is_said_for_the_printed_unit_counts_with_a_note(tmp_path: Path, unit: str) -> None:
    found = read(tmp_path, f"{DRILL}（5）{unit}，参与（300）人次")
    assert values(found)[0] == 5
    assert any(f.rule == "words_beside" and unit in f.found for f in found.findings)
