"""Every figure is over the units and the activity chosen, says what it is over, and is the release's."""

from __future__ import annotations

import csv
import html as markup
import io
import json
import re
from pathlib import Path

import duckdb
import openpyxl
import pytest
from streamlit.testing.v1 import AppTest

from dashboard.components import attention
from dashboard.format import compact, plain, signed_percent, signed_points
from tests.app.release_builder import SMALL, build_release
from tests.app.running import chart, district_colours, metrics, plain_words, run, words
from tests.app.test_chosen_filters import Statement, headlines, republish

QUERY = {"area": "chongqing", "year": "2022", "base": "2021"}
Con = duckdb.DuckDBPyConnection


def summed(release: Con, measure: str, *, activity: str = "", zone: bool | None = None) -> float:
    table = "measure_activity_value" if activity else "measure_value"
    row = release.execute(
        f"select sum(v.value) from {table} v join unit u using (unit_id) where v.campaign_id = 'chongqing-2022'"
        f" and v.measure_id = $m {'and v.activity_id = $a' if activity else ''}"
        f" {'' if zone is None else 'and (u.kind = $z) = true' if zone else 'and u.kind <> $z'}",
        {"m": measure} | ({"a": activity} if activity else {}) | ({} if zone is None else {"z": "zone"}),
    ).fetchone()
    assert row and row[0] is not None
    return float(row[0])


def compared(release: Con, measure: str, *, activity: str = "", zone: bool | None = None) -> tuple[float, float]:
    row = release.execute(
        "select sum(d.base_value), sum(d.value) from comparison_detail d join unit u using (unit_id)"
        " where d.jurisdiction_id = 'chongqing' and d.year = 2022 and d.base_year = 2021 and d.measure_id = $m"
        " and ($a = '' or d.activity_id = $a) and ($z is null or (u.kind = 'zone') = $z)",
        {"m": measure, "a": activity, "z": zone},
    ).fetchone()
    assert row and row[0]
    return float(row[0]), float(row[1])


@pytest.mark.parametrize("activity", ["", "tour", "study"])
@pytest.mark.parametrize("kind", ["", "zone", "district"])
def test_value_and_change_of_a_key_figure_are_over_the_same_selection(
    sample_releases: Path, release: Con, monkeypatch: pytest.MonkeyPatch, kind: str, activity: str
) -> None:
    """The 12.2万 of all activities once stood beside the +109.1 % of one of them."""
    zone = None if not kind else kind == "zone"
    value, delta = metrics(run(sample_releases, monkeypatch, "overview", activity=activity, kind=kind, **QUERY))[
        "参与人次（人次）"
    ]
    assert value.strip("约+≤") == compact(summed(release, "participation", activity=activity, zone=zone), "zh")
    base, now = compared(release, "participation", activity=activity, zone=zone)
    assert delta.split()[0] == signed_percent(100 * (now - base) / base)


