"""Every rule of checks.yaml on figures made for it: one that must be said, and the nearest that must not."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb
import pytest

from etl.assemble import Assembly
from etl.catalog import load_catalog
from etl.catalog.quality import Check, Condition
from etl.errors import CatalogError
from etl.manual.rules_doc import rules_doc
from etl.release.build import SQL
from etl.release.catalog_rows import catalog_rows
from etl.release.checks import check_sql, run_checks
from etl.release.fact_rows import insert

CATALOG = load_catalog()
CATALOG_BY_RULE = {c.rule for c in CATALOG.quality.checks}
UNITS = [u.unit_id for u in CATALOG.roster(CATALOG.campaigns["chongqing-2021"])]
UNIT, OTHER = UNITS[0], UNITS[1]
Figures = Mapping[str, Mapping[str, float]]  # unit -> blank -> value


@contextmanager
def checked(
    years: Mapping[str, Figures], qualifiers: Mapping[str, str] | None = None
) -> Iterator[duckdb.DuckDBPyConnection]:
    """A release with these figures alone, its checks run."""
    with duckdb.connect() as con:
        con.execute((SQL / "schema.sql").read_text(encoding="utf-8"))
        for name, rows in catalog_rows(CATALOG, Assembly([], [], {})).items():
            insert(con, name, rows)
        for campaign, units in years.items():
            con.execute("update campaign set has_data = true where campaign_id = ?", [campaign])
            for unit, figures in units.items():
                key = f"{campaign}/{unit}"
                con.execute(
                    "insert into submission values (?, ?, ?, ?, '', 'docx', null, null, 1, 'current', true, [], 0)",
                    [key, campaign, unit, key],
                )
                rows = [
                    (key, campaign, unit, i, float(v), None, (qualifiers or {}).get(i, "exact"), "reported", str(v), "P",
                     None, None, [], None, True)
                    for i, v in figures.items()
                ]  # fmt: skip
                con.executemany(f"insert into fact values ({', '.join('?' * 15)})", rows)
        run_checks(con, CATALOG)
        yield con


def findings(
    years: Mapping[str, Figures], qualifiers: Mapping[str, str] | None = None
) -> dict[tuple[str, str, str, str], Any]:
    """(rule, campaign, unit, blank) -> (found, expected, proposal) of a release with these figures alone."""
    with checked(years, qualifiers) as con:
        query = "select rule, campaign_id, unit_id, coalesce(indicator_id, ''), found, expected, proposal from finding"
        return {row[:4]: row[4:] for row in con.execute(query).fetchall()}


def said(figures: Mapping[str, float], rule: str) -> set[str]:
    """The blanks of one unit's table about which the rule speaks."""
    return {key[3] for key in findings({"chongqing-2021": {UNIT: figures}}) if key[0] == rule}


def city(level: Mapping[str, float], growth: float = 1.0) -> dict[str, dict[str, float]]:
    """A whole city of like units, each a little different, the same over the years but for growth."""
    return {
        unit: {
            blank: max(1, round(growth * base * math.exp(0.2 * math.sin(5 * n + 3 * k))))
            for k, (blank, base) in enumerate(level.items())
        }
        for n, unit in enumerate(UNITS)
    }


LEVEL = {
    "theory_group_sessions": 26, "theory_group_attendance": 880, "feature_film_screenings": 110,
    "feature_film_attendance": 5000, "lecture_sessions": 84, "lecture_attendance": 6500, "campaign_media_reports": 32,
    "campaign_news_articles": 58, "worker_action_events": 170, "worker_action_participations": 15000,
    "hazards_exposed": 118, "public_reports": 27, "drill_events": 82, "drill_participations": 10000,
}  # fmt: skip


def test_people_without_an_event() -> None:
    rule = "attendance_without_event"
    assert said({"lecture_sessions": 0, "lecture_attendance": 300}, rule) == {"lecture_attendance"}
    assert said({"lecture_sessions": 1, "lecture_attendance": 300}, rule) == set()
    assert said({"lecture_sessions": 0, "lecture_attendance": 0}, rule) == set()


def test_fewer_people_than_events() -> None:
    rule = "fewer_people_than_events"
    assert said({"lecture_sessions": 50, "lecture_attendance": 49}, rule) == {"lecture_attendance"}
    assert said({"lecture_sessions": 50, "lecture_attendance": 50}, rule) == set()


