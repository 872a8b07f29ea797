"""A misspelt unit: the one name that is near is proposed, never taken; where several are near, none is."""

from __future__ import annotations

import pytest

from etl.catalog import load_catalog
from etl.resolve import resolver_for

CATALOG = load_catalog()


@pytest.mark.parametrize(
    ("campaign_id", "typed", "proposal"),
    [
        ("chongqing-2021", "纂江区", "綦江区"),  # 黔江区 differs by one character too, but does not look like it
        ("chongqing-2021", "纂江", "綦江区"),
        ("chongqing-2021", "重庆市纂江区", "綦江区"),
        ("chongqing-2021", "默江区", "黔江区"),
        ("chongqing-2021", "瞳南区", "潼南区"),
        ("chongqing-2021", "壁山区", "璧山区"),
        ("chongqing-2021", "北培区", "北碚区"),
        ("chongqing-2021", "渝贝区", "渝北区"),
        ("chongqing-2021", "巫西县", "巫溪县"),  # 巫山县 differs by one character too
        ("chongqing-2021", "巫希县", "巫溪县"),
        ("chongqing-2021", "武溪县", "巫溪县"),
        ("chongqing-2021", "巫三县", "巫山县"),
        ("chongqing-2021", "和川区", "合川区"),
        ("chongqing-2021", "咏川区", "永川区"),
        ("chongqing-2021", "难川区", "南川区"),
        ("chongqing-2021", "江进区", "江津区"),
        ("chongqing-2021", "方州区", "万州区"),
        ("chongqing-2021", "巫某县", ""),
        ("chongqing-2021", "某川区", ""),
        ("chongqing-2021", "某江区", ""),
        ("chongqing-2021", "某南区", ""),
        ("ningxia-2021", "很川市", "银川市"),
        ("jincheng-2022", "泌水县", "沁水县"),
        ("jincheng-2022", "纂江区", ""),
    ],
)
def test_the_nearest_unit_is_proposed(campaign_id: str, typed: str, proposal: str) -> None:
    found = resolver_for(CATALOG, CATALOG.campaigns[campaign_id]).resolve(typed)
    assert (found.unit_id, found.proposal) == (None, proposal)


def test_alike_characters_are_of_units_names() -> None:
    from etl.interpret.lexicon import load_lexicon

    names = "".join(u.name + u.short_name for u in CATALOG.units.values())
    alike = load_lexicon().alike
    assert [c for c in alike if c not in names] == []
    assert [c for c, others in alike.items() if c in others or len(set(others)) < len(others)] == []


@pytest.mark.parametrize(
    "typed",
    ["★万州区", "●万州区", "【万州区】", "（万州区）", "萬州區", "重慶市萬州區應急管理局", "萬州區（蓋章）", "万州区★"],
)
def test_marks_brackets_and_full_characters_are_the_same_name(typed: str) -> None:
    assert resolver_for(CATALOG, CATALOG.campaigns["chongqing-2021"]).resolve(typed).unit_id == "500101"


@pytest.mark.parametrize("typed", ["×万州区", "（万州区）教委", "万州区（主城）", "萬州區教委"])
def test_other_signs_around_a_name_are_not(typed: str) -> None:
    assert resolver_for(CATALOG, CATALOG.campaigns["chongqing-2021"]).resolve(typed).unit_id is None


@pytest.mark.parametrize(
    ("path", "unit_id"),
    [
        (f"万州区/{name}", "500101")
        for name in ("附件1.docx", "2021年安全生产月统计表（最终版）.docx", "7月2日/表1.docx", "材料和总结/表.xlsx")
    ]
    + [(f"万州区/{name}", None) for name in ("区教委/表.docx", "高笋塘街道.docx", "某某化工有限公司.xlsx", "张三.docx")]
    + [("涪陵区/万州区.docx", "500101"), ("表.docx", None)],
)
def test_a_folder_s_name_counts_only_where_no_other_name_stands_below_it(path: str, unit_id: str | None) -> None:
    resolver = resolver_for(CATALOG, CATALOG.campaigns["chongqing-2021"])
    assert resolver.search_path(path).unit_id == unit_id
