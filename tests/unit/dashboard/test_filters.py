"""URL -> filters -> URL: stable for random links, harmless for hostile ones."""

from __future__ import annotations

import random
import string
from dataclasses import replace
from datetime import date

import pytest

from dashboard.base_words import base_notice
from dashboard.filter_words import describe
from dashboard.filters import (
    Choices,
    Filters,
    change_filters,
    change_params,
    parse_filters,
    to_query,
    value_params,
)
from dashboard.query_reader import URL_NAMES
from dashboard.records import Activity, Campaign, Lang, Measure, RosterUnit
from dashboard.texts import text


def campaign(area: str, year: int, form_id: str | None = "f", *, has_data: bool = True) -> Campaign:
    name = {"chongqing": "重庆市", "jilin": "吉林省", "china": "全国"}[area]
    day = date(year, 6, 1)
    return Campaign(
        f"{area}-{year}", area, name, area.title(), name[:2], year, form_id, "", "", "", "",
        "published" if area == "china" else "notice", day, day, None, None,
        True, has_data, 2, 2,
    )  # fmt: skip


def measure(measure_id: str, label: str, *, per_capita: bool) -> Measure:
    return Measure(measure_id, "sum", "人次", "people", label, measure_id, "participation", per_capita, False, "", "")


CHOICES = Choices(
    campaigns=(
        campaign("chongqing", 2026, has_data=False),
        campaign("chongqing", 2022),
        campaign("chongqing", 2021),
        campaign("jilin", 2021, None),
        campaign("china", 2022),
    ),
    measures=(
        measure("participation", "参与人次", per_capita=True),
        measure("activity_coverage", "覆盖率", per_capita=False),
    ),
    base_years=(("chongqing", 2022, 2021), ("chongqing", 2026, 2022), ("chongqing", 2026, 2021)),
    activities={"f": (Activity("study", "学习", "Study", "学习", "Study", False),)},
    units={
        f"chongqing-{y}": (RosterUnit(f"chongqing-{y}", "500101", "万州区", "万州", "Wanzhou", "district"),)
        for y in (2021, 2022)
    },
)
VALUES = {
    "lang": ["zh", "en"],
    "area": ["chongqing", "jilin", "china", "nowhere"],
    "year": ["2021", "2022", "2026", "1999", "２０２２", "2022 "],
    "base": ["2021", "2022", "none", "2026"],
    "measure": ["participation", "activity_coverage", "audience"],
    "activity": ["", "study", "drills"],
    "kind": ["", "district", "zone", "city"],
    "per10k": ["0", "1", "yes"],
    "unit": ["", "500101", "CQ-WS"],
    "present": ["0", "1", "yes"],
    "order": ["", "map", "quality,map,figures", "map,map,nowhere", ",,", "missing, map"],
    "ground": ["", "light", "dark", "#000"],
}
HOSTILE = [
    "' or 1=1 --", "'; drop table fact; --", "<script>alert(1)</script>", "../../etc/passwd", "%00", "\x00", "\u202e",
    "{measure}", "{0.__class__}", "${jndi:ldap://x}", "=1+1", "𝟮𝟬𝟮𝟮", "-1", "1e9", "NaN", "null", "None", "true",
    "a" * 100_000, "重庆市", "\n\r\t", "[](javascript:x)", "`rm -rf`", "$x$", "&lang=en",
]  # fmt: skip


def test_without_a_link_the_newest_year_with_data_is_shown() -> None:
    parsed = parse_filters({}, CHOICES)
    assert parsed.filters == Filters("chongqing", 2022, 2021)
    assert parsed.ignored == ()


def test_200_random_links_are_stable() -> None:
    chance = random.Random(11)
    for _ in range(200):
        query = {name: chance.choice(values) for name, values in VALUES.items() if chance.random() < 0.6}
        first = parse_filters(query, CHOICES)
        again = parse_filters(to_query(first.filters), CHOICES)
        assert again.filters == first.filters
        assert again.ignored == ()
        assert to_query(again.filters) == to_query(first.filters)


@pytest.mark.parametrize("value", HOSTILE)
@pytest.mark.parametrize("by_name", [False, True])
def test_hostile_links_are_ignored_and_named(value: str, by_name: bool) -> None:
    chance = random.Random(value)
    # A view may have any name in words.
    name = value if by_name else chance.choice([known for known in URL_NAMES.values() if known != "name"])
    parsed = parse_filters({name: value}, CHOICES)
    assert parsed.filters == Filters("chongqing", 2022, 2021)
    assert len(parsed.ignored) == 1
    assert all(len(text) <= 81 and text.isprintable() for text in parsed.ignored)
    assert all(value not in str(p) for p in value_params(parsed.filters).values())


def test_every_name_takes_hostile_values() -> None:
    chance = random.Random(5)
    for _ in range(200):
        query = {name: "".join(chance.choices(string.printable, k=9)) for name in URL_NAMES.values()}
        parsed = parse_filters(query, CHOICES)
        assert replace(parsed.filters, name="") == Filters("chongqing", 2022, 2021)