def test_above_population() -> None:
    day = CATALOG.campaigns["chongqing-2021"].starts_on
    population = CATALOG.population_on(UNIT, day)
    assert population is not None
    edge = population.population * CATALOG.settings["above_population_times"]
    assert said({"quiz_participations": edge + 1}, "above_population") == {"quiz_participations"}
    assert said({"quiz_participations": edge}, "above_population") == set()
    assert said({"hazards_exposed": edge + 1}, "above_population") == set(), "hazards are no people"
    # People who take part are not quoted so unquestioned.
    with checked({"chongqing-2021": {UNIT: {"quiz_participations": edge + 1}}}) as con:
        rows = con.execute("select indicator_id, value, proposal, off from doubtful_value").fetchall()
    assert rows == [("quiz_participations", edge + 1, "", edge + 1 - population.population)]


def test_people_per_event() -> None:
    rule, edge = "ratio_outlier", CATALOG.settings["ratio_per_event_high"]
    assert said({"lecture_sessions": 2, "lecture_attendance": 2 * edge + 2}, rule) == {"lecture_attendance"}
    assert said({"lecture_sessions": 2, "lecture_attendance": 2 * edge}, rule) == set()
    beside = {"theory_group_sessions": 10, "theory_group_attendance": 600, "feature_film_screenings": 10,
              "feature_film_attendance": 600, "worker_action_events": 10, "worker_action_participations": 600,
              "drill_events": 10, "drill_participations": 600, "lecture_sessions": 10}  # fmt: skip
    assert said({**beside, "lecture_attendance": 6000}, rule) == {"lecture_attendance"}
    assert said({**beside, "lecture_attendance": 5990}, rule) == set()


@pytest.mark.parametrize("factor", CATALOG.quality.slips)
@pytest.mark.parametrize(
    "blank",
    [
        "hazards_exposed",
        *(pytest.param(b, marks=pytest.mark.slow) for b in ("drill_participations", "lecture_sessions")),
    ],
)
def test_slips_are_named_with_what_was_meant_and_only_in_their_year(factor: float, blank: str) -> None:
    years = {"chongqing-2020": city(LEVEL), "chongqing-2021": city(LEVEL, 1.1)}
    meant = years["chongqing-2020"][UNIT][blank]
    years["chongqing-2020"][UNIT][blank] = meant * factor
    found = {k: v for k, v in findings(years).items() if k[0] in ("scale_suspect", "implausible")}
    assert set(found) == {("scale_suspect", "chongqing-2020", UNIT, blank)}, "the right value of 2021 is not blamed"
    assert found["scale_suspect", "chongqing-2020", UNIT, blank][2] == f"{meant:,.0f}"


def test_the_ratio_that_is_said_is_the_one_its_reader_works_out() -> None:
    """A zero left out of 145 beside 100 a year before is no ten times."""
    years = {"chongqing-2020": city(LEVEL), "chongqing-2021": city(LEVEL)}
    years["chongqing-2021"][UNIT]["hazards_exposed"] = years["chongqing-2020"][UNIT]["hazards_exposed"] * 10
    years["chongqing-2021"][UNIT]["hazards_exposed"] += 10
    with checked(years, None) as con:
        query = "select found, expected, message_zh from finding where rule = 'scale_suspect' and unit_id = ?"
        ((found, expected, message),) = con.execute(query, [UNIT]).fetchall()
    value, other = (float(x.replace(",", "")) for x in (found, expected))
    said = float(re.search(r"相差约 ([\d.,]+) 倍", message)[1])  # type: ignore[index]
    assert said == pytest.approx(value / other, rel=0.02)
    assert said != 10


def test_a_lost_ten_thousand() -> None:
    years = {"chongqing-2020": city(LEVEL), "chongqing-2021": city(LEVEL, 1.1)}
    years["chongqing-2021"][UNIT]["worker_action_participations"] = 2
    found = findings(years)
    assert found["scale_suspect", "chongqing-2021", UNIT, "worker_action_participations"][2] == "20,000"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [(2150, "215"), (2215, "215"), (2115, "215"), (2155, "215"), (2135, None), (2153, None)],
    ids=["a zero too many", *["a digit twice"] * 3, "no digit twice", "no digit twice, near"],
)
def test_only_what_a_hand_can_do_is_proposed(typed: int, meant: str | None) -> None:
    """Nobody types 2153 for 215.3: a figure that is no slip is left to the reader, without a proposal."""
    years = {"chongqing-2020": city(LEVEL), "chongqing-2021": city(LEVEL)}
    for figures in years.values():
        figures[UNIT]["hazards_exposed"] = 215
    years["chongqing-2021"][UNIT]["hazards_exposed"] = typed
    found = findings(years)
    said = found.get(("scale_suspect", "chongqing-2021", UNIT, "hazards_exposed"))
    assert (said[2] if said else None) == meant
    if meant is None:
        assert not [k for k in found if k[0] == "scale_suspect" and k[2:] == (UNIT, "hazards_exposed")]


