"""Proposals that a person may accept: each must be something that the reader reads as a value of that blank."""

from __future__ import annotations

from dataclasses import replace

from etl.catalog.model import Catalog, Indicator
from etl.decisions.apply import read_value
from etl.facts import Fact, Submission
from etl.findings import Finding
from etl.interpret.reading import GIVEN

_OR = " / "  # between the values of which one may be right


def keep_sound(catalog: Catalog, submission: Submission) -> Submission:
    """The submission, its counts and what is said of them without the proposals that would not be read as a number."""
    form = catalog.forms.get(submission.form_id or "")
    if form is None:
        return submission
    counts = {i.indicator_id: i for i in form.indicators if i.kind == "count"}
    submission.facts = [_fact(f, counts.get(f.indicator_id)) if f.proposal else f for f in submission.facts]
    submission.findings = [
        _finding(f, counts.get(f.indicator_id or "")) if f.proposal else f for f in submission.findings
    ]
    return submission


def sound(indicator: Indicator, proposal: str) -> str | None:
    """What of a count's proposal reads back as a number; None where nothing does."""
    parts = [part.strip() for part in proposal.split(_OR)]
    return _OR.join(part for part in parts if _is_number(indicator, part)) or None


def _is_number(indicator: Indicator, part: str) -> bool:
    reading = read_value(indicator, part) if part else None
    return reading is not None and reading.state in GIVEN and (reading.value is not None or reading.low is not None)


def _fact(fact: Fact, indicator: Indicator | None) -> Fact:
    return fact._replace(proposal=sound(indicator, fact.proposal or "")) if indicator else fact


def _finding(finding: Finding, indicator: Indicator | None) -> Finding:
    """The finding with what may be accepted; its message still quotes what was guessed."""
    if indicator is None or (kept := sound(indicator, finding.proposal or "")) == finding.proposal:
        return finding
    return replace(finding, proposal=kept, words={"proposal": finding.proposal or "", **finding.words})
