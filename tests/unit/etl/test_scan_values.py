"""Two readings of a scan: what may be a mere stroke is never counted."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from etl.catalog import load_catalog
from etl.facts import Fact, Submission, interpret, make_fact
from etl.findings import Finding, word_finding
from etl.interpret.count import Typed
from etl.interpret.reading import Reading
from etl.ocr.patches import Patch
from etl.ocr.values import judge_scan

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


def a_scan(unit_id: str | None, name: str, *findings: Finding, place: str = f"{PLACE} 空1") -> Submission:
    """One reading of a scan with a single value and what was said of it."""
    catalog = load_catalog()
    indicator = catalog.forms[FORM].by_indicator["theory_group_sessions"]
    fact = make_fact(unit_id, indicator, interpret(indicator, Typed("-9")), "-9", place)
    said = [Finding("negative", place, "-9", unit_id=unit_id, indicator_id=indicator.indicator_id), *findings]
    return Submission(name, "a", "picture", 0, FORM, FORM, unit_id, None, date(2021, 7, 1), facts=[fact], findings=said)


def unread(name: str) -> Finding:
    return Finding("unit_unresolved", "页1段2", name)


PATCHES = {
    "页1段2": Patch("框1:1,2,3,4", (("填报单位（盖章）：渝北区", 0.8),)),
    PLACE: Patch("框1:5,6,7,8", (("（-9）次", 0.99),)),
}


def test_the_file_name_decides_where_one_reading_knows_the_unit() -> None:
    first, second = a_scan("500112", "渝北区盖章扫描.pdf"), a_scan(None, "渝北区盖章扫描.pdf", unread("渝化区1"))
    (made,) = judge_scan(load_catalog(), [first], [second], PATCHES)
    assert made.unit_id == made.facts[0].unit_id == "500112"
    assert [f.found for f in made.findings if f.rule == "unit_inferred"] == ["渝北区盖章扫描.pdf"]
    assert not [f for f in made.findings if f.rule == "unit_unresolved"]


def test_the_file_name_decides_where_the_line_is_illegible() -> None:
    name = "渝北区盖章扫描.pdf"
    (made,) = judge_scan(
        load_catalog(), [a_scan(None, name, unread("口匕"))], [a_scan(None, name, unread("淪"))], PATCHES
    )
    assert made.unit_id == "500112"


@pytest.mark.parametrize("read", [("某某科技", "某某科技"), ("渝北区教委", "渝北区教委1"), ("江北区教委", "江北区教")])
def test_a_legible_line_is_not_overruled_by_the_file_name(read: tuple[str, str]) -> None:
    name = "渝北区盖章扫描.pdf"
    (made,) = judge_scan(
        load_catalog(), [a_scan(None, name, unread(read[0]))], [a_scan(None, name, unread(read[1]))], PATCHES
    )
    assert made.unit_id is None
    assert [f.place for f in made.findings if f.rule == "unit_unresolved"] == ["页1段2 框1:1,2,3,4"]


def test_units_that_differ_are_named_and_findings_stay_with_their_values() -> None:
    first, second = a_scan("500112", "扫描.pdf"), a_scan("500105", "扫描.pdf")
    (made,) = judge_scan(load_catalog(), [first], [second], PATCHES)
    assert made.unit_id is None and {f.unit_id for f in made.facts} == {None}
    (row,) = [word_finding(load_catalog(), f, "s", FORM, FORM) for f in made.findings if f.rule == "unit_unresolved"]
    assert row.place == "页1段2 框1:1,2,3,4"
    assert "渝北区" in row.found and "***" not in row.found and row.proposal == "渝北区"
    assert {f.unit_id for f in made.findings if f.rule == "negative"} == {None}


def test_a_blank_without_a_cell_shows_its_page_and_the_likely_line() -> None:
    catalog = load_catalog()
    indicator = catalog.forms[FORM].by_indicator["theory_group_sessions"]
    fact = make_fact("500112", indicator, Reading("row_missing"), None, "开展专题学习 空1")
    missing = Finding("row_missing", fact.place, indicator_id=indicator.indicator_id)
    first = Submission("a.jpg", "a", "picture", 0, FORM, FORM, "500112", None, facts=[fact], findings=[missing])
    line = f"{indicator.label_zh}（12）次，参与（300）人次"
    patches = {"页1": Patch("框1:0,0,1000,1000", (("填报单位（盖章）：渝北区", 1.0), (line, 0.98)))}
    (made,) = judge_scan(catalog, [first], [replace(first, findings=[])], patches)
    (shown,) = made.facts
    assert shown.value is None and shown.state == "needs_ocr" and shown.place.endswith("框1:0,0,1000,1000")
    assert shown.place.startswith("页1（“") and "空1" in shown.place
    assert [(f.rule, f.found) for f in made.findings if f.indicator_id] == [("ocr_line", line)]
