"""A figure and its caption agree under every filter; every state of a matrix is told apart; hostile names stay text."""

from __future__ import annotations

import hashlib
import html as markup
import json
import re
from datetime import datetime
from pathlib import Path

import duckdb
import pytest
from streamlit.testing.v1 import AppTest

from dashboard.format import compact, percent
from tests.app.release_builder import SMALL, UNITS, build_release
from tests.app.running import district_colours, metrics, plain_words, run, words

IDS = [unit.unit_id for unit in UNITS]
DUTY = {"met": "m-held", "met_late": "m-late", "soft": "m-soft", "missing": "m-zero", "not_due": "m-due",
        "no_evidence": "m-na"}  # fmt: skip
HELD = {"held": "m-held", "zero": "m-zero", "not_filled": "m-blank", "not_applicable": "m-na", "not_asked": "m-off",
        "unclear": "m-unclear", "not_reported": "m-missing"}  # fmt: skip
HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>"

Statement = tuple[str, list[object]]


def republish(folder: Path, path: Path, *statements: Statement) -> None:
    """Change a made-up release and publish it again."""
    with duckdb.connect(str(path)) as con:
        for sql, values in statements:
            con.execute(sql, values)
    content = path.read_bytes()
    pointer = {"release_id": path.stem, "file": path.name, "sha256": hashlib.sha256(content).hexdigest(),
               "bytes": len(content)}  # fmt: skip
    (folder / "CURRENT").write_text(json.dumps(pointer), encoding="utf-8")


def with_duty(folder: Path, states: list[list[str]]) -> None:
    """A small release whose units have these states from June on."""
    rows: list[Statement] = []
    for unit, months in zip(IDS, states, strict=True):
        for month, state in enumerate(months, 6):
            met_at = datetime(2021, month, 9) if state.startswith("met") else None
            values: list[object] = ["chongqing-2021", unit, "CQ-04", "case_exposed", "每月曝光典型案例", "A case a month",
                                    "每月至少一个", f"2021-{month:02d}", datetime(2021, month, 28), met_at, state,
                                    ""]  # fmt: skip
            rows.append((f"insert into duty_status values ({', '.join('?' * len(values))})", values))
    republish(folder, build_release(folder, SMALL), *rows)


def matrix(app: AppTest) -> list[list[tuple[str, str]]]:
    """Class and mark of every cell, by row."""
    lines = re.findall(r'<tr><th><a href="district.*?</tr>', words(app), re.DOTALL)
    return [re.findall(r'<td class="m ([\w-]+)"[^>]*>(.*?)</td>', line) for line in lines]


def headlines(app: AppTest) -> list[str]:
    """The headline sentences."""
    found = re.findall(r'<p class="atlas-headline">(.*?)</p>', words(app))
    return [markup.unescape(re.sub(r"<[^>]*>", "", line)) for line in found]


def main_map(app: AppTest) -> dict[str, str]:
    """Unit -> colour on the page's map."""
    specs = [json.loads(e.proto.spec) for e in app.get("plotly_chart")]
    return district_colours(next(s for s in specs if any(t["type"] == "choropleth" for t in s["data"])))


def share_held(release: duckdb.DuckDBPyConnection, campaign: str, *, is_zone: bool) -> float:
    """Share of the obligatory activities that these units held, in percent."""
    rows = release.execute(
        "select h.state from activity_held h join campaign c using (campaign_id) join unit u on u.unit_id = h.unit_id"
        " join activity a on a.form_id = c.form_id and a.activity_id = h.activity_id"
        " where h.campaign_id = $c and (u.kind = 'zone') = $z and not a.is_optional"
        " and h.state not in ('not_reported', 'not_applicable')",
        {"c": campaign, "z": is_zone},
    ).fetchall()
    return 100 * sum(row[0] == "held" for row in rows) / len(rows)


@pytest.mark.parametrize("kind", ["zone", "district"])
@pytest.mark.parametrize("year", ["2022", "2025"])
def test_coverage_share_follows_the_kind_of_unit(
    sample_releases: Path, release: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch, kind: str, year: str
) -> None:
    shown = percent(share_held(release, f"chongqing-{year}", is_zone=kind == "zone"))
    app = run(sample_releases, monkeypatch, "coverage", area="chongqing", year=year, kind=kind)
    assert headlines(app)[0].startswith(f"必做活动开展了 {shown}")
    assert metrics(app)["活动覆盖率（%）"][0] == shown


