"""A report under an activity, an as-of day and chosen units says one thing: which figures are of what, and up to when."""

from __future__ import annotations

import re
from pathlib import Path

import duckdb
import pytest

from dashboard.__main__ import parser, query_of
from dashboard.components.changes import measure_changes
from dashboard.components.of_activity import own_view
from dashboard.components.page import for_measure
from dashboard.components.unit_choice import rate_text
from dashboard.components.year_basis import basis_lines
from dashboard.release import Database
from dashboard.reports.data import gather
from dashboard.reports.docx import to_docx
from dashboard.reports.opening import view_of
from dashboard.reports.xlsx import to_xlsx
from tests.app.running import metrics, plain_words, run
from tests.reports.reading import sheet_rows, word_lines, word_tables

ACTIVITY = {"area": "chongqing", "year": "2021", "base": "2020", "activity": "study"}
DAY = {"area": "chongqing", "year": "2021", "base": "2020", "as_of": "2021-06-20"}
GROUPS = {
    "area": "chongqing", "year": "2022", "base": "2021", "units": "500101,500102,500103", "vs": "500104,500106",
}  # fmt: skip


def word_of(source: Database, query: dict[str, str]) -> bytes:
    return to_docx(gather(view_of(source, query), ()), {})


@pytest.mark.parametrize(
    ("lang", "every", "none"), [("zh", "全部活动", "表中无此项"), ("en", "All activities", "not asked")]
)
def test_a_measure_that_knows_no_activity_is_told_over_all_in_every_part(
    source: Database, lang: str, every: str, none: str
) -> None:
    content = word_of(source, ACTIVITY | {"lang": lang})
    text = "\n".join(word_lines(content))
    assert not re.search("表不含|does not ask for", text), "the form does ask for hazards"
    label = "曝光问题隐患" if lang == "zh" else "Hazards exposed"
    told = [line for line in word_lines(content) if line.startswith(label)]
    assert len(told) >= 3 and all(every in line for line in told), told
    assert not any("无可比的数" in line or "no comparable figure" in line for line in told)
    head, *rows = word_tables(content)[0]
    assert every in head[2] and every in head[4] and every not in head[1]
    assert sum(row[2] == none for row in rows) == 0
    sheets = sheet_rows(to_xlsx(gather(view_of(source, ACTIVITY | {"lang": lang}), ())))
    assert any(name.startswith(label) and every in name for name in sheets)


