"""Links: names given twice."""

from __future__ import annotations

from dashboard.query_reader import merge_repeated


def test_of_a_name_given_twice_the_last_counts_and_the_others_are_told() -> None:
    merged, lost = merge_repeated({"unit": ["a", "b", "a", "c"], "year": ["2021"], "lang": ["zh", "zh"]})
    assert merged == {"unit": "c", "year": "2021", "lang": "zh"}
    assert lost == ("unit=a", "unit=b"), "the same value twice says nothing twice"


def test_names_that_take_several_take_all_mentions() -> None:
    assert merge_repeated({"units": ["a", "b,c"], "vs": ["d"], "order": ["map", "notes"]}) == (
        {"units": "a,b,c", "vs": "d", "order": "map,notes"},
        (),
    )
