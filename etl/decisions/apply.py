"""Decisions about single blanks put onto what was read; those whose source says something else lapse."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from etl.catalog.model import Catalog, Indicator
from etl.decisions.model import Decision, is_repeated, standing, subject
from etl.facts import Fact, Submission, interpret, number_words
from etl.file_names import own_name
from etl.findings import Finding
from etl.interpret.count import Typed
from etl.interpret.reading import UNREADABLE, Reading

APPLIED, LAPSED, SUPERSEDED, WITHDRAWN = "applied", "lapsed", "superseded", "withdrawn"
# What a lapsed decision finds where its file is not there, or was sent back by hand.
GONE, REJECTED = "file", "rejected"


@dataclass(frozen=True)
class Outcome:
    """What became of a decision: applied, lapsed (`found` is what the source says now), withdrawn (`found` is the decision that
    repeats it, if one does), or superseded (`found` is the newer file that counts instead of its source)."""

    decision: Decision
    state: str
    found: str = ""


def apply_decisions(
    catalog: Catalog, submissions: Iterable[Submission], decisions: Sequence[Decision]
) -> list[Outcome]:
    """Corrects the facts in place and says what became of each decision, in their order.

    A later decision about the same replaces the earlier one.
    """
    by_file: dict[str, list[Submission]] = defaultdict(list)
    used: set[str] = set()
    for submission in submissions:
        by_file[submission.sha256].append(submission)
        used.update(submission.decided_columns)
    holding = {d.decision_id for d in standing(decisions)}
    tables = {sha256 for sha256, found in by_file.items() if any(s.is_collected for s in found)}
    newest = {subject(d, tables): d for d in decisions if d.decision_id in holding}
    outcomes = []
    for d in decisions:
        if d.kind == "withdraw":
            continue
        last = newest.get(subject(d, tables), d)
        if d.decision_id not in holding:
            outcomes.append(Outcome(d, WITHDRAWN))
        elif last != d:
            outcomes.append(Outcome(d, WITHDRAWN, last.decision_id if is_repeated(d, last) else ""))
        elif d.decision_id in used:
            outcomes.append(Outcome(d, APPLIED))
        else:
            outcomes.append(_apply(catalog, by_file.get(d.source_sha256, []), d))
    return without_renewed(outcomes)


def without_renewed(outcomes: Sequence[Outcome]) -> list[Outcome]:
    """The outcomes, a lapsed one that was decided anew as withdrawn: the file came again with other bytes and the same text."""
    anew = {_cell(o.decision): o.decision for o in outcomes if o.state == APPLIED}

    def judge(o: Outcome) -> Outcome:
        later = anew.get(_cell(o.decision)) if o.state == LAPSED else None
        is_later = later is not None and later.decided_at >= o.decision.decided_at
        return replace(o, state=WITHDRAWN, found=later.decision_id) if later and is_later else o

    return [judge(o) for o in outcomes]


def _cell(d: Decision) -> tuple[object, ...]:
    """A decision's subject by the file's name, which a file sent again keeps."""
    name = own_name(d.source_name)
    if d.kind in ("value", "accept"):
        return (name, d.part, d.unit_id, d.indicator_id, d.expect)
    return (name, d.kind, d.part, d.unit_id, d.indicator_id, d.rule, d.expect, d.value)


def _apply(catalog: Catalog, submissions: list[Submission], d: Decision) -> Outcome:
    if not submissions:
        return Outcome(d, LAPSED, GONE)
    if d.kind == "column":
        return _lapse(catalog, submissions[0], d, "")
    if d.kind in ("campaign", "unit", "reject") or not d.indicator_id:
        return Outcome(d, APPLIED)
    if any(f.rule == "rejected_by_hand" for s in submissions for f in s.findings):
        # Nothing of the file was read, so nothing is to be said of its blanks.
        return Outcome(d, LAPSED, REJECTED)
    own = next((s for s in submissions if s.part == d.part and not s.is_collected), None)
    if own is not None:
        # A form is one unit's, whosever it was thought to be when this was decided.
        d = replace(d, unit_id=next((f.unit_id or "" for f in own.facts), ""))
    if d.kind == "explain" and not d.unit_id and not d.expect:
        return Outcome(d, APPLIED)  # about a column, not about what one unit says in it
    for submission in (s for s in submissions if s.part == d.part):
        for n, fact in enumerate(submission.facts):
            if (fact.unit_id or "", fact.indicator_id) == (d.unit_id, d.indicator_id):
                return _apply_to(catalog, submission, n, d)
    return _lapse(catalog, submissions[0], d, "")


def _apply_to(catalog: Catalog, submission: Submission, n: int, d: Decision) -> Outcome:
    """Put a decision onto the submission's n-th fact, whose blank it is about."""
    fact = submission.facts[n]
    if (fact.raw or "") != d.expect:
        return _lapse(catalog, submission, d, fact.raw or "")
    if d.kind == "explain":
        return Outcome(d, APPLIED)
    indicator = _indicator(catalog, submission, d.indicator_id)
    reading = read_value(indicator, d.value) if indicator else None
    if reading is None:
        return _lapse(catalog, submission, d, d.value)
    # What a machine read off a scan is approximate until a person has said the same.
    is_same_kind = fact.qualifier == reading.qualifier or submission.is_scan
    is_confirmed = is_same_kind and (fact.state, fact.value, fact.text) == (reading.state, reading.value, reading.text)
    # What was withheld and is accepted as it was typed is no correction either.
    is_confirmed = is_confirmed or (d.kind == "accept" and d.value.strip() == (fact.raw or "").strip() != "")
    rule = "confirmed" if is_confirmed else "corrected"
    submission.facts[n] = corrected(fact, reading, d, rule)
    submission.findings.append(_said(fact, reading, d, rule))
    return Outcome(d, APPLIED)


