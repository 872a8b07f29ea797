"""One unit among the others, two groups in one place, two measures, class edges, activities beside rates: what is said is what is shown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from statistics import median

import pytest

from dashboard.charts.breaks import COVERAGE_BREAKS, Classes
from dashboard.components.bivariate import CORNERS, corner_headline, paired_parts
from dashboard.components.change_map import both_years, map_parts
from dashboard.components.changes import measure_changes
from dashboard.components.mapview import class_labels, unit_values
from dashboard.components.page import View
from dashboard.release import Database, open_pointed, read_pointer
from dashboard.reports.drawings import draw_named
from dashboard.reports.opening import view_of
from dashboard.statements.one_unit import standing_of
from tests.app.running import chart, chart_keys, metrics, plain_words, run

QUERY = {"area": "chongqing", "year": "2022", "base": "2021"}
ONE = {**QUERY, "units": "500101"}


@pytest.fixture(scope="module")
def source(sample_releases: Path) -> Iterator[Database]:
    found = open_pointed(read_pointer(sample_releases))
    yield found
    found.connection.close()


def values(source: Database, measure: str, campaign: str = "chongqing-2022") -> dict[str, float]:
    """Unit -> value, of districts and counties that have one."""
    rows = source.connection.execute(
        "select unit_id, value from measure_value join unit using (unit_id) where campaign_id = ? and measure_id = ?"
        " and value is not null and kind <> 'zone'", [campaign, measure]
    ).fetchall()  # fmt: skip
    return dict(rows)


def test_one_unit_stands_among_the_others(
    source: Database, sample_releases: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its value, share of the whole, the others' median, its year before: no median, classes, strip or bars of its own."""
    app = run(sample_releases, monkeypatch, "participation", **ONE)
    found, own = metrics(app), values(source, "participation")
    ((whole,),) = source.connection.execute(
        "select value from measure_total where campaign_id = 'chongqing-2022' and measure_id = 'participation'"
    ).fetchall()
    others = [value for unit, value in own.items() if unit != "500101"]
    assert found["占重庆市合计"][0] == f"{100 * own['500101'] / whole:.1f}%"
    assert found["其他单位中位数（人次）"][0] == f"{median(others) / 10_000:.1f}万".replace(".0万", "万")
    assert f"{len(others)} 个有数，不排名次" in found["其他单位中位数（人次）"][1]
    assert "2021 年填报（人次）" in found and "单位中位数（人次）" not in found and "有数的单位" not in found
    assert chart_keys(app) & {"spread", "classes", "units-0"} == set() and "standing" in chart_keys(app)
    assert list(chart(app, "standing")["data"][0]["x"]) == [own["500101"], median(others)], "two forms: no bar of 2021"
    text = plain_words(app)
    assert "一半单位" not in text and "只有万州有数" not in text
    assert re.search(r"万州 [\d.,]+人次，占重庆市合计的 [\d.]+%", text)
    assert not re.search("第 ?[0-9]+ ?[名位]", text)


