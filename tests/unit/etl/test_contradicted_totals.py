"""A total in a blank and named parts that can't make it are withheld; parts that do, or name some of it only, are read."""

from __future__ import annotations

import pytest

from etl.interpret.count import Typed, interpret_count


@pytest.mark.parametrize(
    ("typed", "proposal"),
    [
        ("区直3，镇街5，共9", "9 / 8"),
        ("区直3，镇街3，共3", "3 / 6"),
        ("线上3，线下5，共9", "9 / 8"),
        ("2（线上3，线下5）", "2 / 8"),
        ("8（其中线上3、线下6）", "8 / 9"),
        ("8场（其中：线上3场、线下6场）", "8 / 9"),
    ],
)
def test_parts_that_contradict_their_total_withhold_both(typed: str, proposal: str) -> None:
    read = interpret_count(Typed(typed), "场")
    assert (read.value, read.proposal) == (None, proposal)


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("城区3，乡镇5，共8", 8),
        ("8（线上3、线下5）", 8),
        ("20场（其中线上5场、线下6场）", 20),
        ("共20场（线上12场，线下8场）", 20),
        ("20=12+8", 20),
    ],
)
def test_a_total_that_its_parts_allow_is_read(typed: str, value: float) -> None:
    assert interpret_count(Typed(typed), "场").value == value
