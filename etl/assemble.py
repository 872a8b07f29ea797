"""Submissions of all files -> which count, which are superseded, and the rows of the release."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from itertools import pairwise

from etl.catalog.model import Catalog
from etl.facts import Fact, Submission
from etl.file_names import is_named_copy, own_name, sent_path
from etl.findings import Finding, FindingRow, word_finding
from etl.interpret.reading import EMPTY, GIVEN, NOT_REPORTED
from etl.partial import count_answered, count_given, later_values
from etl.resent import changes, differing, lost_words
from etl.resolve import resolver_for

CURRENT, SUPERSEDED, REFUSED = "current", "superseded", "refused"


@dataclass
class Standing:
    """A submission with its id, status and names."""

    submission: Submission
    submission_id: str
    status: str = CURRENT
    revision: int | None = None
    also_named: list[str] = field(default_factory=list)
    current_units: set[str | None] = field(default_factory=set)


@dataclass
class Assembly:
    """Everything the release is built from."""

    standings: list[Standing]
    findings: list[FindingRow]
    outside_units: dict[str, tuple[str, str, str]]  # unit_id -> (jurisdiction_id, name, kind)


def submission_id(submission: Submission) -> str:
    """A stable id from campaign, bytes and part; the file's name and order play no role."""
    key = f"{submission.campaign_id or ''}|{submission.sha256 or submission.source_name}|{submission.part}"
    return hashlib.sha256(key.encode()).hexdigest()[:16]


def assemble(catalog: Catalog, submissions: Iterable[Submission]) -> Assembly:
    """Decide what counts for each unit: what has values, then what answers enough, then what is no scan, then the newest by
    report date, arrival, name."""
    standings = _unique(
        sorted(
            submissions,
            key=lambda s: (s.received_at or datetime(1970, 1, 1), is_named_copy(s.source_name), s.source_name, s.part),
        )
    )
    extra: dict[str, list[Finding]] = defaultdict(list)
    for standing in standings:
        for name in standing.also_named:
            extra[standing.submission_id].append(_twice(catalog, standing.submission, name))
    _rank(catalog, standings, extra)
    findings = []
    for standing in standings:
        s = standing.submission
        for finding in s.findings + extra[standing.submission_id]:
            # What is said of a form as a whole is said of its one unit.
            of_unit = replace(finding, unit_id=s.unit_id) if not (finding.unit_id or s.is_collected) else finding
            findings.append(word_finding(catalog, of_unit, standing.submission_id, s.campaign_id, s.form_id))
    outside = {}
    for standing in standings:
        s = standing.submission
        jurisdiction = catalog.campaigns[s.campaign_id].jurisdiction_id if s.campaign_id else ""
        for unit_id, name, kind in [*s.outside_units, *([s.outside_unit] if s.outside_unit else [])]:
            outside[unit_id] = (jurisdiction, name, kind)
    return Assembly(standings, list({f.finding_id: f for f in findings}.values()), outside)


def _twice(catalog: Catalog, counted: Submission, name: str) -> Finding:
    """The same bytes under a second name. Where that name is another unit's, it sent the wrong file, or the first one did."""
    rule, words = "duplicate_file", {}
    if counted.unit_id and counted.campaign_id and not counted.is_collected:
        resolver = resolver_for(catalog, catalog.campaigns[counted.campaign_id])
        named = resolver.search_path(sent_path(name)).unit_id
        if named not in (None, counted.unit_id, resolver.search_path(sent_path(counted.source_name)).unit_id):
            unit = resolver.unit(named)
            name_zh = unit.name if unit else ""
            rule, words = "same_file_of_other", {"basis": name_zh, "basis_en": name_zh}
    return Finding(rule, place=name, found=name, expected=counted.source_name, unit_id=counted.unit_id, words=words)


def _unique(submissions: list[Submission]) -> list[Standing]:
    """One standing per id, the one that arrived first; further files with the same bytes are remembered by name.

    Of those that arrived together a name that says it is a copy (副本) comes last.
    """
    by_id: dict[str, Standing] = {}
    for submission in submissions:
        key = submission_id(submission)
        if key in by_id:
            by_id[key].also_named.append(submission.source_name)
        else:
            by_id[key] = Standing(submission, key, REFUSED if submission.is_refused else CURRENT)
    return list(by_id.values())


def _day(standing: Standing) -> date | None:
    """The report date that orders; None when none is given or its year can't be right."""
    return None if standing.submission.is_date_doubtful else standing.submission.report_date