def test_a_digit_left_out_of_a_small_figure_is_still_asked_about() -> None:
    years = {"chongqing-2020": city(LEVEL), "chongqing-2021": city(LEVEL)}
    for figures in years.values():
        figures[UNIT]["hazards_exposed"] = 490
    years["chongqing-2021"][UNIT]["hazards_exposed"] = 49
    assert findings(years)["scale_suspect", "chongqing-2021", UNIT, "hazards_exposed"][2] == "490"


@pytest.mark.parametrize(("usual", "typed", "meant"), [(4, 1, None), (50, 5, "50"), (30_000, 3, "30,000")])
def test_nothing_is_left_out_where_figures_have_one_digit(usual: int, typed: int, meant: str | None) -> None:
    """Where 4 events are usual, 1 is few; it is not 10 with its zero left out."""
    years = {f"chongqing-{year}": city({**LEVEL, "bases_new": usual}) for year in (2019, 2020, 2021)}
    years["chongqing-2021"][UNIT]["bases_new"] = typed
    found = findings(years).get(("scale_suspect", "chongqing-2021", UNIT, "bases_new"))
    assert (found[2] if found else None) == meant


def test_near_misses_of_a_slip() -> None:
    """Three times as much, a doubled city, and one person instead of ten are no slips."""
    years = {"chongqing-2020": city(LEVEL), "chongqing-2021": city(LEVEL, 2.5)}
    years["chongqing-2021"][UNIT]["hazards_exposed"] *= 3
    years["chongqing-2020"][OTHER]["public_reports"] = 9
    years["chongqing-2021"][OTHER]["public_reports"] = 27
    assert {k for k in findings(years) if k[0] in ("scale_suspect", "implausible")} == set()


def test_far_from_own_years_and_peers() -> None:
    years = {"chongqing-2020": city(LEVEL), "chongqing-2021": city(LEVEL)}
    usual = years["chongqing-2021"][UNIT]["drill_participations"]
    years["chongqing-2021"][UNIT]["drill_participations"] = usual * 32
    found = findings(years)
    assert ("implausible", "chongqing-2021", UNIT, "drill_participations") in found
    assert ("implausible", "chongqing-2020", UNIT, "drill_participations") not in found
    years["chongqing-2021"][UNIT]["drill_participations"] = usual * CATALOG.settings["outlier_times"] * 0.5
    assert ("implausible", "chongqing-2021", UNIT, "drill_participations") not in findings(years)


def test_nothing_is_said_without_enough_history_or_peers() -> None:
    few = CATALOG.settings["peers_min"] - 1
    units = dict(list(city(LEVEL).items())[: int(few)])
    units[UNIT]["hazards_exposed"] = 10**6
    assert {k[0] for k in findings({"chongqing-2021": units})} & {"scale_suspect", "implausible"} == set()


def test_a_part_above_its_whole() -> None:
    unit = CATALOG.jurisdictions["china"].unit_id
    rule = ("part_exceeds_whole", "china-2022", unit, "quiz_heads")

    def with_heads(heads: float, qualifiers: Mapping[str, str] | None = None) -> bool:
        figures = {"quiz_heads": heads, "quiz_participations": 100}
        return rule in findings({"china-2022": {unit: figures}}, qualifiers)

    assert with_heads(101)
    assert not with_heads(100)
    assert not with_heads(101, {"quiz_participations": "at_least"}), "the whole may be larger than printed"
    assert not with_heads(101, {"quiz_heads": "approx"})


def test_last_year_and_another_unit() -> None:
    old, new = city(LEVEL), city(LEVEL, 1.3)
    new[UNIT] = dict(old[UNIT])
    new[UNIT]["hazards_exposed"] += 5
    key = ("copied_from_last_year", "chongqing-2021", UNIT, "")
    assert {k for k in findings({"chongqing-2020": old, "chongqing-2021": new}) if k[0].startswith("copied")} == {key}
    for blank in list(LEVEL)[:4]:
        new[UNIT][blank] += 7
    assert key not in findings({"chongqing-2020": old, "chongqing-2021": new})
    new[UNIT] = dict(new[OTHER])
    found = findings({"chongqing-2021": new})
    assert {k[2] for k in found if k[0] == "copied_from_unit"} == {UNIT, OTHER}
    assert found["copied_from_unit", "chongqing-2021", UNIT, ""][1] == CATALOG.units[OTHER].name


@pytest.mark.parametrize("first", range(5))
def test_a_copy_with_every_fifth_figure_changed_and_others_left_out_is_found(first: int) -> None:
    new = city(LEVEL, 1.3)
    new[UNIT] = dict(new[OTHER])
    blanks = sorted(LEVEL)
    for blank in blanks[first::5]:
        new[UNIT][blank] += 7
    del new[OTHER][blanks[(first + 2) % 5]]
    found = {k[2] for k in findings({"chongqing-2021": new}) if k[0] == "copied_from_unit"}
    both = [b for b in blanks if b in new[OTHER]]
    share = sum(new[UNIT][b] == new[OTHER][b] for b in both) / len(both)
    assert found == ({UNIT, OTHER} if share >= CATALOG.settings["copied_share"] else set()), share


