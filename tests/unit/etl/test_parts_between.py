"""Parts of a blank between its event and how it is counted (咨询活动 over 线上 over 场次), people behind an event that has columns below it,
and months beside what was done so far in a turned table."""

from __future__ import annotations

from tests.cases.tables import read_rows

EVENT = "安全宣传咨询活动"
BLANKS = ("consultation_events", "consultation_participations")


def values(rows: list[list[object]], merged: tuple[str, ...] = ()) -> dict[tuple[str | None, str], float]:
    facts = read_rows(rows, merged=merged, campaign_id="chongqing-2021").facts
    return {(f.unit_id, f.indicator_id): f.value for f in facts if f.value is not None}


READ = {("500101", BLANKS[0]): 16, ("500101", BLANKS[1]): 2417, ("500102", BLANKS[0]): 18, ("500102", BLANKS[1]): 3119}


def test_parts_above_how_they_are_counted_are_added() -> None:
    rows: list[list[object]] = [["区县", EVENT, None, None, None], [None, "线上", None, "线下", None]]
    rows += [[None, "场次", "人次", "场次", "人次"], ["万州区", 6, 417, 10, 2000], ["涪陵区", 8, 519, 10, 2600]]
    assert values(rows, ("A1:A3", "B1:E1", "B2:C2", "D2:E2")) == READ


def test_one_part_alone_is_no_blank_that_is_called_so() -> None:
    rows: list[list[object]] = [["区县", EVENT, None, "曝光问题隐患（条）"], [None, "线上（场）", "参与（人次）", None]]
    rows += [["万州区", 6, 417, 45], ["涪陵区", 8, 519, 38]]
    found = read_rows(rows, merged=("A1:A2", "B1:C1", "D1:D2"), campaign_id="chongqing-2021")
    assert {f.indicator_id for f in found.facts if f.value is not None} == {"hazards_exposed"}
    assert {f.words["value"] for f in found.findings if f.rule == "column_unread"} == {"6、8", "417、519"}


def test_people_behind_an_event_with_columns_below_it_are_the_event_s() -> None:
    heads: list[list[object]] = [
        ["区县", f"{EVENT}（场）", None, "参与（人次）", None],
        [None, "本周", "累计", "本周", "累计"],
    ]
    rows = [*heads, ["万州区", 6, 16, 417, 2417], ["涪陵区", 8, 18, 519, 3119]]
    assert values(rows, ("A1:A2", "B1:C1", "D1:E1")) == READ
    heads = [["区县", f"{EVENT}（场）", None, None, "参与（人次）"], [None, "企业", "学校", "合计", None]]
    rows = [*heads, ["万州区", 6, 10, 16, 2417], ["涪陵区", 8, 10, 18, 3119]]
    assert values(rows, ("A1:A2", "B1:D1", "E1:E2")) == READ


def test_months_of_a_unit_beside_what_was_done_so_far() -> None:
    rows: list[list[object]] = [["指标", "万州区", None, "涪陵区", None], [None, "6月", "累计", "6月", "累计"]]
    rows += [[f"{EVENT}（场）", 6, 16, 8, 18], ["参与（人次）", 417, 2417, 519, 3119]]
    assert values(rows, ("A1:A2", "B1:C1", "D1:E1")) == READ