def test_a_measure_without_the_chosen_activity_says_it_is_over_all(
    sample_releases: Path, release: Con, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = metrics(run(sample_releases, monkeypatch, "overview", activity="study", **QUERY))
    assert found["曝光问题隐患（个，全部活动）"][0].rstrip("+") == compact(summed(release, "hazards_exposed"), "zh")
    assert "活动覆盖率（%，全部活动）" in found
    assert "参与人次（人次）" in found, "this one has the activity"


def coverage_pair(release: Con, *, zone: bool) -> tuple[float, float]:
    shares = {}
    for year in (2022, 2025):
        rows = release.execute(
            "select h.state from activity_held h join campaign n using (campaign_id) join unit u on u.unit_id = h.unit_id"
            " join activity a on a.form_id = n.form_id and a.activity_id = h.activity_id and not a.is_optional"
            " join comparison c on c.unit_id = h.unit_id and c.measure_id = 'activity_coverage' and c.year = 2025"
            " and c.base_year = 2022 and c.jurisdiction_id = 'chongqing' and c.change is not null"
            " where n.jurisdiction_id = 'chongqing' and n.year = $y and (u.kind = 'zone') = $z",
            {"y": year, "z": zone},
        ).fetchall()
        asked = [row[0] for row in rows if row[0] != "not_applicable"]
        shares[year] = 100 * asked.count("held") / len(asked)
    return shares[2022], shares[2025]


@pytest.mark.parametrize("page", ["overview", "coverage", "year_over_year"])
@pytest.mark.parametrize("kind", ["zone", "district"])
def test_the_change_of_coverage_is_there_for_each_kind_of_unit(
    sample_releases: Path, release: Con, monkeypatch: pytest.MonkeyPatch, kind: str, page: str
) -> None:
    base, now = coverage_pair(release, zone=kind == "zone")
    query = {"area": "chongqing", "year": "2025", "base": "2022", "kind": kind, "measure": "activity_coverage"}
    found = metrics(run(sample_releases, monkeypatch, page, **query))
    shown = signed_points(now - base, "zh")
    if page == "year_over_year":
        assert found["可比部分变化"][0] == shown
    else:
        assert found["活动覆盖率（%）"][1].startswith(shown)


def test_the_kinds_of_coverage_make_up_the_release_s_own_total(
    sample_releases: Path, release: Con, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = release.execute(
        "select value, base_value from comparison where unit_id is null and jurisdiction_id = 'chongqing'"
        " and measure_id = 'activity_coverage' and year = 2025 and base_year = 2022"
    ).fetchone()
    assert row
    for place, value in ((1, row[0]), (0, row[1])):
        parts = [coverage_pair(release, zone=zone)[place] for zone in (True, False)]
        assert min(parts) <= value <= max(parts)


def test_overview_of_zones_speaks_of_zones_only(
    sample_releases: Path, release: Con, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = run(sample_releases, monkeypatch, "overview", kind="zone", **QUERY)
    row = release.execute(
        "select count(*), count(*) filter (p.state = 'reported') from unit_report p join unit u using (unit_id)"
        " where p.campaign_id = 'chongqing-2022' and u.kind = 'zone'"
    ).fetchone()
    assert row
    assert metrics(app)["报送单位"][0] == f"{row[1]} / {row[0]}"
    assert f"{row[0]} 个功能区中 {row[1]} 个已报" in plain_words(app)
    shown = plain_words(app)
    others = release.execute(
        "select name, short_name from unit where kind <> 'zone' and jurisdiction_id = 'chongqing'"
        " and name not in (select name from unit where kind = 'zone')"
    )
    listed = re.findall(r"<li>(.*?)</li>", words(app))
    for name, _ in others.fetchall():
        assert not any(name in line for line in listed if "公布" not in line), name
    assert "合计含“余”" not in shown, "the zones' total has no plus"


def test_a_map_of_zones_keeps_the_outlines_of_the_districts(
    sample_releases: Path, release: Con, monkeypatch: pytest.MonkeyPatch
) -> None:
    spec = chart(run(sample_releases, monkeypatch, "overview", kind="zone", **QUERY), "map")
    colours = district_colours(spec)
    row = release.execute(
        "select n_units from map_layer join campaign using (layer_id) where campaign_id = 'chongqing-2022'"
    )
    assert len(colours) == row.fetchone()[0]  # type: ignore[index]
    assert set(colours.values()) == {"#FFFFFF"}
    names = [t["text"] for t in spec["data"] if t.get("mode") == "text" and len(t["text"]) == 2]
    assert any("两江新区" in text for texts in names for text in texts), "zones are named on any screen"


def table_rows(app: AppTest) -> list[list[str]]:
    """The rows of the first table whose head names the comparable part."""
    tables = re.findall(r'<div class="atlas-table".*?</table>', words(app), re.DOTALL)
    table = next(t for t in tables if "可比部分" in t)
    rows = re.findall(r"<tr>(.*?)</tr>", table, re.DOTALL)
    return [[markup.unescape(re.sub("<[^>]+>", "", c)) for c in re.findall(r"<t[dh].*?</t[dh]>", r)] for r in rows]


def number(text: str) -> float:
    return float(text.replace(",", "").replace("−", "-").strip("+约≤"))


@pytest.mark.parametrize("page", ["participation", "hazards"])
def test_each_row_of_the_unit_table_adds_up(sample_releases: Path, monkeypatch: pytest.MonkeyPatch, page: str) -> None:
    head, *rows = table_rows(run(sample_releases, monkeypatch, page, **QUERY))
    now, base, change, pct = (
        next(n for n, name in enumerate(head) if name.startswith(start))
        for start in ("2022 年可比部分", "2021 年可比部分", "可比部分变化", "变化率")
    )
    both = [row for row in rows if row[change] not in ("—", "")]
    assert len(both) > 20
    for row in both:
        assert number(row[now]) - number(row[base]) == pytest.approx(number(row[change])), row[0]
        if row[pct].endswith("%") and number(row[base]):
            expected = 100 * number(row[change]) / number(row[base])
            assert number(row[pct].strip("<>%").rstrip("%")) == pytest.approx(expected, abs=0.11)
    assert head[1].endswith("已报（人次）" if page == "participation" else "已报（个）")


def test_downloads_say_in_words_what_the_mark_says(
    sample_releases: Path, release: Con, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dashboard.cache import open_current
    from dashboard.components.changes import measure_changes
    from dashboard.components.page import View, read_choices
    from dashboard.components.parts import about
    from dashboard.components.unit_table import unit_table
    from dashboard.filters import parse_filters
    from dashboard.tables import to_csv, to_xlsx

    monkeypatch.setenv("ATLAS_RELEASES", str(sample_releases))
    source = open_current().database
    choices = read_choices(source)
    filters = parse_filters({**QUERY, "measure": "participation"}, choices).filters
    campaign, measure = choices.campaign("chongqing", 2022), choices.measure("participation")
    assert campaign and measure
    view = View("participation", source, choices, filters, campaign, measure)
    table = unit_table(view, measure_changes(view), ())
    rows = list(csv.reader(io.StringIO(to_csv(table, about(view)).decode("utf-8-sig"), newline="")))
    place = rows[0].index("数的性质")
    assert rows[0][place - 1] == "参与人次，已报（人次）" and "每万人（人次/万人）" in rows[0]
    words_of = {"exact": "准确", "at_least": "不少于", "at_most": "不多于", "approx": "约数", "range": "区间"}
    known = release.execute(
        "select u.name, v.value, v.qualifier from measure_value v join unit u using (unit_id)"
        " where v.campaign_id = 'chongqing-2022' and v.measure_id = 'participation' and v.value is not null"
    ).fetchall()
    assert {row[2] for row in known} - {"exact"}, "the samples hold rough numbers"
    by_name = {row[0]: row for row in rows[1:] if len(row) > place}
    for name, value, qualifier in known:
        assert float(by_name[name][place - 1]) == value
        assert by_name[name][place] == words_of[qualifier]
    sheet = openpyxl.load_workbook(io.BytesIO(to_xlsx(table, about(view)))).worksheets[0]
    column = [c.value for c in sheet[1]].index("参与人次，已报（人次）")
    numbers = [row[column].value for row in sheet.iter_rows(min_row=2)]
    assert sum(isinstance(value, int | float) for value in numbers) == len(known)
    assert "数的性质" not in [column.head for column in table.on_screen.columns]


def test_bars_show_the_largest_of_both_sides_and_say_so(sample_releases: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = run(sample_releases, monkeypatch, "overview", area="chongqing", year="2026", base="2025")
    sizes = chart(app, "change")["data"][0]["x"]
    fall = int(re.search(r"(\d+) 个单位上升，(\d+) 个下降", plain_words(app))[2])  # type: ignore[index]
    assert len(sizes) == 14
    assert sum(x < 0 for x in sizes) == min(fall, 7)
    said = re.search(r"增加最多的 (\d+) 个、减少最多的 (\d+) 个", plain_words(app))
    assert said and (int(said[1]), int(said[2])) == (sum(x > 0 for x in sizes), sum(x < 0 for x in sizes))


def test_without_a_base_the_largest_units_are_shown_and_named_so(
    sample_releases: Path, release: Con, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = run(sample_releases, monkeypatch, "overview", area="chongqing", year="2022", base="none")
    rows = release.execute(
        "select unit_id, value from measure_value where campaign_id = 'chongqing-2022' and measure_id = 'participation'"
        " and value is not null order by value desc"
    ).fetchall()
    bars = chart(app, "values")["data"][0]
    assert bars["x"] == [row[1] for row in rows[:14]], "the largest first"
    assert set(bars["customdata"]) == {row[0] for row in rows[:14]}
    assert f"数值最大的 14 个单位（共 {len(rows)} 个有数）" in plain_words(app)


def test_overview_says_which_part_the_percentage_is_over(
    sample_releases: Path, release: Con, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = run(sample_releases, monkeypatch, "overview", **QUERY)
    base, now = compared(release, "participation")
    shown = plain_words(app)
    assert f"只比相加后可比的部分：{plain(base)} → {plain(now)}" in shown
    assert re.search(r"10 项指标中的 3 项", shown)
    assert "同口径" not in metrics(app)["参与人次（人次）"][1] + headlines(app)[1]
    assert "相加后可比" in metrics(app)["参与人次（人次）"][1] and "相加后可比" in headlines(app)[1]
    assert "同口径比较" not in shown


def test_findings_of_replaced_files_are_not_to_be_seen_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old: Statement = (
        "update finding set submission_id = 'chongqing-2022-500101-1' where campaign_id = 'chongqing-2022'",
        [],
    )
    build_release(tmp_path / "as-is", SMALL)
    assert "约为上年 10 倍" in plain_words(run(tmp_path / "as-is", monkeypatch, "overview", **QUERY))
    changed = tmp_path / "changed"
    republish(changed, build_release(changed, SMALL, "r-changed"), old)
    assert "约为上年 10 倍" not in plain_words(run(changed, monkeypatch, "overview", **QUERY))
    district = run(changed, monkeypatch, "district", unit="500101", **QUERY)
    assert "已被替代 · 公开课参与" in plain_words(district)


@pytest.mark.parametrize(
    ("lang", "meaning", "remedy"),
    [("zh", "约为上年 10 倍", "请核对原表"), ("en", "ten times last year's", "Please check")],
)
def test_what_needs_attention_says_what_it_means_and_not_what_a_clerk_is_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lang: str, meaning: str, remedy: str
) -> None:
    path = build_release(tmp_path, SMALL)
    sent_back: Statement = (
        "update finding set message_zh = message_zh || '；请去掉密码后再报', remedy_zh = '；请去掉密码后再报',"
        " message_en = message_en || '; please remove it', remedy_en = '; please remove it' where rule = 'file'",
        [],
    )
    republish(tmp_path, path, *refused("in/城口县.docx", "chongqing-2022", "500229", 1), sent_back)
    shown = plain_words(run(tmp_path, monkeypatch, "overview", lang=lang, **QUERY))
    assert meaning in shown and remedy not in shown
    assert ("文件已加密" if lang == "zh" else "The file is encrypted") in shown
    assert "请去掉密码" not in shown and "please remove" not in shown
    unit = plain_words(run(tmp_path, monkeypatch, "district", unit="500101", lang=lang, **QUERY))
    assert meaning + ("，" if lang == "zh" else ". ") + remedy in unit, "the unit's own page says it whole"


def refused(name: str, campaign: str | None, unit: str | None, number: int) -> list[Statement]:
    return [
        ("insert into submission values (?, ?, ?, ?, ?, 'docx', null, null, null, 'refused', true, [], 0)",
         [f"bad-{number}", campaign, unit, name, "b" * 64]),
        ("insert into finding values (?, 'error', 'file', ?, ?, ?, null, '', '', '', null, ?, ?, 'open', '', '')",
         [f"bad-f-{number}", f"bad-{number}", campaign, unit, "文件已加密", "The file is encrypted"]),
    ]  # fmt: skip


def test_refused_files_are_named_with_their_reason(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = build_release(tmp_path, SMALL)
    republish(
        tmp_path, path, *refused("in/城口县.docx", "chongqing-2022", "500229", 1), *refused("in/x.docx", None, None, 2)
    )
    shown = plain_words(run(tmp_path, monkeypatch, "overview", **QUERY))
    assert "城口的文件未能读入，未计入：城口县.docx（文件已加密）" in shown
    assert "认不出活动的文件未能读入：x.docx（文件已加密）" in shown
    english = plain_words(run(tmp_path, monkeypatch, "overview", lang="en", **QUERY))
    assert "The file is encrypted" in english


@pytest.mark.parametrize("has_page", [False, True])
def test_the_rest_of_the_errors_leads_to_a_page_that_exists(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, has_page: bool
) -> None:
    many: list[Statement] = [
        ("insert into finding values (?, 'error', 'value.jump.2022', 'chongqing-2022-500102-2', 'chongqing-2022', '500102',"
         " null, '', '', '', null, '核对', 'check', 'open', '', '')", [f"e-{n}"]) for n in range(5)
    ]  # fmt: skip
    republish(tmp_path, build_release(tmp_path, SMALL), *many)
    pages = ("overview", "district", "data_quality") if has_page else ("overview", "district")
    monkeypatch.setattr(attention, "known_pages", lambda: pages)
    app = run(tmp_path, monkeypatch, "overview", **QUERY)
    assert ("数据质量" in plain_words(app)) == has_page
    assert ('href="data_quality?' in words(app)) == has_page
    assert has_page or "另有 3 处差错待核对，见下列单位的“区县”页：涪陵" in plain_words(app).replace("涪陵区", "涪陵")


def test_participation_leads_with_its_total_and_rates_have_units(
    sample_releases: Path, release: Con, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = run(sample_releases, monkeypatch, "participation", **QUERY)
    total = compact(summed(release, "participation"), "zh")
    assert total in metrics(app)["参与人次（人次）"][0]
    assert f"{total}人次，" in headlines(app)[0]
    rate = run(sample_releases, monkeypatch, "participation", per10k="1", **QUERY)
    assert "人次/万人（" in headlines(rate)[0] and "人次/万人" in headlines(rate)[1]


@pytest.mark.parametrize("page", ["year_over_year", "district"])
def test_pages_of_totals_do_not_call_them_rates(
    sample_releases: Path, monkeypatch: pytest.MonkeyPatch, page: str
) -> None:
    assert "每万人" not in plain_words(run(sample_releases, monkeypatch, page, per10k="1", unit="500101", **QUERY))


def test_ties_are_counted(sample_releases: Path, release: Con, monkeypatch: pytest.MonkeyPatch) -> None:
    row = release.execute(
        "select count(*) from measure_value where campaign_id = 'chongqing-2022' and measure_id = 'activity_coverage'"
        " and value = 100"
    ).fetchone()
    assert row and row[0] > 1
    app = run(sample_releases, monkeypatch, "overview", measure="activity_coverage", **QUERY)
    assert f"{row[0]} 个单位并列 100%" in headlines(app)[0]


def test_a_refused_comparison_has_a_short_headline(sample_releases: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = run(sample_releases, monkeypatch, "overview", measure="activity_coverage", **QUERY)
    assert "不与 2021 年比较。" in headlines(app)
    assert all(len(line) < 70 for line in headlines(app))
    assert "原因：两年的活动清单不同" in plain_words(app)
    yoy = run(sample_releases, monkeypatch, "year_over_year", measure="activity_coverage", **QUERY)
    assert headlines(yoy)[0] == "活动覆盖率不与 2021 年比较。"


def test_a_report_s_date_and_its_arrival_are_two_things(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build_release(tmp_path / "as-is", SMALL)
    shown = headlines(run(tmp_path / "as-is", monkeypatch, "district", unit="500101", **QUERY))[0]
    assert "填报日期 2022-07-01，收到日期 2022-07-01" in shown
    no_date: Statement = ("update unit_report set report_date = null where unit_id = '500101'", [])
    changed = tmp_path / "changed"
    republish(changed, build_release(changed, SMALL, "r-changed"), no_date)
    shown = headlines(run(changed, monkeypatch, "district", unit="500101", **QUERY))[0]
    assert "填报日期 未写，收到日期 2022-07-01" in shown


def test_every_table_can_be_downloaded(sample_releases: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for page, least in (("district", 3), ("year_over_year", 4)):
        app = run(sample_releases, monkeypatch, page, unit="500101", **QUERY)
        buttons = list(app.get("download_button"))
        tables = words(app).count('class="atlas-table"')
        assert len(buttons) == 2 * tables >= 2 * least, page


def test_the_map_review_number_is_printed_under_every_map_and_in_its_picture(
    sample_releases: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for page in ("overview", "participation", "hazards", "coverage", "year_over_year"):
        assert "审图号：" not in plain_words(run(sample_releases, monkeypatch, page, **QUERY)).replace("GS", "")
    settings = tmp_path / "settings.yaml"
    settings.write_text('map_approval_number: "渝S(2026)001号"\n', encoding="utf-8")
    monkeypatch.setenv("ATLAS_SETTINGS", str(settings))
    for page in ("overview", "participation", "hazards", "year_over_year"):
        app = run(sample_releases, monkeypatch, page, **QUERY)
        assert "审图号：渝S(2026)001号" in plain_words(app), page
        notes = json.dumps(chart(app, "map")["layout"]["annotations"], ensure_ascii=False)
        assert "渝S(2026)001号" in notes
