"""Two readings of a scan -> facts that say how sure they are: both agree and are sure, else withheld with a proposal."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from etl.catalog.model import Catalog, Form
from etl.facts import Fact, Submission
from etl.findings import Finding
from etl.ocr.patches import Patch, Seen, likely_lines, page_of, patch_at, pictured, unit_line
from etl.ocr.whose import agree_on_unit

SURE = 0.9
NEEDS_OCR = "needs_ocr"
_NUMBERS = ("reported", "explicit_zero")
_EMPTY = ("not_filled", "row_missing")
# One stroke: a one, an n/a mark, a bracket's edge or a ruling line. No second reading tells them apart.
_STROKE = re.compile(r"[\s（()）_.,]*[1１lI|｜丨/／\\][\s（()）_.,]*")


def judge_scan(
    catalog: Catalog, first: Sequence[Submission], second: Sequence[Submission], patches: Mapping[str, Patch]
) -> list[Submission]:
    """The first reading's submissions with every value checked against the second reading."""
    twins = {(s.form_id, f.unit_id, f.indicator_id): f for s in second for f in s.facts}
    # One form each: whose it is may have been read of one of them only.
    alone = {f.indicator_id: f for s in second for f in s.facts} if len(first) == len(second) == 1 else {}
    for submission in first:
        submission.is_scan = True
        agree_on_unit(catalog, submission, second, unit_line(patches))
        if submission.report_date not in {s.report_date for s in second}:
            submission.report_date = None
        form = catalog.forms.get(submission.form_id or "")
        if form is None:
            continue
        page, facts, said = "", [], []
        for fact in submission.facts:
            twin = twins.get((form.form_id, fact.unit_id, fact.indicator_id)) or alone.get(fact.indicator_id)
            patch = patch_at(patches, fact.place)
            page = page_of(patch) or page
            if fact.state in _EMPTY:
                judged, finding = _empty(form, fact, twin, patch, Seen(patches, page))
            else:
                judged, finding = _judge(fact, twin, patch, form.by_indicator[fact.indicator_id].kind)
            facts.append(judged)
            said += [finding] if finding else []
        _tell(submission, said, patches)
        submission.facts = facts
    return list(first)


def _tell(submission: Submission, said: list[Finding], patches: Mapping[str, Patch]) -> None:
    """Add what is said of the values, and to each finding the part of the page that it speaks of."""
    quoted = {f.indicator_id for f in said if f.rule == "ocr_line"}
    kept = [f for f in submission.findings if not (f.rule == "row_missing" and f.indicator_id in quoted)]
    submission.findings = [replace(f, place=pictured(patches, f.place)) for f in kept] + said
    if n_empty := sum(f.state in _EMPTY for f in submission.facts):
        submission.findings.append(Finding("ocr_blank", submission.source_name, str(n_empty)))


def _empty(form: Form, fact: Fact, twin: Fact | None, patch: Patch, seen: Seen) -> tuple[Fact, Finding | None]:
    """A blank that looks empty may be one that was not seen: that is never said to be empty.

    Its cell's picture, else its page's, is named, and the line that may be its sentence.
    """
    indicator, place = form.by_indicator[fact.indicator_id], fact.place
    if not patch.where:
        patch = seen.page
        title = next((a.title_zh for a in form.activities if indicator in a.indicators), "")
        place = f"{page_of(patch)}（“{title}”）空{indicator.position}"
    place = f"{place} {patch.where}".strip()
    guess = twin.raw if twin is not None and twin.value is not None else None
    line = likely_lines(indicator.label_zh, [patch] if fact.state == "not_filled" else seen.pages)
    finding = Finding("ocr_line", place, line, "", fact.unit_id, fact.indicator_id, guess) if line else None
    return _withheld(fact, place, guess), finding


def _judge(fact: Fact, twin: Fact | None, patch: Patch, kind: str) -> tuple[Fact, Finding | None]:
    """One value that something was read for."""
    place = f"{fact.place} {patch.where}".strip()
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
