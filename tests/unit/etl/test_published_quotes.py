"""The published figures of provinces, cities and districts against the quotes they were taken from, typed a second time."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

PUBLISHED = Path(__file__).resolve().parents[3] / "data" / "published"
QUOTES = {
    "jiangsu-2019": "8760场次 1万余场次 1036场次 800多万份 609条",
    "shandong-2023": (
        "5万余场次 46万人次 1000余篇 57万余场次 4773万余人次 51万余块 90万余幅 3.1万余个 396万余份 58.51万个 32个 2651个 192个"
    ),
    "huairou-2024": "255场次 15483人次 102场次 62710人次 705次",
    "dongying-2025": "1100余场 15万余人次 超2000场次 20万人次 1500余次 15万人次",
    "yingcheng-2023": "20个 11个 300余份",
    "shangluo-2023": "800余块 4万余份 6万余人次",
    "luohe-2022": "1500余份 200余人次",
}


def rows(campaign: str) -> list[dict[str, str]]:
    (path,) = (p for p in (PUBLISHED / campaign).glob("*.csv") if p.name != "received.csv")
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.mark.parametrize("campaign", QUOTES)
def test_figures_are_those_of_the_quotes(campaign: str) -> None:
    found = rows(campaign)
    assert [row["公布数"] + row["单位"] for row in found] == QUOTES[campaign].split()
    assert all(row["公布数"] in row["原文"] and row["来源"] for row in found)


def test_every_local_campaign_has_quotes() -> None:
    local = {p.name for p in PUBLISHED.iterdir() if p.is_dir() and not p.name.startswith("china-")}
    assert local == set(QUOTES)


def test_a_masked_source_says_so() -> None:
    assert all("XX区" in row["来源"] and "中等" in row["来源"] and row["网址"] for row in rows("huairou-2024"))
    assert all("无固定网址" in row["来源"] and not row["网址"] for row in rows("jiangsu-2019"))