def test_the_years_of_such_a_measure_are_compared_and_the_page_says_over_what(
    sample_releases: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    query = ACTIVITY | {"measure": "hazards_exposed"}
    page = run(sample_releases, monkeypatch, "year_over_year", **query)
    whole = run(sample_releases, monkeypatch, "year_over_year", **{n: v for n, v in query.items() if n != "activity"})
    assert metrics(page) == metrics(whole) and metrics(page)
    said = "没有单列曝光问题隐患，以下为全部活动的数"
    assert said in plain_words(page) and said not in plain_words(whole)
    assert "两年都填的可比指标" not in plain_words(page)
    assert said in plain_words(run(sample_releases, monkeypatch, "overview", **query))


def test_the_day_and_what_it_acts_on_stand_in_the_stamp(source: Database) -> None:
    data = gather(view_of(source, DAY), ())
    assert "报送与职责按截至 2021-06-20" in data.stamp.line and "2021-06-20" in data.stamp.property_line
    about = sheet_rows(to_xlsx(data))[data.stamp.about.title]
    assert ("截至日期（只作用于报送与职责）", "2021-06-20") in [row[:2] for row in about]
    lines = word_lines(to_docx(data, {}))
    assert any(line.startswith("按全部已收到的材料") and "已报送" in line for line in lines)
    assert "截至" not in gather(view_of(source, {n: v for n, v in DAY.items() if n != "as_of"}), ()).stamp.duties


def test_the_command_takes_a_day(source: Database) -> None:
    asked = parser().parse_args(["report", "--campaign", "chongqing-2021", "--as-of", "2021-06-20", "--out", "a.docx"])
    assert view_of(source, query_of(source, asked)).filters.as_of == "2021-06-20"


@pytest.mark.parametrize(("page", "is_said"), [("overview", True), ("hazards", True), ("reporting", False)])
def test_a_page_that_the_day_does_not_act_on_says_so(
    sample_releases: Path, monkeypatch: pytest.MonkeyPatch, page: str, is_said: bool
) -> None:
    text = plain_words(run(sample_releases, monkeypatch, page, **DAY))
    assert ("只作用于“报送”页" in text) == is_said


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_refused_pairs_are_those_of_the_measure_each_with_its_reason(source: Database, lang: str) -> None:
    view = view_of(source, {"area": "chongqing", "year": "2022", "base": "2021", "lang": lang})
    one, other = (
        basis_lines(own, measure_changes(own))[1]
        for own in (for_measure(view, "participation"), for_measure(view, "hazards_exposed"))
    )
    assert "理由见下" not in one and "below" not in one
    found = re.search("另有 6 组被拒绝比较（(.+)）|6 pairs are refused \\((.+)\\)", one)
    assert found and ("不是同一项竞赛" in one or "Another quiz" in one)
    assert "拒绝" not in other and "refused" not in other


def test_the_basis_counts_the_units_chosen(source: Database) -> None:
    view = view_of(source, GROUPS)
    line = basis_lines(view, measure_changes(view))[0]
    assert re.search(r"2021 年 3 个应报、\d 个已报，2022 年 3 个应报", line) and "41" not in line


def test_cases_are_those_of_the_units_chosen(sample_releases: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    query = {"area": "chongqing", "year": "2022", "units": "500101,500102,500103"}
    text = plain_words(run(sample_releases, monkeypatch, "hazards", **query))
    cases = text[text.index("典型案例") :]
    assert "大渡口" not in cases and "江北" not in cases


def test_a_second_group_is_named_and_set_beside_the_first(source: Database) -> None:
    data = gather(view_of(source, GROUPS), ())
    assert "第二组为大渡口、沙坪坝" in data.stamp.line
    content = to_docx(data, {})
    number = data.annex_numbers["groups"]
    assert any("第一组为万州、涪陵、渝中" in line and f"附件{number}" in line for line in word_lines(content))
    assert "对比两组" in sheet_rows(to_xlsx(data))


def test_own_view_keeps_the_activity_where_it_is_asked(source: Database) -> None:
    view = view_of(source, ACTIVITY)
    assert own_view(view, "participation").filters.activity == "study"
    assert own_view(view, "activity_coverage").filters.activity == ""


def test_a_comparison_says_how_many_of_its_values_are_not_exact(
    source: Database, sample_releases: Path, release: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Counted anew from the values of both years where both forms are one and no boundary changed."""
    rows = release.execute(
        """select f.qualifier, count(*) from current_fact f
        join current_fact o on o.unit_id = f.unit_id and o.indicator_id = f.indicator_id and o.campaign_id <> f.campaign_id
        join indicator i on i.form_id = (select form_id from campaign where campaign_id = 'chongqing-2021')
            and i.indicator_id = f.indicator_id
        join measure_concept m on m.concept_id = i.concept_id and m.is_added and m.measure_id = 'participation'
        where f.campaign_id in ('chongqing-2021', 'chongqing-2020') and o.campaign_id in ('chongqing-2021', 'chongqing-2020')
            and f.value is not null and o.value is not null group by 1"""
    ).fetchall()
    counts = dict(rows)
    n_approx = counts.get("approx", 0) + counts.get("range", 0)
    said = f"约数 {n_approx} 个、“不少于” {counts['at_least']} 个、“不多于” {counts['at_most']} 个，变化为近似"
    query = {"area": "chongqing", "year": "2021", "base": "2020"}
    data = gather(view_of(source, query), ())
    number = data.number("participation")
    assert number is not None and said in number.basis
    assert said.replace(" ", "") in "".join(word_lines(to_docx(data, {}))).replace(" ", "")
    totals = sheet_rows(to_xlsx(data))[data.view.t("report.section.totals")]
    assert any(said in str(cell) for cell in totals[1])
    assert said in plain_words(run(sample_releases, monkeypatch, "year_over_year", **query))
    assert "近似" not in str(data.number("activity_coverage"))


def test_two_small_rates_show_the_difference_beside_them() -> None:
    assert (rate_text(0.3462, "zh"), rate_text(0.3029, "zh")) == ("0.35", "0.3")
    assert rate_text(1234.5, "en") == "1,235" and rate_text(None, "zh") == "—"
