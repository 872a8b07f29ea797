"""Two readings of a scan -> facts that say how sure they are: both agree and are sure, else withheld with a proposal."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from etl.catalog.model import Catalog
from etl.facts import Fact, Submission
from etl.findings import Finding

SURE = 0.9
NEEDS_OCR = "needs_ocr"
_NUMBERS = ("reported", "explicit_zero")
_EMPTY = ("not_filled", "row_missing")
# One stroke: a one, an n/a mark, a bracket's edge or a ruling line. No second reading tells them apart.
_STROKE = re.compile(r"[\s（()）_.,]*[1１lI|｜丨/／\\][\s（()）_.,]*")


@dataclass(frozen=True)
class Patch:
    """A cell of a scan: where it is (page and per mille of its width and height) and its lines with their confidence."""

    where: str
    lines: tuple[tuple[str, float], ...]

    def confidence(self, raw: str) -> float:
        """How sure the lines are that hold what was typed; of all lines when it stands in none of them."""
        wanted = re.sub(r"\s", "", raw)
        holding = [c for text, c in self.lines if wanted and wanted in re.sub(r"\s", "", text)]
        return min(holding or [c for _, c in self.lines], default=0.0)


def judge_scan(
    catalog: Catalog, first: Sequence[Submission], second: Sequence[Submission], patches: Mapping[str, Patch]
) -> list[Submission]:
    """The first reading's submissions with every value checked against the second reading."""
    other = {(s.form_id, f.unit_id, f.indicator_id): f for s in second for f in s.facts}
    units = {s.unit_id for s in second}
    for submission in first:
        submission.is_scan = True
        if submission.unit_id not in units:
            submission.findings.append(Finding("unit_unresolved", submission.source_name, str(submission.unit_id)))
            submission.facts = [f._replace(unit_id=None) for f in submission.facts]
            submission.unit_id = None
        if submission.report_date not in {s.report_date for s in second}:
            submission.report_date = None
        facts, n_empty = [], 0
        for fact in submission.facts:
            patch = patches.get(re.sub(r" 空\d+$", "", fact.place), Patch("", ()))
            indicator = catalog.forms[submission.form_id or ""].by_indicator[fact.indicator_id]
            twin = other.get((submission.form_id, fact.unit_id, fact.indicator_id))
            judged, finding = _judge(fact, twin, patch, indicator.kind)
            facts.append(judged)
            submission.findings += [finding] if finding else []
            n_empty += fact.state in _EMPTY
        submission.facts = facts
        if n_empty:
            submission.findings.append(Finding("ocr_blank", submission.source_name, str(n_empty)))
    return list(first)


def _judge(fact: Fact, twin: Fact | None, patch: Patch, kind: str) -> tuple[Fact, Finding | None]:
    """One value. A blank that looks empty may be one that was not seen: that is never said to be empty."""
    place = f"{fact.place} {patch.where}".strip()
    if fact.state in _EMPTY:
        seen = twin.raw if twin is not None and twin.value is not None else None
        return _withheld(fact, place, seen), None
    is_stroke = kind == "count" and bool(_STROKE.fullmatch(fact.raw or ""))
    if fact.state not in _NUMBERS and not is_stroke:
        return fact._replace(place=place), None
    sure = patch.confidence(fact.raw or fact.text or "")
    words = {"confidence": f"{sure:.2f}"}
    is_same = twin is not None and (twin.value, twin.state) == (fact.value, fact.state)
    shown = fact.raw or fact.text or ""
    # A tick is a few strokes in a small box: too little for two readings to be more than one guess.
    if sure >= SURE and (is_same or kind == "text") and kind != "flag" and not is_stroke:
        qualifier = "approx" if fact.qualifier == "exact" else fact.qualifier
        finding = Finding("ocr_value", place, shown, "", fact.unit_id, fact.indicator_id, words=words)
        return fact._replace(place=place, qualifier=qualifier, flags=(*fact.flags, "ocr_value")), finding
    guess = f"{fact.value:g}" if fact.value is not None else shown
    if not is_same and twin is not None and twin.raw and twin.raw != fact.raw:
        guess = f"{guess} / {twin.raw}"
    finding = Finding("ocr_withheld", place, shown, "", fact.unit_id, fact.indicator_id, guess, words)
    return _withheld(fact, place, guess), finding


def _withheld(fact: Fact, place: str, proposal: str | None) -> Fact:
    return fact._replace(
        value=None,
        text=None,
        low=None,
        high=None,
        qualifier="exact",
        state=NEEDS_OCR,
        place=place,
        proposal=proposal,
        flags=("ocr_withheld",),
    )
