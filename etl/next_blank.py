"""Two numbers in one blank and none in the blank behind it: the second may be that blank's, which is then named."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from etl.catalog.model import Form, Indicator
from etl.facts import Fact, event_pairs
from etl.findings import INNER_QUOTES, Finding

_OR = " / "  # between the values of which one may be right


def name_next_blank(form: Form, facts: Iterable[Fact], findings: Sequence[Finding]) -> list[Finding]:
    """The findings; of 72，23250 in a count of events whose people stand empty it is said that 23250 may be theirs. Nothing is counted."""
    if not any(f.rule == "two_values" for f in findings):
        return list(findings)
    empty = {fact.indicator_id for fact in facts if fact.state == "not_filled"}
    behind = {events.indicator_id: people for events, people in event_pairs(form) if people.indicator_id in empty}
    return [_named(finding, behind.get(finding.indicator_id or "")) for finding in findings]


def _named(finding: Finding, people: Indicator | None) -> Finding:
    numbers = (finding.proposal or "").split(_OR)
    if finding.rule != "two_values" or people is None or len(numbers) != 2:
        return finding
    zh = f"；其中 {numbers[1]} 可能是下一空“{people.label_zh.translate(INNER_QUOTES)}”的"
    en = f"; {numbers[1]} may belong to the next blank, “{people.label_en}”"
    return replace(finding, words={**finding.words, "basis": zh, "basis_en": en})
