"""What a load and a check say at their end: all who are missing, and no decision called lapsed whose file was not asked for."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

from etl.decisions.decide import take_down
from etl.report import summary_lines
from etl.run import Wanted, rehearse
from tests.unit.etl.test_decisions import CAMPAIGN, COUNT, catalog, form


def test_every_missing_unit_is_named(tmp_path: Path) -> None:
    form(tmp_path / CAMPAIGN / "a.docx", **{COUNT: "12"})
    form(tmp_path / CAMPAIGN / "b.docx", "江北区")  # nothing is filled in
    (line,) = [x for x in summary_lines(rehearse(Wanted((tmp_path,)))) if "未报" in x and CAMPAIGN in x]
    roster = [u.short_name for u in catalog().roster(catalog().campaigns[CAMPAIGN])]
    assert line.split("：")[-1].split("、") == [name for name in roster if name != "渝北"]
    assert f"未报 {len(roster) - 1} 个" in line


def test_a_check_of_other_files_calls_no_decision_lapsed(tmp_path: Path) -> None:
    inbox, other = tmp_path / "inbox" / CAMPAIGN, tmp_path / "other" / CAMPAIGN
    digest = form(inbox / "a.docx", **{COUNT: "12"})
    form(other / "b.docx", "江北区", **{COUNT: "3"})
    decisions = tmp_path / "decisions.csv"
    item = {"kind": "value", "source_sha256": digest, "unit_id": "500112", "indicator_id": COUNT, "expect": "12"}
    fields = {"value": "15", "reason": "笔误", "decided_by": "综合科", "form_id": CAMPAIGN}
    take_down(catalog(), json.dumps([{**item, **fields}]), decisions, datetime(2021, 7, 3))
    said = "\n".join(summary_lines(rehearse(Wanted((other,), decisions_file=decisions))))
    assert "失效" not in said and "lapsed" not in said and "1 条人工更正的文件不在本次读取之列" in said
    # Among the files that are read, a text that is another still is a lapse.
    form(inbox / "a.docx", **{COUNT: "12"}, lecture_sessions="3")
    take_down(catalog(), json.dumps([{**item, **fields, "expect": "11"}]), decisions, datetime(2021, 7, 4))
    form(inbox / "a.docx", **{COUNT: "12"})
    assert "1 条人工更正已失效" in "\n".join(summary_lines(rehearse(Wanted((inbox,), decisions_file=decisions))))