def read_value(indicator: Indicator, typed: str) -> Reading | None:
    """What is typed as the value, read as if it stood in the blank; None when it is no clear answer."""
    reading = interpret(indicator, Typed(typed))
    return None if reading.state == UNREADABLE or reading.proposal else reading


def corrected(fact: Fact, reading: Reading, d: Decision, flag: str = "corrected") -> Fact:
    """The fact with the decided reading; what was typed and where stays. `flag`: confirmed where the decision changes nothing."""
    return fact._replace(
        value=reading.value, text=reading.text, qualifier=reading.qualifier, state=reading.state,
        low=reading.low, high=reading.high, flags=(*fact.flags, flag), proposal=None, decision_id=d.decision_id,
    )  # fmt: skip


def _said(fact: Fact, reading: Reading, d: Decision, rule: str) -> Finding:
    # An answer that is no number is said as it was typed.
    now = number_words(reading.value) or reading.text or d.value
    words = {"by": d.decided_by, "at": d.decided_at[:10], **d.reason_words}
    return Finding(rule, fact.place, fact.raw or "", now, fact.unit_id, fact.indicator_id, words=words)


def _lapse(catalog: Catalog, submission: Submission, d: Decision, found: str) -> Outcome:
    words = {"value": _meant(catalog, d), "by": d.decided_by, "at": d.decided_at[:10]}
    place = submission.source_name
    submission.findings.append(
        Finding("decision_lapsed", place, found, d.expect, d.unit_id or None, d.indicator_id or None, words=words)
    )
    return Outcome(d, LAPSED, found)


def _meant(catalog: Catalog, d: Decision) -> str:
    """What a decision wanted, in words: of a column the blank's name."""
    campaign = catalog.campaigns.get(d.value) if d.kind == "column" else None
    form = catalog.forms.get((campaign.form_id if campaign else None) or "")
    indicator = form.by_indicator.get(d.indicator_id) if form else None
    return indicator.label_zh if indicator else d.value


def _indicator(catalog: Catalog, submission: Submission, indicator_id: str) -> Indicator | None:
    form = catalog.forms.get(submission.form_id or "")
    return form.by_indicator.get(indicator_id) if form else None
