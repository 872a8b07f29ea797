"""Figures told in a chat: assigned to a campaign they are proposed in one go, nothing counts before it is accepted."""

from __future__ import annotations

import hashlib
from datetime import datetime
from pathlib import Path

import pytest

from etl.decisions.files import FileDecision
from etl.facts import Submission
from etl.files.intake import Job
from etl.read_file import read_job
from tests.unit.etl.test_decisions import CAMPAIGN, COUNT, Desk, desk, form  # noqa: F401 - a fixture
from tests.unit.etl.test_told_beside import CATALOG

CHAT = """潼南区应急局 张三 10:32
各位领导，潼南区2021年安全生产月活动情况如下：
理论学习中心组学习12次，参与356人次；组织集中学习观看48场，参与2300人次；开展安全生产“大讲堂”“大家谈”“公开课”“微课堂”和在线访谈、基层宣讲60场，参与4500余人次。
曝光问题隐患88条，本辖区主流媒体曝光典型案例2个，媒体转发报道9篇。
开展安全宣传咨询活动30场，参与约1.1万人次；收到。
举报电话12350
"""


def read(folder: Path, text: str, *, is_assigned: bool = True) -> Submission:
    path = folder / "微信_潼南.txt"
    path.write_text(text, encoding="utf-8")
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    decided = {digest: FileDecision(campaign_id="chongqing-2021")} if is_assigned else {}
    job = Job(path, path.name, None, datetime(2021, 7, 1), is_sample=False, decided=decided)
    (submission,) = read_job(CATALOG, job)
    return submission


def test_a_chat_assigned_to_a_campaign_is_proposed(tmp_path: Path) -> None:
    submission = read(tmp_path, CHAT)
    assert not submission.is_refused and not any(f.value is not None for f in submission.facts)
    proposals = {f.indicator_id: f.proposal for f in submission.facts if "told_in_prose" in f.flags}
    assert proposals.items() >= {
        ("theory_group_sessions", "12"), ("theory_group_attendance", "356"),
        ("lecture_sessions", "60"), ("consultation_events", "30"),
    }  # fmt: skip
    assert set(proposals.values()) == {"12", "356", "48", "2300", "60", "4500余", "88", "2", "9", "30", "约1.1万"}
    assert submission.unit_id == "500152"
    (said,) = (f for f in submission.findings if f.rule == "prose_read")
    assert all(n in said.words["basis"] for n in ("12", "356", "48", "2300", "60", "4500", "88", "9", "30", "1.1万"))
    told = [f for f in submission.findings if f.rule == "told_in_prose"]
    assert {f.indicator_id: f.proposal for f in told} == proposals


def test_without_a_campaign_it_is_refused_quoted_and_says_what_to_do(tmp_path: Path) -> None:
    submission = read(tmp_path, CHAT, is_assigned=False)
    (said,) = (f for f in submission.findings if f.rule == "form_not_recognised")
    assert submission.is_refused and "指定活动" in said.words["remedy"]
    assert all(n in said.words["basis"] for n in ("12", "356", "48", "2300", "60", "4500", "88", "9", "30", "1.1万"))


@pytest.mark.parametrize(
    "text",
    [
        "渝北区：理论学习中心组学习12次；\n江北区：理论学习中心组学习13次",
        "今天天气很好，参加培训的有12人，请大家下午3点开会。",
        "理论学习中心组学习情况待报",
        "会议通知\n会议时间6月3日，参会120人",
    ],
)
def test_of_what_is_no_report_of_one_unit_nothing_is_proposed(tmp_path: Path, text: str) -> None:
    submission = read(tmp_path, text)
    (said,) = (f for f in submission.findings if f.rule == "form_not_recognised")
    assert submission.is_refused and "抄进该活动的空白表" in said.words["remedy"]
    assert not any(f.proposal for f in submission.facts)


def test_what_is_accepted_of_a_chat_counts_and_nothing_else(desk: Desk) -> None:  # noqa: F811
    desk.inbox.mkdir(parents=True)
    path = desk.inbox.parent / "inbox" / "微信_潼南.txt"
    path.parent.mkdir()
    path.write_text(CHAT, encoding="utf-8")
    desk.inbox = path.parent
    form(desk.inbox / "a.docx", "江北区", **{COUNT: "3"})
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    desk.load()
    assert desk.rows("select rule from finding where level = 'error'") == [("form_not_recognised",)]
    desk.decide(kind="campaign", source_sha256=digest, value=CAMPAIGN)
    desk.load()
    told = "from current_fact where value is not null and unit_id = '500152'"
    assert desk.rows(f"select count(*) {told}") == [(0,)]
    for blank, raw, proposal in desk.rows(
        "select indicator_id, found, proposal from finding where rule = 'told_in_prose' order by 1 limit 3"
    ):
        desk.decide(
            kind="accept", source_sha256=digest, unit_id="500152", indicator_id=blank, expect=raw, value=proposal
        )
    desk.load()
    # Accepted as they were told: nothing for the district to confirm.
    assert desk.rows("select rule from finding where rule in ('confirmed', 'corrected')") == [("confirmed",)] * 3
    values = desk.rows(f"select unit_id, indicator_id, value {told} order by 2")
    assert values == [
        ("500152", "consultation_events", 30.0), ("500152", "consultation_participations", 11000.0),
        ("500152", "feature_film_attendance", 2300.0),
    ]  # fmt: skip


def test_sentences_of_ones_own_are_proposed_where_they_name_one_blank(tmp_path: Path) -> None:
    text = (
        "各位领导好！\n万州区安全生产月情况：中心组学习8次，350人参加；应急演练23场，参与4600人次；"
        "宣传咨询日活动现场1场，发放资料8000份；曝光隐患12条，典型案例3个；曝光隐患15条。\n"
    )
    submission = read(tmp_path, text)
    proposals = {f.indicator_id: f.proposal for f in submission.facts if f.proposal}
    assert proposals.items() >= {("theory_group_sessions", "8"), ("theory_group_attendance", "350")}
    assert "8000" not in proposals.values()
    # Said twice, and not the same: neither is proposed, both are quoted.
    assert "hazards_exposed" not in proposals
    (said,) = (f for f in submission.findings if f.rule == "prose_read")
    assert all(n in said.words["basis"] for n in ("8次", "350人", "4600人次", "8000份", "12条", "15条"))
    assert not any(f.value is not None for f in submission.facts)
