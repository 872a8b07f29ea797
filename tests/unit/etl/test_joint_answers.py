"""One number for several blanks is no blank's answer; the form's own requirement is nobody's."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from etl.catalog import Catalog, load_catalog
from etl.extract.activity import extract_activity
from etl.extract.slots import plan_activity
from etl.files.intake import Job
from etl.form.read_fill import read_fill
from etl.read_file import read_job

FORM = "chongqing-2021"


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load_catalog()


def values(catalog: Catalog, activity_id: str, text: str, form_id: str = FORM) -> dict[str, float]:
    """What counts of one activity's text."""
    form = catalog.forms[form_id]
    activity = next(a for a in form.activities if a.activity_id == activity_id)
    fills = extract_activity(plan_activity(form, activity), text).fills
    read = {i.indicator_id: read_fill(i, fills[i.indicator_id]).value for i in activity.indicators}
    return {i: v for i, v in read.items() if v is not None}


BASES = "应急科普宣传教育和安全体验基地建设情况："


@pytest.mark.parametrize(
    ("activity_id", "text"),
    [
        ("five_entries", f"{BASES}新建和改扩建（9680）个"),
        ("five_entries", f"{BASES}新建、改扩建共（9）个"),
        ("tour", "开展“专题行”、“区域行”、“网上行”(6906)次"),
        ("tour", "开展专题行、区域行、网上行共9次"),
        ("tour", "组织观看典型事故警示教育片和参观警示教育展览（15）场，参与（900）人次"),
        ("tour", "组织观看警示教育片和参观警示教育展览（15）场，参与（900）人次"),
        ("consultation_day", "参与知识竞赛和“走进安全体验场馆”（77）人次"),
        ("consultation_day", "参与网上展览、知识竞赛、“走进安全体验场馆”、直播答题（77）人次"),
    ],
)
def test_a_joint_number_is_no_blank_s_answer(catalog: Catalog, activity_id: str, text: str) -> None:
    assert values(catalog, activity_id, text) == {}


FILM = "专题学习《生命重于泰山——学习习近平总书记重要论述》电视专题片"


@pytest.mark.parametrize("joined", ["参加和", "参与和", "参与、", "参加及", "参加并"])
def test_people_of_two_sentences_in_one_number_are_nobody_s(catalog: Catalog, joined: str) -> None:
    text = f"理论学习中心组学习(3)次,{joined}{FILM}(40)人次。"
    assert values(catalog, "study", text, "ningxia-2021") == {"theory_group_sessions": 3.0}
    printed = f"理论学习中心组学习(3)次,参与(30)人次;{FILM}(40)人次。"
    assert values(catalog, "study", printed, "ningxia-2021")["feature_film_attendance"] == 40.0


@pytest.mark.parametrize(
    ("activity_id", "text", "expected"),
    [
        ("tour", "开展专题行和区域行2次，网上行3次", {"online_tours": 3.0}),
        ("tour", "开展“区域行”（2）次，“网上行”（3）次", {"regional_tours": 2.0, "online_tours": 3.0}),
        # The first blank was deleted and its unit stayed: the second number is the second blank's alone.
        ("five_entries", f"{BASES}新建个，改扩建（9）个", {"bases_expanded": 9.0}),
    ],
)
def test_a_number_of_its_own_is_read(catalog: Catalog, activity_id: str, text: str, expected: dict[str, float]) -> None:
    assert values(catalog, activity_id, text) == expected


def test_the_printed_requirement_answers_nothing(catalog: Catalog, tmp_path: Path) -> None:
    """Each district exposes “one typical case”: the form pasted as text, the blank for it deleted."""
    lines = ["重庆市2021年“安全生产月”活动进展情况统计表", "填报单位（盖章）：大渡口区　填报日期：2021年7月1日"]
    for activity in catalog.forms[FORM].activities:
        typed = {i.indicator_id: "（7）" if i.kind == "count" else "□是☑否" for i in activity.indicators}
        texts = [p if isinstance(p, str) else typed[p.indicator_id] for p in activity.parts]
        text = "".join(texts).replace("（（7））", "（7）").replace("，本辖区主流媒体曝光典型案例（7）个", "")
        lines += [activity.title_zh, activity.requirement_zh, text]
    path = tmp_path / "表.txt"
    path.write_text("\n".join(lines), encoding="utf-8")
    (read,) = read_job(catalog, Job(path, path.name, FORM, datetime(2021, 7, 1), is_sample=False))
    facts = {f.indicator_id: f.value for f in read.facts}
    assert facts["typical_cases_exposed"] is None
    assert facts["hazards_exposed"] == facts["media_reposts"] == 7


@pytest.mark.parametrize(
    ("between", "is_counted"),
    [("、", False), ("，", False), ("；", True), ("，参与（70）人次；", True)],
)
def test_people_behind_two_events_are_the_last_ones_only_where_a_stop_parts_them(
    catalog: Catalog, between: str, is_counted: bool
) -> None:
    text = f"观看警示教育片（11）场{between}参观警示教育展览（5）场，参与（600）人次；"
    found = values(catalog, "tour", text)
    assert (found["warning_film_screenings"], found["warning_exhibition_visits"]) == (11, 5)
    assert found.get("warning_exhibition_attendance") == (600 if is_counted else None)