def _arrival(standing: Standing) -> tuple[datetime, bool, str, str, int]:
    """When it arrived; of those that arrived together one with a report date is the later, then the name decides.

    The name without folders and without the number a second file of that name gets, so that publishing from the desk turns nothing round.
    """
    s = standing.submission
    return (
        s.received_at or datetime(1970, 1, 1),
        _day(standing) is not None,
        own_name(s.source_name),
        s.sha256,
        s.part,
    )


def is_later(one: Standing, other: Standing) -> bool:
    """Whether one report is the later: by report date where both give one, else (or on the same day) by arrival, then name."""
    days = (_day(one), _day(other))
    if days[0] is not None and days[1] is not None and days[0] != days[1]:
        return days[0] > days[1]
    return _arrival(one) > _arrival(other)


def in_order(rivals: Iterable[Standing]) -> list[Standing]:
    """Oldest first, in one order whatever the order given: the dated by report date, each undated one where its arrival puts it.

    Report date and arrival may disagree in a circle (of two dated ones the newer came first, an undated one between them). So an
    undated one is compared with the newest dated one first: what stands last is never older than what it is compared with.
    """
    standings = list(rivals)
    dated = sorted((s for s in standings if _day(s)), key=lambda s: (_day(s), _arrival(s)))
    undated = sorted((s for s in standings if not _day(s)), key=_arrival)
    found: list[Standing] = []
    while dated and undated:
        found.append((undated if is_later(undated[-1], dated[-1]) else dated).pop())
    return (dated or undated) + found[::-1]


def _rank(catalog: Catalog, standings: list[Standing], extra: dict[str, list[Finding]]) -> None:
    """The newest submission of each unit counts; then each submission's status follows from its units."""
    for (_, unit_id), rivals in _rivals(standings).items():
        counted = rivals[0]
        if len(rivals) > 1:
            enough = catalog.settings["resubmission_share"] * max(
                count_given(s.submission.facts, unit_id) for s in rivals
            )
            weights = [_weight(s.submission, unit_id, enough) for s in rivals]
            counted = in_order(s for s, weight in zip(rivals, weights, strict=True) if weight == max(weights))[-1]
        counted.current_units.add(unit_id)
        for number, standing in enumerate(in_order(rivals), start=1):
            if not standing.submission.is_collected:
                standing.revision = number
        for standing in rivals:
            if standing is not counted:
                extra[standing.submission_id].append(_superseded(standing, counted, unit_id))
                if is_later(standing, counted) or standing.submission.is_scan != counted.submission.is_scan:
                    extra[counted.submission_id] += _set_aside(
                        catalog, standing.submission, counted.submission, unit_id
                    )
                else:
                    extra[counted.submission_id] += _told_by_arrival(standing, counted, unit_id)
        # A scan beside an electronic file is another copy, not an earlier report that was corrected.
        like = [s for s in rivals if s.submission.is_scan == counted.submission.is_scan]
        _note_changes(catalog, in_order(like), counted, unit_id, extra)
    for standing in standings:
        facts = standing.submission.facts
        if standing.status != CURRENT or standing.current_units or (standing.submission.evidence and not facts):
            continue
        standing.status = SUPERSEDED if any(f.unit_id for f in facts) else REFUSED


def _note_changes(
    catalog: Catalog, like: list[Standing], counted: Standing, unit_id: str, extra: dict[str, list[Finding]]
) -> None:
    """What each report up to the one that counts says otherwise than the one before it."""
    until = like[: like.index(counted) + 1]
    if len(until) > 1:
        _note_gaps(catalog, until[:-1], counted, unit_id, extra)
    for older, newer in pairwise(until):
        form = catalog.forms.get(newer.submission.form_id or "")
        extra[newer.submission_id] += changes(form, older.submission, newer.submission, unit_id)


def _rivals(standings: list[Standing]) -> dict[tuple[str, str], list[Standing]]:
    """The submissions that speak for each unit of each campaign.

    A row of 未报, or an empty row of a collected table, is no report: it counts for nothing and replaces nothing.
    """
    by_unit: dict[tuple[str, str], list[Standing]] = defaultdict(list)
    for standing in standings:
        campaign_id = standing.submission.campaign_id
        if standing.status == REFUSED or not campaign_id:
            continue
        silent = EMPTY if standing.submission.is_collected else {NOT_REPORTED}
        said = dict.fromkeys(f.unit_id for f in standing.submission.facts if f.state not in silent)
        for unit_id in said:
            if unit_id is not None:
                by_unit[(campaign_id, unit_id)].append(standing)
    return by_unit