def test_a_copied_report_is_told_apart_from_one_whose_counts_contradict_each_other() -> None:
    new = city(LEVEL, 1.3)
    new[UNIT] = dict(new[OTHER])
    third = UNITS[2]
    new[third]["drill_events"] = 0  # with people: one count in doubt
    with checked({"chongqing-2021": new}) as con:
        con.execute((SQL / "marts" / "80_quality_score.sql").read_text(encoding="utf-8"))
        rows = con.execute(
            "select unit_id, n_good, n_all, is_whole_doubted from quality_score where campaign_id = 'chongqing-2021'"
            " and dimension = 'internal' and unit_id in (?, ?, ?)", [UNIT, OTHER, third],
        ).fetchall()  # fmt: skip
    n = len(LEVEL)
    assert {row[0]: row[1:] for row in rows} == {UNIT: (0, n, True), OTHER: (0, n, True), third: (n - 1, n, False)}


def test_what_an_attendance_rests_on_is_kept_with_its_ratio() -> None:
    new = city(LEVEL)
    new[UNIT]["drill_participations"] = LEVEL["drill_participations"] * 400.0  # people per event that can't be
    new[OTHER]["lecture_sessions"] = LEVEL["lecture_sessions"] * 10_000.0
    with checked({"chongqing-2021": new}) as con:
        con.execute((SQL / "marts" / "62_unit_ratio.sql").read_text(encoding="utf-8"))
        rows = con.execute(
            "select unit_id, indicator_id, proposal, is_denominator from ratio_doubt where ratio_id = 'attendance_per_event'"
        ).fetchall()
    assert set(rows) == {
        (UNIT, "drill_participations", "", False),
        (OTHER, "lecture_sessions", str(LEVEL["lecture_sessions"]), True),
    }


def test_heaping_is_more_than_chance() -> None:
    rule = "heaped"
    tens = {blank: 10.0 * (n + 2) for n, blank in enumerate(LEVEL)}
    assert said(tens, rule) == {""}
    some = {blank: value + (n % 3 > 0) for n, (blank, value) in enumerate(tens.items())}
    assert said(some, rule) == set(), "a third of the figures ends in 0"
    hundreds = {blank: 100.0 * (n + 2) for n, blank in enumerate(LEVEL)}
    (found,) = (v for k, v in findings({"chongqing-2021": {UNIT: hundreds}}).items() if k[0] == rule)
    assert found[1] == "00"
    said_to_be_rounded = dict.fromkeys(LEVEL, "approx")
    assert not [k for k in findings({"chongqing-2021": {UNIT: tens}}, said_to_be_rounded) if k[0] == rule]


def test_every_check_has_its_test_and_its_words() -> None:
    text = Path(__file__).read_text(encoding="utf-8")
    for rule in CATALOG_BY_RULE:
        # An empty form is no figure: tests/data/test_held.py.
        assert f'"{rule}"' in text or rule.startswith("copied") or rule == "form_empty", rule
    silent = [r.rule for r in CATALOG.rules.values() if not (r.misleads_zh and r.misleads_en)]
    assert silent == [], "every rule says when it misleads"


@pytest.mark.parametrize(
    "change",
    [{"left": "nothing"}, {"operator": "like"}, {"right": "8.5"}, {"times": "3"}],
    ids=["left", "operator", "number instead of a setting", "times"],
)
def test_a_check_of_an_unknown_name_is_refused(change: dict[str, str]) -> None:
    good = Condition("value", ">", "events")
    known, settings = frozenset({"value", "events"}), frozenset(CATALOG.settings)
    assert "where value > events" in check_sql(Check("heaped", "value", (good,), "value"), known, settings)
    with pytest.raises(CatalogError):
        check_sql(Check("heaped", "value", (replace(good, **change),), "value"), known, settings)  # type: ignore[arg-type]


def test_thresholds_are_no_literals_in_sql() -> None:
    """Numbers in the quantities are places, powers and the two chances of last digits, nothing that judges."""
    for path in sorted((SQL / "quantities").glob("*.sql")):
        text = path.read_text(encoding="utf-8")
        assert "8.5" not in text and "> 3" not in text, path.name


def test_the_page_of_rules_is_fresh() -> None:
    written = (Path(__file__).resolve().parents[3] / "docs" / "rules.md").read_text(encoding="utf-8")
    assert written == rules_doc(CATALOG), "run `make docs`"
