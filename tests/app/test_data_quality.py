"""Data quality: scores, counts and lists are those of the release; states, published figures, both languages, hostile words."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from dashboard.components import parts
from dashboard.format import percent
from dashboard.quality import DIMENSIONS, Score, Whole, by_rule, by_unit, grade, over_all, score_of
from dashboard.records.quality import Finding, QualityScore
from dashboard.tables import Table
from tests.app.release_builder import EMPTY, SMALL, build_release
from tests.app.running import CJK, chart_keys, metrics, plain_words, run, words

PAGE = "data_quality"
CAMPAIGNS = ("chongqing-2021", "ningxia-2021", "jincheng-2022", "jilin-2021")
OPEN = (
    "from finding f left join submission s using (submission_id)"
    " where f.campaign_id = ? and coalesce(s.status, '') <> 'superseded'"
)


def query(campaign: str, **more: str) -> dict[str, str]:
    area, year = campaign.rsplit("-", 1)
    return {"area": area, "year": year, **more}


def percent_of(release: duckdb.DuckDBPyConnection, campaign: str, dimension: str) -> float | None:
    row = release.execute(
        "select 100.0 * sum(n_good) / nullif(sum(n_all), 0) from quality_score where campaign_id = ? and dimension = ?",
        [campaign, dimension],
    ).fetchone()
    return row[0] if row else None


@pytest.mark.parametrize("campaign", CAMPAIGNS)
def test_scores_and_number_of_findings_are_those_of_the_release(
    sample_releases: Path, release: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch, campaign: str
) -> None:
    app = run(sample_releases, monkeypatch, PAGE, **query(campaign))
    shown = list(metrics(app).values())
    assert len(shown) == len(DIMENSIONS)
    for value, dimension in zip(shown, DIMENSIONS, strict=True):
        want = percent_of(release, campaign, dimension)
        found = value[0] if isinstance(value, tuple) else str(value)
        if want is None:
            assert "—" in found
        else:
            assert abs(float(found.rstrip("%")) - want) <= 0.051, (dimension, found, want)
    row = release.execute(
        "select count(*) filter (f.level <> 'note'), count(*) filter (f.level <> 'note' and f.state = 'open'),"
        f" count(*) filter (f.level = 'note') {OPEN}",
        [campaign],
    ).fetchone()
    assert row is not None
    asking, is_open, notes = row
    said = plain_words(app)
    assert (f"{asking} 条差错和提醒中 {is_open} 条未处理" if asking else "没有差错或提醒") in said
    # Notes ask nothing of anybody: they are named as notes, and not as undone.
    assert (f"；另有说明 {notes} 条，不必处理" in said) == bool(notes)


def test_no_unit_scores_more_than_all_and_unreported_is_not_full(release: duckdb.DuckDBPyConnection) -> None:
    assert release.execute("select * from quality_score where n_good < 0 or n_good > n_all").fetchall() == []
    silent = (
        "select q.n_good from quality_score q join unit_report u using (campaign_id, unit_id)"
        " where u.state = 'not_reported' and dimension = 'completeness' and q.n_good > 0"
    )
    assert release.execute(silent).fetchall() == []
    roster = (
        "select count(*) from roster r join campaign c using (campaign_id) where c.has_data and c.basis <> 'published'"
    )
    (units,) = release.execute(roster).fetchall()[0]
    (rows,) = release.execute("select count(*) from quality_score").fetchall()[0]
    assert rows == len(DIMENSIONS) * units


def test_completeness_is_of_the_reports_received_and_says_so(
    sample_releases: Path, release: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who sent nothing is in the reporting rate; 41 units of which 38 reported are not 3 tables of empty blanks."""
    answered, blanks, reports, silent = release.execute(
        "select sum(n_reported + n_not_applicable) filter (state = 'reported'), sum(n_blanks) filter (state = 'reported'),"
        " count(*) filter (state = 'reported'), count(*) filter (state = 'not_reported')"
        " from unit_report where campaign_id = 'chongqing-2022'"
    ).fetchall()[0]
    assert silent
    for lang, told in (
        ("zh", f"{reports} 份报表共 {blanks:,} 个空，{silent} 个单位未报不计"),
        ("en", f"{blanks:,} blanks in {reports} reports ({silent} not received)"),
    ):
        app = run(sample_releases, monkeypatch, PAGE, **query("chongqing-2022", lang=lang))
        value, note = metrics(app)[{"zh": "完整", "en": "Complete"}[lang]]
        assert value == percent(100 * answered / blanks) and note == told
    due, in_time = release.execute(
        "select sum(n_all), sum(n_good) from quality_score where campaign_id = 'chongqing-2022' and dimension = 'timeliness'"
    ).fetchall()[0]
    assert (
        metrics(run(sample_releases, monkeypatch, PAGE, **query("chongqing-2022")))["按时"][1]
        == f"到期 {due} 份，按时 {in_time} 份"
    )