def _weight(submission: Submission, unit_id: str, enough: float) -> tuple[bool, bool, bool, bool]:
    """What outweighs the date: a value that was read, any answer at all, enough of them, and an electronic file rather than a scan of it."""
    states = {f.state for f in submission.facts if f.unit_id == unit_id}
    is_full = count_answered(submission.facts, unit_id) >= enough
    return (not states.isdisjoint(GIVEN), not states <= EMPTY, is_full, not submission.is_scan)


def _superseded(standing: Standing, counted: Standing, unit_id: str) -> Finding:
    """Why a submission does not count: an older one, or a later one that is empty, unread, answers too little or is only a scan."""
    aside, kept = standing.submission, counted.submission
    rule = "superseded"
    if aside.is_scan and not kept.is_scan:
        # Whenever it arrived: only a date that was read makes a scan the later report.
        day = _day(standing)
        is_dated_later = day is not None and day > (_day(counted) or _arrival(counted)[0].date())
        rule = "scan_newer" if is_dated_later else "scan_set_aside"
    elif is_later(standing, counted):
        has_value, has_answer, *_ = _weight(aside, unit_id, 0)
        rule = "partial_set_aside" if has_value else "unread_resubmission" if has_answer else "empty_resubmission"
    # A collected table may still count for its other units.
    whole = (
        {"basis": "表中这一单位的数", "basis_en": "this unit's row is"}
        if aside.is_collected
        else {"basis": "本表", "basis_en": "it is"}
    )
    words = whole if rule == "superseded" else _counts(aside, kept, unit_id)
    return Finding(rule, aside.source_name, aside.source_name, kept.source_name, unit_id, words=words)


def _told_by_arrival(aside: Standing, counted: Standing, unit_id: str) -> list[Finding]:
    """What is said where the later of two reports that differ was told by arrival alone, since one of them gives no date."""
    if (_day(aside) and _day(counted)) or not any(differing(aside.submission, counted.submission, unit_id)):
        return []
    s, other = counted.submission, aside.submission
    at, before = (f"{_arrival(standing)[0]:%Y-%m-%d %H:%M}" for standing in (counted, aside))
    words = {"basis": f"{at} 收到，那份 {before}", "basis_en": f"received {at}, the other {before}"}
    return [Finding("told_by_arrival", s.source_name, other.source_name, s.source_name, unit_id, words=words)]


def _counts(aside: Submission, kept: Submission, unit_id: str) -> dict[str, str]:
    """How many blanks each of two reports answers, for the words of a finding."""
    both = (count_answered(s.facts, unit_id) for s in (aside, kept))
    return dict(zip(("count", "basis"), map(str, both), strict=True))


def _set_aside(catalog: Catalog, aside: Submission, counted: Submission, unit_id: str) -> list[Finding]:
    """What the report that counts is told about one that was set aside: that it is there, and each blank it answers otherwise."""
    form = catalog.forms.get(counted.form_id or "")
    found = list(later_values(form, aside, counted, unit_id))
    if not found or aside.is_scan:
        return found
    words = _counts(aside, counted, unit_id) | {"value": str(len(found))}
    return [Finding("partial_later", counted.source_name, aside.source_name, unit_id=unit_id, words=words), *found]


def _note_gaps(
    catalog: Catalog, earlier: list[Standing], newer: Standing, unit_id: str, extra: dict[str, list[Finding]]
) -> None:
    """A correction without a figure where an older form gave one is remarked, never filled in silently."""
    now = {f.indicator_id: f for f in newer.submission.facts if f.unit_id == unit_id}
    lost: dict[str, Fact] = {}  # each blank as the last report that answered it did
    basis = ""
    for older in reversed(earlier):
        given = (f for f in older.submission.facts if f.unit_id == unit_id and f.state in GIVEN)
        gone = {f.indicator_id: f for f in given if f.indicator_id not in now or now[f.indicator_id].state not in GIVEN}
        basis = basis or (older.submission.source_name if gone else "")
        lost = gone | lost
    if lost:
        form, place = catalog.forms.get(newer.submission.form_id or ""), newer.submission.source_name
        words = lost_words(form, lost, now)
        found = Finding("partial_resubmission", place, str(len(lost)), basis, unit_id, words=words)
        extra[newer.submission_id].append(found)
