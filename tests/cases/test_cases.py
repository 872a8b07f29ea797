"""Every case of the table, and whole files with several habits at once, through the real reader."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

import etl.ocr.scan
from tests.cases.listed import HERE, TABLES, WHOLE, Case, cases, recipes_of
from tests.cases.reading import Outcome, Value, read_files
from tests.cases.real_files import needs_programs
from tests.cases.writing import catalog, form_of, stand_ins

# What a case may say; any other key is a text whose comma was not quoted.
KEYS = frozenset(
    [
        "alone",
        "blank",
        "blocks",
        "campaign",
        "decided",
        "duties",
        "edit",
        "evidence",
        "files",
        "fill",
        "finding_says",
        "findings",
        "header",
        "high",
        "leave_empty",
        "load",
        "low",
        "name",
        "neighbours",
        "no_findings",
        "number",
        "only",
        "progress",
        "proposal",
        "qualifier",
        "quiet",
        "raw",
        "received",
        "report_date",
        "rules",
        "scanned",
        "sheets",
        "slow",
        "standing",
        "state",
        "swap",
        "text",
        "title",
        "typed",
        "unit",
        "units",
        "value",
        "values",
        "variants",
        "without",
    ]
)


def test_every_word_of_a_case_is_read() -> None:
    cases = [c for table in (*TABLES.values(), *WHOLE.values()) for c in table["cases"]]
    said = [s for c in cases for s in (c, *c.get("variants", []))]
    assert {key for s in said for key in s} - KEYS == set()


def test_every_number_of_the_table_is_here() -> None:
    numbers = [case["number"] for table in TABLES.values() for case in table["cases"]]
    assert sorted(numbers) == list(range(1, 158))


def test_a_case_decided_otherwise_says_why() -> None:
    decisions = (HERE.parents[1] / "docs" / "decisions.md").read_text(encoding="utf-8")
    decided = [case["number"] for table in TABLES.values() for case in table["cases"] if "decided" in case]
    assert [n for n in decided if f"case {n}" not in decisions] == []


CASES = [pytest.param(c, id=n, marks=[pytest.mark.slow] if c.get("slow") else []) for n, c in cases()]


@pytest.mark.parametrize("case", CASES)
def test_case(case: Case, tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    recipes = recipes_of(case)
    real = request.getfixturevalue("real") if any(map(needs_programs, recipes)) else None
    if case.get("without") == "ocr":
        monkeypatch.setattr(etl.ocr.scan, "is_installed", lambda: False)
    if case.get("without") == "libreoffice":
        monkeypatch.setenv("ATLAS_SOFFICE", "")
    outcome = read_files(recipes, tmp_path, case["campaign"], is_load=bool(case.get("load")), real=real)
    _check_blank(case, outcome)
    _check_values(case, outcome)
    _check_neighbours(case, outcome)
    _check_files(case, outcome)
    _check_findings(case, outcome)
    _check_scan(case, outcome)


def _unit_of(case: Case, outcome: Outcome) -> str:
    if "unit" in case:
        return str(case["unit"] or "")
    campaign = catalog().campaigns[case["campaign"]]
    return catalog().roster(campaign)[0].unit_id


def _check_blank(case: Case, outcome: Outcome) -> None:
    """The one blank the case is about: value, qualifier, state and exactly the rules it names."""
    if "blank" not in case:
        return
    got = outcome.values[_unit_of(case, outcome), case["blank"]]
    value = case.get("value")
    state = case.get("state") or ("explicit_zero" if value == 0 else "reported")
    assert (got.value, got.qualifier, got.state) == (value, case.get("qualifier", "exact"), state), got
    assert (got.low, got.high) == (case.get("low"), case.get("high"))
    assert set(got.rules) - {"row_missing"} == set(case.get("rules", ())), got
    if "proposal" in case:
        assert got.proposals == {case["proposal"]}
    if "text" in case:
        assert got.text == case["text"]
    if "raw" in case:
        assert got.raw is not None and case["raw"] in got.raw


def _check_values(case: Case, outcome: Outcome) -> None:
    """Further blanks by unit: a number, a state, or {value, state, qualifier, rules}."""
    units: Mapping[str, Mapping[str, Any]] = case.get("units") or {}
    if "values" in case:
        units = {_unit_of(case, outcome): case["values"], **units}
    for unit, wanted in units.items():
        for blank, want in wanted.items():
            got = outcome.values.get((str(unit), blank))
            assert got is not None, (unit, blank)
            if isinstance(want, Mapping):
                for name, expected in want.items():
                    if name == "rules":
                        assert set(expected) <= set(got.rules), (unit, blank, got)
                    elif name == "proposals":
                        assert set(expected) == got.proposals, (unit, blank, got)
                    else:
                        assert getattr(got, name) == expected, (unit, blank, got)
            else:
                assert got.said == want, (unit, blank, got)
    if case.get("only"):
        # Nothing but what is named carries a value.
        named = {(str(u), b) for u, wanted in units.items() for b in wanted}
        assert {k: v.value for k, v in outcome.values.items() if v.value is not None and k not in named} == {}


def _check_neighbours(case: Case, outcome: Outcome) -> None:
    """The blanks around the case's own hold what stands in them: nothing shifted, nothing invented."""
    if "neighbours" in case and not case["neighbours"]:
        return
    if any(k in case for k in ("files", "sheets", "lines", "bytes", "blocks")) and "neighbours" not in case:
        return
    own = {case.get("blank"), *case.get("values", {}), *case.get("leave_empty", ())}
    form = form_of(case)
    filled = {} if case.get("alone") else stand_ins(form)
    filled.update({k: str(v) for k, v in case.get("fill", {}).items()})
    for indicator in form.indicators:
        if indicator.indicator_id in own:
            continue
        typed = filled.get(indicator.indicator_id, "")
        got = outcome.values[_unit_of(case, outcome), indicator.indicator_id]
        if indicator.kind == "text":
            assert got.text == (typed or None), got
        else:
            want = {"": None, "☑是□否": 1.0}.get(typed) if not typed.isdigit() else float(typed)
            assert got.value == want, (indicator.indicator_id, got)


