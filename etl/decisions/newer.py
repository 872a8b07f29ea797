"""Decisions whose file was replaced by a newer one: they no longer count, and where the new file says the same, that is named."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from etl.assemble import CURRENT, Assembly, Standing
from etl.catalog.model import Catalog
from etl.decisions.apply import APPLIED, SUPERSEDED, Outcome
from etl.decisions.model import Decision
from etl.findings import Finding, FindingRow, word_finding

Place = tuple[str, str]  # campaign and unit


@dataclass(frozen=True)
class Again:
    """A correction of a replaced file, and the place in the newer one that has the same text."""

    decision: Decision
    older_name: str
    newer: Standing
    place: str


def judge_superseded(catalog: Catalog, assembly: Assembly, outcomes: Sequence[Outcome]) -> list[Outcome]:
    """The outcomes, those whose source no longer counts as superseded.

    A correction is never carried over by itself. Where the newer file has the same text in the same blank, a finding of that file
    says what was decided about the older one.
    """
    counted = {
        (s.submission.campaign_id or "", unit_id): s
        for s in assembly.standings
        for unit_id in s.current_units
        if unit_id
    }
    by_file: dict[str, list[Standing]] = {}
    for standing in assembly.standings:
        by_file.setdefault(standing.submission.sha256, []).append(standing)
    judged = [_judge(o, by_file.get(o.decision.source_sha256, []), counted) for o in outcomes]
    # Of several about one blank the last says what was meant.
    said = {
        (a.newer.submission_id, a.decision.unit_id, a.decision.indicator_id): a
        for a in _again(judged, by_file, counted)
    }
    assembly.findings += [_finding(catalog, again) for again in said.values()]
    return judged


def _judge(outcome: Outcome, sources: Sequence[Standing], counted: dict[Place, Standing]) -> Outcome:
    if outcome.state != APPLIED or outcome.decision.kind in ("reject", "column"):
        return outcome
    newer = _newer(outcome.decision, sources, counted)
    return replace(outcome, state=SUPERSEDED, found=newer.submission.source_name) if newer else outcome


def _newer(d: Decision, sources: Sequence[Standing], counted: dict[Place, Standing]) -> Standing | None:
    """The submission that counts instead of the decision's source; None while the source counts, or nothing does."""
    mine = [s for s in sources if not d.indicator_id or s.submission.part == d.part]
    if not d.unit_id and any(s.status == CURRENT for s in mine):
        return None
    units = {d.unit_id} if d.unit_id else {f.unit_id for s in mine for f in s.submission.facts if f.unit_id}
    rivals = [counted.get((s.submission.campaign_id or "", unit_id)) for s in mine for unit_id in sorted(units)]
    found = [r for r in rivals if r is not None]
    return None if not found or any(r in mine for r in found) else found[0]


def _again(
    outcomes: Iterable[Outcome], by_file: dict[str, list[Standing]], counted: dict[Place, Standing]
) -> Iterator[Again]:
    """The superseded corrections whose blank says the same in the newer file."""
    for d in (o.decision for o in outcomes if o.state == SUPERSEDED and o.decision.kind in ("value", "accept")):
        older = by_file[d.source_sha256]
        newer = _newer(d, older, counted)
        for fact in newer.submission.facts if newer else ():
            if newer and (fact.unit_id, fact.indicator_id, fact.raw or "") == (d.unit_id, d.indicator_id, d.expect):
                yield Again(d, older[0].submission.source_name, newer, fact.place)


def _finding(catalog: Catalog, again: Again) -> FindingRow:
    d, s = again.decision, again.newer.submission
    words = {"by": d.decided_by, "at": d.decided_at[:10], "basis": again.older_name.split("/")[-1], **d.reason_words}
    finding = Finding("decision_superseded", again.place, d.expect, d.value, d.unit_id, d.indicator_id, words=words)
    return word_finding(catalog, finding, again.newer.submission_id, s.campaign_id, s.form_id)