def test_national_totals_are_no_jurisdiction() -> None:
    assert "china" not in CHOICES.jurisdictions()
    assert parse_filters({"area": "china"}, CHOICES).ignored == ("area=china",)


def test_a_campaign_without_a_table_can_be_chosen() -> None:
    assert parse_filters({"area": "jilin"}, CHOICES).filters == Filters("jilin", 2021, None)


def test_changing_the_area_drops_what_does_not_fit() -> None:
    start = parse_filters({"year": "2022", "unit": "500101", "activity": "study", "lang": "en"}, CHOICES).filters
    moved = change_filters(start, CHOICES, "area", "jilin")
    assert moved == Filters("jilin", 2021, None, lang="en")


def test_rates_only_of_measures_that_have_them() -> None:
    assert parse_filters({"per10k": "1"}, CHOICES).filters.per_10k
    assert not parse_filters({"per10k": "1", "measure": "activity_coverage"}, CHOICES).filters.per_10k


def test_parameters_and_words_say_the_same() -> None:
    filters = parse_filters({"activity": "study", "kind": "zone", "per10k": "1"}, CHOICES).filters
    assert value_params(filters) == {
        "campaign_id": "chongqing-2022", "measure_id": "participation", "activity_id": "study", "scope": "zone",
    }  # fmt: skip
    assert change_params(filters)["base_year"] == 2021
    assert describe(filters, CHOICES) == "重庆市 2022 年，参与人次（每万人），学习，功能区，对比 2021 年"
    english = parse_filters({"lang": "en", "base": "none"}, CHOICES).filters
    assert describe(english, CHOICES) == "Chongqing 2022, participation, All activities, All units"


def test_the_measures_of_a_cross_table_stand_in_the_link_as_many_as_it_shows() -> None:
    more = (measure(name, name, per_capita=False) for name in "abcd")
    choices = replace(CHOICES, measures=(*CHOICES.measures, *more))
    found = parse_filters({"area": "chongqing", "year": "2022", "columns": "d,b,nonsense,a,c"}, choices)
    assert found.filters.columns == ("a", "b", "c") and to_query(found.filters)["columns"] == "a,b,c"
    assert found.ignored == ("columns=nonsense", "columns=d")
    assert "columns" not in to_query(change_filters(found.filters, choices, "columns", ""))


def test_units_groups_classes_and_name_stand_in_the_link() -> None:
    ids = [unit.unit_id for unit in CHOICES.units_of(CHOICES.campaign("chongqing", 2022))][:2]
    query = {"units": f"{ids[-1]},{ids[0]},9", "vs": ids[0], "classes": "10,20.5", "name": "七月例会 1"}
    parsed = parse_filters(query, CHOICES)
    assert parsed.filters.units == tuple(ids) and parsed.filters.against == (ids[0],)
    assert parsed.filters.scope == ",".join(ids) and parsed.ignored == ("units=9",)
    assert (parsed.filters.classes, parsed.filters.name) == ("10,20.5", "七月例会 1")
    assert parse_filters(to_query(parsed.filters), CHOICES).filters == parsed.filters
    assert f"所选 {len(ids)} 个单位" in describe(parsed.filters, CHOICES)
    for wrong in ("20,10", "1,1", "a", "1,2,3,4,5", "jenks2"):
        assert parse_filters({"classes": wrong}, CHOICES).ignored == (f"classes={wrong}",)
    assert change_filters(parsed.filters, CHOICES, "area", "jilin").units == ()


@pytest.mark.parametrize(
    ("area", "year", "asked", "why"),
    [("chongqing", 2022, "2022", "not_earlier"), ("chongqing", 2022, "2026", "not_earlier"),
     ("chongqing", 2022, "2019", "unknown"), ("chongqing", 2025, "2022", "pair"), ("chongqing", 2025, "2023", "no_data"),
     ("chongqing", 2025, "2024", "no_table"), ("chongqing", 2026, "2019", "unknown"), ("chongqing", 2026, "2025", "own"),
     ("chongqing", 2022, "2021", ""), ("chongqing", 2022, "none", ""), ("chongqing", 2022, "<b>", ""),
     ("chongqing", 2022, "٢٠١٩", "")],
)  # fmt: skip
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_year_that_is_not_compared_with_is_named_with_its_reason_and_what_is_shown(
    lang: Lang, area: str, year: int, asked: str, why: str
) -> None:
    more = (campaign(area, 2025), campaign(area, 2024, None), campaign(area, 2023, has_data=False))
    choices = replace(CHOICES, campaigns=(*CHOICES.campaigns, *more))
    filters = parse_filters({"area": area, "year": str(year), "base": asked, "lang": lang}, choices).filters
    told = base_notice(asked, filters, choices)
    if not why:
        assert told == ""
        return
    values = {"asked": asked, "year": year, "base": filters.base_year}
    assert text(lang, f"notice.base.{why}", **values) in told and asked in told
    assert text(lang, "notice.base.now.other" if filters.base_year else "notice.base.now.none", **values) in told