def _check_files(case: Case, outcome: Outcome) -> None:
    for name, wanted in case.get("standing", {}).items():
        assert sorted(s for s, _, _ in outcome.files.get(name, [])) == sorted(
            wanted if isinstance(wanted, list) else [wanted]
        ), outcome.files
    if "report_date" in case:
        (said,) = [s for files in outcome.files.values() for s in files]
        assert said[2] == (str(case["report_date"]) if case["report_date"] else None)
    if "unit" in case:
        counted = [s[1] for files in outcome.files.values() for s in files if s[0] == "current"]
        assert counted == ([case["unit"]] if case["unit"] else [])
    for key, (met_at, state) in ((tuple(k.split("/")), v) for k, v in case.get("duties", {}).items()):
        assert outcome.duties[key] == (met_at, state)


def _check_findings(case: Case, outcome: Outcome) -> None:
    for rule in case.get("findings", ()):
        assert rule in outcome.rules, outcome.findings
    for rule in case.get("no_findings", ()):
        assert rule not in outcome.rules, [f for f in outcome.findings if f[0] == rule]
    if case.get("quiet"):
        assert outcome.rules == []
    for rule, said in case.get("finding_says", {}).items():
        assert any(f[0] == rule and str(said) in (f[4], f[5]) for f in outcome.findings), outcome.findings


def _check_scan(case: Case, outcome: Outcome) -> None:
    """Each blank of a scan is what was typed, approximate and with its finding, or withheld; so many at least are read."""
    if "scanned" not in case:
        return
    n_read = 0
    for blank, typed in case["fill"].items():
        got = outcome.values[_unit_of(case, outcome), blank]
        if got.value is not None:
            assert (got.value, got.qualifier, "ocr_value" in got.rules) == (typed, "approx", True), (blank, got)
            n_read += 1
        else:
            assert got.state == "needs_ocr", (blank, got)
    assert n_read >= case["scanned"], outcome.values


def test_values_are_compared_as_said() -> None:
    nothing: Any = None
    assert (
        Value(nothing, "exact", "pending", nothing, nothing, nothing, "", frozenset(), frozenset(), frozenset()).said
        == "pending"
    )
