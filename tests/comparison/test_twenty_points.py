"""The twenty ways in which a form changes from year to year; each is coped with by the catalogue and by a built release."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import combinations
from pathlib import Path
from typing import Any

import duckdb
import pytest
import yaml

from etl.assemble import assemble
from etl.blank.docx import write_docx
from etl.blank.fill import fill_progress
from etl.catalog import load_catalog
from etl.files.intake import Job
from etl.read_file import read_job
from etl.release.build import build_release

Row = tuple[Any, ...]
CATALOG = Path(__file__).resolve().parents[2] / "data" / "catalog"
FORMS = "base_form_id = 'chongqing-2021' and form_id = 'chongqing-2022' and not is_group"
NO_SUM = "one measure never adds both"


@pytest.fixture
def ask(release: duckdb.DuckDBPyConnection) -> Any:
    """A question to the release: its rows."""
    return lambda sql, *values: release.execute(sql, list(values)).fetchall()


def read(name: str) -> Any:
    return yaml.safe_load((CATALOG / name).read_text(encoding="utf-8"))


def pairs(ask: Any, indicator: str, where: str = FORMS) -> list[Row]:
    """Declared pairs that name a blank on either side: base, now, grade, reason."""
    return ask(
        "select base_indicator_ids, indicator_ids, grade, reason_zh from comparison_pair"
        f" where {where} and (list_contains(base_indicator_ids, ?) or list_contains(indicator_ids, ?))",
        indicator,
        indicator,
    )  # fmt: skip


def used(ask: Any) -> set[str]:
    """Every blank that some comparison of 2022 with 2021 rests on."""
    rows = ask(
        "select unnest(list_concat(indicator_ids, base_indicator_ids)) from comparison_detail"
        " where jurisdiction_id = 'chongqing' and year = 2022 and base_year = 2021"
    )
    return {name for (name,) in rows}


def added(ask: Any) -> dict[str, set[str]]:
    """Measure -> the concepts it adds."""
    found: dict[str, set[str]] = {}
    for measure, concept in ask("select measure_id, concept_id from measure_concept where is_added"):
        found.setdefault(measure, set()).add(concept)
    return found


def never_together(ask: Any, one: str, other: str) -> None:
    for measure, concepts in added(ask).items():
        assert not {one, other} <= concepts, f"{NO_SUM}: {measure}"


def partnerless(ask: Any, side: str) -> set[str]:
    """Blanks of one of the two Chongqing forms that no pair names: side is base or now."""
    form, column = ("chongqing-2021", "base_indicator_ids") if side == "base" else ("chongqing-2022", "indicator_ids")
    rows = ask(
        f"select indicator_id from indicator where form_id = '{form}' and indicator_id not in"
        f" (select unnest({column}) from comparison_pair where {FORMS})"
    )
    return {name for (name,) in rows}


def test_01_a_row_that_vanished_has_no_partner(ask: Any) -> None:
    gone = {"consultation_events", "consultation_participations", "thematic_tours", "regional_tours", "online_tours"}
    assert gone <= partnerless(ask, "base")
    assert not gone & used(ask)
    told = ask(
        "select count(*) from change_part where part = 'form' and base_value > 0 and year = 2022 and base_year = 2021"
        " and jurisdiction_id = 'chongqing' and measure_id = 'events'"
    )
    assert told[0][0] > 0, "what the vanished rows held is said as a part of its own"


def test_02_a_row_that_split_is_refused(ask: Any) -> None:
    for blank in ("online_events", "online_event_participations"):
        ((_, now, grade, reason),) = pairs(ask, blank)
        assert grade == "refuse" and "拆分" in reason and now
        assert blank not in used(ask)


def test_03_rows_that_merged_are_close_after_the_sum(ask: Any) -> None:
    ((base, now, grade, reason),) = pairs(ask, "warning_film_exhibition_attendance")
    assert base == ["warning_film_attendance", "warning_exhibition_attendance"] and grade == "close_after_sum"
    assert now == ["warning_film_exhibition_attendance"] and "计两次" in reason
    rows = ask(
        "select d.unit_id, d.base_value, sum(f.value), count(f.value) from comparison_detail d"
        " join current_fact f on f.campaign_id = 'chongqing-2021' and f.unit_id = d.unit_id"
        " and list_contains(d.base_indicator_ids, f.indicator_id)"
        " where d.jurisdiction_id = 'chongqing' and d.year = 2022 and d.base_year = 2021"
        " and d.measure_id = 'warning_education' group by all"
    )
    assert len(rows) >= 30
    assert all(base == total for _, base, total, _ in rows)
    grades = ask(
        "select distinct grade from comparison where jurisdiction_id = 'chongqing' and year = 2022 and base_year = 2021"
        " and measure_id = 'warning_education' and value is not null"
    )
    assert grades == [("close_after_sum",)]


def test_04_the_same_slogan_with_another_measure_is_refused(ask: Any) -> None:
    for blank in ("worker_action_events", "worker_action_participations"):
        ((_, _, grade, reason),) = pairs(ask, blank)
        assert grade == "refuse" and reason
    assert not {"worker_action_events", "worker_action_participations", "whistleblower_problems_found"} & used(ask)


def test_05_a_changed_unit_is_close_and_both_units_are_kept(ask: Any) -> None:
    for base, now, units in (
        ("public_reports", "public_reports", ("条次", "项")),
        ("hazards_exposed", "problems_exposed", ("条", "个")),
        ("publicity_products_made", "publicity_products_made", ("部", "条/份")),
    ):
        ((_, _, grade, reason),) = [p for p in pairs(ask, now) if p[0] == [base]]
        printed = [
            ask("select unit from indicator where form_id = ? and indicator_id = ?", form, name)[0][0]
            for form, name in (("chongqing-2021", base), ("chongqing-2022", now))
        ]
        assert grade == "close" and tuple(printed) == units
        assert all(unit in reason for unit in units)


def test_06_a_mixed_unit_is_never_the_same(ask: Any) -> None:
    mixed = {(f, i) for f, i in ask("select form_id, indicator_id from indicator where unit like '%/%'")}
    assert {("chongqing-2022", "publicity_products_made"), ("chongqing-2022", "press_conferences")} <= mixed
    for form, indicator in mixed:
        for base, now, grade in ask(
            "select base_form_id, indicator_ids, grade from comparison_pair where form_id = ?", form
        ):
            if indicator in now:
                assert base != form and grade in ("close", "refuse"), (base, form, indicator)


def test_07_taking_part_and_being_reached_never_meet(ask: Any) -> None:
    quantity = dict(ask("select concept_id, quantity from concept"))
    for measure, concepts in added(ask).items():
        kinds = {quantity[c] for c in concepts}
        assert not {"participation", "audience"} <= kinds, f"{NO_SUM}: {measure}"
    rows = ask(
        "select b.quantity, n.quantity from comparison_pair p, unnest(p.base_indicator_ids) as x(base),"
        " unnest(p.indicator_ids) as y(now)"
        " join indicator i on i.form_id = p.base_form_id and i.indicator_id = x.base"
        " join indicator j on j.form_id = p.form_id and j.indicator_id = y.now"
        " join concept b on b.concept_id = i.concept_id join concept n on n.concept_id = j.concept_id"
        " where p.grade <> 'refuse'"
    )
    assert rows and all(base == now for base, now in rows)


def test_08_a_changed_list_in_a_label_is_close_with_the_reason(ask: Any) -> None:
    for blank in ("lecture_sessions", "lecture_attendance"):
        ((_, _, grade, reason),) = pairs(ask, blank)
        assert grade == "close" and "大讲堂" in reason and "班组会" in reason


def test_09_overlaps_inside_a_form_are_not_added(ask: Any) -> None:
    never_together(ask, "drills.staff_drill_training.participations", "drills.participations")
    never_together(ask, "drills.staff_drill_training.events", "drills.events")
    never_together(ask, "other.knowledge_contest.events", "online.quiz.events")
    left_out = ask("select concept_id, reason_zh from measure_concept where not is_added")
    named = {concept for concept, reason in left_out if reason}
    assert {"drills.staff_drill_training.participations", "other.knowledge_contest.events"} <= named


def test_quizzes_and_contests_are_refused(ask: Any) -> None:
    found = {(tuple(base), tuple(now)): grade for base, now, grade, _ in pairs(ask, "quiz_participations")}
    assert found == {
        (("quiz_participations",), (name,)): "refuse" for name in ("quiz_participations", "knowledge_contests")
    }
    assert not {"quiz_participations", "knowledge_contests"} & used(ask)


def test_10_cases_are_not_taken_for_part_of_the_problems(ask: Any) -> None:
    never_together(ask, "exposure.typical_cases.items", "exposure.problems.items")
    never_together(ask, "exposure.liability_cases.items", "exposure.typical_cases.items")


def test_11_a_plan_is_no_achievement(ask: Any) -> None:
    planned = {c for (c,) in ask("select concept_id from concept where concept_id like '%planned%'")}
    assert planned == {"bases.planned.items"}
    assert not any(planned & concepts for concepts in added(ask).values())
    assert "bases_planned" in partnerless(ask, "base")


def test_12_a_yes_or_no_is_only_ever_a_share(ask: Any) -> None:
    flags = {c for (c,) in ask("select concept_id from indicator where kind = 'flag'")}
    assert {"study.feature_film.done", "platform.national_used.done"} <= flags
    assert not any(flags & concepts for concepts in added(ask).values())
    told = ask(
        "select sum(f.value), count(f.value) from current_fact f where f.campaign_id = 'chongqing-2021'"
        " and f.indicator_id = 'national_platform_used'"
    )
    assert 0 < told[0][0] <= told[0][1] <= 41, "ticks read, to be counted over those who answered"


def word_form(folder: Path, year: int, unit: str, problems: int) -> None:
    """A unit's Word form of Chongqing with one figure, the problems exposed."""
    catalog = load_catalog()
    campaign = catalog.campaigns[f"chongqing-{year}"]
    form = catalog.forms[str(campaign.form_id)]
    blank = {"chongqing-2021": "hazards_exposed", "chongqing-2022": "problems_exposed"}[form.form_id]
    progress = [fill_progress(a, {blank: str(problems)}) for a in form.activities]
    header = {"reporting_unit": unit, "report_date": f"{year}年7月1日"}
    place = folder / campaign.campaign_id
    place.mkdir(parents=True, exist_ok=True)
    (place / f"{unit}.docx").write_bytes(write_docx(form, progress, header))