@pytest.mark.parametrize("kind", ["zone", "district"])
def test_hazard_figures_follow_the_kind_of_unit(
    sample_releases: Path, release: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    app = run(sample_releases, monkeypatch, "hazards", area="chongqing", year="2022", base="2021", kind=kind)
    for measure, label in (("hazards_exposed", "曝光问题隐患（个）"), ("public_reports", "群众举报（项）")):
        params = {"m": measure, "z": kind == "zone"}
        total = release.execute(
            "select sum(v.value) from measure_value v join unit u using (unit_id)"
            " where v.campaign_id = 'chongqing-2022' and v.measure_id = $m and (u.kind = 'zone') = $z", params
        ).fetchone()  # fmt: skip
        both = release.execute(
            "select count(c.change) from comparison c join unit u using (unit_id) where c.jurisdiction_id = 'chongqing'"
            " and c.year = 2022 and c.base_year = 2021 and c.measure_id = $m and (u.kind = 'zone') = $z", params
        ).fetchone()  # fmt: skip
        assert total and both
        value, basis = metrics(app)[label]
        assert value.rstrip("+") == compact(total[0], "zh")
        assert re.search(rf" {both[0]}/\d+ 个单位", basis)


@pytest.mark.parametrize("page", ["hazards", "coverage"])
def test_an_activity_chosen_on_another_page_empties_no_map(
    sample_releases: Path, monkeypatch: pytest.MonkeyPatch, page: str
) -> None:
    plain = run(sample_releases, monkeypatch, page, area="chongqing", year="2022")
    app = run(sample_releases, monkeypatch, page, area="chongqing", year="2022", activity="study")
    assert not any("不含" in box.value for box in app.info)
    assert main_map(app) == main_map(plain)
    assert "全部活动" in plain_words(app) and "学习重要论述，全部单位" not in plain_words(app)


def test_a_chosen_activity_keeps_the_units_expected(
    sample_releases: Path, release: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = release.execute(
        "select c.unit_id, sum(d.base_value) from comparison c left join comparison_detail d"
        " on d.jurisdiction_id = c.jurisdiction_id and d.measure_id = c.measure_id and d.year = c.year"
        " and d.base_year = c.base_year and d.unit_id = c.unit_id and d.activity_id = 'tour'"
        " where c.jurisdiction_id = 'chongqing' and c.measure_id = 'hazards_exposed' and c.year = 2022"
        " and c.base_year = 2021 and c.unit_id is not null group by 1"
    ).fetchall()
    base: dict[str, float | None] = dict(rows)
    n_both = sum(value is not None for value in base.values())
    app = run(sample_releases, monkeypatch, "year_over_year", area="chongqing", year="2022", base="2021",
              measure="hazards_exposed", activity="tour")  # fmt: skip
    assert 0 < n_both < len(base) == 41
    assert metrics(app)["可比单位"][0] == f"{n_both} / {len(base)}"
    assert set(main_map(app)) == {unit for unit in base if unit.isdigit()}
    tiny = [unit for unit, value in base.items() if value is not None and value < 10]
    grey = main_map(run(sample_releases, monkeypatch, "year_over_year", area="chongqing", year="2022", base="2021",
                        measure="hazards_exposed"))  # fmt: skip
    assert tiny
    for unit in tiny:
        assert not unit.isdigit() or main_map(app)[unit] == grey[unit], "no percentage on a tiny base"
    assert "缺一年的数" in plain_words(app)


@pytest.mark.parametrize("activity", ["", "study", "other"])
def test_activities_of_a_refused_measure_stay_refused(
    sample_releases: Path, monkeypatch: pytest.MonkeyPatch, activity: str
) -> None:
    app = run(sample_releases, monkeypatch, "year_over_year", area="chongqing", year="2022", base="2021",
              measure="activity_coverage", activity=activity)  # fmt: skip
    assert not any('"choropleth"' in e.proto.spec for e in app.get("plotly_chart"))
    assert "不与 2021 年比较" in headlines(app)[0]


def test_each_state_of_the_duty_has_its_own_colour_and_mark(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    names = list(DUTY)
    states = [[names[(place + month) % len(names)] for month in range(7)] for place in range(len(IDS))]
    with_duty(tmp_path, states)
    app = run(tmp_path, monkeypatch, "hazards", area="chongqing", year="2021")
    seen: dict[str, set[tuple[str, str]]] = {}
    for cells, months in zip(matrix(app), states, strict=True):
        for cell, state in zip(cells, months, strict=True):
            seen.setdefault(state, set()).add(cell)
    assert all(len(found) == 1 for found in seen.values())
    assert {state: next(iter(found))[0] for state, found in seen.items()} == DUTY
    assert len({next(iter(found))[1] for found in seen.values()}) == len(DUTY), "told apart without colour"
    assert set(re.findall(r'<i class="m ([\w-]+)">', words(app))) == set(DUTY.values())


def test_only_months_that_are_due_count(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    due = ["met"] * 5
    firsts = (["met"], ["met_late"], ["soft"], ["no_evidence"], ["missing"], ["met"])
    with_duty(tmp_path, [[*first, *due[1:], "not_due", "not_due"] for first in firsts])
    app = run(tmp_path, monkeypatch, "hazards", area="chongqing", year="2021")
    found = next(line for line in headlines(app) if line.startswith("6 个单位中"))
    assert found.startswith("6 个单位中 3 个"), "late counts as met; a number without date and no register don't"
    assert "石柱" in found


def test_each_kind_of_blank_has_its_own_colour_and_mark(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sql = "update activity_held set state = ? where campaign_id = 'chongqing-2021' and unit_id = ?"
    seen: set[tuple[str, str]] = set()
    for number, states in enumerate((list(HELD)[: len(IDS)], list(HELD)[-len(IDS) :])):  # more states than units
        changes: list[Statement] = [(sql, [state, unit]) for state, unit in zip(states, IDS, strict=True)]
        folder = tmp_path / str(number)
        republish(folder, build_release(folder, SMALL), *changes)
        first = [cells[0] for cells in matrix(run(folder, monkeypatch, "coverage", area="chongqing", year="2021"))]
        assert [css for css, _ in first] == [HELD[state] for state in states]
        seen |= set(first)
    assert len({mark for _, mark in seen}) == len(HELD), "told apart without colour"


@pytest.mark.parametrize("lang", ["zh", pytest.param("en", marks=pytest.mark.slow)])
@pytest.mark.parametrize("page", ["hazards", "coverage", "year_over_year"])
def test_hostile_names_and_texts_stay_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, page: str, lang: str
) -> None:
    names: Statement = ("update unit set name = ?, short_name = ?, name_en = ? where unit_id = '500101'", [HOSTILE] * 3)
    texts: Statement = ("update fact set text = ? where text is not null", [HOSTILE])
    labels: Statement = ("update activity set short_zh = ?, short_en = ? where activity_id = 'study'", [HOSTILE] * 2)
    republish(tmp_path, build_release(tmp_path, SMALL), names, texts, labels)
    app = run(tmp_path, monkeypatch, page, area="chongqing", year="2022", base="2021", lang=lang)
    assert "<script" not in words(app) and "<img" not in words(app)
    for element in app.get("plotly_chart"):
        for trace in json.loads(element.proto.spec)["data"]:
            tips = "".join(map(str, trace.get("hovertext") or []))
            assert "<script" not in tips and "<img" not in tips


def test_a_break_is_marked_among_the_refused_pairs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pair: Statement = ("insert into comparison_pair values ('chongqing-2021', 'chongqing-2022', 1, ['problems_exposed'],"
                       " ['problems_exposed'], 'refuse', true, false, '同名不同义', 'another definition')", [])  # fmt: skip
    republish(tmp_path, build_release(tmp_path, SMALL), pair)
    app = run(tmp_path, monkeypatch, "year_over_year", area="chongqing", year="2022", base="2021")
    assert "不作比较 ⚡" in plain_words(app) and "同名不同义" in plain_words(app)


def test_overview_counts_only_the_kind_of_unit_chosen(sample_releases: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The key figures change with the kind of unit; a kind's participation is below that of all units."""
    from tests.app.test_pages import run as run_page

    shown = {
        kind: [
            m.value
            for m in run_page(sample_releases, monkeypatch, "overview", area="chongqing", year="2022", kind=kind).metric
        ]
        for kind in ("all", "zone")
    }
    assert shown["all"][:3] != shown["zone"][:3]