def test_the_slip_is_listed_with_its_cell_and_what_was_meant(
    sample_releases: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = run(sample_releases, monkeypatch, PAGE, **query("ningxia-2021"))
    app.selectbox(key="quality_rule").set_value("scale_suspect").run()
    text = plain_words(app)
    assert "1,470,000" in text and "147" in text and "空" in text
    assert "14 条中列出 2 条" in text


def test_published_contradiction_is_shown_whatever_the_area(
    sample_releases: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for campaign in ("chongqing-2021", "jilin-2021"):
        text = plain_words(run(sample_releases, monkeypatch, PAGE, **query(campaign)))
        assert "山东省2023年" in text and "挂牌督办的重大隐患" in text


def test_not_enough_history_is_said(sample_releases: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "历史不足" in words(run(sample_releases, monkeypatch, PAGE, **query("ningxia-2021")))


def test_english_has_no_chinese_but_names_and_quotes(sample_releases: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = run(sample_releases, monkeypatch, PAGE, **query("chongqing-2021", lang="en"))
    heads = [m.label for m in app.metric] + [b.label for b in app.selectbox]
    assert not [h for h in heads if CJK.search(h)]
    assert chart_keys(app) == {"rules"}


@pytest.mark.parametrize("spec", [SMALL, EMPTY], ids=["small", "empty"])
def test_a_release_without_scores_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, spec: object) -> None:
    build_release(tmp_path, spec)  # type: ignore[arg-type]
    app = run(tmp_path, monkeypatch, PAGE)
    assert not app.exception


def score(
    unit: str, dimension: str, good: int, every: int, *, reported: bool = True, whole: bool = False
) -> QualityScore:
    return QualityScore(unit, unit, unit, unit, dimension, good, every, whole, reported)


def test_arithmetic_of_scores() -> None:
    rows = [score("a", "time", 19, 20), score("b", "time", 0, 0), score("c", "time", 7, 10)]
    assert over_all(rows, "time", 10) == Whole(Score(26, 30, 100 * 26 / 30), 2, 0)
    assert over_all([score("b", "time", 0, 0)], "time", 10) == Whole(Score(0, 0, None), 0, 0)
    assert [grade(r, 10) for r in rows] == ["good", "none", "poor"]
    assert grade(score("a", "internal", 0, 0, reported=False), 10) == "missing"
    assert grade(score("a", "timeliness", 1, 1, reported=False), 10) == "good"
    finding = Finding(
        "1", "error", "r", "规", "r", "a", "a", "a", None, "", "", None, "", "", "", None, "", "", "current"
    )
    closed = Finding(
        "2",
        "error",
        "r",
        "规",
        "r",
        "c",
        "c",
        "c",
        None,
        "",
        "",
        None,
        "",
        "",
        "",
        None,
        "",
        "",
        "current",
        "explained",
    )
    assert [u.n_open["error"] for u in by_unit(rows, [finding, closed])] == [1, 0, 0]
    mere = replace(finding, level="note")
    assert [f.standing for f in (finding, closed, mere)] == ["open", "explained", "note"]
    (rule,) = by_rule([mere, mere], "zh")
    assert rule.by_state == {"note": 2}


@pytest.mark.parametrize(
    ("good", "every", "share", "found"),
    [(0, 1, None, "few"), (2, 3, None, "few"), (9, 9, None, "good"), (9, 10, 90.0, "fair"), (0, 10, 0.0, "poor"),
     (0, 0, None, "none")],
)  # fmt: skip
def test_few_judged_are_no_percentage(good: int, every: int, share: float | None, found: str) -> None:
    row = score("a", "internal", good, every)
    assert score_of(good, every, 10).share == share == over_all([row], "internal", 10).score.share
    assert grade(row, 10) == found


def test_a_report_that_looks_copied_is_in_doubt_not_inconsistent_by_every_count() -> None:
    assert grade(score("a", "internal", 0, 43, whole=True), 10) == "whole"
    assert grade(score("a", "internal", 0, 0, whole=True), 10) == "none"


def test_the_export_holds_no_percentage_of_few_and_nothing_that_excel_takes_for_a_day(
    sample_releases: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept: dict[str, Table] = {}
    monkeypatch.setattr(parts, "download_buttons", lambda view, table, key: kept.update({key: table}))
    run(sample_releases, monkeypatch, PAGE, **query("ningxia-2021"))
    table = kept["scores"]
    for row in table.rows:
        for share, ratio in zip(row[1:9:2], row[2:9:2], strict=True):
            m, n = map(int, re.findall(r"\d+", str(ratio.exported)))
            assert (share.value is None) == (m < 10), (share, ratio)
            assert str(ratio.exported) == f"{m} 个中 {n} 个" and "/" not in str(share.exported)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("campaign", CAMPAIGNS)
def test_the_strip_shows_percentages_only_of_enough(
    sample_releases: Path, release: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch, campaign: str, lang: str
) -> None:
    app = run(sample_releases, monkeypatch, PAGE, **query(campaign, lang=lang))
    rows = release.execute(
        "select q.n_good, q.n_all, coalesce(p.state = 'reported', true) or q.dimension = 'timeliness' from quality_score q"
        " join roster r using (campaign_id, unit_id) left join unit_report p using (campaign_id, unit_id)"
        " where campaign_id = ? order by r.position, list_position(['completeness', 'timeliness', 'internal', 'time'],"
        " q.dimension)",
        [campaign],
    ).fetchall()
    cells = re.findall(r'<td class="m [a-z-]+" title="[^"]*">([^<]*)</td>', words(app))
    assert len(cells) == len(rows)
    dash = {"zh": "—", "en": "–"}[lang]
    for (good, every, is_reported), cell in zip(rows, cells, strict=True):
        few = {"zh": f"{every} 个中 {good} 个", "en": f"{good} of {every}"}[lang]
        want = "" if not is_reported else dash if not every else few if every < 10 else percent(100 * good / every)
        assert cell == want, (good, every)
    assert any(" 个中 " in cell or " of " in cell for cell in cells) == any(0 < every < 10 for _, every, _ in rows)


def test_the_headline_names_no_unit(sample_releases: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who has most findings is in the table, in administrative order; the headline ranks nobody."""
    app = run(sample_releases, monkeypatch, "data_quality", area="chongqing", year="2021")
    (line,) = re.findall(
        r'<p class="atlas-headline"><strong>[^<]*未处理的差错或提醒[^<]*</strong>([^<]*)</p>', words(app)
    )
    assert re.fullmatch(r"；一个单位最多 \d+ 条。", line)