@pytest.fixture(scope="module")
def with_departments(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    """A release of two years in which a department sent forms of its own."""
    folder = tmp_path_factory.mktemp("departments")
    for year, district, department in ((2021, 40, 7), (2022, 50, 9)):
        word_form(folder / "inbox", year, "渝北区", district)
        word_form(folder / "inbox", year, "市教育局", department)
    jobs = [
        Job(path, path.name, path.parent.name, datetime(2022, 7, 2), False)
        for path in sorted((folder / "inbox").rglob("*.docx"))
    ]
    catalog, target = load_catalog(), folder / "r.duckdb"
    assembly = assemble(catalog, [s for j in jobs for s in read_job(catalog, j)])
    build_release(catalog, assembly, [], target, "r", "r", datetime(2022, 7, 3))
    with duckdb.connect(str(target), read_only=True) as con:
        yield con


def test_13_levels_of_reporters_are_not_added_up(ask: Any, with_departments: duckdb.DuckDBPyConnection) -> None:
    kinds = {
        campaign: {kind for (kind,) in ask("select distinct u.kind from roster r join unit u using (unit_id)"
                                           " where r.campaign_id = ?", campaign)}
        for campaign in ("chongqing-2021", "ningxia-2021", "jincheng-2022")
    }  # fmt: skip
    assert kinds["ningxia-2021"] == {"city", "zone"} and "city" not in kinds["chongqing-2021"]
    held = with_departments.execute(
        "select u.kind, f.value from current_fact f join unit u using (unit_id)"
        " where f.indicator_id in ('hazards_exposed', 'problems_exposed') and f.value is not null order by f.value"
    ).fetchall()
    assert [value for _, value in held] == [7, 9, 40, 50], "the department's figures are read and kept"
    assert {kind for kind, value in held if value < 10}.isdisjoint(set.union(*kinds.values()))
    totals = with_departments.execute(
        "select t.value from measure_total t where t.measure_id = 'hazards_exposed' and t.value is not null order by 1"
    ).fetchall()
    assert totals == [(40,), (50,)], "they stand in no total"
    rows = with_departments.execute(
        "select unit_id, value, base_value, n_units from comparison where measure_id = 'hazards_exposed'"
        " and year = 2022 and base_year = 2021 and value is not null order by unit_id nulls first"
    ).fetchall()
    assert rows == [(None, 50, 40, 1), ("500112", 50, 40, 1)], "and in no comparison"


def test_14_the_period_that_a_form_holds_is_kept(ask: Any) -> None:
    rows = ask(
        "select campaign_id, ends_on, table_due_on, tour_ends_on from campaign"
        " where form_id is not null and basis <> 'published'"
    )
    assert len(rows) >= 8
    for campaign, ends_on, due_on, tour_ends_on in rows:
        assert due_on < tour_ends_on, f"{campaign}: the table is due before the tour ends, it holds June only"
        assert (ends_on.month, ends_on.day) == (6, 30)
    assert len({due.strftime("%m-%d") for _, _, due, _ in rows}) >= 3, "due on several days"
    # What is compared is June with June: no fact of a form that came after the tour's months, no case of autumn.
    sides = ask(
        "select c.year, c.base_year, sum(d.value), sum(d.base_value), max(c.value), max(c.base_value) from comparison c"
        " join comparison_detail d using (jurisdiction_id, measure_id, year, base_year)"
        " where c.unit_id is null and c.jurisdiction_id = 'chongqing' and c.measure_id = 'typical_cases'"
        " group by all"
    )
    assert len(sides) >= 8
    for year, base_year, value, base_value, shown, base_shown in sides:
        assert (shown, base_shown) == (value, base_value)
        for side, total in ((year, shown), (base_year, base_shown)):
            june = ask(
                "select sum(v.value) from measure_value v join campaign c using (campaign_id)"
                " where c.campaign_id = ? and v.measure_id = 'typical_cases'", f"chongqing-{side}",
            )[0][0]  # fmt: skip
            logged = ask("select count(*) from evidence where campaign_id = ? and kind = 'case_exposed'", f"chongqing-{side}")[0][0]  # fmt: skip
            assert total <= june and (not logged or total != logged), "the register's later cases are not added"
    months = ask("select distinct denominator from unit_ratio where ratio_id = 'cases_per_month'")
    assert months == [(1.0,)], "cases of June stand over one month, not over the tour's seven"


def test_15_one_concept_under_many_local_names(ask: Any) -> None:
    names = dict(ask("select campaign_id, tour_zh from campaign where basis <> 'published'"))
    assert {"安全生产渝州行", "安全生产宁夏行", "晋城安全行"} <= set(names.values())
    held = dict(ask("select concept_id, count(distinct form_id) from indicator group by concept_id"))
    assert held["exposure.problems.items"] >= 4 and held["study.open_lecture.events"] >= 5
    twice = ask("select form_id, concept_id from indicator group by all having count(*) > 1")
    assert not [row for row in twice if row[1].startswith("tour.")], "one concept, whatever the tour is called"


def test_16_local_additions_have_no_national_partner(ask: Any) -> None:
    local = {"exposure.government_briefings.events", "bases.planned.items", "bases.other.items"}
    held = {c for (c,) in ask("select concept_id from indicator where form_id = 'chongqing-2021'")}
    assert local <= held
    national = {c for (c,) in ask("select concept_id from indicator where form_id like 'china-%'")}
    assert not local & national
    blanks = {"government_meeting_briefings", "bases_planned", "bases_other"}
    told = ask("select count(*) from current_fact where campaign_id = 'chongqing-2021' and value > 0"
               " and indicator_id in ('government_meeting_briefings', 'bases_planned', 'bases_other')")  # fmt: skip
    assert told[0][0] > 30, "they were filled"
    between_forms = ask(
        "select distinct unnest(list_concat(d.indicator_ids, d.base_indicator_ids)) from comparison_detail d"
        " join campaign n on n.jurisdiction_id = d.jurisdiction_id and n.year = d.year"
        " join campaign b on b.jurisdiction_id = d.jurisdiction_id and b.year = d.base_year"
        " where n.form_id <> b.form_id"
    )
    assert len(between_forms) > 10 and not blanks & {name for (name,) in between_forms}


def test_17_what_one_form_leaves_out_is_not_read_as_zero(ask: Any) -> None:
    new = partnerless(ask, "now")
    assert {"publicity_products_audience", "door_to_door_audience", "volunteer_participations"} <= new
    rows = ask(
        "select distinct grade, value from comparison where jurisdiction_id = 'chongqing' and year = 2022"
        " and base_year = 2021 and measure_id = 'audience'"
    )
    assert rows == [("refuse", None)], "2021 asked for no audience: refused, not compared with zero"


def test_18_a_changed_hotline_is_known(ask: Any) -> None:
    lines = dict(ask("select form_id, hotlines from form where len(hotlines) > 0"))
    assert lines["chongqing-2021"] == lines["ningxia-2021"] == ["12350"] and lines["jincheng-2022"] == ["12345"]
    where = "base_form_id = 'jincheng-2021' and form_id = 'jincheng-2022'"
    ((_, _, grade, _),) = pairs(ask, "public_reports", where)
    assert grade == "close"


def test_19_a_jump_of_definition_is_a_break(ask: Any) -> None:
    rows = ask(
        "select base_form_id, form_id, grade, reason_zh from comparison_pair where is_break order by base_form_id"
    )
    assert [r[:3] for r in rows] == [("china-2019", "china-2021", "refuse"), ("china-2021", "china-2022", "refuse")]
    assert "7.7 万" in rows[1][3] and "1.02 万" in rows[1][3]
    value = ask(
        "select distinct grade, change, pct from comparison where jurisdiction_id = 'china' and year = 2022"
        " and base_year = 2021 and measure_id = 'hazards_exposed'"
    )
    assert value == [("refuse", None, None)]


def test_what_no_pair_speaks_of_is_not_called_another_definition(ask: Any) -> None:
    """Two forms nobody has compared yet, a form that does not ask: each refusal says which it is, none is silent."""
    assert ask("select count(*) from comparison where grade = 'refuse' and (note_zh = '' or note_en = '')") == [(0,)]
    whole = "select note_zh, note_en from comparison where unit_id is null and grade = 'refuse' and "
    at = "jurisdiction_id = '{}' and year = {} and base_year = {} and measure_id = '{}'"
    ((zh, en),) = ask(whole + at.format("china", 2022, 2019, "participation"))
    assert "怎样可比尚未说明" in zh and "has not been stated yet" in en
    assert ask(whole + at.format("chongqing", 2022, 2021, "audience")) == [
        ("2021 年的表没有这一项", "the form of 2021 does not ask for it")
    ]
    assert ask(whole + at.format("chongqing", 2021, 2020, "audience")) == [
        ("两年的表都没有这一项", "neither form asks for it")
    ]


def test_a_totals_note_parts_what_it_rests_on_from_what_is_left_out(ask: Any) -> None:
    """Reasons of refused pairs stand behind "left out", those of the pairs compared before it; a refusal is whole."""
    rows = ask(
        "select note_zh, note_en, jurisdiction_id, measure_id from comparison where unit_id is null and year = 2022"
        " and base_year = 2021 and grade not in ('refuse', 'missing') and jurisdiction_id = 'jincheng'"
    )
    refused = dict(
        ask(
            "select reason_zh, reason_en from comparison_pair where form_id = 'jincheng-2022' and base_form_id = 'jincheng-2021'"
            " group by all having bool_and(grade = 'refuse') and reason_zh <> ''"
        )
    )
    n_left = 0
    for zh, en, *of in rows:
        for note, mark, reasons in ((zh, "未计入的指标：", refused), (en, "left out: ", refused.values())):
            used, _, left = note.partition(mark)
            assert not any(reason in used for reason in reasons), of
            n_left += any(reason in left for reason in reasons)
    assert n_left >= 4
    assert not ask(
        "select 1 from comparison where grade = 'refuse' and unit_id is null and contains(note_zh, '未计入')"
    )


def test_20_only_units_of_both_years_and_how_many(ask: Any) -> None:
    rows = ask(
        "select t.jurisdiction_id, t.measure_id, t.year, t.base_year, t.n_units, t.n_units_expected, t.value,"
        " sum(u.value), count(u.value), count(*) from comparison t join comparison u on u.unit_id is not null"
        " and t.jurisdiction_id = u.jurisdiction_id and t.measure_id = u.measure_id and t.year = u.year"
        " and t.base_year = u.base_year where t.unit_id is null and t.measure_id <> 'activity_coverage'"
        " group by all"
    )
    assert len(rows) > 60
    for *key, n, m, value, total, counted, expected in rows:
        assert (n, m, value) == (counted, expected, total), key
    silent = ask(
        "select count(*) from comparison c join campaign n on n.jurisdiction_id = c.jurisdiction_id and n.year = c.year"
        " join unit_report r on r.campaign_id = n.campaign_id and r.unit_id = c.unit_id"
        " where r.state = 'not_reported' and c.value is not null"
    )
    assert silent == [(0,)]


def test_every_pair_names_known_blanks_once_a_side() -> None:
    """No blank is used in two comparable pairs of the same forms: nothing counts twice."""
    for entry in read("comparability.yaml")["comparisons"]:
        usable = [p for p in entry["pairs"] if p["grade"] != "refuse" and not p.get("is_group")]
        for one, other in combinations(usable, 2):
            assert not set(one["base"]) & set(other["base"]), (one, other)
            assert not set(one["now"]) & set(other["now"]), (one, other)
        assert all(p["reason_zh"] and p["reason_en"] for p in entry["pairs"])


STUDY = {  # forms.md 6.5: comparable as a group only
    ("theory_group_sessions", "feature_film_screenings", "lecture_sessions"): (
        "seminar_training_sessions", "lecture_sessions"),
    ("theory_group_attendance", "feature_film_attendance", "lecture_attendance"): (
        "seminar_training_attendance", "lecture_attendance"),
}  # fmt: skip


def test_all_study_compares_as_a_group_and_stands_in_no_total(ask: Any) -> None:
    rows = ask(
        "select base_indicator_ids, indicator_ids, grade, reason_zh, reason_en from comparison_pair"
        " where is_group and base_form_id = 'chongqing-2021' and form_id = 'chongqing-2022'"
    )
    assert {tuple(base): tuple(now) for base, now, *_ in rows} == STUDY
    assert all(grade == "close" and zh and en for _, _, grade, zh, en in rows)
    lists = ask("select distinct base_indicator_ids, indicator_ids from comparison_detail")
    assert not [row for row in lists if tuple(row[0]) in STUDY or tuple(row[1]) in STUDY.values()]
    assert "lecture_attendance" in used(ask), "the part that compares on its own is still added, once"
    assert not {"theory_group_attendance", "feature_film_attendance", "seminar_training_attendance"} & used(ask)


MEASURES = [m["measure_id"] for m in read("measures.yaml")["measures"]]


@pytest.mark.parametrize("base", [2020, 2021, 2022, 2025])
@pytest.mark.parametrize("measure", MEASURES)
def test_the_districts_of_2026_stand_for_those_before(ask: Any, base: int, measure: str) -> None:
    """Jiangbei, Yubei and the zone together are the base of Liangjiang; Beibei is refused; both with their reason."""
    rows = ask(
        "select unit_id, grade, base_value, note_zh from comparison where jurisdiction_id = 'chongqing' and year = 2026"
        " and base_year = ? and measure_id = ? and unit_id in ('500157', '500109')",
        base, measure,
    )  # fmt: skip
    by_unit = {row[0]: row[1:] for row in rows}
    assert by_unit["500109"][0] == "refuse" and "北碚区范围改变" in by_unit["500109"][2]
    grade, value, note = by_unit["500157"]
    assert "合并为两江新区" in note
    # Between two forms only some blanks pair: those sums are the oracle's. Inside one form the sum is plain.
    if base in (2022, 2025):
        wanted = three_parts(ask, base, measure)
        assert (grade, value) == (("missing", None) if wanted is None else ("close", wanted))
    assert base != 2025 or value is not None, "the sample's three parts reported in 2025: the bridge is seen at work"
    assert not {u for (u,) in ask("select unit_id from roster where campaign_id = 'chongqing-2026'")} & {"500105", "500112", "CQ-LJ"}  # fmt: skip


def three_parts(ask: Any, base: int, measure: str) -> float | None:
    """What the three units had of a measure in blanks that all three and the later unit filled; None: one was silent."""
    parts = f"campaign_id = 'chongqing-{base}' and unit_id in ('500105', '500112', 'CQ-LJ')"
    if ask(f"select count(*) from unit_report where state = 'reported' and {parts}") != [(3,)]:
        return None
    if measure == "activity_coverage":
        sql = (
            "select 100.0 * count(*) filter (h.state = 'held') / count(*) filter (h.state <> 'not_applicable')"
            " from activity_held h join activity a on a.activity_id = h.activity_id and a.form_id = 'chongqing-2022'"
            f" where not a.is_optional and h.{parts}"
        )
        return ask(sql)[0][0]
    known = "(f.value is not null or f.state = 'not_applicable')"
    full = (
        f"select f.indicator_id, sum(f.value) as value from current_fact f where f.{parts} group by all"
        f" having count(*) filter ({known}) = 3"
    )
    later = f"campaign_id = 'chongqing-2026' and unit_id = '500157' and {known} and f.value is not null"
    return ask(
        f"select sum(p.value) from ({full}) p join current_fact f on f.indicator_id = p.indicator_id and f.{later}"
        " join indicator i on i.form_id = 'chongqing-2022' and i.indicator_id = p.indicator_id"
        f" join measure_concept m on m.concept_id = i.concept_id and m.is_added and m.measure_id = '{measure}'"
    )[0][0]