def test_one_unit_of_hazards_has_no_middle_of_its_own(sample_releases: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = run(sample_releases, monkeypatch, "hazards", measure="public_reports", **ONE)
    text = plain_words(app)
    assert "一半单位不到" not in text and "没有单位报零" not in text


def test_one_unit_inside_one_form_has_its_year_before_beside_it(source: Database) -> None:
    view = view_of(source, {"area": "chongqing", "year": "2021", "base": "2020", "units": "500101"})
    drawn = draw_named(view, "spread", "participation")
    assert drawn is not None
    before, now = (values(source, "participation", f"chongqing-{y}") for y in (2020, 2021))
    others = median(value for unit, value in now.items() if unit != "500101")
    assert list(drawn.figure.data[0].x) == [now["500101"], others, before["500101"]]
    assert standing_of(view_of(source, QUERY)) is None


def test_two_groups_are_chosen_in_one_place(sample_releases: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = run(sample_releases, monkeypatch, "participation", **QUERY)
    assert "对比两组" in [p.proto.popover.label for p in app.get("popover")]
    picks = {m.key: m.label for m in app.multiselect}
    assert picks["group_first"] == "第一组" and picks["group_second"] == "第二组"
    app.multiselect(key="group_first").set_value(["500101"]).run()
    app.multiselect(key="group_second").set_value(["500102", "500103"]).run()
    assert (app.query_params["units"], app.query_params["vs"]) == ("500101", "500102,500103") or (
        app.query_params["units"], app.query_params["vs"]) == (["500101"], ["500102,500103"])  # fmt: skip
    text = plain_words(app)
    assert "第一组" in text and text.index("第二组") < text.index("占重庆市合计的"), "the answer stands above the map"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_two_measures_lead_with_what_there_is(source: Database, lang: str) -> None:
    nothing = re.compile(r"^0 |^没有|^none")
    for year in ("2021", "2022", "2025", "2026"):
        parts = paired_parts(view_of(source, {"area": "chongqing", "year": year, "lang": lang}))
        assert parts is not None and not nothing.match(parts.found.finding), parts.found
    view = view_of(source, {**QUERY, "lang": lang})
    rows = unit_values(view)[:3]
    for place, corner in enumerate(CORNERS):
        found = corner_headline(view, ["P", "H"], dict(zip(rows, (corner, 4, None), strict=True)))
        assert (found.finding.startswith("1 ") and rows[0].short_zh in found.caveat) or lang == "en"
        assert (("没有单位P高而H低" in found.caveat) or ("none is high in P" in found.caveat)) == (place > 0)
    rest = corner_headline(view, ["P", "H"], dict(zip(rows, (4, 4, None), strict=True)))
    assert rest.finding.startswith("2 ")


def label_view(source: Database, **query: str) -> View:
    return view_of(source, {"area": "chongqing", "year": "2022", "measure": "hazards_exposed", **query})


def test_class_edges_belong_to_one_class_and_say_which(source: Database) -> None:
    view, shades = label_view(source), ("",) * 6
    whole = Classes((120.0, 240.0, 1000.0), shades[:4])
    assert class_labels(view, whole) == ["1–120", "121–240", "241–1,000", ">1,000"]
    assert [whole.index(v) for v in (120, 121, 240, 241, 1000, 1001)] == [0, 1, 1, 2, 2, 3]
    large = Classes((30_000.0, 60_000.0), shades[:3])
    assert class_labels(view, large) == [">0–3万", ">3万–6万", ">6万"]
    rate = label_view(source, per10k="1")
    assert class_labels(rate, Classes((1.5, 3.0), shades[:3])) == [">0–1.5", ">1.5–3", ">3"]
    share = view_of(source, {"area": "chongqing", "year": "2022", "measure": "activity_coverage"})
    assert class_labels(share, Classes(COVERAGE_BREAKS, shades[:5])) == [
        ">0–50%", ">50–75%", ">75–90%", ">90–99.9%", "100%",
    ]  # fmt: skip


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_class_edges_of_a_change_belong_to_one_class(source: Database, lang: str) -> None:
    view = view_of(source, {**QUERY, "lang": lang})
    _, classes, legend = map_parts(view, measure_changes(view), both_years(view))
    labels = [swatch.label for swatch in legend if swatch.kind == "box"]
    assert len(labels) == 5 and labels[0].startswith("≤") and all(label.startswith(">") for label in labels[1:])
    for number, edge in enumerate(classes.breaks):
        assert classes.index(edge) == number, "an edge lies in the class that ends with it"


@pytest.mark.parametrize(
    ("more", "said", "unsaid"),
    [
        ({}, ("按活动",), ("不折算每万人", "所选活动")),
        ({"per10k": "1"}, ("各活动总量（不折算每万人）",), ("所选活动",)),
        ({"activity": "warning"}, ("所选活动与其他活动", "占全部活动的"), ("不折算每万人", "是最大的一项")),
        (
            {"activity": "warning", "per10k": "1"},
            ("所选活动与其他活动的总量（不折算每万人）", "占全部活动的"),
            ("是最大的一项",),
        ),
    ],
)
def test_activities_say_whose_totals_they_are(
    source: Database, more: dict[str, str], said: tuple[str, ...], unsaid: tuple[str, ...]
) -> None:
    if "activity" in more:
        more = more | {"activity": other_than_the_largest(source)}
    drawn = draw_named(view_of(source, QUERY | more), "activities", "participation")
    assert drawn is not None
    text = f"{drawn.title} {drawn.found.sentence}"
    assert all(words in text for words in said) and not any(words in text for words in unsaid), text
    if "activity" in more:
        assert "；最多的是“咨询日和‘五进’”，占" in text and "是最多的一项" not in text


def other_than_the_largest(source: Database) -> str:
    """An activity of the form with figures, but not the most."""
    rows = source.connection.execute(
        "select activity_id from measure_activity_value where campaign_id = 'chongqing-2022' and measure_id = 'participation'"
        " group by activity_id having sum(value) > 0 order by sum(value)"
    ).fetchall()
    return str(rows[0][0])
