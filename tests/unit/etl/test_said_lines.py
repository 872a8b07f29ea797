"""Reports written in lines without a table: what a line names unmistakably is read, every other number is named."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import docx
import pytest

from etl.catalog import load_catalog
from etl.facts import Submission
from etl.files.intake import Job
from etl.read_file import read_job

CATALOG = load_catalog()
TITLE, HEAD = "重庆市“安全生产月”活动情况统计表", "填报单位：万州区  填报日期：2021年7月1日"


def read(folder: Path, lines: list[str], *, name: str = "a.docx", head: str = HEAD, title: str = TITLE) -> Submission:
    path = folder / name
    if name.endswith(".txt"):
        path.write_text("\n".join([title, head, *lines]), encoding="utf-8")
    else:
        document = docx.Document()
        for line in (title, head, *lines):
            document.add_paragraph(line)
        document.save(str(path))
    (submission,) = read_job(CATALOG, Job(path, path.name, "chongqing-2021", datetime(2021, 7, 1), is_sample=False))
    return submission


def values(submission: Submission) -> dict[str, float]:
    assert {f.unit_id for f in submission.facts} <= {"500101"}
    return {f.indicator_id: f.value for f in submission.facts if f.value is not None}


LABELS = [
    "理论学习中心组学习：12次，参与350人次", "大讲堂、公开课等宣讲：20场，参与2600人次", "媒体报道集中攻坚：5次，刊发新闻报道9篇", "曝光问题隐患：45条",
    "安全宣传咨询日：举办37场，参与4037人次", "消防演练：16场，参与1200人次",
]  # fmt: skip
SAID = {
    "theory_group_sessions": 12, "theory_group_attendance": 350, "lecture_sessions": 20, "lecture_attendance": 2600, "campaign_media_reports": 5,
    "campaign_news_articles": 9, "hazards_exposed": 45, "consultation_events": 37, "consultation_participations": 4037,
}  # fmt: skip


@pytest.mark.parametrize("name", ["a.docx", "a.txt"])
def test_lines_under_the_forms_own_labels(tmp_path: Path, name: str) -> None:
    found = read(tmp_path, LABELS, name=name)
    assert values(found) == SAID
    assert {f.place for f in found.facts if f.value == 4037} == {"段7" if name == "a.docx" else "行7"}
    # 消防演练 is no blank's own name: its numbers are quoted.
    assert {f.words["value"] for f in found.findings if f.rule == "column_unread"} == {"16", "1200"}


def test_headings_and_several_sentences_in_a_line(tmp_path: Path) -> None:
    lines = [
        "一、学习贯彻",
        "理论学习中心组学习12次，350人次参加；公开课20场，参与2600人次。",
        "二、“6·16安全宣传咨询日”活动",
        "举办37场，参与4037人次",
    ]
    assert values(read(tmp_path, lines)) == {i: v for i, v in SAID.items() if v in (12, 350, 20, 2600, 37, 4037)}


def test_what_a_line_says_of_another_time_a_plan_or_a_part_is_named(tmp_path: Path) -> None:
    lines = [
        "去年安全宣传咨询活动20场",
        "计划开展线上活动3场，参与8000人次",
        "共曝光问题隐患12条（其中企业5条）",
        *LABELS[:2],
        "渝北区典型案例3个",
    ]
    found = read(tmp_path, lines)
    assert values(found) == {i: v for i, v in SAID.items() if v in (12, 350, 20, 2600)}
    quoted = "\n".join(f.found for f in found.findings) + "".join(f.words.get("value", "") for f in found.findings)
    assert all(said in quoted for said in ("20场", "8000人次", "12条", "3"))


def test_two_lines_that_differ_are_withheld(tmp_path: Path) -> None:
    found = read(tmp_path, [*LABELS[:2], "安全宣传咨询活动37场", "安全宣传咨询活动30场"])
    assert "consultation_events" not in values(found)
    assert ("column_repeated", "37 / 30") in [(f.rule, f.found) for f in found.findings]


def test_the_files_name_says_whose_report_it_is(tmp_path: Path) -> None:
    assert values(read(tmp_path, LABELS, name="万州区.docx", head="报送单位见文件名")) == SAID


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        (["会议时间6月3日", "参会120人", "理论学习中心组学习3次"], "会议通知"),
        (["今年6月我区组织理论学习中心组学习12次，参与350人次，去年开展咨询活动20场，较前年多3场。"], "活动总结"),
    ],
)
def test_other_texts_are_no_reports(tmp_path: Path, lines: list[str], title: str) -> None:
    assert read(tmp_path, lines, title=title).is_refused
