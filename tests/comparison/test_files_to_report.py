"""Local names, local additions and a changed hotline: from filled files to what the page and the report say."""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb
import pytest

from dashboard import queries
from dashboard.components.changes import measure_changes
from dashboard.components.facts_table import facts_table
from dashboard.components.page import View
from dashboard.components.year_basis import basis_lines
from dashboard.reports.blocks import Para
from dashboard.reports.data import gather
from dashboard.reports.words import outline
from dashboard.statements.district import read_facts
from tests.app.release_builder import publish
from tests.app.running import plain_words, run
from tests.comparison.files import load, opened, send

TOURS = {"thematic_tours": "3", "regional_tours": "2", "online_tours": "1", "hazards_exposed": "40"}
LOCAL = {
    "government_meeting_briefings": "6",
    "bases_new": "2",
    "bases_planned": "5",
    "bases_other": "4",
    "public_reports": "12350举报9",
}
CQ = {"area": "chongqing", "year": "2022", "base": "2021", "measure": "public_reports"}
JC = {"area": "jincheng", "year": "2022", "base": "2021", "measure": "public_reports"}


@pytest.fixture(scope="module")
def releases(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two districts and a county, two years."""
    folder, built = tmp_path_factory.mktemp("inbox"), tmp_path_factory.mktemp("releases")
    send(folder, "chongqing-2021", "渝北区", TOURS | LOCAL)
    send(folder, "chongqing-2021", "城口县", TOURS, {"安全生产渝州行": "安全生产万里行"})
    send(folder, "chongqing-2022", "渝北区", {"public_reports": "12", "problems_exposed": "50"})
    send(folder, "jincheng-2021", "泽州县", {"public_reports": "12350举报9", "thematic_tours": "3"})
    send(folder, "jincheng-2022", "泽州县", {"public_reports": "12345热线举报15"})
    load(folder, built)
    return built


def report_text(view: View) -> str:
    return "\n".join(block.text for block in outline(gather(view, ())) if isinstance(block, Para))


def test_15_a_tour_under_another_name_is_the_same_activity(releases: Path) -> None:
    """A county that wrote 安全生产万里行 for 渝州行 is read, added and shown like the others; each place has its own name."""
    with opened(releases, area="chongqing", year="2021", base="none", measure="events") as view:
        rows = view.source.connection.execute(
            "select u.name, f.indicator_id, f.value from current_fact f join unit u using (unit_id)"
            " where f.campaign_id = 'chongqing-2021' and f.indicator_id like '%_tours' order by all"
        ).fetchall()
        assert len(rows) == 6 and {(i, v) for n, i, v in rows if n == "城口县"} == {
            (i, v) for n, i, v in rows if n == "渝北区"
        }
        params = {"campaign_id": "chongqing-2021", "form_id": "chongqing-2021", "measure_id": "events", "scope": ""}
        of_tour = [a for a in queries.query_activity_values(view.source, params) if a.activity_id == "tour"]
        assert [(a.short_zh, a.value, a.n_units_reported) for a in of_tour] == [("渝州行", 12, 2)]
        held = [h for h in queries.query_held_states(view.source, "chongqing-2021", "") if h.activity_id == "tour"]
        assert sorted(h.unit_id for h in held if h.state == "held") == ["500112", "500229"]
        heads = [column.label for table in gather(view, ()).tables for column in table.columns]
        assert "渝州行" in heads and not any("万里行" in head for head in heads)
    for query, own in ((CQ, "“安全生产渝州行”"), (JC, "“晋城安全行”")):
        with opened(releases, **query) as view:
            assert any(own in line for line in basis_lines(view, measure_changes(view)))


def test_16_a_local_addition_is_read_and_shown_and_compared_with_nothing(
    releases: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It stands in the district's table; year over year lists it among what has no partner; no total or report rests on it."""
    labels = {"常务会和工作例会通报", "体验基地计划", "体验基地其他"}
    with opened(releases, area="chongqing", year="2021", base="none", measure="events") as view:
        unit = next(u for u in view.choices.units_of(view.campaign) if u.unit_id == "500112")
        shown = {row[1].text: row[2].text for row in facts_table(view, read_facts(view, unit)).rows}
        assert {shown[label] for label in labels} == {"6", "5", "4"}
        total = queries.query_totals(view.source, "chongqing-2021")["events"]
        assert total.value == 12, "a briefing in a meeting and a plan are no events"
    page = plain_words(run(releases, monkeypatch, "year_over_year", **CQ))
    vanished = page.split("基年有、今年没有（")[1].split("新增（")[0]
    assert all(label in vanished for label in labels)
    with opened(releases, **CQ) as view:
        told = report_text(view)
        assert not [label for label in labels if label in told]
        assert not [f for f in queries.query_national_facts(view.source, 2021, "events") if f.label_zh in labels]


def test_18_a_hotline_is_no_count_and_its_change_is_told_as_far_as_it_is_known(
    releases: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The number typed with the count is left out of it. One form not seen: page and report say that nobody can tell."""
    with opened(releases, **JC) as view:
        row = next(r for r in measure_changes(view).rows if r.is_comparable)
        assert (row.base_value, row.value) == (9, 15), "neither 12350 nor 12345 is counted"
        assert "由 12350 改为 12345，但 2021 年的通知没有见到" in report_text(view)
    assert "2021 年的通知没有见到，是否真的改过不能断定" in plain_words(
        run(releases, monkeypatch, "year_over_year", **JC)
    )
    with opened(releases, **CQ) as view:
        told = report_text(view)
        assert "举报热线：2022 年的通知没有见到，是否改过不能断定" in told and "举报热线未变" not in told
    # The same files, had both notices been seen.
    built = Path(shutil.copy(releases / "r.duckdb", tmp_path / "r.duckdb"))
    with duckdb.connect(str(built)) as con:
        con.execute("update form set completeness = 'complete'")
        con.execute("update campaign set basis = 'notice' where basis = 'assumed'")
    publish(tmp_path, built, "r")
    with opened(tmp_path, **JC) as view:
        assert "举报热线由 12350 改为 12345，举报数来自不同渠道" in report_text(view)
    with opened(tmp_path, **CQ) as view:
        assert "举报热线未变（12350）" in report_text(view)
