"""Two readings of a scan: what may be a mere stroke is never counted."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from etl.catalog import load_catalog
from etl.facts import Fact, Submission, interpret, make_fact
from etl.interpret.count import Typed
from etl.ocr.values import Patch, judge_scan

FORM, PLACE = "chongqing-2021", "表1行2列3"


def judged(typed: str) -> Fact:
    catalog = load_catalog()
    indicator = catalog.forms[FORM].by_indicator["theory_group_sessions"]
    fact = make_fact("500112", indicator, interpret(indicator, Typed(typed)), typed, f"{PLACE} 空1")
    first = Submission("a.jpg", "a", "picture", 0, FORM, FORM, "500112", None, date(2021, 7, 1), facts=[fact])
    patch = Patch("框1:0,0,9,9", ((typed, 0.99),))
    (made,) = judge_scan(catalog, [first], [replace(first, findings=[])], {PLACE: patch})
    assert made.is_scan
    return made.facts[0]


@pytest.mark.parametrize("typed", ["1", "l", "I", "|", "/", " 1 ", "１"])
def test_a_lone_stroke_on_a_scan_is_never_counted(typed: str) -> None:
    fact = judged(typed)
    assert (fact.value, fact.state) == (None, "needs_ocr")
    assert fact.proposal


@pytest.mark.parametrize(("typed", "value"), [("7", 7.0), ("11", 11.0), ("1200", 1200.0)])
def test_other_numbers_count_as_approximate(typed: str, value: float) -> None:
    assert (judged(typed).value, judged(typed).qualifier) == (value, "approx")
